use crate::db::types::Time;
