crate::traces::flush().await;
