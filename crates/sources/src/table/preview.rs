//! What a table will be read as, before anything is written: which heading became which field in which unit, what is left
//! out and why, and the first rows as they will be read.

use std::io::Read;

use domain::company::CompanyRecord;
use domain::label::Label;
use domain::line::Line as StatementLine;
use domain::orgnr::{Orgnr, OrgnrError};
use serde::Serialize;
use serde_json::{Map, Value, json};

use super::accounts::{self, AccountsRow};
use super::companies;
use super::costs::Turned;
use super::fields::Field;
use super::mapping::{Costs, Encoding, Unit};
use super::{Input, Next, Table};
use crate::error::SourceError;
use crate::row::Content;

/// What a table holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A row per company and fiscal year.
    Accounts,
    /// A row per company.
    Companies,
}

/// A table as it will be read.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Preview {
    /// The sheet of a workbook.
    pub sheet: Option<String>,
    /// The delimiter of a text: `;`, `,`, `|` or `tab`.
    pub delimiter: Option<String>,
    /// The encoding of a text, once it has letters beyond ASCII: `utf-8` or `windows-1252`.
    pub encoding: Option<String>,
    /// Line (or row of the sheet) of the headings.
    pub header_line: u64,
    /// The mark before decimals where the table or the mapping settles it: `,` or `.`.
    pub decimal: Option<char>,
    /// How costs are signed: `positive` when they are turned into costs, `negative` when they are kept.
    pub costs: &'static str,
    /// Every column in its order.
    pub columns: Vec<Column>,
    /// What is told of the table as a whole, one sentence each.
    pub told: Vec<String>,
    /// Why it cannot be read as it is; empty when it can.
    pub problems: Vec<Problem>,
    /// The first rows.
    pub rows: Vec<PreviewRow>,
    /// Rows that were looked at, of which `rows` are the first.
    pub looked_at: u64,
    /// Rows among them that will be refused.
    pub refused: u64,
    /// The mapping that says the same as was found out, to be corrected and kept.
    pub mapping: String,
}

/// A column.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Column {
    /// Counted from 1.
    pub number: u64,
    /// Its heading.
    pub heading: String,
    /// The field it is read as.
    pub field: Option<&'static str>,
    /// The unit of its amounts: `kr`, `tkr`, `mkr` or `mdkr`.
    pub unit: Option<&'static str>,
    /// The currency that its heading names.
    pub currency: Option<String>,
    /// Why it is not read.
    pub reason: Option<String>,
    /// Whether it is not read although its heading names something that Lode knows.
    pub is_known: bool,
    /// Its first cells that hold something.
    pub samples: Vec<String>,
}

/// Something that stands in the way, and what to do about it.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Problem {
    /// Why, with the place.
    pub reason: String,
    /// What can be done.
    pub remedy: Option<String>,
}

/// A row as it will be read.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct PreviewRow {
    /// The line it starts on.
    pub line: u64,
    /// Values by field: amounts in whole units, the period by its first and last day; empty for a row that is refused.
    pub values: Map<String, Value>,
    /// Whether it is a sole trader's, of whom nothing is kept.
    pub is_sole_trader: bool,
    /// Why it is refused.
    pub problem: Option<Problem>,
    /// What is told of it.
    pub told: Vec<String>,
}

/// A field that a column can be read as.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct KnownField {
    /// Lode's name.
    pub key: &'static str,
    /// What people read.
    pub label: Label,
    /// Whether it is an amount with a unit.
    pub is_amount: bool,
}

/// Every field that a column of such a table can be read as, in the order of a report.
#[must_use]
pub fn fields(kind: Kind) -> Vec<KnownField> {
    let plain = Field::PLAIN.iter().filter(|field| kind == Kind::Accounts || !is_of_accounts(**field));
    let amounts = StatementLine::ALL.iter().filter(|_| kind == Kind::Accounts);
    plain
        .map(|field| KnownField { key: field.key(), label: label(*field), is_amount: false })
        .chain(amounts.map(|line| KnownField { key: line.key(), label: line.label(), is_amount: true }))
        .collect()
}

fn is_of_accounts(field: Field) -> bool {
    use Field::{Amount, Currency, Employees, Framework, Months, PeriodEnd, PeriodStart, Scope, Year, YearEndMonth};
    matches!(
        field,
        PeriodStart | PeriodEnd | Year | YearEndMonth | Months | Scope | Currency | Framework | Employees | Amount(_)
    )
}

/// Looks at a table and reads its first `most` rows.
///
/// # Errors
/// When the input is no table at all, or the mapping cannot be understood; what a correction of the mapping can mend is
/// told in [`Preview::problems`] instead.
pub fn preview<R: Read>(
    kind: Kind,
    input: Input<R>,
    mapping: Option<&str>,
    most: usize,
) -> Result<Preview, SourceError> {
    let (mut table, mut problems) = Table::look_at(kind, input, mapping)?;
    if kind == Kind::Accounts {
        problems.extend(accounts::lacks(&table));
    }
    let turned = match kind {
        Kind::Accounts if problems.is_empty() => accounts::signs(&table).unwrap_or_else(|problem| {
            problems.push(problem);
            Turned::nothing()
        }),
        _ => Turned::nothing(),
    };
    table.told.extend(turned.told.clone());
    let samples = samples(&table);
    let costs = match table.mapping.costs {
        Some(Costs::Positive) => "positive",
        Some(Costs::Negative) => "negative",
        None if turned.is_any() => "positive",
        None => "negative",
    };
    let mut seen = Preview {
        sheet: table.layout.sheet.clone(),
        delimiter: table.layout.delimiter.map(delimiter),
        encoding: table.source.encoding().map(encoding),
        header_line: table.layout.header_line,
        decimal: table.mapping.decimal,
        costs,
        columns: columns(&table, samples),
        told: std::mem::take(&mut table.told),
        mapping: mapping_text(&table, mapping, &turned),
        problems: problems.iter().map(Problem::of).collect(),
        rows: Vec::new(),
        looked_at: 0,
        refused: 0,
    };
    if problems.is_empty() {
        read_rows(&mut seen, kind, &mut table, &turned, most);
    }
    Ok(seen)
}

/// Reads the rows that were looked ahead at; the rest of the input is left.
fn read_rows<R: Read>(seen: &mut Preview, kind: Kind, table: &mut Table<R>, turned: &Turned, most: usize) {
    while !table.ahead.is_empty() {
        let (line, read) = match table.advance() {
            None => return,
            Some(Ok(Next::Aside(told))) => {
                seen.told.push(told);
                continue;
            }
            Some(Ok(Next::Row(line))) => {
                let mut told = Vec::new();
                let read = match kind {
                    Kind::Accounts => accounts::read(table, &line, turned, &mut told).map(|content| match content {
                        Content::Record(row) => Some(account_values(&row)),
                        Content::SoleTrader => None,
                    }),
                    Kind::Companies => companies::record(table, &line, &mut told)
                        .map(|record| record.map(|record| company_values(&record))),
                };
                (line.line, read.map(|values| (values, told)))
            }
            Some(Err(error)) => (error.place().line.unwrap_or_default(), Err(error)),
        };
        seen.looked_at += 1;
        seen.refused += u64::from(read.is_err());
        // Rows that will be refused are shown beyond the first, too, while there is room for them.
        if seen.rows.len() >= most * if read.is_err() { 2 } else { 1 } {
            continue;
        }
        seen.rows.push(match read {
            Ok((values, told)) => PreviewRow {
                line,
                is_sole_trader: values.is_none(),
                values: values.unwrap_or_default(),
                problem: None,
                told,
            },
            Err(error) => PreviewRow {
                line,
                is_sole_trader: false,
                values: Map::new(),
                problem: Some(Problem::of(&error)),
                told: Vec::new(),
            },
        });
    }
}

impl Problem {
    fn of(error: &SourceError) -> Self {
        let place = error.place().to_string();
        let sample = error.sample_text().map_or_else(String::new, |sample| format!(" (“{sample}”)"));
        let reason = if place.is_empty() {
            format!("{}{sample}", error.reason())
        } else {
            format!("{place}: {}{sample}", error.reason())
        };
        Self { reason, remedy: error.remedy_text().map(str::to_owned) }
    }
}

fn company_values(record: &CompanyRecord) -> Map<String, Value> {
    let mut values = Map::new();
    let mut put = |key: &str, value: Option<Value>| {
        if let Some(value) = value {
            values.insert(key.to_owned(), value);
        }
    };
    put("orgnr", Some(json!(record.orgnr.formatted())));
    put("name", record.name.as_ref().map(|text| json!(text)));
    put("legal_form", record.legal_form.as_ref().map(|text| json!(text)));
    put("status", record.status.map(|status| json!(status.as_str())));
    put("registered_on", record.registered_on.map(|day| json!(day)));
    put("deregistered_on", record.deregistered_on.map(|day| json!(day)));
    let codes =
        record.sni.as_ref().map(|codes| codes.iter().map(|sni| sni.code.as_str()).collect::<Vec<_>>().join(" "));
    put("sni", codes.map(|codes| json!(codes)));
    put("activity_description", record.activity_description.as_ref().map(|text| json!(text)));
    if let Some(address) = &record.address {
        for (key, part) in [
            ("street", &address.street),
            ("care_of", &address.care_of),
            ("postcode", &address.postcode),
            ("city", &address.city),
            ("country", &address.country),
        ] {
            put(key, part.as_ref().map(|text| json!(text)));
        }
    }
    put("homepage", record.homepage.as_ref().map(|text| json!(text)));
    put("advertising_block", record.advertising_block.map(|yes| json!(yes)));
    values
}

fn account_values(row: &AccountsRow) -> Map<String, Value> {
    let mut values = company_values(&row.company);
    for statement in &row.filing.statements {
        values.insert("period_start".to_owned(), json!(statement.period.start()));
        values.insert("period_end".to_owned(), json!(statement.period.end()));
        values.insert("scope".to_owned(), json!(statement.scope.as_str()));
        values.insert("currency".to_owned(), json!(statement.currency.code()));
        if let Some(people) = statement.employees {
            values.insert("employees".to_owned(), json!(people.normalize().to_string()));
        }
        for (line, amount) in statement.figures.iter() {
            values.insert(line.key().to_owned(), json!(amount));
        }
    }
    values
}

fn samples<R>(table: &Table<R>) -> Vec<Vec<String>> {
    let mut samples: Vec<Vec<String>> = vec![Vec::new(); table.columns.headings.len()];
    for line in table.ahead.iter().filter_map(|line| line.as_ref().ok()) {
        for (sample, cell) in samples.iter_mut().zip(&line.cells) {
            if sample.len() < 3
                && let Some(text) = cell.text()
                // Personal numbers are shown to nobody.
                && text.parse::<Orgnr>() != Err(OrgnrError::Personal)
            {
                sample.push(text.chars().take(60).collect());
            }
        }
    }
    samples
}

fn columns<R>(table: &Table<R>, samples: Vec<Vec<String>>) -> Vec<Column> {
    let all = table.columns.headings.iter().zip(samples).enumerate();
    all.map(|(position, (heading, samples))| {
        let found = table.columns.found.iter().find(|column| column.position == position);
        let left = table.columns.left.iter().find(|left| left.position == position);
        let unit = found.filter(|column| matches!(column.field, Field::Amount(_))).and_then(|column| column.unit);
        Column {
            number: position as u64 + 1,
            heading: heading.clone(),
            field: found.map(|column| column.field.key()),
            unit: unit.map(Unit::word),
            currency: found.and_then(|column| column.currency).map(|code| code.code().to_owned()),
            reason: if found.is_some() { None } else { left.map(|left| left.reason.clone()) },
            is_known: found.is_none() && left.is_some_and(|left| left.is_known),
            samples,
        }
    })
    .collect()
}

/// The mapping of what was found out: the options of the given one, and a line per column.
fn mapping_text<R>(table: &Table<R>, given: Option<&str>, turned: &Turned) -> String {
    let mut lines: Vec<String> = given
        .unwrap_or_default()
        .trim_start_matches('\u{FEFF}')
        .lines()
        .map(str::trim)
        .filter(|line| line.starts_with('@') && !line.starts_with("@unit"))
        .map(str::to_owned)
        .collect();
    let has = |lines: &[String], option: &str| lines.iter().any(|line| line.starts_with(option));
    if table.columns.third_party && !has(&lines, "@preset") {
        lines.push("@preset = third-party".to_owned());
    }
    if turned.is_any() && !has(&lines, "@costs") {
        lines.push("@costs = positive".to_owned());
    }
    let headings = &table.columns.headings;
    for column in &table.columns.found {
        let heading = headings.get(column.position).map_or("", String::as_str);
        let is_alone = !heading.is_empty() && headings.iter().filter(|other| *other == heading).count() == 1;
        let name = if is_alone { heading.to_owned() } else { format!("#{}", column.position + 1) };
        let unit = match (column.field, column.unit) {
            (Field::Amount(_), Some(unit)) => format!(" [{}]", unit.word()),
            _ => String::new(),
        };
        lines.push(format!("{} = {name}{unit}", column.field.key()));
    }
    lines.join("\n")
}

fn delimiter(byte: u8) -> String {
    if byte == b'\t' { "tab".to_owned() } else { char::from(byte).to_string() }
}

fn encoding(encoding: Encoding) -> String {
    match encoding {
        Encoding::Utf8 => "utf-8".to_owned(),
        Encoding::Windows1252 => "windows-1252".to_owned(),
    }
}

fn label(field: Field) -> Label {
    let (sv, en) = match field {
        Field::Orgnr => ("Organisationsnummer", "Organisation number"),
        Field::Name => ("Namn", "Name"),
        Field::LegalForm => ("Juridisk form", "Legal form"),
        Field::Status => ("Status", "Status"),
        Field::Bankrupt => ("I konkurs", "Bankrupt"),
        Field::InLiquidation => ("I likvidation", "In liquidation"),
        Field::InDissolution => ("Under tvångsupplösning", "In compulsory dissolution"),
        Field::RegisteredOn => ("Registrerad", "Registered"),
        Field::DeregisteredOn => ("Avregistrerad", "Deregistered"),
        Field::Sni => ("SNI-kod", "Industry code (SNI)"),
        Field::ActivityDescription => ("Verksamhet", "Activity"),
        Field::Street => ("Gatuadress", "Street"),
        Field::CareOf => ("C/o", "Care of"),
        Field::Postcode => ("Postnummer", "Postcode"),
        Field::City => ("Postort", "City"),
        Field::Country => ("Land", "Country"),
        Field::Homepage => ("Webbplats", "Homepage"),
        Field::AdvertisingBlock => ("Reklamspärr", "No advertising"),
        Field::PeriodStart => ("Räkenskapsårets första dag", "First day of the year"),
        Field::PeriodEnd => ("Räkenskapsårets sista dag", "Last day of the year"),
        Field::Year => ("År", "Year"),
        Field::YearEndMonth => ("Bokslutsmånad", "Last month of the year"),
        Field::Months => ("Antal månader", "Months"),
        Field::Scope => ("Bolag eller koncern", "Company or group"),
        Field::Currency => ("Valuta", "Currency"),
        Field::Framework => ("Regelverk", "Framework"),
        Field::Employees => ("Anställda", "Employees"),
        Field::Amount(line) => return line.label(),
    };
    Label { sv, en }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn look(text: &str, mapping: Option<&str>) -> Preview {
        preview(Kind::Accounts, Input::Text(text.as_bytes()), mapping, 10).unwrap()
    }

    const TABLE: &str = "Uttag 2024;;;;\nOrg.nr;Bolag;Bokslut;Nettoomsättning (tkr);Färg\n\
        559085-2777;Exempel AB;2023-12-31;5 335;blå\n811228-9874;Per Person;2023-12-31;5;röd\n559085-2778;Fel AB;2023-12-31;1;\nSumma;;;5 340;\n";

    #[test]
    fn headings_units_what_is_left_out_and_the_rows_are_shown() {
        let seen = look(TABLE, None);
        assert_eq!(
            (seen.header_line, seen.delimiter.as_deref(), seen.encoding.as_deref()),
            (2, Some(";"), Some("utf-8"))
        );
        let fields: Vec<_> = seen.columns.iter().map(|column| (column.field, column.unit)).collect();
        assert_eq!(
            fields,
            [
                (Some("orgnr"), None),
                (Some("name"), None),
                (Some("period_end"), None),
                (Some("revenue"), Some("tkr")),
                (None, None)
            ]
        );
        assert_eq!(seen.columns[4].reason.as_deref(), Some("no field is called so"));
        assert_eq!(seen.rows[0].values["revenue"], json!(5_335_000));
        assert_eq!(seen.rows[0].values["period_start"], json!("2023-01-01"));
        assert!(seen.rows[1].is_sole_trader && seen.rows[1].values.is_empty());
        assert!(seen.rows[2].problem.as_ref().unwrap().reason.contains("last digit should be 7"));
        assert_eq!((seen.looked_at, seen.refused), (3, 1));
        assert!(seen.told.iter().any(|told| told.contains("is a total")), "{:?}", seen.told);
        let shown = serde_json::to_string(&seen).unwrap();
        assert!(!shown.contains("811228"), "a personal number is shown to nobody");
    }

    #[test]
    fn the_mapping_that_is_offered_reads_the_table_in_the_same_way() {
        for table in [
            TABLE.to_owned(),
            "orgnr;year;operating_income [mkr];operating_costs;ebit [mkr];;\n5590852777;2023;5;4000000;1;;\n"
                .to_owned(),
            "ORGNR;BOKSLUT;SI;SDI;SED;SGE\n5590852777;2023-12;1000;1040;1500;1500\n".to_owned(),
        ] {
            let seen = look(&table, None);
            assert!(seen.problems.is_empty(), "{:?}", seen.problems);
            let again = look(&table, Some(&seen.mapping));
            assert_eq!(again.rows, seen.rows, "{}", seen.mapping);
            assert_eq!(again.mapping, seen.mapping);
        }
    }

    #[test]
    fn a_table_that_cannot_be_read_yet_shows_its_columns_and_what_is_missing() {
        let seen = look("Nummer;Bolag;Kostnad\n5590852777;Exempel AB;5\n", None);
        assert_eq!(seen.columns.len(), 3);
        assert_eq!(seen.problems.len(), 3, "{:?}", seen.problems);
        assert_eq!(seen.columns[2].samples, ["5"]);
        let mapped = look(
            "Nummer;Bolag;Kostnad\n5590852777;Exempel AB;5\n",
            Some("orgnr = Nummer\nyear = Bolag\nrevenue = Kostnad"),
        );
        assert!(mapped.problems.is_empty());
        assert!(mapped.rows[0].problem.as_ref().unwrap().reason.contains("not a year"));
        let unsigned = look("orgnr;year;revenue;personnel_costs\n5590852777;2023;100;40\n", None);
        assert!(unsigned.problems[0].remedy.as_deref().unwrap().contains("@costs"));
        let signed = look("orgnr;year;revenue;personnel_costs\n5590852777;2023;100;40\n", Some("@costs = positive"));
        assert_eq!((signed.costs, &signed.rows[0].values["personnel_costs"]), ("positive", &json!(-40)));
    }

    #[test]
    fn every_field_can_be_chosen_and_read_back() {
        for kind in [Kind::Accounts, Kind::Companies] {
            for field in fields(kind) {
                assert!(Field::from_key(field.key).is_some(), "{}", field.key);
                assert_eq!(matches!(Field::from_key(field.key), Some(Field::Amount(_))), field.is_amount);
            }
        }
        assert_eq!(fields(Kind::Accounts).len(), Field::PLAIN.len() + StatementLine::COUNT);
    }
}
