use serde_json::{Value, json};

use crate::support::{TestApp, USERS};

/// The route that creates users.
pub const ACCOUNTS: &str = USERS;

/// Returns the request body for a new user.
pub fn account(name: &str, email: &str) -> Value {
    json!({ "name": name, "email": email })
}

/// Returns the user as other users see it: with every field.
pub fn shown_to_others(user: &Value) -> Value {
    user.clone()
}

impl TestApp {
    /// Creates a user and returns it.
    pub async fn create_user(&self, email: &str) -> Value {
        let answer = self.post(ACCOUNTS, &account("Ada", email)).await;
        assert_eq!(answer.status, 201, "{}", answer.body);
        answer.body
    }
}
