crate::traces::flush(timeout).await;
