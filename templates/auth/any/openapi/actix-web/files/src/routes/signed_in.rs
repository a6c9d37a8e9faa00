//! The routes for signed-in callers.

use actix_web::middleware::from_fn;
use utoipa_actix_web::service_config::ServiceConfig;

use super::auth;
use super::openapi::ApiResource;
use super::openapi::security;
use super::users;
use crate::middleware::authenticate;

/// The routes that require a signed-in caller. Handlers extract it as `ReqData<Caller>`.
pub fn configure(config: &mut ServiceConfig) {
    let mut signed_in = SignedIn(config);
    auth::configure(&mut signed_in);
    users::configure(&mut signed_in);
}

/// Adds routes that only signed-in callers can reach.
pub struct SignedIn<'a, 'b>(&'a mut ServiceConfig<'b>);

impl SignedIn<'_, '_> {
    /// Adds the routes of a path. Other methods return 405, even if the caller is not signed in.
    pub fn add(&mut self, resource: ApiResource) -> &mut Self {
        let guarded = resource
            .map(|route| route.wrap(from_fn(authenticate::require)))
            .describe(security::require);
        self.0.service(guarded);
        self
    }
}
