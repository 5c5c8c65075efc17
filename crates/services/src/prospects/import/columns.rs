//! Which column of a pipeline's table holds what, and what its stages are called.

use std::collections::BTreeMap;

use domain::filter::fold::fold;
use domain::pipeline::Stage;
use sources::table::mapping::Unit;
use sources::table::sheet::SheetRow;

use super::ImportError;

/// Every field that a column can hold, with headings that mean it, folded.
pub const FIELDS: [(&str, &[&str]); 11] = [
    (
        "orgnr",
        &["orgnr", "organisationsnummer", "organisation number", "org nr", "orgno", "organisationsnr", "org number"],
    ),
    ("name", &["bolag", "bolagsnamn", "foretag", "foretagsnamn", "namn", "company", "company name", "name"]),
    ("stage", &["steg", "fas", "status", "stage", "pipeline stage", "phase"]),
    ("owner", &["ansvarig", "agare", "owner", "responsible", "handlaggare"]),
    ("next_action", &["nasta atgard", "nasta steg", "atgard", "next action", "next step", "action", "todo"]),
    (
        "next_action_on",
        &["forfaller", "forfallodatum", "nasta datum", "due", "due date", "next action date", "deadline"],
    ),
    ("last_contact_on", &["senaste kontakt", "senast kontaktad", "last contact", "last contacted"]),
    ("value_sek", &["varde", "uppskattat varde", "affarsvarde", "value", "deal value", "estimated value"]),
    ("pass_reason", &["skal for nej", "skal", "orsak", "pass reason", "reason", "lost reason"]),
    ("pass_note", &["kommentar till nej", "pass note"]),
    ("note", &["anteckning", "anteckningar", "kommentar", "kommentarer", "note", "notes", "comment", "comments"]),
];

/// What default stages are called in tables and on the board, folded, beside their keys.
const STAGE_WORDS: [(&str, &[&str]); 9] = [
    ("new", &["ny", "nytt", "nya", "lead"]),
    ("researching", &["undersoks", "research", "analys", "analyseras"]),
    ("contacted", &["kontaktad", "kontaktade", "kontakt", "kontaktat"]),
    ("in_discussion", &["i dialog", "dialog", "diskussion", "in discussion", "discussion"]),
    ("meeting_scheduled", &["mote bokat", "mote", "meeting", "meeting scheduled"]),
    ("interested", &["intresserad", "intresserade"]),
    ("deal_in_progress", &["affar pagar", "pagaende affar", "deal", "deal in progress", "dd", "due diligence", "loi"]),
    (
        "not_interested",
        &["ej intresserad", "ej intresserade", "inte intresserad", "inte intresserade", "not interested", "lost"],
    ),
    ("passed", &["passad", "nej", "avbojd", "avbojda", "avfardad", "avslutad", "pass", "rejected"]),
];

/// Positions of the fields.
#[derive(Clone, Debug, Default)]
pub struct Columns {
    positions: BTreeMap<&'static str, usize>,
    /// Power of ten that the value column is in.
    pub value_exponent: u8,
}

impl Columns {
    /// The cell of a field; nothing where the column is not there or the cell is blank.
    pub fn cell<'a>(&self, row: &'a SheetRow, field: &str) -> Option<&'a str> {
        row.cells.get(*self.positions.get(field)?)?.as_deref()
    }

    /// Field to heading.
    pub fn named(&self, headings: &[String]) -> BTreeMap<&'static str, String> {
        self.positions.iter().filter_map(|(field, at)| Some((*field, headings.get(*at)?.clone()))).collect()
    }
}

/// Finds the columns: as the person said, else by their headings.
///
/// # Errors
/// A field or heading that does not exist; no column with number or name.
pub fn find_columns(headings: &[String], said: &BTreeMap<String, String>) -> Result<Columns, ImportError> {
    let mut columns = Columns::default();
    if let Some(unknown) = said.keys().find(|field| FIELDS.iter().all(|(known, _)| known != field)) {
        let known: Vec<_> = FIELDS.iter().map(|(field, _)| *field).collect();
        return Err(ImportError::Mapping(
            unknown.clone(),
            format!("there is no field {unknown:?}; there are {}", known.join(", ")),
        ));
    }
    for (field, words) in FIELDS {
        let position = match said.get(field) {
            Some(heading) if heading.is_empty() => None,
            Some(heading) => Some(headings.iter().position(|known| known == heading).ok_or_else(|| {
                ImportError::Mapping(
                    field.to_owned(),
                    format!("the table has no column {heading:?}; it has {}", headings.join(", ")),
                )
            })?),
            None => headings.iter().position(|heading| {
                words.contains(&plain(heading).as_str()) || fold(heading).replace(' ', "_") == field
            }),
        };
        if let Some(position) = position.filter(|at| columns.positions.values().all(|taken| taken != at)) {
            columns.positions.insert(field, position);
        }
    }
    if !columns.positions.contains_key("orgnr") && !columns.positions.contains_key("name") {
        let message =
            format!("no column holds the organisation number or the name; the table has {}", headings.join(", "));
        return Err(ImportError::Mapping("orgnr".to_owned(), message));
    }
    if let Some(heading) = columns.positions.get("value_sek").and_then(|at| headings.get(*at)) {
        let unit = heading.rsplit_once(['(', '[']).map(|(_, rest)| rest.trim_end_matches([')', ']']));
        columns.value_exponent = unit.and_then(Unit::from_word).unwrap_or_default().exponent();
    }
    Ok(columns)
}

/// A heading without its unit in brackets and without punctuation, folded.
fn plain(heading: &str) -> String {
    let name = heading.split(['(', '[']).next().unwrap_or(heading);
    let folded: String = fold(name).chars().map(|c| if c.is_alphanumeric() { c } else { ' ' }).collect();
    folded.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The stage that a value names: by key, by the team's name, or by a word that is usual for a default stage.
pub fn stage_named(value: &str, stages: &[Stage]) -> Option<String> {
    let word = plain(value);
    let is_named = |stage: &&Stage| {
        word.replace(' ', "_") == stage.key
            || stage.name.as_deref().is_some_and(|name| plain(name) == word)
            || STAGE_WORDS.iter().any(|(key, words)| *key == stage.key && words.contains(&word.as_str()))
    };
    stages.iter().find(is_named).map(|stage| stage.key.clone())
}
