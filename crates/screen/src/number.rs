//! Columns of numbers: amounts, ratios, counts, small integers and dates, all as exact integers.
//!
//! A ratio is kept as ten-thousandths (every ratio is a multiple of 0.0001), a date as days since 1970. A column whose values all
//! fit 32 bits is one array of `u32`. Otherwise each value becomes a 64-bit key that sorts like the value, split into a high
//! and a low half: a scan reads the high halves alone and looks at the low half only where the high half equals that of the
//! bound, so that it is exact at the speed of four bytes a row. Amounts use the bit pattern of a double as key, which spends the
//! high half on magnitude and leading digits, as long as every value is exact in a double; columns that go beyond use
//! the plain integer.

use crate::bitset::Bitset;
use crate::pick::{BLOCK, Bounds, Plane, bounds_of, keys_at};

/// A column of integers with missing values.
#[derive(Clone, Debug)]
pub struct NumberColumn {
    valid: Bitset,
    keys: Keys,
    /// Least and greatest of `keys`, or of their high halves, per block of rows: to pass over blocks that cannot match.
    bounds: Vec<Bounds>,
}

/// How the values are kept.
#[derive(Clone, Debug)]
pub(crate) enum Keys {
    /// value = base + key.
    Narrow { base: i64, keys: Vec<u32> },
    /// key = high << 32 | low, of the double's bits or of the integer.
    Split { is_double: bool, high: Vec<u32>, low: Vec<Low> },
}

/// Rows whose low halves are kept together.
pub(crate) const LOW_BLOCK: usize = 1 << 16;

/// The low halves of one block of rows. The double of a whole number below 2^37 (137 billion) ends in sixteen bits that
/// repeat its sign, so a block without greater numbers keeps only the upper sixteen.
#[derive(Clone, Debug)]
pub(crate) enum Low {
    Short(Vec<u16>),
    Long(Vec<u32>),
}

impl Low {
    fn pack(keys: &[u64], is_double: bool) -> Self {
        if is_double && keys.iter().all(|key| *key == 0 || *key as u16 == low_end(*key)) {
            return Self::Short(keys.iter().map(|key| (*key >> 16) as u16).collect());
        }
        Self::Long(keys.iter().map(|key| *key as u32).collect())
    }

    fn bytes(&self) -> usize {
        match self {
            Self::Short(low) => low.len() * 2,
            Self::Long(low) => low.len() * 4,
        }
    }
}

/// The last sixteen bits of the key of a double that needs none of them: ones below zero, where the bits are inverted.
fn low_end(key: u64) -> u16 {
    if key & SIGN == 0 { u16::MAX } else { 0 }
}

/// The whole key out of its halves.
pub(crate) fn join(high: u32, low: &[Low], row: usize) -> u64 {
    let key = u64::from(high) << 32;
    match &low[row / LOW_BLOCK] {
        Low::Short(low) => key | u64::from(low[row % LOW_BLOCK]) << 16 | u64::from(low_end(key)),
        Low::Long(low) => key | u64::from(low[row % LOW_BLOCK]),
    }
}

impl Keys {
    /// The array that decides most comparisons.
    pub(crate) fn first(&self) -> &[u32] {
        match self {
            Self::Narrow { keys, .. } => keys,
            Self::Split { high, .. } => high,
        }
    }
}

const SIGN: u64 = 1 << 63;

/// The key of a value: sorts as the value does.
fn key_of(value: i64, is_double: bool) -> u64 {
    if !is_double {
        return value as u64 ^ SIGN;
    }
    let bits = (value as f64).to_bits();
    if bits & SIGN == 0 { bits | SIGN } else { !bits }
}

fn value_of(key: u64, is_double: bool) -> i64 {
    if !is_double {
        return (key ^ SIGN) as i64;
    }
    f64::from_bits(if key & SIGN == 0 { !key } else { key & !SIGN }) as i64
}

impl NumberColumn {
    /// Builds from a number per row and the rows that really have one.
    #[must_use]
    pub fn build(values: &[i64], valid: Bitset) -> Self {
        let (mut min, mut max) = (i64::MAX, i64::MIN);
        for row in valid.rows() {
            let value = values[row as usize];
            min = min.min(value);
            max = max.max(value);
        }
        let keyed = |key: &dyn Fn(i64) -> u64| -> Vec<u64> {
            values
                .iter()
                .enumerate()
                .map(|(row, value)| if valid.contains(row as u32) { key(*value) } else { 0 })
                .collect()
        };
        let base = if min > max { 0 } else { min };
        let keys = if min > max || max.abs_diff(min) <= u64::from(u32::MAX) {
            let keys = keyed(&|value| value.abs_diff(base)).into_iter().map(|key| key as u32).collect();
            Keys::Narrow { base, keys }
        } else {
            // Doubles hold every integer up to 2^53 exactly.
            let is_double = min >= -(1 << 53) && max <= 1 << 53;
            let full = keyed(&|value| key_of(value, is_double));
            let high = full.iter().map(|key| (key >> 32) as u32).collect();
            Keys::Split {
                is_double,
                high,
                low: full.chunks(LOW_BLOCK).map(|keys| Low::pack(keys, is_double)).collect(),
            }
        };
        Self::from_parts(valid, keys)
    }

    pub(crate) fn from_parts(valid: Bitset, keys: Keys) -> Self {
        let bounds = bounds_of(keys.first(), |row| valid.contains(row as u32));
        Self { valid, keys, bounds }
    }

    /// The arrays to sort by, most significant first.
    pub(crate) fn planes(&self) -> impl Iterator<Item = Plane<'_>> {
        let first = Plane::U32 { keys: self.keys.first(), bounds: Some(&self.bounds), is_zero_missing: false };
        let second = match &self.keys {
            Keys::Narrow { .. } => None,
            Keys::Split { high, low, .. } => Some(Plane::Low { high, low }),
        };
        std::iter::once(first).chain(second)
    }

    /// The values at the given positions of the set in ascending order. Every row of the set has a value; positions ascend and
    /// are below the size of the set.
    #[must_use]
    pub fn values_at(&self, rows: &Bitset, positions: &[usize]) -> Vec<i64> {
        let keys = keys_at(rows, self.keys.first(), |row| self.key(row), positions);
        keys.into_iter().map(|key| self.value_of_key(key)).collect()
    }

    fn value_of_key(&self, key: u64) -> i64 {
        match &self.keys {
            Keys::Narrow { base, .. } => base.wrapping_add(key as i64),
            Keys::Split { is_double, .. } => value_of(key, *is_double),
        }
    }

    /// The rows that have a value.
    #[must_use]
    pub fn valid(&self) -> &Bitset {
        &self.valid
    }

    /// The value of a row.
    #[must_use]
    pub fn get(&self, row: u32) -> Option<i64> {
        self.valid.contains(row).then(|| self.value(row))
    }

    fn value(&self, row: u32) -> i64 {
        self.value_of_key(self.key(row))
    }

    /// Sorts like the value among the rows of this column that have one.
    #[must_use]
    pub fn key(&self, row: u32) -> u64 {
        match &self.keys {
            Keys::Narrow { keys, .. } => u64::from(keys[row as usize]),
            Keys::Split { high, low, .. } => join(high[row as usize], low, row as usize),
        }
    }

    /// The rows whose value lies between the two, both included.
    #[must_use]
    pub fn between(&self, min: i64, max: i64) -> Bitset {
        let none = || Bitset::none(self.valid.len());
        if min > max {
            return none();
        }
        let (min, max) = match &self.keys {
            Keys::Narrow { base, .. } => {
                let (low, high) = (i128::from(min) - i128::from(*base), i128::from(max) - i128::from(*base));
                if high < 0 || low > i128::from(u32::MAX) {
                    return none();
                }
                (low.max(0) as u64, high.min(i128::from(u32::MAX)) as u64)
            }
            Keys::Split { is_double, .. } => {
                let (min, max) = if *is_double { (min.max(-(1 << 53)), max.min(1 << 53)) } else { (min, max) };
                if min > max {
                    return none();
                }
                (key_of(min, *is_double), key_of(max, *is_double))
            }
        };
        let mut words = Vec::with_capacity(self.valid.words().len());
        let keys = self.keys.first();
        for (block, (keys, bounds)) in keys.chunks(BLOCK).zip(&self.bounds).enumerate() {
            let valid = self.valid.words_of_block(block);
            match &self.keys {
                Keys::Narrow { .. } => {
                    let (min, max) = (min as u32, max as u32);
                    if bounds.greatest < min || bounds.least > max {
                        words.extend(valid.iter().map(|_| 0));
                    } else if min <= bounds.least && bounds.greatest <= max {
                        words.extend_from_slice(valid);
                    } else {
                        // One subtraction and one comparison per row: x − min ≤ max − min in wrapping arithmetic.
                        let width = max - min;
                        let chunks = keys.chunks(64).zip(valid);
                        words.extend(
                            chunks.map(|(keys, valid)| masks_where(keys, |key| key.wrapping_sub(min) <= width) & valid),
                        );
                    }
                }
                Keys::Split { low, .. } => {
                    let (first, last) = ((min >> 32) as u32, (max >> 32) as u32);
                    if bounds.greatest < first || bounds.least > last {
                        words.extend(valid.iter().map(|_| 0));
                    } else if first < bounds.least && bounds.greatest < last {
                        words.extend_from_slice(valid);
                    } else {
                        let starts = (block * BLOCK..).step_by(64);
                        let chunks = keys.chunks(64).zip(valid).zip(starts);
                        words.extend(chunks.map(|((high, valid), start)| {
                            split_between(high, min, max, |bit| join(high[bit], low, start + bit)) & valid
                        }));
                    }
                }
            }
        }
        Bitset::from_words(words, self.valid.len())
    }

    /// Bytes that the column takes.
    #[must_use]
    pub fn bytes(&self) -> usize {
        let keys = match &self.keys {
            Keys::Narrow { keys, .. } => keys.len() * 4,
            Keys::Split { high, low, .. } => high.len() * 4 + low.iter().map(Low::bytes).sum::<usize>(),
        };
        keys + self.valid.words().len() * 8 + self.bounds.len() * 8
    }
}

/// One bit per key, by a test that the compiler can do on many keys at once.
pub(crate) fn masks<T: Copy>(keys: &[T], test: impl Fn(T) -> bool + Copy) -> Vec<u64> {
    keys.chunks(64).map(|chunk| masks_where(chunk, test)).collect()
}

/// One bit per key of at most 64, first key lowest.
pub(crate) fn masks_where<T: Copy>(keys: &[T], test: impl Fn(T) -> bool) -> u64 {
    let mut bytes = [0u8; 64];
    // A whole chunk has a length that the compiler knows, and becomes straight vector code.
    if let Some(keys) = keys.first_chunk::<64>() {
        for (byte, key) in bytes.iter_mut().zip(keys) {
            *byte = u8::from(test(*key));
        }
    } else {
        for (byte, key) in bytes.iter_mut().zip(keys) {
            *byte = u8::from(test(*key));
        }
    }
    pack(&bytes)
}

/// Sixty-four bytes of 0 or 1 into the bits of a word, first byte lowest.
fn pack(bytes: &[u8; 64]) -> u64 {
    // Multiplying eight 0/1 bytes by this constant gathers them, in order, in the topmost byte.
    const GATHER: u64 = 0x0102_0408_1020_4080;
    let mut word = 0;
    for (index, eight) in bytes.as_chunks::<8>().0.iter().enumerate() {
        word |= (u64::from_le_bytes(*eight).wrapping_mul(GATHER) >> 56) << (index * 8);
    }
    word
}

/// The rows among at most 64 whose whole key lies between the two.
fn split_between(high: &[u32], min: u64, max: u64, key: impl Fn(usize) -> u64) -> u64 {
    let (first, last) = ((min >> 32) as u32, (max >> 32) as u32);
    let mut inside = masks_where(high, |key| key.wrapping_sub(first) <= last - first);
    if inside == 0 {
        return 0;
    }
    // Only rows whose high half equals that of a bound can be wrong.
    let mut rest = masks_where(high, |key| (key == first) | (key == last)) & inside;
    while rest != 0 {
        let bit = rest.trailing_zeros() as usize;
        rest &= rest - 1;
        let key = key(bit);
        if key < min || key > max {
            inside &= !(1 << bit);
        }
    }
    inside
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
            let column = NumberColumn::build(&plain, valid);
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
            let mut keyed: Vec<_> = values.iter().enumerate().filter_map(|(row, value)| value.map(|v| (column.key(row as u32), v))).collect();
            keyed.sort_unstable();
            prop_assert!(keyed.is_sorted_by_key(|(_, value)| *value));
        }
    }
}
