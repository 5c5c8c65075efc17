//! A column of numbers as a section of a file.

use std::io::{self, Read, Write};

use super::{NumberColumn, Range, Rest};
use crate::file::{Input, Output, StreamError, require};
use crate::pick::{BLOCK, Bounds};

impl NumberColumn {
    /// Writes the column.
    pub(crate) fn write<W: Write>(&self, out: &mut Output<W>) -> io::Result<()> {
        out.bytes(&self.codes)?;
        out.number(self.ranges.len() as u64)?;
        for range in &self.ranges {
            out.array(&[range.least, range.greatest])?;
            out.number(u64::from(range.is_far))?;
        }
        match &self.rest {
            Rest::Zero => out.number(0)?,
            Rest::U8(rests) => out.number(1).and_then(|()| out.bytes(rests))?,
            Rest::U16(rests) => out.number(2).and_then(|()| out.array(rests))?,
            Rest::U24(rests) => out.number(3).and_then(|()| out.array(rests))?,
            Rest::U32(rests) => out.number(4).and_then(|()| out.array(rests))?,
            Rest::U64(rests) => out.number(8).and_then(|()| out.array(rests))?,
        }
        let (rows, values): (Vec<u32>, Vec<i64>) = self.far.iter().copied().unzip();
        out.array(&rows)?;
        out.array(&values)?;
        let ends = self.bounds.iter().flat_map(|bounds| [bounds.least, bounds.greatest]);
        let (codes, rests): (Vec<u32>, Vec<u64>) = ends.unzip();
        out.array(&codes)?;
        out.array(&rests)
    }

    /// Reads the column.
    pub(crate) fn read<R: Read>(input: &mut Input<R>) -> Result<Self, StreamError> {
        let codes = input.bytes()?;
        let count = input.number()?;
        require(count <= 255)?;
        let mut ranges = Vec::with_capacity(count as usize);
        for _ in 0..count {
            let ends: Vec<i64> = input.array()?;
            let is_far = input.number()? != 0;
            let [least, greatest] = ends[..] else { return Err(StreamError::Damaged("a range has no two ends")) };
            ranges.push(Range { least, greatest, is_far });
        }
        let (rest, rests) = match input.number()? {
            0 => (Rest::Zero, codes.len()),
            1 => input.bytes().map(|rests| (rests.len(), Rest::U8(rests))).map(|(len, rest)| (rest, len))?,
            2 => input.array().map(|rests| (rests.len(), Rest::U16(rests))).map(|(len, rest)| (rest, len))?,
            3 => input.array().map(|rests| (rests.len(), Rest::U24(rests))).map(|(len, rest)| (rest, len))?,
            4 => input.array().map(|rests| (rests.len(), Rest::U32(rests))).map(|(len, rest)| (rest, len))?,
            8 => input.array().map(|rests| (rests.len(), Rest::U64(rests))).map(|(len, rest)| (rest, len))?,
            _ => return Err(StreamError::Damaged("a number has no such width")),
        };
        require(rests == codes.len())?;
        require(codes.iter().all(|code| usize::from(*code) <= ranges.len()))?;
        let (rows, values): (Vec<u32>, Vec<i64>) = (input.array()?, input.array()?);
        require(rows.len() == values.len() && rows.is_sorted())?;
        let far = rows.into_iter().zip(values).collect();
        let (ends, rests): (Vec<u32>, Vec<u64>) = (input.array()?, input.array()?);
        let ends: Vec<(u32, u64)> = ends.into_iter().zip(rests).collect();
        require(ends.len() == codes.len().div_ceil(BLOCK) * 2)?;
        let bounds =
            ends.as_chunks::<2>().0.iter().map(|[least, greatest]| Bounds { least: *least, greatest: *greatest });
        let bounds = bounds.collect();
        Ok(Self { codes, ranges, rest, far, bounds })
    }
}
