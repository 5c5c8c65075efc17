//! The pipeline as a file: CSV or an Excel workbook, with what spreadsheets would run as a formula made harmless.

use chrono::{DateTime, NaiveDate, Utc};
use domain::codes::place;
use rust_xlsxwriter::{ExcelDateTime, Format, Workbook, XlsxError};
use store::pipeline::KeptStage;
use store::prospects::cards::Card;

use crate::exports::{FileFormat, Language, guarded};

enum Cell {
    Nothing,
    Text(String),
    Whole(i64),
    Share(f64),
    Number(f64),
    Day(NaiveDate),
}

type Value = fn(&Card, &[KeptStage]) -> Cell;

/// The columns: English and Swedish heading, and what stands in them. An import reads these headings back.
const COLUMNS: [(&str, &str, Value); 20] = [
    ("Organisation number", "Organisationsnummer", |card, _| Cell::Text(card.orgnr.to_string())),
    ("Company", "Bolag", |card, _| text(card.company_name.as_deref())),
    ("Stage", "Steg", |card, stages| text(Some(&stage_name(&card.stage, stages)))),
    ("Stage since", "I steget sedan", |card, _| day(card.stage_since)),
    ("Owner", "Ansvarig", |card, _| text(card.owner_name.as_deref())),
    ("Next action", "Nästa åtgärd", |card, _| text(card.next_action.as_deref())),
    ("Due", "Förfaller", |card, _| card.next_action_on.map_or(Cell::Nothing, Cell::Day)),
    ("Last contact", "Senaste kontakt", |card, _| card.last_contact_on.map_or(Cell::Nothing, Cell::Day)),
    ("Value (SEK)", "Värde (kr)", |card, _| card.value_sek.map_or(Cell::Nothing, Cell::Whole)),
    ("Pass reason", "Skäl för nej", |card, _| text(card.pass_reason.as_deref())),
    ("Pass note", "Kommentar till nej", |card, _| text(card.pass_note.as_deref())),
    ("Municipality", "Kommun", |card, _| text(municipality(card).as_deref())),
    ("Revenue", "Nettoomsättning", |card, _| card.revenue.map_or(Cell::Nothing, Cell::Whole)),
    ("EBITDA", "EBITDA", |card, _| card.ebitda.map_or(Cell::Nothing, Cell::Whole)),
    ("EBITDA margin", "EBITDA-marginal", |card, _| card.ebitda_margin.map_or(Cell::Nothing, Cell::Share)),
    ("Employees", "Anställda", |card, _| card.employees.map_or(Cell::Nothing, Cell::Number)),
    ("Currency", "Valuta", |card, _| text(card.currency.as_deref())),
    ("Year ended", "Räkenskapsår slut", |card, _| card.period_end.map_or(Cell::Nothing, Cell::Day)),
    ("Added", "Tillagd", |card, _| day(card.created_at)),
    ("Added by", "Tillagd av", |card, _| text(card.created_by_name.as_deref())),
];

fn text(text: Option<&str>) -> Cell {
    text.map_or(Cell::Nothing, |text| Cell::Text(text.to_owned()))
}

fn day(moment: DateTime<Utc>) -> Cell {
    Cell::Day(moment.date_naive())
}

fn municipality(card: &Card) -> Option<String> {
    let code = card.municipality.as_deref()?;
    Some(place::municipality_name(code).map_or_else(|| code.to_owned(), str::to_owned))
}

fn stage_name(key: &str, stages: &[KeptStage]) -> String {
    let name = stages.iter().find(|kept| kept.stage.key == key).and_then(|kept| kept.stage.name.clone());
    name.unwrap_or_else(|| key.to_owned())
}

/// The file.
///
/// # Errors
/// When the workbook cannot be written, or the format is not one for people.
pub fn write(cards: &[Card], stages: &[KeptStage], format: FileFormat, language: Language) -> anyhow::Result<Vec<u8>> {
    match format {
        FileFormat::Csv => csv(cards, stages, language),
        FileFormat::Xlsx => Ok(workbook(cards, stages, language)?),
        FileFormat::Parquet => anyhow::bail!("prospects are written as csv or xlsx"),
    }
}

fn heading(column: &(&'static str, &'static str, Value), language: Language) -> &'static str {
    if language == Language::Swedish { column.1 } else { column.0 }
}

fn csv(cards: &[Card], stages: &[KeptStage], language: Language) -> anyhow::Result<Vec<u8>> {
    // The mark tells Excel that the text is UTF-8.
    let mut writer = csv::Writer::from_writer("\u{feff}".as_bytes().to_vec());
    writer.write_record(COLUMNS.iter().map(|column| heading(column, language)))?;
    for card in cards {
        writer.write_record(COLUMNS.iter().map(|(_, _, value)| match value(card, stages) {
            Cell::Nothing => String::new(),
            Cell::Text(text) => guarded(&text).into_owned(),
            Cell::Whole(number) => number.to_string(),
            Cell::Share(number) | Cell::Number(number) => number.to_string(),
            Cell::Day(day) => day.to_string(),
        }))?;
    }
    Ok(writer.into_inner()?)
}

fn workbook(cards: &[Card], stages: &[KeptStage], language: Language) -> Result<Vec<u8>, XlsxError> {
    let (bold, amount) = (Format::new().set_bold(), Format::new().set_num_format("#,##0"));
    let (share, date) = (Format::new().set_num_format("0.0%"), Format::new().set_num_format("yyyy-mm-dd"));
    let mut workbook = Workbook::new();
    let page = workbook.add_worksheet();
    page.set_name("Lode")?;
    page.set_freeze_panes(1, 2)?;
    for (index, column) in (0u16..).zip(&COLUMNS) {
        page.set_column_width(index, if index == 1 { 36 } else { 18 })?;
        page.write_string_with_format(0, index, heading(column, language), &bold)?;
    }
    for (line, card) in (1u32..).zip(cards) {
        for (index, (_, _, value)) in (0u16..).zip(&COLUMNS) {
            match value(card, stages) {
                Cell::Nothing => {}
                Cell::Text(text) => {
                    page.write_string(line, index, text.chars().take(32_000).collect::<String>())?;
                }
                Cell::Whole(number) => {
                    page.write_number_with_format(line, index, number as f64, &amount)?;
                }
                Cell::Share(number) => {
                    page.write_number_with_format(line, index, number, &share)?;
                }
                Cell::Number(number) => {
                    page.write_number(line, index, number)?;
                }
                Cell::Day(day) => match ExcelDateTime::parse_from_str(&day.to_string()) {
                    Ok(moment) => {
                        page.write_datetime_with_format(line, index, &moment, &date)?;
                    }
                    // Excel knows no day before 1900.
                    Err(_) => {
                        page.write_string(line, index, day.to_string())?;
                    }
                },
            }
        }
    }
    workbook.save_to_buffer()
}
