pub use crate::models::sessions;
