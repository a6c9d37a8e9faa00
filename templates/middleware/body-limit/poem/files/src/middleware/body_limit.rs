//! Limits the size of request bodies, and ensures that clients can read the 413.

use std::io;
use std::mem;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::sync::atomic::Ordering;
use std::task::Context;
use std::task::Poll;
use std::time::Duration;

use bytes::Bytes;
use futures_util::Stream;
use futures_util::StreamExt;
use futures_util::stream;
use futures_util::stream::BoxStream;
use poem::Body;
use poem::Endpoint;
use poem::Middleware;
use poem::Request;
use poem::Result;
use poem::http::header::CONTENT_LENGTH;
use poem::http::header::EXPECT;
use tokio::runtime::Handle;
use tokio::time::timeout;

use crate::config::BodyLimitConfig;
use crate::error::Error;

/// How long to discard the rest of a rejected body.
const LINGER: Duration = Duration::from_secs(10);

/// Rejects a body whose `Content-Length` is over the limit, stops reading any other at the limit,
/// and discards whatever is not read: if the connection were closed while the client still sends,
/// it would be reset, and most clients would never see the response (RFC 9112, section 9.6). Poem's
/// own `SizeLimit` rejects every request without `Content-Length`, and reads nothing of a body.
pub fn layer(config: &BodyLimitConfig) -> BodyLimit {
    BodyLimit(config.bytes)
}

pub struct BodyLimit(usize);

impl<E: Endpoint> Middleware<E> for BodyLimit {
    type Output = BodyLimitEndpoint<E>;

    fn transform(&self, inner: E) -> BodyLimitEndpoint<E> {
        let Self(limit) = *self;
        BodyLimitEndpoint { inner, limit }
    }
}

pub struct BodyLimitEndpoint<E> {
    inner: E,
    limit: usize,
}

impl<E: Endpoint> Endpoint for BodyLimitEndpoint<E> {
    type Output = E::Output;

    async fn call(&self, mut request: Request) -> Result<E::Output> {
        let body = request.take_body();
        if body.is_empty() {
            return self.inner.call(request).await;
        }

        let is_over = Arc::new(AtomicBool::new(false));
        let body = Lingering {
            rest: body.into_bytes_stream().boxed(),
            left: self.limit,
            is_over: is_over.clone(),
            is_sending: request.header(EXPECT).is_none(),
        };
        let length = request.header(CONTENT_LENGTH).map(str::parse::<usize>);
        if length.is_some_and(|length| length.is_ok_and(|length| length > self.limit)) {
            return Err(Error::PayloadTooLarge.into());
        }

        request.set_body(Body::from_bytes_stream(body));
        let result = self.inner.call(request).await;
        if is_over.load(Ordering::Relaxed) {
            return Err(Error::PayloadTooLarge.into());
        }
        result
    }
}

struct Lingering {
    rest: BoxStream<'static, io::Result<Bytes>>,
    /// The number of bytes that may still be read.
    left: usize,
    /// Set if the body turns out to be longer.
    is_over: Arc<AtomicBool>,
    /// False while the client waits for `100 Continue`, which is sent with the first read, and once
    /// the client has sent everything.
    is_sending: bool,
}

impl Stream for Lingering {
    type Item = io::Result<Bytes>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let polled = self.rest.poll_next_unpin(context);
        self.is_sending = !matches!(polled, Poll::Ready(None));

        if let Poll::Ready(Some(Ok(chunk))) = &polled {
            match self.left.checked_sub(chunk.len()) {
                Some(left) => self.left = left,
                None => {
                    self.is_over.store(true, Ordering::Relaxed);
                    return Poll::Ready(Some(Err(io::ErrorKind::FileTooLarge.into())));
                }
            }
        }
        polled
    }
}

impl Drop for Lingering {
    fn drop(&mut self) {
        if self.is_sending {
            let rest = mem::replace(&mut self.rest, stream::empty().boxed());
            if let Ok(runtime) = Handle::try_current() {
                runtime.spawn(timeout(LINGER, discard(rest)));
            }
        }
    }
}

async fn discard(mut body: BoxStream<'static, io::Result<Bytes>>) {
    while let Some(Ok(_)) = body.next().await {}
}
