//! Reading the audit log: filtered, newest first.

use chrono::{DateTime, Utc};
use serde_json::Value;
use sqlx::PgConnection;
use uuid::Uuid;

/// A row of the log.
#[derive(Clone, Debug)]
pub struct Entry {
    /// Number, growing.
    pub id: i64,
    /// When.
    pub at: DateTime<Utc>,
    /// Who.
    pub actor: Option<Uuid>,
    /// Their address, where they are known.
    pub actor_email: Option<String>,
    /// Noun and verb.
    pub action: String,
    /// What it was done to.
    pub subject: Option<String>,
    /// The company's number.
    pub orgnr: Option<i64>,
    /// What else matters.
    pub detail: Value,
    /// From where.
    pub address: Option<String>,
    /// Id of the request.
    pub request_id: Option<String>,
    /// Place in the chain; `None` until it is sealed.
    pub position: Option<i64>,
    /// Hash in the chain.
    pub hash: Option<Vec<u8>>,
}

/// Which rows are wanted; every part that is given must hold.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    /// Done by this person.
    pub actor: Option<Uuid>,
    /// This action, or every action of a noun: `list` finds `list.create`.
    pub action: Option<String>,
    /// Exactly this subject.
    pub subject: Option<String>,
    /// About this company.
    pub orgnr: Option<i64>,
    /// Not before.
    pub from: Option<DateTime<Utc>>,
    /// Before.
    pub until: Option<DateTime<Utc>>,
}

/// Rows below a number (all for `None`), newest first.
///
/// # Errors
/// When the database does not answer.
pub async fn page(
    conn: &mut PgConnection,
    filter: &Filter,
    below: Option<i64>,
    limit: i64,
) -> sqlx::Result<Vec<Entry>> {
    sqlx::query_as!(
        Entry,
        r#"SELECT a.id, a.at, a.actor, u.email AS "actor_email?", a.action, a.subject, a.orgnr, a.detail, a.address,
                  a.request_id, a.position, a.hash
           FROM audit_log a LEFT JOIN users u ON u.id = a.actor
           WHERE ($1::uuid IS NULL OR a.actor = $1)
             AND ($2::text IS NULL OR a.action = $2 OR starts_with(a.action, $2 || '.'))
             AND ($3::text IS NULL OR a.subject = $3)
             AND ($4::bigint IS NULL OR a.orgnr = $4)
             AND ($5::timestamptz IS NULL OR a.at >= $5)
             AND ($6::timestamptz IS NULL OR a.at < $6)
             AND ($7::bigint IS NULL OR a.id < $7)
           ORDER BY a.id DESC LIMIT $8"#,
        filter.actor,
        filter.action,
        filter.subject,
        filter.orgnr,
        filter.from,
        filter.until,
        below,
        limit
    )
    .fetch_all(conn)
    .await
}

/// Every action that occurs, in order of its name.
///
/// # Errors
/// When the database does not answer.
pub async fn actions(conn: &mut PgConnection) -> sqlx::Result<Vec<String>> {
    // From one to the next by index: there are a few dozen among any number of rows.
    sqlx::query_scalar(
        "WITH RECURSIVE known (action) AS (
             (SELECT action FROM audit_log ORDER BY action LIMIT 1)
             UNION ALL
             SELECT (SELECT a.action FROM audit_log AS a WHERE a.action > known.action ORDER BY a.action LIMIT 1)
             FROM known WHERE known.action IS NOT NULL)
         SELECT action FROM known WHERE action IS NOT NULL ORDER BY action",
    )
    .fetch_all(conn)
    .await
}

/// The hash at a place of the chain.
///
/// # Errors
/// When the database does not answer.
pub async fn hash_at(conn: &mut PgConnection, position: i64) -> sqlx::Result<Option<Vec<u8>>> {
    let hash = sqlx::query_scalar!("SELECT hash FROM audit_log WHERE position = $1", position);
    Ok(hash.fetch_optional(conn).await?.flatten())
}
