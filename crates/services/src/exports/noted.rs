//! What the organisation has noted about the companies of a file: labels, the note of the exported list, the newest note.

use std::collections::HashMap;

use domain::filter::{Condition, Filter};
use domain::note::excerpt;
use store::{PgConnection, company_marks, lists::items};
use uuid::Uuid;

/// Characters of a note that a cell shows; the whole note is on the company's page.
const MOST_CHARACTERS: usize = 1_000;

/// What is noted about one company, as far as the person may see it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Noted {
    /// Names of its labels.
    pub labels: Vec<String>,
    /// What the exported list says of it.
    pub list_note: Option<String>,
    /// Its newest note.
    pub latest_note: Option<String>,
}

/// Whose notes are wanted, and those of which list.
#[derive(Clone, Copy, Debug)]
pub struct NotedFor {
    /// The person, who sees what is the team's or their own.
    pub user: Uuid,
    /// The list that the file is of.
    pub list: Option<Uuid>,
}

/// The list that every company of a filter is on, if the filter (sets by id) names exactly one.
#[must_use]
pub fn list_of(filter: &Filter) -> Option<Uuid> {
    let list = |filter: &Filter| match filter {
        Filter::Condition(Condition::InSet { set }) => Uuid::parse_str(set.strip_prefix("list:")?).ok(),
        _ => None,
    };
    match filter {
        Filter::All(parts) => {
            let mut lists = parts.iter().filter_map(list);
            let first = lists.next()?;
            lists.next().is_none().then_some(first)
        }
        other => list(other),
    }
}

impl NotedFor {
    /// What is noted about these companies; those of whom nothing is are left out.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn read(self, conn: &mut PgConnection, orgnrs: &[u64]) -> sqlx::Result<HashMap<u64, Noted>> {
        let keys: Vec<i64> = orgnrs.iter().filter_map(|orgnr| i64::try_from(*orgnr).ok()).collect();
        let mut noted: HashMap<u64, Noted> = HashMap::new();
        let number = |key: i64| u64::try_from(key).unwrap_or_default();
        for label in company_marks::labels(conn, self.user, &keys).await? {
            noted.entry(number(label.orgnr)).or_default().labels.push(label.name);
        }
        if let Some(list) = self.list {
            for item in items::details(conn, list, &keys).await? {
                if item.note.is_some() {
                    noted.entry(number(item.orgnr)).or_default().list_note = item.note;
                }
            }
        }
        for (orgnr, body) in company_marks::latest_notes(conn, self.user, &keys).await? {
            noted.entry(number(orgnr)).or_default().latest_note = Some(excerpt(&body, MOST_CHARACTERS));
        }
        Ok(noted)
    }
}
