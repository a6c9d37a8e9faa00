//! JSON values of any shape.

use serde_json::Value;
use validator::ValidationError;

/// Checks that the value is not null, and that no text in it contains U+0000, which not
/// every database can store.
pub fn check(value: &Value) -> Result<(), ValidationError> {
    if value.is_null() {
        let error = ValidationError::new("type");
        return Err(error.with_message("must not be null".into()));
    }
    if has_nul(value) {
        let error = ValidationError::new("invalid");
        return Err(error.with_message("must not contain U+0000".into()));
    }
    Ok(())
}

fn has_nul(value: &Value) -> bool {
    match value {
        Value::String(text) => text.contains('\0'),
        Value::Array(items) => items.iter().any(has_nul),
        Value::Object(fields) => fields
            .iter()
            .any(|(name, value)| name.contains('\0') || has_nul(value)),
        Value::Null | Value::Bool(_) | Value::Number(_) => false,
    }
}
