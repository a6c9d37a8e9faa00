{% set file_name = name | snake_case -%}
to: tests/api/{{ file_name }}_worker.rs
skip_exists: true
message: "Its test was added. Run `cargo test`."
injections:
- into: tests/api/main.rs
  after_last: "^mod "
  content: "mod {{ file_name }}_worker;"
---
use loco_rs::bgworker::BackgroundWorker;

use {{ pkg_name }}::workers::{{ file_name }}::{Worker, WorkerArgs};

use crate::database::TestDatabase;
use crate::support::boot;

#[tokio::test]
async fn the_job_succeeds() {
    let database = TestDatabase::create().await;
    let app = boot(&database, &[]).await.unwrap();

    // Performs the job at once, as config/test.yaml says.
    let outcome = Worker::perform_later(&app.app_context, WorkerArgs {}).await;

    outcome.unwrap();
}
