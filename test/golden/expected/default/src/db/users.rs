//! The table `users`.

use chrono::{DateTime, Utc};
use sqlx::SqliteExecutor;
use uuid::Uuid;

use crate::db::Db;
use crate::db::error::of_delete;
use crate::error::Error;
use crate::models::page::Page;
use crate::models::timestamp;
use crate::models::user::{NewUser, User, UserChanges};

/// Like `query_as!` for [`User`], with all columns of the table between the two parts of the SQL.
macro_rules! query_user {
    ($before:literal, $after:literal $(, $argument:expr)* $(,)?) => {
        sqlx::query_as!(
            User,
            $before
                + r#"
                id AS "id!: Uuid",
                name AS "name!",
                email AS "email!",
                created_at AS "created_at!: DateTime<Utc>",
                updated_at AS "updated_at!: DateTime<Utc>"
                "#
                + $after,
            $($argument),*
        )
    };
}

/// Returns a page of users, newest first, and the total number of users if the page needs it.
pub async fn list(db: &Db, page: Page) -> Result<(Vec<User>, Option<u64>), Error> {
    let mut connection = db.acquire().await?;
    let users = query_user!(
        "SELECT",
        "FROM users WHERE id < ? ORDER BY id DESC LIMIT ? OFFSET ?",
        page.below(),
        page.limit(),
        page.offset(),
    )
    .fetch_all(&mut *connection)
    .await?;
    if !page.needs_total() {
        return Ok((users, None));
    }

    let total = sqlx::query_scalar!(r#"SELECT COUNT(*) AS "total!: i64" FROM users"#)
        .fetch_one(&mut *connection)
        .await?;

    Ok((users, Some(total.unsigned_abs())))
}

/// Finds a user.
pub async fn find(db: &Db, id: Uuid) -> Result<User, Error> {
    let user = query_user!("SELECT", "FROM users WHERE id = ?", id)
        .fetch_one(db)
        .await?;

    Ok(user)
}

/// Stores a new user.
pub async fn insert(db: impl SqliteExecutor<'_>, new: NewUser) -> Result<User, Error> {
    let user = User::from(new);

    sqlx::query!(
        "
        INSERT INTO users (id, name, email, created_at, updated_at)
        VALUES (?, ?, ?, ?, ?)
        ",
        user.id,
        user.name,
        user.email,
        user.created_at,
        user.updated_at,
    )
    .execute(db)
    .await?;

    Ok(user)
}

/// Updates a user and returns the result. For a column that null clears, pass whether it changes
/// and its value: `bio = CASE WHEN ? THEN ? ELSE bio END`.
pub async fn update(db: &Db, id: Uuid, changes: UserChanges) -> Result<User, Error> {
    if changes.is_empty() {
        return find(db, id).await;
    }

    let user = query_user!(
        "
        UPDATE users
        SET
            name = COALESCE(?, name),
            email = COALESCE(?, email),
            updated_at = ?
        WHERE id = ?
        RETURNING
        ",
        "",
        changes.name,
        changes.email,
        timestamp::now(),
        id,
    )
    .fetch_one(db)
    .await?;

    Ok(user)
}

/// Deletes a user.
pub async fn delete(db: &Db, id: Uuid) -> Result<(), Error> {
    let deleted = sqlx::query!("DELETE FROM users WHERE id = ?", id)
        .execute(db)
        .await
        .map_err(of_delete)?;

    match deleted.rows_affected() {
        0 => Err(Error::NotFound),
        _ => Ok(()),
    }
}
