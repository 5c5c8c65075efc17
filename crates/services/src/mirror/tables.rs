//! The tables of a mirror: their columns, and their rows in files of bounded size.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use chrono::Datelike;
use domain::catalogue::FIELDS;
use domain::facts::{CompanyFacts, FactValue};
use domain::line::Line;
use rust_decimal::prelude::ToPrimitive;
use store::current_periods::CurrentPeriod;

use super::{DescribedColumn, Part};
use crate::exports::columnar::column_type;
use crate::parquet_file::{Column, ColumnType};

/// Companies of one file of `companies`; they are in the order of their numbers.
const COMPANIES_OF_A_FILE: u64 = 250_000;
/// Cells of a group of rows. Of periods a file for each year is open at once.
const CELLS_OF_COMPANIES: usize = 1_000_000;
const CELLS_OF_PERIODS: usize = 400_000;

/// A table: its name, its columns, its files.
pub type Finished = (&'static str, Vec<DescribedColumn>, Vec<Part>);

/// The tables while they are written.
pub struct Tables {
    work: PathBuf,
    companies: Vec<Part>,
    /// By the year in which they end.
    periods: BTreeMap<i32, Part>,
}

impl Tables {
    /// Begins them; files are made in the folder.
    pub fn begin(work: &Path) -> anyhow::Result<Self> {
        let mut tables = Self { work: work.to_owned(), companies: Vec::new(), periods: BTreeMap::new() };
        // A table without a row has a file, too, so that its columns are known.
        tables.next_file_of_companies()?;
        Ok(tables)
    }

    fn next_file_of_companies(&mut self) -> anyhow::Result<()> {
        let name = format!("companies/part-{:04}.parquet", self.companies.len());
        let columns = company_columns().into_iter().map(|(column, _)| column).collect();
        self.companies.push(Part::begin(name, &self.work, columns, CELLS_OF_COMPANIES)?);
        Ok(())
    }

    /// Adds companies with their years.
    pub fn add(&mut self, companies: &[CompanyFacts], periods: &[CurrentPeriod]) -> anyhow::Result<()> {
        for facts in companies {
            if self.companies.last().is_none_or(|part| part.rows >= COMPANIES_OF_A_FILE) {
                self.next_file_of_companies()?;
            }
            let Some(part) = self.companies.last_mut() else { continue };
            let orgnr = FactValue::Integer(facts.orgnr.number().cast_signed());
            part.file.push(std::iter::once(&orgnr).chain(&facts.values))?;
            part.rows += 1;
        }
        for period in periods {
            let year = period.statement.period.end().year();
            if !self.periods.contains_key(&year) {
                let name = format!("periods/year={year}/part-0000.parquet");
                let columns = period_columns().into_iter().map(|(column, _)| column).collect();
                self.periods.insert(year, Part::begin(name, &self.work, columns, CELLS_OF_PERIODS)?);
            }
            let Some(part) = self.periods.get_mut(&year) else { continue };
            part.file.push(&period_row(period))?;
            part.rows += 1;
        }
        Ok(())
    }

    /// The tables with what was written.
    pub fn finish(self) -> [Finished; 2] {
        let described = |columns: Vec<(Column, String)>| columns.into_iter().map(describe).collect();
        [
            ("companies", described(company_columns()), self.companies),
            ("periods", described(period_columns()), self.periods.into_values().collect()),
        ]
    }
}

fn describe((column, description): (Column, String)) -> DescribedColumn {
    let holds = match column.holds {
        ColumnType::Integer => "integer",
        ColumnType::Real => "real",
        ColumnType::Boolean => "boolean",
        ColumnType::Date => "date",
        ColumnType::Text => "text",
        ColumnType::Texts => "texts",
    };
    DescribedColumn { name: column.name, holds: holds.to_owned(), required: column.is_required, description }
}

/// The organisation number and every field of the catalogue.
pub fn company_columns() -> Vec<(Column, String)> {
    let fields = FIELDS.iter().map(|field| {
        let formula = field.formula.en;
        let description =
            if formula.is_empty() { field.label.en.to_owned() } else { format!("{}: {formula}", field.label.en) };
        (Column::optional(field.key, column_type(field.kind)), description)
    });
    std::iter::once((Column::required("orgnr", ColumnType::Integer), "Organisation number".to_owned()))
        .chain(fields)
        .collect()
}

/// What is said of a year, and every line of its accounts.
pub fn period_columns() -> Vec<(Column, String)> {
    use ColumnType::{Boolean, Date, Integer, Real, Text, Texts};
    let told = |column: Column, description: &str| (column, description.to_owned());
    let mut columns = vec![
        told(Column::required("orgnr", Integer), "Organisation number"),
        told(Column::required("period_start", Date), "First day"),
        told(Column::required("period_end", Date), "Last day; the folder year= is its year"),
        told(Column::required("scope", Text), "company or group"),
        told(Column::required("months", Integer), "Length in months"),
        told(Column::required("currency", Text), "Currency of all amounts, which are whole units of it"),
        told(Column::required("quality", Text), "ok, partial or suspect"),
        told(
            Column::required("broken", Texts),
            "Accounting identities that do not hold, and what else makes it suspect",
        ),
        told(
            Column::required("is_restated", Boolean),
            "Whether a later filing gives a line otherwise than an earlier one",
        ),
        told(Column::required("filing_id", Text), "The leading filing"),
        told(Column::required("filing_kind", Text), "Kind of its source"),
        told(Column::required("framework", Text), "Framework of its accounts"),
        told(Column::optional("filed_at", Date), "When it was registered, where known"),
        told(Column::required("known_on", Date), "Since when the public could know it"),
        told(Column::optional("employees", Real), "Average number of employees"),
    ];
    columns.extend(Line::ALL.iter().map(|line| told(Column::optional(line.key(), Integer), line.label().en)));
    columns
}

fn period_row(period: &CurrentPeriod) -> Vec<FactValue> {
    let statement = &period.statement;
    let text = |text: &str| FactValue::Text(text.into());
    let mut row = vec![
        FactValue::Integer(period.orgnr.number().cast_signed()),
        FactValue::Date(statement.period.start()),
        FactValue::Date(statement.period.end()),
        text(statement.scope.as_str()),
        FactValue::Integer(i64::from(statement.period.months())),
        text(statement.currency.code()),
        text(period.judgement.quality.as_str()),
        FactValue::Texts(period.judgement.broken.iter().map(|name| name.as_str().into()).collect()),
        FactValue::Boolean(!period.restatements.is_empty()),
        text(&period.filing_id.to_string()),
        text(period.kind.as_str()),
        text(period.framework.as_str()),
        period.filed_at.map_or(FactValue::Null, FactValue::Date),
        FactValue::Date(period.known_on),
        statement.employees.and_then(|count| count.to_f64()).map_or(FactValue::Null, FactValue::Real),
    ];
    row.extend(Line::ALL.iter().map(|line| statement.get(*line).map_or(FactValue::Null, FactValue::Integer)));
    row
}
