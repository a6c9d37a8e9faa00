//! Rejects requests without a valid session.

use actix_web::HttpMessage;
use actix_web::body::MessageBody;
use actix_web::dev::ServiceRequest;
use actix_web::dev::ServiceResponse;
use actix_web::middleware::Next;
use actix_web::web::Data;

use crate::auth::caller::Caller;
use crate::auth::evidence::Evidence;
use crate::auth::sessions;
use crate::state::AppState;

/// Adds the caller and their session to the request or responds with 401.
pub async fn require(
    state: Data<AppState>,
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> actix_web::Result<ServiceResponse<impl MessageBody>> {
    let headers = request.headers();
    let evidence = Evidence::new(request.method().is_safe(), |name| {
        headers.get(name).and_then(|value| value.to_str().ok())
    });
    match sessions::resume(&state, &evidence).await {
        Ok(session) => {
            let caller = Caller {
                id: session.user_id,
            };
            request.extensions_mut().insert(caller);
            request.extensions_mut().insert(session);
            let response = next.call(request).await?;
            Ok(response.map_into_left_body())
        }
        Err(error) => Ok(request.error_response(error).map_into_right_body()),
    }
}
