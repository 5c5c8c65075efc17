//! Which of some companies Lode knows, and whose websites were read lately: out of the index, so that a list of fifty thousand costs no row.

use chrono::NaiveDate;
use domain::filter::{Condition, FieldId, Filter};
use domain::orgnr::Orgnr;
use screen::NoSets;
use tokio::task::JoinError;

use crate::blocking;
use crate::index::ScreenIndex;

/// What the index knows of some companies.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct KnownCompanies {
    /// How many of them it knows, each counted once.
    pub count: u64,
    /// Those that it does not know, ascending: they came a moment ago, or nobody knows them.
    pub unknown: Vec<Orgnr>,
    /// Those whose website was read on the asked day or later, ascending; none where no day was asked for.
    pub read_since: Vec<Orgnr>,
}

/// The companies among these; `None` while the index cannot answer.
///
/// # Errors
/// When the work is cut off.
pub async fn known_companies(
    index: &ScreenIndex,
    orgnrs: &[Orgnr],
    read_since: Option<NaiveDate>,
) -> Result<Option<KnownCompanies>, JoinError> {
    let Some(state) = index.read() else { return Ok(None) };
    let mut numbers: Vec<u64> = orgnrs.iter().map(|orgnr| orgnr.number()).collect();
    let known = blocking::run(move |_| {
        numbers.sort_unstable();
        numbers.dedup();
        let mut selection = state.companies(&numbers);
        let count = selection.count();
        if count < numbers.len() as u64 {
            let found = state.orgnrs(&selection);
            numbers.retain(|number| found.binary_search(number).is_err());
        } else {
            numbers.clear();
        }
        let mut read = Vec::new();
        if let (Some(min), Some(field)) = (read_since, FieldId::find("enriched_on")) {
            let lately = Condition::DateRange { field, min: Some(min), max: None };
            selection.and(&state.select(&Filter::Condition(lately), &NoSets));
            read = state.orgnrs(&selection);
        }
        let valid =
            |numbers: Vec<u64>| numbers.into_iter().filter_map(|number| Orgnr::from_number(number).ok()).collect();
        KnownCompanies { count, unknown: valid(numbers), read_since: valid(read) }
    });
    known.await.map(Some)
}
