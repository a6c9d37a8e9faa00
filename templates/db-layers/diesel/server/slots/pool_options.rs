// The server may have closed a connection that was not in use.
let db = db.pre_recycle(Hook::async_fn(|connection: &mut Connection, state| {
    Box::pin(async move {
        if state.last_used() > Duration::from_secs(1) {
            let test = connection.batch_execute("SELECT 1").await;
            test.map_err(|_| HookError::message("the connection is closed"))?;
        }
        Ok(())
    })
}));
