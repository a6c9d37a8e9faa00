use crate::accounts::{ACCOUNTS, account};
use crate::support::TestApp;

#[tokio::test]
async fn a_request_in_flight_is_finished() {
    let app = TestApp::start().await;
    let body = account("Ada", "ada@example.org").to_string();
    let mut connection = app.connect().await;
    let length = body.len();
    let head = format!("POST {ACCOUNTS} HTTP/1.1\r\nHost: test\r\nContent-Type: application/json");
    connection
        .write(&format!(
            "{head}\r\nContent-Length: {length}\r\nExpect: 100-continue\r\n\r\n"
        ))
        .await;
    // Sent when a handler reads the body, so from here on the request is in flight.
    connection.expect("HTTP/1.1 100 Continue\r\n\r\n").await;

    app.stop();
    connection.write(&body).await;

    let answer = connection.read().await;
    assert!(answer.starts_with("HTTP/1.1 201"), "{answer}");
    app.stopped().await;
}
