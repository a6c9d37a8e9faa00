use anyhow::Context;
use tokio::runtime::Handle;
use tokio::task::spawn_blocking;
