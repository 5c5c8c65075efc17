//! Screens: from a filter to companies, on the index or, while that loads, on Postgres.

use std::sync::Arc;

use domain::filter::Filter;
use domain::orgnr::Orgnr;
use screen::{Snapshot, Sort};
use store::PgPool;
use store::snapshots::Known;
use store::universe::Where;
use store::universe::page::{SortBy, SortKey};

use crate::blocking;
use crate::index::ScreenIndex;
use crate::sets::{Asker, Members, Resolved, SetError, resolve};

/// A filter with the state of the index that it is asked of.
pub struct Screen {
    /// One consistent state of every company.
    pub state: Arc<Snapshot>,
    /// The filter, its lists named by id.
    pub filter: Filter,
    /// Members of the lists.
    pub sets: Members,
    /// Whether the filter's last part leaves out excluded companies.
    pub hides_excluded: bool,
    /// Whether the exclusions are those known last, because the database does not answer.
    pub are_exclusions_old: bool,
}

/// Why a screen cannot be run.
#[derive(Debug, thiserror::Error)]
pub enum ScreenError {
    /// The index has not caught up yet.
    #[error("the screening index is still loading; try again in a moment")]
    Loading,
    /// A list that does not exist, or the database does not answer.
    #[error(transparent)]
    Set(#[from] SetError),
    /// The database does not answer.
    #[error(transparent)]
    Database(#[from] sqlx::Error),
    /// The work was cut off, as when the server stops.
    #[error("the screen was cut off: {0}")]
    CutOff(#[from] tokio::task::JoinError),
}

/// The screen on the index.
///
/// # Errors
/// [`ScreenError::Loading`] until the index has caught up; a list that does not exist.
pub async fn open(index: &ScreenIndex, asker: Asker, filter: Filter) -> Result<Screen, ScreenError> {
    let resolved = resolve(&index.sets, asker, filter).await?;
    let state = index.read().ok_or(ScreenError::Loading)?;
    let (hides_excluded, are_exclusions_old) = (resolved.hides_excluded, resolved.are_exclusions_old);
    Ok(Screen { state, filter: resolved.filter, sets: resolved.sets, hides_excluded, are_exclusions_old })
}

impl Screen {
    /// Runs work that needs the processor on a thread of its own, and counts its time under a name.
    ///
    /// # Errors
    /// [`ScreenError::CutOff`] when it panics or the server stops.
    pub async fn run<T: Send + 'static>(
        self,
        name: &'static str,
        work: impl FnOnce(&Self) -> T + Send + 'static,
    ) -> Result<T, ScreenError> {
        let begun = std::time::Instant::now();
        let done = blocking::run(move |_| work(&self)).await?;
        metrics::histogram!("lode_screen_seconds", "kind" => name).record(begun.elapsed().as_secs_f64());
        Ok(done)
    }
}

/// Every company that passes the filter and that the asker is shown, in order (by number without sort keys): what lists, runs and exports are made from.
///
/// # Errors
/// A list that does not exist, or the database does not answer.
pub async fn matching(
    index: &ScreenIndex,
    db: &PgPool,
    asker: Asker,
    filter: Filter,
    sorts: Vec<Sort>,
) -> Result<Vec<Orgnr>, ScreenError> {
    if !index.is_ready() {
        let filter = resolve(&index.sets, asker, filter).await?.filter;
        let mut conn = db.acquire().await?;
        return Ok(store::universe::page::all(&mut conn, Where(&filter), &sql_sort(&sorts)).await?);
    }
    let screen = open(index, asker, filter).await?;
    screen
        .run("matching", move |screen| {
            let selection = screen.state.select(&screen.filter, &screen.sets);
            let numbers = if sorts.is_empty() {
                screen.state.orgnrs(&selection)
            } else {
                let rows = screen.state.page(&selection, &sorts, 0, u32::MAX);
                rows.into_iter().map(|row| screen.state.orgnr(row)).collect()
            };
            numbers.into_iter().filter_map(|number| Orgnr::from_number(number).ok()).collect()
        })
        .await
}

/// Every company that passes a resolved filter, with the place in the change feed up to which that is true, for whoever can tell
/// in a transaction whether anything came after it; `None` while the index cannot answer.
///
/// # Errors
/// When the work is cut off.
pub async fn matching_at(index: &ScreenIndex, resolved: &Resolved) -> Result<Option<Known>, ScreenError> {
    // The place first: the state that is read after it knows at least as much.
    let (Some(place), Some(state)) = (index.place(), index.read()) else { return Ok(None) };
    let (filter, sets) = (resolved.filter.clone(), resolved.sets.clone());
    let numbers = blocking::run(move |_| state.orgnrs(&state.select(&filter, &sets))).await?;
    let orgnrs = numbers.into_iter().filter_map(|number| Orgnr::from_number(number).ok()).collect();
    Ok(Some(Known { place, orgnrs }))
}

/// The sort keys as SQL orders.
#[must_use]
pub fn sql_sort(sorts: &[Sort]) -> Vec<SortKey> {
    sorts
        .iter()
        .map(|sort| SortKey {
            by: match sort.by {
                screen::SortBy::Orgnr => SortBy::Orgnr,
                screen::SortBy::Field(field) => SortBy::Field(field),
            },
            descending: sort.descending,
        })
        .collect()
}
