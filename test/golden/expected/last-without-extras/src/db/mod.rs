//! The data, in the memory of the process: gone with it, and not shared between instances.

pub mod credentials;
pub mod sessions;
pub mod users;

use std::sync::Arc;

/// A handle on the data; a clone is cheap and shares it.
pub type Db = Arc<Store>;

/// One map a kind of record.
#[derive(Default)]
pub struct Store {
    credentials: credentials::PasswordHashes,
    sessions: sessions::Sessions,
    users: users::Users,
}
