//! What a file of companies consists of: columns, headings, what the file says about itself, and one line for each company.

use chrono::{DateTime, SecondsFormat, Utc};
use domain::facts::FactValue;
use domain::filter::print::print;
use domain::filter::words;
use domain::filter::{Condition, FieldId, Filter};
use screen::{Sort, SortBy};
use serde::{Deserialize, Serialize};

use super::Language;
use super::column::{self, Column};
use super::noted::Noted;
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
    /// The address under which people reach Lode, for links; without a slash at its end.
    pub base: Option<String>,
}

/// Everything of a file but its lines.
#[derive(Clone, Debug)]
pub struct Sheet {
    /// Fields in the order of the columns, after the organisation number.
    pub fields: Vec<FieldId>,
    /// The columns after the organisation number.
    pub columns: Vec<Column>,
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
    /// The address under which people reach Lode.
    pub base: Option<String>,
}

/// One company.
#[derive(Clone, Debug, PartialEq)]
pub struct Line {
    /// Its number.
    pub orgnr: u64,
    /// One value per field of the sheet.
    pub values: Vec<FactValue>,
    /// What the organisation has noted about it; empty in files for programs.
    pub noted: Noted,
}

/// Which companies are in a file, in which order, and of when.
#[derive(Clone, Copy, Debug)]
pub struct Selection<'a> {
    /// The filter, its lists and labels by their names.
    pub filter: &'a Filter,
    /// Whether the file is of one list, whose notes it then has.
    pub has_list: bool,
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
        let Columns { language, as_keys, base, .. } = columns;
        let fields = with_filing_date(columns);
        let shown = column::columns(&fields, *as_keys, selection.has_list, base.is_some());
        let first =
            if *as_keys { "orgnr" } else { language.pick("Organisationsnummer", "Organisation number") }.to_owned();
        let others = shown.iter().map(|column| column.heading(*language, *as_keys));
        Self {
            headings: std::iter::once(first).chain(others).collect(),
            provenance: provenance(columns, &fields, selection),
            columns: shown,
            fields,
            rows: selection.rows,
            language: *language,
            as_keys: *as_keys,
            base: base.clone(),
        }
    }
}

/// The asked fields; for people also since when the figures could be known.
fn with_filing_date(columns: &Columns) -> Vec<FieldId> {
    let filed = FieldId::find("filed_at").filter(|filed| !columns.as_keys && !columns.fields.contains(filed));
    columns.fields.iter().copied().chain(filed).collect()
}

fn provenance(columns: &Columns, fields: &[FieldId], selection: &Selection<'_>) -> Vec<(String, String)> {
    let language = columns.language;
    let say = |sv: &str, en: &str| language.pick(sv, en).to_owned();
    // What was left out is part of what the file is: names as they were asked for, and the exclusions.
    let excluded = || Filter::not(Filter::Condition(Condition::InSet { set: EXCLUDED.to_owned() }));
    let filter = if selection.hides_excluded {
        Filter::all([selection.filter.clone(), excluded()])
    } else {
        selection.filter.clone()
    };
    let mut provenance = vec![(
        say("Källa", "Source"),
        say("Lode: öppna register och inlämnade årsredovisningar", "Lode: open registers and filed annual reports"),
    )];
    // In words for whoever reads the file, one condition a line, and as text for whoever asks again.
    let text = print(&filter);
    if text.is_empty() {
        provenance.push((say("Urval", "Filter"), say("alla företag", "every company")));
    } else {
        for (place, words) in words::conditions(&filter, language.words()).into_iter().enumerate() {
            provenance.push((if place == 0 { say("Urval", "Filter") } else { say("och", "and") }, words));
        }
        provenance.push((say("Urval som text", "Filter as text"), text));
    }
    let order = selection.sorts.iter().map(|sort| {
        let direction = if sort.descending { say("fallande", "descending") } else { say("stigande", "ascending") };
        let name = match sort.by {
            SortBy::Orgnr => say("Organisationsnummer", "Organisation number"),
            SortBy::Field(field) => say(field.field().label.sv, field.field().label.en),
        };
        format!("{name}, {direction}")
    });
    provenance.extend([
        (say("Ordning", "Order"), order.collect::<Vec<_>>().join("; ")),
        (say("Antal företag", "Companies"), selection.rows.to_string()),
        (say("Dataversion", "Data version"), selection.version.to_string()),
        (say("Skapad", "Made at"), selection.made_at.to_rfc3339_opts(SecondsFormat::Secs, true)),
        (
            say("Enheter", "Units"),
            say("belopp i hela kronor, andelar som 0,12 för 12 %", "amounts in whole kronor, shares as 0.12 for 12 %"),
        ),
    ]);
    provenance.extend(fields.iter().map(|field| {
        let field = field.field();
        let label = language.pick(field.label.sv, field.label.en);
        let formula = language.pick(field.formula.sv, field.formula.en);
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
