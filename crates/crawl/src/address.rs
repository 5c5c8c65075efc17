//! Which addresses may be contacted: public unicast ones, and nothing that leads back inside.
//!
//! The ranges are those of the IANA special-purpose registries (RFC 6890 and its updates). An IPv6 address that carries an IPv4
//! address (mapped, compatible, NAT64, 6to4) is judged by the address it carries.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// Why the address is not contacted, in words; `None` when it is public.
#[must_use]
pub fn refusal(address: IpAddr) -> Option<&'static str> {
    match address {
        IpAddr::V4(address) => refusal_v4(address),
        IpAddr::V6(address) => refusal_v6(address),
    }
}

fn refusal_v4(address: Ipv4Addr) -> Option<&'static str> {
    let [a, b, c, d] = address.octets();
    Some(match (a, b, c, d) {
        (0, ..) => "this network",
        (10, ..) | (172, 16..=31, ..) | (192, 168, ..) => "private",
        (100, 64..=127, ..) => "carrier-grade NAT",
        (127, ..) => "loopback",
        (169, 254, ..) => "link-local or cloud metadata",
        // Azure's own services answer on this public-looking address from inside its machines.
        (168, 63, 129, 16) => "cloud metadata",
        (192, 0, 0, _) => "reserved for protocols",
        (192, 0, 2, _) | (198, 51, 100, _) | (203, 0, 113, _) => "documentation",
        (192, 88, 99, _) => "6to4 relay",
        (198, 18..=19, ..) => "benchmarking",
        (224..=239, ..) => "multicast",
        (240..=255, ..) => "reserved or broadcast",
        _ => return None,
    })
}

fn refusal_v6(address: Ipv6Addr) -> Option<&'static str> {
    let s = address.segments();
    let carried = |high: u16, low: u16| Ipv4Addr::from((u32::from(high) << 16) | u32::from(low));
    match s {
        [0, 0, 0, 0, 0, 0, 0, 0] => Some("unspecified"),
        [0, 0, 0, 0, 0, 0, 0, 1] => Some("loopback"),
        // ::ffff:a.b.c.d (mapped) and ::a.b.c.d (compatible, long abolished).
        [0, 0, 0, 0, 0, 0xffff, high, low] => refusal_v4(carried(high, low)),
        [0, 0, 0, 0, 0, 0, ..] => Some("IPv4-compatible"),
        // NAT64 with the well-known prefix reaches the IPv4 address in its last 32 bits; the local prefix can be anything.
        [0x64, 0xff9b, 0, 0, 0, 0, high, low] => refusal_v4(carried(high, low)),
        [0x64, 0xff9b, 1, ..] => Some("local NAT64"),
        [0x2002, high, low, ..] => refusal_v4(carried(high, low)),
        [0x2001, 0, ..] => Some("Teredo"),
        [0x2001, 0x10..=0x3f, ..] => Some("ORCHID"),
        [0x2001, 2, 0, ..] => Some("benchmarking"),
        [0x2001, 0xdb8, ..] | [0x3fff, 0..=0xfff, ..] => Some("documentation"),
        [0xfc00..=0xfdff, ..] => Some("private"),
        [0xfe80..=0xfebf, ..] => Some("link-local"),
        [0xfec0..=0xfeff, ..] => Some("site-local"),
        [0xff00..=0xffff, ..] => Some("multicast"),
        // Global unicast is 2000::/3; whatever else there is has no public website.
        [0x2000..=0x3fff, ..] => None,
        _ => Some("reserved"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_leads_inside_is_refused() {
        for text in [
            "0.0.0.0",
            "10.1.2.3",
            "100.64.0.1",
            "100.100.100.200",
            "127.0.0.1",
            "127.8.8.8",
            "169.254.169.254",
            "172.16.0.1",
            "172.31.255.255",
            "192.168.1.1",
            "192.0.0.192",
            "192.0.2.1",
            "198.18.0.1",
            "198.51.100.1",
            "203.0.113.9",
            "224.0.0.1",
            "239.255.255.255",
            "240.0.0.1",
            "255.255.255.255",
            "168.63.129.16",
            "::",
            "::1",
            "::ffff:127.0.0.1",
            "::ffff:169.254.169.254",
            "::ffff:a00:1",
            "::7f00:1",
            "64:ff9b::7f00:1",
            "64:ff9b::a9fe:a9fe",
            "64:ff9b:1::1",
            "2002:7f00:1::",
            "2002:c0a8:101::1",
            "2001::1",
            "2001:db8::1",
            "2001:20::1",
            "fc00::1",
            "fd00:ec2::254",
            "fe80::1",
            "fec0::1",
            "ff02::1",
            "100::1",
            "4000::1",
            "3fff::1",
        ] {
            assert!(refusal(text.parse().unwrap()).is_some(), "{text} must be refused");
        }
    }

    #[test]
    fn the_public_internet_is_reachable() {
        for text in [
            "1.1.1.1",
            "172.15.0.1",
            "172.32.0.1",
            "100.63.0.1",
            "100.128.0.1",
            "192.167.1.1",
            "8.8.8.8",
            "223.255.255.255",
        ] {
            assert_eq!(refusal(text.parse().unwrap()), None, "{text}");
        }
        for text in ["2606:4700::1111", "2a00:1450:400f::1", "64:ff9b::808:808", "2002:808:808::1", "::ffff:8.8.8.8"] {
            assert_eq!(refusal(text.parse().unwrap()), None, "{text}");
        }
    }
}
