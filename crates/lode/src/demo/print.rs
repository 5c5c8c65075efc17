//! Fictitious companies as text, one after the other: tables that `lode import companies|accounts` reads back, or one
//! JSON object per line.

use std::io::{self, Write};

use domain::company::CompanyRecord;
use domain::line::Line;
use domain::statement::Statement;
use serde_json::{Map, Value, json};

use super::generate::Generated;

/// How companies are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum Format {
    /// One row per company, `;` between fields.
    Companies,
    /// One row per company and fiscal year, with the company's data beside the figures, `;` between fields.
    Csv,
    /// One JSON object per company with its statements.
    Jsonl,
}

const COMPANY_COLUMNS: &str =
    "orgnr;name;legal_form;status;registered_on;sni;activity_description;street;postcode;city";

/// Writes the header, where the format has one.
///
/// # Errors
/// When the output does not take it.
pub fn begin(out: &mut impl Write, format: Format) -> io::Result<()> {
    match format {
        Format::Jsonl => Ok(()),
        Format::Companies => writeln!(out, "{COMPANY_COLUMNS}"),
        Format::Csv => {
            write!(out, "{COMPANY_COLUMNS};period_start;period_end;scope;currency;employees")?;
            for line in Line::ALL {
                write!(out, ";{}", line.key())?;
            }
            writeln!(out)
        }
    }
}

/// Writes one company.
///
/// # Errors
/// When the output does not take it.
pub fn company(out: &mut impl Write, format: Format, company: &Generated) -> io::Result<()> {
    match format {
        Format::Companies => {
            register_fields(out, &company.record)?;
            writeln!(out)
        }
        Format::Csv => {
            for statement in &company.statements {
                register_fields(out, &company.record)?;
                let period = statement.period;
                write!(
                    out,
                    ";{};{};{};{};",
                    period.start(),
                    period.end(),
                    statement.scope.as_str(),
                    statement.currency
                )?;
                if let Some(employees) = statement.employees {
                    write!(out, "{employees}")?;
                }
                for line in Line::ALL {
                    match statement.get(*line) {
                        Some(amount) => write!(out, ";{amount}")?,
                        None => out.write_all(b";")?,
                    }
                }
                writeln!(out)?;
            }
            Ok(())
        }
        Format::Jsonl => {
            serde_json::to_writer(&mut *out, &object(company))?;
            writeln!(out)
        }
    }
}

fn register_fields(out: &mut impl Write, record: &CompanyRecord) -> io::Result<()> {
    fn text(field: &Option<String>) -> std::borrow::Cow<'_, str> {
        quoted(field.as_deref().unwrap_or_default())
    }
    let address = record.address.clone().unwrap_or_default();
    let sni: Vec<&str> = record.sni.iter().flatten().map(|sni| sni.code.as_str()).collect();
    write!(
        out,
        "{};{};{};{};{};{};{};{};{};{}",
        record.orgnr,
        text(&record.name),
        text(&record.legal_form),
        record.status.map_or("", |status| status.as_str()),
        record.registered_on.map(|day| day.to_string()).unwrap_or_default(),
        sni.join(" "),
        text(&record.activity_description),
        text(&address.street),
        text(&address.postcode),
        text(&address.city),
    )
}

fn quoted(text: &str) -> std::borrow::Cow<'_, str> {
    if text.contains([';', '"', '\n', '\r']) {
        format!("\"{}\"", text.replace('"', "\"\"")).into()
    } else {
        text.into()
    }
}

fn object(company: &Generated) -> Value {
    let statements: Vec<Value> = company.statements.iter().map(statement_object).collect();
    json!({ "company": company.record, "framework": company.framework, "statements": statements })
}

fn statement_object(statement: &Statement) -> Value {
    let mut object = Map::new();
    object.insert("period_start".to_owned(), json!(statement.period.start()));
    object.insert("period_end".to_owned(), json!(statement.period.end()));
    object.insert("scope".to_owned(), json!(statement.scope));
    object.insert("currency".to_owned(), json!(statement.currency));
    object.insert("rounding".to_owned(), json!(statement.rounding));
    object.insert("employees".to_owned(), json!(statement.employees));
    object.extend(statement.figures.iter().map(|(line, amount)| (line.key().to_owned(), json!(amount))));
    Value::Object(object)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::demo::generate::companies;

    fn printed(format: Format, count: u64) -> String {
        let mut out = Vec::new();
        begin(&mut out, format).unwrap();
        for one in companies(3, 0..count) {
            company(&mut out, format, &one).unwrap();
        }
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn every_row_has_as_many_fields_as_the_header() {
        for format in [Format::Companies, Format::Csv] {
            let text = printed(format, 40);
            let mut reader = csv::ReaderBuilder::new().delimiter(b';').from_reader(text.as_bytes());
            let width = reader.headers().unwrap().len();
            let rows: Vec<_> = reader.records().map(Result::unwrap).collect();
            assert!(rows.len() >= 40 && rows.iter().all(|row| row.len() == width));
        }
    }

    #[test]
    fn json_lines_are_objects_with_every_filed_line() {
        let text = printed(Format::Jsonl, 10);
        assert_eq!(text.lines().count(), 10);
        let first: Value = serde_json::from_str(text.lines().next().unwrap()).unwrap();
        assert!(first["statements"][0]["revenue"].is_i64());
        assert_eq!(first["company"]["is_demo"], json!(true));
    }

    #[test]
    fn the_importer_of_tables_reads_back_what_is_written() {
        let text = printed(Format::Csv, 300);
        let mut rows = sources::table::accounts(text.as_bytes(), None).unwrap();
        let mut count = 0;
        for made in companies(3, 0..300) {
            for statement in &made.statements {
                let row = rows.next().unwrap().unwrap();
                let row = row.record().unwrap();
                let read = &row.filing.statements[0];
                assert_eq!(
                    (read.period, read.scope, read.employees),
                    (statement.period, statement.scope, statement.employees)
                );
                assert_eq!(read.figures, statement.figures);
                assert_eq!((row.company.orgnr, &row.company.name), (made.record.orgnr, &made.record.name));
                assert_eq!((&row.company.sni, row.company.status), (&made.record.sni, made.record.status));
                count += 1;
            }
        }
        assert!(rows.next().is_none() && count > 1_000);
    }
}
