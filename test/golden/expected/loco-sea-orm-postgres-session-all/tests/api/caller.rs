use std::sync::RwLock;

use reqwest::header::COOKIE;
use reqwest::{Method, RequestBuilder};
use serde_json::json;

use crate::accounts::PASSWORD;
use crate::support::{Answer, TestApp, http_client};

/// Sends the caller's cookie with every request.
pub struct Client {
    http: reqwest::Client,
    cookie: RwLock<Option<String>>,
}

impl Client {
    pub fn new() -> Self {
        Self {
            http: http_client(),
            cookie: RwLock::default(),
        }
    }

    pub fn request(&self, method: Method, url: String) -> RequestBuilder {
        let request = self.http.request(method, url);
        match self.cookie() {
            Some(cookie) => request.header(COOKIE, cookie),
            None => request,
        }
    }

    /// Returns the value of the `Cookie` header.
    pub fn cookie(&self) -> Option<String> {
        self.cookie.read().unwrap().clone()
    }

    /// Sets or removes the cookie for the following requests.
    pub fn use_cookie(&self, cookie: Option<String>) {
        *self.cookie.write().unwrap() = cookie;
    }
}

impl TestApp {
    /// Sends the following requests as the user with this email.
    pub async fn sign_in(&self, email: &str) -> Answer {
        let login = json!({ "email": email, "password": PASSWORD });
        let answer = self.post("/api/v1/auth/login", &login).await;
        assert_eq!(answer.status, 204, "{}", answer.body);
        let cookie = answer.headers["set-cookie"].split(';').next();
        self.client.use_cookie(cookie.map(str::to_owned));
        answer
    }

    /// Sends the following requests without credentials.
    pub fn sign_out(&self) {
        self.client.use_cookie(None);
    }
}
