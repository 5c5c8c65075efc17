//! Makes accounts and the one-time links by which their people choose a password.

use chrono::{DateTime, Utc};
use domain::access::Role;
use serde_json::json;
use store::accounts::{self, LinkKind};
use store::{PgConnection, PgPool, audit, users};
use uuid::Uuid;

pub use store::accounts::Link;

use super::Caller;
use super::mailed_link;
use config::AccountDomains;

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

/// Whom to invite.
#[derive(Clone, Copy, Debug)]
pub struct Invitation<'a> {
    /// Their address.
    pub email: &'a str,
    /// The name that colleagues see; the address's first part without one.
    pub display_name: Option<&'a str>,
    /// What they may do.
    pub role: Role,
    /// Whose addresses may have an account.
    pub domains: &'a AccountDomains,
}

impl<'a> Invitation<'a> {
    /// The address and the name that colleagues see.
    fn judge(&self) -> Result<(&'a str, &'a str), InviteError> {
        let email = self.email.trim();
        check_address(email)?;
        if !self.domains.admit(email) {
            let domains = self.domains;
            let why =
                format!("{email} cannot have an account here: its domain is none of {domains} (LODE_ACCOUNT_DOMAINS)");
            return Err(InviteError::Address(why));
        }
        let name = self.display_name.map(str::trim).filter(|name| !name.is_empty());
        Ok((email, name.or_else(|| email.split('@').next()).unwrap_or(email)))
    }
}

/// Makes an account without a password, and its invitation.
///
/// # Errors
/// See [`InviteError`].
pub async fn invite_user(
    db: &PgPool,
    invitation: &Invitation<'_>,
    caller: &Caller,
    actor: Option<Uuid>,
    now: DateTime<Utc>,
) -> Result<Link, InviteError> {
    let mut tx = db.begin().await?;
    let user = insert_account(&mut tx, invitation, caller, actor).await?;
    let link = accounts::make_link(&mut tx, user, LinkKind::Invite, now).await?;
    tx.commit().await?;
    Ok(link)
}

/// Makes an account without a password and has its invitation mailed; returns whose.
///
/// # Errors
/// See [`InviteError`].
pub async fn mail_invitation(
    db: &PgPool,
    invitation: &Invitation<'_>,
    caller: &Caller,
    actor: Option<Uuid>,
) -> Result<Uuid, InviteError> {
    let mut tx = db.begin().await?;
    let user = insert_account(&mut tx, invitation, caller, actor).await?;
    mailed_link::ask(&mut tx, invitation.email.trim(), LinkKind::Invite).await?;
    tx.commit().await?;
    Ok(user)
}

async fn insert_account(
    tx: &mut PgConnection,
    invitation: &Invitation<'_>,
    caller: &Caller,
    actor: Option<Uuid>,
) -> Result<Uuid, InviteError> {
    let (email, name) = invitation.judge()?;
    let role = invitation.role;
    let user = accounts::insert(tx, email, name, role).await?;
    let user = user.ok_or_else(|| InviteError::Exists(email.to_owned()))?;
    let event = caller.event("user.invite", actor).about("user", user);
    audit::record(tx, &event.with(json!({ "role": role.as_str() }))).await?;
    Ok(user)
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
    let kind = LinkKind::needed_by(&account);
    let event = caller.event("user.make_link", actor).about("user", user);
    audit::record(&mut tx, &event.with(json!({ "kind": kind.as_str() }))).await?;
    let link = accounts::make_link(&mut tx, user, kind, now).await?;
    tx.commit().await?;
    Ok(Some(link))
}

/// The first administrator of an installation and a link for them; `None` when an administrator can sign in already.
///
/// # Errors
/// When the database does not answer.
pub async fn first_administrator(
    db: &PgPool,
    domains: &AccountDomains,
    email: &str,
    now: DateTime<Utc>,
) -> anyhow::Result<Option<Link>> {
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
        None => {
            let name = Some("Administrator");
            let invitation = Invitation { email, display_name: name, role: Role::Admin, domains };
            Ok(Some(invite_user(db, &invitation, &caller, None, now).await?))
        }
    }
}

/// Whether mail could go there; the grammar of addresses is wider than anybody uses.
pub(super) fn check_address(email: &str) -> Result<(), InviteError> {
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
