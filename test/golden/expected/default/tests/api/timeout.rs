use crate::accounts::ACCOUNTS;
use crate::support::TestApp;

#[tokio::test]
async fn a_body_that_does_not_end_is_503() {
    let app = TestApp::start_with(&[("REQUEST_TIMEOUT_SECONDS", "1")]).await;
    let mut connection = app.connect().await;

    let head = format!("POST {ACCOUNTS} HTTP/1.1\r\nHost: test\r\nConnection: close");
    let body = "Content-Type: application/json\r\nContent-Length: 100\r\n\r\n{";
    connection.write(&format!("{head}\r\n{body}")).await;

    connection
        .expect("HTTP/1.1 503 Service Unavailable\r\n")
        .await;
}
