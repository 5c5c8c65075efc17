//! A segment as sections of a file, one for each column.

use std::io::{self, Read, Write};
use std::sync::OnceLock;

use domain::catalogue::{FIELDS, FieldKind};

use super::{Column, Segment};
use crate::code::CodeColumn;
use crate::file::{Input, Output, StreamError, require};
use crate::number::NumberColumn;
use crate::order::Ranks;
use crate::text::TextColumn;

impl Segment {
    /// Writes numbers, columns, and the alphabetical orders that were made.
    pub(crate) fn write<W: Write>(&self, out: &mut Output<W>) -> io::Result<()> {
        out.array(&self.orgnrs)?;
        out.end_section()?;
        for column in &self.columns {
            match column {
                Column::Number(column) => out.number(0).and_then(|()| column.write(out))?,
                Column::Boolean(column) => out.number(1).and_then(|()| column.write(out))?,
                Column::Code(column) => out.number(2).and_then(|()| column.write(out))?,
                Column::Codes(column) => out.number(3).and_then(|()| column.write(out))?,
                Column::Text(column) => out.number(4).and_then(|()| column.write(out))?,
            }
            out.end_section()?;
        }
        for ranks in &self.ranks {
            out.number(u64::from(ranks.get().is_some()))?;
            if let Some(ranks) = ranks.get() {
                out.array(&ranks.keys)?;
            }
        }
        out.end_section()
    }

    /// Reads what [`Segment::write`] wrote.
    pub(crate) fn read<R: Read>(input: &mut Input<R>) -> Result<Self, StreamError> {
        let orgnrs: Vec<u64> = input.array()?;
        input.end_section()?;
        require(orgnrs.is_sorted_by(|a, b| a < b) && u32::try_from(orgnrs.len()).is_ok())?;
        let mut columns = Vec::with_capacity(FIELDS.len());
        for field in FIELDS {
            let (column, rows) = read_column(input, field.kind)?;
            input.end_section()?;
            require(rows == orgnrs.len())?;
            columns.push(column);
        }
        let mut segment = Self::from_columns(orgnrs, columns);
        for index in 0..FIELDS.len() {
            if input.number()? != 0 {
                let keys: Vec<u32> = input.array()?;
                require(keys.len() == segment.len())?;
                segment.ranks[index] = OnceLock::from(Ranks::of(keys));
            }
        }
        input.end_section()?;
        Ok(segment)
    }
}

/// A column of the kind that the field has, and its number of rows.
fn read_column<R: Read>(input: &mut Input<R>, kind: FieldKind) -> Result<(Column, usize), StreamError> {
    use FieldKind::{Amount, Boolean, Categories, Category, Count, Date, Integer, Ratio, Text};
    let read = match (input.number()?, kind) {
        (0, Amount | Ratio | Count | Integer | Date) => {
            let column = NumberColumn::read(input)?;
            (column.len(), Column::Number(column))
        }
        (1, Boolean) => {
            let column = CodeColumn::read(input)?;
            (column.codes().len(), Column::Boolean(column))
        }
        (2, Category | Text) => {
            let column = CodeColumn::read(input)?;
            (column.codes().len(), Column::Code(column))
        }
        (3, Categories) => {
            let column = CodeColumn::read(input)?;
            (column.codes().len(), Column::Codes(column))
        }
        (4, Text) => {
            let column = TextColumn::read(input)?;
            (column.valid().len(), Column::Text(column))
        }
        _ => return Err(StreamError::Damaged("a column is of another kind than its field")),
    };
    Ok((read.1, read.0))
}
