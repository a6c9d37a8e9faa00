use crate::db::types::Id;
