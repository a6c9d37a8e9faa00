//! The client that a request comes from, as far as an address can tell.

use std::net::IpAddr;
use std::net::Ipv6Addr;
use std::net::SocketAddr;

/// The address of a client; of an IPv6 address, the /64 network, in which one client has many addresses.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Client(pub IpAddr);

impl Client {
    /// Finds the address that the outermost trusted proxy has seen among the `X-Forwarded-For` headers. Each proxy adds
    /// an entry on the right, so it is as many from the right as there are proxies; those further left come from the
    /// client and may be made up. Without such an entry it is the address of the peer.
    pub fn identify<'a>(
        peer: IpAddr,
        forwarded: impl Iterator<Item = &'a str>,
        trusted_proxies: usize,
    ) -> Self {
        let hops: Vec<_> = forwarded.flat_map(|header| header.split(',')).collect();
        let hop = hops.len().checked_sub(trusted_proxies);
        let address = hop.and_then(|hop| parse(hops.get(hop)?.trim()));
        Self(network(address.unwrap_or(peer)))
    }
}

/// Parses an entry of `X-Forwarded-For`; some proxies add the port.
fn parse(hop: &str) -> Option<IpAddr> {
    let with_port = || hop.parse().ok().map(|address: SocketAddr| address.ip());
    hop.parse().ok().or_else(with_port)
}

fn network(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V6(address) => Ipv6Addr::from_bits(address.to_bits() & (u128::MAX << 64)).into(),
        address => address,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn identify_behind(trusted_proxies: usize, forwarded: &[&str]) -> String {
        let peer = [10, 0, 0, 1].into();
        let Client(address) = Client::identify(peer, forwarded.iter().copied(), trusted_proxies);
        address.to_string()
    }

    #[test]
    fn entries_count_from_the_right() {
        let forwarded = ["1.1.1.1, 2.2.2.2", "3.3.3.3"];
        assert_eq!(identify_behind(0, &forwarded), "10.0.0.1");
        assert_eq!(identify_behind(1, &forwarded), "3.3.3.3");
        assert_eq!(identify_behind(2, &forwarded), "2.2.2.2");
        assert_eq!(identify_behind(4, &forwarded), "10.0.0.1");
    }

    #[test]
    fn an_entry_is_an_address_and_maybe_a_port() {
        assert_eq!(identify_behind(1, &["3.3.3.3:80"]), "3.3.3.3");
        assert_eq!(identify_behind(1, &["[2001:db8::1]:80"]), "2001:db8::");
        assert_eq!(identify_behind(1, &["unknown"]), "10.0.0.1");
        assert_eq!(identify_behind(1, &[""]), "10.0.0.1");
    }

    #[test]
    fn a_network_of_ipv6_is_one_client() {
        assert_eq!(identify_behind(1, &["2001:db8:0:1::2"]), "2001:db8:0:1::");
        assert_eq!(identify_behind(1, &["::ffff:3.3.3.3"]), "3.3.3.3");
    }
}
