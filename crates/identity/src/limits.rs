//! How often somebody may ask: token buckets per person and, for signing in, per network address. Each process counts for
//! itself.

use std::hash::Hash;
use std::net::IpAddr;
use std::num::NonZeroU32;
use std::time::Duration;

use governor::clock::{Clock, DefaultClock};
use governor::state::keyed::HashMapStateStore;
use governor::{Quota, RateLimiter};
use uuid::Uuid;

/// Buckets of more callers than this are tidied up at the next call.
const MANY: usize = 20_000;

/// The limits of a process.
pub struct Limits {
    requests: Option<Buckets<Uuid>>,
    sign_ins: Option<Buckets<IpAddr>>,
}

/// Too many: how long to wait.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TooMany {
    /// Seconds, rounded up, at least 1.
    pub retry_after_seconds: u64,
}

impl Limits {
    /// Limits per minute; 0 means none. A fifth of a minute's requests, and a third of its sign-ins, may come at once.
    #[must_use]
    pub fn new(requests_per_minute: u32, sign_ins_per_minute: u32) -> Self {
        Self { requests: Buckets::new(requests_per_minute, 5), sign_ins: Buckets::new(sign_ins_per_minute, 3) }
    }

    /// Counts a request of a person.
    ///
    /// # Errors
    /// When there were too many.
    pub fn count_request(&self, user: Uuid) -> Result<(), TooMany> {
        self.requests.as_ref().map_or(Ok(()), |buckets| buckets.count(&user))
    }

    /// Counts an attempt to sign in from an address; a home network of IPv6 counts as one.
    ///
    /// # Errors
    /// When there were too many.
    pub fn count_sign_in(&self, address: IpAddr) -> Result<(), TooMany> {
        let network = match address {
            IpAddr::V6(v6) => IpAddr::V6((v6.to_bits() & !u128::from(u64::MAX)).into()),
            v4 => v4,
        };
        self.sign_ins.as_ref().map_or(Ok(()), |buckets| buckets.count(&network))
    }
}

struct Buckets<K: Hash + Eq + Clone>(RateLimiter<K, HashMapStateStore<K>, DefaultClock>);

impl<K: Hash + Eq + Clone> Buckets<K> {
    fn new(per_minute: u32, share: u32) -> Option<Self> {
        let per_minute = NonZeroU32::new(per_minute)?;
        let burst = NonZeroU32::new(per_minute.get() / share).unwrap_or(NonZeroU32::MIN);
        let quota = Quota::with_period(Duration::from_secs(60) / per_minute.get())?.allow_burst(burst);
        Some(Self(RateLimiter::hashmap(quota)))
    }

    fn count(&self, key: &K) -> Result<(), TooMany> {
        if self.0.len() > MANY {
            self.0.retain_recent();
        }
        self.0.check_key(key).map_err(|not_until| {
            let wait = not_until.wait_time_from(DefaultClock::default().now());
            TooMany { retry_after_seconds: wait.as_secs() + 1 }
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_burst_is_let_through_and_the_rest_told_to_wait() {
        let limits = Limits::new(10, 30);
        let (anna, bo) = (Uuid::from_u128(1), Uuid::from_u128(2));
        assert!(limits.count_request(anna).is_ok() && limits.count_request(anna).is_ok());
        let wait = limits.count_request(anna).unwrap_err().retry_after_seconds;
        assert!((1..=7).contains(&wait), "{wait}");
        assert!(limits.count_request(bo).is_ok(), "one person's haste is not another's");
    }

    #[test]
    fn a_home_network_counts_as_one() {
        let limits = Limits::new(0, 3);
        assert!(limits.count_sign_in("2001:db8::1".parse().unwrap()).is_ok());
        assert!(limits.count_sign_in("2001:db8::ffff:2".parse().unwrap()).is_err());
        assert!(limits.count_sign_in("2001:db8:0:1::1".parse().unwrap()).is_ok());
        for _ in 0..1000 {
            assert!(limits.count_request(Uuid::nil()).is_ok(), "0 means no limit");
        }
    }
}
