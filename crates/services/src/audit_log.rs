//! The audit log: reading it, taking it out, and checking that nobody changed it.

use serde_json::json;
use store::{PgPool, audit};

pub use store::audit::{Entry, Filter, Verification};

use crate::actor::Actor;
use crate::error::Result;

/// Events below `before`, newest first.
///
/// # Errors
/// When the database does not answer.
pub async fn page(db: &PgPool, filter: &Filter, before: Option<i64>, limit: i64) -> Result<Vec<Entry>> {
    Ok(audit::page(&mut *db.acquire().await?, filter, before, limit).await?)
}

/// The actions that occur in the log.
///
/// # Errors
/// When the database does not answer.
pub async fn actions(db: &PgPool) -> Result<Vec<String>> {
    Ok(audit::actions(&mut *db.acquire().await?).await?)
}

/// Notes that the person takes the filtered log out; the export begins after it.
///
/// # Errors
/// When the database does not answer.
pub async fn note_export(db: &PgPool, actor: &Actor, filter: &Filter) -> Result<()> {
    let asked =
        json!({ "action": filter.action, "subject": filter.subject, "actor": filter.actor, "orgnr": filter.orgnr });
    let mut tx = db.begin().await?;
    audit::record(&mut tx, &actor.event("audit.export").with(asked)).await?;
    tx.commit().await?;
    Ok(())
}

/// Seals what is not sealed yet, then checks the whole chain.
///
/// # Errors
/// When the database does not answer.
pub async fn verify(db: &PgPool) -> Result<Verification> {
    let mut conn = db.acquire().await?;
    audit::seal(&mut conn).await?;
    Ok(audit::verify(&mut conn).await?)
}
