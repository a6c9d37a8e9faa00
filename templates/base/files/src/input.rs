//! Parses request bodies field by field, so that one response reports every invalid field.

use std::mem;

use serde_json::Map;
use serde_json::Value;

use crate::error::Error;
use crate::error::FieldError;
use crate::error::Violation;

/// The maximum number of errors in a response, so that a body full of unknown fields cannot inflate
/// it.
const MAX_ERRORS: usize = 20;

/// The maximum number of characters of a field name that a response repeats.
const MAX_FIELD_LENGTH: usize = 100;

/// A type that can be parsed from a request body.
pub trait FromInput: Sized {
    /// Reads its fields from `input`, and returns `None` if any of them is invalid. Continues after
    /// an invalid field, so that all are reported.
    fn from_input(input: &mut Input) -> Option<Self>;
}

/// A type that can be parsed from a field.
pub trait FromField: Sized {
    fn from_field(value: Value) -> Result<Self, Violation>;
}

/// The fields of a body that are still unread, and the errors found in the others.
pub struct Input {
    fields: Map<String, Value>,
    errors: Vec<FieldError>,
}

impl Input {
    /// Reads a required field.
    pub fn required<T: FromField>(&mut self, field: &str) -> Option<T> {
        if !self.fields.contains_key(field) {
            self.reject(field, Violation::new("required", "is required"));
        }
        self.optional(field)
    }

    /// Reads an optional field; `None` if it is absent. `null` counts as a value.
    pub fn optional<T: FromField>(&mut self, field: &str) -> Option<T> {
        let value = self.fields.remove(field)?;
        T::from_field(value)
            .map_err(|violation| self.reject(field, violation))
            .ok()
    }

    fn reject(&mut self, field: &str, violation: Violation) {
        if self.errors.len() < MAX_ERRORS {
            let field = field.chars().take(MAX_FIELD_LENGTH).collect();
            self.errors.push(FieldError { field, violation });
        }
    }
}

/// Reads a JSON body.
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

/// Returns the value if it is a string.
pub fn string(value: Value) -> Result<String, Violation> {
    match value {
        Value::String(text) => Ok(text),
        _ => Err(Violation::new("type", "must be a string")),
    }
}

/// Whether a `Content-Type` is JSON: `application/json` or `application/*+json`, with any
/// parameters.
pub fn is_json(content_type: &str) -> bool {
    let media_type = content_type.split(';').next().unwrap_or_default();
    let media_type = media_type.trim().to_ascii_lowercase();
    let is_name = |byte: u8| byte.is_ascii_alphanumeric() || b"!#$&-^_.+".contains(&byte);

    media_type
        .strip_prefix("application/")
        .filter(|subtype| subtype.bytes().all(is_name))
        .is_some_and(|subtype| match subtype.strip_suffix("+json") {
            Some(base) => !base.is_empty(),
            None => subtype == "json",
        })
}

/// Whether a `Content-Encoding` means that the body is not encoded.
pub fn is_identity(content_encoding: &str) -> bool {
    let mut codings = content_encoding.split(',').map(str::trim);
    codings.all(|coding| coding.is_empty() || coding.eq_ignore_ascii_case("identity"))
}
