//! The index: one writer, any number of readers, none of whom waits for another.
//!
//! Changes come in batches; each becomes a small segment of its own beside the base, and the rows that it replaces are struck out
//! where they stand. So a change costs what is in it, however much changed before. Small segments are folded together, and at last
//! into a new base, by [`Index::merge`], which runs aside.

use std::borrow::Borrow;
use std::sync::{Arc, Mutex, PoisonError};

use arc_swap::ArcSwap;
use domain::facts::CompanyFacts;
use domain::orgnr::Orgnr;

use crate::bitset::Bitset;
use crate::builder::SegmentBuilder;
use crate::segment::Segment;
use crate::snapshot::{Part, Snapshot};

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
    /// Writers take turns. While parts are being folded together, the companies that changed meanwhile.
    writing: Mutex<Option<Vec<u64>>>,
    /// Held while parts are being folded together, so that only one is at it.
    merging: Mutex<()>,
}

/// The changes are folded into a new base when they take more rows than this, or than a twentieth of the base.
const CHANGED_LIMIT: usize = 50_000;
/// More segments of changes than this are folded together.
const PARTS_LIMIT: usize = 8;
/// A segment is folded together with later ones when it is at most so many times as large as all of them.
const FOLDED_RATIO: usize = 4;

impl Index {
    /// Builds the index from every company's row.
    #[must_use]
    pub fn build<'a>(rows: impl IntoIterator<Item = &'a CompanyFacts>, version: u64) -> Self {
        Self::from_base(Segment::build(rows), version)
    }

    /// The index over a segment that was built row by row.
    #[must_use]
    pub fn from_base(base: Segment, version: u64) -> Self {
        Self::from_snapshot(Snapshot::of(base, version))
    }

    /// The index that goes on from a state, for example one read from a file.
    #[must_use]
    pub fn from_snapshot(state: Snapshot) -> Self {
        Self { current: ArcSwap::from_pointee(state), writing: Mutex::default(), merging: Mutex::default() }
    }

    /// The state as of now.
    #[must_use]
    pub fn read(&self) -> Arc<Snapshot> {
        self.current.load_full()
    }

    /// Publishes changed rows under a new version; of several changes to one company the last counts. Readers go on with
    /// the state they hold and see all of the changes or none.
    pub fn apply(&self, changes: impl IntoIterator<Item = impl Borrow<Change>>, version: u64) {
        let changes: Vec<_> = changes.into_iter().collect();
        // Of the changes to one company, the last one is met first.
        let mut latest: Vec<&Change> = changes.iter().rev().map(Borrow::borrow).collect();
        latest.sort_by_key(|change| change.orgnr);
        latest.dedup_by_key(|change| change.orgnr);
        let touched: Vec<u64> = latest.iter().map(|change| change.orgnr.number()).collect();
        let rows: Vec<&CompanyFacts> = latest.iter().filter_map(|change| change.facts.as_ref()).collect();
        let mut builder = SegmentBuilder::new();
        builder.push_all(&rows);
        let added = builder.finish_quickly();
        let mut writing = self.writing.lock().unwrap_or_else(PoisonError::into_inner);
        let mut next = (*self.current.load_full()).clone();
        for part in &mut next.parts {
            part.strike(&touched);
        }
        // Segments of which nothing is left go at once; the base stays, so that there is one.
        let mut is_base = true;
        next.parts.retain(|part| std::mem::take(&mut is_base) || part.alive.count() > 0);
        if !added.is_empty() {
            next.parts.push(Part::whole(added));
        }
        next.version = version;
        if let Some(meanwhile) = writing.as_mut() {
            meanwhile.extend(&touched);
        }
        self.current.store(Arc::new(next));
    }

    /// Whether enough has changed that [`Index::merge`] is worth its time.
    #[must_use]
    pub fn needs_merge(&self) -> bool {
        let state = self.current.load();
        is_base_worn(&state) || state.parts.len() > PARTS_LIMIT + 1
    }

    /// Folds changes together: into a new base when there are many, else the small segments into fewer. Neither readers nor
    /// [`Index::apply`] wait: the new segment is built aside, and what changed meanwhile is struck out of it. The version stays
    /// that of the latest change.
    pub fn merge(&self) {
        let _only = self.merging.lock().unwrap_or_else(PoisonError::into_inner);
        let (before, from) = {
            let mut writing = self.writing.lock().unwrap_or_else(PoisonError::into_inner);
            let before = self.current.load_full();
            let from = if is_base_worn(&before) || before.parts.len() <= PARTS_LIMIT { 0 } else { small_from(&before) };
            *writing = Some(Vec::new());
            (before, from)
        };
        let folded: Vec<(&Segment, &Bitset)> =
            before.parts[from..].iter().map(|part| (&*part.segment, &*part.alive)).collect();
        let builder = SegmentBuilder::from_segments(&folded);
        let segment = if from == 0 { builder.finish() } else { builder.finish_quickly() };
        let mut part = Part::whole(segment);
        if from == 0 {
            Snapshot { parts: vec![part.clone()], version: before.version }.prepare_like(&before);
        }
        let mut writing = self.writing.lock().unwrap_or_else(PoisonError::into_inner);
        part.strike(&writing.take().unwrap_or_default());
        let now = self.current.load_full();
        let is_folded = |part: &Part| folded.iter().any(|(segment, _)| std::ptr::eq(*segment, &*part.segment));
        let place = now.parts.iter().position(&is_folded).unwrap_or(now.parts.len());
        let mut parts = now.parts.clone();
        parts.retain(|part| !is_folded(part));
        parts.insert(place.min(parts.len()), part);
        self.current.store(Arc::new(Snapshot { parts, version: now.version }));
    }
}

impl Part {
    /// Rows of these companies count no longer.
    fn strike(&mut self, orgnrs: &[u64]) {
        let mut rows = orgnrs.iter().filter_map(|orgnr| self.segment.row_of(*orgnr)).peekable();
        if rows.peek().is_none() {
            return;
        }
        let mut alive = (*self.alive).clone();
        rows.for_each(|row| alive.remove(row));
        self.alive = Arc::new(alive);
    }
}

/// Whether so much of the base was replaced, or added to it, that a new one should be built.
fn is_base_worn(state: &Snapshot) -> bool {
    let base = &state.parts[0];
    let added: usize = state.parts[1..].iter().map(|part| part.segment.len()).sum();
    let replaced = base.segment.len() - base.alive.count() as usize;
    added.max(replaced) > CHANGED_LIMIT.min(base.segment.len() / 20).max(1_000)
}

/// The first of the last parts that are not much larger than all after them; there are at least two.
fn small_from(state: &Snapshot) -> usize {
    let mut from = state.parts.len().saturating_sub(2).max(1);
    let mut rows: usize = state.parts[from..].iter().map(|part| part.segment.len()).sum();
    while from > 1 && state.parts[from - 1].segment.len() <= rows * FOLDED_RATIO {
        from -= 1;
        rows += state.parts[from].segment.len();
    }
    from
}
