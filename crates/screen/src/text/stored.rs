//! A column of texts as a section of a file.

use std::io::{self, Read, Write};

use super::TextColumn;
use crate::bitset::Bitset;
use crate::file::{Input, Output, StreamError, require};

impl TextColumn {
    /// Writes the column.
    pub(crate) fn write<W: Write>(&self, out: &mut Output<W>) -> io::Result<()> {
        out.text(&self.bytes)?;
        out.array(&self.offsets)?;
        out.array(self.valid.words())?;
        out.text(&self.terms)?;
        out.array(&self.term_offsets)?;
        out.bytes(&self.postings)?;
        out.array(&self.posting_offsets)?;
        out.number(self.frequent.len() as u64)?;
        for (term, rows) in &self.frequent {
            out.number(u64::from(*term))?;
            out.array(rows.words())?;
        }
        Ok(())
    }

    /// Reads the column.
    pub(crate) fn read<R: Read>(input: &mut Input<R>) -> Result<Self, StreamError> {
        let bytes = input.text()?;
        let offsets: Vec<u32> = input.array()?;
        require(are_ends(&bytes, &offsets))?;
        let rows = offsets.len() - 1;
        let valid = set(input.array()?, rows)?;
        let terms = input.text()?;
        let term_offsets: Vec<u32> = input.array()?;
        require(are_ends(&terms, &term_offsets))?;
        // Every term is closed by a zero, which lookups leave out.
        require(term_offsets[1..].iter().all(|end| *end > 0 && terms.as_bytes()[*end as usize - 1] == 0))?;
        require(term_offsets.is_sorted_by(|a, b| a < b))?;
        let postings = input.bytes()?;
        let posting_offsets: Vec<u32> = input.array()?;
        require(posting_offsets.len() == term_offsets.len() && posting_offsets[0] == 0 && posting_offsets.is_sorted())?;
        require(posting_offsets.last().map(|end| *end as usize) == Some(postings.len()))?;
        let count = input.number()?;
        let mut frequent: Vec<(u32, Bitset)> = Vec::new();
        for _ in 0..count {
            let term = u32::try_from(input.number()?).map_err(|_| StreamError::Damaged("a word has no such number"))?;
            frequent.push((term, set(input.array()?, rows)?));
        }
        require(frequent.is_sorted_by_key(|(term, _)| *term))?;
        let column =
            Self { bytes, offsets, valid, terms, term_offsets, postings: postings.into(), posting_offsets, frequent };
        require((0..column.term_count()).all(|term| column.has_known_rows(term)))?;
        Ok(column)
    }

    /// Whether the rows of a word are rows of the column.
    fn has_known_rows(&self, term: usize) -> bool {
        let list = &self.postings[self.posting_offsets[term] as usize..self.posting_offsets[term + 1] as usize];
        let (mut row, mut value, mut shift) = (0u64, 0u64, 0);
        for byte in list {
            value |= u64::from(byte & 0x7f) << shift;
            shift += 7;
            if byte & 0x80 == 0 {
                row += value;
                (value, shift) = (0, 0);
            } else if shift > 28 {
                return false;
            }
        }
        list.is_empty() || row < self.valid.len() as u64 && shift == 0
    }
}

/// Whether the offsets begin at 0, ascend, end with the text, and fall between characters.
fn are_ends(text: &str, offsets: &[u32]) -> bool {
    offsets.first() == Some(&0)
        && offsets.last().map(|end| *end as usize) == Some(text.len())
        && offsets.is_sorted()
        && offsets.iter().all(|offset| text.is_char_boundary(*offset as usize))
}

fn set(words: Vec<u64>, rows: usize) -> Result<Bitset, StreamError> {
    require(words.len() == rows.div_ceil(64))?;
    Ok(Bitset::from_words(words, rows))
}
