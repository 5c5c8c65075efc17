//! Columns of codes: categories, sets of categories, yes/no, and texts that repeat.
//!
//! Each distinct value is kept once, in ascending order, and a row holds its number: 0 is missing, the first value is 1. A
//! condition is decided once per distinct value; rows are then looked up in the table of decisions.

mod stored;

use crate::bitset::Bitset;
use crate::count::count_codes;
use crate::hash::FastMap;
use crate::mask::{bytes_within, mask_of, masks};
use crate::pick::Plane;

/// A column of values out of a dictionary of `T`.
#[derive(Clone, Debug)]
pub struct CodeColumn<T> {
    dictionary: Vec<T>,
    codes: Codes,
}

/// The code of each row, as narrow as the dictionary allows.
#[derive(Clone, Debug)]
pub enum Codes {
    /// Up to 255 values.
    U8(Vec<u8>),
    /// Up to 65 535 values.
    U16(Vec<u16>),
    /// More.
    U32(Vec<u32>),
}

impl Codes {
    fn narrow(codes: Vec<u32>, values: usize) -> Self {
        match values {
            0..=0xff => Self::U8(codes.into_iter().map(|code| code as u8).collect()),
            0x100..=0xffff => Self::U16(codes.into_iter().map(|code| code as u16).collect()),
            _ => Self::U32(codes),
        }
    }

    /// The code of a row.
    #[must_use]
    pub fn get(&self, row: u32) -> u32 {
        match self {
            Self::U8(codes) => u32::from(codes[row as usize]),
            Self::U16(codes) => u32::from(codes[row as usize]),
            Self::U32(codes) => codes[row as usize],
        }
    }

    /// The codes as an array to sort by.
    pub(crate) fn plane(&self) -> Plane<'_> {
        match self {
            Self::U8(codes) => Plane::U8(codes),
            Self::U16(codes) => Plane::U16(codes),
            Self::U32(codes) => Plane::U32 { keys: codes, bounds: None },
        }
    }

    /// Number of rows.
    #[must_use]
    pub fn len(&self) -> usize {
        match self {
            Self::U8(codes) => codes.len(),
            Self::U16(codes) => codes.len(),
            Self::U32(codes) => codes.len(),
        }
    }

    /// Whether there are no rows.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Adds one to `counts[code]` for every row of the set.
    pub fn count(&self, rows: &Bitset, counts: &mut [u64]) {
        match self {
            Self::U8(codes) => count_codes(codes, rows, counts),
            Self::U16(codes) => count_codes(codes, rows, counts),
            Self::U32(codes) => count_codes(codes, rows, counts),
        }
    }

    fn bytes(&self) -> usize {
        match self {
            Self::U8(codes) => codes.len(),
            Self::U16(codes) => codes.len() * 2,
            Self::U32(codes) => codes.len() * 4,
        }
    }
}

impl<T: Ord + Clone + std::hash::Hash> CodeColumn<T> {
    /// Builds from the distinct values, numbered from 1 in any order, and the number of each row (0 is missing).
    pub(crate) fn from_interned(seen: FastMap<T, u32>, provisional: Vec<u32>) -> Self {
        let mut ordered: Vec<(T, u32)> = seen.into_iter().collect();
        ordered.sort_unstable_by(|a, b| a.0.cmp(&b.0));
        let mut renamed = vec![0u32; ordered.len() + 1];
        // Values that no row holds any more (of replaced rows) keep their place; they are few.
        for (index, (_, old)) in ordered.iter().enumerate() {
            renamed[*old as usize] = index as u32 + 1;
        }
        let codes = provisional.into_iter().map(|code| renamed[code as usize]).collect();
        let codes = Codes::narrow(codes, ordered.len());
        Self { dictionary: ordered.into_iter().map(|(value, _)| value).collect(), codes }
    }
}

impl<T> CodeColumn<T> {
    /// The distinct values, ascending; code n stands for `dictionary()[n - 1]`.
    #[must_use]
    pub fn dictionary(&self) -> &[T] {
        &self.dictionary
    }

    /// The code of each row.
    #[must_use]
    pub fn codes(&self) -> &Codes {
        &self.codes
    }

    /// The value of a row.
    #[must_use]
    pub fn get(&self, row: u32) -> Option<&T> {
        self.dictionary.get((self.codes.get(row) as usize).checked_sub(1)?)
    }

    /// The rows whose value passes the test; rows without a value never do.
    pub fn matching(&self, test: impl Fn(&T) -> bool) -> Bitset {
        let table: Vec<bool> = std::iter::once(false).chain(self.dictionary.iter().map(test)).collect();
        self.by_table(&table)
    }

    /// The rows without a value.
    #[must_use]
    pub fn missing(&self) -> Bitset {
        let mut table = vec![false; self.dictionary.len() + 1];
        table[0] = true;
        self.by_table(&table)
    }

    /// The rows whose code lies between the two, both included; none when the first is the greater one.
    pub(crate) fn with_codes(&self, first: u32, last: u32) -> Bitset {
        let table: Vec<bool> = (0..=self.dictionary.len() as u32).map(|code| first <= code && code <= last).collect();
        self.by_table(&table)
    }

    fn by_table(&self, table: &[bool]) -> Bitset {
        let len = self.codes.len();
        // Wanted codes that are neighbours are one range: an SNI division, or the codes of a county. A few ranges are a few comparisons
        // of many rows at once, which beats looking each row up.
        let mut ranges: Vec<(u32, u32)> = Vec::new();
        for (code, _) in (0u32..).zip(table).filter(|(_, wanted)| **wanted) {
            match ranges.last_mut() {
                Some((_, last)) if *last + 1 == code => *last = code,
                _ => ranges.push((code, code)),
            }
        }
        let words = match &self.codes {
            _ if ranges.is_empty() => return Bitset::none(len),
            Codes::U8(codes) if ranges.len() <= FEW_RANGES => in_ranges(codes, &ranges),
            Codes::U16(codes) if ranges.len() <= FEW_RANGES => in_ranges(codes, &ranges),
            Codes::U32(codes) if ranges.len() <= FEW_RANGES => in_ranges(codes, &ranges),
            Codes::U8(codes) => masks(codes, |code| table[usize::from(code)]),
            Codes::U16(codes) => masks(codes, |code| table[usize::from(code)]),
            Codes::U32(codes) => masks(codes, |code| table[code as usize]),
        };
        Bitset::from_words(words, len)
    }

    /// Bytes that the column takes, given the size of one value.
    pub fn bytes(&self, size: impl Fn(&T) -> usize) -> usize {
        self.codes.bytes() + self.dictionary.iter().map(size).sum::<usize>()
    }
}

/// More ranges than this are looked up row by row.
const FEW_RANGES: usize = 16;

/// One bit per code that lies in one of the ranges.
fn in_ranges<C: Narrow>(codes: &[C], ranges: &[(u32, u32)]) -> Vec<u64> {
    let ranges: Vec<(C, C)> = ranges.iter().map(|(first, last)| (C::of(*first), C::of(last - first))).collect();
    codes
        .chunks(64)
        .map(|chunk| {
            let within = |(first, width): &(C, C)| C::within(chunk, *first, *width);
            ranges.iter().map(within).fold(0, |all, mask| all | mask)
        })
        .collect()
}

/// Codes of one width, of which the processor compares as many at once as fit.
trait Narrow: Copy {
    fn of(code: u32) -> Self;
    /// One bit per code of at most 64 that lies in the range of `width + 1` codes from `first` on.
    fn within(codes: &[Self], first: Self, width: Self) -> u64;
}

impl Narrow for u8 {
    fn of(code: u32) -> Self {
        code as Self
    }

    fn within(codes: &[Self], first: Self, width: Self) -> u64 {
        bytes_within(codes, first, width)
    }
}

impl Narrow for u16 {
    fn of(code: u32) -> Self {
        code as Self
    }

    fn within(codes: &[Self], first: Self, width: Self) -> u64 {
        mask_of(codes, |code| code.wrapping_sub(first) <= width)
    }
}

impl Narrow for u32 {
    fn of(code: u32) -> Self {
        code
    }

    fn within(codes: &[Self], first: Self, width: Self) -> u64 {
        mask_of(codes, |code| code.wrapping_sub(first) <= width)
    }
}
