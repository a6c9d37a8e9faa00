{% set file_name = name | snake_case -%}
to: tests/api/{{ file_name }}_task.rs
skip_exists: true
message: "Its test was added. Run `cargo test`."
injections:
- into: tests/api/main.rs
  after_last: "^mod "
  content: "mod {{ file_name }}_task;"
---
use loco_rs::boot::run_task;
use loco_rs::task::Vars;

use {{ pkg_name }}::app::App;

use crate::database::TestDatabase;
use crate::support::boot;

#[tokio::test]
async fn the_task_runs() {
    let database = TestDatabase::create().await;
    let app = boot(&database, &[]).await.unwrap();

    let name = "{{ name }}".to_owned();
    let outcome = run_task::<App>(&app.app_context, Some(&name), &Vars::default()).await;

    outcome.unwrap();
}
