use reqwest::Method;
use reqwest::header::CONTENT_TYPE;

use crate::accounts::{ACCOUNTS, account};
use crate::support::{TestApp, answer};

#[tokio::test]
async fn a_body_of_exactly_the_limit_is_accepted() {
    let app = TestApp::start_with(&[("BODY_LIMIT_BYTES", "200")]).await;
    let create = |length| {
        let body = account("Ada", "ada@example.org").to_string();
        let body = format!("{body:length$}");
        let request = app.request(Method::POST, ACCOUNTS).body(body);
        answer(request.header(CONTENT_TYPE, "application/json"))
    };

    assert_eq!(create(201).await.status, 413);
    assert_eq!(create(200).await.status, 201);
}

#[tokio::test]
async fn a_client_that_keeps_sending_can_read_the_response() {
    let app = TestApp::start().await;

    let request = app
        .request(Method::POST, ACCOUNTS)
        .body(vec![b' '; 10_000_000]);
    let answer = answer(request.header(CONTENT_TYPE, "application/json")).await;

    assert_eq!(answer.status, 413);
    assert_eq!(answer.body["title"], "Payload Too Large");
}
