{% set plural_snake = name | plural | snake_case -%}
to: tests/api/{{ plural_snake }}_model.rs
skip_exists: true
message: "The test of its entity was added. Run `cargo test`."
injections:
- into: tests/api/main.rs
  after_last: "^mod "
  content: "mod {{ plural_snake }}_model;"
---
use sea_orm::EntityTrait;

use {{ pkg_name }}::models::_entities::{{ plural_snake }}::Entity;

use crate::database::TestDatabase;
use crate::support::boot;

#[tokio::test]
async fn the_entity_matches_its_table() {
    let database = TestDatabase::create().await;
    let app = boot(&database, &[]).await.unwrap();

    // Selects every column.
    let rows = Entity::find().all(&app.app_context.db).await.unwrap();

    assert!(rows.is_empty());
}
