//! Bodies that record when they end.

use std::error::Error;
use std::pin::Pin;
use std::task::Context;
use std::task::Poll;

use actix_web::body::BodySize;
use actix_web::body::BoxBody;
use actix_web::body::MessageBody;
use actix_web::dev::Payload;
use actix_web::error::PayloadError;
use actix_web::web::Bytes;
use futures_core::Stream;

/// A body with a guard that is dropped when the body ends.
pub struct Tracked<B, T> {
    body: B,
    until_end: Option<T>,
}

impl<B, T> Tracked<B, T> {
    pub fn new(body: B, until_end: Option<T>) -> Self {
        Self { body, until_end }
    }

    fn until_end<I, E>(&mut self, item: Poll<Option<Result<I, E>>>) -> Poll<Option<Result<I, E>>> {
        if let Poll::Ready(None | Some(Err(_))) = item {
            self.until_end = None;
        }
        item
    }
}

/// The body of a request.
impl<T: Unpin> Stream for Tracked<Payload, T> {
    type Item = Result<Bytes, PayloadError>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let chunk = Pin::new(&mut self.body).poll_next(context);
        self.until_end(chunk)
    }
}

/// The body of a response.
impl<T: Unpin + 'static> MessageBody for Tracked<BoxBody, T> {
    type Error = Box<dyn Error>;

    fn size(&self) -> BodySize {
        self.body.size()
    }

    fn poll_next(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Bytes, Box<dyn Error>>>> {
        let chunk = Pin::new(&mut self.body).poll_next(context);
        self.until_end(chunk)
    }
}
