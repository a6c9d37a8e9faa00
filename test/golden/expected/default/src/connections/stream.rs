//! Wraps a socket to track the progress of its connection.

use std::io;
use std::io::IoSlice;
use std::pin::Pin;
use std::task::{Context, Poll};

use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::TcpStream;
use tokio_util::sync::WaitForCancellationFutureOwned;

use super::{Connection, Connections};

/// A socket that records its progress, and fails once its connection is being closed.
pub struct Stream {
    socket: TcpStream,
    connection: Connection,
    closing: Pin<Box<WaitForCancellationFutureOwned>>,
    connections: Connections,
}

impl Stream {
    pub(super) fn new(socket: TcpStream, connection: Connection, connections: Connections) -> Self {
        Self {
            socket,
            closing: Box::pin(connection.closing()),
            connection,
            connections,
        }
    }

    pub fn connection(&self) -> &Connection {
        &self.connection
    }

    fn poll_closing<T>(&mut self, context: &mut Context<'_>) -> Poll<io::Result<T>> {
        let closing = self.closing.as_mut().poll(context);
        closing.map(|()| Err(io::ErrorKind::TimedOut.into()))
    }

    fn poll_sent(
        &mut self,
        context: &mut Context<'_>,
        sent: Poll<io::Result<usize>>,
    ) -> Poll<io::Result<usize>> {
        if sent.is_pending() {
            self.connection.blocked();
            return self.poll_closing(context);
        }
        self.connection.sent();
        sent
    }
}

impl Drop for Stream {
    fn drop(&mut self) {
        self.connections.remove(&self.connection);
    }
}

impl AsyncRead for Stream {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let before = buffer.filled().len();
        let received = Pin::new(&mut self.socket).poll_read(context, buffer);
        if received.is_pending() {
            return self.poll_closing(context);
        }
        self.connection.received(buffer.filled().len() - before);
        received
    }
}

impl AsyncWrite for Stream {
    fn poll_write(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        let sent = Pin::new(&mut self.socket).poll_write(context, bytes);
        self.poll_sent(context, sent)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        slices: &[IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        let sent = Pin::new(&mut self.socket).poll_write_vectored(context, slices);
        self.poll_sent(context, sent)
    }

    fn is_write_vectored(&self) -> bool {
        self.socket.is_write_vectored()
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.socket).poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.socket).poll_shutdown(context)
    }
}
