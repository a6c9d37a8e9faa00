//! Limits the size of request bodies, and ensures that clients can read the 413.

use std::future::poll_fn;
use std::mem;
use std::ops::ControlFlow;
use std::pin::Pin;
use std::task::Context;
use std::task::Poll;
use std::time::Duration;

use axum::body::Body;
use axum::body::Bytes;
use axum::body::HttpBody;
use axum::extract::DefaultBodyLimit;
use axum::extract::Request;
use axum::http::header::EXPECT;
use axum::response::IntoResponse;
use axum::response::Response;
use http_body::Frame;
use http_body::SizeHint;
use tokio::runtime::Handle;
use tokio::time::timeout;

use super::wrap::Middleware;
use super::wrap::Wrap;
use crate::config::BodyLimitConfig;
use crate::error::Error;

/// How long to discard the rest of a rejected body.
const LINGER: Duration = Duration::from_secs(10);

/// Rejects a body whose `Content-Length` is over the limit, stops reading others at the limit, and
/// discards whatever is not read of a body: if the connection were closed while the client still
/// sends, it would be reset, and most clients would never see the response (RFC 9112, section 9.6).
pub fn layer(config: &BodyLimitConfig) -> Wrap<BodyLimit> {
    Wrap(BodyLimit {
        bytes: config.bytes,
    })
}

#[derive(Clone)]
pub struct BodyLimit {
    bytes: usize,
}

impl Middleware for BodyLimit {
    type State = ();

    fn before(&self, request: &mut Request) -> ControlFlow<Response> {
        if request.body().is_end_stream() {
            return ControlFlow::Continue(());
        }
        let least = usize::try_from(request.body().size_hint().lower());
        let is_sending = !request.headers().contains_key(EXPECT);
        let body = mem::take(request.body_mut());
        *request.body_mut() = Body::new(Lingering { body, is_sending });

        if least.is_ok_and(|length| length <= self.bytes) {
            DefaultBodyLimit::max(self.bytes).apply(request);
            ControlFlow::Continue(())
        } else {
            ControlFlow::Break(Error::PayloadTooLarge.into_response())
        }
    }
}

struct Lingering {
    body: Body,
    /// False while the client waits for `100 Continue`, which the first read sends.
    is_sending: bool,
}

impl HttpBody for Lingering {
    type Data = Bytes;
    type Error = axum::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, axum::Error>>> {
        self.is_sending = true;
        Pin::new(&mut self.body).poll_frame(context)
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}

impl Drop for Lingering {
    fn drop(&mut self) {
        if self.is_sending && !self.body.is_end_stream() {
            let rest = mem::take(&mut self.body);
            if let Ok(runtime) = Handle::try_current() {
                runtime.spawn(timeout(LINGER, discard(rest)));
            }
        }
    }
}

async fn discard(mut body: Body) {
    while let Some(Ok(_)) = poll_fn(|context| Pin::new(&mut body).poll_frame(context)).await {}
}
