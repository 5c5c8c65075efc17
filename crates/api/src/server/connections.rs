//! Which connections are open, and which one goes when there is no room for the next.
//!
//! Where there is no room, the connection that has waited longest for its caller is closed, of the address that has most. So a
//! thousand half-sent requests push out one another, and whoever sends a whole request at once is answered.

use std::collections::{BTreeMap, HashMap};
use std::net::IpAddr;
use std::sync::atomic::{AtomicU8, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use tokio_util::sync::CancellationToken;

use super::limits::ConnectionLimits;

const IDLE: u8 = 0;
const HEAD: u8 = 1;
const BUSY: u8 = 2;
/// A connection of the reserve has to say what it wants at once.
const RESERVE_HEAD: Duration = Duration::from_secs(2);

/// What one connection is doing. Shared by the connection's stream, its requests and the table of connections.
#[derive(Debug)]
pub struct Activity {
    address: IpAddr,
    /// Whether it stands beyond the total, for health checks.
    pub is_reserve: bool,
    begun: Instant,
    phase: AtomicU8,
    /// Milliseconds after `begun` at which the phase was entered.
    since: AtomicU64,
    /// Milliseconds after `begun`, plus one, since which nothing could be written; 0 when something can.
    blocked_since: AtomicU64,
    /// Ends the connection.
    pub close: CancellationToken,
}

impl Activity {
    fn new(address: IpAddr, is_reserve: bool) -> Self {
        Self {
            address,
            is_reserve,
            begun: Instant::now(),
            phase: AtomicU8::new(IDLE),
            since: AtomicU64::new(0),
            blocked_since: AtomicU64::new(0),
            close: CancellationToken::new(),
        }
    }

    fn now(&self) -> u64 {
        u64::try_from(self.begun.elapsed().as_millis()).unwrap_or(u64::MAX)
    }

    fn enter(&self, phase: u8) {
        self.since.store(self.now(), Ordering::Relaxed);
        self.phase.store(phase, Ordering::Relaxed);
    }

    /// Bytes came: the beginning of a request, unless one is being answered.
    pub fn received(&self) {
        if self.phase.load(Ordering::Relaxed) == IDLE {
            self.enter(HEAD);
        }
    }

    /// A request's head is whole.
    pub fn request_begins(&self) {
        self.enter(BUSY);
    }

    /// Its answer's body was handed over.
    pub fn request_ends(&self) {
        self.enter(IDLE);
    }

    /// Whether the last attempt to write had to wait.
    pub fn write_waits(&self, waits: bool) {
        let is_known = self.blocked_since.load(Ordering::Relaxed) != 0;
        if waits != is_known {
            self.blocked_since.store(if waits { self.now() + 1 } else { 0 }, Ordering::Relaxed);
        }
    }

    fn blocked_for(&self) -> Option<Duration> {
        let since = self.blocked_since.load(Ordering::Relaxed).checked_sub(1)?;
        Some(Duration::from_millis(self.now().saturating_sub(since)))
    }

    fn in_phase_for(&self) -> Duration {
        Duration::from_millis(self.now().saturating_sub(self.since.load(Ordering::Relaxed)))
    }

    /// Why the connection has to end, if it has.
    #[must_use]
    pub fn overdue(&self, limits: &ConnectionLimits) -> Option<&'static str> {
        let (head, idle) = if self.is_reserve { (RESERVE_HEAD, RESERVE_HEAD) } else { (limits.head, limits.idle) };
        if self.blocked_for().is_some_and(|since| since > limits.stalled) {
            return Some("the answer is not taken");
        }
        match self.phase.load(Ordering::Relaxed) {
            HEAD if self.in_phase_for() > head => Some("the request's head does not end"),
            IDLE if self.in_phase_for() > idle => Some("no request comes"),
            _ => None,
        }
    }

    /// Whether it waits for its caller, who can ask again on another connection.
    fn may_go(&self) -> bool {
        self.phase.load(Ordering::Relaxed) != BUSY && self.blocked_since.load(Ordering::Relaxed) == 0
    }
}

/// The open connections of a port.
#[derive(Debug)]
pub struct Connections {
    limits: ConnectionLimits,
    open: Mutex<Open>,
}

#[derive(Debug, Default)]
struct Open {
    next: u64,
    ordinary: BTreeMap<u64, Arc<Activity>>,
    by_address: HashMap<IpAddr, usize>,
    reserve: usize,
}

/// The place of a connection; given back when dropped.
#[derive(Debug)]
pub struct Ticket {
    connections: Arc<Connections>,
    id: Option<u64>,
}

impl Drop for Ticket {
    fn drop(&mut self) {
        let mut open = self.connections.lock();
        match self.id {
            Some(id) => open.remove(id),
            None => open.reserve = open.reserve.saturating_sub(1),
        }
    }
}

impl Open {
    fn remove(&mut self, id: u64) {
        let Some(activity) = self.ordinary.remove(&id) else { return };
        if let Some(count) = self.by_address.get_mut(&activity.address) {
            *count -= 1;
            if *count == 0 {
                self.by_address.remove(&activity.address);
            }
        }
    }

    /// Closes the connection that has waited longest for its caller, of this address or of the one that has most.
    fn make_room(&mut self, of: Option<IpAddr>) -> bool {
        let waiting = self
            .ordinary
            .iter()
            .filter(|(_, activity)| activity.may_go() && of.is_none_or(|address| activity.address == address));
        let chosen = waiting
            .max_by_key(|(_, activity)| {
                (self.by_address.get(&activity.address).copied().unwrap_or_default(), activity.in_phase_for())
            })
            .map(|(id, activity)| (*id, Arc::clone(activity)));
        let Some((id, activity)) = chosen else { return false };
        activity.close.cancel();
        self.remove(id);
        true
    }
}

impl Connections {
    /// An empty table.
    #[must_use]
    pub fn new(limits: ConnectionLimits) -> Arc<Self> {
        Arc::new(Self { limits, open: Mutex::new(Open::default()) })
    }

    /// The limits it keeps.
    #[must_use]
    pub fn limits(&self) -> &ConnectionLimits {
        &self.limits
    }

    fn lock(&self) -> MutexGuard<'_, Open> {
        self.open.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// A place for a connection from this address: an ordinary one, if need be in the place of one that waits, else one of the
    /// reserve. `None` when that is used up, too.
    pub fn admit(self: &Arc<Self>, address: IpAddr) -> Option<(Arc<Activity>, Ticket)> {
        let mut open = self.lock();
        let own = open.by_address.get(&address).copied().unwrap_or_default();
        let has_room_of_its_own =
            own < self.limits.per_address || self.limits.is_proxy(address) || open.make_room(Some(address));
        let has_room = has_room_of_its_own && (open.ordinary.len() < self.limits.total || open.make_room(None));
        if has_room {
            let activity = Arc::new(Activity::new(address, false));
            open.next += 1;
            let id = open.next;
            open.ordinary.insert(id, Arc::clone(&activity));
            *open.by_address.entry(address).or_default() += 1;
            return Some((activity, Ticket { connections: Arc::clone(self), id: Some(id) }));
        }
        if open.reserve < self.limits.reserve {
            open.reserve += 1;
            let activity = Arc::new(Activity::new(address, true));
            return Some((activity, Ticket { connections: Arc::clone(self), id: None }));
        }
        None
    }

    /// Closes every connection, whatever it is doing.
    pub fn close_all(&self) {
        for activity in self.lock().ordinary.values() {
            activity.close.cancel();
        }
    }

    /// Closes one connection that waits, because the process has no descriptor left.
    pub fn make_room(&self) -> bool {
        self.lock().make_room(None)
    }
}

#[cfg(test)]
mod tests;
