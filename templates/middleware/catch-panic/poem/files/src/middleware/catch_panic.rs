//! Turns a panic in a handler into a 500, so that it affects only its own request.

use std::any::Any;
use std::panic::AssertUnwindSafe;
use std::sync::Arc;

use futures_util::FutureExt;
use poem::Endpoint;
use poem::Request;
use poem::Result;

use crate::error::Error;

type Panic = Box<dyn Any + Send>;

/// Returns a panic as an internal error. Poem's own `CatchPanic` returns a response instead, so
/// other middleware would not see an error.
pub async fn catch<E: Endpoint>(next: Arc<E>, request: Request) -> Result<E::Output> {
    AssertUnwindSafe(next.call(request))
        .catch_unwind()
        .await
        .unwrap_or_else(|panic| Err(Error::Internal(message_of(panic).into()).into()))
}

fn message_of(panic: Panic) -> String {
    match panic.downcast::<String>() {
        Ok(message) => *message,
        Err(panic) => match panic.downcast::<&str>() {
            Ok(message) => (*message).to_owned(),
            Err(_) => "a panic without a message".to_owned(),
        },
    }
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
        let endpoint = panics.around(super::catch);

        let response = endpoint.get_response(Request::default()).await;

        assert_eq!(response.status(), StatusCode::INTERNAL_SERVER_ERROR);
    }
}
