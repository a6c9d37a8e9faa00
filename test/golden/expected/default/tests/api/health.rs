use serde_json::json;

use crate::support::TestApp;

#[tokio::test]
async fn health_tells_the_version() {
    let app = TestApp::start().await;

    let answer = app.get("/health").await;

    assert_eq!(answer.status, 200);
    let version = env!("CARGO_PKG_VERSION");
    assert_eq!(answer.body, json!({ "status": "ok", "version": version }));
}

#[tokio::test]
async fn a_service_that_can_work_is_ready() {
    let app = TestApp::start().await;

    let answer = app.get("/ready").await;

    assert_eq!(answer.status, 200);
    assert_eq!(answer.body["status"], "ok");
}
