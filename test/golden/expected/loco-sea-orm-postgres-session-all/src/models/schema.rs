//! Schemas for the OpenAPI document, of fields whose rules attributes cannot express.

use utoipa::openapi::{KnownFormat, Object, ObjectBuilder, SchemaFormat, Type};

use crate::models::pattern;

/// Describes a name.
pub fn name() -> Object {
    ObjectBuilder::new()
        .schema_type(Type::String)
        .description(Some(
            "1 to 100 characters, none of them control or invisible characters. Leading and \
             trailing whitespace is removed.",
        ))
        .pattern(Some(pattern::line(100)))
        .examples(["Ada Lovelace"])
        .build()
}

/// Describes a new password.
pub fn new_password() -> Object {
    ObjectBuilder::new()
        .schema_type(Type::String)
        .format(Some(SchemaFormat::KnownFormat(KnownFormat::Password)))
        .description(Some(
            "12 to 128 characters, none of them control or invisible characters.",
        ))
        .min_length(Some(12))
        .max_length(Some(128))
        .pattern(Some(pattern::plain(12)))
        .write_only(true)
        .build()
}
