//! Changes one's own password and name.

use chrono::{DateTime, TimeDelta, Utc};
use store::accounts::{self, Account};
use store::sessions::Session;
use store::{PgPool, audit, users};

use super::notice::{self, Notice};
use super::sign_in::{SignInError, check_password};
use super::{Caller, Credentials, credentials_changed};
use identity::{Identity, password};

/// A link lets its person choose a password without the old one for this long.
const LINK_GRACE_MINUTES: i64 = 60;

/// Why nothing was changed.
#[derive(Debug, thiserror::Error)]
pub enum ChangeError {
    /// The new password is not taken; the sentence says why.
    #[error("{0}")]
    Weak(String),
    /// The present password must be given.
    #[error("the present password is needed")]
    NeedsPassword,
    /// The account is signed in to by an identity provider alone.
    #[error(
        "this account has no password: an identity provider signs its person in; an administrator makes a link to choose one"
    )]
    ByProvider,
    /// The new password is the present one.
    #[error("the new password is the present one")]
    Same,
    /// The present password is not right, or too often was not.
    #[error(transparent)]
    SignIn(#[from] SignInError),
}

impl From<sqlx::Error> for ChangeError {
    fn from(error: sqlx::Error) -> Self {
        Self::SignIn(error.into())
    }
}

impl From<anyhow::Error> for ChangeError {
    fn from(error: anyhow::Error) -> Self {
        Self::SignIn(error.into())
    }
}

/// Sets a new password and ends every other session of the person. Without the present password only a session that a link
/// began may do so, for an hour: whoever finds an open browser cannot take the account over.
///
/// # Errors
/// See [`ChangeError`].
pub async fn change_password(
    db: &PgPool,
    identity: &Identity,
    session: &Session,
    present: Option<String>,
    new: String,
    caller: &Caller,
    now: DateTime<Utc>,
) -> Result<(), ChangeError> {
    if let Some(weakness) = password::weakness(&new, &session.email) {
        return Err(ChangeError::Weak(weakness));
    }
    let account = find(db, session).await?;
    let is_by_link = matches!(session.method.as_str(), "invite" | "recovery")
        && session.created_at > now - TimeDelta::minutes(LINK_GRACE_MINUTES);
    // Whoever the provider lets in no more must not come in by a password that nobody gave them.
    if account.password_hash.is_none() && !is_by_link && session.method == "oidc" {
        return Err(ChangeError::ByProvider);
    }
    if account.password_hash.is_some() && !is_by_link {
        let present = present.ok_or(ChangeError::NeedsPassword)?;
        if present == new {
            return Err(ChangeError::Same);
        }
        check_password(db, identity, &account.email, present, caller).await?;
    }
    let hash = identity.passwords.hash(new).await?;
    let mut tx = db.begin().await?;
    accounts::set_password(&mut tx, session.user, &hash).await?;
    credentials_changed(&mut tx, session.user, Credentials::KeepSession(session.id), "the password was changed")
        .await?;
    // The first one is no change that anybody must hear about.
    if account.password_hash.is_some() {
        notice::tell(&mut tx, Some(identity), session.user, Notice::PasswordChanged, caller, now).await?;
    }
    let event = caller.event("account.change_password", Some(session.user)).about("user", session.user);
    audit::record(&mut tx, &event).await?;
    tx.commit().await?;
    identity.recheck_everybody();
    Ok(())
}

/// Changes the name that colleagues see.
///
/// # Errors
/// When the database does not answer.
pub async fn change_name(db: &PgPool, session: &Session, name: &str, caller: &Caller) -> anyhow::Result<()> {
    let mut tx = db.begin().await?;
    users::update(&mut tx, session.user, session.role, name).await?;
    let event = caller.event("account.change_name", Some(session.user)).about("user", session.user);
    // The log cannot be changed when somebody is erased, so it keeps no names.
    audit::record(&mut tx, &event).await?;
    tx.commit().await?;
    Ok(())
}

async fn find(db: &PgPool, session: &Session) -> anyhow::Result<Account> {
    let found = accounts::find(&mut *db.acquire().await?, session.user).await?;
    found.ok_or_else(|| anyhow::anyhow!("the account of session {} is gone", session.id))
}
