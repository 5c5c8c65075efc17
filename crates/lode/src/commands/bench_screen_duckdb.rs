//! `lode bench screen --engine duckdb`: the named queries in the `duckdb` program found on PATH, on the same companies.
//!
//! The companies go there as a table of text. Each query is timed by DuckDB's own timer, so that neither the start of its
//! process nor the printing counts.

use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};

use anyhow::Context;
use domain::facts::{CompanyFacts, FactValue};
use domain::filter::FieldId;
use domain::filter::fold::fold;
use screen::benchmark::Settings;

use super::bench_screen_sql::{Measured, RUNS, summary};
use super::console;

/// The queries, one block `-- name` each; text search by typing errors has no counterpart there.
const QUERIES: &str = include_str!("bench_screen_duckdb.sql");
const PROGRAM: &str = "duckdb";
/// Columns that the queries read, beside the organisation number.
const COLUMNS: [&str; 14] = [
    "name",
    "revenue",
    "ebitda_margin",
    "ebit_margin",
    "cagr_3y",
    "sni",
    "county",
    "equity_ratio",
    "employees",
    "total_assets",
    "legal_form",
    "size_class",
    "growth_class",
    "data_quality",
];

/// Whether there is a `duckdb` to ask; its version.
#[must_use]
pub fn version() -> Option<String> {
    let output = Command::new(PROGRAM).arg("--version").output().ok()?;
    output.status.success().then(|| String::from_utf8_lossy(&output.stdout).trim().to_owned())
}

/// Writes the companies, loads them and asks every query.
///
/// # Errors
/// When the table cannot be written, or DuckDB ends with an error; with what it said.
pub fn run(settings: Settings) -> anyhow::Result<Vec<Measured>> {
    let folder = tempfile::tempdir().context("cannot make a temporary folder")?;
    let table = folder.path().join("companies.csv");
    console::progress(&format!("writing {} companies for DuckDB", settings.rows));
    write_table(&table, settings)?;
    console::progress("asking DuckDB");
    let said = ask(&script(&table))?;
    measured(&said)
}

fn write_table(path: &Path, settings: Settings) -> anyhow::Result<()> {
    let fields: Vec<FieldId> = COLUMNS
        .iter()
        .map(|key| FieldId::find(key).with_context(|| format!("no field {key}")))
        .collect::<Result<_, _>>()?;
    let mut out = csv::Writer::from_path(path).with_context(|| format!("cannot write {}", path.display()))?;
    out.write_record(["orgnr"].iter().chain(&COLUMNS))?;
    for company in screen::synthetic::companies(settings.rows, settings.seed) {
        out.write_record(record(&company, &fields))?;
    }
    out.flush().context("the table for DuckDB could not be written")
}

fn record(company: &CompanyFacts, fields: &[FieldId]) -> Vec<String> {
    let mut record = vec![company.orgnr.to_string().replace('-', "")];
    record.extend(fields.iter().map(|field| match &company.values[usize::from(field.0)] {
        FactValue::Null | FactValue::Texts(_) => String::new(),
        FactValue::Integer(value) => value.to_string(),
        FactValue::Real(value) => value.to_string(),
        FactValue::Boolean(value) => value.to_string(),
        FactValue::Date(value) => value.to_string(),
        // As both engines compare it: without case and diacritics.
        FactValue::Text(value) if field.field().key == "name" => fold(value),
        FactValue::Text(value) => value.to_string(),
    }));
    record
}

/// Loads the table, then every block as often as it is measured, each run behind a mark.
fn script(table: &Path) -> String {
    let path = table.display().to_string().replace('\'', "''");
    let mut script =
        format!(".mode list\n.headers off\nCREATE TABLE companies AS FROM read_csv('{path}', all_varchar = true);\n");
    let (prepare, queries) = QUERIES.split_once("\n-- ").unwrap_or((QUERIES, ""));
    script.push_str(prepare);
    script.push_str("\n.timer on\n");
    for block in queries.split("\n-- ") {
        let (name, statements) = block.split_once('\n').unwrap_or((block, ""));
        for _ in 0..=RUNS {
            script.push_str(&format!(".print @ {name}\n{statements}\n"));
        }
    }
    script
}

fn ask(script: &str) -> anyhow::Result<String> {
    let mut child = Command::new(PROGRAM)
        .args(["-batch", "-bail", "-no-init"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .context("duckdb cannot be started")?;
    let mut input = child.stdin.take().context("duckdb takes no input")?;
    let script = script.to_owned();
    // Written beside the reading, or both would wait for each other.
    let writer = std::thread::spawn(move || input.write_all(script.as_bytes()));
    let output = child.wait_with_output().context("duckdb did not end")?;
    let written = writer.join();
    let complaint = String::from_utf8_lossy(&output.stderr);
    anyhow::ensure!(output.status.success() && complaint.trim().is_empty(), "duckdb: {}", complaint.trim());
    anyhow::ensure!(matches!(written, Ok(Ok(()))), "duckdb did not read its script to the end");
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}

/// Adds up the timer's lines behind each mark; the first line behind it is the query's total.
fn measured(said: &str) -> anyhow::Result<Vec<Measured>> {
    let mut measured: Vec<(String, Vec<f64>, u64)> = Vec::new();
    for run in said.split("@ ").skip(1) {
        let mut lines = run.lines();
        let name = lines.next().unwrap_or_default().trim();
        let result = lines
            .next()
            .and_then(|line| line.trim().parse().ok())
            .with_context(|| format!("duckdb gave no total for {name}"))?;
        let seconds: f64 = run
            .lines()
            .filter_map(|line| {
                line.trim().strip_prefix("Run Time (s): real ")?.split_whitespace().next()?.parse::<f64>().ok()
            })
            .sum();
        match measured.last_mut().filter(|last| last.0 == name) {
            Some(last) => last.1.push(seconds * 1e3),
            None => measured.push((name.to_owned(), vec![seconds * 1e3], result)),
        }
    }
    Ok(measured.into_iter().map(|(name, times, result)| summary(&name, times, result)).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_timers_lines_of_a_run_are_added_up() {
        let run =
            "@ two_filters\n52\nRun Time (s): real 0.010 user 0.1 sys 0.0\nRun Time (s): real 0.005 user 0 sys 0\n";
        let found = measured(&run.repeat(RUNS + 1)).unwrap();
        assert_eq!(found.len(), 1);
        assert_eq!((found[0].name.as_str(), found[0].result), ("two_filters", 52));
        assert!((found[0].hot_p50_ms - 15.0).abs() < 1e-9, "{found:?}");
        assert!(measured("@ sort_all\nError\n").is_err(), "what is not a number is not taken for one");
    }

    #[test]
    fn every_named_query_but_the_typing_errors_has_a_block() {
        let script = script(Path::new("x.csv"));
        for query in screen::benchmark::named_queries(1_000) {
            assert_eq!(script.contains(&format!("@ {}\n", query.name)), query.name != "text_typo", "{}", query.name);
        }
    }
}
