crate::description::read().await;
