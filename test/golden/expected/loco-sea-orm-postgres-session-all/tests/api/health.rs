use serde_json::json;

use crate::support::TestApp;

#[tokio::test]
async fn health_returns_the_version() {
    let app = TestApp::start().await;

    let answer = app.get("/health").await;

    assert_eq!(answer.status, 200);
    let version = env!("CARGO_PKG_VERSION");
    assert_eq!(answer.body, json!({ "status": "ok", "version": version }));
}

#[tokio::test]
async fn ready_is_200_while_everything_works() {
    let app = TestApp::start().await;

    let answer = app.get("/ready").await;

    assert_eq!(answer.status, 200);
    assert_eq!(answer.body["status"], "ok");
}
