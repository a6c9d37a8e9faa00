//! The session cookie.

use chrono::TimeDelta;
use cookie::time::Duration;
use cookie::{Cookie, CookieBuilder, SameSite};

use crate::config::{Environment, Host, SessionConfig};

/// Returns the problem if the cookie could be sent over the network in clear text. By default, HOST
/// is a loopback address.
pub fn problem(environment: &Environment) -> Option<String> {
    let host: Host = environment.get("HOST")?.parse().ok()?;
    let is_secure = environment.get("SESSION_COOKIE_SECURE") != Some("false");
    (!is_secure && !host.is_loopback())
        .then(|| "SESSION_COOKIE_SECURE must be true unless HOST is a loopback address".to_owned())
}

/// Returns the `Set-Cookie` value after a login.
pub fn set(config: &SessionConfig, token: &str) -> String {
    let lifetime = TimeDelta::from(config.lifetime).num_seconds();
    build(config, token)
        .max_age(Duration::seconds(lifetime))
        .to_string()
}

/// Returns the `Set-Cookie` value after a logout.
pub fn clear(config: &SessionConfig) -> String {
    build(config, "").max_age(Duration::ZERO).to_string()
}

/// Finds the token in a `Cookie` header.
pub fn token<'a>(config: &SessionConfig, header: &'a str) -> Option<Cookie<'a>> {
    Cookie::split_parse(header)
        .flatten()
        .find(|cookie| cookie.name() == name(config))
}

fn build<'a>(config: &SessionConfig, token: &'a str) -> CookieBuilder<'a> {
    Cookie::build((name(config), token))
        .http_only(true)
        .path("/")
        .same_site(SameSite::Lax)
        .secure(config.cookie_secure)
}

/// Returns the cookie's name. The prefix prevents other hosts and pages without TLS from setting
/// the cookie (RFC 6265bis, section 4.1.3.2).
fn name(config: &SessionConfig) -> &'static str {
    if config.cookie_secure {
        "__Host-session"
    } else {
        "session"
    }
}
