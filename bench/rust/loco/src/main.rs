//! The service on Loco with its default middleware and SQLx: `bare-loco start`, with the folder
//! `config` in `LOCO_CONFIG_FOLDER`.

mod users;

use axum::Json;
use loco_rs::app::Hooks;
use loco_rs::boot::{BootResult, StartMode, create_app};
use loco_rs::cli;
use loco_rs::config::Config;
use loco_rs::controller::AppRoutes;
use loco_rs::environment::Environment;
use loco_rs::prelude::*;
use loco_rs::task::Tasks;
use store::{HEALTH, Health};

#[tokio::main]
async fn main() -> Result<()> {
    cli::main::<App>().await
}

struct App;

#[async_trait]
impl Hooks for App {
    fn app_name() -> &'static str {
        env!("CARGO_CRATE_NAME")
    }

    async fn boot(
        mode: StartMode,
        environment: &Environment,
        config: Config,
    ) -> Result<BootResult> {
        create_app::<Self>(mode, environment, config).await
    }

    async fn after_context(ctx: AppContext) -> Result<AppContext> {
        let pool = store::connect().await.map_err(Error::wrap)?;
        ctx.shared_store.insert(pool);
        Ok(ctx)
    }

    fn routes(_: &AppContext) -> AppRoutes {
        AppRoutes::empty()
            .add_route(Routes::new().add("/health", get(health)))
            .add_route(users::routes())
    }

    async fn connect_workers(_: &AppContext, _: &Queue) -> Result<()> {
        Ok(())
    }

    fn register_tasks(_: &mut Tasks) {}
}

async fn health() -> Json<Health> {
    Json(HEALTH)
}
