use serde_json::Value;
use serde_json::json;

use crate::support::TestApp;
use crate::support::USERS;

/// Where users are made.
pub const ACCOUNTS: &str = USERS;

/// What a user is made from.
pub fn account(name: &str, email: &str) -> Value {
    json!({ "name": name, "email": email })
}

impl TestApp {
    /// Creates a user and gives it.
    pub async fn create_user(&self, email: &str) -> Value {
        let answer = self.post(ACCOUNTS, &account("Ada", email)).await;
        assert_eq!(answer.status, 201, "{}", answer.body);
        answer.body
    }
}
