//! The arrays that rows are ordered by.

use crate::bitset::Bitset;
use crate::count::count_codes;
use crate::mask::{bytes_within, mask_of};
use crate::number::NumberColumn;

/// Rows per block of key bounds.
pub(crate) const BLOCK: usize = 1024;

/// What a row is ordered by: its code, range or rank, 0 where the value is missing; then what the value has beyond the start of its range.
pub(crate) type Key = (u32, u64);

/// Least and greatest key of a block among its rows with a value; least above greatest where there are none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Bounds {
    pub least: Key,
    pub greatest: Key,
}

/// The bounds of every block of [`BLOCK`] rows.
pub(crate) fn bounds_of(rows: usize, key: impl Fn(u32) -> Key) -> Vec<Bounds> {
    let blocks = (0..rows as u32).step_by(BLOCK);
    blocks
        .map(|start| {
            let mut bounds = Bounds { least: (u32::MAX, u64::MAX), greatest: (0, 0) };
            for key in (start..rows.min(start as usize + BLOCK) as u32).map(&key).filter(|key| key.0 != 0) {
                bounds.least = bounds.least.min(key);
                bounds.greatest = bounds.greatest.max(key);
            }
            bounds
        })
        .collect()
}

/// An array of keys.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Plane<'a> {
    /// Codes of up to 255 values.
    U8(&'a [u8]),
    /// Codes of up to 65 535 values.
    U16(&'a [u16]),
    /// Codes of more values, or ranks.
    U32 { keys: &'a [u32], bounds: Option<&'a [Bounds]> },
    /// Numbers by range and rest.
    Number(&'a NumberColumn),
}

/// A key turned so that smaller is earlier and missing is last.
pub(crate) fn turned(key: Key, descending: bool) -> Key {
    if descending { (!key.0, !key.1) } else { (key.0.wrapping_sub(1), key.1) }
}

impl<'a> Plane<'a> {
    /// The key of a row.
    pub(crate) fn key(&self, row: u32) -> Key {
        match self {
            Self::U8(codes) => (codes[row as usize].into(), 0),
            Self::U16(codes) => (codes[row as usize].into(), 0),
            Self::U32 { keys, .. } => (keys[row as usize], 0),
            Self::Number(column) => column.key(row),
        }
    }

    /// The turned key of a row.
    pub(crate) fn turned(&self, row: u32, descending: bool) -> Key {
        turned(self.key(row), descending)
    }

    /// The turned code of a row, the first part of its turned key.
    pub(crate) fn turned_code(&self, row: u32, descending: bool) -> u32 {
        let code = match self {
            Self::U8(codes) => codes[row as usize].into(),
            Self::U16(codes) => codes[row as usize].into(),
            Self::U32 { keys, .. } => keys[row as usize],
            Self::Number(column) => column.codes()[row as usize].into(),
        };
        turned((code, 0), descending).0
    }

    /// Least and greatest key per block, where they are known.
    pub(crate) fn bounds(&self) -> Option<&'a [Bounds]> {
        match self {
            Self::U8(_) | Self::U16(_) => None,
            Self::U32 { bounds, .. } => *bounds,
            Self::Number(column) => Some(column.bounds()),
        }
    }

    /// Whether all rows of a turned code tie.
    pub(crate) fn is_single(&self, turned: u32, descending: bool) -> bool {
        match self {
            Self::Number(column) => column.is_single(if descending { !turned } else { turned.wrapping_add(1) }),
            Self::U8(_) | Self::U16(_) | Self::U32 { .. } => true,
        }
    }

    /// The rows of the chunk of 64 from `start` on whose turned code lies between the two.
    pub(crate) fn mask(&self, start: usize, first: u32, last: u32, descending: bool) -> u64 {
        // The turned codes from `first` to `last` are the codes between these, in the codes' own width, where a missing value is
        // the greatest turned code, too.
        fn narrow(codes: &[u8], first: u8, last: u8, descending: bool) -> u64 {
            let start = if descending { !last } else { first.wrapping_add(1) };
            bytes_within(codes, start, last.wrapping_sub(first))
        }
        let end = |len: usize| (start + 64).min(len);
        match self {
            Self::U8(codes) => narrow(&codes[start..end(codes.len())], first as u8, last as u8, descending),
            Self::Number(column) => {
                let codes = column.codes();
                narrow(&codes[start..end(codes.len())], first as u8, last as u8, descending)
            }
            Self::U16(codes) => {
                let (first, width) = (first as u16, (last as u16).wrapping_sub(first as u16));
                let turn = |code: u16| if descending { !code } else { code.wrapping_sub(1) };
                mask_of(&codes[start..end(codes.len())], |code| turn(code).wrapping_sub(first) <= width)
            }
            Self::U32 { keys, .. } => {
                let width = last.wrapping_sub(first);
                let turn = |code: u32| if descending { !code } else { code.wrapping_sub(1) };
                mask_of(&keys[start..end(keys.len())], |code| turn(code).wrapping_sub(first) <= width)
            }
        }
    }

    /// How many rows of the set have each code; `None` where there are too many codes to count.
    pub(crate) fn per_code(&self, rows: &Bitset) -> Option<Vec<u64>> {
        let counted = |len: usize, count: &dyn Fn(&mut [u64])| {
            let mut counts = vec![0; len];
            count(&mut counts);
            counts
        };
        match self {
            Self::U8(codes) => Some(counted(1 << 8, &|counts| count_codes(codes, rows, counts))),
            Self::Number(column) => Some(counted(1 << 8, &|counts| count_codes(column.codes(), rows, counts))),
            Self::U16(codes) => Some(counted(1 << 16, &|counts| count_codes(codes, rows, counts))),
            Self::U32 { .. } => None,
        }
    }
}
