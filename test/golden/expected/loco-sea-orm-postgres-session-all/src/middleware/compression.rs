//! Smaller answers for clients that take gzip.

use tower_http::compression::CompressionLayer;
use tower_http::compression::predicate::And;
use tower_http::compression::predicate::NotForContentType;
use tower_http::compression::predicate::Predicate;
use tower_http::compression::predicate::SizeAbove;

/// Below this many bytes an answer fits a packet anyway.
const SMALLEST: u64 = 1024;

/// Leaves event streams alone: they would wait in the compressor's buffer.
pub fn layer() -> CompressionLayer<And<SizeAbove, NotForContentType>> {
    CompressionLayer::new().compress_when(SizeAbove::new(SMALLEST).and(NotForContentType::SSE))
}
