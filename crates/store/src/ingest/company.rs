//! One company's part of a batch: what each thing in it does, decided in order, as if each were written before the next
//! is looked at. What a batch asserts again counts by its net effect: an order that the batch itself restores is none.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, NaiveDate, Utc};
use domain::company::{CompanyRecord, CompanySource};
use domain::filing::FilingKind;
use domain::filing_date::{DateBasis, FilingDate};
use domain::orgnr::Orgnr;
use domain::scope::Scope;
use domain::versions::{Assertion, Rank};
use uuid::Uuid;

use super::Incoming;
use super::periods;
use super::plan::{Asserted, Effect, Outcome, State};
use crate::companies::merge::merge;
use crate::companies::{StoredCompany, key};
use crate::current_periods::{self, CurrentPeriod};
use crate::filings::{self, KnownFiling, NewFiling, Scopes};
use crate::financial_periods::StoredPeriod;

/// Last days of two years lie further apart, unless a short year comes between.
const SHORTEST_DISTANCE_DAYS: i64 = 330;

/// Numbers of assertion that a batch will be given lie above every number that was given before.
const PENDING: i64 = 1 << 62;

/// A company while its part of the batch is gone through.
pub(super) struct Company<'s> {
    company: StoredCompany,
    filings: Vec<Candidate<'s>>,
    effects: BTreeMap<usize, Effect>,
    is_merged: bool,
}

/// A filing of the company: there before, or brought by the batch.
struct Candidate<'s> {
    id: Uuid,
    sha256: &'s str,
    kind: FilingKind,
    report_end: Option<NaiveDate>,
    scopes: Option<Scopes>,
    company_name: Option<&'s str>,
    /// The index that brings it, where it is new.
    brought_by: Option<usize>,
    /// The last index that asserts it.
    asserted_by: Option<usize>,
    day: NaiveDate,
    basis: Option<DateBasis>,
    is_redated: bool,
    /// The order before the batch asserted anything twice.
    first: Assertion,
    /// The order after it.
    last: Assertion,
}

impl<'s> Company<'s> {
    pub(super) fn of(
        about: Orgnr,
        items: &[usize],
        batch: &'s [Incoming],
        state: &'s State,
        now: DateTime<Utc>,
    ) -> Self {
        let orgnr = key(about);
        let kept = state.companies.get(&orgnr);
        let known = state.filings.get(&orgnr).map_or(&[][..], Vec::as_slice);
        let mut work = Self {
            company: kept.cloned().unwrap_or_else(|| StoredCompany::unknown(about)),
            filings: known.iter().map(Candidate::known).collect(),
            effects: BTreeMap::new(),
            is_merged: false,
        };
        let mut is_there = kept.is_some();
        for index in items {
            let Some(incoming) = batch.get(*index) else { continue };
            let mut effect = incoming.filing.as_ref().map_or(Effect::Unchanged, |new| work.receive(*index, new, now));
            if let Some(record) = &incoming.company {
                let is_older_row =
                    incoming.filing.as_ref().is_some_and(|new| work.is_outdated_row(new) && work.is_named_by(record));
                let is_merged = if is_older_row {
                    merge(&mut work.company, &CompanyRecord { name: None, ..record.clone() }, now)
                } else {
                    merge(&mut work.company, record, now)
                };
                work.is_merged |= is_merged;
                if effect == Effect::Unchanged && is_merged {
                    effect = if is_there { Effect::Changed } else { Effect::New };
                }
            }
            if effect != Effect::Unchanged {
                is_there = true;
                work.effects.insert(*index, effect);
            }
        }
        work.drop_restored_order();
        work.take_names(batch, now);
        work
    }

    /// Whether anything is to be written.
    pub(super) fn is_changed(&self) -> bool {
        self.is_merged || self.filings.iter().any(|filing| filing.brought_by.is_some() || filing.is_moved())
    }

    /// The company as it is to be.
    pub(super) fn into_company(self) -> StoredCompany {
        self.company
    }

    /// Takes note of a filing.
    fn receive(&mut self, index: usize, new: &'s NewFiling, now: DateTime<Utc>) -> Effect {
        let date = new.date(now.date_naive());
        let number = PENDING.saturating_add(i64::try_from(index).unwrap_or(i64::MAX));
        let Some(at) = self.filings.iter().position(|known| known.sha256 == new.filing.sha256) else {
            let candidate = Candidate::new(new, index, number, date, now);
            let is_first_of_year = !self.filings.iter().any(|known| known.is_of_year_of(&candidate));
            self.filings.push(candidate);
            return if is_first_of_year { Effect::New } else { Effect::Changed };
        };
        let known = &mut self.filings[at];
        known.asserted_by = Some(index);
        if date.improves(known.day, known.basis) {
            (known.day, known.basis, known.is_redated) = (date.day, Some(date.basis), true);
        }
        // Whom it competes with depends on its day.
        let known = &self.filings[at];
        if self.filings.iter().any(|other| other.competes_with(known) && other.last > known.last) {
            self.filings[at].last.number = Some(number);
        }
        Effect::Unchanged
    }

    /// Whether a later year's row of a table was applied already: an older row may carry an older name.
    fn is_outdated_row(&self, new: &NewFiling) -> bool {
        let end = filings::report_end(&new.filing);
        new.filing.kind == FilingKind::Table
            && self.filings.iter().any(|known| known.kind == FilingKind::Table && known.report_end > end)
    }

    /// Whether the company's name comes from the source that speaks.
    fn is_named_by(&self, record: &CompanyRecord) -> bool {
        self.company.field_sources.get("name") == Some(&record.source)
    }

    /// What was asserted again and stands, relative to the others, where it stood is left as it is.
    fn drop_restored_order(&mut self) {
        let is_reordered = self.filings.iter().enumerate().any(|(at, one)| {
            self.filings[at + 1..]
                .iter()
                .any(|other| one.competes_with(other) && (one.first > other.first) != (one.last > other.last))
        });
        if !is_reordered {
            for filing in &mut self.filings {
                filing.last = filing.first;
            }
        }
    }

    /// Whether a filing that was there is dated better, or lifted over one that was there and was applied before it.
    fn is_received_again(&self, filing: &Candidate<'_>) -> bool {
        filing.is_redated
            || self.filings.iter().any(|other| {
                other.brought_by.is_none()
                    && other.competes_with(filing)
                    && other.first > filing.first
                    && other.last < filing.last
            })
    }

    /// Of the filings of one source, the newest that has a name names the company.
    fn take_names(&mut self, batch: &[Incoming], now: DateTime<Utc>) {
        let says_itself = |index: usize| batch.get(index).is_some_and(|incoming| incoming.company.is_some());
        let news: Vec<(usize, CompanySource)> = self
            .filings
            .iter()
            .filter(|filing| filing.brought_by.is_some() || self.is_received_again(filing))
            .filter_map(|filing| Some((filing.brought_by.or(filing.asserted_by)?, source_of(filing.kind))))
            .filter(|(index, _)| !says_itself(*index))
            .collect();
        for source in news.iter().map(|(_, source)| *source).collect::<BTreeSet<_>>() {
            let mut record = CompanyRecord::empty(self.company.record.orgnr, source);
            record.name = self
                .filings
                .iter()
                .filter(|filing| source_of(filing.kind) == source && filing.company_name.is_some())
                .max_by_key(|filing| (filing.day, filing.report_end, filing.kind.class(), filing.last))
                .and_then(|filing| filing.company_name)
                .map(str::to_owned);
            if merge(&mut self.company, &record, now) {
                self.is_merged = true;
                let last = news.iter().filter(|(_, of)| *of == source).map(|(index, _)| *index).max();
                if let Some(index) = last {
                    self.effects.entry(index).or_insert(Effect::Changed);
                }
            }
        }
    }

    /// Adds what is to be written; `versions` are those of every year that is kept.
    pub(super) fn finish<'a>(
        mut self,
        mut versions: Vec<StoredPeriod>,
        batch: &'a [Incoming],
        outcome: &mut Outcome<'a>,
    ) {
        let orgnr = key(self.company.record.orgnr);
        let moved: Vec<&Candidate<'_>> =
            self.filings.iter().filter(|filing| filing.brought_by.is_none() && filing.is_moved()).collect();
        let before = if moved.is_empty() { Vec::new() } else { current_periods::of(&versions) };
        for version in &mut versions {
            if let Some(filing) = moved.iter().find(|filing| filing.id == version.filing_id) {
                version.assertion = filing.last;
                (version.known_on, version.known_by) = (filing.day, filing.basis);
            }
        }
        for filing in &moved {
            if filing.last != filing.first {
                outcome.asserted.push((filing.last.number.unwrap_or(PENDING), Asserted::Again(filing.id)));
            }
            if let (true, Some(basis)) = (filing.is_redated, filing.basis) {
                outcome.redated.push((filing.id, FilingDate { day: filing.day, basis }));
            }
        }
        for filing in &self.filings {
            let Some((index, new)) = filing.brought_by.and_then(|at| Some((at, batch.get(at)?.filing.as_ref()?)))
            else {
                continue;
            };
            let (prepared, warnings) = periods::prepare(new);
            if let Some(effect) = self.effects.get_mut(&index)
                && *effect == Effect::New
                && prepared.iter().any(|one| versions.iter().any(|kept| one.corrects(kept)))
            {
                *effect = Effect::Changed;
            }
            versions.extend(prepared.iter().map(|one| one.stored(filing.last, filing.day, filing.basis)));
            outcome.prepared.extend(prepared);
            if let (true, Some(basis)) = (filing.is_redated, filing.basis) {
                outcome.redated.push((filing.id, FilingDate { day: filing.day, basis }));
            }
            outcome.warnings.extend(warnings.into_iter().map(|warning| (index, warning)));
            outcome.asserted.push((filing.last.number.unwrap_or(PENDING), Asserted::New(new)));
        }
        for version in &mut versions {
            let of_filing = |filing: &&Candidate<'_>| filing.id == version.filing_id && filing.is_redated;
            if let Some(filing) = self.filings.iter().find(of_filing)
                && filing.basis == Some(DateBasis::Registered)
            {
                version.filed_at = Some(filing.day);
            }
        }
        let years = current_periods::of(&versions);
        let mut effects = std::mem::take(&mut self.effects);
        for filing in &moved {
            let of_filing: BTreeSet<(NaiveDate, Scope)> = versions
                .iter()
                .filter(|version| version.filing_id == filing.id)
                .map(|version| (version.statement.period.end(), version.statement.scope))
                .collect();
            if let Some(index) = filing.asserted_by
                && self.is_received_again(filing)
                && shown(&before, &of_filing).ne(shown(&years, &of_filing))
            {
                effects.entry(index).or_insert(Effect::Changed);
            }
        }
        outcome.effects.extend(effects);
        outcome.years.insert(orgnr, years);
        outcome.companies.insert(orgnr, self.company);
    }
}

/// What people see of some years.
fn shown<'y>(
    years: &'y [CurrentPeriod],
    of: &'y BTreeSet<(NaiveDate, Scope)>,
) -> impl Iterator<Item = impl PartialEq + 'y> + 'y {
    years
        .iter()
        .map(|year| &year.statement)
        .filter(|one| of.contains(&(one.period.end(), one.scope)))
        .map(|one| (one.period, one.scope, one.currency, &one.figures, one.employees))
}

/// What speaks in a filing of this kind.
fn source_of(kind: FilingKind) -> CompanySource {
    match kind {
        FilingKind::Demo => CompanySource::Demo,
        FilingKind::Table => CompanySource::Table,
        FilingKind::AnnualReport | FilingKind::EsefReport | FilingKind::RegisterAccounts => CompanySource::Filing,
    }
}

impl<'s> Candidate<'s> {
    fn known(filing: &'s KnownFiling) -> Self {
        Self {
            id: filing.id,
            sha256: &filing.sha256,
            kind: filing.kind,
            report_end: filing.report_end,
            scopes: filing.scopes,
            company_name: filing.company_name.as_deref(),
            brought_by: None,
            asserted_by: None,
            day: filing.known_on,
            basis: filing.known_by,
            is_redated: false,
            first: filing.assertion,
            last: filing.assertion,
        }
    }

    fn new(new: &'s NewFiling, index: usize, number: i64, date: FilingDate, now: DateTime<Utc>) -> Self {
        let assertion = Assertion { number: Some(number), imported_at: now, identity: new.id.as_u128() };
        Self {
            id: new.id,
            sha256: &new.filing.sha256,
            kind: new.filing.kind,
            report_end: filings::report_end(&new.filing),
            scopes: Scopes::of(&new.filing),
            company_name: new.filing.company_name.as_deref(),
            brought_by: Some(index),
            asserted_by: Some(index),
            day: date.day,
            basis: Some(date.basis),
            is_redated: false,
            first: assertion,
            last: assertion,
        }
    }

    /// Whether what is kept of the filing, or its place, changes.
    fn is_moved(&self) -> bool {
        self.is_redated || self.last != self.first
    }

    fn rank(&self) -> Rank {
        Rank::new(self.kind, self.day, self.report_end, self.last)
    }

    fn shares_a_scope_with(&self, other: &Self) -> bool {
        match (self.scopes, other.scopes) {
            (Some(one), Some(other)) => one == other || one == Scopes::Both || other == Scopes::Both,
            _ => true,
        }
    }

    /// Whether only the order of import decides which of the two takes precedence.
    fn competes_with(&self, other: &Self) -> bool {
        self.id != other.id
            && self.rank().ties_with(other.rank())
            && self.shares_a_scope_with(other)
            && self.may_be_of_year_of(other)
    }

    /// Whether the two can be words on one year, as far as their last days tell.
    fn may_be_of_year_of(&self, other: &Self) -> bool {
        match (self.report_end, other.report_end) {
            (Some(one), Some(other)) => (one - other).num_days().abs() < SHORTEST_DISTANCE_DAYS,
            _ => true,
        }
    }

    /// Whether both are one kind of source's word on one year.
    fn is_of_year_of(&self, other: &Self) -> bool {
        self.kind == other.kind && self.report_end == other.report_end && self.shares_a_scope_with(other)
    }
}
