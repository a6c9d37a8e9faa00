use poem::IntoResponse;
use poem::Response;
use poem::http::header::WWW_AUTHENTICATE;
