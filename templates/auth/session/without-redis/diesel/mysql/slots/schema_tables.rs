diesel::table! {
    sessions (id) {
        #[max_length = 32]
        id -> Binary,
        #[max_length = 16]
        user_id -> Binary,
        created_at -> Datetime,
        last_used_at -> Datetime,
    }
}
