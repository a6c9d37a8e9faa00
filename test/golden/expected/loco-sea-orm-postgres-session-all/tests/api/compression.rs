use reqwest::Method;
use reqwest::header::ACCEPT_ENCODING;

use crate::support::{TestApp, USERS, answer};

#[tokio::test]
async fn large_responses_are_compressed_on_request() {
    let app = TestApp::start().await;
    for number in 0..10 {
        app.create_user(&format!("user-{number}@example.org")).await;
    }
    let send = |path, encoding: &str| {
        answer(
            app.request(Method::GET, path)
                .header(ACCEPT_ENCODING, encoding),
        )
    };

    assert_eq!(
        send(USERS, "gzip").await.headers["content-encoding"],
        "gzip"
    );
    for (path, encoding) in [
        (USERS, "identity"),
        (USERS, "identity;q=0"),
        ("/health", "gzip"),
    ] {
        let answer = send(path, encoding).await;
        assert_eq!(answer.status, 200);
        assert!(!answer.headers.contains_key("content-encoding"));
    }
}
