/// Returns the error for a reference to a row that does not exist.
pub fn missing(field: impl Into<String>) -> Self {
    let message = "must refer to an existing record";
    Self::Invalid(vec![FieldError::new(field, "not_found", message)])
}

/// Returns the error for deleting a row that others refer to.
pub fn referenced() -> Self {
    Self::Conflict(FieldError::new("id", "referenced", "is in use elsewhere"))
}
