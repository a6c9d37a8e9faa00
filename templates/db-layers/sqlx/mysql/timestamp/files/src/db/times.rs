use chrono::DateTime;
use chrono::NaiveDateTime;
use chrono::Utc;

/// Returns a time as `DATETIME`. SQLx sends a `DateTime<Utc>` as a `TIMESTAMP`, which ends in 2038.
pub(super) fn naive(time: impl Into<Option<DateTime<Utc>>>) -> Option<NaiveDateTime> {
    time.into().map(|time| time.naive_utc())
}
