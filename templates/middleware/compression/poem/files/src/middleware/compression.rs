//! Compresses responses with gzip for clients that accept it.

use std::io::Cursor;

use async_compression::tokio::bufread::GzipEncoder;
use poem::Body;
use poem::Endpoint;
use poem::IntoResponse;
use poem::Request;
use poem::Response;
use poem::Result;
use poem::http::HeaderMap;
use poem::http::HeaderValue;
use poem::http::header::ACCEPT_ENCODING;
use poem::http::header::CONTENT_ENCODING;
use poem::http::header::CONTENT_LENGTH;
use poem::http::header::VARY;
use tokio::io::AsyncReadExt;
use tokio::io::BufReader;

use crate::error::Error;

/// The smallest body to compress, in bytes: anything below fits into a packet anyway.
const SMALLEST: usize = 1024;

/// Compresses large responses. Poem's own `Compression` also compresses small ones, event streams
/// and responses to clients that refuse gzip (`gzip;q=0`), and decompresses bodies of any size.
pub struct Compress<E>(pub E);

impl<E: Endpoint> Endpoint for Compress<E> {
    type Output = Response;

    async fn call(&self, request: Request) -> Result<Response> {
        let wants_gzip = accepts_gzip(request.headers());
        let mut response = self.0.call(request).await?.into_response();
        // Event streams would wait in the compressor's buffer.
        let is_stream = response
            .content_type()
            .is_some_and(|value| value.starts_with("text/event-stream"));
        if is_stream || response.headers().contains_key(CONTENT_ENCODING) {
            return Ok(response);
        }
        response
            .headers_mut()
            .append(VARY, HeaderValue::from_static("accept-encoding"));
        if !wants_gzip {
            return Ok(response);
        }

        let mut body = response.take_body().into_async_read();
        let mut start = Vec::new();
        (&mut body)
            .take(SMALLEST as u64)
            .read_to_end(&mut start)
            .await
            .map_err(|error| Error::Internal(error.into()))?;
        if start.len() < SMALLEST {
            response.set_body(start);
        } else {
            let headers = response.headers_mut();
            headers.remove(CONTENT_LENGTH);
            headers.insert(CONTENT_ENCODING, HeaderValue::from_static("gzip"));
            let body = GzipEncoder::new(BufReader::new(Cursor::new(start).chain(body)));
            response.set_body(Body::from_async_read(body));
        }
        Ok(response)
    }
}

/// Whether `Accept-Encoding` includes gzip with a weight above zero.
fn accepts_gzip(headers: &HeaderMap) -> bool {
    let values = headers.get_all(ACCEPT_ENCODING).iter();
    let codings = values.flat_map(|value| value.to_str().unwrap_or_default().split(','));

    codings
        .map(|coding| coding.split_once(';').unwrap_or((coding, "q=1")))
        .any(|(name, weight)| {
            let weight = weight.trim().strip_prefix("q=").map(str::parse::<f32>);
            name.trim().eq_ignore_ascii_case("gzip") && matches!(weight, Some(Ok(0.001..)))
        })
}
