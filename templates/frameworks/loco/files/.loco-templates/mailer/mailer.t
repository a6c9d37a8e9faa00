{% set file_name = name | snake_case -%}
{% set struct_name = file_name | pascal_case -%}
to: src/mailers/{{ file_name }}.rs
skip_exists: true
message: "Mailer `{{ struct_name }}` was added. Configure `mailer` in config/."
injections:
- into: src/mailers/mod.rs
  append: true
  content: "pub mod {{ file_name }};"
- into: Cargo.toml
  skip_if: "include_dir"
  after: '^\[dependencies\]'
  content: 'include_dir = "0.7"'
---
use loco_rs::prelude::*;
use serde_json::json;

static SHARED: Dir<'_> = include_dir!("src/mailers/shared");
static WELCOME: Dir<'_> = include_dir!("src/mailers/{{ file_name }}/welcome");

pub struct {{ struct_name }};

impl Mailer for {{ struct_name }} {}

impl {{ struct_name }} {
    /// Sends the email in `welcome/`, whose templates may use `message` and `domain`.
    pub async fn send_welcome(ctx: &AppContext, to: &str, message: &str) -> Result<()> {
        let args = mailer::Args {
            to: to.to_owned(),
            locals: json!({ "message": message, "domain": ctx.config.server.full_url() }),
            ..Default::default()
        };
        Self::mail_template_with_shared(ctx, &WELCOME, &[&SHARED], args).await?;
        Ok(())
    }
}
