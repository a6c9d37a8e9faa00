//! Email addresses.

use idna::AsciiDenyList;
use idna::uts46::{DnsLength, Hyphens, Uts46};
use serde::{Deserialize, Deserializer};
use validator::ValidationError;

use crate::models::text;

/// Deserializes an address in its [`canonical`] form. Leaves other text as it is, for [`check`] to
/// reject.
pub fn deserialize<'de, D, T>(deserializer: D) -> Result<T, D::Error>
where
    D: Deserializer<'de>,
    T: From<String>,
{
    let text = String::deserialize(deserializer)?;
    Ok(canonical(&text).unwrap_or(text).into())
}

/// Checks that the text can be an address; only a message sent there shows whether it exists.
pub fn check(text: &str) -> Result<(), ValidationError> {
    match canonical(text) {
        Some(_) => Ok(()),
        None => {
            let error = ValidationError::new("invalid");
            Err(error.with_message("must be an email address".into()))
        }
    }
}

/// Normalizes an address, so that equal addresses are the same text: the local part in lower case,
/// and the domain in the ASCII form that DNS uses, so that `bücher.example` equals
/// `xn--bcher-kva.example`. Returns `None` for text that cannot be an address.
fn canonical(email: &str) -> Option<String> {
    let email = text::simplify(email.trim());
    let (local, domain) = email.rsplit_once('@')?;
    let local = text::fold(local);
    let domain = Uts46::new()
        .to_ascii(
            domain.as_bytes(),
            AsciiDenyList::STD3,
            Hyphens::CheckFirstLast,
            DnsLength::Verify,
        )
        .ok()?;

    let is_atom = |atom: &str| !atom.is_empty() && atom.chars().all(is_in_atom);
    let is_plausible = local.len() <= 64 && local.split('.').all(is_atom) && domain.contains('.');
    is_plausible.then(|| format!("{local}@{domain}"))
}

/// Whether a character may be in a local part without quotes (RFC 5322, section 3.2.3; RFC 6532,
/// section 3.2).
fn is_in_atom(c: char) -> bool {
    text::is_alphanumeric(c) || "!#$%&'*+-/=?^_`{|}~".contains(c)
}
