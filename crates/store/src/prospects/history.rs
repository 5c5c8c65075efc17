//! How long a prospect stood in which stage.

use chrono::{DateTime, Utc};
use sqlx::PgConnection;
use uuid::Uuid;

/// A stay in a stage.
#[derive(Clone, Debug, PartialEq)]
pub struct Stay {
    /// Key of the stage.
    pub stage: String,
    /// From when.
    pub entered_at: DateTime<Utc>,
    /// Until when; `None` while it lasts.
    pub left_at: Option<DateTime<Utc>>,
    /// Name of whoever moved it there.
    pub moved_by_name: Option<String>,
    /// Why it was passed on, where the stage is a pass.
    pub pass_reason: Option<String>,
    /// The same in words.
    pub pass_note: Option<String>,
}

/// Every stay of a prospect, oldest first.
///
/// # Errors
/// When the database does not answer.
pub async fn stays(conn: &mut PgConnection, prospect: Uuid) -> sqlx::Result<Vec<Stay>> {
    sqlx::query_as!(
        Stay,
        r#"SELECT m.stage, m.entered_at, m.left_at, u.display_name AS "moved_by_name?", m.pass_reason, m.pass_note
           FROM prospect_moves m LEFT JOIN users u ON u.id = m.moved_by
           WHERE m.prospect_id = $1 ORDER BY m.id"#,
        prospect,
    )
    .fetch_all(conn)
    .await
}
