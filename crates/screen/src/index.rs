//! The index: one writer, any number of readers, none of whom waits for another.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use arc_swap::ArcSwap;
use domain::facts::CompanyFacts;
use domain::orgnr::Orgnr;

use crate::bitset::Bitset;
use crate::builder::SegmentBuilder;
use crate::segment::Segment;
use crate::snapshot::Snapshot;

/// A company's new row, or its removal.
#[derive(Clone, Debug, PartialEq)]
pub struct Change {
    /// Which company.
    pub orgnr: Orgnr,
    /// Its row from now on; `None` removes it.
    pub facts: Option<CompanyFacts>,
}

/// Every company in memory. [`Index::read`] gives a state that never changes; [`Index::apply`] publishes the next.
#[derive(Debug)]
pub struct Index {
    current: ArcSwap<Snapshot>,
    /// Changes since the base was built. Writers take turns.
    changes: Mutex<Since>,
    /// Held while a base is being built, so that only one is.
    merging: Mutex<()>,
}

/// Changes since the base was built, the latest of each company, and in which call it came.
#[derive(Debug, Default)]
struct Since {
    calls: u64,
    by_company: BTreeMap<Orgnr, (u64, Option<CompanyFacts>)>,
}

impl Since {
    fn delta(&self) -> Segment {
        Segment::build(self.by_company.values().filter_map(|(_, facts)| facts.as_ref()))
    }
}

/// The delta is folded into a new base when it holds more companies than this, or than a twentieth of the base.
const DELTA_LIMIT: usize = 50_000;

impl Index {
    /// Builds the index from every company's row.
    #[must_use]
    pub fn build<'a>(rows: impl IntoIterator<Item = &'a CompanyFacts>, version: u64) -> Self {
        Self::from_base(Segment::build(rows), version)
    }

    /// The index over a segment that was built row by row or read from a file.
    #[must_use]
    pub fn from_base(base: Segment, version: u64) -> Self {
        let alive = Arc::new(Bitset::all(base.len()));
        let delta = Arc::new(Segment::build([]));
        Self {
            current: ArcSwap::from_pointee(Snapshot { base: Arc::new(base), alive, delta, version }),
            changes: Mutex::default(),
            merging: Mutex::default(),
        }
    }

    /// The state as of now.
    #[must_use]
    pub fn read(&self) -> Arc<Snapshot> {
        self.current.load_full()
    }

    /// Publishes changed rows under a new version; of several changes to one company the last counts. Readers go on with
    /// the state they hold and see all of the changes or none.
    pub fn apply(&self, changes: impl IntoIterator<Item = Change>, version: u64) {
        let mut since = self.changes.lock().unwrap_or_else(PoisonError::into_inner);
        let before = self.current.load_full();
        let mut alive = (*before.alive).clone();
        since.calls += 1;
        let call = since.calls;
        for change in changes {
            if let Some(row) = before.base.row_of(change.orgnr.number()) {
                alive.remove(row);
            }
            since.by_company.insert(change.orgnr, (call, change.facts));
        }
        let delta = since.delta();
        self.current.store(Arc::new(Snapshot {
            base: before.base.clone(),
            alive: Arc::new(alive),
            delta: Arc::new(delta),
            version,
        }));
    }

    /// Whether enough has changed that [`Index::merge`] is worth its time.
    #[must_use]
    pub fn needs_merge(&self) -> bool {
        let state = self.current.load();
        let changed = state.delta.len() + (state.base.len() - state.alive.count() as usize);
        changed > DELTA_LIMIT.min(state.base.len() / 20).max(1_000)
    }

    /// Folds the changes into a new base. Neither readers nor [`Index::apply`] wait: the base is built aside, and what changed
    /// meanwhile stays in the delta. The version is that of the latest change.
    pub fn merge(&self) {
        let _only = self.merging.lock().unwrap_or_else(PoisonError::into_inner);
        let (before, folded) = {
            let since = self.changes.lock().unwrap_or_else(PoisonError::into_inner);
            (self.current.load_full(), since.calls)
        };
        let base = SegmentBuilder::from_segments(&[
            (&before.base, (*before.alive).clone()),
            (&before.delta, Bitset::all(before.delta.len())),
        ])
        .finish();
        let mut alive = Bitset::all(base.len());
        let mut next = Snapshot {
            base: Arc::new(base),
            alive: Arc::new(alive.clone()),
            delta: Arc::new(Segment::build([])),
            version: before.version,
        };
        next.prepare_like(&before);
        let mut since = self.changes.lock().unwrap_or_else(PoisonError::into_inner);
        since.by_company.retain(|_, (call, _)| *call > folded);
        for orgnr in since.by_company.keys() {
            if let Some(row) = next.base.row_of(orgnr.number()) {
                alive.remove(row);
            }
        }
        next.alive = Arc::new(alive);
        next.delta = Arc::new(since.delta());
        next.version = self.current.load().version;
        self.current.store(Arc::new(next));
    }
}
