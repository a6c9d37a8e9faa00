//! User accounts.

use chrono::{DateTime, Utc};
use sea_orm::DeriveIntoActiveModel;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;
use validator::Validate;

use crate::models::{email, text, timestamp};

/// A user, as stored and as sent to clients.
#[derive(Clone, Serialize, ToSchema)]
pub struct User {
    /// A UUID of version 7: ids sort by creation time.
    pub id: Uuid,
    #[schema(min_length = 1, max_length = 100)]
    pub name: String,
    /// In lower case, with the domain in ASCII.
    #[schema(max_length = 254)]
    pub email: String,
    #[serde(serialize_with = "timestamp::serialize")]
    pub created_at: DateTime<Utc>,
    #[serde(serialize_with = "timestamp::serialize")]
    pub updated_at: DateTime<Utc>,
}

/// The fields of a new user.
#[derive(Deserialize, Validate, DeriveIntoActiveModel, ToSchema)]
#[serde(deny_unknown_fields)]
#[sea_orm(active_model = "crate::db::entity::users::ActiveModel")]
pub struct NewUser {
    #[serde(deserialize_with = "text::deserialize")]
    #[validate(length(min = 1, max = 100), custom(function = "text::check"))]
    #[schema(schema_with = crate::models::schema::name)]
    pub name: String,
    #[serde(deserialize_with = "email::deserialize")]
    #[validate(length(max = 254), custom(function = "email::check"))]
    #[schema(format = "idn-email", max_length = 254, examples("ada@example.org"))]
    pub email: String,
}

/// The fields to change; an absent field keeps its value.
#[derive(Default, PartialEq, Deserialize, Validate, DeriveIntoActiveModel, ToSchema)]
#[serde(deny_unknown_fields)]
#[sea_orm(active_model = "crate::db::entity::users::ActiveModel")]
pub struct UserChanges {
    #[serde(default, deserialize_with = "text::deserialize")]
    #[validate(length(min = 1, max = 100), custom(function = "text::check"))]
    #[schema(schema_with = crate::models::schema::name)]
    pub name: Option<String>,
    #[serde(default, deserialize_with = "email::deserialize")]
    #[validate(length(max = 254), custom(function = "email::check"))]
    #[schema(
        format = "idn-email",
        max_length = 254,
        nullable = false,
        examples("ada@example.org")
    )]
    pub email: Option<String>,
}

impl UserChanges {
    /// Whether no field changes.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}
