//! Rejects requests that break the rules of HTTP.

use std::ops::ControlFlow;

use axum::extract::Request;
use axum::response::{IntoResponse, Response};

use super::wrap::{Middleware, Wrap};
use crate::protocol;

/// Responds with 400 to invalid requests; see [`protocol::check`].
pub fn layer() -> Wrap<Enforce> {
    Wrap(Enforce)
}

#[derive(Clone)]
pub struct Enforce;

impl Middleware for Enforce {
    type State = ();

    fn before(&self, request: &mut Request) -> ControlFlow<Response> {
        let checked = protocol::check(
            request.method(),
            request.uri(),
            request.version(),
            request.headers(),
        );
        match checked {
            Ok(()) => ControlFlow::Continue(()),
            Err(error) => ControlFlow::Break(error.into_response()),
        }
    }
}
