//! Columns of free text: the texts, and an index from folded words to rows.
//!
//! A search looks at the distinct words first (a few hundred thousand for two million names) and then joins the rows of those
//! that match. A pattern that spans several words is answered by the rows of its words and then verified on
//! the text itself, so the answer is that of [`domain::filter::fold::matches`] exactly.

use std::collections::HashMap;

use domain::filter::TextMatch;
use domain::filter::fold::{allowed_typos, fold, matches, prefix_distance, words};

use crate::bitset::Bitset;

/// A column of texts with an index of their words.
#[derive(Clone, Debug)]
pub struct TextColumn {
    /// All texts one after the other; row i is `bytes[offsets[i]..offsets[i + 1]]`.
    bytes: Box<str>,
    offsets: Vec<u32>,
    valid: Bitset,
    /// Folded words, ascending, each closed by a zero, which no word holds.
    terms: Box<str>,
    term_offsets: Vec<u32>,
    /// Which letters each term holds: most terms are ruled out of a typo search by one comparison.
    term_letters: Vec<u32>,
    /// Rows of each term: the first row, then differences, as variable-length integers.
    postings: Box<[u8]>,
    posting_offsets: Vec<u32>,
}

impl TextColumn {
    /// Builds from one optional text per row.
    ///
    /// # Panics
    /// When all texts together exceed 4 GiB, far beyond the register.
    #[must_use]
    pub fn build<'a>(texts: impl Iterator<Item = Option<&'a str>>, rows: usize) -> Self {
        let mut bytes = String::new();
        let mut offsets = Vec::with_capacity(rows + 1);
        offsets.push(0);
        let mut valid = Bitset::none(rows);
        let mut postings: HashMap<Box<str>, (u32, Vec<u8>)> = HashMap::new();
        for (row, text) in texts.enumerate() {
            if let Some(text) = text {
                valid.insert(row as u32);
                bytes.push_str(text);
                let folded = fold(text);
                for word in words(&folded) {
                    match postings.get_mut(word) {
                        // A word that stands twice in a text is noted once.
                        Some((last, _)) if *last == row as u32 => {}
                        Some((last, list)) => {
                            push_varint(list, row as u32 - *last);
                            *last = row as u32;
                        }
                        None => {
                            let mut list = Vec::with_capacity(4);
                            push_varint(&mut list, row as u32);
                            postings.insert(word.into(), (row as u32, list));
                        }
                    }
                }
            }
            offsets.push(u32::try_from(bytes.len()).expect("texts of one column stay below 4 GiB"));
        }
        let mut ordered: Vec<_> = postings.into_iter().collect();
        ordered.sort_unstable_by(|a, b| a.0.cmp(&b.0));
        let mut column = Self {
            bytes: bytes.into(),
            offsets,
            valid,
            terms: String::new().into(),
            term_offsets: vec![0],
            term_letters: Vec::new(),
            postings: Box::default(),
            posting_offsets: vec![0],
        };
        let (mut terms, mut all) = (String::new(), Vec::new());
        for (word, (_, list)) in ordered {
            column.term_letters.push(letters(&word));
            terms.push_str(&word);
            terms.push('\0');
            all.extend_from_slice(&list);
            column.term_offsets.push(terms.len() as u32);
            column.posting_offsets.push(all.len() as u32);
        }
        column.terms = terms.into();
        column.postings = all.into();
        column
    }

    /// The text of a row.
    #[must_use]
    pub fn get(&self, row: u32) -> Option<&str> {
        let row_index = row as usize;
        self.valid
            .contains(row)
            .then(|| &self.bytes[self.offsets[row_index] as usize..self.offsets[row_index + 1] as usize])
    }

    /// The rows that have a text.
    #[must_use]
    pub fn valid(&self) -> &Bitset {
        &self.valid
    }

    fn term_count(&self) -> usize {
        self.term_offsets.len() - 1
    }

    fn term(&self, index: usize) -> &str {
        &self.terms[self.term_offsets[index] as usize..self.term_offsets[index + 1] as usize - 1]
    }

    fn add_rows(&self, term: usize, found: &mut Bitset) {
        let list = &self.postings[self.posting_offsets[term] as usize..self.posting_offsets[term + 1] as usize];
        let (mut row, mut value, mut shift) = (0u32, 0u32, 0);
        for byte in list {
            value |= u32::from(byte & 0x7f) << shift;
            shift += 7;
            if byte & 0x80 == 0 {
                row += value;
                found.insert(row);
                (value, shift) = (0, 0);
            }
        }
    }

    fn rows_of_terms(&self, terms: impl Iterator<Item = usize>) -> Bitset {
        let mut found = Bitset::none(self.valid.len());
        for term in terms {
            self.add_rows(term, &mut found);
        }
        found
    }

    /// The terms that hold the folded pattern anywhere, by one pass over the terms as one text.
    fn terms_containing<'a>(&'a self, pattern: &'a str) -> impl Iterator<Item = usize> + 'a {
        let mut last = usize::MAX;
        memchr::memmem::find_iter(self.terms.as_bytes(), pattern).filter_map(move |at| {
            let term = self.term_offsets.partition_point(|offset| *offset as usize <= at) - 1;
            (std::mem::replace(&mut last, term) != term).then_some(term)
        })
    }

    fn terms_with_prefix(&self, prefix: &str) -> std::ops::Range<usize> {
        let start = partition(self.term_count(), |index| self.term(index) < prefix);
        let end = start + partition(self.term_count() - start, |index| self.term(start + index).starts_with(prefix));
        start..end
    }

    /// The rows whose text matches.
    #[must_use]
    pub fn matching(&self, matching: TextMatch, pattern: &str) -> Bitset {
        let folded = fold(pattern);
        match matching {
            TextMatch::Fuzzy => self.fuzzy(&folded),
            TextMatch::Contains if !folded.is_empty() && words(&folded).next() == Some(&folded) => {
                self.rows_of_terms(self.terms_containing(&folded))
            }
            TextMatch::Equals | TextMatch::StartsWith | TextMatch::Contains => {
                let candidates = self.candidates(matching, &folded);
                self.verified(&candidates, matching, pattern)
            }
        }
    }

    /// Rows that may match a pattern of several words: each inner word stands in them whole; the outer two as the end and
    /// the start of a word where the pattern does not delimit them.
    fn candidates(&self, matching: TextMatch, folded: &str) -> Bitset {
        let mut candidates = self.valid.clone();
        let list: Vec<&str> = words(folded).collect();
        let is_letter = |c: Option<char>| c.is_some_and(|c| !c.is_ascii() || c.is_ascii_alphanumeric());
        for (index, word) in list.iter().enumerate() {
            let open_start = index == 0 && matching == TextMatch::Contains && is_letter(folded.chars().next());
            let open_end =
                index + 1 == list.len() && matching != TextMatch::Equals && is_letter(folded.chars().next_back());
            let rows = match (open_start, open_end) {
                (false, false) => {
                    let at = partition(self.term_count(), |term| self.term(term) < *word);
                    let hit = at < self.term_count() && self.term(at) == *word;
                    self.rows_of_terms(hit.then_some(at).into_iter())
                }
                (false, true) => self.rows_of_terms(self.terms_with_prefix(word)),
                (true, _) => self.rows_of_terms(self.terms_containing(word)),
            };
            candidates.and(&rows);
        }
        candidates
    }

    fn verified(&self, candidates: &Bitset, matching: TextMatch, pattern: &str) -> Bitset {
        let mut found = Bitset::none(self.valid.len());
        for row in candidates.rows() {
            if self.get(row).is_some_and(|text| matches(matching, pattern, text)) {
                found.insert(row);
            }
        }
        found
    }

    fn fuzzy(&self, folded: &str) -> Bitset {
        let mut found: Option<Bitset> = None;
        for word in words(folded) {
            let wanted: Vec<char> = word.chars().collect();
            let limit = allowed_typos(wanted.len());
            let rows = if limit == 0 {
                self.rows_of_terms(self.terms_with_prefix(word))
            } else {
                let wanted_letters = letters(word);
                let terms = self.term_letters.iter().enumerate().filter(|(_, term_letters)| {
                    // Each typo explains at most one wanted letter that the term lacks.
                    (wanted_letters & !**term_letters).count_ones() as usize <= limit
                });
                let terms = terms.map(|(index, _)| index).filter(|index| {
                    let term = self.term(*index);
                    term.len() + limit >= wanted.len() && prefix_distance(&wanted, term, limit).is_some()
                });
                self.rows_of_terms(terms)
            };
            match &mut found {
                None => found = Some(rows),
                Some(found) => found.and(&rows),
            }
        }
        found.unwrap_or_else(|| Bitset::none(self.valid.len()))
    }

    /// Bytes that the column takes: text, and index.
    #[must_use]
    pub fn bytes(&self) -> (usize, usize) {
        let offsets = self.term_offsets.len() + self.posting_offsets.len() + self.term_letters.len();
        let index = self.terms.len() + self.postings.len() + offsets * 4;
        (self.bytes.len() + self.offsets.len() * 4 + self.valid.words().len() * 8, index)
    }
}

/// Which letters a folded word holds, one bit each; digits share five bits, anything else the last one.
fn letters(word: &str) -> u32 {
    word.bytes().fold(0, |mask, byte| {
        mask | match byte {
            b'a'..=b'z' => 1 << (byte - b'a'),
            b'0'..=b'9' => 1 << (26 + byte % 5),
            _ => 1 << 31,
        }
    })
}

fn push_varint(list: &mut Vec<u8>, mut value: u32) {
    while value >= 0x80 {
        list.push(value as u8 | 0x80);
        value >>= 7;
    }
    list.push(value as u8);
}

fn partition(len: usize, is_before: impl Fn(usize) -> bool) -> usize {
    let (mut low, mut high) = (0, len);
    while low < high {
        let middle = usize::midpoint(low, high);
        if is_before(middle) { low = middle + 1 } else { high = middle }
    }
    low
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn name() -> impl Strategy<Value = Option<String>> {
        prop_oneof![
            Just(None),
            "[åäöabÅé ]{0,12}".prop_map(Some),
            "(volvo|teknik|Tékn|bygg|AB|nord) (volvo|teknik|ab|& son|x-y)?( AB)?".prop_map(Some),
            "\\PC{0,12}".prop_map(Some),
        ]
    }

    proptest! {
        #[test]
        fn every_kind_of_match_is_that_of_the_definition(
            names in prop::collection::vec(name(), 0..40),
            pattern in prop_oneof!["[a-zåäö ]{0,5}", "(volvvo|tekn|bygg ab|k a| )", "\\PC{0,6}"],
        ) {
            let column = TextColumn::build(names.iter().map(Option::as_deref), names.len());
            for matching in [TextMatch::Equals, TextMatch::StartsWith, TextMatch::Contains, TextMatch::Fuzzy] {
                let found = column.matching(matching, &pattern);
                for (row, name) in names.iter().enumerate() {
                    let expected = name.as_deref().is_some_and(|name| matches(matching, &pattern, name));
                    prop_assert_eq!(found.contains(row as u32), expected, "{:?} {:?} {:?}", matching, pattern, name);
                }
            }
        }
    }
}
