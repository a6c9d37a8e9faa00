use std::collections::HashMap;
use std::net::SocketAddr;

use reqwest::header::HeaderValue;
use reqwest::{Method, RequestBuilder, Response};
use serde_json::Value;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;

use loco_rs::app::Hooks;
use loco_rs::boot::{BootResult, StartMode};
use loco_rs::environment::Environment as LocoEnvironment;
use my_service::app::App;
use my_service::config::{Config, Environment};
use my_service::server::Server;

use crate::database::TestDatabase;

pub const USERS: &str = "/api/v1/users";

/// An instance of the service on a free port. Dropping it stops the service and deletes its data.
pub struct TestApp {
    pub client: crate::caller::Client,
    address: SocketAddr,
    stop: CancellationToken,
    running: JoinHandle<anyhow::Result<()>>,
    pub database: TestDatabase,
}

impl TestApp {
    pub async fn start() -> Self {
        Self::start_with(&[]).await
    }

    /// Starts the service with these environment variables in addition to those that every test
    /// needs.
    pub async fn start_with(variables: &[(&str, &str)]) -> Self {
        crate::description::read().await;
        let database = TestDatabase::create().await;
        let app = start(&database, variables).await.unwrap();
        let address = app.address().unwrap();
        let stop = CancellationToken::new();
        let running = tokio::spawn(app.run(stop.clone().cancelled_owned()));
        Self {
            client: crate::caller::Client::new(),
            address,
            stop,
            running,
            database,
        }
    }

    /// Returns a request that can be changed before it is sent.
    pub fn request(&self, method: Method, path: &str) -> RequestBuilder {
        self.client
            .request(method, format!("http://{}{path}", self.address))
    }

    pub async fn send(&self, method: Method, path: &str) -> Answer {
        answer(self.request(method, path)).await
    }

    pub async fn get(&self, path: &str) -> Answer {
        self.send(Method::GET, path).await
    }

    pub async fn send_json(&self, method: Method, path: &str, body: &Value) -> Answer {
        answer(self.request(method, path).json(body)).await
    }

    pub async fn post(&self, path: &str, body: &Value) -> Answer {
        self.send_json(Method::POST, path, body).await
    }

    /// Opens a connection for sending raw HTTP.
    pub async fn connect(&self) -> Connection {
        Connection(TcpStream::connect(self.address).await.unwrap())
    }

    /// Tells the service to stop.
    pub fn stop(&self) {
        self.stop.cancel();
    }

    /// Waits until the service has stopped.
    pub async fn stopped(self) {
        self.running.await.unwrap().unwrap();
    }
}

/// Returns an HTTP client that ignores proxy settings, since the service runs on this machine.
pub fn http_client() -> reqwest::Client {
    reqwest::Client::builder().no_proxy().build().unwrap()
}

/// Returns the configuration of a service in whose environment only these variables are set.
pub fn config(database: &TestDatabase, variables: &[(&str, &str)]) -> Config {
    Config::read(&environment(database, variables)).unwrap()
}

/// Boots the app with only these environment variables, without a server.
pub async fn boot(
    database: &TestDatabase,
    variables: &[(&str, &str)],
) -> loco_rs::Result<BootResult> {
    let config = Config::read_file(&LocoEnvironment::Test, environment(database, variables))?;
    App::boot(StartMode::ServerOnly, &LocoEnvironment::Test, config).await
}

/// Starts an instance of the service with only these environment variables.
pub async fn start(database: &TestDatabase, variables: &[(&str, &str)]) -> anyhow::Result<Server> {
    Server::start(boot(database, variables).await?).await
}

/// Returns an environment in which only these variables are set.
pub fn environment(database: &TestDatabase, variables: &[(&str, &str)]) -> Environment {
    let mut environment = HashMap::from([("PORT", "0")]);
    environment.extend(database.variables());
    environment.insert("METRICS_PORT", "0");
    let redis = crate::redis::variables();
    environment.extend(redis.iter().map(|(name, value)| (*name, &**value)));
    environment.extend(variables.iter().copied());
    environment.into_iter().collect()
}

/// A response that has been read; `body` is null if it is not JSON.
pub struct Answer {
    pub status: u16,
    pub headers: HashMap<String, String>,
    pub body: Value,
}

pub async fn answer(request: RequestBuilder) -> Answer {
    let call = crate::description::Call::of(&request);
    let response = request.send().await.unwrap();
    let status = response.status().as_u16();
    let headers = headers_of(&response);
    let body = response.bytes().await.unwrap();
    let body = serde_json::from_slice(&body).unwrap_or_default();
    call.check(status, &headers, &body);
    Answer {
        status,
        headers,
        body,
    }
}

fn headers_of(response: &Response) -> HashMap<String, String> {
    let text = |value: &HeaderValue| value.to_str().unwrap().to_owned();
    let headers = response.headers().iter();
    headers
        .map(|(name, value)| (name.to_string(), text(value)))
        .collect()
}

pub struct Connection(TcpStream);

impl Connection {
    pub async fn write(&mut self, text: &str) {
        self.0.write_all(text.as_bytes()).await.unwrap();
    }

    /// Asserts that these are the next bytes that the service sends.
    pub async fn expect(&mut self, text: &str) {
        let mut bytes = vec![0; text.len()];
        self.0.read_exact(&mut bytes).await.unwrap();
        assert_eq!(String::from_utf8_lossy(&bytes), text);
    }

    /// Returns everything that the service sends until it closes the connection.
    pub async fn read(mut self) -> String {
        let mut text = String::new();
        self.0.read_to_string(&mut text).await.unwrap();
        text
    }
}
