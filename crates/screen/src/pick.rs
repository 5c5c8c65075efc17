//! Picking a page out of a selection without sorting it, and without keeping any order of rows.
//!
//! A sort is taken apart into stages, one array of keys after the other, then the row itself. The first page keeps the best rows seen so
//! far and skips every block of 1 024 rows whose best key cannot compete ([`earliest`]). A page further down finds the codes at
//! its two ends by counting, and collects what lies between ([`window`]). Rows that tie at an end are taken apart by the
//! next stage. So each page costs a few passes over one narrow array, whatever its offset, and nothing has to be built before the
//! first question.

mod earliest;
mod plane;
#[cfg(test)]
mod tests;
mod window;

use std::cmp::Ordering;

use crate::bitset::Bitset;
use earliest::Earliest;
pub(crate) use plane::{BLOCK, Bounds, Key, Plane, bounds_of};
use window::Window;

/// Pages that end within so many rows keep the best rows of one pass.
const FIRST_ROWS: usize = 2_048;
/// Selections of so few rows are gathered and sorted partially.
const FEW: usize = 4_096;
/// So many rows between the two ends of a page are gathered; of more, those that tie are told apart by the next stage.
const GATHERED: usize = 65_536;

/// One step of a comparison.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Stage<'a> {
    /// By key, missing last in either direction.
    Key { plane: Plane<'a>, descending: bool },
    /// Greatest row first.
    LastRowFirst,
}

/// The order of two rows.
fn compare(stages: &[Stage<'_>], a: u32, b: u32) -> Ordering {
    for stage in stages {
        let order = match stage {
            Stage::Key { plane, descending } => plane.turned(a, *descending).cmp(&plane.turned(b, *descending)),
            Stage::LastRowFirst => b.cmp(&a),
        };
        if order != Ordering::Equal {
            return order;
        }
    }
    a.cmp(&b)
}

/// Appends the rows at positions `from..to` of the selection in the order of the stages. `count` is the selection's size.
pub(crate) fn pick(rows: &Bitset, count: usize, stages: &[Stage<'_>], from: usize, to: usize, page: &mut Vec<u32>) {
    let to = to.min(count);
    if from >= to {
        return;
    }
    match stages.first() {
        None => rows.append_positions(from, to, page),
        Some(Stage::LastRowFirst) => {
            let start = page.len();
            rows.append_positions(count - to, count - from, page);
            page[start..].reverse();
        }
        Some(Stage::Key { plane, descending }) => {
            let is_ranked = matches!(plane, Plane::U32 { .. });
            if count <= FEW || is_ranked && to > FIRST_ROWS && count <= GATHERED {
                page.extend(sorted_part(rows.rows(), stages, from, to));
            } else if let Some(bounds) = plane.bounds()
                && to <= FIRST_ROWS
            {
                let first = Earliest { plane: *plane, bounds, descending: *descending };
                page.extend(sorted_part(first.candidates(rows, stages, to).into_iter(), stages, from, to));
            } else {
                Window::find(rows, *plane, *descending, from, to).pick(rows, stages, from, to, page);
            }
        }
    }
}

/// Positions `from..to` of the given rows in the order of the stages.
fn sorted_part(rows: impl Iterator<Item = u32>, stages: &[Stage<'_>], from: usize, to: usize) -> Vec<u32> {
    // The first key beside each row spares most comparisons a look at the columns.
    let (first, rest) = match stages.split_first() {
        Some((Stage::Key { plane, descending }, rest)) => (Some((*plane, *descending)), rest),
        _ => (None, stages),
    };
    let key = |row| first.map_or((0, 0), |(plane, descending)| plane.turned(row, descending));
    let mut keyed: Vec<(Key, u32)> = rows.map(|row| (key(row), row)).collect();
    let order = |a: &(Key, u32), b: &(Key, u32)| a.0.cmp(&b.0).then_with(|| compare(rest, a.1, b.1));
    if to < keyed.len() {
        keyed.select_nth_unstable_by(to, order);
        keyed.truncate(to);
    }
    let from = from.min(keyed.len());
    if 0 < from && from < keyed.len() {
        keyed.select_nth_unstable_by(from, order);
    }
    let part = &mut keyed[from..];
    part.sort_unstable_by(order);
    part.iter().map(|(_, row)| *row).collect()
}
