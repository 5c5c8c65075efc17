//! Lines as an Excel workbook, in bounded memory: rows go to a temporary file and from there to whoever takes the workbook.

use std::fs::File;
use std::io::{self, Seek, Write};

use domain::catalogue::{FieldKind, Unit};
use domain::facts::FactValue;
use domain::filter::FieldId;
use rust_xlsxwriter::{ExcelDateTime, Format, Workbook, Worksheet, XlsxError};

use super::sheet::{Line, Sheet};

/// Rows of one sheet below its heading; Excel holds 1 048 576.
const ROWS_PER_SHEET: u64 = 1_000_000;

struct Formats {
    heading: Format,
    amount: Format,
    share: Format,
    number: Format,
    date: Format,
}

/// Writes the workbook with its provenance sheet; nothing is written when a line cannot be had.
///
/// # Errors
/// When a line cannot be had, or a file cannot be written.
pub fn write(sheet: &Sheet, lines: impl Iterator<Item = io::Result<Line>>, mut out: impl Write) -> io::Result<()> {
    let mut file = tempfile::tempfile()?;
    fill(sheet, lines, &mut file)?;
    file.rewind()?;
    io::copy(&mut file, &mut out)?;
    out.flush()
}

fn fill(sheet: &Sheet, mut lines: impl Iterator<Item = io::Result<Line>>, file: &mut File) -> io::Result<()> {
    let formats = Formats {
        heading: Format::new().set_bold(),
        amount: Format::new().set_num_format("#,##0"),
        share: Format::new().set_num_format("0.0%"),
        number: Format::new().set_num_format("#,##0.00"),
        date: Format::new().set_num_format("yyyy-mm-dd"),
    };
    let mut workbook = Workbook::new();
    let parts = sheet.rows.div_ceil(ROWS_PER_SHEET).max(1);
    for part in 0..parts {
        let name = if parts == 1 { "Lode".to_owned() } else { format!("Lode {}", part + 1) };
        let page = begin(&mut workbook, sheet, &name, &formats).map_err(failed)?;
        let on_this = sheet.rows - part * ROWS_PER_SHEET;
        for (number, line) in (1u32..).zip(lines.by_ref().take(on_this.min(ROWS_PER_SHEET) as usize)) {
            let line = line?;
            row(page, number, sheet, &line, &formats).map_err(failed)?;
        }
    }
    describe(&mut workbook, sheet, &formats).map_err(failed)?;
    workbook.save_to_writer(file).map_err(failed)
}

fn failed(error: XlsxError) -> io::Error {
    io::Error::other(error.to_string())
}

fn begin<'a>(
    workbook: &'a mut Workbook,
    sheet: &Sheet,
    name: &str,
    formats: &Formats,
) -> Result<&'a mut Worksheet, XlsxError> {
    let page = workbook.add_worksheet_with_low_memory()?;
    page.set_name(name)?;
    page.set_freeze_panes(1, 2)?;
    for (column, heading) in (0u16..).zip(&sheet.headings) {
        page.set_column_width(column, if column == 1 { 36 } else { 16 })?;
        page.write_string_with_format(0, column, heading, &formats.heading)?;
    }
    Ok(page)
}

fn row(page: &mut Worksheet, number: u32, sheet: &Sheet, line: &Line, formats: &Formats) -> Result<(), XlsxError> {
    page.write_string(number, 0, format!("{:010}", line.orgnr))?;
    for (column, (field, value)) in (1u16..).zip(sheet.fields.iter().zip(&line.values)) {
        cell(page, number, column, *field, value, formats)?;
    }
    Ok(())
}

/// The sheet that says what the file is.
fn describe(workbook: &mut Workbook, sheet: &Sheet, formats: &Formats) -> Result<(), XlsxError> {
    let about = workbook.add_worksheet_with_low_memory()?;
    about.set_name("Provenance")?;
    about.set_column_width(0, 40)?;
    about.set_column_width(1, 100)?;
    for (line, (name, value)) in (0u32..).zip(&sheet.provenance) {
        about.write_string_with_format(line, 0, name, &formats.heading)?;
        about.write_string(line, 1, value)?;
    }
    Ok(())
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
        // Cells hold at most 32 767 characters. A cell of text is never run as a formula, whatever it begins with.
        FactValue::Text(text) => {
            let short: String = text.chars().take(32_000).collect();
            page.write_string(line, column, short)?;
        }
        FactValue::Texts(codes) => {
            page.write_string(line, column, codes.join(" "))?;
        }
    }
    Ok(())
}
