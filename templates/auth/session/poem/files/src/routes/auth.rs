use poem::web::Data;
use poem_openapi::ApiResponse;
use poem_openapi::OpenApi;

use super::Tag;
use super::failure::Failure;
use super::json::Json;
use super::security::SignedIn;
use crate::auth::accounts;
use crate::auth::sessions;
use crate::client::Client;
use crate::models::credentials::Login;
use crate::models::credentials::Registration;
use crate::models::session::Session;
use crate::models::user::User;
use crate::state::AppState;

/// The operations that anyone may call.
pub struct AuthApi;

#[derive(ApiResponse)]
enum RegisterResponse {
    /// The user.
    #[oai(status = 201)]
    Registered(
        Json<User>,
        /// The path of the new user.
        #[oai(header = "Location")]
        String,
    ),
}

#[derive(ApiResponse)]
enum LoginResponse {
    /// The user is signed in.
    #[oai(status = 204)]
    SignedIn(
        /// The session cookie.
        #[oai(header = "Set-Cookie")]
        String,
    ),
}

#[OpenApi(prefix_path = "/api/v1/auth", tag = "Tag::Users")]
impl AuthApi {
    /// Registers a user
    #[oai(path = "/register", method = "post", operation_id = "register")]
    async fn register(
        &self,
        Data(state): Data<&AppState>,
        Json(new): Json<Registration>,
    ) -> Result<RegisterResponse, Failure<409>> {
        let user = accounts::register(&state.db, new).await?;
        let location = format!("/api/v1/users/{}", user.id);
        Ok(RegisterResponse::Registered(Json(user), location))
    }

    /// Signs a user in
    #[oai(path = "/login", method = "post", operation_id = "login")]
    async fn login(
        &self,
        Data(state): Data<&AppState>,
        client: Client,
        Json(login): Json<Login>,
    ) -> Result<LoginResponse, Failure<401, 429>> {
        let caller = accounts::sign_in(state, client, login).await?;
        let cookie = sessions::open(state, &caller).await?;
        Ok(LoginResponse::SignedIn(cookie))
    }
}

/// The operations for signed-in callers.
pub struct AccountApi;

#[derive(ApiResponse)]
enum LogoutResponse {
    /// The session has ended.
    #[oai(status = 204)]
    SignedOut(
        /// Deletes the session cookie.
        #[oai(header = "Set-Cookie")]
        String,
    ),
}

#[OpenApi(prefix_path = "/api/v1/auth", tag = "Tag::Users")]
impl AccountApi {
    /// Ends the session
    #[oai(path = "/logout", method = "post", operation_id = "logout")]
    async fn logout(
        &self,
        SignedIn(session): SignedIn<Session>,
        Data(state): Data<&AppState>,
    ) -> Result<LogoutResponse, Failure<403>> {
        let cookie = sessions::close(state, &session).await?;
        Ok(LogoutResponse::SignedOut(cookie))
    }

    /// Returns your own account
    #[oai(path = "/me", method = "get", operation_id = "me")]
    async fn me(
        &self,
        SignedIn(caller): SignedIn,
        Data(state): Data<&AppState>,
    ) -> Result<Json<User>, Failure> {
        Ok(Json(accounts::find(&state.db, caller).await?))
    }
}
