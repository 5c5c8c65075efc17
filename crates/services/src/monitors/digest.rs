//! The daily message: what changed on the screens that somebody wants to be told of once a day.

use std::collections::BTreeMap;

use store::monitors::{self, FoundChange};
use store::{PgPool, deliveries};
use uuid::Uuid;

use super::email;
use super::tell::{Told, tell};

/// Tells everyone of the changes that wait for the daily message, each person in one transaction; returns how many changes.
///
/// # Errors
/// When the database does not answer; those told before the failure stay told, the others wait.
pub async fn send_digests(db: &PgPool, public_url: Option<&str>) -> sqlx::Result<usize> {
    let mut by_user: BTreeMap<Uuid, Vec<Uuid>> = BTreeMap::new();
    for (monitor, user) in monitors::with_untold(&mut *db.acquire().await?).await? {
        by_user.entry(user).or_default().push(monitor);
    }
    let mut told = 0;
    for (user, ids) in by_user {
        let mut tx = db.begin().await?;
        let mut emails: Vec<FoundChange> = Vec::new();
        for id in ids {
            let Some(monitor) = monitors::find(&mut tx, id).await? else { continue };
            let changes = monitors::take_untold(&mut tx, id).await?;
            tell(&mut tx, &monitor, &Told::Daily(&changes), public_url).await?;
            told += changes.len();
            if monitor.by_email {
                emails.extend(changes);
            }
        }
        if !emails.is_empty() {
            deliveries::insert_email(&mut tx, user, "screens.digest", &email::of_changes(&emails, public_url)).await?;
        }
        tx.commit().await?;
    }
    Ok(told)
}
