//! What a batch changes, worked out in memory, company by company, from what is there.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Utc};
use domain::filing_date::FilingDate;
use domain::orgnr::Orgnr;
use sqlx::PgConnection;
use uuid::Uuid;

use super::Incoming;
use super::company::Company;
use super::periods::Prepared;
use crate::companies::{self, StoredCompany, key};
use crate::current_periods::CurrentPeriod;
use crate::filings::{self, KnownFiling, NewFiling};
use crate::financial_periods::{self, StoredPeriod};

/// What an incoming thing did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Effect {
    /// A company or filing that was not there.
    New,
    /// A company that now says something else, a filing for a year and kind of source that was there already, or one that
    /// was there and whose figures are shown again.
    Changed,
    /// Everything was there.
    Unchanged,
}

/// What the database holds about the companies of a batch.
#[derive(Debug, Default)]
pub(super) struct State {
    pub companies: BTreeMap<i64, StoredCompany>,
    pub filings: BTreeMap<i64, Vec<KnownFiling>>,
    /// Every version of every year; read only under the locks.
    pub periods: BTreeMap<i64, Vec<StoredPeriod>>,
}

/// A filing that takes the next number of assertion.
pub(super) enum Asserted<'a> {
    New(&'a NewFiling),
    Again(Uuid),
}

/// What is to be written.
#[derive(Default)]
pub(super) struct Outcome<'a> {
    /// Every company that was looked at, as it is to be.
    pub companies: BTreeMap<i64, StoredCompany>,
    /// Filings to be inserted or asserted again, each with its place in the order.
    pub asserted: Vec<(i64, Asserted<'a>)>,
    /// Filings of whose day more is known now.
    pub redated: Vec<(Uuid, FilingDate)>,
    /// Statements of new filings.
    pub prepared: Vec<Prepared<'a>>,
    /// Per index, where it is not `Unchanged`.
    pub effects: Vec<(usize, Effect)>,
    /// What was noticed, with the index of the incoming thing.
    pub warnings: Vec<(usize, String)>,
    /// Each company's years as they will be shown.
    pub years: BTreeMap<i64, Vec<CurrentPeriod>>,
}

/// Reads companies and their filings.
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

/// Reads the versions of every year of the companies that have filings.
pub(super) async fn read_periods(conn: &mut PgConnection, state: &mut State) -> sqlx::Result<()> {
    let filers: Vec<i64> = state.filings.keys().copied().collect();
    if !filers.is_empty() {
        for period in financial_periods::versions(conn, &filers, None).await? {
            state.periods.entry(key(period.orgnr)).or_default().push(period);
        }
    }
    Ok(())
}

/// Which companies a batch may change, from what was read without locks, each as it would be. What is said of a company
/// that is left out changes nothing.
pub(super) fn outlook(batch: &[Incoming], state: &State, now: DateTime<Utc>) -> BTreeMap<i64, StoredCompany> {
    by_company(batch)
        .into_iter()
        .filter_map(|(orgnr, (about, items))| {
            let work = Company::of(about, &items, batch, state, now);
            work.is_changed().then(|| (orgnr, work.into_company()))
        })
        .collect()
}

/// What is to be written for the wanted companies, from what was read under their locks.
pub(super) fn settle<'a>(
    batch: &'a [Incoming],
    mut state: State,
    wanted: &BTreeSet<i64>,
    now: DateTime<Utc>,
) -> Outcome<'a> {
    let mut outcome = Outcome::default();
    for (orgnr, (about, items)) in by_company(batch) {
        if wanted.contains(&orgnr) {
            let versions = state.periods.remove(&orgnr).unwrap_or_default();
            Company::of(about, &items, batch, &state, now).finish(versions, batch, &mut outcome);
        }
    }
    outcome.asserted.sort_by_key(|(place, _)| *place);
    outcome
}

/// The companies of a batch in the order of their numbers, each with the indexes of what is said of it.
fn by_company(batch: &[Incoming]) -> BTreeMap<i64, (Orgnr, Vec<usize>)> {
    let mut companies = BTreeMap::new();
    for (index, incoming) in batch.iter().enumerate() {
        if let Some(about) = incoming.about() {
            companies.entry(key(about)).or_insert_with(|| (about, Vec::new())).1.push(index);
        }
    }
    companies
}
