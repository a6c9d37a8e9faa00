//! One log line a request.

use std::time::Instant;

use actix_web::body::MessageBody;
use actix_web::dev::ServiceRequest;
use actix_web::dev::ServiceResponse;
use actix_web::http::Method;
use actix_web::http::StatusCode;
use actix_web::middleware::Next;
use tracing::info;

/// Logs the request when it is answered, and also where the client does not wait for the answer.
pub async fn log(
    request: ServiceRequest,
    next: Next<impl MessageBody>,
) -> actix_web::Result<ServiceResponse<impl MessageBody>> {
    let mut line = Line {
        method: request.method().clone(),
        route: request.match_pattern(),
        status: None,
        started: Instant::now(),
    };
    let response = next.call(request).await?;
    line.status = Some(response.status());
    Ok(response)
}

/// Written when it is dropped, which happens however a request ends.
struct Line {
    method: Method,
    route: Option<String>,
    status: Option<StatusCode>,
    started: Instant,
}

impl Drop for Line {
    fn drop(&mut self) {
        let method = self.method.as_str();
        // The pattern, not the path: paths hold ids, so their number is unbounded.
        let route = self.route.as_deref().unwrap_or("unmatched");
        let status = self.status.map(|status| status.as_u16());
        let duration_ms = self.started.elapsed().as_micros() as f64 / 1000.0;

        match status {
            Some(status) => info!(method, route, status, duration_ms, "answered"),
            None => info!(method, route, duration_ms, "abandoned"),
        }
    }
}
