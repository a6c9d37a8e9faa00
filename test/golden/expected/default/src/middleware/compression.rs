//! Compresses responses with gzip for clients that accept it.

use std::ops::ControlFlow;

use axum::extract::Request;
use axum::http::HeaderValue;
use axum::http::header::ACCEPT_ENCODING;
use axum::response::Response;
use tower_http::compression::CompressionLayer;
use tower_http::compression::predicate::{And, NotForContentType, Predicate, SizeAbove};

use super::wrap::{Middleware, Wrap};

/// The smallest body to compress, in bytes: anything below fits into a packet anyway.
const SMALLEST: u64 = 1024;

/// Leaves event streams alone: they would wait in the compressor's buffer.
pub fn layer() -> CompressionLayer<And<SizeAbove, NotForContentType>> {
    CompressionLayer::new().compress_when(SizeAbove::new(SMALLEST).and(NotForContentType::SSE))
}

/// Allows uncompressed responses for every client. Otherwise [`CompressionLayer`] would respond
/// with 406 to clients that exclude them, but only after the handler has run and saved its changes.
pub fn accept_identity() -> Wrap<AcceptIdentity> {
    Wrap(AcceptIdentity)
}

#[derive(Clone)]
pub struct AcceptIdentity;

impl Middleware for AcceptIdentity {
    type State = ();

    fn before(&self, request: &mut Request) -> ControlFlow<Response> {
        let headers = request.headers_mut();
        let accepted: Vec<_> = headers.get_all(ACCEPT_ENCODING).iter().cloned().collect();
        if !accepted.is_empty() {
            // If a coding is listed twice, its first weight counts.
            headers.insert(
                ACCEPT_ENCODING,
                HeaderValue::from_static("identity;q=0.001"),
            );
        }
        for codings in accepted {
            headers.append(ACCEPT_ENCODING, codings);
        }
        ControlFlow::Continue(())
    }
}
