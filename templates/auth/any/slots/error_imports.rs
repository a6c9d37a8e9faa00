use crate::auth::refusal::Refusal;
