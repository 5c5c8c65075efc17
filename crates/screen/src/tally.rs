//! Counting a selection: facets, histograms and order statistics.
//!
//! Counting over nearly every row is counting over the few others and subtracting from the total of all rows, so that
//! a count never touches more than half of the rows.

use std::collections::BTreeMap;
use std::sync::Arc;

use domain::filter::FieldId;
use domain::filter::code::sni_section;

use crate::bitset::Bitset;
use crate::code::CodeColumn;
use crate::segment::{Column, Segment};

/// A count per value; `None` counts rows without one.
pub type Counts = BTreeMap<Option<String>, u64>;

/// Histograms of up to this many bins.
pub const MOST_BINS: usize = 200;

/// A field, and the edges of a histogram or nothing for a facet.
pub(crate) type TotalsKey = (FieldId, Vec<i64>);

const TOTALS_KEPT: usize = 256;

/// Counts of a histogram: per bin, beside the edges, and missing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct BinCounts {
    /// Per bin; bin i holds `edges[i] <= value < edges[i + 1]`, the last one its upper edge too.
    pub counts: Vec<u64>,
    /// Below the first edge.
    pub below: u64,
    /// Above the last edge.
    pub above: u64,
    /// Without a value.
    pub missing: u64,
}

impl BinCounts {
    /// Adds the counts of other rows over the same edges.
    pub(crate) fn add(&mut self, other: &Self) {
        for (count, more) in self.counts.iter_mut().zip(&other.counts) {
            *count += more;
        }
        self.below += other.below;
        self.above += other.above;
        self.missing += other.missing;
    }
}

impl Segment {
    /// Counts the rows, or all others with the result taken from the totals of the segment, which are kept.
    fn by_smaller_side(
        &self,
        key: &TotalsKey,
        len: usize,
        rows: &Bitset,
        count: impl Fn(&Bitset, &mut [u64]),
    ) -> Vec<u64> {
        let mut counts = vec![0u64; len];
        if rows.count() as usize * 2 <= self.len() {
            count(rows, &mut counts);
            return counts;
        }
        let totals = {
            let mut kept = self.totals.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
            if kept.len() > TOTALS_KEPT {
                kept.clear();
            }
            kept.entry(key.clone())
                .or_insert_with(|| {
                    let mut totals = vec![0u64; len];
                    count(&Bitset::all(self.len()), &mut totals);
                    Arc::new(totals)
                })
                .clone()
        };
        let mut others = rows.clone();
        others.invert();
        count(&others, &mut counts);
        for (count, total) in counts.iter_mut().zip(totals.iter()) {
            *count = total - *count;
        }
        counts
    }

    /// Counts per value of a facet field. `level` cuts codes of a hierarchy: 1 is the section letter of SNI, else that many digits.
    #[must_use]
    pub fn facet(&self, field: FieldId, level: Option<u8>, rows: &Bitset) -> Counts {
        let key = (field, Vec::new());
        let cut = |code: &str| match level {
            None => code.to_owned(),
            Some(1) => sni_section(code).map_or_else(|| code.to_owned(), String::from),
            Some(level) => code.get(..usize::from(level)).unwrap_or(code).to_owned(),
        };
        match self.column(field) {
            Column::Boolean(column) => self.tally(&key, column, rows, |yes| vec![yes.to_string()]),
            Column::Code(column) => self.tally(&key, column, rows, |code| vec![cut(code)]),
            Column::Codes(column) => self.tally(&key, column, rows, |codes| {
                let mut cuts: Vec<String> = codes.iter().map(|code| cut(code)).collect();
                cuts.sort_unstable();
                cuts.dedup();
                cuts
            }),
            Column::Number(column) => column
                .count_values(rows)
                .into_iter()
                .map(|(value, count)| (value.map(|value| value.to_string()), count))
                .collect(),
            Column::Text(_) => Counts::new(),
        }
    }

    /// Counts per bin, over stored integers (ratios in ten-thousandths); `edges` ascending, at least two.
    #[must_use]
    pub fn histogram(&self, field: FieldId, edges: &[i64], rows: &Bitset) -> BinCounts {
        let bins = edges.len().saturating_sub(1).min(MOST_BINS);
        let (Column::Number(column), 1..) = (self.column(field), bins) else {
            return BinCounts { counts: vec![0; bins], ..BinCounts::default() };
        };
        let edges = &edges[..=bins];
        let counted = self.by_smaller_side(&(field, edges.to_vec()), bins + 3, rows, |rows, counts| {
            column.count_bins(edges, rows, counts);
        });
        BinCounts { missing: counted[0], below: counted[1], above: counted[2], counts: counted[3..].to_vec() }
    }

    fn tally<T>(
        &self,
        key: &TotalsKey,
        column: &CodeColumn<T>,
        rows: &Bitset,
        names: impl Fn(&T) -> Vec<String>,
    ) -> Counts {
        let counted = self.by_smaller_side(key, column.dictionary().len() + 1, rows, |rows, counts| {
            column.codes().count(rows, counts);
        });
        let mut counts = Counts::new();
        if counted[0] > 0 {
            counts.insert(None, counted[0]);
        }
        for (value, count) in column.dictionary().iter().zip(&counted[1..]).filter(|(_, count)| **count > 0) {
            for name in names(value) {
                *counts.entry(Some(name)).or_default() += count;
            }
        }
        counts
    }

    /// The stored integers of the selected rows that have a value, in no order.
    #[must_use]
    pub fn values(&self, field: FieldId, rows: &Bitset) -> Vec<i64> {
        match self.column(field) {
            Column::Number(column) => rows.rows().filter_map(|row| column.get(row)).collect(),
            _ => Vec::new(),
        }
    }
}
