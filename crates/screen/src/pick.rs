// Longer than 500 lines because the paths of one choice share the bounds and the threshold that make it cheap.
//! Picking a page out of a selection without sorting it, and without keeping any order of rows.
//!
//! A sort is taken apart into stages: is there a value, then one narrow array of keys after the other, then the row itself. The
//! first page keeps the best rows seen so far and skips every block of 1 024 rows whose best key cannot compete. A page further
//! down finds the keys at its two ends by counting keys per upper half and then, in one bucket, per lower half, and collects what
//! lies between. Rows that tie at an end are taken apart by the next stage. So each page costs a few passes over one
//! array, whatever its offset, and nothing has to be built before the first question.

use std::cmp::Ordering;

use crate::bitset::Bitset;
use crate::number::{Low, join, masks_where};

/// Rows per block of key bounds.
pub(crate) const BLOCK: usize = 1024;
/// Pages that end within so many rows keep the best rows of one pass.
const FIRST_ROWS: usize = 2_048;
/// Selections of so few rows are gathered and sorted partially.
const FEW: usize = 4_096;
/// So many rows between the two ends of a page are gathered; more of them tie, and are told apart by the next stage.
const GATHERED: usize = 65_536;

/// Least and greatest key of a block among its rows with a value; least above greatest where there are none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Bounds {
    pub least: u32,
    pub greatest: u32,
}

/// The bounds of every block of [`BLOCK`] keys, over the rows that `counts` lets through.
pub(crate) fn bounds_of(keys: &[u32], counts: impl Fn(usize) -> bool) -> Vec<Bounds> {
    keys.chunks(BLOCK)
        .enumerate()
        .map(|(block, keys)| {
            let mut bounds = Bounds { least: u32::MAX, greatest: 0 };
            for (index, key) in keys.iter().enumerate() {
                if counts(block * BLOCK + index) {
                    bounds.least = bounds.least.min(*key);
                    bounds.greatest = bounds.greatest.max(*key);
                }
            }
            bounds
        })
        .collect()
}

/// An array of keys. In arrays of codes and of ranks 0 stands for a missing value, which sorts last in either direction.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Plane<'a> {
    /// Codes of up to 255 values.
    U8(&'a [u8]),
    /// Codes of up to 65 535 values.
    U16(&'a [u16]),
    /// Codes of more values, ranks (0 is missing), or keys of numbers (all have a value).
    U32 { keys: &'a [u32], bounds: Option<&'a [Bounds]>, is_zero_missing: bool },
    /// The low halves of keys, which decide where high halves are equal.
    Low { high: &'a [u32], low: &'a [Low] },
}

/// One step of a comparison.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Stage<'a> {
    /// Rows in the set first; for those outside the next `planes` stages say nothing.
    Present { rows: &'a Bitset, planes: usize },
    /// By key.
    Key { plane: Plane<'a>, descending: bool },
    /// Greatest row first.
    LastRowFirst,
}

/// A key turned so that smaller is earlier and missing is last.
fn turned(key: u32, descending: bool, is_zero_missing: bool) -> u32 {
    if descending { !key } else { key.wrapping_sub(u32::from(is_zero_missing)) }
}

impl Plane<'_> {
    fn turned_at(&self, row: u32, descending: bool) -> u32 {
        match self {
            Self::U8(keys) => turned_code(keys[row as usize], descending),
            Self::U16(keys) => turned_code(keys[row as usize], descending),
            Self::U32 { keys, is_zero_missing, .. } => turned(keys[row as usize], descending, *is_zero_missing),
            Self::Low { high, low } => turned(join(high[row as usize], low, row as usize) as u32, descending, false),
        }
    }
}

/// As [`turned`], for codes, in the 32 bits where 0 becomes the greatest key.
fn turned_code(code: impl Into<u32>, descending: bool) -> u32 {
    turned(code.into(), descending, true)
}

fn compare(stages: &[Stage<'_>], a: u32, b: u32) -> Ordering {
    let mut rest = stages;
    while let Some((stage, next)) = rest.split_first() {
        rest = next;
        let order = match stage {
            Stage::Present { rows, planes } => {
                let (has_a, has_b) = (rows.contains(a), rows.contains(b));
                if !has_a && !has_b {
                    rest = &rest[*planes..];
                }
                has_b.cmp(&has_a)
            }
            Stage::Key { plane, descending } => plane.turned_at(a, *descending).cmp(&plane.turned_at(b, *descending)),
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
    let Some((stage, rest)) = stages.split_first() else {
        rows.append_positions(from, to, page);
        return;
    };
    match stage {
        Stage::LastRowFirst => {
            let start = page.len();
            rows.append_positions(count - to, count - from, page);
            page[start..].reverse();
        }
        Stage::Present { rows: valid, planes } => {
            let present = rows.count_and(valid) as usize;
            if present == count {
                return pick(rows, count, rest, from, to, page);
            }
            if from < present {
                let mut inside = rows.clone();
                inside.and(valid);
                pick(&inside, present, rest, from, to, page);
            }
            if to > present {
                let mut outside = rows.clone();
                outside.and_not(valid);
                let (from, to) = (from.saturating_sub(present), to - present);
                pick(&outside, count - present, &rest[*planes..], from, to, page);
            }
        }
        Stage::Key { plane, descending } => {
            if count <= FEW || to > FIRST_ROWS && count <= GATHERED {
                page.extend(sorted_part(rows.rows(), stages, from, to));
                return;
            }
            match plane {
                // That so many rows share a high half is rare enough to write their low halves out.
                Plane::Low { high, low } => {
                    let mut keys = vec![0; high.len()];
                    rows.rows().for_each(|row| keys[row as usize] = join(high[row as usize], low, row as usize) as u32);
                    let plane = Plane::U32 { keys: &keys, bounds: None, is_zero_missing: false };
                    let mut stages = stages.to_vec();
                    stages[0] = Stage::Key { plane, descending: *descending };
                    pick(rows, count, &stages, from, to, page);
                }
                Plane::U32 { keys, bounds: Some(bounds), is_zero_missing } if to <= FIRST_ROWS => {
                    let first = Earliest { keys, bounds, descending: *descending, is_zero_missing: *is_zero_missing };
                    page.extend(sorted_part(first.candidates(rows, stages, to).into_iter(), stages, from, to));
                }
                _ => {
                    let window = Window::find(rows, *plane, *descending, from, to);
                    window.pick(rows, stages, from, to, page);
                }
            }
        }
    }
}

/// Positions `from..to` of the given rows in the order of the stages.
fn sorted_part(rows: impl Iterator<Item = u32>, stages: &[Stage<'_>], from: usize, to: usize) -> Vec<u32> {
    // The first key beside each row spares most comparisons a look at the columns.
    let first = match stages.first() {
        Some(Stage::Key { plane, descending }) => Some((*plane, *descending)),
        _ => None,
    };
    let key = |row| first.map_or(0, |(plane, descending)| plane.turned_at(row, descending));
    let mut keyed: Vec<(u32, u32)> = rows.map(|row| (key(row), row)).collect();
    let order = |a: &(u32, u32), b: &(u32, u32)| a.0.cmp(&b.0).then_with(|| compare(stages, a.1, b.1));
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

/// Keeps the earliest rows of one pass over the blocks, most promising block first.
struct Earliest<'a> {
    keys: &'a [u32],
    bounds: &'a [Bounds],
    descending: bool,
    is_zero_missing: bool,
}

impl Earliest<'_> {
    fn turned(&self, key: u32) -> u32 {
        turned(key, self.descending, self.is_zero_missing)
    }

    /// At least the first `wanted` rows of the selection, and few others.
    fn candidates(&self, rows: &Bitset, stages: &[Stage<'_>], wanted: usize) -> Vec<u32> {
        let mut blocks: Vec<(u32, u32)> = (0u32..)
            .zip(self.bounds)
            .filter(|(block, _)| rows.words_of_block(*block as usize).iter().any(|word| *word != 0))
            .map(|(block, bounds)| {
                let is_empty = bounds.least > bounds.greatest;
                let best = if self.descending { bounds.greatest } else { bounds.least };
                (if is_empty { u32::MAX } else { self.turned(best) }, block)
            })
            .collect();
        blocks.sort_unstable();
        let is_single = stages.len() == 1;
        let mut kept: Vec<u32> = Vec::with_capacity(wanted * 2 + 64);
        // The key and row of the last row that still belongs to the first ones, once there are enough.
        let mut last: Option<(u32, u32)> = None;
        for (best, block) in blocks {
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
                    && rest.count_ones() > 6
                {
                    let chunk = &self.keys[start..(start + 64).min(self.keys.len())];
                    rest &= masks_where(chunk, |key| self.turned(key) <= limit);
                }
                while rest != 0 {
                    let row = start as u32 + rest.trailing_zeros();
                    rest &= rest - 1;
                    if last.is_none_or(|(key, last)| {
                        let own = self.turned(self.keys[row as usize]);
                        own < key || own == key && compare(stages, row, last).is_lt()
                    }) {
                        kept.push(row);
                    }
                }
                if kept.len() >= wanted * 2 {
                    kept.select_nth_unstable_by(wanted - 1, |a, b| compare(stages, *a, *b));
                    kept.truncate(wanted);
                    last = kept.last().map(|row| (self.turned(self.keys[*row as usize]), *row));
                }
            }
        }
        kept
    }
}

/// The keys at both ends of a page, and how many rows come before each.
#[derive(Clone, Copy, Debug)]
struct Window {
    first: u32,
    last: u32,
    before_first: usize,
    before_last: usize,
}

impl Window {
    fn find(rows: &Bitset, plane: Plane<'_>, descending: bool, from: usize, to: usize) -> Self {
        let ((first, before_first), (last, before_last)) = match plane {
            Plane::U8(codes) => ends(&per_code(rows, codes, 1 << 8), descending, from, to),
            Plane::U16(codes) => ends(&per_code(rows, codes, 1 << 16), descending, from, to),
            Plane::U32 { keys, is_zero_missing, .. } => {
                let turn = |key| turned(key, descending, is_zero_missing);
                let upper = counted(rows, keys, |key| Some(turn(key) >> 16));
                let low = |position| {
                    let (bucket, before) = at(&upper, position);
                    (bucket, before, position - before)
                };
                let (first, last) = (low(from), low(to - 1));
                let lower =
                    |bucket: u32| counted(rows, keys, |key| (turn(key) >> 16 == bucket).then_some(turn(key) & 0xffff));
                let counts = lower(first.0);
                let exact = |(bucket, before, position): (u32, usize, usize), counts: &[u32]| {
                    let (low, more) = at(counts, position);
                    (bucket << 16 | low, before + more)
                };
                let start = exact(first, &counts);
                let end = if last.0 == first.0 { exact(last, &counts) } else { exact(last, &lower(last.0)) };
                (start, end)
            }
            // Written out before a window is looked for.
            Plane::Low { .. } => ((0, 0), (u32::MAX, 0)),
        };
        Self { first, last, before_first, before_last }
    }

    fn pick(self, rows: &Bitset, stages: &[Stage<'_>], from: usize, to: usize, page: &mut Vec<u32>) {
        let Some((Stage::Key { plane, descending }, rest)) = stages.split_first() else { return };
        let between = |first: u32, last: u32| within(rows, *plane, *descending, first, last);
        let all = between(self.first, self.last);
        let size = all.count() as usize;
        if size <= GATHERED {
            let (from, to) = (from - self.before_first, to - self.before_first);
            page.extend(sorted_part(all.rows(), stages, from, to));
            return;
        }
        if self.first == self.last {
            return pick(&all, size, rest, from - self.before_first, to - self.before_first, page);
        }
        let ties = between(self.first, self.first);
        let tied = ties.count() as usize;
        pick(&ties, tied, rest, from - self.before_first, tied, page);
        if let (Some(first), Some(last)) = (self.first.checked_add(1), self.last.checked_sub(1))
            && first <= last
        {
            let inner = between(first, last);
            page.extend(sorted_part(inner.rows(), stages, 0, usize::MAX));
        }
        let ties = between(self.last, self.last);
        pick(&ties, ties.count() as usize, rest, 0, to - self.before_last, page);
    }
}

/// The turned codes at positions `from` and `to - 1`, each with the number of rows before it.
fn ends(counts: &[u64], descending: bool, from: usize, to: usize) -> ((u32, usize), (u32, usize)) {
    let mut before = 0;
    let mut first = None;
    // Codes in the order of the sort: 1, 2, … or the other way, then 0 for missing.
    let present = (1..counts.len()).map(|index| if descending { counts.len() - index } else { index });
    for code in present.chain([0]) {
        let count = counts[code] as usize;
        let turned = turned_code(code as u32, descending);
        if first.is_none() && from < before + count {
            first = Some((turned, before));
        }
        if to <= before + count {
            return (first.unwrap_or((turned, before)), (turned, before));
        }
        before += count;
    }
    let end = (u32::MAX, before);
    (first.unwrap_or(end), end)
}

fn per_code<C: Copy + Into<u32>>(rows: &Bitset, codes: &[C], values: usize) -> Vec<u64> {
    let mut counts = vec![0; values];
    crate::code::count(codes, rows, &mut counts);
    counts
}

/// How many rows fall into each of 65 536 buckets; `bucket` leaves out rows by `None`.
fn counted(rows: &Bitset, keys: &[u32], bucket: impl Fn(u32) -> Option<u32>) -> Vec<u32> {
    let mut counts = vec![0u32; 1 << 16];
    for (word, chunk) in rows.words().iter().zip(keys.chunks(64)) {
        if *word == u64::MAX {
            for key in chunk {
                if let Some(bucket) = bucket(*key) {
                    counts[bucket as usize & 0xffff] += 1;
                }
            }
            continue;
        }
        let mut rest = *word;
        while rest != 0 {
            if let Some(bucket) = bucket(chunk[rest.trailing_zeros() as usize]) {
                counts[bucket as usize & 0xffff] += 1;
            }
            rest &= rest - 1;
        }
    }
    counts
}

/// The bucket that holds a position, and how many rows come before the bucket.
fn at(counts: &[u32], position: usize) -> (u32, usize) {
    let mut before = 0;
    for (bucket, count) in (0u32..).zip(counts) {
        let after = before + *count as usize;
        if position < after {
            return (bucket, before);
        }
        before = after;
    }
    (counts.len() as u32 - 1, before)
}

/// The rows of the selection whose turned key lies between the two, both included.
fn within(rows: &Bitset, plane: Plane<'_>, descending: bool, first: u32, last: u32) -> Bitset {
    fn scan<C: Copy>(rows: &Bitset, keys: &[C], test: impl Fn(C) -> bool + Copy) -> Bitset {
        let words = rows.words().iter().zip(keys.chunks(64));
        let words = words.map(|(word, chunk)| if *word == 0 { 0 } else { *word & masks_where(chunk, test) });
        Bitset::from_words(words.collect(), rows.len())
    }
    let width = last - first;
    match plane {
        Plane::U8(codes) => scan(rows, codes, |code| turned_code(code, descending).wrapping_sub(first) <= width),
        Plane::U16(codes) => scan(rows, codes, |code| turned_code(code, descending).wrapping_sub(first) <= width),
        Plane::U32 { keys, is_zero_missing, .. } => {
            scan(rows, keys, |key| turned(key, descending, is_zero_missing).wrapping_sub(first) <= width)
        }
        Plane::Low { .. } => rows.clone(),
    }
}

/// The whole keys at the given positions of the selection in ascending order; positions ascending and below the selection's
/// size. `first` are the arrays that decide most comparisons, `whole` gives the key of a row, which sorts as `first` does where
/// that differs.
pub(crate) fn keys_at(rows: &Bitset, first: &[u32], whole: impl Fn(u32) -> u64, positions: &[usize]) -> Vec<u64> {
    let upper = counted(rows, first, |key| Some(key >> 16));
    let mut kept: Option<(u32, Vec<u32>)> = None;
    positions
        .iter()
        .map(|position| {
            let (bucket, before) = at(&upper, *position);
            if kept.as_ref().is_none_or(|(known, _)| *known != bucket) {
                kept = Some((bucket, counted(rows, first, |key| (key >> 16 == bucket).then_some(key & 0xffff))));
            }
            let counts = kept.as_ref().map_or(&[][..], |(_, counts)| counts);
            let (rest, more) = at(counts, position - before);
            let key = bucket << 16 | rest;
            let ties = within(rows, Plane::U32 { keys: first, bounds: None, is_zero_missing: false }, false, key, key);
            let mut keys: Vec<u64> = ties.rows().map(&whole).collect();
            let nth = (position - before - more).min(keys.len().saturating_sub(1));
            if keys.is_empty() { u64::from(key) } else { *keys.select_nth_unstable(nth).1 }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn a_page_is_that_of_a_full_sort(
            seed in any::<u64>(), len in prop_oneof![0usize..300, 4_000usize..9_000], spread in 0u32..33, codes in 1u32..300,
            descending in any::<(bool, bool)>(), from in 0usize..9_000, size in prop_oneof![1usize..60, 1usize..6_000], keep in 1u64..6,
        ) {
            let mut state = seed | 1;
            let mut next = move || { state ^= state << 13; state ^= state >> 7; state ^= state << 17; state };
            let keys: Vec<u32> = (0..len).map(|_| (next() as u32).checked_shr(spread).unwrap_or(0)).collect();
            let small: Vec<u16> = (0..len).map(|_| (next() % u64::from(codes)) as u16).collect();
            let (mut rows, mut valid) = (Bitset::none(len), Bitset::none(len));
            for row in 0..len as u32 {
                if !next().is_multiple_of(keep) { rows.insert(row); }
                if !next().is_multiple_of(7) { valid.insert(row); }
            }
            let bounds = bounds_of(&keys, |row| valid.contains(row as u32));
            let number = [
                Stage::Present { rows: &valid, planes: 1 },
                Stage::Key { plane: Plane::U32 { keys: &keys, bounds: Some(&bounds), is_zero_missing: false }, descending: descending.0 },
            ];
            let all_bounds = bounds_of(&keys, |row| keys[row] > 0);
            let rank = Stage::Key { plane: Plane::U32 { keys: &keys, bounds: Some(&all_bounds), is_zero_missing: true }, descending: descending.0 };
            let code = Stage::Key { plane: Plane::U16(&small), descending: descending.1 };
            let count = rows.count() as usize;
            for stages in [
                vec![], number.to_vec(), vec![rank], vec![code], vec![code, number[0], number[1]], vec![number[0], number[1], code],
                vec![rank, code], vec![code, Stage::LastRowFirst], vec![Stage::LastRowFirst],
            ] {
                let mut expected: Vec<u32> = rows.rows().collect();
                expected.sort_by(|a, b| {
                    for stage in &stages {
                        let order = match stage {
                            Stage::Present { .. } => valid.contains(*b).cmp(&valid.contains(*a)),
                            Stage::Key { plane: Plane::U16(_), descending } => {
                                let key = |row: u32| { let k = small[row as usize]; (k == 0, if *descending { u32::from(!k) } else { u32::from(k) }) };
                                key(*a).cmp(&key(*b))
                            }
                            Stage::Key { plane: Plane::U32 { is_zero_missing, .. }, descending } => {
                                if !is_zero_missing && !valid.contains(*a) { continue }
                                let key = |row: u32| { let k = keys[row as usize]; (*is_zero_missing && k == 0, if *descending { !k } else { k }) };
                                key(*a).cmp(&key(*b))
                            }
                            Stage::LastRowFirst => b.cmp(a),
                            Stage::Key { .. } => Ordering::Equal,
                        };
                        if order != Ordering::Equal { return order; }
                    }
                    a.cmp(b)
                });
                let expected: Vec<u32> = expected.into_iter().skip(from).take(size).collect();
                let mut page = Vec::new();
                pick(&rows, count, &stages, from, from + size, &mut page);
                prop_assert_eq!(page, expected, "{:?}", stages.len());
            }
            let mut present = rows.clone();
            present.and(&valid);
            let mut sorted: Vec<u64> = present.rows().map(|row| u64::from(keys[row as usize]) << 32 | u64::from(small[row as usize])).collect();
            sorted.sort_unstable();
            if !sorted.is_empty() {
                let positions = [0, sorted.len() / 3, sorted.len() - 1];
                let whole = |row: u32| u64::from(keys[row as usize]) << 32 | u64::from(small[row as usize]);
                let found = keys_at(&present, &keys, whole, &positions);
                prop_assert_eq!(found, positions.map(|position| sorted[position]).to_vec());
            }
        }
    }
}
