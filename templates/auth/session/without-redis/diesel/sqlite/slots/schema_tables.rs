diesel::table! {
    sessions (id) {
        id -> Binary,
        user_id -> Binary,
        created_at -> Text,
        last_used_at -> Text,
    }
}
