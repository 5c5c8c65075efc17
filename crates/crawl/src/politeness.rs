//! Manners: one request at a time per host, with a pause after each.
//!
//! `www.example.se` and `example.se` count as one host, because one machine usually answers for both.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use tokio::sync::{Mutex as Gate, OwnedMutexGuard};
use tokio::time::Instant;

/// Hosts are forgotten when there are more than this many, those that nobody waits for first.
const REMEMBERED_HOSTS: usize = 10_000;

/// Who may ask whom, and when next.
#[derive(Default)]
pub struct Politeness {
    hosts: Mutex<HashMap<String, Arc<Gate<Instant>>>>,
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
}

impl Politeness {
    /// Waits for the host to be free and rested.
    pub async fn turn(&self, host: &str) -> Turn {
        let next_at = self.gate(host).lock_owned().await;
        tokio::time::sleep_until(*next_at).await;
        Turn { next_at, pause: Duration::from_secs(1) }
    }

    fn gate(&self, host: &str) -> Arc<Gate<Instant>> {
        let host = host.to_ascii_lowercase();
        let host = host.strip_prefix("www.").unwrap_or(&host).trim_end_matches('.').to_owned();
        let mut hosts = self.hosts.lock().unwrap_or_else(PoisonError::into_inner);
        if hosts.len() >= REMEMBERED_HOSTS {
            let now = Instant::now();
            hosts.retain(|_, gate| Arc::strong_count(gate) > 1 || gate.try_lock().is_ok_and(|at| *at > now));
        }
        Arc::clone(hosts.entry(host).or_insert_with(|| Arc::new(Gate::new(Instant::now()))))
    }
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
                let mut turn = politeness.turn(host).await;
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
