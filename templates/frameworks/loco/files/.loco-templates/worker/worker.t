{% set file_name = name | snake_case -%}
{% set struct_name = file_name | pascal_case -%}
to: src/workers/{{ file_name }}.rs
skip_exists: true
message: "Worker `{{ struct_name }}` was added. Enqueue a job with `Worker::perform_later`."
injections:
- into: src/workers/mod.rs
  append: true
  content: "pub mod {{ file_name }};"
- into: src/app.rs
  after: "registers its workers here"
  content: "        queue.register(crate::workers::{{ file_name }}::Worker::build(ctx)).await?;"
---
use loco_rs::prelude::*;
use serde::{Deserialize, Serialize};

pub struct Worker {
    pub ctx: AppContext,
}

#[derive(Debug, Deserialize, Serialize)]
pub struct WorkerArgs {}

#[async_trait]
impl BackgroundWorker<WorkerArgs> for Worker {
    fn build(ctx: &AppContext) -> Self {
        Self { ctx: ctx.clone() }
    }

    /// Returns the name of its jobs in the queue.
    fn class_name() -> String {
        "{{ struct_name }}".to_owned()
    }

    async fn perform(&self, _args: WorkerArgs) -> Result<()> {
        Ok(())
    }
}
