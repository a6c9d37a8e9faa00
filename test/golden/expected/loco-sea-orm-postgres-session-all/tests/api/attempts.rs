use serde_json::json;

use crate::accounts::PASSWORD;
use crate::support::TestApp;

const LOGIN: &str = "/api/v1/auth/login";

#[tokio::test]
async fn after_ten_wrong_passwords_an_account_is_429() {
    let app = TestApp::start().await;
    app.create_user("ada@example.org").await;
    let login = |email: &str, password: &str| json!({ "email": email, "password": password });

    for email in ["ada@example.org", "nobody@example.org"] {
        for _ in 0..10 {
            let answer = app.post(LOGIN, &login(email, "wrong password")).await;
            assert_eq!(answer.status, 401);
        }
        let refused = app.post(LOGIN, &login(email, PASSWORD)).await;
        assert_eq!(refused.status, 429);
        let wait: u64 = refused.headers["retry-after"].parse().unwrap();
        assert!((800..=900).contains(&wait), "{wait}");
    }
}
