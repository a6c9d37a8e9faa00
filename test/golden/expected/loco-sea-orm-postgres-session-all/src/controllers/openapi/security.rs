//! What the OpenAPI document says about routes for signed-in callers.

use utoipa::IntoResponses;
use utoipa::openapi::path::Paths;
use utoipa::openapi::security::SecurityRequirement;

use super::errors::Caller;

/// Describes that every operation requires credentials, and returns 401 without them.
pub fn require(paths: &mut Paths) {
    let credentials = SecurityRequirement::new("session", [""; 0]);
    for item in paths.paths.values_mut() {
        let operations = [
            &mut item.get,
            &mut item.put,
            &mut item.post,
            &mut item.delete,
            &mut item.options,
            &mut item.head,
            &mut item.patch,
            &mut item.trace,
        ];
        for operation in operations.into_iter().flatten() {
            operation.security = Some(vec![credentials.clone()]);
            operation.responses.responses.extend(Caller::responses());
        }
    }
}
