use crate::redis::Redis;
