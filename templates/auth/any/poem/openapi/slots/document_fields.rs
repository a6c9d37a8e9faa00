/// The rules of new passwords.
fn password() -> (&'static str, Value) {
    let description = "12 to 128 characters, none of them control or invisible characters.";
    let rules = json!({
        "format": "password",
        "description": description,
        "pattern": pattern::plain(12),
    });
    ("password", rules)
}
