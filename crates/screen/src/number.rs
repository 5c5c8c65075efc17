//! Columns of numbers: amounts, ratios, counts, small integers and dates, all as exact integers.
//!
//! A ratio is kept as ten-thousandths (every ratio is a multiple of 0.0001), a date as days since 1970. A column whose values all
//! fit 32 bits is one array of `u32`. Otherwise each value becomes a 64-bit key that sorts like the value, split into a high
//! and a low half: a scan reads the high halves alone and looks at the low half only where the high half equals that of the
//! bound, so that it is exact at the speed of four bytes a row. Amounts use the bit pattern of a double as key, which spends the
//! high half on magnitude and leading digits, as long as every value is exact in a double; columns that go beyond use
//! the plain integer.

use crate::bitset::Bitset;

/// A column of integers with missing values.
#[derive(Clone, Debug)]
pub struct NumberColumn {
    valid: Bitset,
    keys: Keys,
}

#[derive(Clone, Debug)]
enum Keys {
    /// value = base + key.
    Narrow { base: i64, keys: Vec<u32> },
    /// key = high << 32 | low, of the double's bits or of the integer.
    Split { is_double: bool, high: Vec<u32>, low: Vec<Low> },
}

/// Rows whose low halves are kept together.
const BLOCK: usize = 1 << 16;

/// The low halves of one block of rows. The double of a whole number below 2^37 (137 billion) ends in sixteen bits that
/// repeat its sign, so a block without greater numbers keeps only the upper sixteen.
#[derive(Clone, Debug)]
enum Low {
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
fn join(high: u32, low: &[Low], row: usize) -> u64 {
    let key = u64::from(high) << 32;
    match &low[row / BLOCK] {
        Low::Short(low) => key | u64::from(low[row % BLOCK]) << 16 | u64::from(low_end(key)),
        Low::Long(low) => key | u64::from(low[row % BLOCK]),
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
            Keys::Split { is_double, high, low: full.chunks(BLOCK).map(|keys| Low::pack(keys, is_double)).collect() }
        };
        Self { valid, keys }
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
        match &self.keys {
            Keys::Narrow { base, keys } => base.wrapping_add(i64::from(keys[row as usize])),
            Keys::Split { is_double, .. } => value_of(self.key(row), *is_double),
        }
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
        if min > max {
            return Bitset::none(self.valid.len());
        }
        let words = match &self.keys {
            Keys::Narrow { base, keys } => {
                let (low, high) = (i128::from(min) - i128::from(*base), i128::from(max) - i128::from(*base));
                if high < 0 || low > i128::from(u32::MAX) {
                    return Bitset::none(self.valid.len());
                }
                let (low, high) = (low.max(0) as u32, high.min(i128::from(u32::MAX)) as u32);
                // One subtraction and one comparison per row: x − low ≤ high − low in wrapping arithmetic.
                let width = high - low;
                masks(keys, |key| key.wrapping_sub(low) <= width)
            }
            Keys::Split { is_double, high, low } => {
                let (min, max) = if *is_double { (min.max(-(1 << 53)), max.min(1 << 53)) } else { (min, max) };
                if min > max {
                    return Bitset::none(self.valid.len());
                }
                split_between(high, low, key_of(min, *is_double), key_of(max, *is_double))
            }
        };
        let mut found = Bitset::from_words(words, self.valid.len());
        found.and(&self.valid);
        found
    }

    /// Bytes that the column takes.
    #[must_use]
    pub fn bytes(&self) -> usize {
        let keys = match &self.keys {
            Keys::Narrow { keys, .. } => keys.len() * 4,
            Keys::Split { high, low, .. } => high.len() * 4 + low.iter().map(Low::bytes).sum::<usize>(),
        };
        keys + self.valid.words().len() * 8
    }
}

/// One bit per key, by a test that the compiler can do on many keys at once.
pub(crate) fn masks<T: Copy>(keys: &[T], test: impl Fn(T) -> bool) -> Vec<u64> {
    keys.chunks(64)
        .map(|chunk| {
            let mut bytes = [0u8; 64];
            for (byte, key) in bytes.iter_mut().zip(chunk) {
                *byte = u8::from(test(*key));
            }
            pack(&bytes)
        })
        .collect()
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

fn split_between(high: &[u32], low: &[Low], min: u64, max: u64) -> Vec<u64> {
    let (min_high, max_high) = ((min >> 32) as u32, (max >> 32) as u32);
    let inside = masks(high, |key| key.wrapping_sub(min_high) <= max_high - min_high);
    let mut inside = inside;
    for (index, word) in inside.iter_mut().enumerate() {
        if *word == 0 {
            continue;
        }
        let start = index * 64;
        let chunk = &high[start..(start + 64).min(high.len())];
        // Only rows whose high half equals that of a bound can be wrong.
        let mut edges = [0u8; 64];
        for (edge, key) in edges.iter_mut().zip(chunk) {
            *edge = u8::from(*key == min_high || *key == max_high);
        }
        let mut rest = pack(&edges) & *word;
        while rest != 0 {
            let bit = rest.trailing_zeros() as usize;
            rest &= rest - 1;
            let key = join(high[start + bit], low, start + bit);
            if key < min || key > max {
                *word &= !(1 << bit);
            }
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
