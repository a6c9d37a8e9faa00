use crate::db::types::Id;
use crate::db::types::Time;
