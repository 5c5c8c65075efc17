//! Counts that pages show, kept by the database in the transaction of each change (migration 0121) instead of counted.

use chrono::{DateTime, Utc};
use sqlx::PgConnection;

/// A count.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kept {
    /// What is counted: a table, a flag, a year, a kind and framework.
    pub key: String,
    /// Rows.
    pub rows: i64,
    /// Different companies.
    pub companies: i64,
    /// Of these, with a period that breaks an identity.
    pub suspect: i64,
    /// When the newest row came in, also when it has been removed since.
    pub latest_at: Option<DateTime<Utc>>,
}

/// What counts are about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Subject {
    /// Rows of a table.
    Table,
    /// Companies whose facts have a flag.
    Facts,
    /// Companies with a period that ends in a calendar year.
    Year,
    /// Filings of a kind and framework, which stand in the key with a space between.
    Filings,
}

impl Subject {
    fn as_str(self) -> &'static str {
        match self {
            Self::Table => "table",
            Self::Facts => "facts",
            Self::Year => "year",
            Self::Filings => "filings",
        }
    }
}

/// Every count of a subject that is not zero, by key.
///
/// # Errors
/// When the database does not answer.
pub async fn of(conn: &mut PgConnection, subject: Subject) -> sqlx::Result<Vec<Kept>> {
    sqlx::query_as!(
        Kept,
        r#"SELECT key, sum(rows)::bigint AS "rows!", sum(companies)::bigint AS "companies!",
                  sum(suspect)::bigint AS "suspect!", max(latest_at) AS latest_at
           FROM kept_counts WHERE subject = $1 GROUP BY key HAVING sum(rows) <> 0 OR sum(companies) <> 0 ORDER BY key"#,
        subject.as_str()
    )
    .fetch_all(conn)
    .await
}

/// Sums up what many changes added, so that reading stays quick; returns how many rows were summed. Several calls at once
/// do no harm.
///
/// # Errors
/// When the database does not answer.
pub async fn compact(conn: &mut PgConnection) -> sqlx::Result<u64> {
    let summed = sqlx::query_scalar!(
        r#"WITH taken AS (
               DELETE FROM kept_counts WHERE ctid = ANY(ARRAY(SELECT ctid FROM kept_counts FOR UPDATE SKIP LOCKED))
               RETURNING subject, key, rows, companies, suspect, latest_at
           ), summed AS (
               INSERT INTO kept_counts (subject, key, rows, companies, suspect, latest_at)
               SELECT subject, key, sum(rows), sum(companies), sum(suspect), max(latest_at) FROM taken GROUP BY subject, key
           )
           SELECT count(*) AS "count!" FROM taken"#
    )
    .fetch_one(conn)
    .await?;
    Ok(u64::try_from(summed).unwrap_or(0))
}
