//! `POST /dokumentlista`: the annual reports that can be fetched.

use chrono::NaiveDate;
use serde::Deserialize;

use super::unreadable;
use crate::error::SourceError;
use crate::register_values;

/// One filed report that can be fetched.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Document {
    /// Id to fetch it by, e.g. `<uuid>_paket`.
    pub id: String,
    /// Media type.
    pub format: Option<String>,
    /// Last day of the fiscal year.
    pub period_end: NaiveDate,
    /// When it was registered; decides between an amended report and the one before it.
    pub registered_on: Option<NaiveDate>,
}

#[derive(Deserialize)]
struct Answer {
    // A missing list is as lawful as an empty one.
    dokument: Option<Vec<Entry>>,
    status: Option<serde_json::Value>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Entry {
    dokument_id: Option<String>,
    filformat: Option<String>,
    rapporteringsperiod_tom: Option<String>,
    registreringstidpunkt: Option<String>,
}

/// Reads a list, newest period first and of one period the latest registration first: the API fixes no order.
///
/// # Errors
/// When the bytes are not such a list, or an entry has no id or no period.
pub fn parse(bytes: &[u8]) -> Result<Vec<Document>, SourceError> {
    let answer: Answer = serde_json::from_slice(bytes).map_err(|error| unreadable(&error, bytes))?;
    if answer.dokument.is_none() && answer.status.is_some() {
        let problem = super::problem::parse(bytes)?;
        return Err(SourceError::input(format!("the API answered with error {}: {}", problem.status, problem.detail)));
    }
    let mut documents = Vec::new();
    for (index, entry) in answer.dokument.unwrap_or_default().into_iter().enumerate() {
        let missing =
            |field: &str| SourceError::input("a document is without it").at_row(index as u64 + 1).in_field(field);
        documents.push(Document {
            id: entry.dokument_id.as_deref().and_then(register_values::filled).ok_or_else(|| missing("dokumentId"))?,
            format: entry.filformat,
            period_end: entry
                .rapporteringsperiod_tom
                .as_deref()
                .and_then(register_values::date)
                .ok_or_else(|| missing("rapporteringsperiodTom"))?,
            registered_on: entry.registreringstidpunkt.as_deref().and_then(register_values::date),
        });
    }
    documents.sort_by(|a, b| (b.period_end, b.registered_on, &b.id).cmp(&(a.period_end, a.registered_on, &a.id)));
    Ok(documents)
}
