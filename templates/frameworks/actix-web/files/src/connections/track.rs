//! Records the progress of each request on its connection.

use actix_web::HttpMessage;
use actix_web::body::BoxBody;
use actix_web::body::MessageBody;
use actix_web::dev::Payload;
use actix_web::dev::ServiceRequest;
use actix_web::dev::ServiceResponse;
use actix_web::http::StatusCode;

use super::Connection;
use super::body::Tracked;
use super::connection::Exchange;

/// Starts an exchange on the connection of a request.
pub fn begin(request: &mut ServiceRequest) -> Option<Exchange> {
    let exchange = request.conn_data::<Connection>()?.begin();

    let payload = request.take_payload();
    if !matches!(payload, Payload::None) {
        let body = Tracked::new(payload, exchange.receive());
        request.set_payload(Payload::Stream {
            payload: Box::pin(body),
        });
    }
    Some(exchange)
}

/// Ends the exchange with the body of its response.
pub fn end(
    response: ServiceResponse<impl MessageBody + 'static>,
    exchange: Option<Exchange>,
) -> ServiceResponse<Tracked<BoxBody, Exchange>> {
    let exchange = exchange.and_then(|exchange| {
        if response.status() == StatusCode::SWITCHING_PROTOCOLS {
            exchange.upgrade();
            return None;
        }
        Some(exchange)
    });
    response.map_body(|_, body| Tracked::new(body.boxed(), exchange))
}
