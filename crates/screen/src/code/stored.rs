//! A column of codes as a section of a file.

use std::io::{self, Read, Write};

use super::{CodeColumn, Codes};
use crate::file::{Input, Output, StreamError, require};

/// A value that a dictionary can hold.
pub(crate) trait Stored: Sized {
    fn write<W: Write>(&self, out: &mut Output<W>) -> io::Result<()>;
    fn read<R: Read>(input: &mut Input<R>) -> Result<Self, StreamError>;
}

impl Stored for bool {
    fn write<W: Write>(&self, out: &mut Output<W>) -> io::Result<()> {
        out.number(u64::from(*self))
    }

    fn read<R: Read>(input: &mut Input<R>) -> Result<Self, StreamError> {
        Ok(input.number()? != 0)
    }
}

impl Stored for Box<str> {
    fn write<W: Write>(&self, out: &mut Output<W>) -> io::Result<()> {
        out.text(self)
    }

    fn read<R: Read>(input: &mut Input<R>) -> Result<Self, StreamError> {
        input.text()
    }
}

impl Stored for Box<[Box<str>]> {
    fn write<W: Write>(&self, out: &mut Output<W>) -> io::Result<()> {
        out.number(self.len() as u64)?;
        self.iter().try_for_each(|text| out.text(text))
    }

    fn read<R: Read>(input: &mut Input<R>) -> Result<Self, StreamError> {
        let count = input.number()?;
        (0..count).map(|_| input.text()).collect()
    }
}

#[allow(private_bounds)] // Only columns of this crate are ever stored.
impl<T: Stored> CodeColumn<T> {
    /// Writes the column.
    pub(crate) fn write<W: Write>(&self, out: &mut Output<W>) -> io::Result<()> {
        out.number(self.dictionary.len() as u64)?;
        self.dictionary.iter().try_for_each(|value| value.write(out))?;
        match &self.codes {
            Codes::U8(codes) => out.number(1).and_then(|()| out.bytes(codes)),
            Codes::U16(codes) => out.number(2).and_then(|()| out.array(codes)),
            Codes::U32(codes) => out.number(4).and_then(|()| out.array(codes)),
        }
    }

    /// Reads the column.
    pub(crate) fn read<R: Read>(input: &mut Input<R>) -> Result<Self, StreamError> {
        let count = input.number()?;
        let dictionary = (0..count).map(|_| T::read(input)).collect::<Result<Vec<T>, _>>()?;
        let codes = match input.number()? {
            1 => Codes::U8(input.bytes()?),
            2 => Codes::U16(input.array()?),
            4 => Codes::U32(input.array()?),
            _ => return Err(StreamError::Damaged("a code has no such width")),
        };
        let known = dictionary.len();
        require(match &codes {
            Codes::U8(codes) => codes.iter().all(|code| usize::from(*code) <= known),
            Codes::U16(codes) => codes.iter().all(|code| usize::from(*code) <= known),
            Codes::U32(codes) => codes.iter().all(|code| *code as usize <= known),
        })?;
        Ok(Self { dictionary, codes })
    }
}
