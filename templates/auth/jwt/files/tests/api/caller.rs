use std::sync::RwLock;

use reqwest::Method;
use reqwest::RequestBuilder;
use serde_json::json;

use crate::accounts::PASSWORD;
use crate::support::Answer;
use crate::support::TestApp;
use crate::support::http_client;

/// The first key signs; the second verifies tokens from before a rotation.
pub const KEYS: &str = "new:0123456789abcdef0123456789abcdef,old:fedcba9876543210fedcba9876543210";

/// Sends the caller's token with every request.
pub struct Client {
    http: reqwest::Client,
    token: RwLock<Option<String>>,
}

impl Client {
    pub fn new() -> Self {
        Self {
            http: http_client(),
            token: RwLock::default(),
        }
    }

    /// Sets or removes the token for the following requests.
    pub fn use_token(&self, token: Option<String>) {
        *self.token.write().unwrap() = token;
    }

    pub fn request(&self, method: Method, url: String) -> RequestBuilder {
        let request = self.http.request(method, url);
        match &*self.token.read().unwrap() {
            Some(token) => request.bearer_auth(token),
            None => request,
        }
    }
}

impl TestApp {
    /// Sends the following requests as the user with this email.
    pub async fn sign_in(&self, email: &str) -> Answer {
        self.sign_out();
        let login = json!({ "email": email, "password": PASSWORD });
        let answer = self.post("/api/v1/auth/login", &login).await;
        assert_eq!(answer.status, 200, "{}", answer.body);
        let token = answer.body["access_token"].as_str();
        self.client.use_token(token.map(str::to_owned));
        answer
    }

    /// Sends the following requests without credentials.
    pub fn sign_out(&self) {
        self.client.use_token(None);
    }
}
