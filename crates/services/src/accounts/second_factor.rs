//! Second factors of built-in accounts: adding an authenticator app, proving one, recovery codes, taking them away.

use chrono::{DateTime, TimeDelta, Utc};
use serde_json::json;
use store::second_factors;
use store::sessions::{self, Session};
use store::{PgConnection, PgPool, accounts, audit};
use uuid::Uuid;

pub use store::second_factors::Factor;

use super::notice::{self, Notice};
use super::{Caller, Credentials, Issued, credentials_changed, issue};
use identity::{Identity, second_factor, secret};

/// Who changes second factors has proved who they are within this time: an open browser is not enough.
const FRESH_MINUTES: i64 = 15;
/// Characters of an app's name.
const LONGEST_NAME: usize = 100;
/// Characters of a code, with gaps: nothing that long is one.
const LONGEST_CODE: usize = 64;

/// Why nothing was done.
#[derive(Debug, thiserror::Error)]
pub enum FactorError {
    /// The person has no such app.
    #[error("there is no such second factor")]
    Unknown,
    /// The code is not right, or was taken before.
    #[error("the code is not right, or was used before")]
    Wrong,
    /// Too many codes were wrong.
    #[error("locked until {0}")]
    Locked(DateTime<Utc>),
    /// The person proved who they are too long ago.
    #[error("sign in again first")]
    Stale,
    /// The name cannot be used; the sentence says why.
    #[error("{0}")]
    Name(&'static str),
    /// There are as many as there may be.
    #[error("there are {0} second factors already; take one away first")]
    TooMany(usize),
    /// The installation has no key to seal secrets with.
    #[error("this installation keeps no second factors: its operator sets LODE_SECRET_KEY first")]
    NoKey,
    /// Something does not work.
    #[error(transparent)]
    Failed(#[from] anyhow::Error),
}

impl From<sqlx::Error> for FactorError {
    fn from(error: sqlx::Error) -> Self {
        Self::Failed(error.into())
    }
}

/// An app that waits for its first code.
#[derive(Clone, Debug)]
pub struct Enrolment {
    /// The app.
    pub id: Uuid,
    /// Its name.
    pub name: String,
    /// The secret as people type it.
    pub secret: String,
    /// The address that apps read from a QR code.
    pub address: String,
}

/// Adds an authenticator app, which counts once its first code was right.
///
/// # Errors
/// See [`FactorError`].
pub async fn enrol(
    db: &PgPool,
    identity: &Identity,
    session: &Session,
    name: &str,
    issuer: &str,
    caller: &Caller,
    now: DateTime<Utc>,
) -> Result<Enrolment, FactorError> {
    require_fresh(session, now)?;
    if !identity.sealer.has_key() {
        return Err(FactorError::NoKey);
    }
    let name = if name.trim().is_empty() { "Authenticator app" } else { name.trim() };
    if name.chars().count() > LONGEST_NAME || name.chars().any(char::is_control) {
        return Err(FactorError::Name("a name has 1 to 100 characters"));
    }
    let mut tx = db.begin().await?;
    let confirmed = second_factors::of_user(&mut tx, session.user).await?;
    if confirmed.iter().filter(|factor| factor.confirmed_at.is_some()).count() >= second_factors::MOST_FACTORS {
        return Err(FactorError::TooMany(second_factors::MOST_FACTORS));
    }
    let shared = second_factor::new_secret();
    let id = second_factors::insert(&mut tx, &identity.sealer, session.user, name, &shared).await?;
    let event = caller.event("second_factor.enrol", Some(session.user)).about("user", session.user);
    audit::record(&mut tx, &event.with(json!({ "factor": id }))).await?;
    tx.commit().await?;
    Ok(Enrolment {
        id,
        name: name.to_owned(),
        secret: second_factor::as_text(&shared),
        address: second_factor::address(&shared, &session.email, issuer),
    })
}

/// Proves the second factor by a code of the app, or by a recovery code, and goes on with new tokens. The first code confirms the app, ends
/// the person's other sessions and makes their links worthless.
///
/// # Errors
/// See [`FactorError`]. Attempts are counted before they are compared, and lock like those of passwords.
pub async fn prove(
    db: &PgPool,
    identity: &Identity,
    session: &Session,
    factor: Uuid,
    code: &str,
    caller: &Caller,
    now: DateTime<Utc>,
) -> Result<Issued, FactorError> {
    let counted_by = secret::digest(&format!("second-factor:{}", session.user));
    let mut tx = db.begin().await?;
    let locked_until = accounts::begin_attempt(&mut tx, &counted_by).await?.map_err(FactorError::Locked)?;
    tx.commit().await?;

    let mut tx = db.begin().await?;
    let found = second_factors::find(&mut tx, &identity.sealer, session.user, factor).await?;
    let found = found.ok_or(FactorError::Unknown)?;
    let is_first = found.factor.confirmed_at.is_none();
    // Adding an app changes credentials; proving one that is there does not.
    if is_first {
        require_fresh(session, now)?;
    }
    let by = match take(&mut tx, session.user, &found, code, now).await? {
        Some(by) => by,
        None => {
            drop(tx);
            let event = caller.event("second_factor.refuse", Some(session.user)).about("user", session.user);
            let event = event.with(json!({ "factor": factor, "locked_until": locked_until }));
            let mut tx = db.begin().await?;
            audit::record(&mut tx, &event).await?;
            tx.commit().await?;
            return Err(FactorError::Wrong);
        }
    };
    accounts::forget_failures(&mut tx, &counted_by).await?;
    let refresh_token = secret::random_text();
    sessions::note_second_factor(&mut tx, session.id, &secret::digest(&refresh_token)).await?;
    let action = if is_first { "second_factor.confirm" } else { "second_factor.prove" };
    let event = caller.event(action, Some(session.user)).about("user", session.user);
    audit::record(&mut tx, &event.with(json!({ "factor": factor, "by": by }))).await?;
    if is_first {
        credentials_changed(&mut tx, session.user, Credentials::KeepSession(session.id), "a second factor was added")
            .await?;
    }
    let told = match (is_first, by) {
        (true, _) => Some(Notice::FactorAdded),
        (false, "app") => None,
        (false, _) => Some(Notice::CodeUsed),
    };
    if let Some(told) = told {
        notice::tell(&mut tx, Some(identity), session.user, told, caller, now).await?;
    }
    let account = accounts::find(&mut tx, session.user).await?.ok_or(FactorError::Unknown)?;
    let session = Session { second_factor_at: Some(now), has_second_factor: true, ..session.clone() };
    let issued = issue(&mut tx, identity, account, &session, refresh_token, now).await?;
    tx.commit().await?;
    identity.recheck_everybody();
    Ok(issued)
}

/// Takes the code, once; returns what it was.
async fn take(
    conn: &mut PgConnection,
    user: Uuid,
    found: &second_factors::FactorSecret,
    code: &str,
    now: DateTime<Utc>,
) -> sqlx::Result<Option<&'static str>> {
    if code.len() > LONGEST_CODE {
        return Ok(None);
    }
    if second_factor::is_app_code(code) {
        let Some(step) = second_factor::check(&found.secret, code, found.last_step, now) else { return Ok(None) };
        return Ok(second_factors::take_step(conn, found.factor.id, step).await?.then_some("app"));
    }
    // Recovery codes stand in for an app that is confirmed; they confirm none.
    if found.factor.confirmed_at.is_none() {
        return Ok(None);
    }
    let is_taken = second_factors::use_code(conn, user, &second_factor::recovery_digest(user, code)).await?;
    Ok(is_taken.then_some("recovery code"))
}

/// Makes new recovery codes, which are told this once; earlier ones are worth nothing.
///
/// # Errors
/// See [`FactorError`].
pub async fn renew_codes(
    db: &PgPool,
    identity: &Identity,
    session: &Session,
    caller: &Caller,
    now: DateTime<Utc>,
) -> Result<Vec<String>, FactorError> {
    require_fresh(session, now)?;
    if !session.has_second_factor {
        return Err(FactorError::Unknown);
    }
    let codes = second_factor::new_recovery_codes();
    let hashes: Vec<_> = codes.iter().map(|code| second_factor::recovery_digest(session.user, code)).collect();
    let mut tx = db.begin().await?;
    second_factors::replace_codes(&mut tx, session.user, &hashes).await?;
    accounts::forget_links(&mut tx, session.user).await?;
    notice::tell(&mut tx, Some(identity), session.user, Notice::CodesRenewed, caller, now).await?;
    let event = caller.event("second_factor.renew_codes", Some(session.user)).about("user", session.user);
    audit::record(&mut tx, &event).await?;
    tx.commit().await?;
    Ok(codes)
}

/// Takes one of one's own apps away; links become worthless and other sessions end.
///
/// # Errors
/// See [`FactorError`].
pub async fn remove(
    db: &PgPool,
    identity: &Identity,
    session: &Session,
    factor: Uuid,
    caller: &Caller,
    now: DateTime<Utc>,
) -> Result<(), FactorError> {
    require_fresh(session, now)?;
    let mut tx = db.begin().await?;
    if !second_factors::delete(&mut tx, session.user, factor).await? {
        return Err(FactorError::Unknown);
    }
    credentials_changed(&mut tx, session.user, Credentials::KeepSession(session.id), "a second factor was removed")
        .await?;
    notice::tell(&mut tx, Some(identity), session.user, Notice::FactorRemoved, caller, now).await?;
    let event = caller.event("second_factor.remove", Some(session.user)).about("user", session.user);
    audit::record(&mut tx, &event.with(json!({ "factor": factor }))).await?;
    tx.commit().await?;
    identity.recheck_everybody();
    Ok(())
}

/// Takes away every second factor of a person who lost theirs, and ends their sessions; returns how many apps there were, `None` when the
/// person has no account. Administrators do this.
///
/// # Errors
/// When the database does not answer.
pub async fn reset(
    db: &PgPool,
    identity: Option<&Identity>,
    user: Uuid,
    caller: &Caller,
    actor: Option<Uuid>,
    now: DateTime<Utc>,
) -> crate::error::Result<Option<u64>> {
    let mut tx = db.begin().await?;
    if accounts::find(&mut tx, user).await?.is_none() {
        return Ok(None);
    }
    let removed = second_factors::delete_all(&mut tx, user).await?;
    credentials_changed(&mut tx, user, Credentials::EndAll, "the second factor was reset").await?;
    notice::tell(&mut tx, identity, user, Notice::FactorsReset, caller, now).await?;
    let event = caller.event("second_factor.reset", actor).about("user", user);
    audit::record(&mut tx, &event.with(json!({ "removed": removed }))).await?;
    tx.commit().await?;
    if let Some(identity) = identity {
        identity.recheck_everybody();
    }
    Ok(Some(removed))
}

/// Second factors of a person, and how many recovery codes they have left.
///
/// # Errors
/// When the database does not answer.
pub async fn of_user(db: &PgPool, user: Uuid) -> crate::error::Result<(Vec<Factor>, i64)> {
    let mut conn = db.acquire().await?;
    Ok((second_factors::of_user(&mut conn, user).await?, second_factors::codes_left(&mut conn, user).await?))
}

/// Who has a second factor proved it a moment ago; who has none signed in a moment ago.
fn require_fresh(session: &Session, now: DateTime<Utc>) -> Result<(), FactorError> {
    let proved_at = if session.has_second_factor { session.second_factor_at } else { Some(session.created_at) };
    let is_fresh = proved_at.is_some_and(|at| at > now - TimeDelta::minutes(FRESH_MINUTES));
    if is_fresh { Ok(()) } else { Err(FactorError::Stale) }
}
