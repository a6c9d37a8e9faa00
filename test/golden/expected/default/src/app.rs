//! The service as a whole: started, run, stopped.

use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use anyhow::Context;
use tokio::net::TcpListener;
use tokio::time::sleep;
use tokio_util::sync::CancellationToken;
use tracing::info;
use tracing::warn;

use crate::config::Config;
use crate::db;
use crate::server;
use crate::state::AppState;

/// A service that has all it needs to run.
pub struct App {
    listener: TcpListener,
    state: AppState,
}

impl App {
    /// Binds the address and opens what the service depends on; fails with the first that is unavailable.
    pub async fn start(config: Config) -> anyhow::Result<Self> {
        let db = db::connect(&config).await?;
        if config.database.run_migrations {
            db::migrate(&db)
                .await
                .context("cannot migrate the database")?;
        }

        let (host, port) = (&config.server.host, config.server.port);
        let listener = host
            .listen(port)
            .await
            .with_context(|| format!("cannot listen on {host}, port {port}"))?;

        let state = AppState {
            config: Arc::new(config),
            db,
            shutdown: CancellationToken::new(),
        };
        Ok(Self { listener, state })
    }

    /// Where it listens; the real port where port 0 was asked for.
    pub fn address(&self) -> io::Result<SocketAddr> {
        self.listener.local_addr()
    }

    /// Serves until `stop` completes. Then `/ready` turns 503, and after the shutdown delay no new connection is
    /// accepted; requests in flight have until the shutdown timeout to finish.
    pub async fn run(self, stop: impl Future<Output = ()>) -> anyhow::Result<()> {
        let address = self.address()?;
        let Self { listener, state } = self;
        let delay = Duration::from_secs(state.config.server.shutdown_delay.into());
        let timeout = state.config.server.shutdown_timeout.into();
        let drain = CancellationToken::new();
        info!("listening on http://{address}");

        let served = async {
            server::serve(listener, state.clone(), drain.clone()).await?;
            db::close(state.db.clone()).await;
            Ok(())
        };
        let overdue = async {
            stop.await;
            info!("shutting down");
            state.shutdown.cancel();
            sleep(delay).await;
            drain.cancel();
            sleep(timeout).await;
        };

        tokio::select! {
            result = served => result,
            () = overdue => {
                warn!("gave up on requests still in flight after {timeout:?}");
                Ok(())
            }
        }
    }
}
