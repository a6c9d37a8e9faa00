use redis::AsyncCommands;
use reqwest::Method;
use uuid::Uuid;

use crate::accounts::{ACCOUNTS, account};
use crate::redis::connect;
use crate::support::{TestApp, USERS};

const ME: &str = "/api/v1/auth/me";

#[tokio::test]
async fn redis_stores_no_tokens_and_expires_sessions() {
    let prefix = format!("test-{}:", Uuid::now_v7());
    let app = TestApp::start_with(&[
        ("REDIS_KEY_PREFIX", &prefix),
        ("SESSION_IDLE_SECONDS", "100"),
        ("SESSION_LIFETIME_SECONDS", "50"),
    ])
    .await;
    app.create_user("ada@example.org").await;

    let mut redis = connect().await;
    let keys: Vec<String> = redis.keys(format!("{prefix}session:*")).await.unwrap();
    let [key] = keys.try_into().unwrap();
    let kept: String = redis.get(&key).await.unwrap();
    let ttl: i64 = redis.ttl(&key).await.unwrap();

    let cookie = app.client.cookie().unwrap();
    let (_, token) = cookie.split_once('=').unwrap();
    assert!(!key.contains(token) && !kept.contains(token));
    assert!((1..=50).contains(&ttl), "{ttl}");
}

#[tokio::test]
async fn deleting_a_user_ends_their_sessions() {
    let app = TestApp::start().await;
    let user = app.create_user("ada@example.org").await;

    let path = format!("{USERS}/{}", user["id"].as_str().unwrap());
    assert_eq!(app.send(Method::DELETE, &path).await.status, 204);

    assert_eq!(app.get(USERS).await.status, 401);
}

#[tokio::test]
async fn without_redis_nobody_can_sign_in_and_nobody_is_signed_out() {
    let app = TestApp::start_with(&[("REDIS_URL", "redis://127.0.0.1:1")]).await;
    let mut login = account("Ada", "ada@example.org");
    assert_eq!(app.post(ACCOUNTS, &login).await.status, 201);

    login.as_object_mut().unwrap().remove("name");
    assert_eq!(app.post("/api/v1/auth/login", &login).await.status, 503);

    let cookie = "__Host-session=of-a-session".to_owned();
    app.client.use_cookie(Some(cookie));
    assert_eq!(app.get(ME).await.status, 503);
}
