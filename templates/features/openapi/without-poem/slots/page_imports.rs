use utoipa::IntoParams;
use utoipa::ToSchema;
