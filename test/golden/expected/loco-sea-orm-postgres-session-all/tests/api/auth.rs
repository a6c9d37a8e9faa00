use reqwest::Method;
use serde_json::json;

use crate::accounts::{ACCOUNTS, account, shown_to_others};
use crate::support::{TestApp, USERS};

const LOGIN: &str = "/api/v1/auth/login";
const ME: &str = "/api/v1/auth/me";

#[tokio::test]
async fn me_is_the_registered_user() {
    let app = TestApp::start().await;

    let user = app.create_user("ada@example.org").await;
    let me = app.get(ME).await;

    assert_eq!(me.status, 200);
    assert_eq!(me.body, user);
}

#[tokio::test]
async fn no_response_contains_the_password() {
    let app = TestApp::start().await;

    app.create_user("ada@example.org").await;
    for path in [ME, USERS] {
        let text = app.get(path).await.body.to_string();
        assert!(!text.contains("password") && !text.contains("argon2"));
    }
}

#[tokio::test]
async fn a_wrong_password_and_an_unknown_address_get_the_same_response() {
    let app = TestApp::start().await;
    app.create_user("ada@example.org").await;
    app.sign_out();

    let login = |email| json!({ "email": email, "password": "something else" });
    let wrong = app.post(LOGIN, &login("ada@example.org")).await;
    let unknown = app.post(LOGIN, &login("nobody@example.org")).await;

    assert_eq!(wrong.status, 401);
    assert!(wrong.headers.contains_key("www-authenticate"));
    assert_eq!(unknown.status, 401);
    assert_eq!(wrong.body["detail"], unknown.body["detail"]);
}

#[tokio::test]
async fn a_password_matches_in_every_unicode_form() {
    let app = TestApp::start().await;
    let mut body = account("Ada", "ada@example.org");
    body["password"] = json!("p\u{e4}ss w\u{f6}rd d\u{fc}rer");
    assert_eq!(app.post(ACCOUNTS, &body).await.status, 201);

    let typed = "pa\u{308}ss\u{a0}wo\u{308}rd\u{3000}du\u{308}rer";
    let login = json!({ "email": "ada@example.org", "password": typed });
    assert!(app.post(LOGIN, &login).await.status < 300);
}

#[tokio::test]
async fn passwords_have_their_limits() {
    let app = TestApp::start().await;
    let register = |number: u8, length| {
        let mut body = account("Ada", &format!("user-{number}@example.org"));
        body["password"] = json!("é".repeat(length));
        body
    };

    for (number, length, status) in [(1, 11, 422), (2, 12, 201), (3, 128, 201), (4, 129, 422)] {
        let answer = app.post(ACCOUNTS, &register(number, length)).await;
        assert_eq!(answer.status, status, "{length} characters");
    }
}

#[tokio::test]
async fn every_user_route_needs_a_signed_in_caller() {
    let app = TestApp::start().await;
    let user = app.create_user("ada@example.org").await;
    let path = format!("{USERS}/{}", user["id"].as_str().unwrap());
    app.sign_out();

    for (method, path) in [
        (Method::GET, ME),
        (Method::GET, USERS),
        (Method::GET, &path),
        (Method::PATCH, &path),
        (Method::DELETE, &path),
    ] {
        let answer = app.send_json(method, path, &json!({})).await;
        assert_eq!(answer.status, 401);
        assert!(answer.headers.contains_key("www-authenticate"));
    }
}

#[tokio::test]
async fn users_change_and_delete_only_themselves() {
    let app = TestApp::start().await;
    let ada = app.create_user("ada@example.org").await;
    let path = format!("{USERS}/{}", ada["id"].as_str().unwrap());
    app.create_user("grace@example.org").await;

    for method in [Method::PATCH, Method::DELETE] {
        let answer = app.send_json(method, &path, &json!({})).await;
        assert_eq!(answer.status, 403);
    }
    assert_eq!(app.get(&path).await.body["name"], ada["name"]);
}

#[tokio::test]
async fn an_email_address_is_shown_to_its_owner_only() {
    let app = TestApp::start().await;
    let ada = app.create_user("ada@example.org").await;
    let grace = app.create_user("grace@example.org").await;
    let profile = shown_to_others(&ada);

    let path = format!("{USERS}/{}", ada["id"].as_str().unwrap());
    assert_eq!(app.get(&path).await.body, profile);
    assert_eq!(app.get(USERS).await.body["data"], json!([grace, profile]));

    app.sign_in("ada@example.org").await;
    assert_eq!(app.get(&path).await.body, ada);
}

#[tokio::test]
async fn only_registration_creates_users() {
    let app = TestApp::start().await;

    let answer = app.post(USERS, &account("Ada", "ada@example.org")).await;

    assert_eq!(answer.status, 405);
    assert_eq!(answer.headers["allow"].replace(' ', ""), "GET,HEAD");
}

#[tokio::test]
async fn a_deleted_user_is_signed_out() {
    let app = TestApp::start().await;
    let user = app.create_user("ada@example.org").await;
    let path = format!("{USERS}/{}", user["id"].as_str().unwrap());

    assert_eq!(app.send(Method::DELETE, &path).await.status, 204);

    assert_eq!(app.get(ME).await.status, 401);
}
