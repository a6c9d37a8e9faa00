//! Bodies of requests: read field by field, so that one answer names everything that is wrong.

use std::mem;

use serde_json::Map;
use serde_json::Value;

use crate::error::Error;
use crate::error::FieldError;
use crate::error::Violation;

/// What a body is read into.
pub trait FromInput: Sized {
    /// Takes every field it knows out of `input`, also after one of them was wrong;
    /// `None` where one was.
    fn from_input(input: &mut Input) -> Option<Self>;
}

/// What a field is read into.
pub trait FromField: Sized {
    fn from_field(value: Value) -> Result<Self, Violation>;
}

/// The fields of a body that are not read yet, and what was wrong with those that are.
pub struct Input {
    fields: Map<String, Value>,
    errors: Vec<FieldError>,
}

impl Input {
    /// The field, which must be present.
    pub fn required<T: FromField>(&mut self, field: &str) -> Option<T> {
        if !self.fields.contains_key(field) {
            self.reject(field, Violation::new("required", "is required"));
        }
        self.optional(field)
    }

    /// The field, or `None` where it is absent. `null` is a value, not absence.
    pub fn optional<T: FromField>(&mut self, field: &str) -> Option<T> {
        let value = self.fields.remove(field)?;
        T::from_field(value)
            .map_err(|violation| self.reject(field, violation))
            .ok()
    }

    fn reject(&mut self, field: &str, violation: Violation) {
        let field = field.to_owned();
        self.errors.push(FieldError { field, violation });
    }
}

/// Reads a body that was sent as JSON.
pub fn parse<T: FromInput>(body: &[u8]) -> Result<T, Error> {
    let Ok(value) = serde_json::from_slice(body) else {
        return Err(Error::Malformed("the body is not valid JSON".to_owned()));
    };
    let Value::Object(fields) = value else {
        return Err(Error::Invalid(vec![FieldError {
            field: "$".to_owned(),
            violation: Violation::new("type", "must be an object"),
        }]));
    };

    let mut input = Input {
        fields,
        errors: Vec::new(),
    };
    let parsed = T::from_input(&mut input);
    for field in mem::take(&mut input.fields).keys() {
        input.reject(field, Violation::new("unknown", "is not a known field"));
    }

    match parsed {
        Some(parsed) if input.errors.is_empty() => Ok(parsed),
        _ => Err(Error::Invalid(input.errors)),
    }
}

/// The value, where it is a string.
pub fn string(value: Value) -> Result<String, Violation> {
    match value {
        Value::String(text) => Ok(text),
        _ => Err(Violation::new("type", "must be a string")),
    }
}

/// Whether a `Content-Type` says JSON: `application/json` or `application/*+json`, with any parameters.
pub fn is_json(content_type: &str) -> bool {
    let media_type = content_type.split(';').next().unwrap_or_default();
    let media_type = media_type.trim().to_ascii_lowercase();

    media_type
        .strip_prefix("application/")
        .is_some_and(|subtype| subtype == "json" || subtype.ends_with("+json"))
}
