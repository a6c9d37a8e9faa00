//! Bodies that record when they end.

use std::pin::Pin;
use std::task::{Context, Poll};

use http_body::{Body, Frame, SizeHint};

/// A body with a guard that is dropped when the body ends.
pub struct Tracked<B, T> {
    body: B,
    until_end: Option<T>,
}

impl<B: Body, T> Tracked<B, T> {
    pub fn new(body: B, until_end: Option<T>) -> Self {
        let until_end = until_end.filter(|_| !body.is_end_stream());
        Self { body, until_end }
    }
}

impl<B: Body + Unpin, T: Unpin> Body for Tracked<B, T> {
    type Data = B::Data;
    type Error = B::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<B::Data>, B::Error>>> {
        let frame = Pin::new(&mut self.body).poll_frame(context);
        if let Poll::Ready(None | Some(Err(_))) = frame {
            self.until_end = None;
        }
        frame
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}
