//! Starts, runs and stops the service as a Loco app.

use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use anyhow::Context;
use axum::Router;
use axum::extract::FromRef;
use axum::middleware::from_fn;
use loco_rs::app::{AppContext, Hooks};
use loco_rs::bgworker::Queue;
use loco_rs::boot::{BootResult, ServeParams, StartMode, create_app, run_app};
use loco_rs::config::Config as LocoConfig;
use loco_rs::controller::AppRoutes;
use loco_rs::controller::middleware::MiddlewareLayer;
use loco_rs::environment::{Environment, resolve_from_env};
use loco_rs::prelude::async_trait;
use loco_rs::task::Tasks;
use loco_rs::{Error, Result};
use tokio::net::TcpListener;
use tokio::runtime::Handle;
use tokio::task::spawn_blocking;
use tokio::time::sleep;
use tokio_util::sync::CancellationToken;
use tracing::{info, warn};

use crate::config::{Config, Host};
use crate::metrics::Metrics;
use crate::rate_limit::{RateLimit, Store};
use crate::redis::Redis;
use crate::state::AppState;
use crate::{controllers, db, loco_config, middleware, server, shutdown, telemetry};

/// A service that is ready to run. Loco calls its hooks on this type.
pub struct App {
    listener: TcpListener,
    router: Router,
    context: AppContext,
    state: AppState,
}

impl App {
    /// Binds the address and sets up the dependencies; fails on the first that is unavailable.
    pub async fn start(config: Config) -> anyhow::Result<Self> {
        let (host, port) = (config.server.host.clone(), config.server.port);
        let environment = Environment::from(resolve_from_env());
        let loco_config = loco_config::load(&environment)?;
        let state = open(config).await?;

        let context = AppContext::builder(environment, state.db.clone(), loco_config);
        let context = context.build();
        context.shared_store.insert(state);
        let booted = run_app::<Self>(&StartMode::ServerOnly, context).await?;

        let router = booted.router.context("Loco did not build a router")?;
        Self::listen(&host, port, router, booted.app_context).await
    }

    async fn listen(
        host: &Host,
        port: u16,
        router: Router,
        context: AppContext,
    ) -> anyhow::Result<Self> {
        let listener = host
            .listen(port)
            .await
            .with_context(|| format!("cannot listen on {host}, port {port}"))?;
        let state = AppState::from_ref(&context);
        Ok(Self {
            listener,
            router,
            context,
            state,
        })
    }

    /// Returns the address it listens on, with the actual port if port 0 was configured.
    pub fn address(&self) -> io::Result<SocketAddr> {
        self.listener.local_addr()
    }

    /// Serves until `stop` completes, then shuts down gracefully: `/ready` returns 503, new
    /// connections are refused after the shutdown delay, and requests in flight have until the
    /// shutdown timeout to finish.
    pub async fn run(self, stop: impl Future<Output = ()>) -> anyhow::Result<()> {
        let address = self.address()?;
        let Self {
            listener,
            router,
            context,
            state,
        } = self;
        let delay = Duration::from_secs(state.config.server.shutdown_delay.into());
        let timeout = state.config.server.shutdown_timeout.into();
        let drain = CancellationToken::new();
        crate::metrics::start(&state, drain.clone()).await?;
        info!("listening on http://{address}");

        let served = async {
            server::serve(listener, router, &state.config, drain.clone()).await?;
            db::close(state.db.clone()).await;
            Ok(())
        };
        let overdue = async {
            stop.await;
            info!("shutting down");
            state.shutdown.cancel();
            sleep(delay).await;
            drain.cancel();
            Self::on_shutdown(&context).await;
            sleep(timeout).await;
        };

        let result = tokio::select! {
            result = served => result,
            () = overdue => {
                warn!("aborted the requests still in flight after {timeout:?}");
                Ok(())
            }
        };
        crate::traces::flush(timeout).await;
        result
    }
}

/// Sets up the dependencies; fails on the first that is unavailable.
async fn open(config: Config) -> anyhow::Result<AppState> {
    let db = db::connect(&config).await?;
    if config.database.run_migrations {
        db::migrate(&db)
            .await
            .context("cannot migrate the database")?;
    }
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

/// Lets handlers extract `State<AppState>` instead of `State<AppContext>`.
impl FromRef<AppContext> for AppState {
    fn from_ref(ctx: &AppContext) -> Self {
        let state = ctx.shared_store.get();
        state.unwrap_or_else(|| unreachable!("`before_run` sets it up"))
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
        // Checked first, since Loco would not name the invalid variables.
        Config::from_env().map_err(Error::wrap)?;
        loco_config::load(environment)
    }

    fn init_logger(_: &AppContext) -> Result<bool> {
        let config = Config::from_env().map_err(Error::wrap)?;
        telemetry::init(&config).map_err(to_loco)?;
        Ok(true)
    }

    async fn boot(
        mode: StartMode,
        environment: &Environment,
        config: LocoConfig,
    ) -> Result<BootResult> {
        create_app::<App, db::Migrator>(mode, environment, config).await
    }

    /// Sets up the dependencies for Loco's own commands, which do not call [`App::start`].
    async fn before_run(context: &AppContext) -> Result<()> {
        if !context.shared_store.contains::<AppState>() {
            let config = Config::from_env().map_err(Error::wrap)?;
            // Not awaited directly, since the future is not `Send` for every lifetime
            // (rust-lang/rust#96865).
            let runtime = Handle::current();
            let opening = spawn_blocking(move || runtime.block_on(open(config)));
            let state = opening.await.map_err(Error::wrap)?.map_err(to_loco)?;
            context.shared_store.insert(state);
        }
        Ok(())
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
    async fn after_routes(router: Router, context: &AppContext) -> Result<Router> {
        let state = AppState::from_ref(context);
        #[expect(clippy::disallowed_methods, reason = "not part of the API")]
        let router = router.route("/docs/", controllers::openapi::redirect());
        // Added separately, since a tuple holds at most 16 layers.
        let router = router.layer(from_fn(middleware::protocol::enforce));
        Ok(router.layer((
            // The first layer is the outermost: it sees requests first and responses last.
            axum::middleware::from_fn_with_state(
                state.metrics.clone(),
                middleware::metrics::measure,
            ),
            from_fn(middleware::opentelemetry::trace),
            from_fn(middleware::request_id::assign),
            from_fn(middleware::request_log::log),
            from_fn(middleware::security_headers::set),
            from_fn(middleware::cors::hide_options),
            middleware::cors::layer(&state.config.cors),
            from_fn(middleware::cors::show_options),
            from_fn(middleware::problem::describe),
            middleware::catch_panic::layer(),
            from_fn(middleware::compression::accept_identity),
            middleware::compression::layer(),
            axum::middleware::from_fn_with_state(
                state.config.body_limit.bytes,
                middleware::body_limit::enforce,
            ),
            middleware::body_limit::layer(&state.config.body_limit),
            axum::middleware::from_fn_with_state(state.clone(), middleware::rate_limit::enforce),
            middleware::timeout::layer(&state.config.timeout),
        )))
    }

    /// Serves for Loco's `start` command; without a command, [`App::run`] is called directly.
    async fn serve(router: Router, context: &AppContext, params: &ServeParams) -> Result<()> {
        let host = params.binding.parse::<Host>();
        let host = host.map_err(|()| Error::string("--binding is not a valid host"))?;
        let port = params.port.try_into().map_err(Error::wrap)?;
        let app = Self::listen(&host, port, router, context.clone())
            .await
            .map_err(to_loco)?;
        app.run(shutdown::signal()?).await.map_err(to_loco)
    }

    async fn connect_workers(_: &AppContext, _: &Queue) -> Result<()> {
        Ok(())
    }

    fn register_tasks(_: &mut Tasks) {}

    async fn truncate(context: &AppContext) -> Result<()> {
        loco_rs::db::truncate_table(&context.db, db::entity::users::Entity).await?;
        Ok(())
    }

    /// Does nothing: a new database needs no data.
    async fn seed(_: &AppContext, _: &std::path::Path) -> Result<()> {
        Ok(())
    }
}

fn to_loco(error: anyhow::Error) -> Error {
    Error::Any(error.into())
}
