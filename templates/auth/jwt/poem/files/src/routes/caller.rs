//! Who asks: the user of the access token.

use poem::FromRequest;
use poem::Request;
use poem::RequestBody;
use poem::Result;
use poem::http::header::AUTHORIZATION;
use poem::web::Data;

use crate::auth::caller::Caller;
use crate::auth::tokens;
use crate::state::AppState;

impl<'a> FromRequest<'a> for Caller {
    async fn from_request(request: &'a Request, body: &mut RequestBody) -> Result<Self> {
        let Data(state) = Data::<&AppState>::from_request(request, body).await?;
        let authorization = request.header(AUTHORIZATION);
        Ok(tokens::verify(&state.config.jwt, authorization)?)
    }
}
