//! The tables as SeaORM sees them, one module a table.

pub mod users;
