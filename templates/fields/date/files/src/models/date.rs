//! Dates without a time.

use chrono::Datelike;
use chrono::NaiveDate;
use serde::Deserialize;
use serde::Deserializer;
use serde::de::Error;
use serde::de::Unexpected;

/// The years that all databases store.
pub const YEARS: std::ops::RangeInclusive<i32> = 1000..=9999;

/// Deserializes a date such as `2026-01-31`.
pub fn deserialize<'de, D, T>(deserializer: D) -> Result<T, D::Error>
where
    D: Deserializer<'de>,
    T: From<NaiveDate>,
{
    let text = String::deserialize(deserializer)?;
    parse(&text).map(T::from)
}

/// Deserializes like [`deserialize`], and null as `None`.
pub fn deserialize_optional<'de, D, T>(deserializer: D) -> Result<T, D::Error>
where
    D: Deserializer<'de>,
    T: From<Option<NaiveDate>>,
{
    let text = Option::<String>::deserialize(deserializer)?;
    let date = text.as_deref().map(parse).transpose()?;
    Ok(date.into())
}

fn parse<E: Error>(text: &str) -> Result<NaiveDate, E> {
    let date = NaiveDate::parse_from_str(text, "%Y-%m-%d").ok();
    // chrono also reads dates without the zeros.
    let date = date.filter(|date| YEARS.contains(&date.year()) && date.to_string() == text);
    date.ok_or_else(|| E::invalid_value(Unexpected::Str(text), &"a date such as 2026-01-31"))
}
