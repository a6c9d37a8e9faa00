use chrono::Utc;
use sqlx::SqlitePool;
use uuid::Uuid;

use crate::models::{NewUser, User};

pub async fn connect(url: &str) -> Result<SqlitePool, sqlx::Error> {
    let pool = SqlitePool::connect(url).await?;
    sqlx::migrate!().run(&pool).await?;
    Ok(pool)
}

pub async fn list(pool: &SqlitePool) -> Result<Vec<User>, sqlx::Error> {
    sqlx::query_as("SELECT * FROM users ORDER BY id DESC LIMIT 20")
        .fetch_all(pool)
        .await
}

pub async fn find(pool: &SqlitePool, id: Uuid) -> Result<User, sqlx::Error> {
    sqlx::query_as("SELECT * FROM users WHERE id = ?")
        .bind(id)
        .fetch_one(pool)
        .await
}

pub async fn insert(pool: &SqlitePool, new: NewUser) -> Result<User, sqlx::Error> {
    let insert = "INSERT INTO users (id, name, email, created_at) VALUES (?, ?, ?, ?) RETURNING *";
    sqlx::query_as(insert)
        .bind(Uuid::now_v7())
        .bind(new.name)
        .bind(new.email)
        .bind(Utc::now())
        .fetch_one(pool)
        .await
}

pub async fn delete(pool: &SqlitePool, id: Uuid) -> Result<u64, sqlx::Error> {
    let delete = sqlx::query("DELETE FROM users WHERE id = ?").bind(id);
    Ok(delete.execute(pool).await?.rows_affected())
}
