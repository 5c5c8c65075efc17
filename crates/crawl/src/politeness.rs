//! Manners: one request at a time per host, with a pause after each.
//!
//! `www.example.se` and `example.se` count as one host, because one machine usually answers for both.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use futures::future::BoxFuture;
use tokio::sync::{Mutex as Gate, OwnedMutexGuard};
use tokio::time::Instant;

/// Hosts are forgotten when there are more than this many, those that nobody waits for first.
const REMEMBERED_HOSTS: usize = 10_000;

/// Turns that several processes share, so that together they ask a host no more often than one alone would.
pub trait SharedTurns: Send + Sync {
    /// Waits until nobody asks the host and it has rested, then takes the turn for at most so long. Returns what [`SharedTurns::rest`]
    /// is told. One process asks for one turn of a host at a time.
    fn take<'a>(&'a self, host: &'a str, at_most: Duration) -> BoxFuture<'a, Result<u128, String>>;

    /// Ends the turn; the host rests for the pause.
    fn rest(self: Arc<Self>, host: String, turn: u128, pause: Duration) -> BoxFuture<'static, ()>;
}

/// Who may ask whom, and when next.
#[derive(Default)]
pub struct Politeness {
    hosts: Mutex<HashMap<String, Arc<Gate<Instant>>>>,
    shared: Option<Arc<dyn SharedTurns>>,
}

impl std::fmt::Debug for Politeness {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Politeness").finish_non_exhaustive()
    }
}

/// The right to ask one host once. The next one waits until this is dropped, and then for the pause.
pub struct Turn {
    next_at: OwnedMutexGuard<Instant>,
    pause: Duration,
    shared: Option<(Arc<dyn SharedTurns>, String, u128)>,
}

impl Politeness {
    /// Manners that this process keeps together with others.
    #[must_use]
    pub fn shared(turns: Arc<dyn SharedTurns>) -> Self {
        Self { shared: Some(turns), ..Self::default() }
    }

    /// Waits for the host to be free and rested. A turn that other processes share lasts at most so long.
    ///
    /// # Errors
    /// Why it cannot be told whether others ask the host.
    pub async fn turn(&self, host: &str, at_most: Duration) -> Result<Turn, String> {
        let host = canonical(host);
        let next_at = self.gate(&host).lock_owned().await;
        tokio::time::sleep_until(*next_at).await;
        let mut turn = Turn { next_at, pause: Duration::from_secs(1), shared: None };
        if let Some(shared) = &self.shared {
            let number = match shared.take(&host, at_most).await {
                Ok(number) => number,
                Err(reason) => {
                    // Nobody was asked, so nobody needs to rest.
                    turn.pause = Duration::ZERO;
                    return Err(reason);
                }
            };
            turn.shared = Some((Arc::clone(shared), host, number));
        }
        Ok(turn)
    }

    fn gate(&self, host: &str) -> Arc<Gate<Instant>> {
        let mut hosts = self.hosts.lock().unwrap_or_else(PoisonError::into_inner);
        if hosts.len() >= REMEMBERED_HOSTS {
            let now = Instant::now();
            hosts.retain(|_, gate| Arc::strong_count(gate) > 1 || gate.try_lock().is_ok_and(|at| *at > now));
        }
        Arc::clone(hosts.entry(host.to_owned()).or_insert_with(|| Arc::new(Gate::new(Instant::now()))))
    }
}

fn canonical(host: &str) -> String {
    let host = host.to_ascii_lowercase();
    host.strip_prefix("www.").unwrap_or(&host).trim_end_matches('.').to_owned()
}

impl Turn {
    /// Sets the pause after this request.
    pub fn pause(&mut self, pause: Duration) {
        self.pause = pause;
    }
}

impl Drop for Turn {
    fn drop(&mut self) {
        *self.next_at = Instant::now() + self.pause;
        // Also when the request was given up; without a runtime the process ends, and the turn with its time.
        if let (Some((shared, host, turn)), Ok(runtime)) = (self.shared.take(), tokio::runtime::Handle::try_current()) {
            runtime.spawn(shared.rest(host, turn, self.pause));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_host_is_asked_one_thing_at_a_time() {
        let politeness = Arc::new(Politeness::default());
        let begun = Instant::now();
        let ask = |host: &'static str| {
            let politeness = Arc::clone(&politeness);
            tokio::spawn(async move {
                let mut turn = politeness.turn(host, Duration::from_secs(1)).await.unwrap();
                turn.pause(Duration::from_millis(150));
                tokio::time::sleep(Duration::from_millis(100)).await;
                begun.elapsed()
            })
        };
        let same = [ask("example.se"), ask("WWW.example.se"), ask("example.se")];
        let other = ask("other.se").await.unwrap();
        let mut ended = Vec::new();
        for task in same {
            ended.push(task.await.unwrap());
        }
        // Three times 100 ms of work with 150 ms of rest between; the other host at the same time.
        assert!(ended.iter().max().unwrap().as_millis() >= 600, "{ended:?}");
        assert!(other.as_millis() < 300, "another host does not wait: {other:?}");
    }
}
