//! Signs in by a one-time link: an invitation, or one for a forgotten password.

use chrono::{DateTime, Utc};
use store::accounts::{self, LinkKind};
use store::{PgPool, audit};

use super::notice::{self, Notice};
use super::{Caller, Issued, begin_session};
use identity::{Identity, secret};

/// Uses the link up and begins a session in which a password can be chosen; `None` when the link is unknown, used or over.
///
/// # Errors
/// When something does not work.
pub async fn accept_link(
    db: &PgPool,
    identity: &Identity,
    kind: LinkKind,
    token: &str,
    caller: &Caller,
    now: DateTime<Utc>,
) -> anyhow::Result<Option<Issued>> {
    let mut tx = db.begin().await?;
    let Some(user) = accounts::use_link(&mut tx, kind, &secret::digest(token)).await? else { return Ok(None) };
    let Some(account) = accounts::find(&mut tx, user).await?.filter(|account| !account.is_disabled) else {
        return Ok(None);
    };
    let event = caller.event("account.accept_link", Some(user)).about("user", user);
    audit::record(&mut tx, &event.with(serde_json::json!({ "kind": kind.as_str() }))).await?;
    accounts::forget_failures(&mut tx, &secret::address_digest(&account.email)).await?;
    if kind == LinkKind::Recovery {
        notice::tell(&mut tx, Some(identity), user, Notice::LinkUsed, caller, now).await?;
    }
    let issued = begin_session(&mut tx, identity, account, kind.as_str(), caller, now).await?;
    tx.commit().await?;
    Ok(Some(issued))
}
