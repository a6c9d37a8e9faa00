
async fn events() -> impl axum::response::IntoResponse {
    stream("text/event-stream", false)
}

async fn lines() -> impl axum::response::IntoResponse {
    stream("text/plain", true)
}

fn stream(content_type: &'static str, ends: bool) -> impl axum::response::IntoResponse {
    let text = Some(format!("data: {}\n\n", "x".repeat(2000)));
    let headers = [(axum::http::header::CONTENT_TYPE, content_type)];
    (headers, axum::body::Body::new(Stream { text, ends }))
}

struct Stream {
    text: Option<String>,
    ends: bool,
}

impl http_body::Body for Stream {
    type Data = axum::body::Bytes;
    type Error = std::convert::Infallible;

    fn poll_frame(
        mut self: std::pin::Pin<&mut Self>,
        _: &mut std::task::Context<'_>,
    ) -> std::task::Poll<Option<Result<http_body::Frame<Self::Data>, Self::Error>>> {
        match self.text.take() {
            Some(text) => std::task::Poll::Ready(Some(Ok(http_body::Frame::data(text.into())))),
            None if self.ends => std::task::Poll::Ready(None),
            None => std::task::Poll::Pending,
        }
    }
}
