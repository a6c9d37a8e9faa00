use async_trait::async_trait;
use migration::Migrator;
