//! Columns of free text: the texts, and an index from folded words to rows.
//!
//! A search looks at the distinct words first (a few hundred thousand for two million names) and then joins the rows of those
//! that match. A pattern that spans several words is answered by the rows of its words and then verified on
//! the text itself, so the answer is that of [`domain::filter::fold::matches`] exactly.

mod stored;

use domain::filter::TextMatch;
use domain::filter::fold::{allowed_typos, fold, fold_into, matches, words};

use crate::bitset::Bitset;
use crate::hash::FastMap;

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
    /// Rows of each term: the first row, then differences, as variable-length integers. Empty for those in `frequent`.
    postings: Box<[u8]>,
    posting_offsets: Vec<u32>,
    /// Terms that stand in so many rows that a bit per row is quicker to read, ascending.
    frequent: Vec<(u32, Bitset)>,
}

/// A term that stands in more than one row of so many is kept as a bit per row.
const FREQUENT: usize = 32;

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
        let mut gathered = Words::default();
        for (row, text) in texts.enumerate() {
            if let Some(text) = text {
                valid.insert(row as u32);
                bytes.push_str(text);
                gathered.add(row as u32, text);
            }
            offsets.push(u32::try_from(bytes.len()).expect("texts of one column stay below 4 GiB"));
        }
        let mut column = Self {
            bytes: bytes.into(),
            offsets,
            valid,
            terms: String::new().into(),
            term_offsets: vec![0],
            postings: Box::default(),
            posting_offsets: vec![0],
            frequent: Vec::new(),
        };
        gathered.index(&mut column);
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
        if list.is_empty() {
            if let Ok(at) = self.frequent.binary_search_by_key(&(term as u32), |(term, _)| *term) {
                found.or(&self.frequent[at].1);
            }
            return;
        }
        let (mut row, mut value, mut shift) = (0u32, 0u32, 0);
        for byte in list {
            if *byte < 0x80 && shift == 0 {
                // Rows of a frequent word lie close together.
                row += u32::from(*byte);
                found.insert(row);
                continue;
            }
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

    /// The terms that hold the folded pattern anywhere, ascending, by one pass over the terms as one text.
    fn terms_containing<'a>(&'a self, pattern: &'a str) -> impl Iterator<Item = usize> + 'a {
        let mut next = 0;
        memchr::memmem::find_iter(self.terms.as_bytes(), pattern).filter_map(move |at| {
            // Terms that hold the pattern are often neighbours, so the search starts at the last one and doubles its steps.
            let is_before = |term: usize| (self.term_offsets[term + 1] as usize) <= at;
            let count = self.term_count();
            if at < self.term_offsets[next] as usize {
                return None;
            }
            let mut step = 1;
            while next + step < count && is_before(next + step) {
                step *= 2;
            }
            let (low, high) = (next + step / 2, (next + step + 1).min(count));
            let term = low + partition(high - low, |index| is_before(low + index));
            next = term + 1;
            Some(term)
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

    /// The terms of which some start is the wanted word, give or take `limit` typos, as ranges: what
    /// [`domain::filter::fold::prefix_distance`] tells term by term. The ascending terms are walked like a tree: a row of the distance
    /// table is worked out once for all terms that share the letters so far, and all of them are passed over, or
    /// taken, as soon as those letters decide.
    fn terms_like(&self, wanted: &[char], limit: usize) -> Vec<std::ops::Range<usize>> {
        let width = wanted.len() + 1;
        // rows[d] is the table's row after d letters; letters[d] the letter that led to row d + 1, with where it ends.
        let mut rows: Vec<Vec<usize>> = vec![(0..width).collect()];
        let mut letters: Vec<(char, usize)> = Vec::new();
        let mut found = Vec::new();
        let mut index = 0;
        'terms: while index < self.term_count() {
            let term = self.term(index);
            let shared = term.chars().zip(&letters).take_while(|(a, (b, _))| a == b).count();
            letters.truncate(shared);
            rows.truncate(shared + 1);
            let start = letters.last().map_or(0, |(_, end)| *end);
            for (offset, letter) in term[start..].char_indices() {
                let end = start + offset + letter.len_utf8();
                let row = next_row(wanted, &rows, &letters, letter);
                let least = |row: &[usize]| row.iter().copied().min().unwrap_or(usize::MAX);
                let is_match = row[width - 1] <= limit;
                // A swap reaches back two rows at the price of one typo.
                let is_hopeless =
                    least(&row) > limit && least(&rows[rows.len() - 1]) >= limit || rows.len() > wanted.len() + limit;
                if is_match || is_hopeless {
                    let after = self.end_of_prefix(index, &term[..end]);
                    if is_match {
                        found.push(index..after);
                    }
                    index = after;
                    continue 'terms;
                }
                letters.push((letter, end));
                rows.push(row);
            }
            index += 1;
        }
        found
    }

    /// The first term after `from` that does not start with the prefix, which term `from` does.
    fn end_of_prefix(&self, from: usize, prefix: &str) -> usize {
        let starts = |index: usize| self.term(index).starts_with(prefix);
        let mut step = 1;
        while from + step < self.term_count() && starts(from + step) {
            step *= 2;
        }
        let (low, high) = (from + step / 2, (from + step).min(self.term_count()));
        low + partition(high - low, |index| starts(low + index))
    }

    fn fuzzy(&self, folded: &str) -> Bitset {
        let mut found: Option<Bitset> = None;
        for word in words(folded) {
            let wanted: Vec<char> = word.chars().collect();
            let limit = allowed_typos(wanted.len());
            let rows = if limit == 0 {
                self.rows_of_terms(self.terms_with_prefix(word))
            } else {
                self.rows_of_terms(self.terms_like(&wanted, limit).into_iter().flatten())
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
        let offsets = self.term_offsets.len() + self.posting_offsets.len();
        let frequent: usize = self.frequent.iter().map(|(_, rows)| rows.words().len() * 8).sum();
        let index = self.terms.len() + self.postings.len() + frequent + offsets * 4;
        (self.bytes.len() + self.offsets.len() * 4 + self.valid.words().len() * 8, index)
    }
}

/// The words of all rows while a column is being built.
#[derive(Default)]
struct Words {
    /// The number of each word, in the order in which they were first seen.
    seen: FastMap<Box<str>, u32>,
    /// The last row of each word.
    last: Vec<u32>,
    /// In how many rows each word stands.
    counts: Vec<u32>,
    /// Each row that has words, and how many different ones.
    rows: Vec<(u32, u32)>,
    /// The words of these rows, one row after the other.
    words: Vec<u32>,
    folded: String,
}

impl Words {
    /// Notes the words of a row, a word that stands twice in it once.
    fn add(&mut self, row: u32, text: &str) {
        let Self { seen, last, counts, rows, words: all, folded } = self;
        fold_into(text, folded);
        let before = all.len();
        for word in words(folded) {
            let number = seen.get(word).copied().unwrap_or_else(|| {
                let number = last.len() as u32;
                seen.insert(word.into(), number);
                last.push(u32::MAX);
                counts.push(0);
                number
            });
            if std::mem::replace(&mut last[number as usize], row) != row {
                counts[number as usize] += 1;
                all.push(number);
            }
        }
        rows.push((row, (all.len() - before) as u32));
    }

    /// Writes terms and their rows into the column.
    fn index(self, column: &mut TextColumn) {
        let mut ordered: Vec<(Box<str>, u32)> = self.seen.into_iter().collect();
        ordered.sort_unstable_by(|a, b| a.0.cmp(&b.0));
        // The rows of all words in the order of the words: each word's begin where those of the words before it end.
        let mut next = vec![0usize; ordered.len()];
        let mut total = 0;
        for (_, number) in &ordered {
            next[*number as usize] = total;
            total += self.counts[*number as usize] as usize;
        }
        let mut rows = vec![0u32; total];
        let mut words = self.words.iter();
        for (row, count) in &self.rows {
            for word in words.by_ref().take(*count as usize) {
                rows[next[*word as usize]] = *row;
                next[*word as usize] += 1;
            }
        }
        let (mut terms, mut postings, mut start) = (String::new(), Vec::new(), 0);
        for (term, (word, number)) in ordered.iter().enumerate() {
            let end = start + self.counts[*number as usize] as usize;
            let rows = &rows[start..end];
            start = end;
            if rows.len() > column.valid.len() / FREQUENT && rows.len() > FREQUENT {
                let mut set = Bitset::none(column.valid.len());
                rows.iter().for_each(|row| set.insert(*row));
                column.frequent.push((term as u32, set));
            } else {
                let mut last = 0;
                for row in rows {
                    push_varint(&mut postings, row - last);
                    last = *row;
                }
            }
            terms.push_str(word);
            terms.push('\0');
            column.term_offsets.push(terms.len() as u32);
            column.posting_offsets.push(postings.len() as u32);
        }
        column.terms = terms.into();
        column.postings = postings.into();
    }
}

/// The row of the distance table after one letter more (optimal string alignment).
fn next_row(wanted: &[char], rows: &[Vec<usize>], letters: &[(char, usize)], letter: char) -> Vec<usize> {
    let above = &rows[rows.len() - 1];
    let previous = letters.last().map(|(letter, _)| *letter);
    let mut row = Vec::with_capacity(above.len());
    row.push(rows.len());
    for column in 1..above.len() {
        let differs = usize::from(wanted[column - 1] != letter);
        let mut cost = (above[column - 1] + differs).min(above[column] + 1).min(row[column - 1] + 1);
        if column > 1 && previous == Some(wanted[column - 1]) && wanted[column - 2] == letter {
            cost = cost.min(rows[rows.len() - 2][column - 2] + 1);
        }
        row.push(cost);
    }
    row
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
