//! Compresses responses with gzip for clients that accept it.

use actix_http::encoding::Encoder;
use actix_web::HttpMessage;
use actix_web::body::BodySize;
use actix_web::body::MessageBody;
use actix_web::dev::ResponseHead;
use actix_web::dev::ServiceRequest;
use actix_web::dev::ServiceResponse;
use actix_web::http::header::AcceptEncoding;
use actix_web::http::header::CONTENT_TYPE;
use actix_web::http::header::ContentEncoding;
use actix_web::http::header::Encoding;
use actix_web::middleware::Next;

/// The smallest body to compress, in bytes: anything below fits into a packet anyway.
const SMALLEST: u64 = 1024;

/// Compresses large responses. Actix's own `Compress` also compresses small ones, and event
/// streams, which would wait in its buffer.
pub async fn compress(
    request: ServiceRequest,
    next: Next<impl MessageBody>,
) -> actix_web::Result<ServiceResponse<impl MessageBody>> {
    let offered = [Encoding::identity(), Encoding::gzip()];
    let accepted = request.get_header::<AcceptEncoding>();
    let chosen = accepted.and_then(|accepted| accepted.negotiate(offered.iter()));
    let response = next.call(request).await?;

    Ok(response.map_body(|head, body| {
        let encoding = if chosen == Some(Encoding::gzip()) && is_worth_it(head, body.size()) {
            ContentEncoding::Gzip
        } else {
            ContentEncoding::Identity
        };
        Encoder::response(encoding, head, body)
    }))
}

fn is_worth_it(head: &ResponseHead, size: BodySize) -> bool {
    let is_small = matches!(size, BodySize::Sized(bytes) if bytes < SMALLEST);
    let content_type = head.headers().get(CONTENT_TYPE);
    let is_stream =
        content_type.is_some_and(|value| value.as_bytes().starts_with(b"text/event-stream"));
    !is_small && !is_stream
}
