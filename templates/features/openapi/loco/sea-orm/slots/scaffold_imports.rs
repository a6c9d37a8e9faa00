use super::openapi::{DescribedRoutes, errors};
