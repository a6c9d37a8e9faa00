diesel::table! {
    users (id) {
        id -> Binary,
        name -> Text,
        email -> Text,
        created_at -> Text,
        updated_at -> Text,
    }
}
