
async fn events() -> actix_web::HttpResponse {
    stream("text/event-stream", false)
}

async fn lines() -> actix_web::HttpResponse {
    stream("text/plain", true)
}

fn stream(content_type: &'static str, ends: bool) -> actix_web::HttpResponse {
    let text = Some(format!("data: {}\n\n", "x".repeat(2000)));
    actix_web::HttpResponse::Ok()
        .content_type(content_type)
        .body(Stream { text, ends })
}

struct Stream {
    text: Option<String>,
    ends: bool,
}

impl actix_web::body::MessageBody for Stream {
    type Error = std::convert::Infallible;

    fn size(&self) -> actix_web::body::BodySize {
        actix_web::body::BodySize::Stream
    }

    fn poll_next(
        mut self: std::pin::Pin<&mut Self>,
        _: &mut std::task::Context<'_>,
    ) -> std::task::Poll<Option<Result<actix_web::web::Bytes, Self::Error>>> {
        match self.text.take() {
            Some(text) => std::task::Poll::Ready(Some(Ok(text.into()))),
            None if self.ends => std::task::Poll::Ready(None),
            None => std::task::Poll::Pending,
        }
    }
}
