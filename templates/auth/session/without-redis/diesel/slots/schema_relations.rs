diesel::joinable!(credentials -> users (user_id));
diesel::joinable!(sessions -> users (user_id));

diesel::allow_tables_to_appear_in_same_query!(credentials, sessions, users,);
