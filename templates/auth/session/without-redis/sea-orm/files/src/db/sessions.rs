//! The table `sessions`.

use chrono::DateTime;
use chrono::Utc;
use sea_orm::ActiveModelBehavior;
use sea_orm::ColumnTrait;
use sea_orm::Condition;
use sea_orm::EntityTrait;
use sea_orm::QueryFilter;
use sea_orm::QuerySelect;
use sea_orm::Set;

use crate::db::Db;
use crate::db::entity::sessions;
use crate::error::Error;
use crate::models::session::Expiry;
use crate::models::session::Session;
use crate::models::session::SessionId;

/// Stores a new session.
pub async fn insert(db: &Db, session: &Session) -> Result<(), Error> {
    let row = sessions::ActiveModel {
        id: Set(session.id.as_bytes().to_vec()),
        user_id: Set(session.user_id),
        created_at: Set(session.created_at.into()),
        last_used_at: Set(session.last_used_at.into()),
    };
    sessions::Entity::insert(row)
        .exec_without_returning(db)
        .await?;
    Ok(())
}

/// Finds a session.
pub async fn find(db: &Db, id: &SessionId) -> Result<Option<Session>, Error> {
    let row = sessions::Entity::find_by_id(id.as_bytes().to_vec())
        .one(db)
        .await?;

    Ok(row.map(|row| Session {
        id: *id,
        user_id: row.user_id,
        created_at: row.created_at.to_utc(),
        last_used_at: row.last_used_at.to_utc(),
    }))
}

/// Records the use of a session.
pub async fn touch(db: &Db, session: &Session, now: DateTime<Utc>) -> Result<(), Error> {
    sessions::Entity::update_many()
        .col_expr(sessions::Column::LastUsedAt, now.into())
        .filter(sessions::Column::Id.eq(session.id.as_bytes().to_vec()))
        .exec(db)
        .await?;
    Ok(())
}

/// Deletes a session if it exists.
pub async fn delete(db: &Db, id: &SessionId) -> Result<(), Error> {
    sessions::Entity::delete_by_id(id.as_bytes().to_vec())
        .exec(db)
        .await?;
    Ok(())
}

/// Deletes up to `limit` sessions that are too old or were unused for too long; returns how many.
pub async fn delete_expired(db: &Db, expiry: &Expiry, limit: u32) -> Result<u64, Error> {
    let is_expired = Condition::any()
        .add(sessions::Column::CreatedAt.lt(expiry.created_before))
        .add(sessions::Column::LastUsedAt.lt(expiry.used_before));
    let expired: Vec<Vec<u8>> = sessions::Entity::find()
        .select_only()
        .column(sessions::Column::Id)
        .filter(is_expired)
        .limit(u64::from(limit))
        .into_tuple()
        .all(db)
        .await?;
    let deleted = sessions::Entity::delete_many()
        .filter(sessions::Column::Id.is_in(expired))
        .exec(db)
        .await?;
    Ok(deleted.rows_affected)
}

impl ActiveModelBehavior for sessions::ActiveModel {}
