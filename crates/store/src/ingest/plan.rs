//! What a batch would change, worked out in memory from what is there.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use chrono::{DateTime, NaiveDate, Utc};
use domain::company::{CompanyRecord, CompanySource};
use sqlx::PgConnection;

use super::Incoming;
use crate::companies::{self, StoredCompany, key};
use crate::filings::{self, KnownFiling};

/// What an incoming thing did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Effect {
    /// A company or filing that was not there.
    New,
    /// A company that now says something else, or a filing for a year and kind of source that was there already.
    Changed,
    /// Everything was there.
    Unchanged,
}

/// What the database holds about the companies of a batch.
#[derive(Debug, Default)]
pub(super) struct State {
    pub companies: BTreeMap<i64, StoredCompany>,
    pub filings: BTreeMap<i64, Vec<KnownFiling>>,
}

/// What is to be written.
#[derive(Debug, Default)]
pub(super) struct Outcome {
    /// Every company of the batch as it is to be.
    pub companies: BTreeMap<i64, StoredCompany>,
    /// Companies of which anything changes.
    pub touched: BTreeSet<i64>,
    /// Indexes of incoming things whose filing is to be inserted.
    pub new_filings: Vec<usize>,
    /// Per index, where it is not `Unchanged`.
    pub effects: Vec<(usize, Effect)>,
}

pub(super) async fn read(conn: &mut PgConnection, orgnrs: &[i64]) -> sqlx::Result<State> {
    let mut state = State::default();
    for company in companies::read(conn, orgnrs).await? {
        state.companies.insert(key(company.record.orgnr), company);
    }
    if !state.companies.is_empty() {
        for filing in filings::known(conn, orgnrs).await? {
            state.filings.entry(filing.orgnr).or_default().push(filing);
        }
    }
    Ok(state)
}

/// Goes through the batch in order, as if each thing were written before the next is looked at. What is said of companies
/// that `is_wanted` leaves out is passed over: companies do not depend on each other.
pub(super) fn outcome(
    batch: &[Incoming],
    state: &State,
    is_wanted: impl Fn(i64) -> bool,
    now: DateTime<Utc>,
) -> Outcome {
    let mut outcome = Outcome::default();
    let mut seen: HashSet<(i64, &str)> =
        state.filings.values().flatten().map(|filing| (filing.orgnr, filing.sha256.as_str())).collect();
    let mut years: HashSet<(i64, &str, Option<NaiveDate>)> = state
        .filings
        .values()
        .flatten()
        .map(|filing| (filing.orgnr, filing.kind.as_str(), filing.report_end))
        .collect();
    let mut newest: BTreeMap<i64, NaiveDate> = state
        .filings
        .iter()
        .filter_map(|(orgnr, filings)| Some((*orgnr, filings.iter().map(|filing| filing.known_on).max()?)))
        .collect();
    for (index, incoming) in batch.iter().enumerate() {
        let Some(orgnr) = incoming.key().filter(|orgnr| is_wanted(*orgnr)) else { continue };
        let Some(about) = incoming
            .company
            .as_ref()
            .map(|company| company.orgnr)
            .or(incoming.filing.as_ref().map(|new| new.filing.orgnr))
        else {
            continue;
        };
        let was_there = state.companies.contains_key(&orgnr) || outcome.companies.contains_key(&orgnr);
        let company = outcome
            .companies
            .entry(orgnr)
            .or_insert_with(|| state.companies.get(&orgnr).cloned().unwrap_or_else(|| StoredCompany::unknown(about)));
        let mut records: Vec<&CompanyRecord> = incoming.company.iter().collect();
        let mut effect = Effect::Unchanged;
        let named;
        if let Some(new) = &incoming.filing {
            let filing = &new.filing;
            let report_end = filings::report_end(filing);
            let known_on = filings::known_on(filing, new.dated_on, now.date_naive());
            if seen.insert((orgnr, &filing.sha256)) {
                let is_first_of_year = years.insert((orgnr, filing.kind.as_str(), report_end));
                effect = if is_first_of_year { Effect::New } else { Effect::Changed };
                outcome.new_filings.push(index);
                // An older report may carry an older name, so only the newest one names the company.
                let is_newest = newest.get(&orgnr).is_none_or(|day| known_on >= *day);
                named = name_from(filing, is_newest);
                if records.is_empty() {
                    records.push(&named);
                }
                newest.entry(orgnr).and_modify(|day| *day = known_on.max(*day)).or_insert(known_on);
            } else if records.is_empty() {
                continue;
            }
        }
        let merged = super::merge_all(company, &records, now);
        if effect == Effect::Unchanged && merged {
            effect = if was_there { Effect::Changed } else { Effect::New };
        }
        if effect != Effect::Unchanged || merged {
            outcome.touched.insert(orgnr);
            outcome.effects.push((index, effect));
        }
    }
    outcome
}

/// What a filing says of its company: that it exists and, when it is the newest, its name.
fn name_from(filing: &domain::filing::Filing, is_newest: bool) -> CompanyRecord {
    let source = match filing.kind {
        domain::filing::FilingKind::Demo => CompanySource::Demo,
        domain::filing::FilingKind::Table => CompanySource::Table,
        _ => CompanySource::Filing,
    };
    let mut record = CompanyRecord::empty(filing.orgnr, source);
    if is_newest {
        record.name.clone_from(&filing.company_name);
    }
    record
}
