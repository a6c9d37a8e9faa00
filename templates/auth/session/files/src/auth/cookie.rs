//! The session cookie.

use anyhow::ensure;
use chrono::TimeDelta;
use cookie::Cookie;
use cookie::CookieBuilder;
use cookie::SameSite;
use cookie::time::Duration;

use crate::config::Config;
use crate::config::SessionConfig;

/// Fails if the cookie could be sent over the network in clear text.
pub fn check(config: &Config) -> anyhow::Result<()> {
    ensure!(
        config.session.cookie_secure || config.server.host.is_loopback(),
        "SESSION_COOKIE_SECURE must be true unless HOST is a loopback address"
    );
    Ok(())
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
