use poem::IntoResponse;
use poem::Response;
use poem::http::header::RETRY_AFTER;
use poem::http::header::WWW_AUTHENTICATE;
