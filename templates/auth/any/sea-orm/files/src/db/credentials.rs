//! The table `credentials`.

use sea_orm::ActiveModelBehavior;
use sea_orm::ColumnTrait;
use sea_orm::EntityTrait;
use sea_orm::QueryFilter;
use sea_orm::Set;
use sea_orm::TransactionTrait;

use crate::db::Db;
use crate::db::entity;
use crate::db::users;
use crate::error::Error;
use crate::models::credentials::Credentials;
use crate::models::user::NewUser;
use crate::models::user::User;

/// Stores a new user and their password hash atomically.
pub async fn register(db: &Db, new: NewUser, password_hash: String) -> Result<User, Error> {
    let transaction = db.begin().await?;

    let user = users::insert(&transaction, new).await?;
    let row = entity::credentials::ActiveModel {
        user_id: Set(user.id),
        password_hash: Set(password_hash),
    };
    entity::credentials::Entity::insert(row)
        .exec_without_returning(&transaction)
        .await?;

    transaction.commit().await?;
    Ok(user)
}

/// Returns the credentials of the user with this email.
pub async fn find(db: &Db, email: &str) -> Result<Option<Credentials>, Error> {
    let row = entity::credentials::Entity::find()
        .inner_join(entity::users::Entity)
        .filter(entity::users::Column::Email.eq(email))
        .one(db)
        .await?;

    Ok(row.map(|row| Credentials {
        user_id: row.user_id,
        password_hash: row.password_hash,
    }))
}

impl ActiveModelBehavior for entity::credentials::ActiveModel {}
