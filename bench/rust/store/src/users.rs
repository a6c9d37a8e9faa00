//! The table `users`.

use chrono::{DateTime, SubsecRound, Utc};
use serde::{Deserialize, Serialize};
use sqlx::FromRow;
use uuid::Uuid;
use validator::Validate;

use crate::Pool;

#[cfg(feature = "postgres")]
const SCHEMA: &str = include_str!("../schema/postgres.sql");
#[cfg(not(feature = "postgres"))]
const SCHEMA: &str = include_str!("../schema/sqlite.sql");

#[derive(FromRow, Serialize)]
pub struct User {
    pub id: Uuid,
    pub name: String,
    pub email: String,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
}

#[derive(Deserialize, Validate)]
#[serde(deny_unknown_fields)]
pub struct NewUser {
    #[validate(length(min = 1, max = 100))]
    pub name: String,
    #[validate(email, length(max = 254))]
    pub email: String,
}

/// The query of a list.
#[derive(Deserialize)]
#[serde(default)]
pub struct Page {
    pub page: u32,
    pub per_page: u32,
}

impl Default for Page {
    fn default() -> Self {
        Self {
            page: 1,
            per_page: 20,
        }
    }
}

#[derive(Serialize)]
pub struct Listing {
    pub data: Vec<User>,
    pub page: u32,
    pub per_page: u32,
    pub total: i64,
}

/// Returns a page of users, newest first, and how many there are.
pub async fn list(pool: &Pool, page: Page) -> Result<Listing, sqlx::Error> {
    let Page { page, per_page } = page;
    let per_page = per_page.clamp(1, 100);
    let offset = i64::from(page.saturating_sub(1)) * i64::from(per_page);

    let data = sqlx::query_as("SELECT * FROM users ORDER BY id DESC LIMIT $1 OFFSET $2")
        .bind(i64::from(per_page))
        .bind(offset)
        .fetch_all(pool)
        .await?;
    let total = sqlx::query_scalar("SELECT COUNT(*) FROM users")
        .fetch_one(pool)
        .await?;

    Ok(Listing {
        data,
        page,
        per_page,
        total,
    })
}

/// Finds a user.
pub async fn find(pool: &Pool, id: Uuid) -> Result<User, sqlx::Error> {
    sqlx::query_as("SELECT * FROM users WHERE id = $1")
        .bind(id)
        .fetch_one(pool)
        .await
}

/// Stores a new user.
pub async fn insert(pool: &Pool, new: NewUser) -> Result<User, sqlx::Error> {
    let now = Utc::now().trunc_subsecs(6);
    let user = User {
        id: Uuid::now_v7(),
        name: new.name,
        email: new.email,
        created_at: now,
        updated_at: now,
    };

    let insert =
        "INSERT INTO users (id, name, email, created_at, updated_at) VALUES ($1, $2, $3, $4, $5)";
    sqlx::query(insert)
        .bind(user.id)
        .bind(&user.name)
        .bind(&user.email)
        .bind(user.created_at)
        .bind(user.updated_at)
        .execute(pool)
        .await?;

    Ok(user)
}

/// Replaces the table, if there is one, by an empty one.
pub async fn recreate(pool: &Pool) -> Result<(), sqlx::Error> {
    sqlx::raw_sql(SCHEMA).execute(pool).await?;
    Ok(())
}
