//! Asking for a new password.

use store::failure::DatabaseError;
use store::{PgPool, accounts, audit};

use super::Caller;

/// Notes in the audit log that somebody asked; administrators see it and make a link. It is written for unknown addresses too, so that both
/// cases take the same time.
///
/// # Errors
/// When the database does not answer.
pub async fn ask_recovery(db: &PgPool, caller: &Caller, email: &str) -> Result<(), DatabaseError> {
    let mut tx = db.begin().await?;
    let mut event = caller.event("account.ask_recovery", None);
    if let Some(account) = accounts::find_by_email(&mut tx, email).await? {
        event = event.about("user", account.user);
    }
    audit::record(&mut tx, &event).await?;
    Ok(tx.commit().await?)
}
