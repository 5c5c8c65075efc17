//! Takes over an existing pipeline from a table: columns and stages mapped, companies found by number or name, and a report
//! that names every row that was not taken. Nothing is written in a trial run; otherwise all of it in one transaction.

mod cells;
mod columns;

use std::collections::{BTreeMap, HashMap, HashSet};

use chrono::{DateTime, Utc};
use domain::access::Visibility;
use domain::note::NoteKind;
use domain::orgnr::Orgnr;
use domain::pipeline::{Outcome, Stage};
use domain::prospect::{Change, Prospect, apply};
use sources::budget::Budget;
use sources::error::SourceError;
use sources::table::sheet::{Sheet, sheet};
use sources::workbook;
use sqlx::PgConnection;
use store::companies::key;
use store::{PgPool, people, pipeline, prospects};
use uuid::Uuid;

use self::cells::{Given, read_row};
use self::columns::{Columns, find_columns};
use super::ProspectError;
use super::add::{Addition, add_within};
use super::edit::{Edit, edit_within};
use crate::actor::Actor;
use crate::notes::{self, Draft, NoteError};
use universe::blocking;

/// Most rows of one file.
pub const MOST_ROWS: usize = 5_000;

/// What a person decides about a file.
#[derive(Clone, Debug, Default)]
pub struct ImportOptions {
    /// Field to heading; headings are recognised where nothing is said. An empty heading leaves the field out.
    pub columns: BTreeMap<String, String>,
    /// A value of the stage column to the key of a stage.
    pub stages: BTreeMap<String, String>,
    /// Whether companies that are in the pipeline already take over what the file says; otherwise they stay.
    pub update_existing: bool,
    /// Only reports.
    pub is_trial: bool,
}

/// A value of the stage column.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StageValue {
    /// As written.
    pub value: String,
    /// Rows that have it.
    pub count: usize,
    /// Key of the stage it means; `None` while nobody has said.
    pub stage: Option<String>,
}

/// A row that was not taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rejection {
    /// Line of the file, from 1.
    pub line: u64,
    /// Field that is wrong.
    pub field: Option<&'static str>,
    /// What is wrong.
    pub reason: String,
    /// What to do about it.
    pub remedy: Option<String>,
    /// Companies that could be meant.
    pub candidates: Vec<Orgnr>,
}

/// What an import did, or would do.
#[derive(Clone, Debug, Default)]
pub struct ImportReport {
    /// Headings of the table.
    pub headings: Vec<String>,
    /// Field to heading, as used.
    pub columns: BTreeMap<&'static str, String>,
    /// Values of the stage column.
    pub stage_values: Vec<StageValue>,
    /// Rows that are not blank.
    pub rows: usize,
    /// Companies new in the pipeline.
    pub added: usize,
    /// Companies that were in it and are different now.
    pub updated: usize,
    /// Companies that were in it and stay as they are.
    pub unchanged: usize,
    /// Rows that were not taken.
    pub rejected: Vec<Rejection>,
    /// Whether it was written.
    pub is_applied: bool,
}

/// Why a file cannot be imported at all.
#[derive(Debug, thiserror::Error)]
pub enum ImportError {
    /// It is not a table, or lacks a column.
    #[error(transparent)]
    File(#[from] SourceError),
    /// A field or heading of the mapping that does not exist.
    #[error("{1}")]
    Mapping(String, String),
    /// It could not be written.
    #[error(transparent)]
    Write(#[from] ProspectError),
    /// A note could not be written.
    #[error(transparent)]
    Note(#[from] NoteError),
}

impl From<sqlx::Error> for ImportError {
    fn from(error: sqlx::Error) -> Self {
        Self::Write(error.into())
    }
}

/// Reads the table and, unless it is a trial, takes its prospects over into the team's pipeline.
///
/// # Errors
/// [`ImportError`]; then nothing was written.
pub async fn import(
    db: &PgPool,
    actor: &Actor,
    file: &[u8],
    options: &ImportOptions,
    now: DateTime<Utc>,
) -> Result<ImportReport, ImportError> {
    // One row more than rows are taken, for the headings.
    let budget = Budget::of_request(u32::try_from(MOST_ROWS).unwrap_or(u32::MAX).saturating_add(1));
    let file = file.to_vec();
    let read = blocking::run(move |cancelled| read_table(&file, &budget.until(cancelled))).await;
    let table = read.map_err(|error| SourceError::input(format!("reading was cut off: {error}")))??;
    let columns = find_columns(&table.headings, &options.columns)?;
    let mut tx = db.begin().await?;
    let stages = pipeline::hold(&mut tx).await?;
    let mut report = ImportReport {
        headings: table.headings.clone(),
        columns: columns.named(&table.headings),
        rows: table.rows.len() + table.rejected.len(),
        stage_values: stage_values(&table, &columns, options, &stages),
        rejected: table.rejected.iter().map(Rejection::of).collect(),
        ..ImportReport::default()
    };
    let meant: HashMap<&str, &str> =
        report.stage_values.iter().filter_map(|value| Some((value.value.as_str(), value.stage.as_deref()?))).collect();
    let companies = Companies::find(&mut tx, &table, &columns).await?;
    let owners = owners(&mut tx, &table, &columns).await?;
    let mut rows: Vec<Given> = Vec::new();
    let mut seen: HashMap<Orgnr, u64> = HashMap::new();
    for row in &table.rows {
        let read = companies.of(row, &columns).and_then(|orgnr| match seen.insert(orgnr, row.line) {
            Some(first) => Err(Rejection::new(row.line, None, format!("the company stands on line {first} already"))),
            None => read_row(row, orgnr, &columns, &meant, &owners),
        });
        match read {
            Ok(given) => rows.push(given),
            Err(rejection) => report.rejected.push(rejection),
        }
    }
    write(&mut tx, actor, rows, &stages, options, now, &mut report).await?;
    report.rejected.sort_by_key(|rejection| rejection.line);
    if options.is_trial {
        tx.rollback().await?;
    } else {
        tx.commit().await?;
        report.is_applied = true;
    }
    Ok(report)
}

/// The table of delimited text, or of a workbook; lines are then the rows of its sheet.
fn read_table(file: &[u8], budget: &Budget) -> Result<Sheet, SourceError> {
    if !workbook::is_workbook(file) {
        return sheet(file, MOST_ROWS, budget);
    }
    sheet(workbook::read_table(file, budget)?.text.as_bytes(), MOST_ROWS, budget)
}

/// Stage, reason of passing and its note: what rows are grouped by.
type StageAndReason = (Option<String>, Option<String>, Option<String>);

/// Writes in the transaction, also in a trial, so that the report says exactly what would happen.
async fn write(
    conn: &mut PgConnection,
    actor: &Actor,
    rows: Vec<Given>,
    stages: &[Stage],
    options: &ImportOptions,
    now: DateTime<Utc>,
    report: &mut ImportReport,
) -> Result<(), ImportError> {
    let numbers: Vec<i64> = rows.iter().map(|row| key(row.orgnr)).collect();
    let known: HashMap<Orgnr, Prospect> = prospects::lock_of(conn, actor.user, Visibility::Team, &numbers)
        .await?
        .into_iter()
        .map(|prospect| (prospect.orgnr, prospect))
        .collect();
    let first = stages.iter().find(|stage| stage.outcome == Outcome::Open).map(|stage| stage.key.clone());
    let mut taken = Vec::new();
    let mut groups: BTreeMap<StageAndReason, Vec<Orgnr>> = BTreeMap::new();
    for mut row in rows {
        let is_kept = known.get(&row.orgnr).is_some_and(|prospect| prospect.removed_at.is_none());
        if is_kept && !options.update_existing {
            report.unchanged += 1;
            continue;
        }
        if !is_kept && row.change.stage.is_none() {
            row.change.stage.clone_from(&first);
        }
        // The rules are tried on a copy, so that a row that breaks one is rejected alone.
        let mut copy = known.get(&row.orgnr).cloned().unwrap_or_else(|| stand_in(row.orgnr, actor.user, now));
        let change = Change { removed: Some(false), ..row.change.clone() };
        if let Err(error) = apply(&mut copy, &change, stages, now) {
            report.rejected.push(Rejection::new(row.line, Some(error.field), error.message));
            continue;
        }
        if !is_kept {
            let reason = (copy.stage.clone(), copy.pass_reason.clone(), copy.pass_note.clone());
            groups.entry((Some(reason.0), reason.1, reason.2)).or_default().push(row.orgnr);
            report.added += 1;
        }
        taken.push((row, is_kept));
    }
    for ((stage, pass_reason, pass_note), orgnrs) in groups {
        let addition =
            Addition { orgnrs, scope: Visibility::Team, stage, owner: None, pass_reason, pass_note, reopen: false };
        add_within(conn, actor, &addition, stages, now).await?;
    }
    let numbers: Vec<i64> = taken.iter().map(|(row, _)| key(row.orgnr)).collect();
    let ids: HashMap<Orgnr, Uuid> = prospects::lock_of(conn, actor.user, Visibility::Team, &numbers)
        .await?
        .into_iter()
        .map(|prospect| (prospect.orgnr, prospect.id))
        .collect();
    let edits: Vec<Edit> = taken
        .iter()
        .filter_map(|(row, _)| Some(Edit { id: *ids.get(&row.orgnr)?, version: None, change: row.change.clone() }))
        .collect();
    let edited = edit_within(conn, actor, &edits, stages, now).await?;
    let different: HashSet<Uuid> = edited.after.iter().map(|prospect| prospect.id).collect();
    for (row, is_kept) in &taken {
        let is_different = ids.get(&row.orgnr).is_some_and(|id| different.contains(id));
        if *is_kept && (is_different || row.note.is_some()) {
            report.updated += 1;
        } else if *is_kept {
            report.unchanged += 1;
        }
        if let Some(body) = &row.note {
            let draft = Draft { kind: NoteKind::Note, body: body.clone() };
            notes::write_within(conn, actor, row.orgnr, Visibility::Team, &draft).await?;
        }
    }
    Ok(())
}

fn stand_in(orgnr: Orgnr, by: Uuid, now: DateTime<Utc>) -> Prospect {
    Prospect {
        id: Uuid::nil(),
        orgnr,
        scope: Visibility::Team,
        stage: String::new(),
        stage_since: now,
        owner: Some(by),
        next_action: None,
        next_action_on: None,
        last_contact_on: None,
        value_sek: None,
        pass_reason: None,
        pass_note: None,
        created_by: Some(by),
        removed_at: None,
        version: 1,
    }
}

/// The values of the stage column, most frequent first, with the stage that each means: as the person said, or by its name.
fn stage_values(table: &Sheet, columns: &Columns, options: &ImportOptions, stages: &[Stage]) -> Vec<StageValue> {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for row in &table.rows {
        if let Some(value) = columns.cell(row, "stage") {
            *counts.entry(value).or_default() += 1;
        }
    }
    let mut values: Vec<StageValue> = counts
        .into_iter()
        .map(|(value, count)| {
            let said = options.stages.get(value).filter(|key| stages.iter().any(|stage| stage.key == **key));
            let stage = said.cloned().or_else(|| columns::stage_named(value, stages));
            StageValue { value: value.to_owned(), count, stage }
        })
        .collect();
    values.sort_by_key(|value| std::cmp::Reverse(value.count));
    values
}

async fn owners(conn: &mut PgConnection, table: &Sheet, columns: &Columns) -> sqlx::Result<HashMap<String, Uuid>> {
    let names: HashSet<String> =
        table.rows.iter().filter_map(|row| columns.cell(row, "owner")).map(str::to_owned).collect();
    Ok(people::by_names(conn, &names.into_iter().collect::<Vec<_>>()).await?.into_iter().collect())
}

/// The companies that the rows mean.
struct Companies {
    numbers: HashSet<Orgnr>,
    names: HashMap<String, Vec<Orgnr>>,
}

impl Companies {
    async fn find(conn: &mut PgConnection, table: &Sheet, columns: &Columns) -> sqlx::Result<Self> {
        let mut numbers = Vec::new();
        let mut names = HashSet::new();
        for row in &table.rows {
            match columns.cell(row, "orgnr") {
                Some(text) => numbers.extend(Orgnr::parse_lenient(text).ok().map(|(orgnr, _)| key(orgnr))),
                None => names.extend(columns.cell(row, "name").map(str::to_lowercase)),
            }
        }
        let names: Vec<String> = names.into_iter().collect();
        let found = prospects::lookup::companies_of_numbers(conn, &numbers).await?;
        let mut by_name: HashMap<String, Vec<Orgnr>> = HashMap::new();
        for (name, orgnr) in prospects::lookup::companies_of_names(conn, &names).await? {
            by_name.entry(name).or_default().push(orgnr);
        }
        Ok(Self { numbers: found.into_iter().collect(), names: by_name })
    }

    fn of(&self, row: &sources::table::sheet::SheetRow, columns: &Columns) -> Result<Orgnr, Rejection> {
        let reject = |field, reason: String, remedy: &str| {
            Err(Rejection { remedy: Some(remedy.to_owned()), ..Rejection::new(row.line, Some(field), reason) })
        };
        if let Some(text) = columns.cell(row, "orgnr") {
            return match Orgnr::parse_lenient(text) {
                Ok((orgnr, _)) if self.numbers.contains(&orgnr) => Ok(orgnr),
                Ok((orgnr, _)) => reject(
                    "orgnr",
                    format!("no company has the number {orgnr}"),
                    "Import the register, or correct the number",
                ),
                // The text may be a personal number: it is not repeated.
                Err(error) => reject("orgnr", format!("not an organisation number: {error}"), "Correct the number"),
            };
        }
        let Some(name) = columns.cell(row, "name") else {
            return reject("orgnr", "the row names no company".to_owned(), "Give a number or a name");
        };
        match self.names.get(&name.to_lowercase()).map_or(&[][..], Vec::as_slice) {
            [one] => Ok(*one),
            [] => reject("name", format!("no company is called “{name}”"), "Give its organisation number"),
            several => Err(Rejection {
                candidates: several.to_vec(),
                remedy: Some("Give its organisation number".to_owned()),
                ..Rejection::new(row.line, Some("name"), format!("{} companies are called “{name}”", several.len()))
            }),
        }
    }
}

impl Rejection {
    fn new(line: u64, field: Option<&'static str>, reason: impl Into<String>) -> Self {
        Self { line, field, reason: reason.into(), remedy: None, candidates: Vec::new() }
    }

    fn of(error: &SourceError) -> Self {
        Self {
            remedy: error.remedy_text().map(str::to_owned),
            ..Self::new(error.place().line.unwrap_or(0), None, error.reason())
        }
    }
}
