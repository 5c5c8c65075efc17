//! Keeps calls from leading inside: webhooks, search and identity providers are at public addresses only, unless the installation allows others.

use std::net::{IpAddr, SocketAddr};

use reqwest::Url;
use reqwest::dns::{Addrs, Name, Resolve, Resolving};

/// What is called, and the setting by which it may be inside: for the words of a refusal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Purpose {
    /// With its article.
    pub what: &'static str,
    /// Name of the setting.
    pub setting: &'static str,
}

/// Calls of webhooks.
pub const WEBHOOK: Purpose = Purpose { what: "a webhook", setting: "WEBHOOK_ALLOW_PRIVATE" };

/// Why an address is not called.
#[derive(Debug, thiserror::Error)]
pub enum Refusal {
    /// Not an address of the web.
    #[error("the address of {0} begins with https:// or http:// and names a host, without user, password or fragment")]
    Shape(&'static str),
    /// Plain text over the open net.
    #[error("the address of {} begins with https://; http:// is allowed inside the organisation only ({})", .0.what, .0.setting)]
    NotEncrypted(Purpose),
    /// It leads inside.
    #[error("{host} is at {address}, which is {why}: {} is called at public addresses only ({})", purpose.what, purpose.setting)]
    Inside {
        /// What is called.
        purpose: Purpose,
        /// As written.
        host: String,
        /// Where it is.
        address: IpAddr,
        /// What the address is for.
        why: &'static str,
    },
}

/// Reads the address of what is called.
///
/// # Errors
/// [`Refusal`]; a name is looked up only when it is called.
pub fn read_url(text: &str, allow_private: bool, purpose: Purpose) -> Result<Url, Refusal> {
    let url = Url::parse(text.trim()).map_err(|_| Refusal::Shape(purpose.what))?;
    let is_plain = url.username().is_empty() && url.password().is_none() && url.fragment().is_none();
    let Some(host) = url.host_str().filter(|host| !host.is_empty() && is_plain) else {
        return Err(Refusal::Shape(purpose.what));
    };
    match url.scheme() {
        "https" => {}
        "http" if allow_private => {}
        "http" => return Err(Refusal::NotEncrypted(purpose)),
        _ => return Err(Refusal::Shape(purpose.what)),
    }
    // A host that is an address is connected to without a look-up, so it is checked here.
    if let Ok(address) = host.trim_start_matches('[').trim_end_matches(']').parse::<IpAddr>() {
        check(host, address, allow_private, purpose)?;
    }
    Ok(url)
}

fn check(host: &str, address: IpAddr, allow_private: bool, purpose: Purpose) -> Result<(), Refusal> {
    match crawl::address::refusal(address) {
        Some(why) if !allow_private => Err(Refusal::Inside { purpose, host: host.to_owned(), address, why }),
        _ => Ok(()),
    }
}

/// Looks names up and hands out checked addresses only; what was checked is what is connected to.
pub struct CheckedNames {
    /// Whether addresses inside are fine.
    pub allow_private: bool,
    /// What is called.
    pub purpose: Purpose,
}

impl Resolve for CheckedNames {
    fn resolve(&self, name: Name) -> Resolving {
        let (allow_private, purpose) = (self.allow_private, self.purpose);
        Box::pin(async move {
            let host = name.as_str().to_owned();
            let found: Vec<SocketAddr> = tokio::net::lookup_host((host.as_str(), 0)).await?.collect();
            // One address that leads inside spoils the name.
            for address in &found {
                check(&host, address.ip(), allow_private, purpose)?;
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
            assert!(read_url(text, false, WEBHOOK).is_err(), "{text}");
        }
        assert!(read_url("https://hooks.example.com/a?b=c", false, WEBHOOK).is_ok());
        assert!(read_url("http://127.0.0.1:9000/", true, WEBHOOK).is_ok(), "where the installation allows it");
    }
}
