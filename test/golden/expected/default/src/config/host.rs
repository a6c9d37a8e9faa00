use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::str::FromStr;
use std::{fmt, io};

use tokio::net::{TcpListener, TcpSocket, lookup_host};

/// How many connections may wait to be accepted. A client that finds no place tries again only
/// after a second.
const BACKLOG: u32 = 1024;

/// An IP address, or a host name that is resolved when the service starts listening.
#[derive(Clone)]
pub enum Host {
    Address(IpAddr),
    Name(String),
}

impl Host {
    /// Whether only programs on this machine can connect.
    pub fn is_loopback(&self) -> bool {
        match self {
            Self::Address(address) => address.is_loopback(),
            Self::Name(name) => name.eq_ignore_ascii_case("localhost"),
        }
    }

    /// Listens on a port; 0 picks a free one.
    pub async fn listen(&self, port: u16) -> io::Result<TcpListener> {
        let mut result = Err(io::ErrorKind::AddrNotAvailable.into());
        for address in lookup_host((self.to_string(), port)).await? {
            result = listen_on(address);
            if result.is_ok() {
                break;
            }
        }
        result
    }

    /// Returns the host at which a client on this machine reaches a service that listens here.
    pub fn from_this_machine(&self) -> Self {
        match self {
            Self::Address(IpAddr::V4(Ipv4Addr::UNSPECIFIED)) => {
                Self::Address(Ipv4Addr::LOCALHOST.into())
            }
            Self::Address(IpAddr::V6(Ipv6Addr::UNSPECIFIED)) => {
                Self::Address(Ipv6Addr::LOCALHOST.into())
            }
            host => host.clone(),
        }
    }
}

fn listen_on(address: SocketAddr) -> io::Result<TcpListener> {
    let socket = match address {
        SocketAddr::V4(_) => TcpSocket::new_v4()?,
        SocketAddr::V6(_) => TcpSocket::new_v6()?,
    };
    // On Windows, it would let another service listen on the same port.
    #[cfg(not(windows))]
    socket.set_reuseaddr(true)?;
    socket.bind(address)?;
    socket.listen(BACKLOG)
}

impl fmt::Display for Host {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Address(address) => address.fmt(formatter),
            Self::Name(name) => name.fmt(formatter),
        }
    }
}

impl FromStr for Host {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        if let Ok(address) = text.parse() {
            return Ok(Self::Address(address));
        }
        let is_label = |label: &str| {
            let is_allowed = |byte: u8| byte.is_ascii_alphanumeric() || b"-_".contains(&byte);
            (1..=63).contains(&label.len()) && label.bytes().all(is_allowed)
        };
        // A name that ends in a number is a mistyped IP address.
        let last = text.rsplit('.').next().unwrap_or_default();
        let is_number = last.bytes().all(|byte| byte.is_ascii_digit());
        if text.len() <= 253 && text.split('.').all(is_label) && !is_number {
            Ok(Self::Name(text.to_owned()))
        } else {
            Err(())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_host_is_an_address_or_a_name() {
        for text in [
            "127.0.0.1",
            "::1",
            "localhost",
            "db.example.com",
            "my_service",
            "1.example",
        ] {
            assert!(text.parse::<Host>().is_ok(), "{text}");
        }
        for text in [
            "",
            "a b",
            "300.0.0.1",
            "1",
            "a..b",
            ".",
            "[::1]",
            "localhost:80",
            "é.example",
        ] {
            assert!(text.parse::<Host>().is_err(), "{text}");
        }
    }

    #[test]
    fn only_this_machine_reaches_a_loopback_host() {
        let is_loopback = |text: &str| text.parse::<Host>().unwrap().is_loopback();

        assert!(
            ["127.0.0.1", "127.1.2.3", "::1", "localhost", "LOCALHOST"]
                .iter()
                .all(|host| is_loopback(host))
        );
        assert!(
            !["0.0.0.0", "::", "localhost.example"]
                .iter()
                .any(|host| is_loopback(host))
        );
    }
}
