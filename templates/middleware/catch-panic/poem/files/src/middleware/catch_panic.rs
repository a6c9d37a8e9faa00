//! Turns a panic in a handler into a 500, so that it affects only its own request.

use std::any::Any;

use poem::http::StatusCode;
use poem::middleware::CatchPanic;
use poem::middleware::PanicHandler;
use tracing::error;

type Panic = Box<dyn Any + Send>;

/// Responds as for any other internal error.
pub fn layer() -> CatchPanic<impl PanicHandler> {
    CatchPanic::new().with_handler(respond)
}

fn respond(panic: Panic) -> StatusCode {
    let message = match panic.downcast::<String>() {
        Ok(message) => *message,
        Err(panic) => match panic.downcast::<&str>() {
            Ok(message) => (*message).to_owned(),
            Err(_) => "a panic without a message".to_owned(),
        },
    };
    error!(cause = message, "an internal error occurred");
    StatusCode::INTERNAL_SERVER_ERROR
}

#[cfg(test)]
mod tests {
    use poem::Endpoint;
    use poem::EndpointExt;
    use poem::Request;
    use poem::handler;
    use poem::http::StatusCode;

    #[handler]
    async fn panics() {
        panic!("on purpose");
    }

    #[tokio::test]
    async fn a_panic_is_500() {
        let endpoint = panics.with(super::layer());

        let response = endpoint.get_response(Request::default()).await;

        assert_eq!(response.status(), StatusCode::INTERNAL_SERVER_ERROR);
    }
}
