use axum::body::Body;
use axum::http::{Request, StatusCode};
use http_body_util::BodyExt;
use serde_json::{Value, json};
use tower::ServiceExt;

#[tokio::test]
async fn a_user_is_created_and_found() {
    let pool = tutorial::db::connect("sqlite::memory:").await.unwrap();
    let app = tutorial::handlers::router(pool);

    let body = json!({ "name": "Ada", "email": "ada@example.com" }).to_string();
    let request = Request::post("/users").header("content-type", "application/json");
    let request = request.body(Body::from(body)).unwrap();
    let response = app.clone().oneshot(request).await.unwrap();
    assert_eq!(response.status(), StatusCode::CREATED);

    let body = response.into_body().collect().await.unwrap().to_bytes();
    let user: Value = serde_json::from_slice(&body).unwrap();
    let uri = format!("/users/{}", user["id"].as_str().unwrap());
    let request = Request::get(uri).body(Body::empty()).unwrap();
    let response = app.oneshot(request).await.unwrap();
    assert_eq!(response.status(), StatusCode::OK);
}
