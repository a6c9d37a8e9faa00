//! The HTTP server.

use std::io;
use std::net::SocketAddr;
use std::time::Duration;

use anyhow::Context;
use axum::Router;
use axum::extract::FromRef;
use loco_rs::app::{AppContext, Hooks};
use loco_rs::boot::BootResult;
use tokio::net::TcpListener;
use tokio::time::sleep;
use tokio_util::sync::CancellationToken;
use tracing::{info, warn};

use crate::app::App;
use crate::config::Host;
use crate::connections::Connections;
use crate::state::AppState;

/// A server that is ready to run.
pub struct Server {
    listener: TcpListener,
    router: Router,
    ctx: AppContext,
    state: AppState,
}

impl Server {
    /// Binds the configured address for an app that has been booted.
    pub async fn start(booted: BootResult) -> anyhow::Result<Self> {
        let router = booted.router.context("the app has no router")?;
        let state = AppState::from_ref(&booted.app_context);
        let server = &state.config.server;
        Self::bind(router, booted.app_context, &server.host, server.port).await
    }

    /// Binds an address.
    pub async fn bind(
        router: Router,
        ctx: AppContext,
        host: &Host,
        port: u16,
    ) -> anyhow::Result<Self> {
        let listener = host
            .listen(port)
            .await
            .with_context(|| format!("cannot listen on {host}, port {port}"))?;
        let state = AppState::from_ref(&ctx);
        Ok(Self {
            listener,
            router,
            ctx,
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
            ctx,
            state,
        } = self;
        let delay = Duration::from_secs(state.config.server.shutdown_delay.into());
        let timeout = state.config.server.shutdown_timeout.into();
        let drain = CancellationToken::new();
        crate::metrics::start(&state, drain.clone()).await?;
        info!("listening on http://{address}");

        let served = async {
            let connections = Connections::new(&state.config);
            connections.serve(listener, router, drain.clone()).await?;
            crate::db::close(state.db.clone()).await;
            Ok(())
        };
        let overdue = async {
            stop.await;
            info!("shutting down");
            state.shutdown.cancel();
            sleep(delay).await;
            App::on_shutdown(&ctx).await;
            drain.cancel();
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
