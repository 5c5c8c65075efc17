//! Asking for a new password.

use store::accounts::LinkKind;
use store::failure::DatabaseError;
use store::{PgPool, accounts, audit};

use super::{Caller, mailed_link};
use identity::Identity;

/// Has a link mailed to whoever has an account by that address, where links can be mailed, and notes in the audit log that somebody asked; where
/// they cannot, administrators see it there and make a link. The same is done for unknown addresses, so that both cases take the same time.
///
/// # Errors
/// When the database does not answer.
pub async fn ask_recovery(db: &PgPool, identity: &Identity, caller: &Caller, email: &str) -> Result<(), DatabaseError> {
    let mut tx = db.begin().await?;
    let mut event = caller.event("account.ask_recovery", None);
    let account = accounts::find_by_email(&mut tx, email).await?;
    if let Some(account) = &account {
        event = event.about("user", account.user);
    }
    if identity.mails_links {
        // An account is asked for by its own address, however that was typed.
        let address = account.as_ref().map_or(email, |account| &account.email);
        let kind = account.as_ref().map_or(LinkKind::Recovery, LinkKind::needed_by);
        let delivery = mailed_link::ask(&mut tx, address, kind).await?;
        event = event.with(serde_json::json!({ "is_mailed": delivery.is_some() }));
    }
    audit::record(&mut tx, &event).await?;
    Ok(tx.commit().await?)
}
