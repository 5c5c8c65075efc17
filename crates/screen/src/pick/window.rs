//! A page further down: the codes at its two ends by counting, then what lies between.

use super::plane::turned;
use super::{GATHERED, Plane, Stage, pick, sorted_part};
use crate::bitset::Bitset;

/// The turned codes at both ends of a page, and how many rows come before each.
#[derive(Clone, Copy, Debug)]
pub(super) struct Window {
    first: u32,
    last: u32,
    before_first: usize,
    before_last: usize,
}

impl Window {
    /// The window of positions `from..to` of the selection, which has more than `from` rows.
    pub(super) fn find(rows: &Bitset, plane: Plane<'_>, descending: bool, from: usize, to: usize) -> Self {
        let ((first, before_first), (last, before_last)) = match (plane.per_code(rows), plane) {
            (Some(counts), _) => ends(&counts, descending, from, to),
            (None, Plane::U32 { keys, .. }) => ends_of_ranks(rows, keys, descending, from, to),
            (None, _) => ((0, 0), (u32::MAX, 0)),
        };
        Self { first, last, before_first, before_last }
    }

    /// Appends positions `from..to` of the selection.
    pub(super) fn pick(self, rows: &Bitset, stages: &[Stage<'_>], from: usize, to: usize, page: &mut Vec<u32>) {
        let Some((Stage::Key { plane, descending }, rest)) = stages.split_first() else { return };
        let between = |first: u32, last: u32| within(rows, *plane, *descending, first, last);
        let all = between(self.first, self.last);
        let size = all.count() as usize;
        if size <= GATHERED {
            let (from, to) = (from - self.before_first, to - self.before_first);
            page.extend(sorted_part(all.rows(), stages, from, to));
            return;
        }
        // Rows of one code tie, and the next stage takes them apart; those of a range of numbers are sorted.
        let of_code = |code: u32, rows: &Bitset, from: usize, to: usize, page: &mut Vec<u32>| {
            if plane.is_single(code, *descending) {
                pick(rows, rows.count() as usize, rest, from, to, page);
            } else {
                page.extend(sorted_part(rows.rows(), stages, from, to));
            }
        };
        if self.first == self.last {
            return of_code(self.first, &all, from - self.before_first, to - self.before_first, page);
        }
        of_code(self.first, &between(self.first, self.first), from - self.before_first, usize::MAX, page);
        if let (Some(first), Some(last)) = (self.first.checked_add(1), self.last.checked_sub(1))
            && first <= last
        {
            let inner = between(first, last);
            page.extend(sorted_part(inner.rows(), stages, 0, usize::MAX));
        }
        of_code(self.last, &between(self.last, self.last), 0, to - self.before_last, page);
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
        let (turned, _) = turned((code as u32, 0), descending);
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

/// As [`ends`], for more codes than can be counted at once: by upper halves, then by lower halves within one of those.
fn ends_of_ranks(
    rows: &Bitset,
    keys: &[u32],
    descending: bool,
    from: usize,
    to: usize,
) -> ((u32, usize), (u32, usize)) {
    let turn = |key: u32| turned((key, 0), descending).0;
    let upper = counted(rows, keys, |key| Some(turn(key) >> 16));
    let low = |position| {
        let (bucket, before) = at(&upper, position);
        (bucket, before, position - before)
    };
    let (first, last) = (low(from), low(to - 1));
    let lower = |bucket: u32| counted(rows, keys, |key| (turn(key) >> 16 == bucket).then_some(turn(key) & 0xffff));
    let counts = lower(first.0);
    let exact = |(bucket, before, position): (u32, usize, usize), counts: &[u32]| {
        let (low, more) = at(counts, position);
        (bucket << 16 | low, before + more)
    };
    let start = exact(first, &counts);
    let end = if last.0 == first.0 { exact(last, &counts) } else { exact(last, &lower(last.0)) };
    (start, end)
}

/// How many rows fall into each of 65 536 buckets; `bucket` leaves out rows by `None`.
fn counted(rows: &Bitset, keys: &[u32], bucket: impl Fn(u32) -> Option<u32>) -> Vec<u32> {
    let mut counts = vec![0u32; 1 << 16];
    for (word, chunk) in rows.words().iter().zip(keys.chunks(64)) {
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

/// The rows of the selection whose turned code lies between the two, both included.
fn within(rows: &Bitset, plane: Plane<'_>, descending: bool, first: u32, last: u32) -> Bitset {
    let words = rows.words().iter().enumerate();
    let words = words.map(|(index, word)| match word {
        0 => 0,
        word => word & plane.mask(index * 64, first, last, descending),
    });
    Bitset::from_words(words.collect(), rows.len())
}
