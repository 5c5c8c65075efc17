//! Writing one batch of what a source said: companies merged, filings and their periods added, facts recomputed,
//! changes noted; all in the caller's transaction.
//!
//! Two writers never wait for each other in a circle: missing companies are inserted in the order of their numbers,
//! then the rows of the others are locked in that order, and nothing is written to a company before that. What brings
//! nothing new takes no lock and writes nothing.

mod periods;
mod plan;
pub mod rules;

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Utc};
use domain::company::CompanyRecord;
use sqlx::PgConnection;
use uuid::Uuid;

use crate::companies::{self, StoredCompany, key, merge};
use crate::filings::{self, NewFiling};
use crate::{company_facts, enrichments, financial_periods};

pub use plan::Effect;

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
    fn key(&self) -> Option<i64> {
        self.filing
            .as_ref()
            .map(|new| key(new.filing.orgnr))
            .or_else(|| self.company.as_ref().map(|company| key(company.orgnr)))
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
    let all: Vec<i64> = batch.iter().filter_map(Incoming::key).collect::<BTreeSet<_>>().into_iter().collect();
    let before = plan::read(conn, &all).await?;
    let outlook = plan::outcome(batch, &before, |_| true, now);
    if outlook.touched.is_empty() {
        return Ok(applied);
    }

    let absent: Vec<&StoredCompany> = outlook
        .companies
        .iter()
        .filter(|(orgnr, _)| outlook.touched.contains(orgnr) && !before.companies.contains_key(orgnr))
        .map(|(_, company)| company)
        .collect();
    let inserted: BTreeSet<i64> = companies::write::insert_missing(conn, &absent).await?.into_iter().collect();
    let present: Vec<i64> = outlook.touched.iter().copied().filter(|orgnr| !inserted.contains(orgnr)).collect();

    // Under the locks the same is worked out again from what is there now; usually that is what was read before. Companies
    // that nothing changes were not locked and are passed over: what was read of them stands.
    let mut settled = plan::State::default();
    if !present.is_empty() {
        companies::lock(conn, &present).await?;
        settled = plan::read(conn, &present).await?;
    }
    let outcome = plan::outcome(batch, &settled, |orgnr| outlook.touched.contains(&orgnr), now);
    let changed: Vec<&StoredCompany> = outcome
        .companies
        .iter()
        .filter(|(orgnr, company)| settled.companies.get(orgnr).is_some_and(|kept| kept != *company))
        .map(|(_, company)| company)
        .collect();
    companies::write::update(conn, &changed).await?;

    let new_filings: Vec<&NewFiling> =
        outcome.new_filings.iter().filter_map(|index| batch.get(*index)?.filing.as_ref()).collect();
    filings::insert(conn, &new_filings, import, now).await?;
    let mut prepared = Vec::new();
    for index in &outcome.new_filings {
        if let Some(new) = batch.get(*index).and_then(|incoming| incoming.filing.as_ref()) {
            let (statements, warnings) = periods::prepare(new);
            prepared.extend(statements);
            applied.warnings.extend(warnings.into_iter().map(|warning| (*index, warning)));
        }
    }
    let rows: Vec<_> = prepared.iter().map(periods::Prepared::row).collect();
    applied.periods = financial_periods::insert(conn, &rows).await?;

    let touched: BTreeMap<i64, &StoredCompany> =
        outcome.companies.iter().map(|(orgnr, company)| (*orgnr, company)).collect();
    let facts = facts_of(conn, &touched, &settled, &prepared, now).await?;
    applied.facts = company_facts::upsert(conn, &facts).await?;
    for (index, effect) in outcome.effects {
        // What looked new before the locks and is there now was brought by somebody else meanwhile: unchanged.
        if let Some(slot) = applied.effects.get_mut(index) {
            *slot = effect;
        }
    }
    Ok(applied)
}

/// Facts of companies without earlier filings come from memory, those of the others from what is now in the database.
async fn facts_of(
    conn: &mut PgConnection,
    touched: &BTreeMap<i64, &StoredCompany>,
    settled: &plan::State,
    prepared: &[periods::Prepared<'_>],
    now: DateTime<Utc>,
) -> sqlx::Result<Vec<domain::facts::CompanyFacts>> {
    let stored: Vec<i64> = touched.keys().copied().filter(|orgnr| settled.filings.contains_key(orgnr)).collect();
    let mut by_company: BTreeMap<i64, Vec<financial_periods::StoredPeriod>> = BTreeMap::new();
    if !stored.is_empty() {
        for period in financial_periods::current(conn, &stored, None).await? {
            by_company.entry(key(period.orgnr)).or_default().push(period);
        }
    }
    for new in prepared.iter().filter(|new| !settled.filings.contains_key(&key(new.orgnr()))) {
        by_company.entry(key(new.orgnr())).or_default().push(new.stored(now));
    }
    // A company that is new has no website that was read.
    let known = if settled.companies.is_empty() {
        BTreeMap::new()
    } else {
        enrichments::known(conn, &touched.keys().copied().collect::<Vec<_>>()).await?
    };
    Ok(touched
        .iter()
        .map(|(orgnr, company)| {
            let mut found = by_company.remove(orgnr).unwrap_or_default();
            periods::keep_current(&mut found);
            let known = known.get(orgnr).copied().unwrap_or_default();
            rules::facts(&company.record, &found, known, now.date_naive())
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
    let mut by_company: BTreeMap<i64, Vec<financial_periods::StoredPeriod>> = BTreeMap::new();
    for period in financial_periods::current(conn, orgnrs, None).await? {
        by_company.entry(key(period.orgnr)).or_default().push(period);
    }
    let known = enrichments::known(conn, orgnrs).await?;
    let facts: Vec<_> = companies::read(conn, orgnrs)
        .await?
        .iter()
        .map(|company| {
            let orgnr = key(company.record.orgnr);
            let found = by_company.remove(&orgnr).unwrap_or_default();
            rules::facts(&company.record, &found, known.get(&orgnr).copied().unwrap_or_default(), now.date_naive())
        })
        .collect();
    company_facts::upsert(conn, &facts).await
}

/// Merges every record that the batch has about a company into what is kept of it; see [`plan`].
pub(crate) fn merge_all(kept: &mut StoredCompany, records: &[&CompanyRecord], now: DateTime<Utc>) -> bool {
    records.iter().fold(false, |changed, record| merge::merge(kept, record, now) | changed)
}
