//! The app: the hooks that Loco calls.

use std::sync::Arc;

use anyhow::Context;
use async_trait::async_trait;
use axum::Router;
use axum::extract::FromRef;
use loco_rs::app::Hooks;
use loco_rs::boot::{BootResult, ServeParams, StartMode, create_app};
use loco_rs::config::Config as LocoConfig;
use loco_rs::controller::AppRoutes;
use loco_rs::controller::middleware::MiddlewareLayer;
use loco_rs::environment::Environment;
use loco_rs::prelude::*;
use loco_rs::task::Tasks;
use migration::Migrator;
use tokio::runtime::Handle;
use tokio::task::spawn_blocking;
use tokio_util::sync::CancellationToken;

use crate::config::{Config, Host};
use crate::metrics::Metrics;
use crate::rate_limit::{RateLimit, Store};
use crate::redis::Redis;
use crate::server::Server;
use crate::state::AppState;
use crate::{controllers, db, middleware, shutdown, telemetry};

/// The app, which `cargo run`, `cargo loco start`, the tests and the image all boot.
pub struct App;

/// Sets up the dependencies; fails if one cannot be set up.
async fn open(config: Config) -> anyhow::Result<AppState> {
    let db = db::connect(&config).await?;
    let redis = Redis::open(&config, config.timeout.request.into())?;
    let attempts = crate::auth::attempts::Store::new(redis.clone());
    let attempts = crate::auth::attempts::Attempts::new(attempts);
    let rate_limit = RateLimit::new(&config.rate_limit, Store::new(redis.clone()));
    Ok(AppState {
        config: Arc::new(config),
        db,
        attempts: Arc::new(attempts),
        rate_limit: Arc::new(rate_limit),
        metrics: Metrics::default(),
        redis,
        shutdown: CancellationToken::new(),
    })
}

/// Lets handlers extract `State<AppState>`, as well as `State<AppContext>`.
impl FromRef<AppContext> for AppState {
    fn from_ref(ctx: &AppContext) -> Self {
        let state = ctx.shared_store.get();
        state.unwrap_or_else(|| unreachable!("`after_context` stores it in every context"))
    }
}

#[async_trait]
impl Hooks for App {
    fn app_name() -> &'static str {
        env!("CARGO_CRATE_NAME")
    }

    fn app_version() -> String {
        env!("CARGO_PKG_VERSION").to_owned()
    }

    async fn load_config(environment: &Environment) -> Result<LocoConfig> {
        Config::load_file(environment)
    }

    fn init_logger(ctx: &AppContext) -> Result<bool> {
        telemetry::init(&AppState::from_ref(ctx).config).map_err(to_loco)?;
        Ok(true)
    }

    async fn boot(
        mode: StartMode,
        environment: &Environment,
        config: LocoConfig,
    ) -> Result<BootResult> {
        // First of all, since Loco's error would not say where the database is.
        let db = db::connect(&Config::of(&config)?).await.map_err(to_loco)?;
        db::close(db).await;
        create_app::<App, Migrator>(mode, environment, config).await
    }

    /// Stores the state in the context, for requests, workers and tasks.
    async fn after_context(ctx: AppContext) -> Result<AppContext> {
        let config = Config::of(&ctx.config)?;
        let state = open(config).await.map_err(to_loco)?;
        // Instead of Loco's own pool, which lacks the options set in src/db/.
        let mut ctx = ctx;
        ctx.db = state.db.clone();
        ctx.shared_store.insert(state);
        Ok(ctx)
    }

    fn routes(ctx: &AppContext) -> AppRoutes {
        let mut routes = vec![
            controllers::health::routes(),
            controllers::auth::public_routes(),
        ];
        routes.extend(controllers::signed_in::routes(ctx));
        controllers::openapi::publish(routes)
    }

    /// Disables Loco's own middleware; `after_routes` adds layers whose errors are problem
    /// documents.
    fn middlewares(_: &AppContext) -> Vec<Box<dyn MiddlewareLayer>> {
        Vec::new()
    }

    #[allow(unused_variables, reason = "only some layers use the state")]
    async fn after_routes(router: Router, ctx: &AppContext) -> Result<Router> {
        #[expect(clippy::disallowed_methods, reason = "not part of the API")]
        let router = router.route("/docs/", controllers::openapi::redirect());
        let state = AppState::from_ref(ctx);
        Ok(router.layer((
            // The first layer is the outermost: it sees requests first and responses last.
            axum::middleware::from_fn_with_state(
                state.metrics.clone(),
                middleware::metrics::measure,
            ),
            axum::middleware::from_fn(middleware::opentelemetry::trace),
            middleware::request_id::layer(),
            middleware::request_log::layer(),
            middleware::security_headers::layer(),
            middleware::cors::layer(&state.config.cors),
            middleware::problem::layer(),
            middleware::catch_panic::layer(),
            middleware::compression::accept_identity(),
            middleware::compression::layer(),
            middleware::body_limit::layer(&state.config.body_limit),
            axum::middleware::from_fn_with_state(state.clone(), middleware::rate_limit::enforce),
            middleware::timeout::layer(&state.config.timeout),
            middleware::protocol::layer(),
        )))
    }

    async fn serve(router: Router, ctx: &AppContext, params: &ServeParams) -> Result<()> {
        let stop = shutdown::signal()?;
        let host = params.binding.parse::<Host>();
        let host = host.map_err(|()| Error::string("--binding is not a valid host"))?;
        let port = params.port.try_into().map_err(Error::wrap)?;
        let server = Server::bind(router, ctx.clone(), &host, port).await;
        server.map_err(to_loco)?.run(stop).await.map_err(to_loco)
    }

    #[allow(unused_variables, reason = "until there is a worker")]
    async fn connect_workers(ctx: &AppContext, queue: &Queue) -> Result<()> {
        // `cargo loco generate worker` registers its workers here.
        Ok(())
    }

    #[allow(unused_variables, reason = "until there is a task")]
    fn register_tasks(tasks: &mut Tasks) {
        // `cargo loco generate task` registers its tasks here.
    }

    async fn truncate(ctx: &AppContext) -> Result<()> {
        loco_rs::db::truncate_table(&ctx.db, db::entity::users::Entity).await?;
        Ok(())
    }

    /// Adds the users of a folder's `users.yaml`, for `cargo loco db seed`.
    async fn seed(ctx: &AppContext, folder: &std::path::Path) -> Result<()> {
        let text = std::fs::read_to_string(folder.join("users.yaml"))?;
        let users: Vec<crate::models::credentials::Registration> = serde_yaml_ng::from_str(&text)?;
        for user in users {
            let added = crate::auth::accounts::register(&ctx.db, user).await;
            added.map_err(Error::wrap)?;
        }
        Ok(())
    }

    /// Migrates the database, unless `RUN_MIGRATIONS` leaves that to the command `migrate`.
    async fn before_run(ctx: &AppContext) -> Result<()> {
        let AppState { config, db, .. } = AppState::from_ref(ctx);
        if config.database.run_migrations {
            // Not awaited directly, since not every layer's future is `Send` for every lifetime
            // (rust-lang/rust#96865).
            let runtime = Handle::current();
            let migrating = spawn_blocking(move || runtime.block_on(db::migrate(&db)));
            let migrated = migrating.await.map_err(Error::wrap)?;
            let migrated = migrated.context("cannot migrate the database");
            migrated.map_err(to_loco)?;
        }
        Ok(())
    }
}

fn to_loco(error: anyhow::Error) -> Error {
    Error::Any(error.into())
}
