//! One gate per provider: when the provider says that it is asked too often, nobody calls it until it may be called again.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use redis::AsyncCommands;
use tokio::time::Instant;

use crate::budget::Later;

/// Longest time that a gate stays closed at once, whatever a server asks for.
const LONGEST: Duration = Duration::from_secs(15 * 60);

/// Who calls a provider asks its gate first.
pub trait Gate: Send + Sync {
    /// Returns when the provider may be called.
    fn enter<'a>(&'a self, provider: &'a str) -> Later<'a, ()>;
    /// Closes the gate for a time; the longer of two times counts.
    fn close<'a>(&'a self, provider: &'a str, time: Duration) -> Later<'a, ()>;
}

/// A gate for one process.
#[derive(Debug, Default)]
pub struct LocalGate(Mutex<HashMap<String, Instant>>);

impl LocalGate {
    fn opens(&self, provider: &str) -> Option<Instant> {
        let gates = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        gates.get(provider).copied().filter(|opens| *opens > Instant::now())
    }
}

impl Gate for LocalGate {
    fn enter<'a>(&'a self, provider: &'a str) -> Later<'a, ()> {
        Box::pin(async move {
            // Somebody can close it again while this one waits.
            while let Some(opens) = self.opens(provider) {
                tokio::time::sleep_until(opens + spread()).await;
            }
        })
    }

    fn close<'a>(&'a self, provider: &'a str, time: Duration) -> Later<'a, ()> {
        let opens = Instant::now() + time.min(LONGEST);
        let mut gates = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let entry = gates.entry(provider.to_owned()).or_insert(opens);
        *entry = (*entry).max(opens);
        Box::pin(std::future::ready(()))
    }
}

/// So that not everybody calls in the same millisecond.
fn spread() -> Duration {
    Duration::from_millis(rand::random_range(0..25))
}

/// A gate for all processes, kept in Redis; without Redis it is one for this process.
pub struct RedisGate {
    client: redis::Client,
    connection: tokio::sync::OnceCell<redis::aio::ConnectionManager>,
    local: LocalGate,
}

/// How long Redis may take; a gate must not cost more than it saves.
const PATIENCE: Duration = Duration::from_millis(500);

impl RedisGate {
    /// A gate on this Redis, connected to when it is first used.
    #[must_use]
    pub fn new(client: redis::Client) -> Self {
        Self { client, connection: tokio::sync::OnceCell::new(), local: LocalGate::default() }
    }

    async fn connection(&self) -> Option<redis::aio::ConnectionManager> {
        let connecting = self.connection.get_or_try_init(|| self.client.get_connection_manager());
        tokio::time::timeout(PATIENCE, connecting).await.ok()?.ok().cloned()
    }

    /// Milliseconds until the gate opens; `None` when it is open or Redis does not answer.
    async fn left(&self, provider: &str) -> Option<u64> {
        let mut connection = self.connection().await?;
        let asking = connection.pttl::<_, i64>(key(provider));
        let left = tokio::time::timeout(PATIENCE, asking).await.ok()?.ok()?;
        u64::try_from(left).ok().filter(|left| *left > 0)
    }
}

fn key(provider: &str) -> String {
    format!("lode:llm:gate:{provider}")
}

impl Gate for RedisGate {
    fn enter<'a>(&'a self, provider: &'a str) -> Later<'a, ()> {
        Box::pin(async move {
            self.local.enter(provider).await;
            while let Some(left) = self.left(provider).await {
                tokio::time::sleep(Duration::from_millis(left) + spread()).await;
            }
        })
    }

    fn close<'a>(&'a self, provider: &'a str, time: Duration) -> Later<'a, ()> {
        Box::pin(async move {
            self.local.close(provider, time).await;
            let Some(mut connection) = self.connection().await else { return };
            let milliseconds = u64::try_from(time.min(LONGEST).as_millis()).unwrap_or(1000).max(1);
            // The longer of two times counts.
            let script = redis::Script::new(
                "if redis.call('PTTL', KEYS[1]) < tonumber(ARGV[1]) then redis.call('SET', KEYS[1], '1', 'PX', ARGV[1]) end return 1",
            );
            let name = key(provider);
            let mut call = script.key(name);
            let closing = call.arg(milliseconds).invoke_async::<i64>(&mut connection);
            if !matches!(tokio::time::timeout(PATIENCE, closing).await, Ok(Ok(_))) {
                tracing::warn!(provider, "Redis does not answer; the gate holds for this process alone");
            }
        })
    }
}
