use redis::aio::MultiplexedConnection;
use redis::{AsyncCommands, Client};
use reqwest::Method;
use serde_json::{Value, json};
use uuid::Uuid;

use my_service::config::Environment;

use crate::support::{TestApp, USERS};

/// Returns the environment variables for an instance with a unique key prefix in Redis.
pub fn variables() -> [(&'static str, String); 2] {
    [
        ("REDIS_URL", url()),
        ("REDIS_KEY_PREFIX", format!("test-{}:", Uuid::now_v7())),
    ]
}

fn url() -> String {
    let environment = Environment::load().unwrap();
    let url = environment.get("REDIS_URL");
    url.expect("REDIS_URL is not set: the tests need Redis")
        .to_owned()
}

pub async fn connect() -> MultiplexedConnection {
    let client = Client::open(url()).unwrap();
    client.get_multiplexed_async_connection().await.unwrap()
}

/// Starts an instance and returns it with a user, the user's path and the user's key in Redis.
async fn start() -> (TestApp, Value, String, String) {
    let prefix = format!("test-{}:", Uuid::now_v7());
    let app = TestApp::start_with(&[("REDIS_KEY_PREFIX", &prefix)]).await;
    let user = app.create_user("ada@example.org").await;
    let id = user["id"].as_str().unwrap();
    let path = format!("{USERS}/{id}");
    let key = format!("{prefix}user:{id}");
    (app, user, path, key)
}

#[tokio::test]
async fn a_user_is_cached_after_a_read() {
    let (app, user, path, key) = start().await;
    let mut redis = connect().await;
    assert_eq!(app.get(&path).await.body, user);

    let ttl: i64 = redis.ttl(&key).await.unwrap();
    assert!((1..=300).contains(&ttl), "{ttl}");
    let kept: String = redis.get(&key).await.unwrap();
    let _: () = redis.set(&key, kept.replace("Ada", "Eve")).await.unwrap();

    assert_eq!(app.get(&path).await.body["name"], "Eve");
}

#[tokio::test]
async fn a_change_is_visible_at_once() {
    let (app, _, path, _) = start().await;
    app.get(&path).await;

    let change = json!({ "name": "Grace" });
    app.send_json(Method::PATCH, &path, &change).await;
    assert_eq!(app.get(&path).await.body["name"], "Grace");
    assert_eq!(app.get(&path).await.body["name"], "Grace");

    app.send(Method::DELETE, &path).await;
    assert_ne!(app.get(&path).await.status, 200);
}

#[tokio::test]
async fn a_value_of_another_shape_is_ignored() {
    let (app, user, path, key) = start().await;

    let _: () = connect().await.set(&key, r#"{"id":1}"#).await.unwrap();

    assert_eq!(app.get(&path).await.body, user);
}

#[tokio::test]
async fn a_value_of_another_generation_is_ignored() {
    let (app, user, path, key) = start().await;
    app.get(&path).await;

    let mut redis = connect().await;
    let cached: String = redis.get(&key).await.unwrap();
    let _: () = redis.set(&key, cached.replace("Ada", "Eve")).await.unwrap();
    let (prefix, _) = key.split_once("user:").unwrap();
    let generation = format!("{prefix}cache-generation");
    let _: () = redis.set_ex(&generation, "another", 300).await.unwrap();

    assert_eq!(app.get(&path).await.body, user);
}
