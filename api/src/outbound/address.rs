//! Which addresses are public, and which others the operator allows.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// Ports to which a connection may go wherever the address is public.
const PORTS: [u16; 2] = [443, 8443];

/// Networks of IPv4 that are no part of the public internet, or lead back into somebody's own: network, bits.
const CLOSED_V4: [(Ipv4Addr, u32); 19] = [
    (Ipv4Addr::UNSPECIFIED, 8),            // this host, this network (RFC 791)
    (Ipv4Addr::new(10, 0, 0, 0), 8),       // private (RFC 1918)
    (Ipv4Addr::new(100, 64, 0, 0), 10),    // shared by carriers (RFC 6598)
    (Ipv4Addr::new(127, 0, 0, 0), 8),      // loopback
    (Ipv4Addr::new(169, 254, 0, 0), 16),   // link-local, where clouds keep their metadata
    (Ipv4Addr::new(172, 16, 0, 0), 12),    // private
    (Ipv4Addr::new(192, 0, 0, 0), 24),     // protocol assignments
    (Ipv4Addr::new(192, 0, 2, 0), 24),     // documentation (RFC 5737)
    (Ipv4Addr::new(192, 31, 196, 0), 24),  // AS112
    (Ipv4Addr::new(192, 52, 193, 0), 24),  // AMT
    (Ipv4Addr::new(192, 88, 99, 0), 24),   // relays of 6to4
    (Ipv4Addr::new(192, 168, 0, 0), 16),   // private
    (Ipv4Addr::new(192, 175, 48, 0), 24),  // AS112
    (Ipv4Addr::new(198, 18, 0, 0), 15),    // benchmarks (RFC 2544)
    (Ipv4Addr::new(198, 51, 100, 0), 24),  // documentation
    (Ipv4Addr::new(203, 0, 113, 0), 24),   // documentation
    (Ipv4Addr::new(224, 0, 0, 0), 4),      // multicast
    (Ipv4Addr::new(240, 0, 0, 0), 4),      // kept for later, and broadcast
    (Ipv4Addr::new(168, 63, 129, 16), 32), // an address of a cloud's own machines that is reached from inside only
];

/// Networks of IPv6 inside 2000::/3 that are not public or hold an IPv4 address. Everything outside of 2000::/3 is closed:
/// loopback, mapped and translated IPv4, unique local, link-local, multicast.
const CLOSED_V6: [(Ipv6Addr, u32); 6] = [
    (Ipv6Addr::new(0x2001, 0, 0, 0, 0, 0, 0, 0), 23), // protocol assignments: Teredo, benchmarks, ORCHID
    (Ipv6Addr::new(0x2001, 0xdb8, 0, 0, 0, 0, 0, 0), 32), // documentation
    (Ipv6Addr::new(0x2002, 0, 0, 0, 0, 0, 0, 0), 16), // 6to4
    (Ipv6Addr::new(0x2620, 0x4f, 0x8000, 0, 0, 0, 0, 0), 48), // AS112
    (Ipv6Addr::new(0x3ffe, 0, 0, 0, 0, 0, 0, 0), 16), // 6bone, given back
    (Ipv6Addr::new(0x3fff, 0, 0, 0, 0, 0, 0, 0), 20), // documentation (RFC 9637)
];

/// What is given out to the public of IPv6 so far.
const OPEN_V6: (Ipv6Addr, u32) = (Ipv6Addr::new(0x2000, 0, 0, 0, 0, 0, 0, 0), 3);

/// Whether an address is one of the public internet.
pub fn is_public(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(address) => !CLOSED_V4.iter().any(|(network, bits)| v4_is_in(address, *network, *bits)),
        IpAddr::V6(address) => {
            v6_is_in(address, OPEN_V6.0, OPEN_V6.1)
                && !CLOSED_V6.iter().any(|(network, bits)| v6_is_in(address, *network, *bits))
                && !holds_v4(address)
        }
    }
}

/// Whether the second half is that of an ISATAP address, which stands for an IPv4 address behind it.
fn holds_v4(address: Ipv6Addr) -> bool {
    let [.., high, low, _, _] = address.segments();
    high & 0xfdff == 0 && low == 0x5efe
}

fn v4_is_in(address: Ipv4Addr, network: Ipv4Addr, bits: u32) -> bool {
    let apart = address.to_bits() ^ network.to_bits();
    apart.checked_shr(32 - bits).unwrap_or(0) == 0
}

fn v6_is_in(address: Ipv6Addr, network: Ipv6Addr, bits: u32) -> bool {
    let apart = address.to_bits() ^ network.to_bits();
    apart.checked_shr(128 - bits).unwrap_or(0) == 0
}

/// What the operator allows beside public addresses: networks, on any port and without TLS too, and further ports.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Allowed {
    networks: Vec<(IpAddr, u32)>,
    ports: Vec<u16>,
}

impl Allowed {
    /// Reads a list such as `10.0.0.0/8, fd12::/16, 127.0.0.1, :9443`; empty for nothing.
    pub fn parse(text: &str) -> Result<Self, String> {
        let mut allowed = Self::default();
        for item in text.split(',').map(str::trim).filter(|item| !item.is_empty()) {
            let wrong =
                || format!("\"{item}\" is neither a network such as 10.0.0.0/8 nor a port such as :9443");
            if let Some(port) = item.strip_prefix(':') {
                allowed.ports.push(port.parse().ok().filter(|port| *port > 0).ok_or_else(wrong)?);
            } else {
                allowed.networks.push(network(item).ok_or_else(wrong)?);
            }
        }
        Ok(allowed)
    }

    /// Whether an address lies in one of the networks. An IPv4 address that is written as an IPv6 one does not.
    pub fn has(&self, address: IpAddr) -> bool {
        self.networks.iter().any(|(network, bits)| match (address, network) {
            (IpAddr::V4(address), IpAddr::V4(network)) => v4_is_in(address, *network, *bits),
            (IpAddr::V6(address), IpAddr::V6(network)) => v6_is_in(address, *network, *bits),
            _ => false,
        })
    }

    /// Whether a connection to a public address may go to a port.
    pub fn has_port(&self, port: u16) -> bool {
        PORTS.contains(&port) || self.ports.contains(&port)
    }

    /// Whether no network is allowed but the public one.
    pub const fn is_public_only(&self) -> bool {
        self.networks.is_empty()
    }
}

fn network(text: &str) -> Option<(IpAddr, u32)> {
    let (address, bits) = match text.split_once('/') {
        Some((address, bits)) => (address, Some(bits.parse::<u32>().ok()?)),
        None => (text, None),
    };
    let address: IpAddr = address.parse().ok()?;
    let most = if address.is_ipv4() { 32 } else { 128 };
    // A network of no bits would be everything there is: that is never what is meant.
    let bits = bits.unwrap_or(most);
    (1..=most).contains(&bits).then_some((address, bits))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn public(text: &str) -> bool {
        is_public(text.parse().unwrap())
    }

    #[test]
    fn the_first_and_last_address_of_each_closed_network_is_closed_and_its_neighbours_are_not() {
        for (first, last, before, after) in [
            ("10.0.0.0", "10.255.255.255", "9.255.255.255", "11.0.0.0"),
            ("100.64.0.0", "100.127.255.255", "100.63.255.255", "100.128.0.0"),
            ("127.0.0.0", "127.255.255.255", "126.255.255.255", "128.0.0.0"),
            ("169.254.0.0", "169.254.255.255", "169.253.255.255", "169.255.0.0"),
            ("172.16.0.0", "172.31.255.255", "172.15.255.255", "172.32.0.0"),
            ("192.0.2.0", "192.0.2.255", "192.0.1.255", "192.0.3.0"),
            ("192.88.99.0", "192.88.99.255", "192.88.98.255", "192.88.100.0"),
            ("192.168.0.0", "192.168.255.255", "192.167.255.255", "192.169.0.0"),
            ("198.18.0.0", "198.19.255.255", "198.17.255.255", "198.20.0.0"),
            ("203.0.113.0", "203.0.113.255", "203.0.112.255", "203.0.114.0"),
            ("2002::", "2002:ffff::1", "2001:4860::8888", "2003::1"),
            ("3fff::", "3fff:fff::1", "3ffd::1", "3fff:1000::1"),
        ] {
            assert!(!public(first) && !public(last), "{first} {last}");
            assert!(public(before) && public(after), "{before} {after}");
        }
        for closed in ["0.0.0.0", "0.1.2.3", "224.0.0.1", "239.255.255.255", "240.0.0.1", "255.255.255.255"] {
            assert!(!public(closed), "{closed}");
        }
    }

    #[test]
    fn ipv6_that_is_local_or_holds_an_ipv4_address_is_closed() {
        for closed in [
            "::",
            "::1",
            "::ffff:8.8.8.8",
            "::ffff:127.0.0.1",
            "::127.0.0.1",
            "::ffff:0:127.0.0.1",
            "64:ff9b::7f00:1",
            "64:ff9b:1::1",
            "100::1",
            "fc00::1",
            "fd00::1",
            "fe80::1",
            "fec0::1",
            "ff02::1",
            "2001::1",
            "2001:0:4136:e378:8000:63bf:3fff:fdd2",
            "2001:2::1",
            "2001:db8::1",
            "2002:7f00:1::1",
            "5f00::1",
            "4000::1",
            "2a00:1450::5efe:7f00:1",
            "2a00:1450::200:5efe:a00:1",
        ] {
            assert!(!public(closed), "{closed}");
        }
        for open in ["2a00:1450:4010::1", "2606:4700::1111", "2620:fe::fe", "2001:4860:4860::8888"] {
            assert!(public(open), "{open}");
        }
    }

    #[test]
    fn a_list_of_what_is_allowed_is_read_or_refused_as_a_whole() {
        let allowed = Allowed::parse("10.1.0.0/16, fd12::/16,127.0.0.1, :9443").unwrap();
        for (address, is_in) in [
            ("10.1.2.3", true),
            ("10.2.0.1", false),
            ("fd12:3::1", true),
            ("127.0.0.1", true),
            ("127.0.0.2", false),
        ] {
            assert_eq!(allowed.has(address.parse().unwrap()), is_in, "{address}");
        }
        assert!(!allowed.has("::ffff:10.1.2.3".parse().unwrap()));
        assert!(allowed.has_port(9443) && allowed.has_port(443) && !allowed.has_port(80));
        assert!(Allowed::parse("").unwrap().is_public_only());
        for bad in ["10.0.0.0/33", "10.0.0.0/0", "::/0", "localhost", ":0", ":x", "10.0.0/8", "10.0.0.0/-1"] {
            assert!(Allowed::parse(bad).is_err(), "{bad}");
        }
    }
}
