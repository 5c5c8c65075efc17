//! Lines as a Parquet file: for programs, so columns have the keys of fields, and numbers, days and codes keep their types.

use std::io::{self, Write};

use domain::catalogue::FieldKind;
use domain::facts::FactValue;

use super::sheet::{Line, Sheet};
use crate::parquet_file::{Column, ColumnType, ParquetFile};

/// What a field's column holds.
#[must_use]
pub fn column_type(kind: FieldKind) -> ColumnType {
    match kind {
        FieldKind::Amount | FieldKind::Integer => ColumnType::Integer,
        FieldKind::Ratio | FieldKind::Count => ColumnType::Real,
        FieldKind::Category | FieldKind::Text => ColumnType::Text,
        FieldKind::Categories => ColumnType::Texts,
        FieldKind::Boolean => ColumnType::Boolean,
        FieldKind::Date => ColumnType::Date,
    }
}

/// Writes the organisation number and the values of the fields; what the file says about itself is its key-value metadata.
///
/// # Errors
/// When a line cannot be had, or the file cannot be written.
pub fn write(sheet: &Sheet, lines: impl Iterator<Item = io::Result<Line>>, out: impl Write + Send) -> io::Result<()> {
    let fields = sheet.fields.iter().map(|field| Column::optional(field.field().key, column_type(field.field().kind)));
    let columns = std::iter::once(Column::required("orgnr", ColumnType::Integer)).chain(fields);
    let mut file = ParquetFile::begin(out, columns.collect(), &sheet.provenance)?;
    for line in lines {
        let line = line?;
        let orgnr = FactValue::Integer(i64::try_from(line.orgnr).map_err(io::Error::other)?);
        file.push(std::iter::once(&orgnr).chain(&line.values))?;
    }
    file.finish()?;
    Ok(())
}
