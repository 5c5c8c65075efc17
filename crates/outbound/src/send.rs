//! Makes the deliveries that are due: each is tried at once, then after growing waits, and given up after a day.

use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use store::PgPool;
use store::deliveries::{self, Delivery};
use store::sealing::{Sealer, WEBHOOK};
use uuid::Uuid;

use super::account_link::text_with_link;
use super::mailer::Mailer;
use super::webhook::Caller;

/// Deliveries taken at a time.
const PIECE: i64 = 20;
/// While a delivery is being made nobody else takes it; a process that dies gives it back after this.
const LEASE: Duration = Duration::from_secs(120);
/// Waits after the first, second, … failed try: a day in all.
const WAITS_MINUTES: [i64; 8] = [1, 5, 15, 60, 120, 240, 480, 520];

/// Why something was not delivered.
#[derive(Debug, thiserror::Error)]
#[error("{reason}")]
pub struct SendError {
    /// What the other side said, as HTTP or SMTP status.
    pub status: Option<u16>,
    /// In words.
    pub reason: String,
    /// Whether another try can help.
    pub is_final: bool,
}

impl SendError {
    /// Another try can help.
    pub fn again(status: Option<u16>, reason: impl Into<String>) -> Self {
        Self { status, reason: reason.into(), is_final: false }
    }

    /// No further try can help.
    pub fn permanent(status: Option<u16>, reason: impl Into<String>) -> Self {
        Self { status, reason: reason.into(), is_final: true }
    }
}

/// What deliveries are made with.
#[derive(Clone)]
pub struct Senders {
    /// Calls webhooks.
    pub caller: Caller,
    /// Sends emails; `None` where no server is set.
    pub mailer: Option<Mailer>,
    /// Opens the secrets that sign calls.
    pub sealer: Sealer,
    /// Where the web app is; links in emails lead there.
    pub public_url: Option<String>,
}

/// Makes every delivery that is due; returns how many were tried.
///
/// # Errors
/// When the database does not answer.
pub async fn send_due(db: &PgPool, senders: &Senders, now: impl Fn() -> DateTime<Utc>) -> sqlx::Result<usize> {
    let mut tried = 0;
    loop {
        let lease = TimeDelta::from_std(LEASE).unwrap_or_default();
        let due = deliveries::claim_due(&mut *db.acquire().await?, now(), lease, PIECE).await?;
        if due.is_empty() {
            return Ok(tried);
        }
        for delivery in due {
            // How it went stands in the delivery; one that failed does not hold up the others.
            let _ = send(db, senders, &delivery, now()).await?;
            tried += 1;
        }
    }
}

/// Tries one delivery now, due or not; `None` when there is none.
///
/// # Errors
/// When the database does not answer.
pub async fn send_one(
    db: &PgPool,
    senders: &Senders,
    id: Uuid,
    now: DateTime<Utc>,
) -> sqlx::Result<Option<Result<u16, SendError>>> {
    let Some(delivery) = deliveries::find(&mut *db.acquire().await?, id).await? else { return Ok(None) };
    send(db, senders, &delivery, now).await.map(Some)
}

async fn send(
    db: &PgPool,
    senders: &Senders,
    delivery: &Delivery,
    now: DateTime<Utc>,
) -> sqlx::Result<Result<u16, SendError>> {
    let outcome = match text_with_link(db, senders, delivery, now).await? {
        Ok(text) => attempt(senders, delivery, text, now).await,
        Err(error) => Err(error),
    };
    let mut conn = db.acquire().await?;
    match &outcome {
        Ok(status) => {
            deliveries::note_attempt(&mut conn, delivery.id, "delivered", Some(i32::from(*status)), None, None).await?;
        }
        Err(error) => {
            let wait = usize::try_from(delivery.attempts).ok().and_then(|attempt| WAITS_MINUTES.get(attempt));
            let next = wait.filter(|_| !error.is_final).map(|minutes| now + TimeDelta::minutes(*minutes));
            let state = if next.is_some() { "waiting" } else { "failed" };
            let status = error.status.map(i32::from);
            deliveries::note_attempt(&mut conn, delivery.id, state, status, Some(&error.reason), next).await?;
            tracing::warn!(delivery = %delivery.id, event = delivery.event, error = %error.reason, state, "not delivered");
        }
    }
    Ok(outcome)
}

async fn attempt(
    senders: &Senders,
    delivery: &Delivery,
    text: Option<String>,
    now: DateTime<Utc>,
) -> Result<u16, SendError> {
    if let (Some(url), Some(secret)) = (&delivery.url, &delivery.secret) {
        if !delivery.is_wanted {
            return Err(SendError::permanent(None, "the webhook is switched off"));
        }
        // The key may come back, so another try can help.
        let secret =
            senders.sealer.open_text(WEBHOOK, secret).map_err(|error| SendError::again(None, error.to_string()))?;
        return senders.caller.call(url, &secret, delivery.id, &delivery.body, now).await;
    }
    let Some(address) = &delivery.address else { return Err(SendError::permanent(None, "nobody to deliver to")) };
    let Some(mailer) = &senders.mailer else {
        return Err(SendError::again(None, "there is no mail server: set SMTP_URL and SMTP_FROM"));
    };
    let field = |key: &str| delivery.body[key].as_str().unwrap_or_default();
    let text = text.as_deref().unwrap_or_else(|| field("text"));
    mailer.send(address, field("subject"), text, delivery.id).await
}
