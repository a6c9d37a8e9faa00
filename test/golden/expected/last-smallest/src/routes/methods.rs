//! The methods of a path.

use poem::Endpoint;
use poem::Error;
use poem::IntoEndpoint;
use poem::IntoResponse;
use poem::Request;
use poem::Response;
use poem::Result;
use poem::RouteMethod;
use poem::error::MethodNotAllowedError;
use poem::http::Method;
use poem::http::StatusCode;
use poem::http::header::ALLOW;

/// Poem's own [`RouteMethod`], which does not say in a 405 what is allowed (RFC 9110, section 15.5.6).
#[derive(Default)]
pub struct Methods {
    endpoints: RouteMethod,
    allowed: Vec<Method>,
}

impl Methods {
    pub fn new() -> Self {
        Self::default()
    }

    /// Answers a method; whoever answers `GET` is asked for `HEAD`, too.
    pub fn on<E>(mut self, method: Method, endpoint: E) -> Self
    where
        E: IntoEndpoint,
        E::Endpoint: 'static,
    {
        self.allowed.push(method.clone());
        if method == Method::GET {
            self.allowed.push(Method::HEAD);
        }
        self.endpoints = self.endpoints.method(method, endpoint);
        self
    }

    /// A 405 that says what is allowed.
    fn refusal(&self) -> Error {
        let allowed: Vec<_> = self.allowed.iter().map(Method::as_str).collect();
        let refusal = StatusCode::METHOD_NOT_ALLOWED.with_header(ALLOW, allowed.join(","));
        Error::from_response(refusal.into_response())
    }
}

impl Endpoint for Methods {
    type Output = Response;

    async fn call(&self, request: Request) -> Result<Response> {
        match self.endpoints.call(request).await {
            Err(error) if error.is::<MethodNotAllowedError>() => Err(self.refusal()),
            answer => answer,
        }
    }
}
