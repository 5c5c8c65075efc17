//! What a reader sees: a large base, the changes since in smaller segments, and one version for all of them.

use std::sync::Arc;

use domain::facts::CompanyFacts;
use domain::filter::{FieldId, Filter};

use crate::bitset::Bitset;
use crate::order::{Sort, compare};
use crate::segment::Segment;
use crate::select::Sets;
use crate::tally::{BinCounts, Counts};

/// A segment, and which of its rows still count.
#[derive(Clone, Debug)]
pub(crate) struct Part {
    pub segment: Arc<Segment>,
    /// Rows that no later change replaced or removed.
    pub alive: Arc<Bitset>,
}

impl Part {
    /// A segment of which every row counts.
    pub(crate) fn whole(segment: Segment) -> Self {
        let alive = Arc::new(Bitset::all(segment.len()));
        Self { segment: Arc::new(segment), alive }
    }

    /// The row of a company, when it still counts.
    fn find(&self, orgnr: u64) -> Option<u32> {
        self.segment.row_of(orgnr).filter(|row| self.alive.contains(*row))
    }
}

/// One consistent state of the index. Readers hold it by `Arc`; nothing in it ever changes.
#[derive(Clone, Debug)]
pub struct Snapshot {
    /// The base first, then changes in the order in which they came. A company's row counts in one part at most.
    pub(crate) parts: Vec<Part>,
    pub(crate) version: u64,
}

/// The rows of a selection, per part.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Selection {
    pub(crate) parts: Vec<Bitset>,
}

/// A row of a snapshot.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct RowId {
    pub(crate) part: u32,
    pub(crate) row: u32,
}

impl Selection {
    /// Exact number of companies.
    #[must_use]
    pub fn count(&self) -> u64 {
        self.parts.iter().map(Bitset::count).sum()
    }

    /// Keeps the companies that are in the other selection of the same snapshot too.
    pub fn and(&mut self, other: &Self) {
        self.parts.iter_mut().zip(&other.parts).for_each(|(rows, other)| rows.and(other));
    }

    /// Adds the companies of the other selection of the same snapshot.
    pub fn or(&mut self, other: &Self) {
        self.parts.iter_mut().zip(&other.parts).for_each(|(rows, other)| rows.or(other));
    }

    /// Takes out the companies of the other selection of the same snapshot.
    pub fn and_not(&mut self, other: &Self) {
        self.parts.iter_mut().zip(&other.parts).for_each(|(rows, other)| rows.and_not(other));
    }
}

impl Snapshot {
    /// The state of one segment of which every row counts.
    pub(crate) fn of(base: Segment, version: u64) -> Self {
        Self { parts: vec![Part::whole(base)], version }
    }

    /// The segment that holds nearly all rows.
    pub(crate) fn base(&self) -> &Segment {
        // There is always a base, be it empty.
        &self.parts[0].segment
    }

    /// Version of the data; equal versions of one index give equal answers.
    #[must_use]
    pub fn version(&self) -> u64 {
        self.version
    }

    /// Number of companies.
    #[must_use]
    pub fn len(&self) -> u64 {
        self.parts.iter().map(|part| part.alive.count()).sum()
    }

    /// Whether there are no companies.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Every company.
    #[must_use]
    pub fn all(&self) -> Selection {
        Selection { parts: self.parts.iter().map(|part| (*part.alive).clone()).collect() }
    }

    fn selection(&self, rows: impl Fn(&Segment) -> Bitset) -> Selection {
        let of = |part: &Part| {
            let mut rows = rows(&part.segment);
            rows.and(&part.alive);
            rows
        };
        Selection { parts: self.parts.iter().map(of).collect() }
    }

    /// The companies that the filter matches.
    #[must_use]
    pub fn select(&self, filter: &Filter, sets: &dyn Sets) -> Selection {
        self.selection(|segment| segment.select(filter, sets))
    }

    /// The companies with these numbers.
    #[must_use]
    pub fn companies(&self, orgnrs: &[u64]) -> Selection {
        self.selection(|segment| segment.rows_of(orgnrs.iter().copied()))
    }

    /// The selected companies at `offset..offset + limit` in the order of the keys, missing values last, ties by organisation number.
    #[must_use]
    pub fn page(&self, selection: &Selection, sorts: &[Sort], offset: u64, limit: u32) -> Vec<RowId> {
        let end = offset.saturating_add(u64::from(limit)).min(selection.count()) as usize;
        let offset = usize::try_from(offset).unwrap_or(usize::MAX);
        if offset >= end {
            return Vec::new();
        }
        let sorted = |part: usize, from, to| {
            let (segment, rows) = (&self.parts[part].segment, &selection.parts[part]);
            let rows = segment.sorted_rows(rows, rows.count(), sorts, from, to);
            rows.into_iter().map(move |row| RowId { part: part as u32, row })
        };
        let changed = selection.parts[1..].iter().map(Bitset::count).sum::<u64>() as usize;
        if changed == 0 {
            return sorted(0, offset, end).collect();
        }
        // At most all of the changed rows stand before the page, so the base's part of it starts no earlier than this.
        let base_from = offset.saturating_sub(changed);
        let base: Vec<RowId> = sorted(0, base_from, end).collect();
        let mut changes: Vec<RowId> = (1..self.parts.len()).flat_map(|part| sorted(part, 0, end)).collect();
        changes.sort_by(|a, b| self.compare(sorts, *a, *b));
        self.merged(sorts, (base_from, &base), &changes, offset, end)
    }

    /// Positions `from..to` of the merge of the base's order, given from its position `base.0` on, and the whole order of the changes.
    fn merged(&self, sorts: &[Sort], base: (usize, &[RowId]), changes: &[RowId], from: usize, to: usize) -> Vec<RowId> {
        let (base_from, base) = base;
        let is_before = |change: RowId, base: RowId| self.compare(sorts, change, base).is_lt();
        // Where base rows were left out, the first given one stands at base_from + (changes before it), which is
        // no later than `from`, because base_from + all changes = from.
        let skipped = match base.first() {
            Some(first) if base_from > 0 => changes.partition_point(|row| is_before(*row, *first)),
            _ => 0,
        };
        let (mut base, mut changes) = (base, &changes[skipped..]);
        let mut position = base_from + skipped;
        let mut page = Vec::with_capacity(to - from);
        while position < to {
            let next = match (base.split_first(), changes.split_first()) {
                (Some((first, rest)), Some((change, _))) if !is_before(*change, *first) => {
                    base = rest;
                    *first
                }
                (_, Some((change, rest))) => {
                    changes = rest;
                    *change
                }
                (Some((first, rest)), None) => {
                    base = rest;
                    *first
                }
                (None, None) => break,
            };
            if position >= from {
                page.push(next);
            }
            position += 1;
        }
        page
    }

    /// The order of two rows.
    pub(crate) fn compare(&self, sorts: &[Sort], a: RowId, b: RowId) -> std::cmp::Ordering {
        compare(sorts, self.place(a), self.place(b))
    }

    fn place(&self, row: RowId) -> (&Segment, u32) {
        (&self.parts[row.part as usize].segment, row.row)
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
        let found = |(index, part): (usize, &Part)| Some(RowId { part: index as u32, row: part.find(orgnr)? });
        self.parts.iter().enumerate().find_map(found)
    }

    /// Whether the selection holds the row.
    #[must_use]
    pub fn contains(&self, selection: &Selection, row: RowId) -> bool {
        selection.parts[row.part as usize].contains(row.row)
    }

    /// Every selected row: first those of the base, then those that changed since, each by organisation number.
    pub fn rows<'a>(&'a self, selection: &'a Selection) -> impl Iterator<Item = RowId> + 'a {
        let rows = selection.parts.iter().enumerate();
        rows.flat_map(|(part, rows)| rows.rows().map(move |row| RowId { part: part as u32, row }))
    }

    /// The numbers of the selected companies, ascending.
    #[must_use]
    pub fn orgnrs(&self, selection: &Selection) -> Vec<u64> {
        let mut orgnrs: Vec<u64> = Vec::with_capacity(selection.count() as usize);
        for (part, rows) in self.parts.iter().zip(&selection.parts) {
            orgnrs.extend(rows.rows().map(|row| part.segment.orgnrs()[row as usize]));
        }
        if selection.parts[1..].iter().any(|rows| rows.count() > 0) {
            orgnrs.sort_unstable();
        }
        orgnrs
    }

    /// The numbers of the companies with `after < number <= until`, ascending.
    #[must_use]
    pub fn orgnrs_between(&self, after: u64, until: u64) -> Vec<u64> {
        let mut found = Vec::new();
        for part in &self.parts {
            let orgnrs = part.segment.orgnrs();
            let from = orgnrs.partition_point(|orgnr| *orgnr <= after);
            let to = orgnrs.partition_point(|orgnr| *orgnr <= until);
            let alive = (from..to.max(from)).filter(|row| part.alive.contains(*row as u32));
            found.extend(alive.map(|row| orgnrs[row]));
        }
        found.sort_unstable();
        found
    }

    /// Counts per value of a facet field; see [`Segment::facet`].
    #[must_use]
    pub fn facet(&self, field: FieldId, level: Option<u8>, selection: &Selection) -> Counts {
        let mut counts = Counts::new();
        for (part, rows) in self.parts.iter().zip(&selection.parts) {
            for (value, count) in part.segment.facet(field, level, rows) {
                *counts.entry(value).or_default() += count;
            }
        }
        counts
    }

    /// Counts per bin; see [`Segment::histogram`].
    #[must_use]
    pub fn histogram(&self, field: FieldId, edges: &[i64], selection: &Selection) -> BinCounts {
        let mut parts = self.parts.iter().zip(&selection.parts);
        let mut counts =
            parts.next().map(|(part, rows)| part.segment.histogram(field, edges, rows)).unwrap_or_default();
        for (part, rows) in parts {
            counts.add(&part.segment.histogram(field, edges, rows));
        }
        counts
    }

    /// The stored integers (ratios in ten-thousandths) of the selected companies that have a value, in no order.
    #[must_use]
    pub fn values(&self, field: FieldId, selection: &Selection) -> Vec<i64> {
        let parts = self.parts.iter().zip(&selection.parts);
        parts.flat_map(|(part, rows)| part.segment.values(field, rows)).collect()
    }

    /// Bytes per field over all parts, without what is kept to answer repeated questions.
    #[must_use]
    pub fn bytes(&self) -> Vec<(FieldId, usize)> {
        let mut bytes: Vec<(FieldId, usize)> = self.base().bytes().collect();
        for part in &self.parts[1..] {
            for ((_, sum), (_, more)) in bytes.iter_mut().zip(part.segment.bytes()) {
                *sum += more;
            }
        }
        bytes
    }
}
