//! Error responses in the OpenAPI document, by cause.

#![expect(dead_code, reason = "describes what the middleware `problem` writes")]

use utoipa::{IntoResponses, ToResponse, ToSchema};

use crate::error::FieldError;
use crate::middleware::problem::Problem;

/// A problem document that lists the invalid fields.
#[derive(ToSchema)]
pub struct InvalidFields {
    #[serde(flatten)]
    problem: Problem<'static>,
    errors: Vec<FieldError>,
}

/// The JSON, query string or path of the request is malformed.
#[derive(ToResponse)]
#[response(content_type = "application/problem+json")]
pub struct Malformed(Problem<'static>);

/// The errors of an `{id}` in the path.
#[derive(IntoResponses)]
pub enum Id {
    #[response(status = 400)]
    Malformed(#[to_response] Malformed),
    /// The resource does not exist.
    #[response(status = 404, content_type = "application/problem+json")]
    NotFound(Problem<'static>),
}

/// The error of a query string.
#[derive(IntoResponses)]
pub enum Query {
    #[response(status = 400)]
    Malformed(#[to_response] Malformed),
}

/// The errors of a JSON body.
#[derive(IntoResponses)]
pub enum Body {
    #[response(status = 400)]
    Malformed(#[to_response] Malformed),
    /// The body is larger than the service accepts.
    #[response(status = 413, content_type = "application/problem+json")]
    TooLarge(Problem<'static>),
    /// The content type is not JSON.
    #[response(status = 415, content_type = "application/problem+json")]
    UnsupportedMediaType(Problem<'static>),
    /// The body is not valid; `errors` lists the invalid fields.
    #[response(status = 422, content_type = "application/problem+json")]
    Invalid(InvalidFields),
}

/// The error of a change that conflicts with other records.
#[derive(IntoResponses)]
pub enum Conflict {
    /// The value of a field is already in use, or another record refers to this one.
    #[response(status = 409, content_type = "application/problem+json")]
    Conflict(InvalidFields),
}

/// The error of a request without valid credentials.
#[derive(IntoResponses)]
pub enum Caller {
    /// The request has no valid credentials.
    #[response(
        status = 401,
        content_type = "application/problem+json",
        headers(("WWW-Authenticate" = String, description = "The authentication scheme.")),
    )]
    Unauthorized(Problem<'static>),
}

/// The error of a request that the caller may not make.
#[derive(IntoResponses)]
pub enum Owner {
    /// The caller may not do this.
    #[response(status = 403, content_type = "application/problem+json")]
    Forbidden(Problem<'static>),
}

/// The error of too many failed logins.
#[derive(IntoResponses)]
pub enum Attempts {
    /// Too many wrong passwords for this account, or too many requests.
    #[response(
        status = 429,
        content_type = "application/problem+json",
        headers(("Retry-After" = u64, description = "Seconds to wait before trying again.")),
    )]
    TooManyAttempts(Problem<'static>),
}

/// The errors of every operation.
#[derive(IntoResponses)]
pub enum Service {
    /// The client has sent too many requests.
    #[response(
        status = 429,
        content_type = "application/problem+json",
        headers(("Retry-After" = u64, description = "Seconds to wait before trying again.")),
    )]
    TooManyRequests(Problem<'static>),
    /// An unexpected error occurred in the service.
    #[response(status = 500, content_type = "application/problem+json")]
    Internal(Problem<'static>),
    /// The service is temporarily unavailable; try again later.
    #[response(status = 503, content_type = "application/problem+json")]
    Unavailable(Problem<'static>),
}
