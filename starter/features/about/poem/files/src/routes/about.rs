use poem::web::Data;
use poem_openapi::Object;
use poem_openapi::OpenApi;
use serde::Serialize;

use super::Tag;
use super::json::Json;
use crate::state::AppState;

pub struct AboutApi;

#[derive(Object, Serialize)]
struct About {
    name: String,
    version: String,
    contact: String,
}

#[OpenApi(tag = "Tag::Service")]
impl AboutApi {
    /// What the service is
    #[oai(path = "/about", method = "get", operation_id = "about")]
    async fn about(&self, Data(state): Data<&AppState>) -> Json<About> {
        Json(About {
            name: env!("CARGO_PKG_NAME").to_owned(),
            version: env!("CARGO_PKG_VERSION").to_owned(),
            contact: state.config.about.contact.clone(),
        })
    }
}
