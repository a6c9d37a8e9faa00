//! Regular expressions for the OpenAPI document, in the dialect of ECMA-262. They match exactly the
//! text that the service accepts, with two exceptions:
//!
//! - Lengths are those before characters are composed.
//! - Without the flag `u`, JavaScript sees a character above U+FFFF as two. There they match hidden
//!   ones, too, and each of them counts twice.

/// Whitespace, which is trimmed.
const SPACE: &str = r"\t-\r \u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000";

/// Characters up to U+FFFF that are rejected: control characters, and those that invisibly change
/// the text around them.
const HIDDEN: &str = r"\u0000-\u001f\u007f-\u009f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\u3164\ufeff\uffa0\ufff0-\ufff8";

/// The same above U+FFFF, as the code points before the first and of the last character.
const HIDDEN_ABOVE: [(char, char); 4] = [
    ('\u{1bc9f}', '\u{1bca3}'),
    ('\u{1d172}', '\u{1d17a}'),
    ('\u{dffff}', '\u{e00ff}'),
    ('\u{e01ef}', '\u{e0fff}'),
];

/// Characters up to U+FFFF that are accepted next to visible ones only: joiners, variation
/// selectors, and the Braille pattern without dots.
const INVISIBLE: &str = r"\u180b-\u180d\u180f\u200c\u200d\u2800\ufe00-\ufe0f";

/// The same above U+FFFF.
const INVISIBLE_ABOVE: [(char, char); 1] = [('\u{e00ff}', '\u{e01ef}')];

/// Matches a line of 1 to `max` characters between whitespace, at least one of them visible.
pub fn line(max: usize) -> String {
    let (no_hidden, invisible) = (no_hidden(), above(&INVISIBLE_ABOVE));
    let is_visible = format!("(?!(?:[{SPACE}{INVISIBLE}]|{invisible})*$)");
    format!("^{no_hidden}{is_visible}[{SPACE}]*[^{HIDDEN}]{{1,{max}}}[{SPACE}]*$")
}

/// Matches text of at least `min` characters, none of them hidden. A group, since schemathesis would
/// otherwise combine it with `maxLength` into a pattern that it cannot read.
pub fn plain(min: usize) -> String {
    format!("^({}[^{HIDDEN}]{{{min},}})$", no_hidden())
}

/// Looks ahead for hidden characters above U+FFFF, and fails if there are any.
fn no_hidden() -> String {
    format!(r"(?![\s\S]*{})", above(&HIDDEN_ABOVE))
}

/// Matches a character in one of the ranges. Without the flag `u`, this matches nothing, whereas a
/// class with a range that begins above U+FFFF would be a syntax error.
fn above(ranges: &[(char, char)]) -> String {
    let ranges = ranges.iter();
    let ranges = ranges.map(|(before, last)| format!(r"(?=[\u0000-{last}])[^\u0000-{before}]"));
    let ranges = Vec::from_iter(ranges).join("|");
    format!(r"(?![\u0000-\uffff])(?:{ranges})")
}
