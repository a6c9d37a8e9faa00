/// Checks that the text contains no control characters but line breaks and tabs.
pub fn check_lines(text: &str) -> Result<(), ValidationError> {
    let is_allowed = |c: char| !c.is_control() || ['\n', '\r', '\t'].contains(&c);
    if !text.chars().all(is_allowed) {
        let error = ValidationError::new("invalid");
        let message = "must not contain control characters other than line breaks and tabs";
        return Err(error.with_message(message.into()));
    }
    Ok(())
}
