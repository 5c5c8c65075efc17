//! How much one person may keep of each kind, so that nobody fills the database, or everybody's pages, alone.

use sqlx::PgConnection;
use uuid::Uuid;

/// What people keep by name or by text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kept {
    /// Saved views.
    Views,
    /// Lists.
    Lists,
    /// Labels.
    Labels,
    /// Notes.
    Notes,
    /// Versions of analysis templates.
    Templates,
    /// Frozen screens.
    Snapshots,
    /// Mappings of imported tables.
    Mappings,
    /// API tokens that can still be used.
    Tokens,
}

impl Kept {
    /// Every kind.
    pub const ALL: [Self; 8] = [
        Self::Views,
        Self::Lists,
        Self::Labels,
        Self::Notes,
        Self::Templates,
        Self::Snapshots,
        Self::Mappings,
        Self::Tokens,
    ];

    /// How many one person may keep: far more than anybody works with.
    #[must_use]
    pub fn most(self) -> i64 {
        match self {
            Self::Views | Self::Labels | Self::Mappings => 500,
            Self::Lists | Self::Snapshots => 1_000,
            Self::Notes => 50_000,
            Self::Templates => 2_000,
            Self::Tokens => 100,
        }
    }

    /// What it is called.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Views => "views",
            Self::Lists => "lists",
            Self::Labels => "labels",
            Self::Notes => "notes",
            Self::Templates => "versions of templates",
            Self::Snapshots => "frozen screens",
            Self::Mappings => "mappings",
            Self::Tokens => "API tokens",
        }
    }

    /// Counts what this person keeps. What is deleted counts until it is removed, so that deleting makes no room for more at once.
    fn question(self) -> &'static str {
        match self {
            Self::Views => "SELECT count(*) FROM views WHERE owner_id = $1",
            Self::Lists => "SELECT count(*) FROM lists WHERE owner_id = $1",
            Self::Labels => "SELECT count(*) FROM labels WHERE owner_id = $1",
            Self::Notes => "SELECT count(*) FROM notes WHERE author_id = $1",
            Self::Templates => "SELECT count(*) FROM analysis_templates WHERE made_by = $1",
            Self::Snapshots => "SELECT count(*) FROM screen_snapshots WHERE owner_id = $1",
            Self::Mappings => "SELECT count(*) FROM import_mappings WHERE saved_by = $1",
            Self::Tokens => {
                "SELECT count(*) FROM api_tokens WHERE user_id = $1 AND revoked_at IS NULL AND (expires_at IS NULL OR expires_at > now())"
            }
        }
    }
}

/// Whether the person may keep one more. Others that they add at the same time wait until the transaction ends, so that as many are counted as
/// there are.
///
/// # Errors
/// When the database does not answer.
pub async fn has_room(conn: &mut PgConnection, owner: Uuid, kept: Kept) -> sqlx::Result<bool> {
    sqlx::query("SELECT pg_advisory_xact_lock(hashtextextended($1, 7072))")
        .bind(format!("{}:{owner}", kept.name()))
        .execute(&mut *conn)
        .await?;
    let count: i64 = sqlx::query_scalar(kept.question()).bind(owner).fetch_one(conn).await?;
    Ok(count < kept.most())
}
