tokio::spawn(crate::auth::sessions::clean_up(state.clone()));
