//! Starts, runs and stops the service.

use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use anyhow::Context;
use tokio::net::TcpListener;
use tokio::time::sleep;
use tokio_util::sync::CancellationToken;
use tracing::{info, warn};

use crate::config::Config;
use crate::state::AppState;
use crate::{db, server};

/// A service that is ready to run.
pub struct App {
    listener: TcpListener,
    state: AppState,
}

impl App {
    /// Binds the address and sets up the dependencies; fails if one cannot be set up.
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

    /// Returns the address it listens on, with the actual port if port 0 was configured.
    pub fn address(&self) -> io::Result<SocketAddr> {
        self.listener.local_addr()
    }

    /// Serves until `stop` completes, then shuts down gracefully: `/ready` returns 503, new
    /// connections are refused after the shutdown delay, and requests in flight have until the
    /// shutdown timeout to finish.
    pub async fn run(self, stop: impl Future<Output = ()>) -> anyhow::Result<()> {
        let address = self.address()?;
        let Self { listener, state } = self;
        let delay = Duration::from_secs(state.config.server.shutdown_delay.into());
        let timeout = state.config.server.shutdown_timeout.into();
        let drain = CancellationToken::new();
        info!("listening on http://{address}");

        let served = async {
            server::serve(listener, state.clone(), drain.clone()).await?;
            crate::db::close(state.db.clone()).await;
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
                warn!("aborted the requests still in flight after {timeout:?}");
                Ok(())
            }
        }
    }
}
