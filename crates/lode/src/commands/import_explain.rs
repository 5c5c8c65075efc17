//! `lode import accounts|companies FILE… --explain`: what the tables will be read as, before anything is written.

use std::fmt::Write as _;
use std::fs::File;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::Context;
use ingest::ImportKind;
use ingest::preview::{preview, table_kind};
use serde_json::json;
use sources::table::preview::{Column, Preview, PreviewRow, Problem};

/// Prints what each file will be read as; opens no database.
///
/// # Errors
/// When the kind has no tables, or the mapping or a file cannot be opened.
pub fn run(kind: ImportKind, paths: &[PathBuf], mapping: Option<&Path>, as_json: bool) -> anyhow::Result<ExitCode> {
    let table = table_kind(kind).with_context(|| {
        format!("--explain shows tables of accounts and companies; files of the kind {} need no mapping", kind.name())
    })?;
    let mapping = match mapping {
        Some(path) => {
            Some(std::fs::read_to_string(path).with_context(|| format!("cannot read the mapping {}", path.display()))?)
        }
        None => None,
    };
    let (mut text, mut answers, mut is_readable) = (String::new(), Vec::new(), true);
    for input in ingest::inputs::find(kind, paths)? {
        let file = File::open(&input.path).with_context(|| format!("cannot read {}", input.path.display()))?;
        match preview(table, file, mapping.as_deref()) {
            Ok(seen) => {
                is_readable &= seen.problems.is_empty();
                answers.push(json!({ "file": input.name, "preview": seen }));
                explain(&mut text, &input.name, &seen)?;
            }
            Err(error) => {
                is_readable = false;
                answers.push(json!({ "file": input.name, "error": error.to_string() }));
                writeln!(text, "{}: {error}\n", input.name)?;
            }
        }
    }
    if as_json {
        println!("{}", serde_json::to_string_pretty(&answers)?);
    } else {
        print!("{text}");
    }
    Ok(if is_readable { ExitCode::SUCCESS } else { ExitCode::from(super::import::SOME_REJECTED) })
}

/// The preview as text: columns, what is left out, what is told, the rows, and the mapping to keep.
fn explain(text: &mut String, name: &str, seen: &Preview) -> std::fmt::Result {
    write!(text, "{name}")?;
    if let Some(sheet) = &seen.sheet {
        write!(text, ", sheet “{sheet}”")?;
    }
    write!(text, ": headings on line {}", seen.header_line)?;
    if let Some(delimiter) = &seen.delimiter {
        write!(text, ", delimiter {delimiter}")?;
    }
    if let Some(encoding) = &seen.encoding {
        write!(text, ", {encoding}")?;
    }
    if let Some(mark) = seen.decimal {
        write!(text, ", decimals behind “{mark}”")?;
    }
    writeln!(text, "\n")?;
    for column in &seen.columns {
        column_line(text, column)?;
    }
    writeln!(text)?;
    for told in &seen.told {
        writeln!(text, "  note     {told}")?;
    }
    for problem in &seen.problems {
        writeln!(text, "  problem  {}", words(problem))?;
    }
    if !seen.rows.is_empty() {
        writeln!(text, "\n  the first rows of {} looked at, {} of them refused:", seen.looked_at, seen.refused)?;
    }
    for row in &seen.rows {
        row_line(text, row)?;
    }
    writeln!(text, "\n  as a mapping:\n")?;
    for line in seen.mapping.lines() {
        writeln!(text, "    {line}")?;
    }
    writeln!(text)
}

fn column_line(text: &mut String, column: &Column) -> std::fmt::Result {
    let read = match (column.field, column.unit) {
        (Some(field), Some(unit)) => {
            let currency = column.currency.as_ref().map_or_else(String::new, |code| format!(" {code}"));
            format!("{field} [{unit}{currency}]")
        }
        (Some(field), None) => field.to_owned(),
        (None, _) => format!("left out: {}", column.reason.as_deref().unwrap_or_default()),
    };
    let samples = column.samples.join(" · ");
    writeln!(text, "  {:>3}  {:<32} {read:<36} {samples}", column.number, column.heading)
}

fn row_line(text: &mut String, row: &PreviewRow) -> std::fmt::Result {
    let values: Vec<String> = row
        .values
        .iter()
        .map(|(key, value)| format!("{key} {}", value.as_str().map_or_else(|| value.to_string(), str::to_owned)))
        .collect();
    match (&row.problem, row.is_sole_trader) {
        (Some(problem), _) => writeln!(text, "    line {}: refused: {}", row.line, words(problem)),
        (None, true) => writeln!(text, "    line {}: a sole trader, left out", row.line),
        (None, false) => {
            let told: String = row.told.iter().map(|told| format!(" ({told})")).collect();
            writeln!(text, "    line {}: {}{told}", row.line, values.join(", "))
        }
    }
}

fn words(problem: &Problem) -> String {
    match &problem.remedy {
        Some(remedy) => format!("{}. {remedy}", problem.reason),
        None => problem.reason.clone(),
    }
}
