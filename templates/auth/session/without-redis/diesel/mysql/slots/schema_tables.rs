diesel::table! {
    sessions (id) {
        #[max_length = 32]
        id -> Binary,
        #[max_length = 16]
        user_id -> Binary,
        created_at -> Timestamp,
        last_used_at -> Timestamp,
    }
}
