//! Counts requests and measures how long they take.

use std::sync::Arc;
use std::sync::OnceLock;

use poem::Endpoint;
use poem::IntoResponse;
use poem::Middleware;
use poem::PathPattern;
use poem::Request;
use poem::Response;
use poem::Result;

use crate::metrics::Measurement;
use crate::metrics::Metrics;

/// Measures requests until there is a response or the client disconnects.
pub fn layer(metrics: &Metrics) -> Measure {
    Measure(metrics.clone())
}

pub struct Measure(Metrics);

impl<E: Endpoint> Middleware<E> for Measure {
    type Output = MeasureEndpoint<E>;

    fn transform(&self, inner: E) -> MeasureEndpoint<E> {
        let metrics = self.0.clone();
        MeasureEndpoint { inner, metrics }
    }
}

pub struct MeasureEndpoint<E> {
    inner: E,
    metrics: Metrics,
}

impl<E: Endpoint> Endpoint for MeasureEndpoint<E> {
    type Output = Response;

    async fn call(&self, mut request: Request) -> Result<Response> {
        let route = Route::default();
        request.set_data(route.clone());
        let measurement = self.metrics.begin(request.method().as_str());
        let mut measured = Measured { measurement, route };

        let response = self.inner.call(request).await?.into_response();
        measured.measurement.status = Some(response.status().as_u16());
        Ok(response)
    }
}

/// The matched route, shared with the router: a request that is cut short, for example by a
/// timeout, has no response to read it from.
#[derive(Clone, Default)]
struct Route(Arc<OnceLock<PathPattern>>);

/// Records the matched route.
pub fn note_route(request: &Request) {
    if let (Some(Route(route)), Some(pattern)) = (request.data(), request.data::<PathPattern>()) {
        route.get_or_init(|| pattern.clone());
    }
}

/// Adds the route to the measurement just before it is counted.
struct Measured<'a> {
    measurement: Measurement<'a>,
    route: Route,
}

impl Drop for Measured<'_> {
    fn drop(&mut self) {
        let Route(route) = &self.route;
        self.measurement.route = route.get().map(|pattern| pattern.0.to_string());
    }
}
