use crate::cache;
