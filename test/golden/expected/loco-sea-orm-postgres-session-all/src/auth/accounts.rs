//! Accounts: registration, sign-in and lookup.

use crate::auth::caller::Caller;
use crate::auth::password;
use crate::auth::refusal::Refusal;
use crate::client::Client;
use crate::db;
use crate::db::Db;
use crate::error::Error;
use crate::models::credentials::{Login, Registration};
use crate::models::user::{NewUser, User};
use crate::state::AppState;

/// Creates an account.
pub async fn register(db: &Db, new: Registration) -> Result<User, Error> {
    let Registration {
        name,
        email,
        password,
    } = new;
    let password_hash = password::hash(password).await?;
    db::credentials::register(db, NewUser { name, email }, password_hash).await
}

/// Returns the caller with this email and password. A wrong password and an unknown email take the
/// same time and return the same error.
pub async fn sign_in(state: &AppState, client: Client, login: Login) -> Result<Caller, Error> {
    let Login { email, password } = login;
    state.attempts.check(&email, client).await?;

    let credentials = db::credentials::find(&state.db, &email).await?;
    let (id, hash) = credentials
        .map(|known| (known.user_id, known.password_hash))
        .unzip();

    let is_right = password::verify(password, hash).await?;
    match id {
        Some(id) if is_right => {
            state.attempts.check(&email, client).await?;
            Ok(Caller { id })
        }
        _ => {
            state.attempts.count(&email, client).await?;
            Err(Error::Unauthorized(Refusal::WrongPassword))
        }
    }
}

/// Returns the caller's account; fails with 401 if it has since been deleted.
pub async fn find(db: &Db, caller: Caller) -> Result<User, Error> {
    match db::users::find(db, caller.id).await {
        Err(Error::NotFound) => Err(Error::Unauthorized(Refusal::Invalid)),
        found => found,
    }
}
