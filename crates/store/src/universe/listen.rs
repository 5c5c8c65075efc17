//! Waiting for a NOTIFY.

use sqlx::PgPool;
use sqlx::postgres::PgListener;

/// A connection that listens to one channel.
pub struct Listener(PgListener);

impl Listener {
    /// Begins to listen.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn open(pool: &PgPool, channel: &str) -> sqlx::Result<Self> {
        let mut listener = PgListener::connect_with(pool).await?;
        listener.listen(channel).await?;
        Ok(Self(listener))
    }

    /// Returns at the next notification.
    ///
    /// # Errors
    /// When the connection is lost.
    pub async fn wait(&mut self) -> sqlx::Result<()> {
        self.0.recv().await.map(|_| ())
    }
}
