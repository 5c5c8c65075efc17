//! Keeps calls from leading inside: a webhook or an identity provider is at public addresses only, unless the installation allows others.

use std::net::{IpAddr, SocketAddr};

use reqwest::Url;
use reqwest::dns::{Addrs, Name, Resolve, Resolving};

/// The setting that lets webhooks lead inside.
pub const WEBHOOKS: &str = "WEBHOOK_ALLOW_PRIVATE";

/// Why an address is not called.
#[derive(Debug, thiserror::Error)]
pub enum Refusal {
    /// Not an address of the web.
    #[error("such an address begins with https:// or http:// and names a host, without user, password or fragment")]
    Shape,
    /// Plain text over the open net.
    #[error("such an address begins with https://; http:// is allowed inside the organisation only ({0})")]
    NotEncrypted(&'static str),
    /// It leads inside.
    #[error("{host} is at {address}, which is {why}: only public addresses are called ({setting})")]
    Inside {
        /// As written.
        host: String,
        /// Where it is.
        address: IpAddr,
        /// What the address is for.
        why: &'static str,
        /// The setting that allows it.
        setting: &'static str,
    },
}

/// Reads a webhook's address.
///
/// # Errors
/// [`Refusal`]; a name is looked up only when it is called.
pub fn read_url(text: &str, allow_private: bool) -> Result<Url, Refusal> {
    read_address(text, allow_private, WEBHOOKS)
}

/// Reads an address that is called from here; `setting` is the one that says whether it may be inside.
///
/// # Errors
/// [`Refusal`]; a name is looked up only when it is called.
pub fn read_address(text: &str, allow_private: bool, setting: &'static str) -> Result<Url, Refusal> {
    let url = Url::parse(text.trim()).map_err(|_| Refusal::Shape)?;
    let is_plain = url.username().is_empty() && url.password().is_none() && url.fragment().is_none();
    let Some(host) = url.host_str().filter(|host| !host.is_empty() && is_plain) else { return Err(Refusal::Shape) };
    match url.scheme() {
        "https" => {}
        "http" if allow_private => {}
        "http" => return Err(Refusal::NotEncrypted(setting)),
        _ => return Err(Refusal::Shape),
    }
    // A host that is an address is connected to without a look-up, so it is checked here.
    if let Ok(address) = host.trim_start_matches('[').trim_end_matches(']').parse::<IpAddr>() {
        check(host, address, allow_private, setting)?;
    }
    Ok(url)
}

fn check(host: &str, address: IpAddr, allow_private: bool, setting: &'static str) -> Result<(), Refusal> {
    match crawl::address::refusal(address) {
        Some(why) if !allow_private => Err(Refusal::Inside { host: host.to_owned(), address, why, setting }),
        _ => Ok(()),
    }
}

/// Looks names up and hands out checked addresses only; what was checked is what is connected to.
pub struct CheckedNames {
    /// Whether addresses inside are fine.
    pub allow_private: bool,
    /// The setting that says so, for the words of a refusal.
    pub setting: &'static str,
}

impl Resolve for CheckedNames {
    fn resolve(&self, name: Name) -> Resolving {
        let (allow_private, setting) = (self.allow_private, self.setting);
        Box::pin(async move {
            let host = name.as_str().to_owned();
            let found: Vec<SocketAddr> = tokio::net::lookup_host((host.as_str(), 0)).await?.collect();
            // One address that leads inside spoils the name.
            for address in &found {
                check(&host, address.ip(), allow_private, setting)?;
            }
            Ok(Box::new(found.into_iter()) as Addrs)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_inside_and_odd_shapes_are_refused() {
        for text in [
            "https://127.0.0.1/x",
            "https://[::1]/x",
            "https://10.1.2.3/",
            "https://169.254.169.254/latest/meta-data",
            "https://[::ffff:192.168.0.1]/",
            "http://example.com/",
            "ftp://example.com/",
            "https://user:word@example.com/",
            "https://example.com/#part",
            "example.com",
        ] {
            assert!(read_url(text, false).is_err(), "{text}");
        }
        assert!(read_url("https://hooks.example.com/a?b=c", false).is_ok());
        assert!(read_url("http://127.0.0.1:9000/", true).is_ok(), "where the installation allows it");
    }
}
