{% set file_name = name | snake_case -%}
{% set plural = file_name | plural -%}
{% set path = "/api/v1/" ~ plural -%}
to: tests/api/{{ file_name }}.rs
skip_exists: true
message: "Its tests were added. Run `cargo test`."
injections:
- into: tests/api/main.rs
  after_last: "^mod "
  content: "mod {{ file_name }};"
---
use crate::support::TestApp;

#[tokio::test]
async fn the_index_responds() {
    let app = TestApp::start().await;
    // Also signs in.
    app.create_user("ada@example.org").await;

    let answer = app.get("{{ path }}").await;

    assert_eq!(answer.status, 204);
}
{%- for action in actions %}{% if action.name != "index" %}

#[tokio::test]
async fn {{ action.name }}_responds() {
    let app = TestApp::start().await;
    // Also signs in.
    app.create_user("ada@example.org").await;

    let path = "{{ path }}/{{ action.name }}";
    let answer = app.send(reqwest::Method::{{ action.verb | upper }}, path).await;

    assert_eq!(answer.status, 204);
}
{%- endif %}{% endfor %}
