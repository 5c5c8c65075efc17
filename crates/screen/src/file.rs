//! A state of the index as bytes: its columns as they stand in memory, so that a start costs little more than reading them.
//!
//! Every column is a section of its own, closed by a checksum, which is compared before anything of the section is used. Numbers are
//! little-endian. What a damaged or foreign stream could make a column do is checked as well: no bytes make the reader panic, or the
//! index that it gives.

mod input;
mod output;

use std::io::{self, Read, Write};

pub(crate) use input::Input;
pub(crate) use output::Output;

use crate::bitset::Bitset;
use crate::segment::Segment;
use crate::snapshot::{Part, Snapshot};

/// Grows with every change of the layout, so that a file of another layout is never misread.
pub const LAYOUT: u32 = 2;

/// Why a stream is no state of the index.
#[derive(Debug, thiserror::Error)]
pub enum StreamError {
    /// It cannot be read.
    #[error(transparent)]
    Io(#[from] io::Error),
    /// Its checksum or form is wrong.
    #[error("{0}")]
    Damaged(&'static str),
}

/// Writes the state; returns the number of bytes.
///
/// # Errors
/// Those of the writer.
pub fn write(state: &Snapshot, out: impl Write) -> io::Result<u64> {
    let mut out = Output::new(out);
    out.number(u64::from(LAYOUT))?;
    out.number(state.version)?;
    out.number(state.parts.len() as u64)?;
    out.end_section()?;
    for part in &state.parts {
        part.segment.write(&mut out)?;
        out.array(part.alive.words())?;
        out.end_section()?;
    }
    out.finish()
}

/// Reads a state of `length` bytes.
///
/// # Errors
/// When it cannot be read, or is damaged.
pub fn read(input: impl Read, length: u64) -> Result<Snapshot, StreamError> {
    let mut input = Input::new(input, length);
    if input.number()? != u64::from(LAYOUT) {
        return Err(StreamError::Damaged("its layout is another"));
    }
    let version = input.number()?;
    let count = input.number()?;
    input.end_section()?;
    let mut parts = Vec::new();
    for _ in 0..count {
        let segment = Segment::read(&mut input)?;
        let words: Vec<u64> = input.array()?;
        input.end_section()?;
        if words.len() != segment.len().div_ceil(64) {
            return Err(StreamError::Damaged("a set of rows is too short"));
        }
        let alive = Bitset::from_words(words, segment.len());
        parts.push(Part { segment: segment.into(), alive: alive.into() });
    }
    if parts.is_empty() || !input.is_at_end() {
        return Err(StreamError::Damaged("it does not end where it should"));
    }
    Ok(Snapshot { parts, version })
}

/// `Ok` when what a section tells is consistent.
pub(crate) fn require(holds: bool) -> Result<(), StreamError> {
    if holds { Ok(()) } else { Err(StreamError::Damaged("its parts contradict each other")) }
}
