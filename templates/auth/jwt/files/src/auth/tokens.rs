//! Access tokens: JSON Web Tokens (RFC 7519) that the service issues to its own callers.

use std::sync::LazyLock;
use std::time::Duration;

use chrono::Utc;
use jsonwebtoken::Algorithm;
use jsonwebtoken::Header;
use jsonwebtoken::Validation;
use jsonwebtoken::decode;
use jsonwebtoken::decode_header;
use jsonwebtoken::encode;
use serde::Deserialize;
use serde::Serialize;
use uuid::Uuid;

use super::caller::Caller;
use super::hs256;
use super::refusal::Refusal;
use crate::config::JwtConfig;
use crate::error::Error;

/// The only accepted algorithm, whatever the token's header says.
const ALGORITHM: Algorithm = Algorithm::HS256;

/// The issuer and audience of every token.
const SERVICE: &str = env!("CARGO_PKG_NAME");

/// The checks beyond the signature. Clocks may differ by a minute, the library's default.
static VALIDATION: LazyLock<Validation> = LazyLock::new(|| {
    let mut validation = Validation::new(ALGORITHM);
    validation.set_issuer(&[SERVICE]);
    validation.set_audience(&[SERVICE]);
    validation.set_required_spec_claims(&["aud", "exp", "iss", "nbf", "sub"]);
    validation.validate_nbf = true;
    validation
});

#[derive(Serialize)]
struct Claims {
    iss: &'static str,
    aud: &'static str,
    sub: Uuid,
    iat: i64,
    nbf: i64,
    exp: i64,
}

#[derive(Deserialize)]
struct Subject {
    sub: Uuid,
}

/// The response to a login (RFC 6749, section 5.1).
#[derive(Serialize)]
pub struct AccessToken {
    access_token: String,
    token_type: &'static str,
    expires_in: u64,
}

/// Installs the signing algorithm.
pub fn install() {
    // In tests, it may already be installed by an earlier start in the same process.
    hs256::PROVIDER.install_default().ok();
}

/// Issues a token for the caller.
pub fn issue(config: &JwtConfig, caller: &Caller) -> Result<AccessToken, Error> {
    let key = config.keys.first();
    let header = Header {
        kid: Some(key.id.clone()),
        ..Header::new(ALGORITHM)
    };
    let lifetime = Duration::from(config.lifetime).as_secs();
    let now = Utc::now().timestamp();
    let claims = Claims {
        iss: SERVICE,
        aud: SERVICE,
        sub: caller.id,
        iat: now,
        nbf: now,
        exp: now.saturating_add_unsigned(lifetime),
    };

    let token = encode(&header, &claims, &key.encoding);
    Ok(AccessToken {
        access_token: token.map_err(|error| Error::Internal(error.into()))?,
        token_type: "Bearer",
        expires_in: lifetime,
    })
}

/// Verifies the token in an `Authorization` header and returns the caller it was issued to.
pub fn verify(config: &JwtConfig, authorization: Option<&str>) -> Result<Caller, Error> {
    let Some(token) = authorization.and_then(bearer) else {
        return Err(Error::Unauthorized(Refusal::Missing));
    };
    let header = decode_header(token).ok().filter(is_supported);
    let key = header.and_then(|header| config.keys.find(&header.kid?));

    key.and_then(|key| decode::<Subject>(token, &key.decoding, &VALIDATION).ok())
        .map(|token| Caller {
            id: token.claims.sub,
        })
        .ok_or(Error::Unauthorized(Refusal::Invalid))
}

/// Returns whether the header matches those of [`issue`]. A token with critical extensions must be
/// rejected, because this service supports none (RFC 7515, section 4.1.11), and so must a token of
/// another type (RFC 8725, section 3.11).
fn is_supported(header: &Header) -> bool {
    header.crit.is_none() && header.typ == Header::default().typ
}

/// Returns the token after the scheme, which is case-insensitive.
fn bearer(authorization: &str) -> Option<&str> {
    let (scheme, token) = authorization.split_once(' ')?;
    scheme
        .eq_ignore_ascii_case("bearer")
        .then(|| token.trim_start())
}
