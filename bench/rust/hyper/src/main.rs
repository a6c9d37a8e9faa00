//! The service on hyper alone, as in hyper's guide: routes are matched by hand.

use std::convert::Infallible;
use std::error::Error;

use http_body_util::{BodyExt, Full};
use hyper::body::{Bytes, Incoming};
use hyper::header::{CONTENT_TYPE, HeaderValue, LOCATION};
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper::{Method, Request, Response, StatusCode};
use hyper_util::rt::TokioIo;
use serde::Serialize;
use store::{HEALTH, NewUser, Page, Pool};
use tokio::net::TcpListener;
use validator::Validate;

type Reply = Response<Full<Bytes>>;

const USERS: &str = "/api/v1/users";
const JSON: HeaderValue = HeaderValue::from_static("application/json");

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let pool = store::connect().await?;
    let listener = TcpListener::bind(store::address()).await?;
    loop {
        let (stream, _) = listener.accept().await?;
        let pool = pool.clone();
        tokio::spawn(async move {
            let service = service_fn(|request| respond(&pool, request));
            let connection = http1::Builder::new().serve_connection(TokioIo::new(stream), service);
            if let Err(error) = connection.await {
                eprintln!("{error}");
            }
        });
    }
}

async fn respond(pool: &Pool, request: Request<Incoming>) -> Result<Reply, Infallible> {
    let path = request.uri().path();
    let reply = match (request.method(), path.strip_prefix(USERS)) {
        (&Method::GET, None) if path == "/health" => json(StatusCode::OK, &HEALTH),
        (&Method::GET, Some("")) => list(pool, &request).await,
        (&Method::POST, Some("")) => create(pool, request).await,
        (&Method::GET, Some(rest)) => show(pool, rest).await,
        _ => Err(StatusCode::NOT_FOUND),
    };
    Ok(reply.unwrap_or_else(|status| {
        let mut reply = Reply::default();
        *reply.status_mut() = status;
        reply
    }))
}

async fn list(pool: &Pool, request: &Request<Incoming>) -> Result<Reply, StatusCode> {
    let query = request.uri().query().unwrap_or_default();
    let page: Page = serde_urlencoded::from_str(query).map_err(|_| StatusCode::BAD_REQUEST)?;
    json(
        StatusCode::OK,
        &store::list(pool, page).await.map_err(failed)?,
    )
}

async fn show(pool: &Pool, rest: &str) -> Result<Reply, StatusCode> {
    let id = rest.strip_prefix('/').ok_or(StatusCode::NOT_FOUND)?;
    let id = id.parse().map_err(|_| StatusCode::BAD_REQUEST)?;
    json(
        StatusCode::OK,
        &store::find(pool, id).await.map_err(failed)?,
    )
}

async fn create(pool: &Pool, request: Request<Incoming>) -> Result<Reply, StatusCode> {
    let body = request.into_body().collect().await;
    let body = body.map_err(|_| StatusCode::BAD_REQUEST)?.to_bytes();
    let new: NewUser =
        serde_json::from_slice(&body).map_err(|_| StatusCode::UNPROCESSABLE_ENTITY)?;
    new.validate()
        .map_err(|_| StatusCode::UNPROCESSABLE_ENTITY)?;
    let user = store::insert(pool, new).await.map_err(failed)?;

    let mut reply = json(StatusCode::CREATED, &user)?;
    let location = HeaderValue::try_from(format!("{USERS}/{}", user.id)).map_err(internal)?;
    reply.headers_mut().insert(LOCATION, location);
    Ok(reply)
}

fn json(status: StatusCode, body: &impl Serialize) -> Result<Reply, StatusCode> {
    let body = serde_json::to_vec(body).map_err(internal)?;
    let mut reply = Reply::new(body.into());
    *reply.status_mut() = status;
    reply.headers_mut().insert(CONTENT_TYPE, JSON);
    Ok(reply)
}

fn failed(error: store::Error) -> StatusCode {
    StatusCode::from_u16(store::status_of(&error)).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
}

fn internal<E>(_: E) -> StatusCode {
    StatusCode::INTERNAL_SERVER_ERROR
}
