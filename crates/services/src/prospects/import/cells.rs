//! What one row of a pipeline's table says.

use std::collections::HashMap;

use chrono::NaiveDate;
use domain::filter::fold::fold;
use domain::orgnr::Orgnr;
use domain::prospect::{Change, PASS_REASONS};
use sources::table::amount::{number, whole};
use sources::table::sheet::SheetRow;
use uuid::Uuid;

use super::Rejection;
use super::columns::Columns;

/// A row that could be read.
#[derive(Clone, Debug)]
pub struct Given {
    /// Line of the file.
    pub line: u64,
    /// The company.
    pub orgnr: Orgnr,
    /// What the row says of the prospect; a blank cell says nothing.
    pub change: Change,
    /// Text of a note.
    pub note: Option<String>,
}

/// Reads the cells of a row.
///
/// # Errors
/// The first cell that cannot be read.
pub fn read_row(
    row: &SheetRow,
    orgnr: Orgnr,
    columns: &Columns,
    stages: &HashMap<&str, &str>,
    owners: &HashMap<String, Uuid>,
) -> Result<Given, Rejection> {
    let reject = |field: &'static str, reason: String, remedy: &str| Rejection {
        remedy: Some(remedy.to_owned()),
        ..Rejection::new(row.line, Some(field), reason)
    };
    let cell = |field: &str| columns.cell(row, field);
    let mut change = Change::default();
    if let Some(value) = cell("stage") {
        let stage = stages.get(value).ok_or_else(|| {
            reject("stage", format!("“{value}” is not a stage of the pipeline"), "Say which stage it means")
        })?;
        change.stage = Some((*stage).to_owned());
    }
    if let Some(name) = cell("owner") {
        let owner = owners.get(name).ok_or_else(|| {
            reject("owner", format!("nobody here is called “{name}”"), "Invite them first, or leave the column out")
        })?;
        change.owner = Some(Some(*owner));
    }
    change.next_action = cell("next_action").map(|text| Some(text.to_owned()));
    for (field, slot) in
        [("next_action_on", &mut change.next_action_on), ("last_contact_on", &mut change.last_contact_on)]
    {
        if let Some(text) = cell(field) {
            let day = date(text)
                .ok_or_else(|| reject(field, format!("“{text}” is not a day"), "Write days as 2026-03-31"))?;
            *slot = Some(Some(day));
        }
    }
    if let Some(text) = cell("value_sek") {
        let plain = text.trim_end_matches(|c: char| c.is_alphabetic() || c == '.').trim();
        let value = number(plain, None).and_then(|value| whole(value, columns.value_exponent)).map_err(|_| {
            reject(
                "value_sek",
                format!("“{text}” is not an amount that can be read with certainty"),
                "Write whole SEK, or name the unit in the heading: Value (mkr)",
            )
        })?;
        change.value_sek = Some(Some(value));
    }
    let (reason, note) = reason(cell("pass_reason"), cell("pass_note"));
    change.pass_reason = reason.map(Some);
    change.pass_note = note.map(Some);
    // A reason beside a stage that is no pass is a remark about the past; the rules refuse it as a reason.
    Ok(Given {
        line: row.line,
        orgnr,
        change,
        note: cell("note").map(|text| text.chars().take(domain::note::MOST_CHARACTERS).collect()),
    })
}

/// One of our reasons by its key, else `other` with what was written as the note.
fn reason(reason: Option<&str>, note: Option<&str>) -> (Option<String>, Option<String>) {
    let note = note.map(str::to_owned);
    let Some(text) = reason else { return (None, note) };
    let key = fold(text).replace([' ', '-'], "_");
    if PASS_REASONS.contains(&key.as_str()) {
        return (Some(key), note);
    }
    let words = note.map_or_else(|| text.to_owned(), |note| format!("{text}: {note}"));
    (Some("other".to_owned()), Some(words.chars().take(2000).collect()))
}

/// `2026-03-31`, `20260331`, `2026/03/31`, `31.3.2026`, each with a time behind it or not.
fn date(text: &str) -> Option<NaiveDate> {
    let day = text.split([' ', 'T']).next().unwrap_or(text);
    ["%Y-%m-%d", "%Y%m%d", "%Y/%m/%d", "%d.%m.%Y"].iter().find_map(|form| NaiveDate::parse_from_str(day, form).ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_and_reasons_are_read_as_people_write_them() {
        let day = NaiveDate::from_ymd_opt(2026, 3, 31);
        for text in ["2026-03-31", "20260331", "2026/03/31", "31.3.2026", "2026-03-31 12:00:00"] {
            assert_eq!(date(text), day, "{text}");
        }
        assert_eq!(date("03/04/2026"), None, "day or month first: nobody can tell");
        assert_eq!(reason(Some("Too small"), None), (Some("too_small".to_owned()), None));
        assert_eq!(reason(Some("Tvist"), None), (Some("other".to_owned()), Some("Tvist".to_owned())));
    }
}
