//! The routes for signed-in callers.

use actix_web::Route;
use actix_web::middleware::from_fn;
use actix_web::web::ServiceConfig;

use super::auth;
use super::resource;
use super::users;
use crate::middleware::authenticate;

/// The routes that require a signed-in caller. Handlers extract it as `ReqData<Caller>`.
pub fn configure(config: &mut ServiceConfig) {
    let mut signed_in = SignedIn(config);
    auth::configure(&mut signed_in);
    users::configure(&mut signed_in);
}

/// Adds routes that only signed-in callers can reach.
pub struct SignedIn<'a>(&'a mut ServiceConfig);

impl SignedIn<'_> {
    /// Adds the routes of a path. Other methods return 405, even if the caller is not signed in.
    pub fn add<const N: usize>(&mut self, path: &'static str, routes: [Route; N]) -> &mut Self {
        let mut resource = resource(path);
        for route in routes {
            resource = resource.route(route.wrap(from_fn(authenticate::require)));
        }
        self.0.service(resource);
        self
    }
}
