//! Names to addresses, each checked before anybody connects to it.

use std::collections::HashSet;
use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;

use futures::future::BoxFuture;
use reqwest::dns::{Addrs, Name, Resolving};

use crate::fetch::FetchError;
use crate::web::Guard;

/// Where names are looked up; a test has its own.
pub trait Resolver: Send + Sync + 'static {
    /// All addresses of the name.
    ///
    /// # Errors
    /// When there is none or nobody answers, in words.
    fn resolve<'a>(&'a self, host: &'a str) -> BoxFuture<'a, Result<Vec<IpAddr>, String>>;
}

/// The machine's own resolver.
#[derive(Clone, Copy, Debug, Default)]
pub struct SystemResolver;

impl Resolver for SystemResolver {
    fn resolve<'a>(&'a self, host: &'a str) -> BoxFuture<'a, Result<Vec<IpAddr>, String>> {
        Box::pin(async move {
            let found = tokio::net::lookup_host((host, 0)).await.map_err(|error| error.to_string())?;
            let mut seen = HashSet::new();
            Ok(found.map(|address| address.ip()).filter(|ip| seen.insert(*ip)).collect())
        })
    }
}

/// Hands the connector checked addresses only. The look-up and the connection are one step: what was checked is what is
/// connected to, so a name that answers differently the next time (DNS rebinding) gains nothing.
pub(crate) struct CheckedResolver {
    pub resolver: Arc<dyn Resolver>,
    pub guard: Guard,
}

impl reqwest::dns::Resolve for CheckedResolver {
    fn resolve(&self, name: Name) -> Resolving {
        let (resolver, guard) = (Arc::clone(&self.resolver), self.guard.clone());
        Box::pin(async move {
            let host = name.as_str().to_owned();
            let addresses = resolver
                .resolve(&host)
                .await
                .map_err(|reason| FetchError::NotResolved { host: host.clone(), reason })?;
            if addresses.is_empty() {
                Err(FetchError::NotResolved { host: host.clone(), reason: "no address".to_owned() })?;
            }
            // One address that leads inside spoils the name: a public one beside it does not make it a website.
            for address in &addresses {
                guard.check_address(&host, *address)?;
            }
            Ok(Box::new(addresses.into_iter().map(|ip| SocketAddr::new(ip, 0))) as Addrs)
        })
    }
}
