//! What a reader sees: the base segment, the changes since, and one version for both.

use std::sync::Arc;

use domain::facts::CompanyFacts;
use domain::filter::{FieldId, Filter};

use crate::bitset::Bitset;
use crate::order::{Sort, compare};
use crate::segment::Segment;
use crate::select::Sets;
use crate::tally::{BinCounts, Counts};

/// One consistent state of the index. Readers hold it by `Arc`; nothing in it ever changes.
#[derive(Clone, Debug)]
pub struct Snapshot {
    pub(crate) base: Arc<Segment>,
    /// Rows of the base that no later change replaced or removed.
    pub(crate) alive: Arc<Bitset>,
    /// Companies that changed or came since the base was built.
    pub(crate) delta: Arc<Segment>,
    pub(crate) version: u64,
}

/// The rows of a selection, per segment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Selection {
    pub(crate) base: Bitset,
    pub(crate) delta: Bitset,
}

/// A row of a snapshot.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct RowId {
    is_delta: bool,
    row: u32,
}

impl RowId {
    /// The row's item of two lists, one over the base and one over the delta.
    pub(crate) fn in_either<T: Copy>(self, base: &[T], delta: &[T]) -> T {
        if self.is_delta { delta[self.row as usize] } else { base[self.row as usize] }
    }
}

impl Selection {
    /// Exact number of companies.
    #[must_use]
    pub fn count(&self) -> u64 {
        self.base.count() + self.delta.count()
    }

    /// Keeps the companies that are in the other selection of the same snapshot too.
    pub fn and(&mut self, other: &Self) {
        self.base.and(&other.base);
        self.delta.and(&other.delta);
    }

    /// Takes out the companies of the other selection of the same snapshot.
    pub fn and_not(&mut self, other: &Self) {
        self.base.and_not(&other.base);
        self.delta.and_not(&other.delta);
    }
}

impl Snapshot {
    /// Version of the data; equal versions of one index give equal answers.
    #[must_use]
    pub fn version(&self) -> u64 {
        self.version
    }

    /// Number of companies.
    #[must_use]
    pub fn len(&self) -> u64 {
        self.alive.count() + self.delta.len() as u64
    }

    /// Whether there are no companies.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Every company.
    #[must_use]
    pub fn all(&self) -> Selection {
        Selection { base: (*self.alive).clone(), delta: Bitset::all(self.delta.len()) }
    }

    /// The companies that the filter matches.
    #[must_use]
    pub fn select(&self, filter: &Filter, sets: &dyn Sets) -> Selection {
        let mut base = self.base.select(filter, sets);
        base.and(&self.alive);
        Selection { base, delta: self.delta.select(filter, sets) }
    }

    /// The companies with these numbers.
    #[must_use]
    pub fn companies(&self, orgnrs: &[u64]) -> Selection {
        let mut base = self.base.rows_of(orgnrs.iter().copied());
        base.and(&self.alive);
        Selection { base, delta: self.delta.rows_of(orgnrs.iter().copied()) }
    }

    /// The selected companies at `offset..offset + limit` in the order of the keys, missing values last, ties by organisation number.
    #[must_use]
    pub fn page(&self, selection: &Selection, sorts: &[Sort], offset: u64, limit: u32) -> Vec<RowId> {
        let end = offset.saturating_add(u64::from(limit)).min(selection.count()) as usize;
        let offset = usize::try_from(offset).unwrap_or(usize::MAX);
        if offset >= end {
            return Vec::new();
        }
        let id = |is_delta| move |row| RowId { is_delta, row };
        let (in_base, in_delta) = (selection.base.count(), selection.delta.count());
        if in_delta == 0 {
            let rows = self.base.sorted_rows(&selection.base, in_base, sorts, offset, end);
            return rows.into_iter().map(id(false)).collect();
        }
        // At most all of the delta's rows stand before the page, so the base's part of it starts no earlier than this.
        let base_from = offset.saturating_sub(in_delta as usize);
        let base = self.base.sorted_rows(&selection.base, in_base, sorts, base_from, end);
        let delta = self.delta.sorted_rows(&selection.delta, in_delta, sorts, 0, end);
        self.merged(sorts, (base_from, &base), &delta, offset, end)
    }

    /// Positions `from..to` of the merge of the base's order, given from its position `base.0` on, and the delta's whole order.
    fn merged(&self, sorts: &[Sort], base: (usize, &[u32]), delta: &[u32], from: usize, to: usize) -> Vec<RowId> {
        let (base_from, base) = base;
        let is_before =
            |delta_row: u32, base_row: u32| compare(sorts, (&self.delta, delta_row), (&self.base, base_row)).is_lt();
        // Where base rows were left out, the first given one stands at base_from + (delta rows before it), which is
        // no later than `from`, because base_from + all delta rows = from.
        let mut d = match base.first() {
            Some(first) if base_from > 0 => delta.partition_point(|row| is_before(*row, *first)),
            _ => 0,
        };
        let mut b = 0;
        let mut page = Vec::with_capacity(to - from);
        for position in base_from + d..to {
            let takes_delta = match (base.get(b), delta.get(d)) {
                (Some(base), Some(delta)) => is_before(*delta, *base),
                (None, Some(_)) => true,
                (Some(_), None) => false,
                (None, None) => break,
            };
            let row = if takes_delta {
                RowId { is_delta: true, row: delta[d] }
            } else {
                RowId { is_delta: false, row: base[b] }
            };
            if takes_delta {
                d += 1;
            } else {
                b += 1;
            }
            if position >= from {
                page.push(row);
            }
        }
        page
    }

    fn place(&self, row: RowId) -> (&Segment, u32) {
        (if row.is_delta { &self.delta } else { &self.base }, row.row)
    }

    /// The number of the company.
    #[must_use]
    pub fn orgnr(&self, row: RowId) -> u64 {
        let (segment, row) = self.place(row);
        segment.orgnrs()[row as usize]
    }

    /// The value of a field, as it came in.
    #[must_use]
    pub fn value(&self, row: RowId, field: FieldId) -> domain::facts::FactValue {
        let (segment, row) = self.place(row);
        segment.value(field, row)
    }

    /// The whole row, as it came in.
    #[must_use]
    pub fn facts(&self, row: RowId) -> Option<CompanyFacts> {
        let (segment, row) = self.place(row);
        segment.facts(row)
    }

    /// The row of a company.
    #[must_use]
    pub fn find(&self, orgnr: u64) -> Option<RowId> {
        if let Some(row) = self.delta.row_of(orgnr) {
            return Some(RowId { is_delta: true, row });
        }
        self.base.row_of(orgnr).filter(|row| self.alive.contains(*row)).map(|row| RowId { is_delta: false, row })
    }

    /// Whether the selection holds the row.
    #[must_use]
    pub fn contains(&self, selection: &Selection, row: RowId) -> bool {
        if row.is_delta { selection.delta.contains(row.row) } else { selection.base.contains(row.row) }
    }

    /// Every selected row: first those of the base, then those that changed since, each by organisation number.
    pub fn rows<'a>(&'a self, selection: &'a Selection) -> impl Iterator<Item = RowId> + 'a {
        let base = selection.base.rows().map(|row| RowId { is_delta: false, row });
        base.chain(selection.delta.rows().map(|row| RowId { is_delta: true, row }))
    }

    /// The numbers of the selected companies, ascending.
    #[must_use]
    pub fn orgnrs(&self, selection: &Selection) -> Vec<u64> {
        let base = selection.base.rows().map(|row| self.base.orgnrs()[row as usize]);
        let mut orgnrs: Vec<u64> = Vec::with_capacity(selection.count() as usize);
        orgnrs.extend(base);
        if selection.delta.count() > 0 {
            orgnrs.extend(selection.delta.rows().map(|row| self.delta.orgnrs()[row as usize]));
            orgnrs.sort_unstable();
        }
        orgnrs
    }

    /// Counts per value of a facet field; see [`Segment::facet`].
    #[must_use]
    pub fn facet(&self, field: FieldId, level: Option<u8>, selection: &Selection) -> Counts {
        let mut counts = self.base.facet(field, level, &selection.base);
        for (value, count) in self.delta.facet(field, level, &selection.delta) {
            *counts.entry(value).or_default() += count;
        }
        counts
    }

    /// Counts per bin; see [`Segment::histogram`].
    #[must_use]
    pub fn histogram(&self, field: FieldId, edges: &[i64], selection: &Selection) -> BinCounts {
        let mut counts = self.base.histogram(field, edges, &selection.base);
        let delta = self.delta.histogram(field, edges, &selection.delta);
        for (count, more) in counts.counts.iter_mut().zip(delta.counts) {
            *count += more;
        }
        counts.below += delta.below;
        counts.above += delta.above;
        counts.missing += delta.missing;
        counts
    }

    /// The stored integers (ratios in ten-thousandths) of the selected companies that have a value, in no order.
    #[must_use]
    pub fn values(&self, field: FieldId, selection: &Selection) -> Vec<i64> {
        let mut values = self.base.values(field, &selection.base);
        values.extend(self.delta.values(field, &selection.delta));
        values
    }

    /// Bytes per field over both segments, without what is kept to answer repeated questions.
    #[must_use]
    pub fn bytes(&self) -> Vec<(FieldId, usize)> {
        self.base.bytes().zip(self.delta.bytes()).map(|((field, base), (_, delta))| (field, base + delta)).collect()
    }
}
