//! Frozen screens: kept with their companies, run again later, removed.

use domain::filter::Filter;
use domain::filter::json::{from_json, to_json};
use domain::filter::print::print;
use domain::filter::vocabulary::Vocabulary;
use domain::orgnr::Orgnr;
use store::snapshots::{self, Known, NewSnapshot};
use store::universe::Where;
use store::{PgPool, audit};
use universe::engines::{ScreenError, matching_at};
use universe::index::ScreenIndex;
use universe::sets::{Asker, Resolved, by_id, resolve};
use uuid::Uuid;

pub use store::snapshots::{Difference, Snapshot};

use crate::actor::Actor;
use crate::error::{Result, ServiceError};
use crate::quota::full;
use store::quotas::{Kept, has_room};

fn missing(id: Uuid) -> ServiceError {
    ServiceError::Missing(format!("there is no snapshot {id}"))
}

/// Freezes a screen. Everyone sees it, so its filter must not name what only one person may see.
///
/// # Errors
/// The filter names a private list, or a set that the person cannot see.
pub async fn create(
    db: &PgPool,
    index: &ScreenIndex,
    actor: &Actor,
    asker: Asker,
    filter: Filter,
    name: Option<&str>,
) -> Result<Snapshot> {
    let kept = by_id(&mut *db.acquire().await?, actor.user, filter.clone()).await?;
    if let Some(private) = kept.private {
        let message =
            format!("everyone sees a frozen screen, but “{private}” is private: share it with the team first");
        return Err(ServiceError::input("/text", message));
    }
    let resolved = resolve(&index.sets, asker, filter).await?;
    let known = known(index, &resolved).await?;
    let filter = &resolved.filter;
    let new = NewSnapshot {
        name,
        filter_text: &print(filter),
        filter_json: &to_json(filter),
        filter: Where(filter),
        known: known.as_ref(),
    };
    let mut conn = db.acquire().await?;
    // It needs a transaction of its own, with one view of every company; the event follows at once.
    if !has_room(&mut conn, actor.user, Kept::Snapshots).await? {
        return Err(ServiceError::Conflict(full(Kept::Snapshots)));
    }
    let taken = snapshots::take(&mut conn, &new).await?;
    snapshots::set_owner(&mut conn, taken.id, actor.user).await?;
    audit::record(&mut conn, &actor.event("snapshot.create").about("snapshot", taken.id)).await?;
    Ok(taken)
}

/// What the index knows of the filter's companies.
async fn known(index: &ScreenIndex, resolved: &Resolved) -> Result<Option<Known>> {
    matching_at(index, resolved).await.map_err(|error| match error {
        ScreenError::Set(error) => error.into(),
        ScreenError::Database(error) => error.into(),
        error => ServiceError::Internal(error.into()),
    })
}

/// A page of frozen screens, newest first, and how many there are.
///
/// # Errors
/// When the database does not answer.
pub async fn page(db: &PgPool, limit: i64, offset: i64) -> Result<(Vec<Snapshot>, i64)> {
    Ok(snapshots::list(&mut *db.acquire().await?, limit, offset).await?)
}

/// A frozen screen with a page of its companies.
///
/// # Errors
/// No such snapshot.
pub async fn find(db: &PgPool, id: Uuid, limit: i32, offset: i32) -> Result<(Snapshot, Vec<Orgnr>)> {
    snapshots::find(&mut *db.acquire().await?, id, limit, offset).await?.ok_or_else(|| missing(id))
}

/// Removes a frozen screen permanently.
///
/// # Errors
/// No such snapshot; it is somebody else's.
pub async fn remove(db: &PgPool, actor: &Actor, id: Uuid) -> Result<()> {
    let mut tx = db.begin().await?;
    let owner = snapshots::owner(&mut tx, id).await?.ok_or_else(|| missing(id))?;
    // Permanently: one that nobody is known to have made belongs to the team.
    actor.may_change(owner.unwrap_or_default())?;
    if !snapshots::delete(&mut tx, id).await? {
        return Err(missing(id));
    }
    audit::record(&mut tx, &actor.event("snapshot.delete").about("snapshot", id)).await?;
    tx.commit().await?;
    Ok(())
}

/// Runs a frozen screen again: the screen, its filter, and who entered and left, at most so many explained.
///
/// # Errors
/// No such snapshot; its filter is not understood any more.
pub async fn rerun(
    db: &PgPool,
    index: &ScreenIndex,
    actor: &Actor,
    id: Uuid,
    most: usize,
) -> Result<(Snapshot, Filter, Difference)> {
    let found = snapshots::find(&mut *db.acquire().await?, id, 0, 0).await?;
    let (snapshot, _) = found.ok_or_else(|| missing(id))?;
    let filter = from_json(&snapshot.filter, "", Vocabulary::builtin()).map_err(|error| {
        let message = format!("snapshot {id} holds a filter that is not understood any more: {error}");
        ServiceError::Internal(anyhow::anyhow!(message))
    })?;
    Where(&filter).check_sets().map_err(|error| ServiceError::input("", error.to_string()))?;
    // The filter says itself whether excluded companies are left out. A list of it that has been made private since is read by
    // Postgres alone, as before.
    let asker = Asker { user: actor.user, include_excluded: true };
    let known = match resolve(&index.sets, asker, filter.clone()).await {
        Ok(resolved) => known(index, &resolved).await?,
        Err(_) => None,
    };
    let mut conn = db.acquire().await?;
    let text = &snapshot.filter_text;
    let difference = snapshots::compare(&mut conn, id, Where(&filter), text, most, known.as_ref()).await?;
    Ok((snapshot, filter, difference))
}
