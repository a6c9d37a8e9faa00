use serde_json::{Value, json};

use crate::support::TestApp;

/// The route that creates users.
pub const ACCOUNTS: &str = "/api/v1/auth/register";

/// The password of every user in the tests.
pub const PASSWORD: &str = "correct horse battery staple";

/// Returns the request body for a new user.
pub fn account(name: &str, email: &str) -> Value {
    json!({ "name": name, "email": email, "password": PASSWORD })
}

/// Returns the user as other users see it: without the email address.
pub fn shown_to_others(user: &Value) -> Value {
    let mut user = user.clone();
    user.as_object_mut().unwrap().remove("email");
    user
}

impl TestApp {
    /// Creates a user, signs in as that user and returns it.
    pub async fn create_user(&self, email: &str) -> Value {
        let answer = self.post(ACCOUNTS, &account("Ada", email)).await;
        assert_eq!(answer.status, 201, "{}", answer.body);
        self.sign_in(email).await;
        answer.body
    }
}
