//! Turns to ask websites, shared by every process of the installation through its database.

use std::sync::Arc;
use std::time::Duration;

use crawl::politeness::SharedTurns;
use futures::future::BoxFuture;
use store::{PgPool, website_turns};
use uuid::Uuid;

/// Nobody waits longer than this before looking again: the holder may have ended earlier than it said it would.
const LOOK_AGAIN: Duration = Duration::from_millis(500);
/// Nor shorter, so that a crowd does not keep the database busy.
const SHORTEST_WAIT: Duration = Duration::from_millis(20);

/// The turns of one installation.
pub struct WebsiteTurns(PgPool);

impl WebsiteTurns {
    /// Kept in this database.
    #[must_use]
    pub fn new(db: PgPool) -> Arc<Self> {
        Arc::new(Self(db))
    }

    async fn try_take(&self, host: &str, turn: Uuid, at_most: Duration) -> sqlx::Result<Option<Duration>> {
        website_turns::take(&mut *self.0.acquire().await?, host, turn, at_most).await
    }

    async fn try_rest(&self, host: &str, turn: Uuid, pause: Duration) -> sqlx::Result<()> {
        website_turns::rest(&mut *self.0.acquire().await?, host, turn, pause).await
    }
}

impl SharedTurns for WebsiteTurns {
    fn take<'a>(&'a self, host: &'a str, at_most: Duration) -> BoxFuture<'a, Result<u128, String>> {
        Box::pin(async move {
            let turn = Uuid::new_v4();
            while let Some(wait) = self.try_take(host, turn, at_most).await.map_err(|error| error.to_string())? {
                tokio::time::sleep(wait.clamp(SHORTEST_WAIT, LOOK_AGAIN)).await;
            }
            Ok(turn.as_u128())
        })
    }

    fn rest(self: Arc<Self>, host: String, turn: u128, pause: Duration) -> BoxFuture<'static, ()> {
        Box::pin(async move {
            if let Err(error) = self.try_rest(&host, Uuid::from_u128(turn), pause).await {
                // The turn then ends with its time.
                tracing::warn!(%host, %error, "the end of a visit could not be noted");
            }
        })
    }
}
