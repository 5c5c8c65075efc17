//! Look-ups that an answer can do without: they wait for a moment, and not at all while the database is known not to answer.

use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

/// How long a look-up may take; much longer than it takes on a busy server, much shorter than a person waits.
const PATIENCE: Duration = Duration::from_millis(1_500);
/// After a failure nobody asks for so long; then one look-up tries, and the others still go without.
const AGAIN_AFTER: Duration = Duration::from_secs(2);

/// Whether look-ups are worth a try.
#[derive(Default)]
pub struct Optional {
    failed_at: Mutex<Option<Instant>>,
}

impl Optional {
    /// What the look-up finds; `None` when it fails, takes too long, or others failed a moment ago.
    pub async fn ask<T, E: std::fmt::Display>(&self, look_up: impl Future<Output = Result<T, E>>) -> Option<T> {
        if !self.may_try(Instant::now()) {
            return None;
        }
        let problem = match tokio::time::timeout(PATIENCE, look_up).await {
            Ok(Ok(found)) => {
                *self.failed_at() = None;
                return Some(found);
            }
            Ok(Err(error)) => error.to_string(),
            Err(_) => format!("no answer within {} ms", PATIENCE.as_millis()),
        };
        let is_news = self.failed_at().replace(Instant::now()).is_none();
        if is_news {
            tracing::warn!(problem, "the database does not answer; screens go without what only it knows");
        }
        metrics::counter!("lode_optional_lookups_failed_total").increment(1);
        None
    }

    fn may_try(&self, now: Instant) -> bool {
        let mut failed_at = self.failed_at();
        match *failed_at {
            None => true,
            Some(at) if now.saturating_duration_since(at) >= AGAIN_AFTER => {
                // The others wait for what this one finds.
                *failed_at = Some(now);
                true
            }
            Some(_) => false,
        }
    }

    fn failed_at(&self) -> std::sync::MutexGuard<'_, Option<Instant>> {
        self.failed_at.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn after_a_failure_nobody_waits_and_one_tries_again_later() {
        let optional = Optional::default();
        assert_eq!(optional.ask(async { Ok::<i32, sqlx::Error>(1) }).await, Some(1));
        let silent = std::future::pending::<sqlx::Result<i32>>();
        assert_eq!(optional.ask(silent).await, None);
        // Not even begun: a look-up that would succeed is not asked.
        assert_eq!(optional.ask(async { Ok::<i32, sqlx::Error>(2) }).await, None);
        let failed_at = Instant::now();
        assert!(!optional.may_try(failed_at + AGAIN_AFTER / 2));
        assert!(optional.may_try(failed_at + AGAIN_AFTER * 2));
        assert!(!optional.may_try(failed_at + AGAIN_AFTER * 2), "one at a time");
        *optional.failed_at() = None;
        assert_eq!(optional.ask(async { Err::<i32, _>(sqlx::Error::PoolTimedOut) }).await, None);
        assert_eq!(optional.ask(async { Ok::<i32, sqlx::Error>(3) }).await, None);
    }
}
