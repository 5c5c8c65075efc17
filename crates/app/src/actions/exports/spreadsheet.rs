//! An Excel workbook in bounded memory: rows go to a temporary file and from there to the client.

use std::io::{self, Read, Seek};

use axum::body::Bytes;
use domain::catalogue::{FieldKind, Unit};
use domain::facts::FactValue;
use domain::filter::FieldId;
use rust_xlsxwriter::{ExcelDateTime, Format, Workbook, Worksheet, XlsxError};

use super::export::{Pieces, Sheet, harmless};
use crate::actions::universe::Screen;

/// Rows of one sheet below its heading; Excel holds 1 048 576.
const ROWS_PER_SHEET: usize = 1_000_000;
/// Between looks at whether the client is still there.
const LOOK_EVERY: usize = 5_000;

struct Formats {
    heading: Format,
    amount: Format,
    share: Format,
    number: Format,
    date: Format,
}

/// Writes the workbook and sends it in pieces; ends early, without a file, when nobody listens any more.
///
/// # Errors
/// When the temporary file cannot be written.
pub fn write(screen: &Screen, sheet: &Sheet, pieces: &Pieces) -> io::Result<()> {
    let mut file = tempfile::tempfile()?;
    let failed = |error: XlsxError| io::Error::other(error.to_string());
    if !fill(screen, sheet, pieces, &mut file).map_err(failed)? {
        return Ok(());
    }
    file.rewind()?;
    let mut buffer = vec![0; 256 << 10];
    loop {
        let read = file.read(&mut buffer)?;
        if read == 0 || pieces.blocking_send(Ok(Bytes::copy_from_slice(&buffer[..read]))).is_err() {
            return Ok(());
        }
    }
}

/// False when the client went away.
fn fill(screen: &Screen, sheet: &Sheet, pieces: &Pieces, file: &mut std::fs::File) -> Result<bool, XlsxError> {
    let formats = Formats {
        heading: Format::new().set_bold(),
        amount: Format::new().set_num_format("#,##0"),
        share: Format::new().set_num_format("0.0%"),
        number: Format::new().set_num_format("#,##0.00"),
        date: Format::new().set_num_format("yyyy-mm-dd"),
    };
    let mut workbook = Workbook::new();
    let parts = sheet.rows.len().div_ceil(ROWS_PER_SHEET).max(1);
    for part in 0..parts {
        let rows = &sheet.rows[part * ROWS_PER_SHEET..sheet.rows.len().min((part + 1) * ROWS_PER_SHEET)];
        let page = workbook.add_worksheet_with_low_memory()?;
        page.set_name(if parts == 1 { "Lode".to_owned() } else { format!("Lode {}", part + 1) })?;
        page.set_freeze_panes(1, 2)?;
        for (column, heading) in (0u16..).zip(&sheet.headings) {
            page.set_column_width(column, if column == 1 { 36 } else { 16 })?;
            page.write_string_with_format(0, column, heading, &formats.heading)?;
        }
        for (index, (line, row)) in (1u32..).zip(rows).enumerate() {
            if index % LOOK_EVERY == 0 && pieces.is_closed() {
                return Ok(false);
            }
            page.write_string(line, 0, format!("{:010}", screen.state.orgnr(*row)))?;
            for (column, field) in (1u16..).zip(&sheet.fields) {
                cell(page, line, column, *field, &screen.state.value(*row, *field), &formats)?;
            }
        }
    }
    let about = workbook.add_worksheet_with_low_memory()?;
    about.set_name("Provenance")?;
    about.set_column_width(0, 40)?;
    about.set_column_width(1, 100)?;
    for (line, (name, value)) in (0u32..).zip(&sheet.provenance) {
        about.write_string_with_format(line, 0, name, &formats.heading)?;
        about.write_string(line, 1, harmless(value))?;
    }
    workbook.save_to_writer(file)?;
    Ok(true)
}

fn cell(
    page: &mut Worksheet,
    line: u32,
    column: u16,
    field: FieldId,
    value: &FactValue,
    formats: &Formats,
) -> Result<(), XlsxError> {
    let definition = field.field();
    match value {
        FactValue::Null => {}
        FactValue::Integer(number) => {
            let format = if definition.kind == FieldKind::Amount { Some(&formats.amount) } else { None };
            match format {
                Some(format) => page.write_number_with_format(line, column, *number as f64, format)?,
                None => page.write_number(line, column, *number as f64)?,
            };
        }
        FactValue::Real(number) => {
            let format = if definition.unit == Unit::Share { &formats.share } else { &formats.number };
            page.write_number_with_format(line, column, *number, format)?;
        }
        FactValue::Boolean(yes) => {
            page.write_boolean(line, column, *yes)?;
        }
        FactValue::Date(day) => match ExcelDateTime::parse_from_str(&day.to_string()) {
            Ok(date) => {
                page.write_datetime_with_format(line, column, &date, &formats.date)?;
            }
            // Excel knows no day before 1900.
            Err(_) => {
                page.write_string(line, column, day.to_string())?;
            }
        },
        // Cells hold at most 32 767 characters.
        FactValue::Text(text) => {
            let short: String = harmless(text).chars().take(32_000).collect();
            page.write_string(line, column, short)?;
        }
        FactValue::Texts(codes) => {
            page.write_string(line, column, codes.join(" "))?;
        }
    }
    Ok(())
}
