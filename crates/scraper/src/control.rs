//! What a person does to a session: each action in one transaction with its event of the audit log.

use serde_json::Value;
use store::audit::{self, Event};
use store::failure::DatabaseError;
use store::scraper::{items, sessions, staged};
use store::{PgConnection, PgPool};
use uuid::Uuid;

pub use store::scraper::items::Item;
pub use store::scraper::sessions::{Counts, Session};
pub use store::scraper::staged::Staged;

const ALL_PHASES: [&str; 3] = ["fetch", "validate", "promote"];

/// What can be done to a session.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Action {
    /// Starts fetching.
    Start,
    /// Pauses; what is under way is left, and what was fetched stays.
    Pause,
    /// Goes on where it was paused or failed.
    Resume,
    /// Ends it; what was taken over stays taken over.
    Cancel,
    /// Tries the failed items again.
    Retry,
    /// Validates what was fetched.
    Validate,
    /// Takes what is valid or suspect over into the main tables.
    Promote,
}

impl Action {
    /// The name used in the API.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Start => "start",
            Self::Pause => "pause",
            Self::Resume => "resume",
            Self::Cancel => "cancel",
            Self::Retry => "retry",
            Self::Validate => "validate",
            Self::Promote => "promote",
        }
    }

    /// The name used in the audit log.
    #[must_use]
    pub fn event(self) -> &'static str {
        match self {
            Self::Start => "scraper.start",
            Self::Pause => "scraper.pause",
            Self::Resume => "scraper.resume",
            Self::Cancel => "scraper.cancel",
            Self::Retry => "scraper.retry",
            Self::Validate => "scraper.validate",
            Self::Promote => "scraper.promote",
        }
    }

    async fn apply(self, conn: &mut PgConnection, id: Uuid) -> sqlx::Result<bool> {
        let both = ["fetch", "validate"];
        match self {
            Self::Start => sessions::move_to(conn, id, &["fetch"], &["created"], None, "running").await,
            Self::Pause => sessions::move_to(conn, id, &ALL_PHASES, &["running"], None, "paused").await,
            Self::Resume => sessions::move_to(conn, id, &ALL_PHASES, &["paused", "failed"], None, "running").await,
            Self::Cancel => {
                let from = ["created", "running", "paused", "failed"];
                sessions::move_to(conn, id, &ALL_PHASES, &from, None, "cancelled").await
            }
            Self::Retry => {
                let moved = sessions::move_to(conn, id, &both, &["done"], Some("fetch"), "running").await?;
                Ok(moved && items::retry_failed(conn, id).await? > 0)
            }
            Self::Validate => sessions::move_to(conn, id, &both, &["done"], Some("validate"), "running").await,
            Self::Promote => sessions::move_to(conn, id, &["validate"], &["done"], Some("promote"), "running").await,
        }
    }
}

fn about(event: Event, id: Uuid) -> Event {
    Event { subject: Some(format!("scraper_session:{id}")), ..event }
}

/// Makes a session, and starts it where that is asked for. `event` says who does it.
///
/// # Errors
/// When the database does not answer.
pub async fn create(
    db: &PgPool,
    source: &str,
    options: &Value,
    by: Uuid,
    is_started: bool,
    event: Event,
) -> Result<Uuid, DatabaseError> {
    let id = Uuid::now_v7();
    let mut tx = db.begin().await?;
    sessions::create(&mut tx, id, source, options, Some(by)).await?;
    if is_started {
        Action::Start.apply(&mut tx, id).await?;
    }
    let detail = serde_json::json!({ "source": source, "is_started": is_started });
    audit::record(&mut tx, &about(event, id).with(detail)).await?;
    tx.commit().await?;
    Ok(id)
}

/// Does something to a session; false, with nothing done, when it does not stand where that is possible. `event` says who does it.
///
/// # Errors
/// When the database does not answer.
pub async fn act(db: &PgPool, id: Uuid, action: Action, event: Event) -> Result<bool, DatabaseError> {
    let mut tx = db.begin().await?;
    if !action.apply(&mut tx, id).await? {
        return Ok(false);
    }
    audit::record(&mut tx, &about(event, id)).await?;
    tx.commit().await?;
    Ok(true)
}

/// A session with its counts.
///
/// # Errors
/// When the database does not answer.
pub async fn find(db: &PgPool, id: Uuid) -> Result<Option<(Session, Counts)>, DatabaseError> {
    let mut conn = db.acquire().await?;
    let Some(session) = sessions::get(&mut conn, id).await? else { return Ok(None) };
    let counts = sessions::counts(&mut conn, id).await?;
    Ok(Some((session, counts)))
}

/// A page of sessions, newest first, each with its counts, and how many there are.
///
/// # Errors
/// When the database does not answer.
pub async fn page(db: &PgPool, limit: i64, offset: i64) -> Result<(Vec<(Session, Counts)>, i64), DatabaseError> {
    let mut conn = db.acquire().await?;
    let (found, total) = sessions::page(&mut conn, limit, offset).await?;
    let ids: Vec<Uuid> = found.iter().map(|session| session.id).collect();
    let mut counts = sessions::counts_of(&mut conn, &ids).await?;
    let shown = found.into_iter().map(|session| {
        let counts = counts.remove(&session.id).unwrap_or_default();
        (session, counts)
    });
    Ok((shown.collect(), total))
}

/// A page of what a session fetches, of one state or all, and how much there is.
///
/// # Errors
/// When the database does not answer.
pub async fn items(
    db: &PgPool,
    id: Uuid,
    state: Option<&str>,
    limit: i64,
    offset: i64,
) -> Result<(Vec<Item>, i64), DatabaseError> {
    Ok(items::page(&mut *db.acquire().await?, id, state, limit, offset).await?)
}

/// A page of what a session has fetched, of one state or all, and how much there is.
///
/// # Errors
/// When the database does not answer.
pub async fn staged(
    db: &PgPool,
    id: Uuid,
    state: Option<&str>,
    limit: i64,
    offset: i64,
) -> Result<(Vec<Staged>, i64), DatabaseError> {
    Ok(staged::page(&mut *db.acquire().await?, id, state, limit, offset).await?)
}
