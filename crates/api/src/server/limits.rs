//! How many connections there may be, and how long each may take.

use std::net::IpAddr;
use std::time::Duration;

use nix::sys::resource::{Resource, getrlimit, setrlimit};

use config::{Config, DEFAULT_CONNECTIONS, DEFAULT_CONNECTIONS_PER_ADDRESS, Network};

/// Descriptors that are kept for files, the database and Redis.
const KEPT_DESCRIPTORS: usize = 100;

/// What a port lets its callers take.
#[derive(Clone, Debug)]
pub struct ConnectionLimits {
    /// Open connections, without the reserve.
    pub total: usize,
    /// Open connections of one address that is no trusted proxy.
    pub per_address: usize,
    /// Connections beyond the total, which may ask for `/health` and `/ready` alone.
    pub reserve: usize,
    /// From the first byte of a request to the end of its head.
    pub head: Duration,
    /// Between two requests, and before the first.
    pub idle: Duration,
    /// While the caller takes none of the answer's bytes.
    pub stalled: Duration,
    /// After the stop: how long running requests may take to end.
    pub drain: Duration,
    /// Proxies, behind each of which many people are.
    pub proxies: Vec<Network>,
}

impl Default for ConnectionLimits {
    fn default() -> Self {
        Self {
            total: DEFAULT_CONNECTIONS,
            per_address: DEFAULT_CONNECTIONS_PER_ADDRESS,
            reserve: 32,
            head: Duration::from_secs(10),
            // Load balancers keep connections for up to a minute; the side that sends closes first.
            idle: Duration::from_secs(75),
            stalled: Duration::from_secs(60),
            drain: Duration::from_secs(10),
            proxies: Vec::new(),
        }
    }
}

impl ConnectionLimits {
    /// As the settings say.
    #[must_use]
    pub fn of(config: &Config) -> Self {
        Self {
            total: config.max_connections,
            per_address: config.max_connections_per_address,
            proxies: config.trusted_proxies.clone(),
            drain: config.process.drain,
            ..Self::default()
        }
    }

    /// The same, with no more connections than the process has descriptors for. The soft limit of descriptors is raised to the hard
    /// one first.
    #[must_use]
    pub fn within_descriptors(mut self) -> Self {
        let Ok((soft, hard)) = getrlimit(Resource::RLIMIT_NOFILE) else { return self };
        let wanted = hard.min(65_536);
        let descriptors =
            if soft < wanted && setrlimit(Resource::RLIMIT_NOFILE, wanted, hard).is_ok() { wanted } else { soft };
        let descriptors = usize::try_from(descriptors).unwrap_or(usize::MAX);
        let most = descriptors.saturating_sub(KEPT_DESCRIPTORS + self.reserve).max(descriptors / 3).max(1);
        if self.total > most {
            tracing::warn!(
                connections = most,
                descriptors,
                "fewer connections than set: the process may open few files"
            );
            self.total = most;
            self.per_address = self.per_address.min(most);
        }
        self
    }

    /// Whether many people share the address.
    #[must_use]
    pub fn is_proxy(&self, address: IpAddr) -> bool {
        self.proxies.iter().any(|network| network.contains(address))
    }
}
