//! Columns of numbers: amounts, ratios, counts, small integers and dates, all as exact integers.
//!
//! A ratio is kept as ten-thousandths (every ratio is a multiple of 0.0001), a date as days since 1970. The values of a column are cut
//! into at most 255 ranges of about equally many rows. A row holds the number of its range in one byte, and what its value has
//! beyond the start of the range in as many bytes as the widest range needs, often one or two. A comparison reads the bytes of the
//! ranges alone and looks at the rest only of rows in the range that holds the bound: exact at the speed of one byte a row.
//! The few values outside all ranges, one in a hundred at most unless they are extreme, stand in a list.

mod bins;
mod ranges;
mod rest;
mod stored;

use crate::bitset::Bitset;
use crate::count::count_codes;
use crate::mask::bytes_within;
use crate::pick::{BLOCK, Bounds, Key, bounds_of};
use ranges::Starts;
use rest::Rest;

/// A column of integers with missing values.
#[derive(Clone, Debug)]
pub struct NumberColumn {
    /// The range of each row from 1 on, ascending as the values; 0 where the value is missing.
    codes: Vec<u8>,
    /// Range of code 1, of code 2, …
    ranges: Vec<Range>,
    /// What each value has beyond the least of its range; 0 where it is missing or in `far`.
    rest: Rest,
    /// Rows whose range is too wide for `rest`, ascending, with their values.
    far: Vec<(u32, i64)>,
    /// Least and greatest key per block of rows: to pass over blocks that cannot match.
    bounds: Vec<Bounds>,
}

/// The values of one code that really occur.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Range {
    pub least: i64,
    pub greatest: i64,
    /// Whether its rows stand in the list of far values.
    pub is_far: bool,
}

impl NumberColumn {
    /// Builds from a number per row and the rows that really have one.
    #[must_use]
    pub fn build(values: &[i64], valid: &Bitset) -> Self {
        let present: Vec<i64> = valid.rows().map(|row| values[row as usize]).collect();
        let starts = Starts::place(present.iter().copied());
        Self::with_starts(values, valid, &present, &starts)
    }

    /// As [`NumberColumn::build`], in a fraction of the time, for columns of few rows that do not live long: all values are one range, so
    /// they take more bytes, and each comparison looks at every value.
    #[must_use]
    pub fn build_quickly(values: &[i64], valid: &Bitset) -> Self {
        let is_present = |row: usize| valid.contains(row as u32);
        let (mut least, mut greatest) = (i64::MAX, i64::MIN);
        for row in valid.rows() {
            least = least.min(values[row as usize]);
            greatest = greatest.max(values[row as usize]);
        }
        let codes = (0..values.len()).map(|row| u8::from(is_present(row))).collect();
        let ranges = if least > greatest { Vec::new() } else { vec![Range { least, greatest, is_far: false }] };
        let width = greatest.max(least).abs_diff(least);
        let mut rest = Rest::for_greatest(width, values.len());
        let beyond = |(row, value): (usize, &i64)| if is_present(row) { value.abs_diff(least) } else { 0 };
        rest.extend(values.iter().enumerate().map(beyond));
        // No block of so few rows is worth passing over.
        let everything = Bounds { least: (1, 0), greatest: (1, width) };
        Self { codes, ranges, rest, far: Vec::new(), bounds: vec![everything; values.len().div_ceil(BLOCK)] }
    }

    fn with_starts(values: &[i64], valid: &Bitset, present: &[i64], starts: &Starts) -> Self {
        if present.is_empty() {
            return Self::from_parts(vec![0; values.len()], Vec::new(), Rest::Zero, Vec::new());
        }
        let empty = Range { least: i64::MAX, greatest: i64::MIN, is_far: false };
        let mut ranges = vec![empty; starts.codes()];
        let mut codes = vec![0; values.len()];
        for (row, value) in valid.rows().zip(present) {
            let code = starts.code(*value);
            codes[row as usize] = code;
            let range = &mut ranges[usize::from(code) - 1];
            range.least = range.least.min(*value);
            range.greatest = range.greatest.max(*value);
        }
        let mut widest = 0;
        for (index, range) in ranges.iter_mut().enumerate().filter(|(_, range)| range.least <= range.greatest) {
            let width = range.greatest.abs_diff(range.least);
            range.is_far = starts.is_outside(index + 1) && width > 0;
            widest = if range.is_far { widest } else { width.max(widest) };
        }
        let mut rest = Rest::for_greatest(widest, values.len());
        rest.extend(codes.iter().zip(values).map(|(code, value)| {
            match usize::from(*code).checked_sub(1).map(|index| ranges[index]) {
                Some(range) if !range.is_far => value.abs_diff(range.least),
                _ => 0,
            }
        }));
        let is_far = |code: u8| usize::from(code).checked_sub(1).is_some_and(|index| ranges[index].is_far);
        let rows = codes.iter().zip(values).enumerate().filter(|(_, (code, _))| is_far(**code));
        let far = rows.map(|(row, (_, value))| (row as u32, *value)).collect();
        Self::from_parts(codes, ranges, rest, far)
    }

    /// Puts the parts together; each code has a range, `rest` a number per row, and `far` every row of a far range.
    fn from_parts(codes: Vec<u8>, ranges: Vec<Range>, rest: Rest, far: Vec<(u32, i64)>) -> Self {
        let mut column = Self { codes, ranges, rest, far, bounds: Vec::new() };
        column.bounds = bounds_of(column.codes.len(), |row| column.key(row));
        column
    }

    /// Number of rows.
    #[must_use]
    pub fn len(&self) -> usize {
        self.codes.len()
    }

    /// Whether there are no rows.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.codes.is_empty()
    }

    /// The range of each row; 0 where the value is missing.
    pub(crate) fn codes(&self) -> &[u8] {
        &self.codes
    }

    /// Least and greatest key per block.
    pub(crate) fn bounds(&self) -> &[Bounds] {
        &self.bounds
    }

    /// The rows that have a value.
    #[must_use]
    pub fn present(&self) -> Bitset {
        self.with_codes(1, u8::MAX)
    }

    /// The value of a row.
    #[must_use]
    pub fn get(&self, row: u32) -> Option<i64> {
        let code = self.codes[row as usize];
        (code != 0).then(|| self.value(row, code))
    }

    fn value(&self, row: u32, code: u8) -> i64 {
        let range = self.ranges[usize::from(code) - 1];
        if range.is_far {
            return self.far_value(row).unwrap_or(range.least);
        }
        range.least.wrapping_add(self.rest.get(row as usize).cast_signed())
    }

    #[cold]
    fn far_value(&self, row: u32) -> Option<i64> {
        self.far.binary_search_by_key(&row, |(row, _)| *row).ok().map(|index| self.far[index].1)
    }

    /// Sorts like the value among the rows of this column; least where it is missing.
    pub(crate) fn key(&self, row: u32) -> Key {
        match self.codes[row as usize] {
            0 => (0, 0),
            code => (u32::from(code), self.value(row, code).abs_diff(self.ranges[usize::from(code) - 1].least)),
        }
    }

    /// Whether all rows of a code have the same value.
    pub(crate) fn is_single(&self, code: u32) -> bool {
        (code as usize).checked_sub(1).is_none_or(|index| self.ranges[index].least >= self.ranges[index].greatest)
    }

    /// The values at the given positions of the set in ascending order. Every row of the set has a value; positions are below the
    /// size of the set.
    #[must_use]
    pub fn values_at(&self, rows: &Bitset, positions: &[usize]) -> Vec<i64> {
        let mut counts = vec![0u64; 256];
        count_codes(&self.codes, rows, &mut counts);
        let mut kept: Option<(usize, Vec<i64>)> = None;
        let at = |position: &usize| {
            let mut before = 0;
            let code = (1..256).find(|code| {
                before += counts[*code] as usize;
                *position < before
            })?;
            before -= counts[code] as usize;
            if kept.as_ref().is_none_or(|(known, _)| *known != code) {
                let mut inside = self.with_codes(code as u8, code as u8);
                inside.and(rows);
                let mut values: Vec<i64> = inside.rows().map(|row| self.value(row, code as u8)).collect();
                values.sort_unstable();
                kept = Some((code, values));
            }
            kept.as_ref()?.1.get(*position - before).copied()
        };
        positions.iter().filter_map(at).collect()
    }

    fn with_codes(&self, first: u8, last: u8) -> Bitset {
        let words = self.codes.chunks(64).map(|codes| bytes_within(codes, first, last - first)).collect();
        Bitset::from_words(words, self.codes.len())
    }

    /// The rows whose value lies between the two, both included.
    #[must_use]
    pub fn between(&self, min: i64, max: i64) -> Bitset {
        let rows = self.codes.len();
        let is_touched = |range: &Range| range.least <= range.greatest && range.greatest >= min && range.least <= max;
        let first = self.ranges.iter().position(is_touched);
        let last = self.ranges.iter().rposition(is_touched);
        let (Some(first), Some(last)) = (first, last) else { return Bitset::none(rows) };
        // Code 0 never lies inside, so it stands for "no code needs a second look".
        let is_whole = |range: Range| min <= range.least && range.greatest <= max;
        let edge = |index: usize| if is_whole(self.ranges[index]) { 0 } else { index as u8 + 1 };
        let (low, high) = (edge(first), edge(last));
        let (first, last) = (first as u8 + 1, last as u8 + 1);
        let width = last - first;
        let mut words = Vec::with_capacity(rows.div_ceil(64));
        // Rows in the range of a bound, which alone can be wrong. They are looked at after the scan, because then the processor fetches
        // many of their rests at once.
        let mut doubtful: Vec<u32> = Vec::new();
        for (block, (codes, bounds)) in self.codes.chunks(BLOCK).zip(&self.bounds).enumerate() {
            if bounds.greatest.0 < u32::from(first) || bounds.least.0 > u32::from(last) {
                words.extend(std::iter::repeat_n(0, codes.len().div_ceil(64)));
                continue;
            }
            for (chunk, codes) in codes.chunks(64).enumerate() {
                let inside = bytes_within(codes, first, width);
                words.push(inside);
                if inside != 0 && low | high != 0 {
                    let doubtful_here = match (low, high) {
                        (0, code) | (code, 0) => bytes_within(codes, code, 0),
                        (low, high) => bytes_within(codes, low, 0) | bytes_within(codes, high, 0),
                    };
                    let mut rest = doubtful_here & inside;
                    let start = (block * BLOCK + chunk * 64) as u32;
                    while rest != 0 {
                        doubtful.push(start + rest.trailing_zeros());
                        rest &= rest - 1;
                    }
                }
            }
        }
        let mut found = Bitset::from_words(words, rows);
        for row in doubtful {
            let value = self.value(row, self.codes[row as usize]);
            found.remove_if(row, value < min || value > max);
        }
        found
    }

    /// The rows whose value is one of many, given in ascending order.
    #[must_use]
    pub fn any_of(&self, values: &[i64]) -> Bitset {
        let mut is_candidate = [false; 256];
        for (index, range) in self.ranges.iter().enumerate() {
            let from = values.partition_point(|value| *value < range.least);
            is_candidate[index + 1] = values.get(from).is_some_and(|value| *value <= range.greatest);
        }
        let mut rows = Bitset::none(self.codes.len());
        for (row, code) in self.codes.iter().enumerate().filter(|(_, code)| is_candidate[usize::from(**code)]) {
            if values.binary_search(&self.value(row as u32, *code)).is_ok() {
                rows.insert(row as u32);
            }
        }
        rows
    }

    /// Bytes that the column takes.
    #[must_use]
    pub fn bytes(&self) -> usize {
        self.codes.len()
            + self.rest.bytes()
            + std::mem::size_of_val(&*self.ranges)
            + std::mem::size_of_val(&*self.far)
            + std::mem::size_of_val(&*self.bounds)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn values() -> impl Strategy<Value = Vec<Option<i64>>> {
        let value = prop_oneof![
            Just(i64::MIN),
            Just(i64::MAX),
            Just(0),
            -5i64..5,
            any::<i64>(),
            -(1i64 << 53)..(1 << 53),
            0i64..5_000_000_000
        ];
        prop_oneof![
            prop::collection::vec(prop::option::of(value), 0..300),
            prop::collection::vec(prop::option::of(-2_000_000i64..2_000_000), 0..300),
            prop::collection::vec(prop::option::of(-9_000_000_000_000i64..9_000_000_000_000), 0..300),
        ]
    }

    proptest! {
        #[test]
        fn values_come_back_and_ranges_are_exact(values in values(), a in any::<i64>(), b in any::<i64>(), pick in any::<prop::sample::Index>()) {
            let mut valid = Bitset::none(values.len());
            for row in (0..values.len()).filter(|row| values[*row].is_some()) {
                valid.insert(row as u32);
            }
            let plain: Vec<i64> = values.iter().map(|value| value.unwrap_or(7)).collect();
            let column = NumberColumn::build(&plain, &valid);
            for (row, value) in values.iter().enumerate() {
                prop_assert_eq!(column.get(row as u32), *value);
            }
            let near = values.iter().flatten().copied().nth(if values.is_empty() { 0 } else { pick.index(values.len()) }).unwrap_or(a);
            for (min, max) in [(a, b), (near, b), (a, near), (near, near), (near.saturating_add(1), i64::MAX), (i64::MIN, near.saturating_sub(1))] {
                let found = column.between(min, max);
                for (row, value) in values.iter().enumerate() {
                    prop_assert_eq!(found.contains(row as u32), value.is_some_and(|v| min <= v && v <= max));
                }
            }
            let sorted: Vec<i64> = { let mut all: Vec<i64> = values.iter().flatten().copied().collect(); all.sort_unstable(); all };
            let positions: Vec<usize> = [0, sorted.len() / 3, sorted.len() / 2].into_iter().filter(|at| *at < sorted.len()).collect();
            let expected: Vec<i64> = positions.iter().map(|at| sorted[*at]).collect();
            prop_assert_eq!(column.values_at(&column.present(), &positions), expected);
            let few: Vec<i64> = sorted.iter().copied().step_by(3).chain([a, b]).collect::<std::collections::BTreeSet<_>>().into_iter().collect();
            let found = column.any_of(&few);
            for (row, value) in values.iter().enumerate() {
                prop_assert_eq!(found.contains(row as u32), value.is_some_and(|v| few.binary_search(&v).is_ok()));
            }
            let mut keyed: Vec<_> = values.iter().enumerate().filter_map(|(row, value)| value.map(|v| (column.key(row as u32), v))).collect();
            keyed.sort_unstable();
            prop_assert!(keyed.is_sorted_by_key(|(_, value)| *value));
        }
    }
}
