use serde_json::Value;
use serde_json::json;

use crate::support::TestApp;

/// Where users are made.
pub const ACCOUNTS: &str = "/api/v1/auth/register";

/// The password of every user in the tests.
pub const PASSWORD: &str = "correct horse battery staple";

/// What a user is made from.
pub fn account(name: &str, email: &str) -> Value {
    json!({ "name": name, "email": email, "password": PASSWORD })
}

impl TestApp {
    /// Creates a user and gives it; from now on it is the one who asks.
    pub async fn create_user(&self, email: &str) -> Value {
        let answer = self.post(ACCOUNTS, &account("Ada", email)).await;
        assert_eq!(answer.status, 201, "{}", answer.body);
        self.sign_in(email).await;
        answer.body
    }
}
