//! SeaORM entities, one module per table.

pub mod credentials;
pub mod users;
