use std::time::Duration;

use reqwest::Method;
use tokio::time::sleep;

use my_service::config::Config;

use crate::support::{TestApp, answer};

const LOGOUT: &str = "/api/v1/auth/logout";
const ME: &str = "/api/v1/auth/me";

#[tokio::test]
async fn the_cookie_is_http_only_and_same_site() {
    let app = TestApp::start().await;
    app.create_user("ada@example.org").await;

    let cookie = &app.sign_in("ada@example.org").await.headers["set-cookie"];
    let (pair, flags) = cookie.split_once("; ").unwrap();
    let mut flags: Vec<_> = flags.split("; ").collect();
    flags.sort_unstable();

    assert!(pair.starts_with("__Host-session="));
    assert_eq!(
        flags,
        [
            "HttpOnly",
            "Max-Age=1209600",
            "Path=/",
            "SameSite=Lax",
            "Secure"
        ]
    );
}

#[tokio::test]
async fn the_cookie_is_secure_except_on_loopback() {
    let app = TestApp::start_with(&[("SESSION_COOKIE_SECURE", "false")]).await;
    app.create_user("ada@example.org").await;

    let cookie = &app.sign_in("ada@example.org").await.headers["set-cookie"];

    assert!(cookie.starts_with("session="));
    assert!(!cookie.contains("Secure"));
    assert_eq!(app.get(ME).await.status, 200);

    // Reported along with other problems, before the database is changed.
    let variables = [
        ("HOST", "0.0.0.0"),
        ("SESSION_COOKIE_SECURE", "false"),
        ("PORT", "abc"),
    ];
    let error = Config::read(&variables.into_iter().collect()).err();
    let error = error.unwrap().to_string();
    assert!(error.contains("SESSION_COOKIE_SECURE must be"), "{error}");
    assert!(error.contains("PORT must be"), "{error}");
}

#[tokio::test]
async fn a_login_issues_a_new_token() {
    let app = TestApp::start().await;
    app.create_user("ada@example.org").await;
    let first = app.client.cookie();
    app.sign_in("ada@example.org").await;
    assert_ne!(app.client.cookie(), first);

    let planted = "__Host-session=planted".to_owned();
    app.client.use_cookie(Some(planted.clone()));
    app.sign_in("ada@example.org").await;
    assert_ne!(app.client.cookie().as_ref(), Some(&planted));
    app.client.use_cookie(Some(planted));
    assert_eq!(app.get(ME).await.status, 401);
}

#[tokio::test]
async fn signing_out_ends_only_this_session() {
    let app = TestApp::start().await;
    app.create_user("ada@example.org").await;
    let elsewhere = app.client.cookie();
    app.sign_in("ada@example.org").await;

    let logout = app.send(Method::POST, LOGOUT).await;

    assert_eq!(logout.status, 204);
    assert!(logout.headers["set-cookie"].contains("Max-Age=0"));
    assert_eq!(app.get(ME).await.status, 401);
    assert_eq!(app.send(Method::POST, LOGOUT).await.status, 401);
    app.client.use_cookie(elsewhere);
    assert_eq!(app.get(ME).await.status, 200);
}

#[tokio::test]
async fn an_unused_session_expires() {
    let app = TestApp::start_with(&[("SESSION_IDLE_SECONDS", "2")]).await;
    app.create_user("ada@example.org").await;

    for _ in 0..3 {
        sleep(Duration::from_millis(1000)).await;
        assert_eq!(app.get(ME).await.status, 200);
    }
    sleep(Duration::from_millis(2500)).await;
    assert_eq!(app.get(ME).await.status, 401);
}

#[tokio::test]
async fn a_session_ends_at_its_maximum_age() {
    let app = TestApp::start_with(&[("SESSION_LIFETIME_SECONDS", "1")]).await;
    app.create_user("ada@example.org").await;

    sleep(Duration::from_millis(1200)).await;

    assert_eq!(app.get(ME).await.status, 401);
}

#[tokio::test]
async fn another_site_cannot_change_anything() {
    let app = TestApp::start().await;
    app.create_user("ada@example.org").await;
    let send = async |method, header, value| {
        let path = if method == Method::GET { ME } else { LOGOUT };
        let request = app.request(method, path).header("host", "api.example");
        answer(request.header(header, value)).await.status
    };

    for (header, value) in [
        ("sec-fetch-site", "cross-site"),
        ("sec-fetch-site", "same-site"),
        ("origin", "https://evil.example"),
        ("origin", "null"),
    ] {
        assert_eq!(send(Method::POST, header, value).await, 403, "{value}");
        assert_eq!(send(Method::GET, header, value).await, 200, "{value}");
    }
    assert_eq!(
        send(Method::POST, "origin", "https://api.example").await,
        204
    );
}
