//! Lines as comma-separated values in UTF-8.

use std::io::{self, Write};

use domain::facts::FactValue;

use super::column::Cell;
use super::guarded;
use super::sheet::{Line, Sheet};

/// Writes headings and lines, and nothing after the first line that cannot be had.
///
/// # Errors
/// When a line cannot be had, or the file cannot be written.
pub fn write(sheet: &Sheet, lines: impl Iterator<Item = io::Result<Line>>, mut out: impl Write) -> io::Result<()> {
    // The mark tells Excel that the text is UTF-8.
    out.write_all("\u{feff}".as_bytes())?;
    let mut writer = csv::Writer::from_writer(out);
    writer.write_record(sheet.headings.iter().map(|heading| guarded(heading).into_owned()))?;
    for line in lines {
        let line = line?;
        let orgnr = line.orgnr.to_string();
        let cells =
            sheet.columns.iter().map(|column| match column.cell(&line, sheet.language, sheet.base.as_deref()) {
                Cell::Nothing => String::new(),
                Cell::Value(value) => text(value),
                Cell::Text(text) | Cell::Link(text) => guarded(&text).into_owned(),
            });
        writer.write_record(std::iter::once(orgnr).chain(cells))?;
    }
    writer.flush()
}

/// A value as text; numbers with a decimal point.
fn text(value: &FactValue) -> String {
    use FactValue::{Boolean, Date, Integer, Null, Real, Text, Texts};
    match value {
        Null => String::new(),
        Integer(number) => number.to_string(),
        Real(number) => number.to_string(),
        Boolean(yes) => yes.to_string(),
        Date(day) => day.to_string(),
        Text(text) => guarded(text).into_owned(),
        Texts(codes) => codes.join(" "),
    }
}
