//! The tables as SeaORM sees them, one module per table.

pub mod credentials;
pub mod users;
