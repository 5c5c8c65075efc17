//! Signs in with address and password, and locks out whoever guesses.

use chrono::{DateTime, Utc};
use store::{PgPool, accounts, audit};

use super::{Caller, Issued, begin_session};
use identity::{Identity, secret};

/// Why nobody was signed in.
#[derive(Debug, thiserror::Error)]
pub enum SignInError {
    /// Address or password are not right, or the account is kept out: a stranger is not told which.
    #[error("address or password are not right")]
    Wrong,
    /// Too many failures; nothing was compared.
    #[error("locked until {0}")]
    Locked(DateTime<Utc>),
    /// Something does not work.
    #[error(transparent)]
    Failed(#[from] anyhow::Error),
}

impl From<sqlx::Error> for SignInError {
    fn from(error: sqlx::Error) -> Self {
        Self::Failed(error.into())
    }
}

/// Begins a session when the password is right.
///
/// # Errors
/// See [`SignInError`]. A wrong password, an unknown address and a disabled account take the same time and count alike.
pub async fn sign_in(
    db: &PgPool,
    identity: &Identity,
    email: &str,
    password: String,
    caller: &Caller,
    now: DateTime<Utc>,
) -> Result<Issued, SignInError> {
    let account = check_password(db, identity, email, password, caller).await?;
    let mut tx = db.begin().await?;
    let issued = begin_session(&mut tx, identity, account, "password", caller, now).await?;
    tx.commit().await?;
    Ok(issued)
}

/// The account, when the password is right and it is not kept out. Failures are counted and logged.
///
/// # Errors
/// See [`SignInError`].
pub async fn check_password(
    db: &PgPool,
    identity: &Identity,
    email: &str,
    password: String,
    caller: &Caller,
) -> Result<accounts::Account, SignInError> {
    // Which spellings mean the same address is the database's to say: an account is counted by its own address, however that was typed.
    let account = accounts::find_by_email(&mut *db.acquire().await?, email.trim()).await?;
    let counted_by = secret::address_digest(account.as_ref().map_or(email, |account| &account.email));
    let mut tx = db.begin().await?;
    let locked_until = match accounts::begin_attempt(&mut tx, &counted_by).await? {
        Ok(locked_until) => locked_until,
        Err(until) => return Err(SignInError::Locked(until)),
    };
    // Neither a connection nor the address's lock is kept while the password is computed.
    tx.commit().await?;
    let kept = account.as_ref().and_then(|account| account.password_hash.clone());
    let is_right = identity.passwords.verify(password, kept).await?;
    let mut tx = db.begin().await?;
    match account.clone().filter(|account| is_right && !account.is_disabled) {
        Some(account) => {
            accounts::forget_failures(&mut tx, &counted_by).await?;
            tx.commit().await?;
            Ok(account)
        }
        None => {
            // What was typed as an address may be a password: an unknown one is not written down.
            let mut event = caller.event("session.refuse", None);
            if let Some(account) = &account {
                event = event.about("user", account.user);
            }
            let event = event.with(serde_json::json!({ "locked_until": locked_until }));
            audit::record(&mut tx, &event).await?;
            tx.commit().await?;
            Err(SignInError::Wrong)
        }
    }
}
