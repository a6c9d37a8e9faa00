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
