//! Ranges of addresses in settings.

use std::net::IpAddr;

use super::has_scheme;

/// Addresses that share their first bits, e.g. `10.0.0.0/8`; a single address is a network of one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Network {
    address: IpAddr,
    prefix_bits: u32,
}

impl Network {
    /// Whether the address is one of the network's.
    #[must_use]
    pub fn contains(&self, address: IpAddr) -> bool {
        let differing_bits = match (self.address, address) {
            (IpAddr::V4(own), IpAddr::V4(other)) => (own.to_bits() ^ other.to_bits()).leading_zeros(),
            (IpAddr::V6(own), IpAddr::V6(other)) => (own.to_bits() ^ other.to_bits()).leading_zeros(),
            _ => return false,
        };
        differing_bits >= self.prefix_bits
    }
}

impl std::str::FromStr for Network {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        let (address, prefix) = text.split_once('/').map_or((text, None), |(address, prefix)| (address, Some(prefix)));
        let address: IpAddr = address.parse().map_err(drop)?;
        let all = if address.is_ipv4() { 32 } else { 128 };
        let prefix_bits = prefix.map_or(Ok(all), str::parse).map_err(drop)?;
        if prefix_bits <= all { Ok(Self { address, prefix_bits }) } else { Err(()) }
    }
}

impl std::fmt::Display for Network {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}/{}", self.address, self.prefix_bits)
    }
}

/// Exact origins, separated by commas.
pub(super) fn origins(name: &str, list: Option<&str>, wrong: &mut Vec<String>) -> Vec<String> {
    let origins: Vec<_> =
        list.unwrap_or_default().split(',').map(str::trim).filter(|one| !one.is_empty()).map(str::to_owned).collect();
    for origin in &origins {
        let rest = origin.split_once("://").map(|(_, rest)| rest);
        let is_host = rest.is_some_and(|rest| !rest.is_empty() && !rest.contains(['/', '*', ';', ' ', '\'']));
        if !has_scheme(origin, &["http", "https"]) || !is_host {
            wrong.push(format!("{name}: {origin:?} is not an origin such as https://app.example.com"));
        }
    }
    origins
}
