//! Columns of codes: categories, sets of categories, yes/no, and texts that repeat.
//!
//! Each distinct value is kept once, in ascending order, and a row holds its number: 0 is missing, the first value is 1. A
//! condition is decided once per distinct value; rows are then looked up in the table of decisions.

use crate::bitset::Bitset;
use crate::hash::FastMap;
use crate::number::masks;
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
            Self::U32(codes) => Plane::U32 { keys: codes, bounds: None, is_zero_missing: true },
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
            Self::U8(codes) => count(codes, rows, counts),
            Self::U16(codes) => count(codes, rows, counts),
            Self::U32(codes) => count(codes, rows, counts),
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

/// Adds one to `counts[code]` for every row of the set.
pub(crate) fn count<C: Copy + Into<u32>>(codes: &[C], rows: &Bitset, counts: &mut [u64]) {
    for (word, chunk) in rows.words().iter().zip(codes.chunks(64)) {
        if *word == u64::MAX {
            for code in chunk {
                counts[(*code).into() as usize] += 1;
            }
            continue;
        }
        let mut rest = *word;
        while rest != 0 {
            counts[chunk[rest.trailing_zeros() as usize].into() as usize] += 1;
            rest &= rest - 1;
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

    fn by_table(&self, table: &[bool]) -> Bitset {
        let len = self.codes.len();
        // Few wanted codes in a row of neighbours are one range: the common case of one code or one SNI division.
        let first = table.iter().position(|wanted| *wanted);
        let Some(first) = first else { return Bitset::none(len) };
        let last = table.iter().rposition(|wanted| *wanted).unwrap_or(first);
        let is_range = table[first..=last].iter().all(|wanted| *wanted);
        let words = match &self.codes {
            Codes::U8(codes) if is_range => {
                let (first, width) = (first as u8, (last - first) as u8);
                masks(codes, |code| code.wrapping_sub(first) <= width)
            }
            Codes::U16(codes) if is_range => {
                let (first, width) = (first as u16, (last - first) as u16);
                masks(codes, |code| code.wrapping_sub(first) <= width)
            }
            Codes::U32(codes) if is_range => {
                let (first, width) = (first as u32, (last - first) as u32);
                masks(codes, |code| code.wrapping_sub(first) <= width)
            }
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
