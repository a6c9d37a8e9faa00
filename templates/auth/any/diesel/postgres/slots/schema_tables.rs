diesel::table! {
    credentials (user_id) {
        user_id -> Uuid,
        password_hash -> Text,
    }
}
