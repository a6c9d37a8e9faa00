{% set file_name = name | snake_case -%}
{% set struct_name = file_name | pascal_case -%}
to: src/tasks/{{ file_name }}.rs
skip_exists: true
message: "Task `{{ struct_name }}` was added. Run it with `cargo loco task {{ name }}`."
injections:
- into: src/tasks/mod.rs
  append: true
  content: "pub mod {{ file_name }};"
- into: src/app.rs
  after: "registers its tasks here"
  content: "        tasks.register(crate::tasks::{{ file_name }}::{{ struct_name }});"
---
use loco_rs::prelude::*;

pub struct {{ struct_name }};

#[async_trait]
impl Task for {{ struct_name }} {
    fn task(&self) -> TaskInfo {
        TaskInfo {
            name: "{{ name }}".to_owned(),
            detail: "Prints its name".to_owned(),
        }
    }

    /// Runs with the variables of the command line, such as `name:value`.
    async fn run(&self, _ctx: &AppContext, _vars: &task::Vars) -> Result<()> {
        println!("{{ name }}");
        Ok(())
    }
}
