//! Swagger UI, a page that shows the OpenAPI document. Its files are part of the binary.

use std::io::Read;
use std::sync::Arc;

use flate2::read::GzDecoder;
use utoipa_swagger_ui::{Config, SwaggerFile, serve};

use crate::error::Error;

/// The page. Its addresses are relative, so it also works below a prefix that a proxy adds.
pub const PAGE: &str = include_str!("docs.html");

/// The content security policy of the page, which may load only its own files and call only this
/// service.
pub const CONTENT_SECURITY_POLICY: &str = "default-src 'none'; connect-src 'self'; \
    img-src 'self' data:; script-src 'self'; style-src 'self'; \
    base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/// Returns the file with this name below `/docs`, compressed only if the values of
/// `Accept-Encoding` allow it.
pub fn file<'a>(
    name: &str,
    accepted: impl Iterator<Item = &'a str>,
) -> Result<SwaggerFile<'static>, Error> {
    let config = Config::from("openapi.json").use_base_layout();
    let file = serve(name, Arc::new(config)).ok().flatten();
    let mut file = file.ok_or(Error::NotFound)?;
    if file.gzpipped && !accepts_gzip(accepted) {
        let mut bytes = Vec::new();
        GzDecoder::new(&*file.bytes)
            .read_to_end(&mut bytes)
            .map_err(|error| Error::Internal(error.into()))?;
        file.bytes = bytes.into();
        file.gzpipped = false;
    }
    Ok(file)
}

/// Whether gzip is listed with a weight above zero.
fn accepts_gzip<'a>(accepted: impl Iterator<Item = &'a str>) -> bool {
    accepted
        .flat_map(|codings| codings.split(','))
        .map(|coding| coding.split_once(';').unwrap_or((coding, "q=1")))
        .any(|(name, weight)| {
            let weight = weight.trim().strip_prefix("q=").map(str::parse::<f32>);
            name.trim().eq_ignore_ascii_case("gzip") && matches!(weight, Some(Ok(0.001..)))
        })
}
