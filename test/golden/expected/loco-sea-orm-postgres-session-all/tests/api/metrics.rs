use reqwest::Method;
use tokio::net::TcpListener;

use crate::support::{TestApp, USERS, http_client};

/// An instance of the service whose metrics are at `url`.
struct Measured {
    app: TestApp,
    url: String,
}

impl Measured {
    async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port().to_string();
        drop(listener);

        let app = TestApp::start_with(&[("METRICS_PORT", &port)]).await;
        // Once the service responds, its metrics are served too.
        app.get("/ready").await;
        let url = format!("http://127.0.0.1:{port}/metrics");
        Self { app, url }
    }

    async fn scrape(&self) -> String {
        let response = http_client().get(&self.url).send().await.unwrap();
        assert_eq!(response.status(), 200);
        response.text().await.unwrap()
    }
}

#[tokio::test]
async fn requests_are_counted_by_method_route_and_status() {
    let measured = Measured::start().await;
    let app = &measured.app;
    app.get("/health").await;
    app.get("/health").await;
    app.send(Method::PUT, "/health").await;

    let text = measured.scrape().await;

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
async fn text_from_clients_never_becomes_a_label() {
    let measured = Measured::start().await;
    let app = &measured.app;
    app.get("/made-up").await;
    app.get(&format!("{USERS}/made-up")).await;
    app.send(Method::from_bytes(b"MADEUP").unwrap(), "/nowhere")
        .await;

    let text = measured.scrape().await;

    assert!(!text.to_lowercase().contains("made"), "{text}");
    assert!(text.contains(r#"method="other",route="unmatched",status="404""#));
}

#[tokio::test]
async fn instances_share_nothing() {
    let (one, other) = (Measured::start().await, Measured::start().await);
    one.app.get("/health").await;

    assert!(one.scrape().await.contains("/health"));
    assert!(!other.scrape().await.contains("/health"));
}

#[tokio::test]
async fn the_service_itself_has_no_metrics() {
    let app = TestApp::start().await;
    assert_eq!(app.get("/metrics").await.status, 404);
}
