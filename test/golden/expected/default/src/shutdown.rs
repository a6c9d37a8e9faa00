//! Signals that stop the service.

use std::io;

/// Starts listening for signals. The future completes on the first SIGTERM (containers) or SIGINT
/// (Ctrl-C).
#[cfg(unix)]
pub fn signal() -> io::Result<impl Future<Output = ()>> {
    use tokio::signal::unix::{SignalKind, signal};

    let mut terminate = signal(SignalKind::terminate())?;
    let mut interrupt = signal(SignalKind::interrupt())?;

    Ok(async move {
        tokio::select! {
            _ = terminate.recv() => {}
            _ = interrupt.recv() => {}
        }
    })
}

/// Starts listening for signals. The future completes on the first Ctrl-C or Ctrl-Break.
#[cfg(windows)]
pub fn signal() -> io::Result<impl Future<Output = ()>> {
    use tokio::signal::windows;

    let mut interrupt = windows::ctrl_c()?;
    let mut stop = windows::ctrl_break()?;

    Ok(async move {
        tokio::select! {
            _ = interrupt.recv() => {}
            _ = stop.recv() => {}
        }
    })
}
