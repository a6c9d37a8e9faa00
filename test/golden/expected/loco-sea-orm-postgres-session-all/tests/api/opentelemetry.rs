use std::env;
use std::process::Command;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use reqwest::Method;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

use my_service::{telemetry, traces};

use crate::database::TestDatabase;
use crate::support::{TestApp, answer, config};

/// Set in the process that `is_isolated` starts.
const ISOLATED: &str = "OPENTELEMETRY_TEST";

/// Whether the environment has no proxies or OpenTelemetry variables, which the exporter would
/// read. If it has, runs `test` in a process without them.
fn is_isolated(test: &str) -> bool {
    if env::var_os(ISOLATED).is_some() {
        return true;
    }
    let mut command = Command::new(env::current_exe().unwrap());
    for (name, _) in env::vars_os() {
        let upper = name.to_string_lossy().to_uppercase();
        if upper.starts_with("OTEL_") || upper.ends_with("_PROXY") {
            command.env_remove(name);
        }
    }
    let output = command.args(["--exact", test]).env(ISOLATED, "1").output();
    let output = output.unwrap();
    let text = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success(), "{text}");
    assert!(text.contains("1 passed"), "{text}");
    false
}

/// Accepts every request and records it.
struct Collector {
    url: String,
    received: Arc<Mutex<Vec<u8>>>,
}

impl Collector {
    async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let received = Arc::new(Mutex::new(Vec::new()));
        let kept = received.clone();
        tokio::spawn(async move {
            while let Ok((connection, _)) = listener.accept().await {
                tokio::spawn(take(connection, kept.clone()));
            }
        });
        Self { url, received }
    }

    fn has(&self, bytes: &[u8]) -> bool {
        let received = self.received.lock().unwrap();
        received.windows(bytes.len()).any(|window| window == bytes)
    }
}

async fn take(mut connection: TcpStream, kept: Arc<Mutex<Vec<u8>>>) {
    let mut request = Vec::new();
    while connection.read_buf(&mut request).await.unwrap() > 0 {
        let Some(end) = request.windows(4).position(|bytes| bytes == b"\r\n\r\n") else {
            continue;
        };
        let head = String::from_utf8_lossy(&request[..end]).to_lowercase();
        let length = head.split_once("content-length: ").unwrap().1;
        let length: usize = length.lines().next().unwrap().parse().unwrap();
        if request.len() == end + 4 + length {
            kept.lock().unwrap().append(&mut request);
            let answer = b"HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n";
            connection.write_all(answer).await.unwrap();
        }
    }
}

#[tokio::test]
async fn a_request_continues_the_trace_of_its_caller() {
    if !is_isolated("opentelemetry::a_request_continues_the_trace_of_its_caller") {
        return;
    }
    let collector = Collector::start().await;
    let database = TestDatabase::create().await;
    let url = collector.url.as_str();
    let variables = [("LOG_LEVEL", "off"), ("OTEL_EXPORTER_OTLP_ENDPOINT", url)];
    telemetry::init(&config(&database, &variables)).unwrap();
    let app = TestApp::start().await;

    let (trace, parent) = (*b"the whole trace.", *b"a caller");
    let (trace_id, parent_id) = (u128::from_be_bytes(trace), u64::from_be_bytes(parent));
    let traceparent = format!("00-{trace_id:032x}-{parent_id:016x}-01");
    let request = app.request(Method::GET, "/health");
    answer(request.header("traceparent", traceparent)).await;
    traces::flush(Duration::from_secs(5)).await;

    assert!(collector.has(&trace));
    assert!(collector.has(&parent));
    assert!(collector.has(b"GET /health"));
    assert!(collector.has(env!("CARGO_PKG_NAME").as_bytes()));
}
