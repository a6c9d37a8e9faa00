//! Who asks: the user of the session.

use std::pin::Pin;

use actix_web::FromRequest;
use actix_web::HttpRequest;
use actix_web::dev::Payload;
use actix_web::web::Data;

use crate::auth::caller::Caller;
use crate::auth::evidence::Evidence;
use crate::auth::sessions;
use crate::models::session::Session;
use crate::state::AppState;

impl FromRequest for Session {
    type Error = actix_web::Error;
    type Future = Pin<Box<dyn Future<Output = Result<Self, Self::Error>>>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let state = Data::<AppState>::from_request(request, payload);
        let request = request.clone();
        Box::pin(async move {
            let evidence = Evidence::new(request.method().is_safe(), |name| {
                let value = request.headers().get(name)?;
                value.to_str().ok()
            });
            Ok(sessions::resume(&*state.await?, &evidence).await?)
        })
    }
}

impl FromRequest for Caller {
    type Error = actix_web::Error;
    type Future = Pin<Box<dyn Future<Output = Result<Self, Self::Error>>>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let session = Session::from_request(request, payload);
        Box::pin(async {
            Ok(Self {
                id: session.await?.user_id,
            })
        })
    }
}
