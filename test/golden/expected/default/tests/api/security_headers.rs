use crate::support::TestApp;

#[tokio::test]
async fn responses_and_errors_have_the_headers() {
    let app = TestApp::start().await;

    for path in ["/health", "/nowhere"] {
        let headers = app.get(path).await.headers;
        assert_eq!(headers["x-content-type-options"], "nosniff");
        assert_eq!(headers["cache-control"], "no-store");
        assert!(headers["content-security-policy"].contains("default-src 'none'"));
    }
}
