//! Compares a watched screen with what it was, once the data has changed, and keeps what entered and what left.

use chrono::{DateTime, Utc};
use domain::filter::Filter;
use domain::filter::free_text::free_text;
use domain::filter::json::{from_json, to_json};
use domain::filter::print::print;
use domain::filter::vocabulary::Vocabulary;
use serde_json::Value;
use store::monitors::{self, Monitor, NewChange};
use store::snapshots::{self, Difference, NewSnapshot, Snapshot};
use store::universe::Where;
use store::{PgConnection, PgPool};
use uuid::Uuid;

use super::tell::{Told, tell};
use universe::screen_changes::explain;
use universe::sets::{Asker, SetError, Sets, resolve};

/// Companies that a difference names per direction.
pub const MOST_NAMED: usize = 200;
/// How often the data may change under a check before it is left to the next one.
const MOST_TRIES: usize = 3;

/// What a check found.
#[derive(Clone, Debug, PartialEq)]
pub enum Checked {
    /// Nothing to compare with yet, or the screen itself was changed: it is remembered as it is now.
    Remembered,
    /// Neither data nor screen has changed.
    Same,
    /// Companies entered or left; the change is kept under this id, and told of or kept for the daily message.
    Changed(Uuid),
    /// The monitor is gone, paused, or another check was faster.
    Nothing,
}

/// Why a screen cannot be checked.
#[derive(Debug, thiserror::Error)]
pub enum CheckError {
    /// Its filter is not understood any more, or names a list that is gone: its owner must change it.
    #[error("{0}")]
    Filter(String),
    /// Try again later.
    #[error(transparent)]
    Database(#[from] sqlx::Error),
}

impl From<SetError> for CheckError {
    fn from(error: SetError) -> Self {
        match error {
            SetError::Database(error) => Self::Database(error),
            other => Self::Filter(other.to_string()),
        }
    }
}

/// Checks one monitor; `sets` resolves the lists that its filter names.
///
/// # Errors
/// [`CheckError`]; one of the filter is noted in the monitor too.
pub async fn check(
    db: &PgPool,
    sets: &Sets,
    id: Uuid,
    public_url: Option<&str>,
    now: DateTime<Utc>,
) -> Result<Checked, CheckError> {
    let found = monitors::find(&mut *db.acquire().await?, id).await?;
    let Some(monitor) = found.filter(|monitor| monitor.is_active) else { return Ok(Checked::Nothing) };
    match check_screen(db, sets, &monitor, public_url, now).await {
        Err(CheckError::Filter(reason)) => {
            monitors::failed(&mut *db.acquire().await?, id, &reason, now).await?;
            Err(CheckError::Filter(reason))
        }
        other => other,
    }
}

/// The filter of a view, as views keep it: a tree, or an empty object for everything.
fn read_filter(kept: &Value) -> Result<Filter, CheckError> {
    let is_everything =
        kept.as_object().is_some_and(serde_json::Map::is_empty) || kept.as_array().is_some_and(std::vec::Vec::is_empty);
    if is_everything {
        return Ok(Filter::all([]));
    }
    from_json(kept, "/filter", Vocabulary::builtin())
        .map_err(|error| CheckError::Filter(format!("the view's filter is not understood: {error}; save it anew")))
}

/// The free text of the screen.
fn kept_text(kept: Option<&str>) -> Result<Filter, CheckError> {
    free_text(kept.unwrap_or_default()).map_err(|error| {
        CheckError::Filter(format!("the view's free text cannot be searched for: {error}; save it anew"))
    })
}

async fn check_screen(
    db: &PgPool,
    sets: &Sets,
    monitor: &Monitor,
    public_url: Option<&str>,
    now: DateTime<Utc>,
) -> Result<Checked, CheckError> {
    let wanted = Filter::all([read_filter(&monitor.filter)?, kept_text(monitor.free_text.as_deref())?]);
    let filter = resolve(sets, Asker::person(monitor.user_id), wanted.clone()).await?.filter;
    let screen = Screen { text: print(&wanted), json: to_json(&wanted), filter };
    let mut conn = db.acquire().await?;
    let former = match monitor.snapshot_id {
        None => None,
        Some(id) => snapshots::find(&mut conn, id, 0, 0).await?.map(|(snapshot, _)| snapshot),
    };
    let Some(former) = former.filter(|former| former.filter_text == screen.text) else {
        return remember(&mut conn, monitor, &screen, now).await;
    };
    // Members of lists change without the data changing.
    let is_same_data = snapshots::data_version(&mut conn).await? == former.data_version;
    if is_same_data && wanted.sets().is_empty() {
        monitors::checked(&mut conn, monitor.id, Some(former.id), Some(former.id), now).await?;
        return Ok(Checked::Same);
    }
    for _ in 0..MOST_TRIES {
        let present = screen.take(&mut conn).await?;
        let difference =
            snapshots::compare(&mut conn, former.id, Where(&screen.filter), &screen.text, MOST_NAMED, None).await?;
        if difference.hash == present.hash {
            drop(conn);
            return keep(db, monitor, &screen, &former, &present, &difference, public_url, now).await;
        }
        // The data changed between the two looks: the difference would not be the one to the new baseline.
        snapshots::delete(&mut conn, present.id).await?;
    }
    Ok(Checked::Nothing)
}

struct Screen {
    text: String,
    json: Value,
    filter: Filter,
}

impl Screen {
    async fn take(&self, conn: &mut PgConnection) -> sqlx::Result<Snapshot> {
        let new = NewSnapshot {
            name: None,
            filter_text: &self.text,
            filter_json: &self.json,
            filter: Where(&self.filter),
            known: None,
        };
        let taken = snapshots::take(conn, &new).await?;
        monitors::mark_baseline(conn, taken.id).await?;
        Ok(taken)
    }
}

async fn remember(
    conn: &mut PgConnection,
    monitor: &Monitor,
    screen: &Screen,
    now: DateTime<Utc>,
) -> Result<Checked, CheckError> {
    let taken = screen.take(conn).await?;
    if !monitors::checked(conn, monitor.id, monitor.snapshot_id, Some(taken.id), now).await? {
        snapshots::delete(conn, taken.id).await?;
        return Ok(Checked::Nothing);
    }
    if let Some(former) = monitor.snapshot_id {
        snapshots::delete(conn, former).await?;
    }
    Ok(Checked::Remembered)
}

#[allow(clippy::too_many_arguments, reason = "both sides of a comparison, each needed once")]
async fn keep(
    db: &PgPool,
    monitor: &Monitor,
    screen: &Screen,
    former: &Snapshot,
    present: &Snapshot,
    difference: &Difference,
    public_url: Option<&str>,
    now: DateTime<Utc>,
) -> Result<Checked, CheckError> {
    let named = |orgnrs: &[domain::orgnr::Orgnr], entered: bool| {
        let named = orgnrs.iter().take(MOST_NAMED).map(|orgnr| explain(&screen.filter, difference, *orgnr, entered));
        serde_json::to_value(named.collect::<Vec<_>>()).unwrap_or_default()
    };
    let count = |count: usize| i64::try_from(count).unwrap_or(i64::MAX);
    let mut tx = db.begin().await?;
    if !monitors::checked(&mut tx, monitor.id, Some(former.id), Some(present.id), now).await? {
        tx.rollback().await?;
        snapshots::delete(&mut *db.acquire().await?, present.id).await?;
        return Ok(Checked::Nothing);
    }
    let mut checked = Checked::Same;
    if !difference.entered.is_empty() || !difference.left.is_empty() {
        let change = NewChange {
            filter_text: &screen.text,
            data_version: &difference.data_version,
            total: i64::try_from(difference.total).unwrap_or(i64::MAX),
            entered_count: count(difference.entered.len()),
            left_count: count(difference.left.len()),
            entered: &named(&difference.entered, true),
            went: &named(&difference.left, false),
        };
        checked = Checked::Changed(monitors::insert_change(&mut tx, monitor.id, &change).await?);
        if monitor.rhythm == "import" {
            let changes = monitors::take_untold(&mut tx, monitor.id).await?;
            tell(&mut tx, monitor, &Told::Now(&changes), public_url).await?;
        }
    }
    tx.commit().await?;
    snapshots::delete(&mut *db.acquire().await?, former.id).await?;
    Ok(checked)
}
