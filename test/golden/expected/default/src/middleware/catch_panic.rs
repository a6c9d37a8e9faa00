//! Turns a panic in a handler into a 500, so that it affects only its own request.

use std::any::Any;

use axum::response::{IntoResponse, Response};
use tower_http::catch_panic::CatchPanicLayer;

use crate::error::Error;

type Panic = Box<dyn Any + Send>;

/// Responds as for any other internal error.
pub fn layer() -> CatchPanicLayer<fn(Panic) -> Response> {
    CatchPanicLayer::custom(respond)
}

fn respond(panic: Panic) -> Response {
    let message = match panic.downcast::<String>() {
        Ok(message) => *message,
        Err(panic) => match panic.downcast::<&str>() {
            Ok(message) => (*message).to_owned(),
            Err(_) => "a panic without a message".to_owned(),
        },
    };
    Error::Internal(message.into()).into_response()
}

#[cfg(test)]
mod tests {
    use axum::body::Body;
    use axum::extract::Request;
    use axum::http::StatusCode;
    use axum::routing::{MethodRouter, get};
    use tower::Service;

    async fn panics() {
        panic!("on purpose");
    }

    #[tokio::test]
    async fn a_panic_is_500() {
        let mut handler: MethodRouter = get(panics).layer(super::layer());

        let request = Request::new(Body::empty());
        let response = handler.call(request).await.unwrap();

        assert_eq!(response.status(), StatusCode::INTERNAL_SERVER_ERROR);
    }
}
