//! The naive model: what the tables must hold after any sequence of imports, in memory, one company at a time.
//!
//! The rules, which the store must follow however it does so:
//!
//! - **A year** is the periods of one scope that begin or end on the same day or end within a week of each other, unless one
//!   document tells them apart; of several years that a last day could join, the newest.
//! - **Documents.** A filing is a document of its company, told by its hash; documents are never lost. Every import asserts
//!   the documents that it holds, in their order; a clock ticks at each.
//! - **Which source wins.** Of a year: filed reports, then answers of a register, then rows of tables,
//!   then bundled copies. Among filed reports and bundled copies the later day, then the later report, then the later
//!   assertion; among the others the later assertion. Overviews of older years come last in their class.
//! - **The day** of a filing is the best that was ever reported of it: the register's, its archive's week (the earliest), its own
//!   date, the last lawful day.
//! - **Line by line.** Each line comes from the first version that has it. Of versions of that class that agree with it within
//!   the coarser rounding, the most precise gives it. What a weaker source fills, or an older filing under a complete
//!   itemised report, must not break an identity that held.
//! - **What a restatement is.** The first older version of the same class, overviews left out, that has the line otherwise
//!   beyond the rounding of both.
//! - **What taken back means.** A document that is asserted again counts as changed when the batch lifts it over a document
//!   that was applied before it, and what is shown of its years is different after the batch. Otherwise it is unchanged.
//! - **New** is a document of a kind of source that said nothing of the year (its newest, and scope) before; a further one is a
//!   change. A company's own record is new or changed when it is not there or says something else.
//! - **The name** is the strongest source's last word; of filings, the newest one's.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use domain::company::{CompanySource, CompanyStatus};
use domain::facts::{CompanyFacts, CompanyProfile, Coverage, StatementVersion};
use domain::filing::{Filing, FilingKind};
use domain::filing_date::DateBasis;
use domain::identity::{self, Identity};
use domain::line::Line;
use domain::orgnr::Orgnr;
use domain::scope::Scope;
use domain::statement::{Quality, Statement};
use domain::suspicion;
use store::ingest::{Effect, Incoming};

#[derive(Clone, Debug, PartialEq)]
struct Document {
    filing: Filing,
    report_end: NaiveDate,
    /// Everything that was reported of its day.
    days: Vec<(DateBasis, NaiveDate)>,
    asserted: u64,
}

/// A company with everything that was ever said of it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Company {
    documents: Vec<Document>,
    names: BTreeMap<CompanySource, String>,
    sources: Vec<CompanySource>,
    clock: u64,
}

/// A year as it must be shown; filings are told by their hashes.
#[derive(Clone, Debug, PartialEq)]
pub struct Year {
    pub statement: Statement,
    pub quality: Quality,
    pub leader: String,
    pub sources: BTreeMap<Line, String>,
    pub employees_source: Option<String>,
    pub restatements: Vec<(Line, i64, String, i64, String)>,
    pub versions: usize,
}

fn strength(kind: FilingKind) -> u8 {
    match kind {
        FilingKind::Demo => 0,
        FilingKind::Table => 1,
        FilingKind::RegisterAccounts => 2,
        FilingKind::AnnualReport | FilingKind::EsefReport => 3,
    }
}

fn is_ordered_by_day(kind: FilingKind) -> bool {
    matches!(strength(kind), 0 | 3)
}

fn source_of(kind: FilingKind) -> CompanySource {
    match strength(kind) {
        0 => CompanySource::Demo,
        1 => CompanySource::Table,
        _ => CompanySource::Filing,
    }
}

fn is_one_year(one: &Statement, other: &Statement) -> bool {
    one.period.start() == other.period.start() || (one.period.end() - other.period.end()).num_days().abs() <= 7
}

impl Document {
    fn day(&self) -> (DateBasis, NaiveDate) {
        let best = self.days.iter().map(|(basis, _)| *basis).max().unwrap();
        let mut of_best = self.days.iter().filter(|(basis, _)| *basis == best).map(|(_, day)| *day);
        let day = if best >= DateBasis::Archive { of_best.min() } else { of_best.next() };
        (best, day.unwrap())
    }

    /// The greater takes precedence.
    fn place(&self) -> (u8, Option<NaiveDate>, NaiveDate, u64) {
        let is_ordered = is_ordered_by_day(self.filing.kind);
        let end = if is_ordered { self.report_end } else { NaiveDate::MIN };
        (strength(self.filing.kind), is_ordered.then(|| self.day().1), end, self.asserted)
    }

    /// The statements of the year that the document is about.
    fn newest(&self) -> impl Iterator<Item = &Statement> {
        self.filing.statements.iter().filter(|one| one.period.end() == self.report_end)
    }

    /// Whether both are about one year of one scope.
    fn is_of_year_of(&self, other: &Self) -> bool {
        self.newest().any(|one| other.newest().any(|two| one.scope == two.scope && is_one_year(one, two)))
    }

    fn has(&self, scope: Scope) -> bool {
        self.filing.statements.iter().any(|statement| statement.scope == scope)
    }

    fn shares_a_scope_with(&self, other: &Self) -> bool {
        [Scope::Company, Scope::Group].into_iter().any(|scope| self.has(scope) && other.has(scope))
    }

    /// Whether only assertion decides between the two.
    fn ties_with(&self, other: &Self) -> bool {
        let (one, other_place) = (self.place(), other.place());
        // Years that lie further apart have nothing to decide.
        (one.0, one.1, one.2) == (other_place.0, other_place.1, other_place.2)
            && self.shares_a_scope_with(other)
            && (self.report_end - other.report_end).num_days().abs() < 330
    }
}

impl Company {
    /// What one batch says of this company; returns the effect of each item.
    pub fn receive(&mut self, items: &[Incoming], today: NaiveDate) -> Vec<Effect> {
        let before = self.clone();
        let mut effects = vec![Effect::Unchanged; items.len()];
        // Documents that were there, with the last item that asserted each.
        let mut again: BTreeMap<String, usize> = BTreeMap::new();
        for (index, item) in items.iter().enumerate() {
            let was_there = !self.sources.is_empty() || !self.documents.is_empty();
            if let Some(new) = &item.filing {
                self.clock += 1;
                let date = new.date(today);
                let known = self.documents.iter_mut().find(|document| document.filing.sha256 == new.filing.sha256);
                if let Some(document) = known {
                    document.days.push((date.basis, date.day));
                    document.asserted = self.clock;
                    if before.documents.iter().any(|old| old.filing.sha256 == new.filing.sha256) {
                        again.insert(new.filing.sha256.clone(), index);
                    }
                } else {
                    let document = Document {
                        filing: new.filing.clone(),
                        report_end: new.filing.statements.iter().map(|one| one.period.end()).max().unwrap(),
                        days: vec![(date.basis, date.day)],
                        asserted: self.clock,
                    };
                    let is_first = !self.documents.iter().any(|other| {
                        other.filing.kind == document.filing.kind
                            && (other.is_of_year_of(&document)
                                || other.report_end == document.report_end && other.shares_a_scope_with(&document))
                    });
                    effects[index] = if is_first { Effect::New } else { Effect::Changed };
                    self.documents.push(document);
                }
            }
            if let Some(record) = &item.company {
                let is_older_row = item.filing.as_ref().is_some_and(|new| {
                    let end = new.filing.statements[0].period.end();
                    self.documents.iter().any(|other| other.filing.kind == FilingKind::Table && other.report_end > end)
                });
                let is_named_by_it = self.names.contains_key(&record.source) && self.strongest() == Some(record.source);
                let mut is_other = !self.sources.contains(&record.source);
                if let Some(name) = &record.name
                    && !(is_older_row && is_named_by_it)
                    && self.strongest().is_none_or(|strongest| record.source >= strongest)
                    && self.names.get(&record.source) != Some(name)
                {
                    self.names.insert(record.source, name.clone());
                    is_other = true;
                }
                if is_other {
                    self.sources.push(record.source);
                    self.sources.sort();
                    self.sources.dedup();
                    if effects[index] == Effect::Unchanged {
                        effects[index] = if was_there { Effect::Changed } else { Effect::New };
                    }
                }
            }
        }
        self.judge_assertions(&before, &again, &mut effects);
        self.name_by_filings(&before, items, &mut effects);
        effects
    }

    fn judge_assertions(&self, before: &Self, again: &BTreeMap<String, usize>, effects: &mut [Effect]) {
        let (was, is) = (before.years(), self.years());
        for (sha256, index) in again {
            let find = |company: &Self| company.documents.iter().find(|one| one.filing.sha256 == *sha256).cloned();
            let (Some(old), Some(new)) = (find(before), find(self)) else { continue };
            let is_lifted = before.documents.iter().any(|other| {
                let Some(after) = self.documents.iter().find(|one| one.filing.sha256 == other.filing.sha256) else {
                    return false;
                };
                // A document does not outdo itself.
                other.filing.sha256 != *sha256
                    && new.ties_with(after)
                    && other.asserted > old.asserted
                    && after.asserted < new.asserted
            });
            let is_redated = old.day() != new.day();
            let of_document = |years: &[Year]| -> Vec<_> {
                years
                    .iter()
                    .map(|year| year.statement.clone())
                    .filter(|one| {
                        new.filing
                            .statements
                            .iter()
                            .any(|own| (own.period.end(), own.scope) == (one.period.end(), one.scope))
                    })
                    .map(|one| (one.period, one.scope, one.currency, one.figures, one.employees))
                    .collect()
            };
            if (is_lifted || is_redated)
                && of_document(&was) != of_document(&is)
                && effects[*index] == Effect::Unchanged
            {
                effects[*index] = Effect::Changed;
            }
        }
    }

    fn strongest(&self) -> Option<CompanySource> {
        self.names.keys().next_back().copied()
    }

    /// Filings that come without a word on the company name it themselves.
    fn name_by_filings(&mut self, before: &Self, items: &[Incoming], effects: &mut [Effect]) {
        for source in [CompanySource::Demo, CompanySource::Filing] {
            let news = |document: &Document| {
                let old = before.documents.iter().find(|old| old.filing.sha256 == document.filing.sha256);
                source_of(document.filing.kind) == source
                    && old.is_none_or(|old| old.day() != document.day() || self.was_lifted(before, old, document))
            };
            let of_news: Vec<&Document> = self.documents.iter().filter(|document| news(document)).collect();
            if of_news.is_empty() {
                continue;
            }
            let best = self
                .documents
                .iter()
                .filter(|one| source_of(one.filing.kind) == source && one.filing.company_name.is_some())
                .max_by_key(|one| (one.day().1, one.report_end, strength(one.filing.kind), one.asserted))
                .and_then(|one| one.filing.company_name.clone());
            let mut is_other = !self.sources.contains(&source);
            if let Some(name) = best
                && self.strongest().is_none_or(|strongest| source >= strongest)
                && self.names.get(&source) != Some(&name)
            {
                self.names.insert(source, name);
                is_other = true;
            }
            // The last item that brought or moved one of them.
            let of_item = |item: &Incoming| item.filing.as_ref().map(|new| new.filing.sha256.clone());
            let place = |document: &Document| {
                let mut places = items
                    .iter()
                    .enumerate()
                    .filter(|(_, item)| of_item(item).as_deref() == Some(document.filing.sha256.as_str()));
                let is_new = !before.documents.iter().any(|old| old.filing.sha256 == document.filing.sha256);
                if is_new { places.next() } else { places.next_back() }.map(|(index, _)| index)
            };
            let last = of_news.iter().filter_map(|document| place(document)).max();
            if is_other {
                self.sources.push(source);
                self.sources.sort();
                self.sources.dedup();
                if let Some(index) = last
                    && effects[index] == Effect::Unchanged
                {
                    effects[index] = Effect::Changed;
                }
            }
        }
    }

    fn was_lifted(&self, before: &Self, old: &Document, new: &Document) -> bool {
        before.documents.iter().any(|other| {
            let after = self.documents.iter().find(|one| one.filing.sha256 == other.filing.sha256);
            after.is_some_and(|after| {
                other.filing.sha256 != old.filing.sha256
                    && new.ties_with(after)
                    && other.asserted > old.asserted
                    && after.asserted < new.asserted
            })
        })
    }

    /// The years as they must be shown, newest first.
    pub fn years(&self) -> Vec<Year> {
        self.years_known_on(None)
    }

    /// The years as they were known on a day.
    pub fn years_known_on(&self, day: Option<NaiveDate>) -> Vec<Year> {
        let mut keys: Vec<(NaiveDate, Scope)> = Vec::new();
        for document in self.documents.iter().filter(|one| day.is_none_or(|day| one.day().1 <= day)) {
            keys.extend(document.filing.statements.iter().map(|one| (one.period.end(), one.scope)));
        }
        keys.sort_by_key(|(end, scope)| (*scope, std::cmp::Reverse(*end)));
        keys.dedup();
        let mut groups: Vec<(Scope, Vec<NaiveDate>)> = Vec::new();
        for (end, scope) in keys {
            match groups.iter_mut().find(|(of, ends)| *of == scope && self.are_one_year(scope, ends, end, day)) {
                Some((_, ends)) => ends.push(end),
                None => groups.push((scope, vec![end])),
            }
        }
        let mut years: Vec<Year> = groups.into_iter().map(|(scope, ends)| self.year(&ends, scope, day)).collect();
        years.sort_by_key(|year| (std::cmp::Reverse(year.statement.period.end()), year.statement.scope));
        let statements: Vec<&Statement> = years.iter().map(|year| &year.statement).collect();
        let differs = suspicion::scale_against_neighbours(&statements);
        for (at, differs) in differs.into_iter().enumerate() {
            if differs || !suspicion::of_statement(&years[at].statement).is_empty() {
                years[at].quality = Quality::Suspect;
            }
        }
        years
    }

    /// Whether what ends on `end` joins the year of `ends`.
    fn are_one_year(&self, scope: Scope, ends: &[NaiveDate], end: NaiveDate, known_on: Option<NaiveDate>) -> bool {
        let of = |wanted: &[NaiveDate]| -> Vec<(&str, &Statement)> {
            self.documents
                .iter()
                .filter(|one| known_on.is_none_or(|day| one.day().1 <= day))
                .flat_map(|one| one.filing.statements.iter().map(|statement| (one.filing.sha256.as_str(), statement)))
                .filter(|(_, one)| one.scope == scope && wanted.contains(&one.period.end()))
                .collect()
        };
        let (year, more) = (of(ends), of(&[end]));
        let is_told_apart = year.iter().any(|(one, _)| more.iter().any(|(other, _)| one == other));
        !is_told_apart && year.iter().any(|(_, one)| more.iter().any(|(_, other)| is_one_year(one, other)))
    }

    fn year(&self, ends: &[NaiveDate], scope: Scope, known_on: Option<NaiveDate>) -> Year {
        let mut versions: Vec<(&Document, &Statement, bool)> = Vec::new();
        for document in self.documents.iter().filter(|one| known_on.is_none_or(|day| one.day().1 <= day)) {
            for statement in &document.filing.statements {
                if statement.scope == scope && ends.contains(&statement.period.end()) {
                    let later = document
                        .filing
                        .statements
                        .iter()
                        .filter(|other| other.scope == scope && other.period.end() > statement.period.end())
                        .count();
                    let is_overview = later >= 2 && identity::quality(statement).0 == Quality::Partial;
                    versions.push((document, statement, is_overview));
                }
            }
        }
        // Best first.
        versions.sort_by(|(one, _, one_overview), (other, _, other_overview)| {
            strength(other.filing.kind)
                .cmp(&strength(one.filing.kind))
                .then(one_overview.cmp(other_overview))
                .then(other.place().cmp(&one.place()))
        });
        let (leader, leading, _) = versions[0];
        let is_tagged = strength(leader.filing.kind) == 3;
        let mut shown = Statement { facts: Vec::new(), line_facts: Vec::new(), ..leading.clone() };
        let mut from: BTreeMap<Line, usize> = leading.figures.iter().map(|(line, _)| (line, 0)).collect();
        let mut employees_from = leading.employees.map(|_| 0);
        let mut coarsest = leading.rounding;
        for (index, (document, statement, _)) in versions.iter().enumerate().skip(1) {
            if statement.currency != leading.currency {
                continue;
            }
            if shown.employees.is_none() && statement.employees.is_some() {
                shown.employees = statement.employees;
                employees_from = Some(index);
            }
            let held = identity::quality_of(&Statement { rounding: coarsest, ..shown.clone() }, is_tagged);
            let wanted: Vec<Line> = Line::ALL
                .iter()
                .copied()
                .filter(|line| shown.get(*line).is_none() && statement.get(*line).is_some())
                .collect();
            if wanted.is_empty() {
                continue;
            }
            let mut with = shown.clone();
            with.rounding = coarsest.max(statement.rounding);
            for line in &wanted {
                with.figures.set(*line, statement.get(*line));
            }
            let must_fit = strength(document.filing.kind) != strength(leader.filing.kind)
                || (leading.is_itemised && held.0 == Quality::Ok);
            let newly_broken: Vec<Identity> = identity::check_of(&with, is_tagged)
                .iter()
                .map(|broken| broken.identity)
                .filter(|identity| held.1.iter().all(|old| old.identity != *identity))
                .collect();
            coarsest = coarsest.max(statement.rounding);
            for line in wanted {
                let misfits = newly_broken.iter().any(|identity| identity.lines().contains(&line));
                if !(must_fit && misfits) {
                    shown.figures.set(line, statement.get(line));
                    from.insert(line, index);
                }
            }
        }
        let unit = |one: &Statement, other: &Statement| 10_i64.pow(u32::from(one.rounding.max(other.rounding)));
        let mut restatements = Vec::new();
        for (line, index) in from.clone() {
            let (document, statement, _) = versions[index];
            let amount = statement.get(line).unwrap();
            let same_class: Vec<usize> = (index..versions.len())
                .filter(|other| strength(versions[*other].0.filing.kind) == strength(document.filing.kind))
                .filter(|other| {
                    versions[*other].1.currency == statement.currency && versions[*other].1.get(line).is_some()
                })
                .collect();
            let mut best = index;
            for other in &same_class {
                let candidate = versions[*other].1;
                let is_same = (candidate.get(line).unwrap() - amount).abs() <= unit(candidate, statement);
                if is_same && candidate.rounding < versions[best].1.rounding {
                    best = *other;
                }
            }
            let (chosen, new) = (versions[best], versions[best].1.get(line).unwrap());
            shown.figures.set(line, Some(new));
            from.insert(line, best);
            let older = same_class.iter().map(|other| versions[*other]).find(|(_, other, is_overview)| {
                !is_overview && (other.get(line).unwrap() - new).abs() > unit(other, chosen.1)
            });
            if let Some((old, old_statement, _)) = older {
                restatements.push((
                    line,
                    old_statement.get(line).unwrap(),
                    old.filing.sha256.clone(),
                    new,
                    chosen.0.filing.sha256.clone(),
                ));
            }
        }
        let quality = if from.values().all(|index| *index == 0) {
            shown.rounding = leading.rounding;
            identity::quality(leading).0
        } else {
            shown.rounding = from.values().map(|index| versions[*index].1.rounding).max().unwrap();
            identity::quality_of(&shown, is_tagged).0
        };
        let sha256 = |index: usize| versions[index].0.filing.sha256.clone();
        Year {
            statement: shown,
            quality,
            leader: leader.filing.sha256.clone(),
            sources: from.into_iter().map(|(line, index)| (line, sha256(index))).collect(),
            employees_source: employees_from.map(sha256),
            restatements,
            versions: versions.len(),
        }
    }

    /// The wide row.
    pub fn facts(&self, orgnr: Orgnr, today: NaiveDate) -> Option<CompanyFacts> {
        if self.sources.is_empty() {
            return None;
        }
        let name = self.strongest().and_then(|source| self.names.get(&source).cloned());
        let profile = CompanyProfile { name, status: Some(CompanyStatus::Unknown), ..CompanyProfile::default() };
        let statements: Vec<StatementVersion> = self
            .years()
            .into_iter()
            .map(|year| {
                let leader = self.documents.iter().find(|one| one.filing.sha256 == year.leader).unwrap();
                StatementVersion {
                    statement: year.statement,
                    quality: year.quality,
                    framework: leader.filing.framework,
                    filed_at: Some(leader.day())
                        .filter(|(basis, _)| *basis == DateBasis::Registered)
                        .map(|(_, day)| day),
                }
            })
            .collect();
        Some(domain::facts::compute(orgnr, &profile, &statements, Coverage::default(), today))
    }
}
