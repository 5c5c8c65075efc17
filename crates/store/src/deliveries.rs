//! Deliveries: each call of a webhook and each email, with how it went.

use chrono::{DateTime, TimeDelta, Utc};
use serde_json::Value;
use sqlx::PgConnection;
use uuid::Uuid;

/// A delivery with what is needed to make it.
#[derive(Clone, Debug, PartialEq)]
pub struct Delivery {
    /// Identity.
    pub id: Uuid,
    /// Where and with which secret, of a call; `None` of an email.
    pub url: Option<String>,
    /// Signs the call once it is opened ([`crate::sealing`]).
    pub secret: Option<String>,
    /// To which address, of an email.
    pub address: Option<String>,
    /// What it tells of.
    pub event: String,
    /// What is sent.
    pub body: Value,
    /// `waiting`, `delivered` or `failed`.
    pub state: String,
    /// Tries so far.
    pub attempts: i32,
    /// When it was asked for.
    pub created_at: DateTime<Utc>,
    /// Whether the webhook is called at all now; true of an email.
    pub is_wanted: bool,
}

/// A delivery as the log shows it.
#[derive(Clone, Debug, PartialEq)]
pub struct Logged {
    /// Identity; `webhook-id` of the call.
    pub id: Uuid,
    /// What it tells of.
    pub event: String,
    /// `waiting`, `delivered` or `failed`.
    pub state: String,
    /// Tries so far.
    pub attempts: i32,
    /// What the other side said last.
    pub status: Option<i32>,
    /// Why the last try failed.
    pub error: Option<String>,
    /// When it was asked for.
    pub created_at: DateTime<Utc>,
    /// When it was last tried.
    pub attempted_at: Option<DateTime<Utc>>,
}

/// Asks for a call of a webhook; returns the delivery's id.
///
/// # Errors
/// When the database does not answer or there is no such webhook.
pub async fn insert_call(conn: &mut PgConnection, webhook: Uuid, event: &str, body: &Value) -> sqlx::Result<Uuid> {
    sqlx::query_scalar!(
        "INSERT INTO deliveries (channel, webhook_id, event, body) VALUES ('webhook', $1, $2, $3) RETURNING id",
        webhook,
        event,
        body,
    )
    .fetch_one(conn)
    .await
}

/// Asks for an email to a person's own address; returns the delivery's id, `None` when they have no address.
///
/// # Errors
/// When the database does not answer.
pub async fn insert_email(
    conn: &mut PgConnection,
    user: Uuid,
    event: &str,
    body: &Value,
) -> sqlx::Result<Option<Uuid>> {
    sqlx::query_scalar!(
        "INSERT INTO deliveries (channel, user_id, address, event, body)
         SELECT 'email', id, email, $2, $3 FROM users WHERE id = $1 AND email NOT LIKE '%@lode.invalid' RETURNING id",
        user,
        event,
        body,
    )
    .fetch_optional(conn)
    .await
}

/// The event of emails that bring a one-time link. The link is made when the email is sent, and stands in its text where [`LINK_PLACE`] is:
/// its secret is never kept.
pub const LINK_EVENT: &str = "account.link";
/// What the link replaces in the text.
pub const LINK_PLACE: &str = "{link}";

/// How often a person is mailed a link at most.
const LINK_EVERY_MINUTES: i32 = 5;
const LINKS_PER_DAY: i64 = 10;

/// Asks for an email with a one-time link to whoever has the account of an address and is not kept out, unless they were just sent one. It is
/// one statement whether there is such a person or not, so that its time does not tell; returns the delivery's id where there is one.
///
/// # Errors
/// When the database does not answer.
pub async fn insert_link_email(conn: &mut PgConnection, email: &str, body: &Value) -> sqlx::Result<Option<Uuid>> {
    sqlx::query_scalar(
        "INSERT INTO deliveries (channel, user_id, address, event, body)
         SELECT 'email', u.id, u.email, $2, $3
         FROM users u JOIN accounts a ON a.user_id = u.id
         WHERE lower(u.email) = lower($1) AND u.disabled_at IS NULL
           AND NOT EXISTS (SELECT FROM deliveries d WHERE d.user_id = u.id AND d.event = $2
                           AND d.created_at > now() - make_interval(mins => $4))
           AND (SELECT count(*) FROM deliveries d WHERE d.user_id = u.id AND d.event = $2
                AND d.created_at > now() - interval '1 day') < $5
         RETURNING id",
    )
    .bind(email)
    .bind(LINK_EVENT)
    .bind(body)
    .bind(LINK_EVERY_MINUTES)
    .bind(LINKS_PER_DAY)
    .fetch_optional(conn)
    .await
}

/// The delivery, to be made.
///
/// # Errors
/// When the database does not answer.
pub async fn find(conn: &mut PgConnection, id: Uuid) -> sqlx::Result<Option<Delivery>> {
    sqlx::query_as!(
        Delivery,
        r#"SELECT d.id, w.url AS "url?", w.secret AS "secret?", d.address, d.event, d.body, d.state, d.attempts, d.created_at,
                  coalesce(w.is_active, true) AS "is_wanted!"
           FROM deliveries d LEFT JOIN webhooks w ON w.id = d.webhook_id WHERE d.id = $1"#,
        id,
    )
    .fetch_optional(conn)
    .await
}

/// Takes deliveries that are due, the oldest first. Nobody else takes them for the time of the lease.
///
/// # Errors
/// When the database does not answer.
pub async fn claim_due(
    conn: &mut PgConnection,
    now: DateTime<Utc>,
    lease: TimeDelta,
    limit: i64,
) -> sqlx::Result<Vec<Delivery>> {
    sqlx::query_as!(
        Delivery,
        r#"WITH due AS (SELECT id FROM deliveries WHERE state = 'waiting' AND next_attempt_at <= $1
                        ORDER BY next_attempt_at, id LIMIT $3 FOR UPDATE SKIP LOCKED),
                taken AS (UPDATE deliveries d SET next_attempt_at = $2 FROM due WHERE d.id = due.id RETURNING d.*)
           SELECT d.id, w.url AS "url?", w.secret AS "secret?", d.address, d.event, d.body, d.state, d.attempts, d.created_at,
                  coalesce(w.is_active, true) AS "is_wanted!"
           FROM taken d LEFT JOIN webhooks w ON w.id = d.webhook_id ORDER BY d.created_at, d.id"#,
        now,
        now + lease,
        limit,
    )
    .fetch_all(conn)
    .await
}

/// Keeps a delivery from being taken by [`claim_due`] until a moment.
///
/// # Errors
/// When the database does not answer.
pub async fn hold(conn: &mut PgConnection, id: Uuid, until: DateTime<Utc>) -> sqlx::Result<()> {
    sqlx::query!("UPDATE deliveries SET next_attempt_at = $2 WHERE id = $1", id, until).execute(conn).await?;
    Ok(())
}

/// Notes a try: `delivered`, `failed` permanently, or `waiting` for the one at `next`.
///
/// # Errors
/// When the database does not answer.
pub async fn note_attempt(
    conn: &mut PgConnection,
    id: Uuid,
    state: &str,
    status: Option<i32>,
    error: Option<&str>,
    next: Option<DateTime<Utc>>,
) -> sqlx::Result<()> {
    sqlx::query!(
        "UPDATE deliveries SET state = $2, status = $3, error = $4, attempts = attempts + 1, attempted_at = now(),
                next_attempt_at = coalesce($5, next_attempt_at) WHERE id = $1",
        id,
        state,
        status,
        error,
        next,
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// Puts a delivery that failed permanently back among those that wait; false when it did not fail.
///
/// # Errors
/// When the database does not answer.
pub async fn retry(conn: &mut PgConnection, webhook: Uuid, id: Uuid) -> sqlx::Result<bool> {
    let done = sqlx::query!(
        "UPDATE deliveries SET state = 'waiting', attempts = 0, next_attempt_at = now() WHERE id = $2 AND webhook_id = $1 AND state = 'failed'",
        webhook,
        id,
    )
    .execute(conn)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// The calls of a webhook, newest first.
///
/// # Errors
/// When the database does not answer.
pub async fn of_webhook(conn: &mut PgConnection, webhook: Uuid, limit: i64) -> sqlx::Result<Vec<Logged>> {
    sqlx::query_as!(
        Logged,
        "SELECT id, event, state, attempts, status, error, created_at, attempted_at FROM deliveries
         WHERE webhook_id = $1 ORDER BY created_at DESC, id LIMIT $2",
        webhook,
        limit,
    )
    .fetch_all(conn)
    .await
}

/// Forgets deliveries that ended before `before` and returns how many.
///
/// # Errors
/// When the database does not answer.
pub async fn forget(conn: &mut PgConnection, before: DateTime<Utc>) -> sqlx::Result<u64> {
    let done = sqlx::query!("DELETE FROM deliveries WHERE state <> 'waiting' AND created_at < $1", before)
        .execute(conn)
        .await?;
    Ok(done.rows_affected())
}
