//! Access tokens: JSON Web Tokens (RFC 7519) of the service for itself.

use std::sync::LazyLock;
use std::time::Duration;

use anyhow::ensure;
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
use crate::config::Config;
use crate::config::JwtConfig;
use crate::error::Error;

/// The one algorithm, whatever a token says of itself.
const ALGORITHM: Algorithm = Algorithm::HS256;

/// Who issues tokens, and whom they are for.
const SERVICE: &str = env!("CARGO_PKG_NAME");

/// What holds for a token beside its signature; clocks may differ by the minute that the library allows for.
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

/// The answer to who signs in (RFC 6749, section 5.1).
#[derive(Serialize)]
pub struct AccessToken {
    access_token: String,
    token_type: &'static str,
    expires_in: u64,
}

/// Makes ready to sign and to verify; refuses the key that everybody knows where others can connect.
pub fn prepare(config: &Config) -> anyhow::Result<()> {
    ensure!(
        config.server.host.is_loopback() || !config.jwt.keys.are_for_development(),
        "JWT_KEYS must hold no key called development where HOST is no loopback address"
    );
    // Another start in the same process may have done so.
    hs256::PROVIDER.install_default().ok();
    Ok(())
}

/// A token that proves who the caller is until it expires.
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

/// Whom the token in an `Authorization` was issued to.
pub fn verify(config: &JwtConfig, authorization: Option<&str>) -> Result<Caller, Error> {
    let Some(token) = authorization.and_then(bearer) else {
        return Err(Error::Unauthorized(Refusal::Missing));
    };
    let header = decode_header(token).ok();
    let key = header.and_then(|header| config.keys.find(&header.kid?));

    key.and_then(|key| decode::<Subject>(token, &key.decoding, &VALIDATION).ok())
        .map(|token| Caller {
            id: token.claims.sub,
        })
        .ok_or(Error::Unauthorized(Refusal::Invalid))
}

/// What follows the name of the scheme, which may be written in any case.
fn bearer(authorization: &str) -> Option<&str> {
    let (scheme, token) = authorization.split_once(' ')?;
    scheme
        .eq_ignore_ascii_case("bearer")
        .then(|| token.trim_start())
}
