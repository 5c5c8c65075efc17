//! What a file of companies consists of: columns, headings, what the file says about itself, and one line for each company.

use chrono::{DateTime, SecondsFormat, Utc};
use domain::facts::FactValue;
use domain::filter::print::print;
use domain::filter::{Condition, FieldId, Filter};
use screen::{Sort, SortBy};
use serde::{Deserialize, Serialize};

use super::Language;
use universe::sets::EXCLUDED;

/// Which columns, and how they are called.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Columns {
    /// Fields in the order of the columns, after the organisation number.
    pub fields: Vec<FieldId>,
    /// Language of headings and of what the file says about itself.
    pub language: Language,
    /// Headings as keys instead of words.
    pub as_keys: bool,
}

/// Everything of a file but its lines.
#[derive(Clone, Debug)]
pub struct Sheet {
    /// Fields in the order of the columns, after the organisation number.
    pub fields: Vec<FieldId>,
    /// Headings, the organisation number's first.
    pub headings: Vec<String>,
    /// What the file says about itself.
    pub provenance: Vec<(String, String)>,
    /// How many lines there are.
    pub rows: u64,
    /// Language of headings and names.
    pub language: Language,
    /// Headings as keys: for programs, which want codes and nothing beside them.
    pub as_keys: bool,
}

/// One company.
#[derive(Clone, Debug, PartialEq)]
pub struct Line {
    /// Its number.
    pub orgnr: u64,
    /// One value per field of the sheet.
    pub values: Vec<FactValue>,
}

/// Which companies are in a file, in which order, and of when.
#[derive(Clone, Copy, Debug)]
pub struct Selection<'a> {
    /// The filter as it was asked for.
    pub filter: &'a Filter,
    /// Whether companies on the exclusion list are left out.
    pub hides_excluded: bool,
    /// Order.
    pub sorts: &'a [Sort],
    /// Version of the data.
    pub version: u64,
    /// How many companies.
    pub rows: u64,
    /// When the file is made.
    pub made_at: DateTime<Utc>,
}

impl Sheet {
    /// The sheet of a selection.
    #[must_use]
    pub fn new(columns: &Columns, selection: &Selection<'_>) -> Self {
        Self {
            headings: headings(columns),
            provenance: provenance(columns, selection),
            fields: columns.fields.clone(),
            rows: selection.rows,
            language: columns.language,
            as_keys: columns.as_keys,
        }
    }
}

fn headings(columns: &Columns) -> Vec<String> {
    let first =
        if columns.as_keys { "orgnr" } else { columns.language.pick("Organisationsnummer", "Organisation number") };
    let heading = |field: &FieldId| {
        let field = field.field();
        if columns.as_keys { field.key } else { columns.language.pick(field.label.sv, field.label.en) }
    };
    std::iter::once(first).chain(columns.fields.iter().map(heading)).map(str::to_owned).collect()
}

fn provenance(columns: &Columns, selection: &Selection<'_>) -> Vec<(String, String)> {
    let say = |sv: &str, en: &str| columns.language.pick(sv, en).to_owned();
    // What was left out is part of what the file is: names as they were asked for, and the exclusions.
    let text = if selection.hides_excluded {
        let excluded = Filter::Condition(Condition::InSet { set: EXCLUDED.to_owned() });
        print(&Filter::all([selection.filter.clone(), Filter::not(excluded)]))
    } else {
        print(selection.filter)
    };
    let order: Vec<String> = selection
        .sorts
        .iter()
        .map(|sort| format!("{} {}", key_of(sort.by), if sort.descending { "desc" } else { "asc" }))
        .collect();
    let mut provenance = vec![
        (
            say("Källa", "Source"),
            say("Lode: öppna register och inlämnade årsredovisningar", "Lode: open registers and filed annual reports"),
        ),
        (say("Urval", "Filter"), if text.is_empty() { say("alla företag", "every company") } else { text }),
        (say("Antal företag", "Companies"), selection.rows.to_string()),
        (say("Dataversion", "Data version"), selection.version.to_string()),
        (say("Skapad", "Made at"), selection.made_at.to_rfc3339_opts(SecondsFormat::Secs, true)),
        (
            say("Enheter", "Units"),
            say("belopp i hela kronor, andelar som 0,12 för 12 %", "amounts in whole kronor, shares as 0.12 for 12 %"),
        ),
        (say("Ordning", "Order"), order.join(", ")),
    ];
    provenance.extend(columns.fields.iter().map(|field| {
        let field = field.field();
        let label = columns.language.pick(field.label.sv, field.label.en);
        let formula = columns.language.pick(field.formula.sv, field.formula.en);
        (format!("{label} ({})", field.key), formula.to_owned())
    }));
    provenance
}

fn key_of(by: SortBy) -> &'static str {
    match by {
        SortBy::Orgnr => "orgnr",
        SortBy::Field(field) => field.field().key,
    }
}

/// A sort key as it is kept; its field by name, since numbers of fields do not outlive a release.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeptSort {
    /// `orgnr`, or the key of a field.
    pub by: String,
    /// Greatest first.
    pub descending: bool,
}

impl From<Sort> for KeptSort {
    fn from(sort: Sort) -> Self {
        Self { by: key_of(sort.by).to_owned(), descending: sort.descending }
    }
}

impl KeptSort {
    /// The sort key; `None` when this version has no such field any more.
    #[must_use]
    pub fn read(&self) -> Option<Sort> {
        let by = if self.by == "orgnr" { Some(SortBy::Orgnr) } else { FieldId::find(&self.by).map(SortBy::Field) };
        by.map(|by| Sort { by, descending: self.descending })
    }
}
