//! All migrations, embedded in the binary.

use sea_orm_migration::prelude::*;

mod m20260101_000000_create_users;
mod m20260101_000001_create_credentials;

pub struct Migrator;

#[async_trait::async_trait]
impl MigratorTrait for Migrator {
    /// Returns the migrations in the order in which they run.
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        vec![
            // Oldest first.
            Box::new(m20260101_000000_create_users::Migration),
            Box::new(m20260101_000001_create_credentials::Migration),
            // inject-above: `cargo loco generate` adds migrations here.
        ]
    }
}
