//! The first rows of a selection, by one pass over the blocks, most promising block first.

use super::plane::turned;
use super::{BLOCK, Bounds, Key, Plane, Stage, compare};
use crate::bitset::Bitset;

/// Words with so few rows are looked at row by row instead of as a whole.
const FEW_BITS: u32 = 6;

/// Keeps the earliest rows of one pass.
pub(super) struct Earliest<'a> {
    pub plane: Plane<'a>,
    pub bounds: &'a [Bounds],
    pub descending: bool,
}

impl Earliest<'_> {
    /// The blocks that hold a row of the selection, each with its best turned key, best first.
    fn blocks(&self, rows: &Bitset) -> Vec<(Key, u32)> {
        let mut blocks: Vec<(Key, u32)> = (0u32..)
            .zip(self.bounds)
            .filter(|(block, _)| rows.words_of_block(*block as usize).iter().any(|word| *word != 0))
            .map(|(block, bounds)| {
                let is_empty = bounds.least > bounds.greatest;
                let best = if self.descending { bounds.greatest } else { bounds.least };
                // Without any value all keys are those of missing ones.
                (turned(if is_empty { (0, 0) } else { best }, self.descending), block)
            })
            .collect();
        blocks.sort_unstable();
        blocks
    }

    /// At least the first `wanted` rows of the selection, and few others.
    pub(super) fn candidates(&self, rows: &Bitset, stages: &[Stage<'_>], wanted: usize) -> Vec<u32> {
        let is_single = stages.len() == 1;
        let mut kept: Vec<u32> = Vec::with_capacity(wanted * 2 + 64);
        // The key and row of the last row that still belongs to the first ones, once there are enough.
        let mut last: Option<(Key, u32)> = None;
        for (best, block) in self.blocks(rows) {
            if let Some((key, row)) = last {
                if best > key {
                    break;
                }
                if best == key && is_single && block * BLOCK as u32 > row {
                    continue;
                }
            }
            for (index, word) in rows.words_of_block(block as usize).iter().enumerate() {
                let start = block as usize * BLOCK + index * 64;
                let mut rest = *word;
                if let Some((limit, _)) = last
                    && rest.count_ones() > FEW_BITS
                {
                    rest &= self.plane.mask(start, 0, limit.0, self.descending);
                }
                while rest != 0 {
                    let row = start as u32 + rest.trailing_zeros();
                    rest &= rest - 1;
                    if last.is_none_or(|(key, last)| self.is_before(row, key, last, stages)) {
                        kept.push(row);
                    }
                }
                if kept.len() >= wanted * 2 {
                    kept.select_nth_unstable_by(wanted - 1, |a, b| compare(stages, *a, *b));
                    kept.truncate(wanted);
                    last = kept.last().map(|row| (self.plane.turned(*row, self.descending), *row));
                }
            }
        }
        kept
    }

    fn is_before(&self, row: u32, key: Key, last: u32, stages: &[Stage<'_>]) -> bool {
        // The code alone decides most rows, and the rest need not be fetched.
        match self.plane.turned_code(row, self.descending).cmp(&key.0) {
            std::cmp::Ordering::Less => true,
            std::cmp::Ordering::Greater => false,
            std::cmp::Ordering::Equal => {
                let own = self.plane.turned(row, self.descending);
                own < key || own == key && compare(stages, row, last).is_lt()
            }
        }
    }
}
