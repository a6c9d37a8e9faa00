//! Rejects requests without a valid session.

use poem::FromRequest;
use poem::Request;
use poem::Result;
use poem::web::Data;

use crate::auth::caller::Caller;
use crate::auth::evidence::Evidence;
use crate::auth::sessions;
use crate::state::AppState;

/// Adds the caller and their session to the request or returns the error for a 401.
pub async fn require(request: &mut Request) -> Result<()> {
    let Data(state) = Data::<&AppState>::from_request_without_body(request).await?;
    let headers = request.headers();
    let evidence = Evidence::new(request.method().is_safe(), |name| {
        headers.get(name).and_then(|value| value.to_str().ok())
    });
    let session = sessions::resume(state, &evidence).await?;
    let caller = Caller {
        id: session.user_id,
    };

    request.set_data(caller);
    request.set_data(session);
    Ok(())
}
