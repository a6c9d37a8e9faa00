//! Regular expressions for the OpenAPI document, in the dialect of ECMA-262.

/// Whitespace, which is trimmed.
const SPACE: &str = r"\t-\r \u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000";

/// Control and invisible characters, which are rejected.
const HIDDEN: &str = r"\u0000-\u001f\u007f-\u009f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u2028-\u202e\u2060-\u206f\u2800\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufff8";

/// Rules out text with the hidden characters from U+E0000 to U+E0FFF: those up to U+E0FFF that are
/// not up to U+DFFFF, which means the same with and without the flag `u`.
const NO_TAGS: &str = concat!(
    r"(?![\s\S]*(?=[\u0000-",
    "\u{e0fff}",
    r"])[^\u0000-",
    "\u{dffff}",
    "])",
);

/// Matches 1 to `max` characters between whitespace, none of them hidden; `max` is at least 2.
pub fn line(max: usize) -> String {
    let (end, between) = (format!("[^{HIDDEN}{SPACE}]"), max - 2);
    format!("^{NO_TAGS}[{SPACE}]*{end}(?:[^{HIDDEN}]{{0,{between}}}{end})?[{SPACE}]*$")
}

/// Matches text without hidden characters up to U+FFFF, since not every tool supports lookaheads
/// in the pattern of a text with a limited length.
pub fn visible() -> String {
    format!("^[^{HIDDEN}]*$")
}
