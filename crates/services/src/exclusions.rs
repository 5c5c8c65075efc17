//! The organisation's exclusions: companies that every screen leaves out unless it is asked not to, with the reason.

use domain::orgnr::Orgnr;
use serde_json::{Value, json};
use store::membership_changes::Holder;
use store::{PgConnection, PgPool, audit, exclusions};
use universe::sets::Sets;

pub use store::exclusions::Exclusion;

use crate::actor::Actor;
use crate::error::Result;
use crate::lists::change_members::{self, Changed, Told};
use crate::lists::items::MembersChanged;

/// A page of the excluded companies whose name, reason or number has these words, the last added first, and how many there are.
///
/// # Errors
/// When the database does not answer.
pub async fn page(db: &PgPool, words: &str, limit: i64, offset: i64) -> Result<(Vec<Exclusion>, i64)> {
    Ok(exclusions::page(&mut *db.acquire().await?, words, limit, offset).await?)
}

/// Hides companies from every screen; those that are hidden keep their reason.
///
/// # Errors
/// When the database does not answer.
pub async fn exclude(db: &PgPool, sets: &Sets, actor: &Actor, orgnrs: &[i64], reason: &str) -> Result<MembersChanged> {
    let mut tx = db.begin().await?;
    actor.ensure(&mut tx).await?;
    let told = Told { name: reason.to_owned(), is_private: false };
    let done = change_members::add(&mut tx, actor.user, Holder::Exclusions, &told, orgnrs, Some(reason)).await?;
    let detail = json!({ "reason": reason, "count": done.orgnrs.len(), "change": done.change });
    record(&mut tx, actor, "exclusion.add", &done.orgnrs, detail).await?;
    tx.commit().await?;
    changed(db, sets, &done, orgnrs.len()).await
}

/// Shows companies again.
///
/// # Errors
/// When the database does not answer.
pub async fn show_again(db: &PgPool, sets: &Sets, actor: &Actor, orgnrs: &[i64]) -> Result<MembersChanged> {
    let mut tx = db.begin().await?;
    actor.ensure(&mut tx).await?;
    let told = Told { name: String::new(), is_private: false };
    let done = change_members::remove(&mut tx, actor.user, Holder::Exclusions, &told, orgnrs).await?;
    let detail = change_members::detail(done.orgnrs.len(), done.change);
    record(&mut tx, actor, "exclusion.remove", &done.orgnrs, detail).await?;
    tx.commit().await?;
    changed(db, sets, &done, 0).await
}

async fn changed(db: &PgPool, sets: &Sets, done: &Changed, given: usize) -> Result<MembersChanged> {
    sets.forget_exclusions();
    let count = exclusions::page(&mut *db.acquire().await?, "", 0, 0).await?.1;
    Ok(MembersChanged::new(done, given, count))
}

async fn record(
    conn: &mut PgConnection,
    actor: &Actor,
    action: &'static str,
    orgnrs: &[i64],
    detail: Value,
) -> Result<()> {
    let mut event = actor.event(action).with(detail);
    event.orgnr = match orgnrs {
        [only] => Orgnr::from_number(only.cast_unsigned()).ok(),
        _ => None,
    };
    Ok(audit::record(conn, &event).await?)
}
