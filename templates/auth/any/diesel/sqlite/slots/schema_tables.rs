diesel::table! {
    credentials (user_id) {
        user_id -> Binary,
        password_hash -> Text,
    }
}
