//! Activity: who did what with which company, one event for any number of companies.
//!
//! An event about very many companies keeps them as a set, a row for each 65 536 numbers, instead of a row for each company.
//! The log is what a colleague reads on a company's page; the audit log (`audit`) is what an auditor reads.

use chrono::{DateTime, Utc};
use domain::orgnr::Orgnr;
use serde_json::Value;
use sqlx::PgConnection;
use uuid::Uuid;

use crate::companies::key;

/// Companies of an event that are kept one by one; more are kept as a set.
pub const MOST_ROWS: usize = 500;

/// Something that was done with companies.
#[derive(Clone, Debug)]
pub struct Entry<'a> {
    /// Who did it; `None` for the program itself.
    pub actor: Option<Uuid>,
    /// `noun.verb`, a stable name such as `list.added`.
    pub kind: &'static str,
    /// The companies; repeated ones count once.
    pub orgnrs: &'a [Orgnr],
    /// What is needed to tell the story: names, stages, counts. No secret.
    pub detail: Value,
}

/// An event as a reader sees it.
#[derive(Clone, Debug, PartialEq)]
pub struct Event {
    /// Identity, rising.
    pub id: i64,
    /// `noun.verb`.
    pub kind: String,
    /// Who did it; `None` for the program itself or an account that is gone.
    pub actor: Option<Uuid>,
    /// Their name.
    pub actor_name: Option<String>,
    /// Whether only the actor sees it.
    pub is_private: bool,
    /// As recorded.
    pub detail: Value,
    /// When.
    pub at: DateTime<Utc>,
}

/// Records what everyone in the organisation may know, in the caller's transaction, in one statement.
///
/// # Errors
/// When the database does not answer.
pub async fn record(conn: &mut PgConnection, entry: &Entry<'_>) -> sqlx::Result<()> {
    insert(conn, entry, false).await
}

/// Records what was done with a private object: the actor alone sees it.
///
/// # Errors
/// When the database does not answer.
pub async fn record_private(conn: &mut PgConnection, entry: &Entry<'_>) -> sqlx::Result<()> {
    insert(conn, entry, true).await
}

async fn insert(conn: &mut PgConnection, entry: &Entry<'_>, is_private: bool) -> sqlx::Result<()> {
    if entry.orgnrs.is_empty() {
        return Ok(());
    }
    let orgnrs: Vec<i64> = entry.orgnrs.iter().map(|orgnr| key(*orgnr)).collect();
    let event = sqlx::query_scalar!(
        "INSERT INTO activity_events (actor_id, kind, is_private, detail) VALUES ($1, $2, $3, $4) RETURNING id",
        entry.actor,
        entry.kind,
        is_private,
        entry.detail,
    )
    .fetch_one(&mut *conn)
    .await?;
    if orgnrs.len() > MOST_ROWS {
        sqlx::query!(
            "INSERT INTO activity_blocks (block, event_id, members)
             SELECT (orgnr >> 16)::integer, $1, array_agg(DISTINCT ((orgnr & 65535) - 32768)::smallint)
             FROM unnest($2::bigint[]) AS given (orgnr) GROUP BY 1",
            event,
            &orgnrs,
        )
        .execute(conn)
        .await?;
    } else {
        sqlx::query!(
            "INSERT INTO activity_companies (orgnr, event_id)
             SELECT DISTINCT orgnr, $1::bigint FROM unnest($2::bigint[]) AS given (orgnr)",
            event,
            &orgnrs,
        )
        .execute(conn)
        .await?;
    }
    Ok(())
}

/// The events of a company that the user may see, newest first, those before `before` where it is given.
///
/// # Errors
/// When the database does not answer.
pub async fn of_company(
    conn: &mut PgConnection,
    user: Uuid,
    orgnr: Orgnr,
    before: Option<i64>,
    limit: i64,
) -> sqlx::Result<Vec<Event>> {
    sqlx::query_as!(
        Event,
        r#"SELECT e.id, e.kind, e.actor_id AS actor, u.display_name AS "actor_name?", e.is_private, e.detail, e.at
           FROM (SELECT event_id FROM activity_companies WHERE orgnr = $2::bigint
                 UNION ALL
                 SELECT event_id FROM activity_blocks
                 WHERE block = ($2::bigint >> 16)::integer AND (($2::bigint & 65535) - 32768)::smallint = ANY(members)) AS c
           JOIN activity_events e ON e.id = c.event_id
           LEFT JOIN users u ON u.id = e.actor_id
           WHERE (NOT e.is_private OR e.actor_id = $1)
             AND ($3::bigint IS NULL OR c.event_id < $3)
           ORDER BY c.event_id DESC LIMIT $4"#,
        user,
        key(orgnr),
        before,
        limit,
    )
    .fetch_all(conn)
    .await
}
