//! Fields of updates, which keep their value if they are absent.

use serde::Deserialize;
use serde::Deserializer;

/// Deserializes a field that is present; `#[serde(default)]` provides the `None` of an absent one.
/// If `T` is an option, null clears the value.
pub fn deserialize<'de, D, T>(deserializer: D) -> Result<Option<T>, D::Error>
where
    D: Deserializer<'de>,
    T: Deserialize<'de>,
{
    T::deserialize(deserializer).map(Some)
}
