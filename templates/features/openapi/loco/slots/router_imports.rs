use super::openapi::DescribedRoutes;
