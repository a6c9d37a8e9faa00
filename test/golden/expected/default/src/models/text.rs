//! Normalizes text, so that what looks the same is the same (RFC 8264), and detects invisible
//! characters.

use icu_normalizer::ComposingNormalizerBorrowed;
use icu_properties::props::{
    BinaryProperty, DefaultIgnorableCodePoint, EnumeratedProperty, GeneralCategory,
    GeneralCategoryGroup, JoinControl, VariationSelector,
};
use serde::{Deserialize, Deserializer};
use validator::ValidationError;

/// Deserializes text in composed characters, without the whitespace around it.
pub fn deserialize<'de, D, T>(deserializer: D) -> Result<T, D::Error>
where
    D: Deserializer<'de>,
    T: From<String>,
{
    let text = String::deserialize(deserializer)?;
    Ok(compose(text.trim()).into())
}

/// Checks that the text is visible and contains nothing that is hidden.
pub fn check(text: &str) -> Result<(), ValidationError> {
    if !text.chars().any(is_visible) {
        let error = ValidationError::new("too_short");
        return Err(error.with_message("must not be blank".into()));
    }
    check_hidden(text)
}

/// Checks that the text contains no control or invisible characters.
pub fn check_hidden(text: &str) -> Result<(), ValidationError> {
    if text.chars().any(is_hidden) {
        let error = ValidationError::new("invalid");
        let message = "must not contain control or invisible characters";
        return Err(error.with_message(message.into()));
    }
    Ok(())
}

/// Composes characters: "e" followed by a combining accent becomes "é".
pub fn compose(text: &str) -> String {
    let nfc = ComposingNormalizerBorrowed::new_nfc();
    nfc.normalize(text).into_owned()
}

/// Composes characters and replaces compatibility variants, such as full-width letters.
pub fn simplify(text: &str) -> String {
    let nfkc = ComposingNormalizerBorrowed::new_nfkc();
    nfkc.normalize(text).into_owned()
}

/// Lowercases text for case-insensitive comparison, as RFC 8265, section 3.3, does for usernames.
/// "ß" stays distinct from "ss", and "Σ" becomes "ς" at the end of a word.
pub fn fold(text: &str) -> String {
    simplify(&simplify(text).to_lowercase())
}

/// Whether the character is a letter, a mark or a digit, and visible: the identifiers of RFC 8264,
/// section 4.2.
pub fn is_alphanumeric(c: char) -> bool {
    let allowed = GeneralCategoryGroup::Letter
        .union(GeneralCategoryGroup::Mark)
        .union(GeneralCategoryGroup::DecimalNumber);
    allowed.contains(GeneralCategory::for_char(c)) && !DefaultIgnorableCodePoint::for_char(c)
}

/// Whether the character is visible by itself. U+2800 is the Braille pattern without dots.
pub fn is_visible(c: char) -> bool {
    !c.is_whitespace()
        && !c.is_control()
        && !DefaultIgnorableCodePoint::for_char(c)
        && c != '\u{2800}'
}

/// Whether the character invisibly changes or hides the text around it: control characters, line
/// separators, overrides of the writing direction, fillers. Joiners and variation selectors are
/// allowed, since emoji and some scripts need them.
pub fn is_hidden(c: char) -> bool {
    let is_allowed = || JoinControl::for_char(c) || VariationSelector::for_char(c);
    c.is_control()
        || ['\u{2028}', '\u{2029}'].contains(&c)
        || DefaultIgnorableCodePoint::for_char(c) && !is_allowed()
}
