//! Asking for a new password.

use store::accounts::LinkKind;
use store::failure::DatabaseError;
use store::{PgPool, account_identities, accounts, audit};

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
        // Whom a provider alone signs in gets no password by asking: the provider would be passed by.
        let is_by_provider = match &account {
            Some(account) if account.password_hash.is_none() => {
                !account_identities::of_user(&mut tx, account.user).await?.is_empty()
            }
            _ => false,
        };
        let is_mailed = !is_by_provider && mailed_link::ask(&mut tx, address, kind).await?.is_some();
        event = event.with(serde_json::json!({ "is_mailed": is_mailed }));
    }
    audit::record(&mut tx, &event).await?;
    Ok(tx.commit().await?)
}
