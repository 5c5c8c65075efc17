//! Lines as an Excel workbook, in bounded memory: rows go to a temporary file and from there to whoever takes the workbook.

use std::fs::File;
use std::io::{self, Seek, Write};

use domain::catalogue::{FieldKind, Unit};
use domain::facts::FactValue;
use domain::filter::FieldId;
use rust_xlsxwriter::{ExcelDateTime, Format, Workbook, Worksheet, XlsxError};

use super::column::{Cell, Column};
use super::sheet::{Line, Sheet};

/// Rows of one sheet below its heading; Excel holds 1 048 576.
const ROWS_PER_SHEET: u64 = 1_000_000;

struct Formats {
    heading: Format,
    amount: Format,
    share: Format,
    whole: Format,
    number: Format,
    date: Format,
}

/// Addresses of one sheet that can be followed; Excel holds 65 530. Those beyond are text.
const MOST_LINKS: u32 = 60_000;

/// Writes the workbook with the sheet that says what it is; nothing is written when a line cannot be had.
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
        whole: Format::new().set_num_format("#,##0"),
        number: Format::new().set_num_format("#,##0.00"),
        date: Format::new().set_num_format("yyyy-mm-dd"),
    };
    let mut workbook = Workbook::new();
    let parts = sheet.rows.div_ceil(ROWS_PER_SHEET).max(1);
    for part in 0..parts {
        let name = if parts == 1 { "Lode".to_owned() } else { format!("Lode {}", part + 1) };
        let on_this = (sheet.rows - part * ROWS_PER_SHEET).min(ROWS_PER_SHEET);
        let page = begin(&mut workbook, sheet, &name, on_this, &formats).map_err(failed)?;
        for (number, line) in (1u32..).zip(lines.by_ref().take(on_this as usize)) {
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
    rows: u64,
    formats: &Formats,
) -> Result<&'a mut Worksheet, XlsxError> {
    let page = workbook.add_worksheet_with_low_memory()?;
    page.set_name(name)?;
    page.set_freeze_panes(1, 2)?;
    page.set_column_width(0, 16)?;
    for (at, heading) in (0u16..).zip(&sheet.headings) {
        page.write_string_with_format(0, at, heading, &formats.heading)?;
    }
    for (at, column) in (1u16..).zip(&sheet.columns) {
        let is_wide = match column {
            Column::Value(..) => at == 1,
            Column::Names(..) | Column::ListNote | Column::LatestNote | Column::Link => true,
            Column::Labels => false,
        };
        page.set_column_width(at, if is_wide { 36 } else { 16 })?;
    }
    // Filtered, printed and read without more ado: arrows at the headings, the width of one page, the headings on each.
    let last = u16::try_from(sheet.columns.len()).unwrap_or(u16::MAX);
    page.autofilter(0, 0, u32::try_from(rows).unwrap_or(u32::MAX), last)?;
    page.set_landscape().set_paper_size(9).set_print_fit_to_pages(1, 0);
    page.set_repeat_rows(0, 0)?;
    page.set_footer(sheet.language.pick("&L&F&RSida &P / &N", "&L&F&RPage &P / &N"));
    Ok(page)
}

fn row(page: &mut Worksheet, number: u32, sheet: &Sheet, line: &Line, formats: &Formats) -> Result<(), XlsxError> {
    page.write_string(number, 0, line.orgnr.to_string())?;
    for (at, column) in (1u16..).zip(&sheet.columns) {
        match (column.cell(line, sheet.language, sheet.base.as_deref()), column) {
            (Cell::Nothing, _) => {}
            (Cell::Value(value), Column::Value(_, field)) => cell(page, number, at, *field, value, formats)?,
            (Cell::Link(url), _) if number <= MOST_LINKS => {
                page.write_url(number, at, url.as_str())?;
            }
            (Cell::Text(text) | Cell::Link(text), _) => {
                page.write_string(number, at, text.chars().take(32_000).collect::<String>())?;
            }
            (Cell::Value(_), _) => {}
        }
    }
    Ok(())
}

/// The sheet that says what the file is.
fn describe(workbook: &mut Workbook, sheet: &Sheet, formats: &Formats) -> Result<(), XlsxError> {
    let about = workbook.add_worksheet_with_low_memory()?;
    about.set_name(sheet.language.pick("Om filen", "About"))?;
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
            // People and counts may be fractions (an average of the year); a whole one is shown whole.
            let format = match definition.unit {
                Unit::Share => &formats.share,
                _ if number.fract() == 0.0 => &formats.whole,
                _ => &formats.number,
            };
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

#[cfg(test)]
mod tests {
    use calamine::{Data, Reader, Xlsx};

    use chrono::DateTime;
    use domain::filter::parse::parse;

    use super::super::Language;
    use super::super::noted::Noted;
    use super::super::sheet::{Columns, Selection};
    use super::*;

    /// The workbook of one company, opened by another program, as rows of cells.
    fn opened(sheet: &Sheet, values: Vec<FactValue>) -> Vec<Vec<Data>> {
        let mut bytes = Vec::new();
        let noted = Noted {
            labels: vec!["Norden".to_owned(), "Åter".to_owned()],
            list_note: Some("Ring i maj".to_owned()),
            latest_note: Some("=Talat med vd".to_owned()),
        };
        let lines = std::iter::once(Ok(Line { orgnr: 5_560_360_793, values, noted }));
        write(sheet, lines, &mut bytes).unwrap();
        let mut workbook: Xlsx<_> = Xlsx::new(io::Cursor::new(bytes)).unwrap();
        workbook.worksheet_range("Lode").unwrap().rows().map(<[Data]>::to_vec).collect()
    }

    fn sheet(keys: &[&str], as_keys: bool) -> Sheet {
        let columns = Columns {
            fields: keys.iter().map(|key| FieldId::find(key).unwrap()).collect(),
            language: Language::English,
            as_keys,
            base: Some("https://lode.example".to_owned()),
        };
        let filter = parse("revenue > 5m and in list \"Mål\"").unwrap();
        let selection = Selection {
            filter: &filter,
            has_list: true,
            hides_excluded: false,
            sorts: &[],
            version: 7,
            rows: 1,
            made_at: DateTime::UNIX_EPOCH,
        };
        Sheet::new(&columns, &selection)
    }

    #[test]
    fn a_workbook_has_names_beside_codes_units_in_headings_and_whole_numbers_whole() {
        let keys = ["name", "revenue", "ebit_margin", "employees", "sni", "county", "municipality"];
        let text = |text: &str| FactValue::Text(text.into());
        let values = vec![
            text("=Akacia AB"),
            FactValue::Integer(20_000_000),
            FactValue::Real(0.125),
            FactValue::Real(80.0),
            text("41200"),
            text("12"),
            text("0486"),
            FactValue::Date(chrono::NaiveDate::from_ymd_opt(2026, 5, 4).unwrap()),
        ];
        let rows = opened(&sheet(&keys, false), values.clone());
        let headings: Vec<String> = rows[0].iter().map(ToString::to_string).collect();
        let wanted = [
            "Organisation number",
            "Name",
            "Net revenue (SEK)",
            "EBIT margin",
            "Employees",
            "Industry (SNI) (code)",
            "Industry (SNI)",
            "County (code)",
            "County",
            "Municipality (code)",
            "Municipality",
            "Filed on",
            "Labels",
            "Note on the list",
            "Latest note",
            "Link",
        ];
        assert_eq!(headings, wanted);
        let cells: Vec<String> = rows[1].iter().map(ToString::to_string).collect();
        let wanted = [
            "5560360793",
            "=Akacia AB",
            "20000000",
            "0.125",
            "80",
            "41200",
            "Construction of residential and non-residential buildings",
            "12",
            "Skåne County",
            "0486",
            "Strängnäs",
            "46146",
            "Norden; Åter",
            "Ring i maj",
            "=Talat med vd",
            "https://lode.example/company/5560360793",
        ];
        assert_eq!(cells, wanted);
        assert!(matches!(rows[1][2], Data::Float(_)) && matches!(rows[1][9], Data::String(_)), "{:?}", rows[1]);
        // Programs that asked for keys get the codes alone.
        let rows = opened(&sheet(&keys, true), values);
        assert_eq!((rows[0].len(), rows[0][5].to_string().as_str()), (8, "sni"));
    }

    #[test]
    fn the_sheet_about_the_file_says_the_filter_in_words_and_as_text() {
        let sheet = sheet(&["name"], false);
        let said = |name: &str| sheet.provenance.iter().find(|row| row.0 == name).map(|row| row.1.as_str());
        assert_eq!(said("Filter"), Some("Net revenue above 5 mkr"));
        assert_eq!(said("and"), Some("List: “Mål”"));
        assert_eq!(said("Filter as text"), Some("revenue > 5m and in list \"Mål\""));
    }
}
