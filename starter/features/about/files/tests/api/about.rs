use crate::support::TestApp;

#[tokio::test]
async fn the_service_says_what_it_is_and_whom_to_ask() {
    let app = TestApp::start_with(&[("ABOUT_CONTACT", "ada@example.org")]).await;

    let about = app.get("/about").await;

    assert_eq!(about.status, 200);
    assert_eq!(about.body["name"], env!("CARGO_PKG_NAME"));
    assert_eq!(about.body["version"], env!("CARGO_PKG_VERSION"));
    assert_eq!(about.body["contact"], "ada@example.org");
}
