//! Identifies the client of a request by its IP address.

use std::net::{IpAddr, Ipv6Addr, SocketAddr};

/// The IP address of a client. An IPv6 address is reduced to its /64 network, since one client
/// usually has a whole /64.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Client(pub IpAddr);

impl Client {
    /// Returns the address that the outermost trusted proxy recorded in `X-Forwarded-For`. Each
    /// proxy appends an entry, so with `n` trusted proxies it is the `n`th from the right; entries
    /// further left come from the client and may be forged. Falls back to the address of the peer.
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

/// Parses an entry of `X-Forwarded-For`, to which some proxies add a port.
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
    fn an_entry_is_an_address_with_an_optional_port() {
        assert_eq!(identify_behind(1, &["3.3.3.3:80"]), "3.3.3.3");
        assert_eq!(identify_behind(1, &["[2001:db8::1]:80"]), "2001:db8::");
        assert_eq!(identify_behind(1, &["unknown"]), "10.0.0.1");
        assert_eq!(identify_behind(1, &[""]), "10.0.0.1");
    }

    #[test]
    fn an_ipv6_network_is_one_client() {
        assert_eq!(identify_behind(1, &["2001:db8:0:1::2"]), "2001:db8:0:1::");
        assert_eq!(identify_behind(1, &["::ffff:3.3.3.3"]), "3.3.3.3");
    }
}
