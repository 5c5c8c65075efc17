//! Makes accounts and the one-time links by which their people choose a password.

use chrono::{DateTime, TimeDelta, Utc};
use domain::access::Role;
use serde_json::json;
use store::accounts::{self, LinkKind};
use store::{PgConnection, PgPool, audit, users};
use uuid::Uuid;

use super::Caller;
use identity::secret;

/// How long an invitation is good.
const INVITE_DAYS: i64 = 7;
/// How long a link for a forgotten password is good.
const RECOVERY_HOURS: i64 = 24;

/// A link that was made; the token is shown once.
#[derive(Clone, Debug)]
pub struct Link {
    /// The person.
    pub user: Uuid,
    /// What it is for.
    pub kind: LinkKind,
    /// The secret.
    pub token: String,
    /// When it stops working.
    pub expires_at: DateTime<Utc>,
}

impl Link {
    /// The web app's address behind its origin. The token stands behind `#`, which browsers send to nobody.
    #[must_use]
    pub fn path(&self) -> String {
        format!("/accept#type={}&token_hash={}", self.kind.as_str(), self.token)
    }
}

/// Why nobody was invited.
#[derive(Debug, thiserror::Error)]
pub enum InviteError {
    /// It does not look like an address; the sentence says what is expected.
    #[error("{0}")]
    Address(String),
    /// The address has an account.
    #[error("{0} already has an account")]
    Exists(String),
    /// Something does not work.
    #[error(transparent)]
    Failed(#[from] anyhow::Error),
}

impl From<sqlx::Error> for InviteError {
    fn from(error: sqlx::Error) -> Self {
        Self::Failed(error.into())
    }
}

/// Makes an account without a password, and its invitation.
///
/// # Errors
/// See [`InviteError`].
pub async fn invite_user(
    db: &PgPool,
    email: &str,
    display_name: Option<&str>,
    role: Role,
    caller: &Caller,
    actor: Option<Uuid>,
    now: DateTime<Utc>,
) -> Result<Link, InviteError> {
    let email = email.trim();
    check_address(email)?;
    let name = display_name.map(str::trim).filter(|name| !name.is_empty());
    let name = name.or_else(|| email.split('@').next()).unwrap_or(email);
    let mut tx = db.begin().await?;
    let user = accounts::insert(&mut tx, email, name, role).await?;
    let user = user.ok_or_else(|| InviteError::Exists(email.to_owned()))?;
    let event = caller.event("user.invite", actor).about("user", user);
    audit::record(&mut tx, &event.with(json!({ "email": email, "role": role.as_str() }))).await?;
    let link = make_link(&mut tx, user, LinkKind::Invite, now).await?;
    tx.commit().await?;
    Ok(link)
}

/// Makes a new link for a person: an invitation where there is no password yet, else one to choose a new password. Earlier
/// links stop working. `None` when the person has no built-in account.
///
/// # Errors
/// When the database does not answer.
pub async fn renew_link(
    db: &PgPool,
    user: Uuid,
    caller: &Caller,
    actor: Option<Uuid>,
    now: DateTime<Utc>,
) -> anyhow::Result<Option<Link>> {
    let mut tx = db.begin().await?;
    let Some(account) = accounts::find(&mut tx, user).await? else { return Ok(None) };
    let kind = if account.password_hash.is_some() { LinkKind::Recovery } else { LinkKind::Invite };
    let event = caller.event("user.make_link", actor).about("user", user);
    audit::record(&mut tx, &event.with(json!({ "kind": kind.as_str() }))).await?;
    let link = make_link(&mut tx, user, kind, now).await?;
    tx.commit().await?;
    Ok(Some(link))
}

/// The first administrator of an installation and a link for them; `None` when an administrator can sign in already.
///
/// # Errors
/// When the database does not answer.
pub async fn first_administrator(db: &PgPool, email: &str, now: DateTime<Utc>) -> anyhow::Result<Option<Link>> {
    let mut conn = db.acquire().await?;
    let admins: Vec<_> = users::all(&mut conn)
        .await?
        .into_iter()
        .filter(|user| user.role == Role::Admin && user.origin == users::Origin::Builtin && user.disabled_at.is_none())
        .collect();
    let invited = accounts::invited(&mut conn).await?;
    let has_password = |user: Uuid| !invited.iter().any(|(waiting, _)| *waiting == user);
    if admins.iter().any(|admin| has_password(admin.id)) {
        return Ok(None);
    }
    drop(conn);
    let caller = Caller::default();
    // Nobody has opened the link of an earlier start: it is made anew, because only its hash was kept.
    match admins.first() {
        Some(waiting) => renew_link(db, waiting.id, &caller, None, now).await,
        None => Ok(Some(invite_user(db, email, Some("Administrator"), Role::Admin, &caller, None, now).await?)),
    }
}

async fn make_link(conn: &mut PgConnection, user: Uuid, kind: LinkKind, now: DateTime<Utc>) -> sqlx::Result<Link> {
    let token = secret::random_text();
    let lifetime = match kind {
        LinkKind::Invite => TimeDelta::days(INVITE_DAYS),
        LinkKind::Recovery => TimeDelta::hours(RECOVERY_HOURS),
    };
    let expires_at = now + lifetime;
    accounts::insert_link(conn, user, kind, &secret::digest(&token), expires_at).await?;
    Ok(Link { user, kind, token, expires_at })
}

/// Whether mail could go there; the grammar of addresses is wider than anybody uses.
fn check_address(email: &str) -> Result<(), InviteError> {
    let (name, host) = email.rsplit_once('@').unwrap_or_default();
    let is_sane = !name.is_empty()
        && host.contains('.')
        && !host.starts_with('.')
        && !host.ends_with('.')
        && email.len() <= 254
        && !email.chars().any(|c| c.is_whitespace() || c.is_control() || "<>(),;:\"\\".contains(c));
    if is_sane {
        return Ok(());
    }
    Err(InviteError::Address(format!("{email:?} is not an e-mail address such as anna@example.se")))
}

#[cfg(test)]
mod tests {
    use super::check_address;

    #[test]
    fn addresses_are_judged() {
        for valid in ["anna@example.se", "åsa.öberg+lode@företag.example"] {
            assert!(check_address(valid).is_ok(), "{valid}");
        }
        for bad in ["", "anna", "@example.se", "anna@", "anna@example", "anna@.se", "a b@example.se", "<a@example.se>"]
        {
            assert!(check_address(bad).is_err(), "{bad}");
        }
    }
}
