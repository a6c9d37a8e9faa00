//! Turns a panic in a handler into a 500, so that it affects only its own request.

use std::any::Any;
use std::panic::AssertUnwindSafe;
use std::panic::catch_unwind;

use actix_web::body::EitherBody;
use actix_web::dev::Service;
use actix_web::dev::ServiceRequest;
use actix_web::dev::ServiceResponse;
use futures_util::FutureExt;

use crate::error::Error;

/// Responds as for any other internal error.
pub fn catch<S, B>(
    request: ServiceRequest,
    next: &S,
) -> impl Future<Output = actix_web::Result<ServiceResponse<EitherBody<B>>>> + use<S, B>
where
    S: Service<ServiceRequest, Response = ServiceResponse<B>, Error = actix_web::Error>,
{
    let caller = request.request().clone();
    let response = catch_unwind(AssertUnwindSafe(|| next.call(request)));
    async {
        let result = match response {
            Ok(response) => AssertUnwindSafe(response).catch_unwind().await,
            Err(panic) => Err(panic),
        };
        match result {
            Ok(result) => result.map(ServiceResponse::map_into_left_body),
            Err(panic) => {
                let error = Error::Internal(message(panic).into());
                Ok(ServiceResponse::from_err(error, caller).map_into_right_body())
            }
        }
    }
}

fn message(panic: Box<dyn Any + Send>) -> String {
    match panic.downcast::<String>() {
        Ok(message) => *message,
        Err(panic) => match panic.downcast::<&str>() {
            Ok(message) => (*message).to_owned(),
            Err(_) => "a panic without a message".to_owned(),
        },
    }
}

#[cfg(test)]
mod tests {
    use actix_web::App;
    use actix_web::Route;
    use actix_web::guard::fn_guard;
    use actix_web::http::StatusCode;
    use actix_web::test;
    use actix_web::web;

    async fn panics() -> &'static str {
        panic!("on purpose");
    }

    async fn status_of(route: Route) -> StatusCode {
        let resource = web::resource("/").route(route).wrap_fn(super::catch);
        let app = test::init_service(App::new().service(resource)).await;

        let request = test::TestRequest::get().to_request();
        test::call_service(&app, request).await.status()
    }

    #[tokio::test]
    async fn a_panic_in_a_handler_is_500() {
        let status = status_of(web::to(panics)).await;
        assert_eq!(status, StatusCode::INTERNAL_SERVER_ERROR);
    }

    #[tokio::test]
    async fn a_panic_before_the_handler_is_500() {
        let guarded = web::to(panics).guard(fn_guard(|_| panic!("on purpose")));
        let status = status_of(guarded).await;
        assert_eq!(status, StatusCode::INTERNAL_SERVER_ERROR);
    }
}
