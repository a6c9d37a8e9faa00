//! The table `users`.

use sea_orm::prelude::async_trait::async_trait;
use sea_orm::{
    ActiveModelBehavior, ActiveModelTrait, ColumnTrait, ConnectionTrait, DbErr, EntityTrait,
    IntoActiveModel, PaginatorTrait, QueryFilter, QuerySelect, Set, Unchanged,
};
use uuid::Uuid;

use crate::db::Db;
use crate::db::entity::users;
use crate::db::error::of_delete;
use crate::error::Error;
use crate::models::page::Page;
use crate::models::timestamp;
use crate::models::user::{NewUser, User, UserChanges};

/// Returns a page of users, newest first, and the total number of users if the page needs it.
pub async fn list(db: &Db, page: Page) -> Result<(Vec<User>, Option<u64>), Error> {
    let rows = users::Entity::find()
        .filter(users::Column::Id.lt(page.below()))
        .order_by_id_desc()
        .limit(page.limit().unsigned_abs())
        .offset(page.offset().unsigned_abs())
        .all(db)
        .await?;
    let total = if page.needs_total() {
        let all = users::Entity::find();
        Some(all.count(db).await?)
    } else {
        None
    };

    Ok((rows.into_iter().map(User::from).collect(), total))
}

/// Finds a user.
pub async fn find(db: &Db, id: Uuid) -> Result<User, Error> {
    let row = users::Entity::find_by_id(id).one(db).await?;
    row.map(User::from).ok_or(Error::NotFound)
}

/// Stores a new user.
pub async fn insert(db: &impl ConnectionTrait, new: NewUser) -> Result<User, Error> {
    let row = new.into_active_model().insert(db).await?;
    Ok(row.into())
}

/// Updates a user and returns the result.
pub async fn update(db: &Db, id: Uuid, changes: UserChanges) -> Result<User, Error> {
    if changes.is_empty() {
        return find(db, id).await;
    }

    let mut changed = changes.into_active_model();
    changed.id = Unchanged(id);
    Ok(changed.update(db).await?.into())
}

/// Deletes a user.
pub async fn delete(db: &Db, id: Uuid) -> Result<(), Error> {
    let deleted = users::Entity::delete_by_id(id)
        .exec(db)
        .await
        .map_err(of_delete)?;

    match deleted.rows_affected {
        0 => Err(Error::NotFound),
        _ => Ok(()),
    }
}

#[async_trait]
impl ActiveModelBehavior for users::ActiveModel {
    /// Sets the columns that no request sets: a time-ordered id and the times.
    async fn before_save<C>(mut self, _: &C, is_new: bool) -> Result<Self, DbErr>
    where
        C: ConnectionTrait,
    {
        let now = timestamp::now().into();
        if is_new {
            self.id = Set(Uuid::now_v7());
            self.created_at = Set(now);
        }
        self.updated_at = Set(now);
        Ok(self)
    }
}

impl From<users::Model> for User {
    fn from(row: users::Model) -> Self {
        Self {
            id: row.id,
            name: row.name,
            email: row.email,
            created_at: row.created_at.to_utc(),
            updated_at: row.updated_at.to_utc(),
        }
    }
}
