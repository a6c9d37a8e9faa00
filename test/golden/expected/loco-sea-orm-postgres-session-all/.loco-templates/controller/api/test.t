{% set file_name = name | snake_case -%}
to: tests/api/{{ file_name }}.rs
skip_exists: true
message: "Its test was added. Run `cargo test`."
injections:
- into: tests/api/main.rs
  append: true
  content: "mod {{ file_name }};"
---
use crate::support::TestApp;

#[tokio::test]
async fn the_index_answers() {
    let app = TestApp::start().await;
    // Also signs in.
    app.create_user("ada@example.org").await;

    let answer = app.get("/api/v1/{{ file_name | plural }}").await;

    assert_eq!(answer.status, 204);
}
