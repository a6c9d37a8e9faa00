//! Who sends a request, as far as an address can tell.

use std::net::IpAddr;
use std::net::Ipv6Addr;
use std::net::SocketAddr;

/// The address that the outermost trusted proxy has seen, which is as many entries from the right as there are
/// proxies: what stands further left came from the client and may be made up. Without such an entry, `peer`.
pub(super) fn identify<'a>(
    peer: IpAddr,
    forwarded: impl Iterator<Item = &'a str>,
    trusted_proxies: usize,
) -> IpAddr {
    let hops: Vec<_> = forwarded.flat_map(|header| header.split(',')).collect();
    let hop = hops.len().checked_sub(trusted_proxies);
    let address = hop.and_then(|hop| parse(hops.get(hop)?.trim()));
    network(address.unwrap_or(peer))
}

/// Some proxies add the port.
fn parse(hop: &str) -> Option<IpAddr> {
    let with_port = || hop.parse().ok().map(|address: SocketAddr| address.ip());
    hop.parse().ok().or_else(with_port)
}

/// The smallest network that is one client's: an IPv6 address is one of many in a /64.
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
        identify(peer, forwarded.iter().copied(), trusted_proxies).to_string()
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
