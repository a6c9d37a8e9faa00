    #[oai(path = "/lines", method = "get", operation_id = "lines")]
    async fn lines(&self) -> Stream {
        stream("text/plain", true)
    }

    #[oai(path = "/events", method = "get", operation_id = "events")]
    async fn events(&self) -> Stream {
        stream("text/event-stream", false)
    }

