use reqwest::Method;
use reqwest::header::{CONTENT_ENCODING, CONTENT_TYPE, HOST};
use serde_json::json;

use crate::accounts::{ACCOUNTS, account};
use crate::support::{Answer, TestApp, USERS, answer};

/// Asserts that the response is a problem document (RFC 9457) with this status.
fn assert_problem(answer: &Answer, status: u16, title: &str) {
    assert_eq!(answer.status, status, "{}", answer.body);
    assert_eq!(answer.headers["content-type"], "application/problem+json");
    assert_eq!(answer.body["type"], "about:blank");
    assert_eq!(answer.body["title"], title);
    assert_eq!(answer.body["status"], status);
}

#[tokio::test]
async fn unknown_routes_and_rows_are_404() {
    let app = TestApp::start().await;
    app.create_user("ada@example.org").await;
    let unused = format!("{USERS}/00000000-0000-7000-8000-000000000000");

    for path in ["/nowhere", &unused] {
        let answer = app.get(path).await;
        assert_problem(&answer, 404, "Not Found");
        assert_eq!(answer.body["instance"], path);
    }
}

#[tokio::test]
async fn a_wrong_method_is_405_and_lists_the_allowed_ones() {
    let app = TestApp::start().await;

    let answer = app.send(Method::PUT, "/health").await;

    assert_problem(&answer, 405, "Method Not Allowed");
    assert_eq!(answer.headers["allow"].replace(' ', ""), "GET,HEAD");
}

#[tokio::test]
async fn malformed_requests_are_400() {
    let app = TestApp::start().await;
    app.create_user("ada@example.org").await;

    for path in [
        "/no-uuid",
        "?page=0",
        "?per_page=101",
        "?after=1",
        "?page=1&page=1",
        "?limit=1",
    ] {
        let answer = app.get(&format!("{USERS}{path}")).await;
        assert_problem(&answer, 400, "Bad Request");
    }
    for body in ["", "{", "{}{}", &"[".repeat(1000)] {
        let request = app.request(Method::POST, ACCOUNTS).body(body.to_owned());
        let answer = answer(request.header(CONTENT_TYPE, "application/json")).await;
        assert_problem(&answer, 400, "Bad Request");
    }
}

#[tokio::test]
async fn a_body_must_be_json() {
    let app = TestApp::start().await;
    let create = |content_type| {
        let body = account("Ada", "ada@example.org").to_string();
        answer(
            app.request(Method::POST, ACCOUNTS)
                .header(CONTENT_TYPE, content_type)
                .body(body),
        )
    };

    assert_problem(&create("text/plain").await, 415, "Unsupported Media Type");
    assert_problem(&create("").await, 415, "Unsupported Media Type");
    assert_eq!(
        create("application/vnd.user+json; charset=utf-8")
            .await
            .status,
        201
    );
}

#[tokio::test]
async fn a_body_must_not_be_compressed() {
    let app = TestApp::start().await;
    let create = |coding| {
        let body = account("Ada", "ada@example.org").to_string();
        answer(
            app.request(Method::POST, ACCOUNTS)
                .header(CONTENT_TYPE, "application/json")
                .header(CONTENT_ENCODING, coding)
                .body(body),
        )
    };

    assert_problem(&create("gzip").await, 415, "Unsupported Media Type");
    assert_eq!(create("identity").await.status, 201);
}

#[tokio::test]
async fn an_invalid_host_is_400() {
    let app = TestApp::start().await;

    let request = app.request(Method::GET, USERS).header(HOST, "a b");

    assert_problem(&answer(request).await, 400, "Bad Request");
}

#[tokio::test]
async fn every_invalid_field_is_named_at_once() {
    let app = TestApp::start().await;

    let answer = app.post(ACCOUNTS, &account("", "ada")).await;

    assert_problem(&answer, 422, "Unprocessable Entity");
    assert_eq!(
        codes(&answer),
        [("email", "invalid"), ("name", "too_short")]
    );
}

#[tokio::test]
async fn a_field_of_the_wrong_shape_is_named() {
    let app = TestApp::start().await;

    let mut missing = account("Ada", "ada@example.org");
    missing.as_object_mut().unwrap().remove("name");
    let mut unknown = account("Ada", "ada@example.org");
    unknown["admin"] = json!(true);
    let mut number = account("Ada", "ada@example.org");
    number["name"] = json!(7);

    for (body, code) in [
        (missing, ("name", "required")),
        (unknown, ("admin", "unknown")),
        (number, ("name", "type")),
    ] {
        let answer = app.post(ACCOUNTS, &body).await;
        assert_problem(&answer, 422, "Unprocessable Entity");
        assert_eq!(codes(&answer), [code]);
    }
}

/// Returns the fields that a response names, each with its code.
fn codes(answer: &Answer) -> Vec<(&str, &str)> {
    let errors = answer.body["errors"].as_array().unwrap().iter();
    errors
        .map(|error| {
            (
                error["field"].as_str().unwrap(),
                error["code"].as_str().unwrap(),
            )
        })
        .collect()
}

#[tokio::test]
async fn values_have_limits() {
    let app = TestApp::start().await;
    let name = |length| account(&"é".repeat(length), "ada@example.org");
    let email = |length: usize| {
        let [local, label] = ["a".repeat(64), "b".repeat(63)];
        let last = "c".repeat(length - 193);
        account("Ada", &format!("{local}@{label}.{label}.{last}"))
    };

    for body in [
        name(0),
        name(101),
        email(255),
        json!(null),
        json!({ "name": null }),
    ] {
        assert_problem(
            &app.post(ACCOUNTS, &body).await,
            422,
            "Unprocessable Entity",
        );
    }
    for body in [name(100), email(254)] {
        assert_eq!(app.post(ACCOUNTS, &body).await.status, 201);
    }
}
