encode_registry(&mut text, &pool::registry(&state.db))?;
