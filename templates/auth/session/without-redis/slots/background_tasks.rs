tokio::spawn(crate::auth::cleaning::run(state.clone()));
