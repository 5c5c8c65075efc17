//! Counting the values of a set of rows, by bins or one by one.

use std::collections::BTreeMap;

use super::NumberColumn;
use crate::bitset::Bitset;
use crate::count::count_codes;

/// A range whose values fall into more than one bin.
const MIXED: u8 = u8::MAX;

/// The place of a value among the counts of a histogram: 1 below the edges, 2 above them, then the bins.
fn place(edges: &[i64], value: i64) -> u8 {
    let last = edges.len() - 1;
    if value < edges[0] {
        1
    } else if value > edges[last] {
        2
    } else {
        3 + (edges.partition_point(|edge| *edge <= value) - 1).min(last - 1) as u8
    }
}

impl NumberColumn {
    /// Adds to `counts` the rows of the set: missing, below the first edge, above the last, then per bin. There are at least two
    /// ascending edges, and at most 200 bins. Most ranges lie in one bin, so that only a few rows are looked at beyond their range.
    pub(crate) fn count_bins(&self, edges: &[i64], rows: &Bitset, counts: &mut [u64]) {
        let mut table = [0u8; 256];
        for (index, range) in self.ranges.iter().enumerate().filter(|(_, range)| range.least <= range.greatest) {
            let (first, last) = (place(edges, range.least), place(edges, range.greatest));
            table[index + 1] = if first == last { first } else { MIXED };
        }
        // Two tables in turn: neighbours often share a bin, and adding to a place just written would wait for it.
        let (mut even, mut odd) = ([0u32; 256], [0u32; 256]);
        rows.each_batch(|rows| {
            let (pairs, last) = rows.as_chunks::<2>();
            for [first, second] in pairs {
                even[self.bin(&table, edges, *first)] += 1;
                odd[self.bin(&table, edges, *second)] += 1;
            }
            if let [row] = last {
                even[self.bin(&table, edges, *row)] += 1;
            }
        });
        for (count, (even, odd)) in counts.iter_mut().zip(even.iter().zip(&odd)) {
            *count += u64::from(*even) + u64::from(*odd);
        }
    }

    #[inline]
    fn bin(&self, table: &[u8; 256], edges: &[i64], row: u32) -> usize {
        let code = self.codes[row as usize];
        match table[usize::from(code)] {
            MIXED => place(edges, self.value(row, code)).into(),
            bin => bin.into(),
        }
    }

    /// How many rows of the set have each value, and none.
    pub(crate) fn count_values(&self, rows: &Bitset) -> BTreeMap<Option<i64>, u64> {
        let mut counts = BTreeMap::new();
        if (1..=self.ranges.len() as u32).all(|code| self.is_single(code)) {
            let mut per_code = vec![0u64; 256];
            count_codes(&self.codes, rows, &mut per_code);
            let values = std::iter::once(None).chain(self.ranges.iter().map(|range| Some(range.least)));
            for (value, count) in values.zip(per_code).filter(|(_, count)| *count > 0) {
                *counts.entry(value).or_default() += count;
            }
            return counts;
        }
        for row in rows.rows() {
            *counts.entry(self.get(row)).or_default() += 1;
        }
        counts
    }
}
