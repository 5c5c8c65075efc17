//! Sets of rows as bits, 64 rows to a word.

/// A set of rows `0..len`. Bits at and beyond `len` are always zero.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bitset {
    words: Vec<u64>,
    len: usize,
}

impl Bitset {
    /// The empty set.
    #[must_use]
    pub fn none(len: usize) -> Self {
        Self { words: vec![0; len.div_ceil(64)], len }
    }

    /// Every row.
    #[must_use]
    pub fn all(len: usize) -> Self {
        let mut set = Self { words: vec![u64::MAX; len.div_ceil(64)], len };
        set.trim();
        set
    }

    /// Builds from words computed in the order of the rows; surplus bits are cleared.
    #[must_use]
    pub fn from_words(words: Vec<u64>, len: usize) -> Self {
        debug_assert_eq!(words.len(), len.div_ceil(64));
        let mut set = Self { words, len };
        set.trim();
        set
    }

    fn trim(&mut self) {
        if !self.len.is_multiple_of(64)
            && let Some(last) = self.words.last_mut()
        {
            *last &= (1 << (self.len % 64)) - 1;
        }
    }

    /// Number of rows that the set ranges over.
    #[must_use]
    pub fn len(&self) -> usize {
        self.len
    }

    /// Whether the set ranges over no rows at all.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// The words, first rows first.
    #[must_use]
    pub fn words(&self) -> &[u64] {
        &self.words
    }

    /// Whether the row is in the set.
    #[must_use]
    pub fn contains(&self, row: u32) -> bool {
        self.words[row as usize / 64] >> (row % 64) & 1 == 1
    }

    /// Puts the row in.
    pub fn insert(&mut self, row: u32) {
        self.words[row as usize / 64] |= 1 << (row % 64);
    }

    /// Takes the row out.
    pub fn remove(&mut self, row: u32) {
        self.words[row as usize / 64] &= !(1 << (row % 64));
    }

    /// Takes the row out if so decided, without a branch on it.
    pub(crate) fn remove_if(&mut self, row: u32, decided: bool) {
        self.words[row as usize / 64] &= !(u64::from(decided) << (row % 64));
    }

    /// Number of rows in the set.
    #[must_use]
    pub fn count(&self) -> u64 {
        self.words.iter().map(|word| u64::from(word.count_ones())).sum()
    }

    /// Number of rows in the set that are below `end`.
    #[must_use]
    pub fn count_below(&self, end: usize) -> u64 {
        if end >= self.len {
            return self.count();
        }
        let (whole, rest) = self.words.split_at(end / 64);
        let rest = rest.first().map_or(0, |word| word & ((1 << (end % 64)) - 1));
        whole.iter().map(|word| u64::from(word.count_ones())).sum::<u64>() + u64::from(rest.count_ones())
    }

    /// Whether every row is in the set.
    #[must_use]
    pub fn is_full(&self) -> bool {
        self.count() == self.len as u64
    }

    /// Number of rows in both sets.
    #[must_use]
    pub fn count_and(&self, other: &Self) -> u64 {
        self.words.iter().zip(&other.words).map(|(a, b)| u64::from((a & b).count_ones())).sum()
    }

    /// The words of the nth block of [`crate::pick::BLOCK`] rows; empty beyond the last row.
    pub(crate) fn words_of_block(&self, block: usize) -> &[u64] {
        const WORDS: usize = crate::pick::BLOCK / 64;
        let start = (block * WORDS).min(self.words.len());
        &self.words[start..(start + WORDS).min(self.words.len())]
    }

    /// Appends the rows at positions `from..to` of the set, ascending.
    pub(crate) fn append_positions(&self, from: usize, to: usize, page: &mut Vec<u32>) {
        let mut passed = 0;
        for (index, word) in self.words.iter().enumerate() {
            if passed >= to {
                break;
            }
            let here = word.count_ones() as usize;
            if passed + here > from {
                let mut rest = *word;
                while rest != 0 && passed < to {
                    if passed >= from {
                        page.push(index as u32 * 64 + rest.trailing_zeros());
                    }
                    rest &= rest - 1;
                    passed += 1;
                }
            } else {
                passed += here;
            }
        }
    }

    /// Hands over the rows, ascending, many at a time: several times as quick as one by one where few bits are set, because nothing
    /// is decided from word to word that the processor could guess wrong.
    pub(crate) fn each_batch(&self, mut take: impl FnMut(&[u32])) {
        const BATCH: usize = 1024;
        // So many rows of every word are written down, whether they are there or not.
        const ALWAYS: u32 = 4;
        let mut rows = [0u32; BATCH + 64];
        let mut len = 0;
        for (word, start) in self.words.iter().zip((0u32..).step_by(64)) {
            let (mut rest, count) = (*word, word.count_ones());
            for row in &mut rows[len..len + ALWAYS as usize] {
                *row = start + rest.trailing_zeros();
                rest &= rest.wrapping_sub(1);
            }
            if count > ALWAYS {
                for row in &mut rows[len + ALWAYS as usize..len + count as usize] {
                    *row = start + rest.trailing_zeros();
                    rest &= rest - 1;
                }
            }
            len += count as usize;
            if len >= BATCH {
                take(&rows[..len]);
                len = 0;
            }
        }
        take(&rows[..len]);
    }

    /// Keeps the rows that are in the other set too.
    pub fn and(&mut self, other: &Self) {
        for (word, other) in self.words.iter_mut().zip(&other.words) {
            *word &= other;
        }
    }

    /// Adds the rows of the other set.
    pub fn or(&mut self, other: &Self) {
        for (word, other) in self.words.iter_mut().zip(&other.words) {
            *word |= other;
        }
    }

    /// Takes out the rows of the other set.
    pub fn and_not(&mut self, other: &Self) {
        for (word, other) in self.words.iter_mut().zip(&other.words) {
            *word &= !other;
        }
    }

    /// Every row that is not in the set.
    pub fn invert(&mut self) {
        for word in &mut self.words {
            *word = !*word;
        }
        self.trim();
    }

    /// The rows, ascending.
    pub fn rows(&self) -> impl Iterator<Item = u32> + '_ {
        self.words.iter().enumerate().flat_map(|(index, word)| {
            let mut rest = *word;
            std::iter::from_fn(move || {
                (rest != 0).then(|| {
                    let bit = rest.trailing_zeros();
                    rest &= rest - 1;
                    index as u32 * 64 + bit
                })
            })
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn rows_come_in_batches_as_they_come_one_by_one(words in prop::collection::vec(prop_oneof![Just(0), Just(u64::MAX), any::<u64>(), (0..64u32).prop_map(|bit| 1 << bit)], 0..60), cut in 0usize..64) {
            let len = (words.len() * 64).saturating_sub(cut);
            let set = Bitset::from_words(words[..len.div_ceil(64)].to_vec(), len);
            let mut batches = Vec::new();
            set.each_batch(|rows| batches.extend_from_slice(rows));
            prop_assert_eq!(&batches, &set.rows().collect::<Vec<_>>());
            for end in [0, 1, 63, 64, 65, len / 2, len, len + 9] {
                prop_assert_eq!(set.count_below(end), batches.iter().filter(|row| (**row as usize) < end).count() as u64);
            }
        }
    }
}
