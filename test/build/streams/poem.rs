
#[handler]
async fn events() -> poem::Response {
    stream("text/event-stream", false)
}

#[handler]
async fn lines() -> poem::Response {
    stream("text/plain", true)
}

fn stream(content_type: &'static str, ends: bool) -> poem::Response {
    let (mut writer, reader) = tokio::io::duplex(4096);
    tokio::spawn(async move {
        let text = format!("data: {}\n\n", "x".repeat(2000));
        tokio::io::AsyncWriteExt::write_all(&mut writer, text.as_bytes()).await?;
        if !ends {
            std::future::pending::<()>().await;
        }
        std::io::Result::Ok(())
    });
    poem::Response::builder()
        .content_type(content_type)
        .body(poem::Body::from_async_read(reader))
}
