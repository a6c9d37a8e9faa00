//! Rejects requests that break the rules of HTTP.

use actix_web::body::EitherBody;
use actix_web::dev::Service;
use actix_web::dev::ServiceRequest;
use actix_web::dev::ServiceResponse;

use crate::protocol;

/// Responds with 400 to invalid requests; see [`protocol::check`].
pub fn enforce<S, B>(
    request: ServiceRequest,
    next: &S,
) -> impl Future<Output = actix_web::Result<ServiceResponse<EitherBody<B>>>> + use<S, B>
where
    S: Service<ServiceRequest, Response = ServiceResponse<B>, Error = actix_web::Error>,
{
    let checked = protocol::check(
        request.method(),
        request.uri(),
        request.version(),
        request.headers(),
    );
    let outcome = match checked {
        Ok(()) => Ok(next.call(request)),
        Err(error) => Err(request.error_response(error)),
    };
    async {
        match outcome {
            Ok(response) => Ok(response.await?.map_into_left_body()),
            Err(rejection) => Ok(rejection.map_into_right_body()),
        }
    }
}
