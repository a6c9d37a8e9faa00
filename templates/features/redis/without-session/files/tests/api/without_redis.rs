use reqwest::Method;

use crate::support::TestApp;
use crate::support::USERS;

#[tokio::test]
async fn without_redis_the_service_works_and_is_degraded() {
    let app = TestApp::start_with(&[("REDIS_URL", "redis://127.0.0.1:1")]).await;
    let user = app.create_user("ada@example.org").await;
    let path = format!("{USERS}/{}", user["id"].as_str().unwrap());

    assert_eq!(app.get(&path).await.body, user);
    assert_eq!(app.send(Method::DELETE, &path).await.status, 204);

    let ready = app.get("/ready").await;
    assert_eq!(ready.status, 200);
    assert_eq!(ready.body["status"], "degraded");
    assert_eq!(ready.body["checks"]["redis"], "unavailable");
}
