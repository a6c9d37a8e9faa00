//! Bodies of the resources that `cargo loco generate scaffold` adds.

use sea_orm::prelude::DateTimeWithTimeZone;
use serde::Serializer;

use crate::models::timestamp;

/// Serializes a time as all other responses do, for `#[serde(serialize_with)]`.
pub fn time<S: Serializer>(time: &DateTimeWithTimeZone, serializer: S) -> Result<S::Ok, S::Error> {
    timestamp::serialize(&time.to_utc(), serializer)
}
