use crate::traces;
