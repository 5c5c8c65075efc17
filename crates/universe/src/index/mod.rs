//! The screening index of this process: loaded from its file or from Postgres, kept true by the change feed.
//!
//! One task owns the writing: it loads, follows the feed (NOTIFY wakes it, a timer makes sure), merges and keeps the
//! file. Readers take the state as it is and never wait. Nothing is answered before the first time it has caught up.

pub mod check;
pub mod counts;
mod file;
mod follow;
mod load;
mod on_request;

use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Instant;

use arc_swap::ArcSwapOption;
use chrono::{DateTime, Utc};
use store::PgPool;
use store::change_feed::FeedCursor;
use tokio::sync::watch;

pub use check::{Check, Outcome};

use crate::sets::Sets;

/// The index as request handlers see it; cheap to share.
pub struct ScreenIndex {
    db: PgPool,
    /// Where the file is kept; `None` keeps none.
    folder: Option<PathBuf>,
    current: ArcSwapOption<screen::Index>,
    is_ready: AtomicBool,
    /// Set by a self-check that found a difference: the follower loads the index anew from Postgres.
    needs_rebuild: AtomicBool,
    /// What the state knows at least; `None` while it is loaded, or loaded anew.
    place: Mutex<Option<FeedCursor>>,
    /// Held by the comparison that somebody waits for.
    check_turn: tokio::sync::Mutex<()>,
    progress: watch::Sender<Progress>,
    /// Lists, labels and exclusions that screens have named.
    pub sets: Sets,
    /// Series of figures that pages showed lately.
    pub series: crate::kept_series::KeptSeries,
    /// How many companies dynamic lists hold.
    pub counts: counts::Counts,
}

/// How the index is doing.
#[derive(Clone, Debug, Default)]
pub struct Progress {
    /// What it is doing, for people.
    pub state: String,
    /// When it last knew every decided change.
    pub caught_up_at: Option<Instant>,
    /// When the newest applied change was noted by its writer.
    pub newest_change: Option<DateTime<Utc>>,
    /// How long loading took, and from where.
    pub loaded: Option<String>,
    /// What went wrong with the file at the start, where something did.
    pub file_problem: Option<String>,
    /// When it first answered.
    pub ready_at: Option<Instant>,
    /// Outcome of the last self-check.
    pub check: Option<Check>,
    /// When the comparison that somebody waits for began, and how many companies it has compared.
    pub comparing: Option<(DateTime<Utc>, u64)>,
    /// When it was last loaded anew because a self-check found a difference.
    pub rebuilt_at: Option<DateTime<Utc>>,
}

/// What `/api/status` and metrics say about the index.
#[derive(Clone, Debug, serde::Serialize, utoipa::ToSchema)]
pub struct IndexStatus {
    /// Whether it answers requests.
    pub ready: bool,
    /// What it is doing.
    pub state: String,
    /// Companies in it.
    pub rows: u64,
    /// Version of the data.
    pub data_version: Option<String>,
    /// Seconds since it last knew every decided change.
    pub lag_seconds: Option<f64>,
    /// Bytes of its columns.
    pub bytes: u64,
    /// How it was loaded.
    pub loaded: Option<String>,
    /// What was wrong with the file at the start.
    pub file_problem: Option<String>,
    /// When the newest applied change was noted.
    pub newest_change: Option<DateTime<Utc>>,
    /// Outcome of the last comparison with Postgres.
    pub check: Option<Check>,
    /// Why the index counts as not compared; null while the last comparison is whole and not older than an hour.
    pub not_compared: Option<String>,
    /// Companies compared so far by a comparison that was asked for and is running.
    pub comparing_rows: Option<u64>,
    /// When it was last loaded anew because a comparison found a difference.
    pub rebuilt_at: Option<DateTime<Utc>>,
}

impl ScreenIndex {
    /// An index that nobody fills: screens are answered by Postgres.
    #[must_use]
    pub fn idle(db: PgPool) -> Arc<Self> {
        Self::new(db, None)
    }

    /// Starts loading and following in the background; ends when the runtime does.
    #[must_use]
    pub fn start(db: PgPool, folder: Option<PathBuf>) -> Arc<Self> {
        let index = Self::new(db, folder);
        tokio::spawn(follow::run(index.clone()));
        tokio::spawn(on_request::run(index.clone()));
        tokio::spawn(check::keep_comparing(index.clone()));
        index
    }

    fn new(db: PgPool, folder: Option<PathBuf>) -> Arc<Self> {
        let progress = watch::Sender::new(Progress { state: "starting".to_owned(), ..Progress::default() });
        Arc::new(Self {
            sets: Sets::new(db.clone()),
            db,
            folder,
            current: ArcSwapOption::empty(),
            is_ready: AtomicBool::new(false),
            needs_rebuild: AtomicBool::new(false),
            place: Mutex::default(),
            check_turn: tokio::sync::Mutex::default(),
            progress,
            series: Default::default(),
            counts: Default::default(),
        })
    }

    /// The state to answer from; `None` until the index has caught up once.
    #[must_use]
    pub fn read(&self) -> Option<Arc<screen::Snapshot>> {
        if !self.is_ready() {
            return None;
        }
        self.current.load().as_ref().map(|index| index.read())
    }

    /// Whether the index answers.
    #[must_use]
    pub fn is_ready(&self) -> bool {
        self.is_ready.load(Ordering::Acquire)
    }

    /// Waits until the index answers.
    pub async fn wait_until_ready(&self) {
        let mut progress = self.progress.subscribe();
        while !self.is_ready() {
            if progress.changed().await.is_err() {
                return;
            }
        }
    }

    /// How it is doing.
    #[must_use]
    pub fn progress(&self) -> Progress {
        self.progress.borrow().clone()
    }

    /// What to tell people and monitors.
    #[must_use]
    pub fn status(&self) -> IndexStatus {
        let progress = self.progress();
        let state = self.current.load().as_ref().map(|index| index.read());
        IndexStatus {
            ready: self.is_ready(),
            state: progress.state,
            rows: state.as_ref().map_or(0, |state| state.len()),
            data_version: state.as_ref().map(|state| state.version().to_string()),
            lag_seconds: progress.caught_up_at.map(|at| at.elapsed().as_secs_f64()),
            bytes: state.as_ref().map_or(0, |state| state.bytes().iter().map(|(_, bytes)| *bytes as u64).sum()),
            loaded: progress.loaded,
            file_problem: progress.file_problem,
            newest_change: progress.newest_change,
            not_compared: check::not_compared(progress.check.as_ref(), progress.ready_at.map(|at| at.elapsed())),
            comparing_rows: progress.comparing.map(|(_, rows)| rows),
            check: progress.check,
            rebuilt_at: progress.rebuilt_at,
        }
    }

    fn tell(&self, change: impl FnOnce(&mut Progress)) {
        self.progress.send_modify(change);
    }

    /// Makes a loaded index the one that answers.
    fn publish(&self, index: screen::Index, cursor: FeedCursor) -> Arc<screen::Index> {
        let index = Arc::new(index);
        self.current.store(Some(index.clone()));
        self.stand_at(Some(cursor));
        index
    }

    /// What the state that answers knows at least; `None` while the index is loaded anew.
    pub(crate) fn place(&self) -> Option<FeedCursor> {
        *self.place.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn stand_at(&self, place: Option<FeedCursor>) {
        *self.place.lock().unwrap_or_else(PoisonError::into_inner) = place;
    }

    /// Has the index loaded anew from Postgres.
    fn doubt(&self) {
        self.needs_rebuild.store(true, Ordering::Release);
    }

    /// Forgets what was remembered by versions of the data and of sets: the database is not the one that gave them.
    fn forget_versions(&self) {
        self.sets.forget_everything();
        self.counts.forget_everything();
    }
}
