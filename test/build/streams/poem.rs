
type Stream = poem_openapi::payload::Response<poem_openapi::payload::Binary<poem::Body>>;

fn stream(content_type: &'static str, ends: bool) -> Stream {
    let (mut writer, reader) = tokio::io::duplex(4096);
    tokio::spawn(async move {
        let text = format!("data: {}\n\n", "x".repeat(2000));
        tokio::io::AsyncWriteExt::write_all(&mut writer, text.as_bytes()).await?;
        if !ends {
            std::future::pending::<()>().await;
        }
        std::io::Result::Ok(())
    });
    let body = poem::Body::from_async_read(reader);
    Stream::new(poem_openapi::payload::Binary(body)).header("content-type", content_type)
}
