use utoipa::ToSchema;
