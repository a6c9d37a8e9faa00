{% set file_name = snake_plural -%}
{% set path = "/api/v1/" ~ snake_plural -%}
to: src/controllers/{{ file_name }}.rs
skip_exists: true
message: "Controller `{{ file_name }}` was added."
injections:
- into: src/controllers/mod.rs
  after_last: "^pub mod "
  content: "pub mod {{ file_name }};"
- into: src/controllers/signed_in.rs
  after: "adds its routes here"
  content: "        super::{{ file_name }}::routes(),"
---
use axum::Json;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::http::header::LOCATION;
use axum::response::IntoResponse;
use loco_rs::app::AppContext;
use sea_orm::{
    ActiveModelBehavior, ActiveModelTrait, EntityTrait, IntoActiveModel, PaginatorTrait,
    QuerySelect,
};
use utoipa_axum::routes;

use super::extract::{Body, Query};
use super::openapi::{DescribedRoutes, errors};
use crate::db::error::of_delete;
use crate::dtos::{{ file_name }}::{ {{ pascal_singular }}, {{ pascal_singular }}Fields};
use crate::error::Error;
use crate::models::_entities::{{ file_name }}::{ActiveModel, Entity};
use crate::models::page::{Listing, Page};

/// The routes below `{{ path }}`.
pub fn routes() -> DescribedRoutes {
    DescribedRoutes::new()
        .routes(routes!(list, create))
        .routes(routes!(show, update, delete))
}

/// Lists {{ file_name }}, newest first.
#[utoipa::path(
    get,
    path = "{{ path }}",
    operation_id = "list{{ pascal_plural }}",
    tag = "{{ file_name }}",
    params(
        (
            "page" = Option<u32>, Query, minimum = 1, maximum = 4_294_967_295_u32,
            description = "Page number, starting at 1 (the default).",
        ),
        (
            "per_page" = Option<u32>, Query, minimum = 1, maximum = 100,
            description = "Maximum number of items per page (20 by default).",
        ),
    ),
    responses(
        (status = 200, description = "A page of rows.", body = Listing<{{ pascal_singular }}>),
        errors::Query, errors::Service,
    ),
)]
async fn list(
    State(ctx): State<AppContext>,
    Query(page): Query<Page>,
) -> Result<Json<Listing<{{ pascal_singular }}>>, Error> {
    if page.after.is_some() {
        return Err(Error::Malformed("after is unknown".into()));
    }

    let rows = Entity::find()
        .order_by_id_desc()
        .limit(page.limit().unsigned_abs())
        .offset(page.offset().unsigned_abs())
        .all(&ctx.db)
        .await?;
    let total = Entity::find().count(&ctx.db).await?;

    let rows = rows.into_iter().map({{ pascal_singular }}::from);
    Ok(Json(page.listing(rows.collect(), Some(total))))
}

/// Creates a row.
#[utoipa::path(
    post,
    path = "{{ path }}",
    operation_id = "create{{ pascal_singular }}",
    tag = "{{ file_name }}",
    request_body = {{ pascal_singular }}Fields,
    responses(
        (
            status = 201,
            description = "The new row.",
            body = {{ pascal_singular }},
            headers(("Location" = String, description = "The path of the new row.")),
        ),
        errors::Body, errors::Conflict, errors::Service,
    ),
)]
async fn create(
    State(ctx): State<AppContext>,
    Body(fields): Body<{{ pascal_singular }}Fields>,
) -> Result<impl IntoResponse, Error> {
    let mut row = ActiveModel::new();
    fields.write(&mut row);
    let row = row.insert(&ctx.db).await?;

    let location = format!("{{ path }}/{}", row.id);
    let row = Json({{ pascal_singular }}::from(row));
    Ok((StatusCode::CREATED, [(LOCATION, location)], row))
}

/// Returns a row.
#[utoipa::path(
    get,
    path = "{{ path }}/{id}",
    operation_id = "find{{ pascal_singular }}",
    tag = "{{ file_name }}",
    params(("id" = i64, Path, description = "The id of the row.")),
    responses(
        (status = 200, description = "The row.", body = {{ pascal_singular }}),
        errors::Id, errors::Service,
    ),
)]
async fn show(
    State(ctx): State<AppContext>,
    Path(id): Path<i64>,
) -> Result<Json<{{ pascal_singular }}>, Error> {
    let row = Entity::find_by_id(id).one(&ctx.db).await?;
    Ok(Json(row.ok_or(Error::NotFound)?.into()))
}

/// Replaces the fields of a row.
#[utoipa::path(
    put,
    path = "{{ path }}/{id}",
    operation_id = "update{{ pascal_singular }}",
    tag = "{{ file_name }}",
    params(("id" = i64, Path, description = "The id of the row.")),
    request_body = {{ pascal_singular }}Fields,
    responses(
        (status = 200, description = "The row.", body = {{ pascal_singular }}),
        errors::Id, errors::Body, errors::Conflict, errors::Service,
    ),
)]
async fn update(
    State(ctx): State<AppContext>,
    Path(id): Path<i64>,
    Body(fields): Body<{{ pascal_singular }}Fields>,
) -> Result<Json<{{ pascal_singular }}>, Error> {
    let row = Entity::find_by_id(id).one(&ctx.db).await?;
    let mut row = row.ok_or(Error::NotFound)?.into_active_model();
    fields.write(&mut row);
    Ok(Json(row.update(&ctx.db).await?.into()))
}

/// Deletes a row.
#[utoipa::path(
    delete,
    path = "{{ path }}/{id}",
    operation_id = "delete{{ pascal_singular }}",
    tag = "{{ file_name }}",
    params(("id" = i64, Path, description = "The id of the row.")),
    responses(
        (status = 204, description = "The row was deleted."),
        errors::Id, errors::Conflict, errors::Service,
    ),
)]
async fn delete(
    State(ctx): State<AppContext>,
    Path(id): Path<i64>,
) -> Result<StatusCode, Error> {
    let deleted = Entity::delete_by_id(id)
        .exec(&ctx.db)
        .await
        .map_err(of_delete)?;
    match deleted.rows_affected {
        0 => Err(Error::NotFound),
        _ => Ok(StatusCode::NO_CONTENT),
    }
}
