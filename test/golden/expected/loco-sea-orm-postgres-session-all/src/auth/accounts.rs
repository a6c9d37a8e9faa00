//! Accounts: made, entered, and looked up.

use crate::auth::caller::Caller;
use crate::auth::password;
use crate::auth::refusal::Refusal;
use crate::db;
use crate::db::Db;
use crate::error::Error;
use crate::models::credentials::Login;
use crate::models::credentials::Registration;
use crate::models::user::User;

/// Makes an account.
pub async fn register(db: &Db, new: Registration) -> Result<User, Error> {
    let password_hash = password::hash(new.password).await?;
    db::credentials::register(db, new.user, password_hash).await
}

/// Who that is. A wrong password and an unknown address are refused in the same words, after the same work.
pub async fn sign_in(db: &Db, login: Login) -> Result<Caller, Error> {
    let credentials = db::credentials::find(db, &login.email).await?;
    let (id, hash) = credentials
        .map(|known| (known.user_id, known.password_hash))
        .unzip();

    let is_right = password::verify(login.password, hash).await?;
    match id {
        Some(id) if is_right => Ok(Caller { id }),
        _ => Err(Error::Unauthorized(Refusal::WrongPassword)),
    }
}

/// The caller's account, which may be gone although the caller still has what proves who it was.
pub async fn find(db: &Db, caller: Caller) -> Result<User, Error> {
    match db::users::find(db, caller.id).await {
        Err(Error::NotFound) => Err(Error::Unauthorized(Refusal::Invalid)),
        found => found,
    }
}
