//! Who asks: the user of the access token.

use std::future::Ready;
use std::future::ready;

use actix_web::FromRequest;
use actix_web::HttpRequest;
use actix_web::dev::Payload;
use actix_web::http::header::AUTHORIZATION;
use actix_web::web::Data;

use crate::auth::caller::Caller;
use crate::auth::tokens;
use crate::state::AppState;

impl FromRequest for Caller {
    type Error = actix_web::Error;
    type Future = Ready<Result<Self, Self::Error>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let state = Data::<AppState>::from_request(request, payload).into_inner();
        let authorization = request.headers().get(AUTHORIZATION);
        let authorization = authorization.and_then(|value| value.to_str().ok());
        ready(state.and_then(|state| Ok(tokens::verify(&state.config.jwt, authorization)?)))
    }
}
