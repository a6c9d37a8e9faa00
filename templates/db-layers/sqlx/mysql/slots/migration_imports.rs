use sqlx::ConnectOptions as _;
use sqlx::Connection as _;
