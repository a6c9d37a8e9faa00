//! SQL types of columns, under the names that Diesel's CLI gives them.

pub use diesel::sql_types::*;

// In SQLite, INTEGER and REAL hold 64 bits, unlike Diesel's types of these names.
pub use diesel::sql_types::BigInt as Integer;
pub use diesel::sql_types::Double as Float;
