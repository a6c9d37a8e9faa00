//! One log line per request.

mod line;

use actix_web::dev::Service;
use actix_web::dev::ServiceRequest;
use actix_web::dev::ServiceResponse;

use line::Line;

/// Logs the request once there is a response or the client disconnects.
pub fn log<S, B>(
    request: ServiceRequest,
    next: &S,
) -> impl Future<Output = actix_web::Result<ServiceResponse<B>>> + use<S, B>
where
    S: Service<ServiceRequest, Response = ServiceResponse<B>, Error = actix_web::Error>,
{
    let client = request.peer_addr().map(|address| address.ip());
    let mut line = Line::begin(request.method(), request.uri(), client);
    line.route = request.match_pattern();

    let response = next.call(request);
    async move {
        // Without this, the block would capture the status only.
        let mut line = line;
        let response = response.await?;
        line.status = Some(response.status().as_u16());
        Ok(response)
    }
}
