use std::time::Duration;

use anyhow::{Context, bail, ensure};
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::net::TcpStream;
use tokio::time::timeout;

use crate::config::Config;

/// How long the server may take to respond.
const TIMEOUT: Duration = Duration::from_secs(3);

/// Requests `GET /health` from the server running on this machine with the same configuration, and
/// fails if it is not healthy.
pub async fn run() -> anyhow::Result<()> {
    let server = Config::from_env()?.server;
    let (host, port) = (server.host.from_this_machine().to_string(), server.port);
    ensure!(port != 0, "PORT is 0, so the port is not known");

    let status = match timeout(TIMEOUT, ask(&host, port)).await {
        Ok(status) => status.with_context(|| format!("cannot ask {host}, port {port}"))?,
        Err(_) => bail!("no response from {host}, port {port} within {TIMEOUT:?}"),
    };
    let status = status.trim_end();
    ensure!(status.starts_with("HTTP/1.1 200 "), "unhealthy: {status}");
    println!("healthy");
    Ok(())
}

/// Returns the first line of the response to `GET /health`.
async fn ask(host: &str, port: u16) -> anyhow::Result<String> {
    let mut connection = TcpStream::connect((host, port)).await?;
    let request = b"GET /health HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n";
    connection.write_all(request).await?;

    let mut status = String::new();
    BufReader::new(connection).read_line(&mut status).await?;
    Ok(status)
}
