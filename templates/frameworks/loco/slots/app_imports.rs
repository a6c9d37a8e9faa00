use crate::middleware;
