use reqwest::Method;
use reqwest::header::ORIGIN;

use crate::support::{TestApp, answer};

const ALLOWED: &str = "https://app.example";

#[tokio::test]
async fn only_the_configured_origins_are_allowed() {
    let origins = format!("https://other.example:8443, {ALLOWED}");
    let app = TestApp::start_with(&[("CORS_ALLOWED_ORIGINS", &origins)]).await;
    let send = |path, origin: &str| answer(app.request(Method::GET, path).header(ORIGIN, origin));

    for path in ["/health", "/nowhere"] {
        let headers = send(path, ALLOWED).await.headers;
        assert_eq!(headers["access-control-allow-origin"], ALLOWED);
        let headers = send(path, "https://evil-app.example").await.headers;
        assert!(!headers.contains_key("access-control-allow-origin"));
    }
}

#[tokio::test]
async fn other_options_requests_reach_the_router() {
    let app = TestApp::start_with(&[("CORS_ALLOWED_ORIGINS", ALLOWED)]).await;

    for (path, status) in [("/health", 405), ("/nowhere", 404)] {
        let request = app.request(Method::OPTIONS, path).header(ORIGIN, ALLOWED);
        let answer = answer(request).await;
        assert_eq!(answer.status, status);
        assert_eq!(answer.headers["access-control-allow-origin"], ALLOWED);
    }
}

#[tokio::test]
async fn a_preflight_lists_what_may_be_sent() {
    let app = TestApp::start_with(&[("CORS_ALLOWED_ORIGINS", ALLOWED)]).await;

    let preflight = app
        .request(Method::OPTIONS, "/api/v1/users")
        .header(ORIGIN, ALLOWED)
        .header("access-control-request-method", "PATCH");
    let headers = answer(preflight).await.headers;

    assert_eq!(headers["access-control-allow-origin"], ALLOWED);
    assert!(headers["access-control-allow-methods"].contains("PATCH"));
    assert!(headers["access-control-allow-headers"].contains("content-type"));
}
