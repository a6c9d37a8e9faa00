diesel::table! {
    credentials (user_id) {
        #[max_length = 16]
        user_id -> Binary,
        #[max_length = 255]
        password_hash -> Varchar,
    }
}
