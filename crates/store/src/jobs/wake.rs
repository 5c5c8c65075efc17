//! Telling workers at once what they would find out by looking.

use sqlx::PgPool;
use sqlx::postgres::PgListener;

/// A queue (the payload) has something to run.
pub const CHANNEL: &str = "lode_jobs";
/// A job (the payload: its id) is to be cancelled.
pub const CANCEL_CHANNEL: &str = "lode_jobs_cancel";

/// What was received.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Received {
    /// The queue has something to run.
    Work(String),
    /// The running job is to be cancelled.
    Cancel(i64),
}

/// A connection that learns of jobs.
pub struct JobListener(PgListener);

impl JobListener {
    /// Begins to listen.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn open(pool: &PgPool) -> sqlx::Result<Self> {
        let mut listener = PgListener::connect_with(pool).await?;
        listener.listen_all([CHANNEL, CANCEL_CHANNEL]).await?;
        Ok(Self(listener))
    }

    /// Returns at the next notification; `None` means that the connection was lost and made anew, so something may
    /// have been missed.
    ///
    /// # Errors
    /// When the connection cannot be made anew.
    pub async fn wait(&mut self) -> sqlx::Result<Option<Received>> {
        let Some(received) = self.0.try_recv().await? else { return Ok(None) };
        Ok(match (received.channel(), received.payload().parse()) {
            (CANCEL_CHANNEL, Ok(id)) => Some(Received::Cancel(id)),
            _ => Some(Received::Work(received.payload().to_owned())),
        })
    }
}
