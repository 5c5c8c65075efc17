//! Writing one batch of what a source said: companies merged, filings and their periods added, facts recomputed,
//! changes noted; all in the caller's transaction.
//!
//! Companies do not depend on each other, so a batch is decided company by company. Two writers never wait for each other
//! in a circle: missing companies are inserted in the order of their numbers, then the rows of the others are locked in
//! that order, and nothing is written to a company before that. What brings nothing new takes no lock and writes nothing.

mod company;
mod periods;
mod plan;
pub mod rules;

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Utc};
use domain::company::CompanyRecord;
use domain::orgnr::Orgnr;
use sqlx::PgConnection;
use uuid::Uuid;

use crate::companies::{self, StoredCompany, key};
use crate::current_periods::{self, CurrentPeriod};
use crate::filings::{self, NewFiling};
use crate::{company_facts, enrichments, financial_periods};

pub use plan::Effect;
use plan::{Asserted, Outcome, State};

/// One thing that a source said; at least one of the two parts, and both about the same company.
#[derive(Clone, Debug, Default)]
pub struct Incoming {
    /// What is said of the company.
    pub company: Option<CompanyRecord>,
    /// A filing with its statements.
    pub filing: Option<NewFiling>,
}

impl Incoming {
    /// The company that is spoken of.
    fn about(&self) -> Option<Orgnr> {
        let filer = self.filing.as_ref().map(|new| new.filing.orgnr);
        filer.or_else(|| self.company.as_ref().map(|company| company.orgnr))
    }
}

/// What a batch did.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Applied {
    /// For each incoming thing, in order.
    pub effects: Vec<Effect>,
    /// Fiscal periods that were added.
    pub periods: u64,
    /// Companies whose facts row changed.
    pub facts: u64,
    /// What was noticed, with the index of the incoming thing.
    pub warnings: Vec<(usize, String)>,
}

/// Writes a batch.
///
/// # Errors
/// When the database refuses something or does not answer; the caller's transaction must then be rolled back.
pub async fn apply(
    conn: &mut PgConnection,
    batch: &[Incoming],
    import: Option<Uuid>,
    now: DateTime<Utc>,
) -> sqlx::Result<Applied> {
    let mut applied = Applied { effects: vec![Effect::Unchanged; batch.len()], ..Applied::default() };
    let all: BTreeSet<i64> = batch.iter().filter_map(|incoming| incoming.about().map(key)).collect();
    let all: Vec<i64> = all.into_iter().collect();
    let before = plan::read(conn, &all).await?;
    let outlook = plan::outlook(batch, &before, now);
    if outlook.is_empty() {
        return Ok(applied);
    }
    let absent: Vec<&StoredCompany> =
        outlook.iter().filter(|(orgnr, _)| !before.companies.contains_key(orgnr)).map(|(_, company)| company).collect();
    let inserted: BTreeSet<i64> = companies::write::insert_missing(conn, &absent).await?.into_iter().collect();
    let present: Vec<i64> = outlook.keys().copied().filter(|orgnr| !inserted.contains(orgnr)).collect();

    // Under the locks the same is decided again from what is there now, which may be more than was read before. Companies
    // that nothing changes were not locked and are passed over: what was read of them stands.
    let mut settled = State::default();
    if !present.is_empty() {
        companies::lock(conn, &present).await?;
        settled = plan::read(conn, &present).await?;
        plan::read_periods(conn, &mut settled).await?;
    }
    let kept = settled.companies.clone();
    let outcome = plan::settle(batch, settled, &outlook.keys().copied().collect(), now);
    let changed: Vec<&StoredCompany> = outcome
        .companies
        .iter()
        .filter(|(orgnr, company)| kept.get(orgnr).is_some_and(|kept| kept != *company))
        .map(|(_, company)| company)
        .collect();
    companies::write::update(conn, &changed).await?;
    assert_filings(conn, &outcome, import, now).await?;
    let rows: Vec<_> = outcome.prepared.iter().map(periods::Prepared::row).collect();
    applied.periods = financial_periods::insert(conn, &rows).await?;
    let facts = facts_of(conn, &outcome, !kept.is_empty(), now).await?;
    applied.facts = company_facts::upsert(conn, &facts).await?;
    for (index, effect) in outcome.effects {
        if let Some(slot) = applied.effects.get_mut(index) {
            *slot = effect;
        }
    }
    applied.warnings = outcome.warnings;
    Ok(applied)
}

/// Writes filings that are new, and the places and days of those that were there.
async fn assert_filings(
    conn: &mut PgConnection,
    outcome: &Outcome<'_>,
    import: Option<Uuid>,
    now: DateTime<Utc>,
) -> sqlx::Result<()> {
    let numbers = filings::next_assertions(conn, outcome.asserted.len()).await?;
    let (mut new, mut again) = (Vec::new(), Vec::new());
    for ((_, asserted), number) in outcome.asserted.iter().zip(numbers) {
        match asserted {
            Asserted::New(filing) => new.push((*filing, number)),
            Asserted::Again(id) => again.push((*id, number)),
        }
    }
    filings::insert(conn, &new, import, now).await?;
    filings::assert_again(conn, &again).await?;
    filings::redate(conn, &outcome.redated).await
}

/// A company that is new has no website that was read.
async fn facts_of(
    conn: &mut PgConnection,
    outcome: &Outcome<'_>,
    has_kept: bool,
    now: DateTime<Utc>,
) -> sqlx::Result<Vec<domain::facts::CompanyFacts>> {
    let orgnrs: Vec<i64> = outcome.companies.keys().copied().collect();
    let known = if has_kept { enrichments::known(conn, &orgnrs).await? } else { BTreeMap::new() };
    Ok(outcome
        .companies
        .iter()
        .map(|(orgnr, company)| {
            let years = outcome.years.get(orgnr).map_or(&[][..], Vec::as_slice);
            let known = known.get(orgnr).cloned().unwrap_or_default();
            rules::facts(&company.record, years, known, now.date_naive())
        })
        .collect())
}

/// Recomputes the facts rows of companies from what is in the database, e.g. after a rule or the date has changed;
/// returns how many rows changed. Unknown numbers are ignored.
///
/// # Errors
/// When the database does not answer.
pub async fn recompute(conn: &mut PgConnection, orgnrs: &[i64], now: DateTime<Utc>) -> sqlx::Result<u64> {
    companies::lock(conn, orgnrs).await?;
    let mut by_company: BTreeMap<i64, Vec<CurrentPeriod>> = BTreeMap::new();
    for period in current_periods::current(conn, orgnrs, None).await? {
        by_company.entry(key(period.orgnr)).or_default().push(period);
    }
    let known = enrichments::known(conn, orgnrs).await?;
    let facts: Vec<_> = companies::read(conn, orgnrs)
        .await?
        .iter()
        .map(|company| {
            let orgnr = key(company.record.orgnr);
            let found = by_company.remove(&orgnr).unwrap_or_default();
            rules::facts(&company.record, &found, known.get(&orgnr).cloned().unwrap_or_default(), now.date_naive())
        })
        .collect();
    company_facts::upsert(conn, &facts).await
}
