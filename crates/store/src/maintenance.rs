//! What was last done to the installation from outside: backups.

use chrono::{DateTime, Utc};
use sqlx::PgConnection;

/// A backup was written and read back.
pub const BACKUP: &str = "backup";

/// When something was last done, and what it was.
#[derive(Clone, Debug, PartialEq)]
pub struct Fact {
    /// When it was done.
    pub at: DateTime<Utc>,
    /// What there is to say of it.
    pub detail: serde_json::Value,
}

/// Notes that it was done now; the one before is forgotten.
///
/// # Errors
/// When the database does not answer.
pub async fn note(conn: &mut PgConnection, name: &str, detail: &serde_json::Value) -> sqlx::Result<()> {
    sqlx::query!(
        "INSERT INTO maintenance_facts (name, at, detail) VALUES ($1, now(), $2)
         ON CONFLICT (name) DO UPDATE SET at = excluded.at, detail = excluded.detail",
        name,
        detail
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// When it was last done; `None` when never.
///
/// # Errors
/// When the database does not answer.
pub async fn last(conn: &mut PgConnection, name: &str) -> sqlx::Result<Option<Fact>> {
    sqlx::query_as!(Fact, "SELECT at, detail FROM maintenance_facts WHERE name = $1", name).fetch_optional(conn).await
}
