use reqwest::Method;
use reqwest::header::CONTENT_TYPE;
use serde_json::json;

use crate::support::TestApp;
use crate::support::USERS;
use crate::support::answer;

#[tokio::test]
async fn the_limit_is_the_last_length_that_is_taken() {
    let app = TestApp::start_with(&[("BODY_LIMIT_BYTES", "100")]).await;
    let create = |length| {
        let body = json!({ "name": "Ada", "email": "ada@example.org" });
        let body = format!("{body:length$}", body = body.to_string());
        let request = app.request(Method::POST, USERS).body(body);
        answer(request.header(CONTENT_TYPE, "application/json"))
    };

    assert_eq!(create(101).await.status, 413);
    assert_eq!(create(100).await.status, 201);
}

#[tokio::test]
async fn a_client_that_sends_on_can_read_the_answer() {
    let app = TestApp::start().await;

    let request = app
        .request(Method::POST, USERS)
        .body(vec![b' '; 10_000_000]);
    let answer = answer(request.header(CONTENT_TYPE, "application/json")).await;

    assert_eq!(answer.status, 413);
    assert_eq!(answer.body["title"], "Payload Too Large");
}
