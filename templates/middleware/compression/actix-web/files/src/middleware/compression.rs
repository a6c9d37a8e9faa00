//! Compresses responses with gzip for clients that accept it.

use actix_http::encoding::Encoder;
use actix_web::HttpMessage;
use actix_web::HttpRequest;
use actix_web::body::BodySize;
use actix_web::body::MessageBody;
use actix_web::dev::ResponseHead;
use actix_web::dev::Service;
use actix_web::dev::ServiceRequest;
use actix_web::dev::ServiceResponse;
use actix_web::http::header::AcceptEncoding;
use actix_web::http::header::CONTENT_TYPE;
use actix_web::http::header::ContentEncoding;
use actix_web::http::header::Encoding;

/// The smallest body to compress, in bytes: anything below fits into a packet anyway.
const SMALLEST: u64 = 1024;

/// Compresses large responses. Actix's own `Compress` also compresses small ones, and event
/// streams, which would wait in its buffer.
pub fn compress<S, B>(
    request: ServiceRequest,
    next: &S,
) -> impl Future<Output = actix_web::Result<ServiceResponse<Encoder<B>>>> + use<S, B>
where
    S: Service<ServiceRequest, Response = ServiceResponse<B>, Error = actix_web::Error>,
    B: MessageBody,
{
    let response = next.call(request);
    async {
        let response = response.await?;
        let size = response.response().body().size();
        let head = response.response().head();
        let encoding = if is_worth_it(head, size) && accepts_gzip(response.request()) {
            ContentEncoding::Gzip
        } else {
            ContentEncoding::Identity
        };
        Ok(response.map_body(|head, body| Encoder::response(encoding, head, body)))
    }
}

fn accepts_gzip(request: &HttpRequest) -> bool {
    let offered = [Encoding::identity(), Encoding::gzip()];
    let accepted = request.get_header::<AcceptEncoding>();
    accepted.and_then(|accepted| accepted.negotiate(offered.iter())) == Some(Encoding::gzip())
}

fn is_worth_it(head: &ResponseHead, size: BodySize) -> bool {
    let is_small = matches!(size, BodySize::Sized(bytes) if bytes < SMALLEST);
    let content_type = head.headers().get(CONTENT_TYPE);
    let is_stream =
        content_type.is_some_and(|value| value.as_bytes().starts_with(b"text/event-stream"));
    !is_small && !is_stream
}
