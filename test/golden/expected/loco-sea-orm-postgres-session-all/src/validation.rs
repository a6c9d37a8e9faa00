//! Parses requests into types that derive `Deserialize` and `Validate`.

use serde::de::DeserializeOwned;
use serde_json::Value;
use validator::{Validate, ValidationError, ValidationErrors, ValidationErrorsKind};

use crate::error::{Error, FieldError};

/// The maximum number of errors in a response.
const MAX_ERRORS: usize = 20;

/// The maximum number of characters of a field name that a response repeats.
const MAX_FIELD_LENGTH: usize = 100;

/// Reads a JSON body.
pub fn parse_json<T: DeserializeOwned + Validate>(body: &[u8]) -> Result<T, Error> {
    let Ok(body) = serde_json::from_slice(body) else {
        return Err(Error::Malformed("the body is not valid JSON".to_owned()));
    };
    // An array would be read as the values of the fields in their order.
    if !matches!(body, Value::Object(_)) {
        let error = FieldError::new("$", "type", "must be an object");
        return Err(Error::Invalid(vec![error]));
    }

    let parsed: T = serde_path_to_error::deserialize(body)
        .map_err(|error| Error::Invalid(vec![wrong_shape(&error)]))?;
    match parsed.validate() {
        Ok(()) => Ok(parsed),
        Err(errors) => Err(Error::Invalid(violations(&errors))),
    }
}

/// Reads a query string.
pub fn parse_query<T: DeserializeOwned + Validate>(query: &str) -> Result<T, Error> {
    let pairs = serde_urlencoded::Deserializer::new(form_urlencoded::parse(query.as_bytes()));
    let errors = match serde_path_to_error::deserialize::<_, T>(pairs) {
        Err(error) => vec![wrong_shape(&error)],
        Ok(parsed) => match parsed.validate() {
            Ok(()) => return Ok(parsed),
            Err(errors) => violations(&errors),
        },
    };
    let reasons = errors
        .iter()
        .map(|error| format!("{} {}", error.field, error.message));
    Err(Error::Malformed(Vec::from_iter(reasons).join("; ")))
}

/// Describes the first field that cannot be deserialized. serde reports the reason only as text.
fn wrong_shape<E: std::error::Error>(error: &serde_path_to_error::Error<E>) -> FieldError {
    let text = error.inner().to_string();
    let path = match error.path() {
        root if root.iter().next().is_none() => String::new(),
        path => path.to_string(),
    };
    // The path of these errors is that of the object around the field.
    let named = |prefix| {
        let name = text.strip_prefix(prefix)?;
        Some(join(&path, name.trim_matches('`')))
    };

    if let Some(field) = named("missing field ") {
        return FieldError::new(field, "required", "is required");
    }
    if let Some(field) = named("duplicate field ") {
        return FieldError::new(field, "invalid", "is repeated");
    }
    let (code, message) = if text.starts_with("unknown field ") {
        ("unknown", "is unknown")
    } else if text.starts_with("invalid type: ") {
        ("type", "has the wrong type")
    } else {
        ("invalid", "is not valid")
    };
    let field: String = path.chars().take(MAX_FIELD_LENGTH).collect();
    FieldError::new(join("", &field), code, message)
}

/// Lists the fields that violate a rule, each with its first violation.
fn violations(errors: &ValidationErrors) -> Vec<FieldError> {
    let mut found = Vec::new();
    collect(errors, "", &mut found);
    found.sort_by(|one: &FieldError, other| one.field.cmp(&other.field));
    found.truncate(MAX_ERRORS);
    found
}

fn collect(errors: &ValidationErrors, parent: &str, found: &mut Vec<FieldError>) {
    for (name, kind) in errors.errors() {
        let field = match &**name {
            // A rule of the object as a whole.
            "__all__" => join(parent, ""),
            name => join(parent, name.trim_start_matches("r#")),
        };
        match kind {
            ValidationErrorsKind::Struct(errors) => collect(errors, &field, found),
            ValidationErrorsKind::List(items) => {
                for (index, errors) in items {
                    collect(errors, &format!("{field}[{index}]"), found);
                }
            }
            ValidationErrorsKind::Field(errors) => {
                found.extend(errors.first().map(|error| violation(&field, error)));
            }
        }
    }
}

/// Describes a violated rule. One with a message of its own has a code of its own, too.
fn violation(field: &str, error: &ValidationError) -> FieldError {
    let (code, message) = match &*error.code {
        "required" => ("required".into(), "is required".into()),
        "length" => {
            let (length, unit) = match error.params.get("value") {
                Some(Value::String(text)) => (text.chars().count(), "characters"),
                Some(Value::Array(items)) => (items.len(), "items"),
                Some(Value::Object(items)) => (items.len(), "items"),
                _ => (0, "items"),
            };
            let min = error.params.get("min").or(error.params.get("equal"));
            let is_short = min.and_then(Value::as_u64) > Some(length as u64);
            let code = if is_short { "too_short" } else { "too_long" };
            let message = format!("must have {} {unit}", limits(error));
            (code.into(), message.into())
        }
        "range" => {
            let message = format!("must be {}", limits(error));
            ("out_of_range".into(), message.into())
        }
        _ => {
            let has_message = error.message.is_some();
            let code = has_message.then(|| error.code.clone());
            (code.unwrap_or("invalid".into()), "is not valid".into())
        }
    };
    FieldError::new(field, code, error.message.clone().unwrap_or(message))
}

/// Describes the limits of a length or a range.
fn limits(error: &ValidationError) -> String {
    let limit = |name: &str| error.params.get(name);
    if let (Some(min), Some(max)) = (limit("min"), limit("max")) {
        return format!("between {min} and {max}");
    }
    let limits = [
        ("equal", "exactly"),
        ("min", "at least"),
        ("exclusive_min", "more than"),
        ("max", "at most"),
        ("exclusive_max", "less than"),
    ];
    let limits = limits
        .iter()
        .filter_map(|(name, words)| Some(format!("{words} {}", limit(name)?)));
    Vec::from_iter(limits).join(" and ")
}

/// Returns the path of a field; `$` stands for the outermost object.
fn join(parent: &str, field: &str) -> String {
    match (parent, field) {
        ("", "") => "$".to_owned(),
        ("", field) => field.to_owned(),
        (parent, "") => parent.to_owned(),
        (parent, field) => format!("{parent}.{field}"),
    }
}

#[cfg(test)]
mod tests {
    use serde::Deserialize;

    use super::*;

    #[derive(Deserialize, Validate)]
    #[serde(deny_unknown_fields)]
    struct Payment {
        #[validate(range(min = 1, max = 100))]
        amount: u8,
        #[validate(length(equal = 3))]
        currency: String,
        #[validate(nested)]
        payers: Vec<Payer>,
    }

    #[derive(Deserialize, Validate)]
    #[serde(deny_unknown_fields)]
    struct Payer {
        #[validate(length(min = 2, max = 5))]
        name: Option<String>,
        #[validate(range(min = 1))]
        id: u64,
    }

    fn errors(body: &str) -> String {
        let Err(error) = parse_json::<Payment>(body.as_bytes()) else {
            return String::new();
        };
        let errors = error.fields().iter();
        let errors = errors.map(|it| format!("{} {}: {}", it.field, it.code, it.message));
        Vec::from_iter(errors).join("\n")
    }

    #[test]
    fn the_first_field_of_the_wrong_shape_is_named() {
        for (body, expected) in [
            ("[1]", "$ type: must be an object"),
            ("{}", "amount required: is required"),
            (r#"{"amount": "1"}"#, "amount type: has the wrong type"),
            (r#"{"amount": 256}"#, "amount invalid: is not valid"),
            (r#"{"amont": 1}"#, "amont unknown: is unknown"),
            (
                r#"{"amount": 1, "currency": "EUR", "payers": [{"id": 1}, {}]}"#,
                "payers[1].id required: is required",
            ),
        ] {
            assert_eq!(errors(body), expected, "{body}");
        }
    }

    #[test]
    fn every_field_that_violates_a_rule_is_named() {
        let body = r#"{
            "amount": 0,
            "currency": "EURO",
            "payers": [{"id": 1}, {"id": 2, "name": "A"}, {"id": 3, "name": "Augusta"}]
        }"#;
        let expected = "\
amount out_of_range: must be between 1 and 100
currency too_long: must have exactly 3 characters
payers[1].name too_short: must have between 2 and 5 characters
payers[2].name too_long: must have between 2 and 5 characters";
        assert_eq!(errors(body), expected);
    }

    #[test]
    fn a_response_names_a_limited_number_of_fields() {
        let payers = [r#"{"id": 0}"#; MAX_ERRORS + 1].join(",");
        let body = r#"{"amount": 1, "currency": "EUR", "payers": []}"#;
        let body = body.replace("[]", &format!("[{payers}]"));
        assert_eq!(errors(&body).lines().count(), MAX_ERRORS);
    }
}
