//! Who asks: the user of the session.

use poem::FromRequest;
use poem::Request;
use poem::RequestBody;
use poem::Result;
use poem::web::Data;

use crate::auth::caller::Caller;
use crate::auth::evidence::Evidence;
use crate::auth::sessions;
use crate::models::session::Session;
use crate::state::AppState;

impl<'a> FromRequest<'a> for Session {
    async fn from_request(request: &'a Request, body: &mut RequestBody) -> Result<Self> {
        let Data(state) = Data::<&AppState>::from_request(request, body).await?;
        let evidence = Evidence::new(request.method().is_safe(), |name| request.header(name));
        Ok(sessions::resume(state, &evidence).await?)
    }
}

impl<'a> FromRequest<'a> for Caller {
    async fn from_request(request: &'a Request, body: &mut RequestBody) -> Result<Self> {
        let session = Session::from_request(request, body).await?;
        Ok(Self {
            id: session.user_id,
        })
    }
}
