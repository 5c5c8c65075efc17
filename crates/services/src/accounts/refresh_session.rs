//! Renews a session by its refresh token, and ends one whose token was stolen; ends sessions on demand.

use chrono::{DateTime, Utc};
use serde_json::json;
use store::sessions::{self, Rotation};
use store::{PgPool, accounts, audit};
use uuid::Uuid;

use super::{Caller, Issued, issue};
use identity::{Identity, secret};

/// Why a session was not renewed.
#[derive(Debug, thiserror::Error)]
pub enum RefreshError {
    /// The token is unknown or its session is over.
    #[error("the refresh token is not known")]
    Unknown,
    /// The token was used before; the session was ended, for whoever holds it.
    #[error("the refresh token was used before")]
    Reused,
    /// Something does not work.
    #[error(transparent)]
    Failed(#[from] anyhow::Error),
}

impl From<sqlx::Error> for RefreshError {
    fn from(error: sqlx::Error) -> Self {
        Self::Failed(error.into())
    }
}

/// Uses the refresh token up and gives the next pair.
///
/// # Errors
/// See [`RefreshError`].
pub async fn refresh_session(
    db: &PgPool,
    identity: &Identity,
    refresh_token: &str,
    caller: &Caller,
    now: DateTime<Utc>,
) -> Result<Issued, RefreshError> {
    let old_hash = secret::digest(refresh_token);
    let mut tx = db.begin().await?;
    match sessions::rotate(&mut tx, &old_hash, &secret::random_bytes(), identity.session_limits).await? {
        Rotation::Renewed { session, successor_key } => {
            let next = secret::successor(refresh_token, &successor_key);
            sessions::keep_successor(&mut tx, session.id, &secret::digest(&next)).await?;
            let account = accounts::find(&mut tx, session.user).await?.ok_or(RefreshError::Unknown)?;
            let issued = issue(&mut tx, identity, account, &session, next, now).await?;
            tx.commit().await?;
            Ok(issued)
        }
        Rotation::Reused { session, user } => {
            let event = caller.event("session.revoke", None).about("session", session);
            let detail = json!({ "user": user, "because": "a refresh token was used twice" });
            audit::record(&mut tx, &event.with(detail)).await?;
            tx.commit().await?;
            identity.recheck_everybody();
            Err(RefreshError::Reused)
        }
        Rotation::Unknown => Err(RefreshError::Unknown),
    }
}

/// Which of a person's sessions end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Which {
    /// This one.
    This(Uuid),
    /// All but this one.
    Others(Uuid),
    /// All.
    All,
}

/// Ends sessions of a person; `actor` is themselves or an administrator.
///
/// # Errors
/// When the database does not answer.
pub async fn end_sessions(
    db: &PgPool,
    identity: &Identity,
    user: Uuid,
    which: Which,
    caller: &Caller,
    actor: Uuid,
) -> anyhow::Result<()> {
    let mut tx = db.begin().await?;
    let because = if actor == user { "signed out" } else { "ended by an administrator" };
    let ended = match which {
        Which::This(session) => {
            sessions::revoke(&mut tx, session, because).await?;
            vec![session]
        }
        Which::Others(kept) => sessions::revoke_all(&mut tx, user, Some(kept), because).await?,
        Which::All => {
            accounts::forget_links(&mut tx, user).await?;
            sessions::revoke_all(&mut tx, user, None, because).await?
        }
    };
    let event = caller.event("session.end", Some(actor)).about("user", user);
    audit::record(&mut tx, &event.with(json!({ "sessions": ended }))).await?;
    tx.commit().await?;
    identity.recheck_everybody();
    Ok(())
}
