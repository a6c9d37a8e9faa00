diesel::table! {
    users (id) {
        #[max_length = 16]
        id -> Binary,
        #[max_length = 100]
        name -> Varchar,
        #[max_length = 254]
        email -> Varchar,
        created_at -> Datetime,
        updated_at -> Datetime,
    }
}
