//! Users as shown to callers.

use chrono::{DateTime, Utc};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::models::timestamp;
use crate::models::user::User;

/// A user, with the email address only if it is the viewer's own.
#[derive(Serialize, ToSchema)]
pub struct Profile {
    /// A UUID of version 7: ids sort by creation time.
    id: Uuid,
    #[schema(min_length = 1, max_length = 100)]
    name: String,
    /// Present only for your own account.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(max_length = 254, nullable = false)]
    email: Option<String>,
    #[serde(serialize_with = "timestamp::serialize")]
    created_at: DateTime<Utc>,
    #[serde(serialize_with = "timestamp::serialize")]
    updated_at: DateTime<Utc>,
}

impl Profile {
    /// Returns what the caller with the id `viewer` may see of the user.
    pub fn new(user: User, viewer: Uuid) -> Self {
        Self {
            id: user.id,
            name: user.name,
            email: (user.id == viewer).then_some(user.email),
            created_at: user.created_at,
            updated_at: user.updated_at,
        }
    }
}
