use reqwest::Method;

use crate::support::{Answer, TestApp, USERS, answer};

async fn start(trusted_proxies: &str) -> TestApp {
    TestApp::start_with(&[
        ("RATE_LIMIT_REQUESTS", "2"),
        ("TRUSTED_PROXIES", trusted_proxies),
    ])
    .await
}

async fn send(app: &TestApp, forwarded: &str) -> Answer {
    let request = app.request(Method::GET, USERS);
    answer(request.header("x-forwarded-for", forwarded)).await
}

#[tokio::test]
async fn one_request_too_many_is_429() {
    let app = start("0").await;

    for remaining in ["1", "0"] {
        let answer = app.get(USERS).await;
        assert_ne!(answer.status, 429);
        assert_eq!(answer.headers["ratelimit-limit"], "2");
        assert_eq!(answer.headers["ratelimit-remaining"], remaining);
    }
    let refused = send(&app, "203.0.113.1").await;

    assert_eq!(refused.status, 429);
    assert_eq!(refused.body["title"], "Too Many Requests");
    let wait: u64 = refused.headers["retry-after"].parse().unwrap();
    assert!((1..=30).contains(&wait), "{wait}");
    assert_eq!(app.get("/ready").await.status, 200);
}

#[tokio::test]
async fn clients_behind_a_proxy_are_counted_separately() {
    let app = start("1").await;

    for spoofed in ["192.0.2.1", "192.0.2.2"] {
        let forwarded = format!("{spoofed}, 203.0.113.1");
        assert_ne!(send(&app, &forwarded).await.status, 429);
    }

    assert_eq!(send(&app, "192.0.2.3, 203.0.113.1").await.status, 429);
    assert_ne!(send(&app, "192.0.2.3, 203.0.113.2").await.status, 429);
}
