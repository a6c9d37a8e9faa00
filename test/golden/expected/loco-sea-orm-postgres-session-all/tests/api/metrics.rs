use reqwest::Method;

use crate::support::TestApp;
use crate::support::USERS;

async fn scrape(app: &TestApp) -> String {
    let response = app.request(Method::GET, "/metrics").send().await.unwrap();
    assert_eq!(response.status(), 200);
    response.text().await.unwrap()
}

#[tokio::test]
async fn requests_are_counted_by_method_route_and_status() {
    let app = TestApp::start().await;
    app.get("/health").await;
    app.get("/health").await;
    app.send(Method::PUT, "/health").await;

    let text = scrape(&app).await;

    for line in [
        r#"http_requests_total{method="GET",route="/health",status="200"} 2"#,
        r#"http_requests_total{method="PUT",route="/health",status="405"} 1"#,
        r#"http_request_duration_seconds_count{method="GET",route="/health",status="200"} 2"#,
        "http_requests_in_flight 0",
    ] {
        assert!(text.lines().any(|found| found == line), "{line}\n{text}");
    }
}

#[tokio::test]
async fn what_clients_make_up_is_no_label() {
    let app = TestApp::start().await;
    app.get("/made-up").await;
    app.get(&format!("{USERS}/made-up")).await;
    app.send(Method::from_bytes(b"MADEUP").unwrap(), "/nowhere")
        .await;

    let text = scrape(&app).await;

    assert!(!text.to_lowercase().contains("made"), "{text}");
    assert!(text.contains(r#"method="other",route="unmatched",status="404""#));
}

#[tokio::test]
async fn instances_share_nothing() {
    let (one, other) = (TestApp::start().await, TestApp::start().await);
    one.get("/health").await;

    assert!(scrape(&one).await.contains("/health"));
    assert!(!scrape(&other).await.contains("/health"));
}
