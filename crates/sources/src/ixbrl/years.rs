//! Which fiscal years a report is about, and to which of them a balance sheet's day belongs.

use std::collections::{BTreeSet, HashMap};

use chrono::NaiveDate;
use domain::fiscal_period::FiscalPeriod;
use domain::statement::ContextPeriod;

use super::choose::Candidate;
use super::document::TextKind;
use super::statements::{Source, period_of, warn};

/// Most years that one report can have.
const MAX_YEARS: usize = 20;

/// The years of one scope, and the days that are a day off one of them.
pub(super) struct Years {
    pub chosen: Vec<FiscalPeriod>,
    /// A day that figures are tagged with, and the year's end that it stands for.
    slipped: HashMap<NaiveDate, NaiveDate>,
}

impl Years {
    /// The years that the facts are about, none overlapping another, those with most core figures first. What the report
    /// says of its year in words only decides between equals: figures have the days of their contexts.
    pub(super) fn of(
        sources: &[Source<'_, '_>],
        facts: &[&Candidate<'_>],
        core: &[bool],
        warnings: &mut Vec<String>,
    ) -> Self {
        let declared = declared_year(sources);
        let mut counts = counts(sources, facts, core);
        if counts.is_empty() {
            match declared {
                Some(year) => {
                    counts.insert(year, 1);
                }
                None => counts.extend(assumed_years(facts, warnings).into_iter().map(|year| (year, 1))),
            }
        }
        let mut all: Vec<((NaiveDate, NaiveDate), usize)> = counts.into_iter().collect();
        all.sort_by_key(|((start, end), count)| {
            let months = FiscalPeriod::new(*start, *end).map_or(0, |period| period.months());
            (
                std::cmp::Reverse(*count),
                Some((*start, *end)) != declared,
                months.abs_diff(12),
                std::cmp::Reverse(*end),
                *start,
            )
        });
        let mut chosen: Vec<FiscalPeriod> = Vec::new();
        for ((start, end), _) in all {
            let Ok(period) = FiscalPeriod::new(start, end) else { continue };
            if chosen.len() < MAX_YEARS
                && chosen.iter().all(|other| period.end() < other.start() || other.end() < period.start())
            {
                chosen.push(period);
            }
        }
        if let (Some((start, end)), Some(newest)) = (declared, chosen.iter().max_by_key(|period| period.end()))
            && !chosen.iter().any(|period| (period.start(), period.end()) == (start, end))
        {
            warn(warnings, || {
                format!(
                    "the report names the year {start}–{end}, and its figures are of {}–{}; the days of the figures are used",
                    newest.start(),
                    newest.end()
                )
            });
        }
        let slipped = slipped(&chosen, facts, core, warnings);
        Self { chosen, slipped }
    }

    /// Whether a fact's days are those of a year.
    pub(super) fn is_of(&self, fact: ContextPeriod, year: FiscalPeriod) -> bool {
        match fact {
            ContextPeriod::Duration { start, end } => start == year.start() && end == year.end(),
            ContextPeriod::Instant { instant } => {
                instant == year.end() || self.slipped.get(&instant) == Some(&year.end())
            }
        }
    }

    /// Whether a fact is of the day before the first year begins.
    pub(super) fn opens(&self, fact: ContextPeriod) -> bool {
        let first = self.chosen.iter().map(|year| year.start()).min().and_then(|day| day.pred_opt());
        matches!(fact, ContextPeriod::Instant { instant } if Some(instant) == first)
    }

    /// Whether a fact's days are those of any year.
    pub(super) fn has(&self, fact: ContextPeriod) -> bool {
        self.chosen.iter().any(|year| self.is_of(fact, *year))
    }
}

/// How many core figures each period of a plain context has; a balance sheet counts for the periods that it ends.
fn counts(
    sources: &[Source<'_, '_>],
    facts: &[&Candidate<'_>],
    core: &[bool],
) -> HashMap<(NaiveDate, NaiveDate), usize> {
    let mut counts: HashMap<(NaiveDate, NaiveDate), usize> = HashMap::new();
    let plain = |source: &Source<'_, '_>| {
        let contexts = source.document.contexts.iter();
        contexts.filter(|one| one.dimensions.is_empty() && !one.is_narrowed).filter_map(period_of).collect::<Vec<_>>()
    };
    for period in sources.iter().flat_map(plain) {
        if let ContextPeriod::Duration { start, end } = period {
            counts.entry((start, end)).or_default();
        }
    }
    for fact in facts.iter().filter(|fact| core[fact.concept as usize]) {
        match fact.period {
            ContextPeriod::Duration { start, end } => *counts.entry((start, end)).or_default() += 1,
            ContextPeriod::Instant { instant } => {
                counts.iter_mut().filter(|((_, end), _)| *end == instant).for_each(|(_, count)| *count += 1);
            }
        }
    }
    counts
}

fn declared_year(sources: &[Source<'_, '_>]) -> Option<(NaiveDate, NaiveDate)> {
    sources.iter().find_map(|source| {
        let day = |kind| source.document.first(kind)?.parse::<NaiveDate>().ok();
        Some((day(TextKind::YearStart)?, day(TextKind::YearEnd)?))
    })
}

/// A report with balance sheets alone: years of twelve months are assumed, and said to be.
fn assumed_years(facts: &[&Candidate<'_>], warnings: &mut Vec<String>) -> Vec<(NaiveDate, NaiveDate)> {
    let ends: BTreeSet<NaiveDate> = facts.iter().map(|fact| last_day(fact.period)).collect();
    warn(warnings, || "the report does not say when its year starts; twelve months are assumed".to_owned());
    let year_before = |end: NaiveDate| end.succ_opt()?.checked_sub_months(chrono::Months::new(12));
    ends.into_iter().filter_map(|end| Some((year_before(end)?, end))).collect()
}

/// Days of balance sheets that miss a year's end by one, where that year has no balance sheet of its own: a slip that
/// is common, because midnight belongs to two days.
fn slipped(
    years: &[FiscalPeriod],
    facts: &[&Candidate<'_>],
    core: &[bool],
    warnings: &mut Vec<String>,
) -> HashMap<NaiveDate, NaiveDate> {
    let days: BTreeSet<NaiveDate> = facts
        .iter()
        .filter(|fact| core[fact.concept as usize])
        .filter_map(|fact| match fact.period {
            ContextPeriod::Instant { instant } => Some(instant),
            ContextPeriod::Duration { .. } => None,
        })
        .collect();
    let mut found = HashMap::new();
    for year in years.iter().filter(|year| !days.contains(&year.end())) {
        // The day after first: midnight is written as either.
        let beside = [year.end().succ_opt(), year.end().pred_opt()];
        let is_free = |day: &NaiveDate| !years.iter().any(|other| other.end() == *day);
        if let Some(day) = beside.into_iter().flatten().find(|day| days.contains(day) && is_free(day)) {
            warn(warnings, || {
                format!("the balance sheet tagged {day} stands under the year that ends {}, a day beside", year.end())
            });
            found.insert(day, year.end());
        }
    }
    found
}

/// The last day of a context.
pub(super) fn last_day(period: ContextPeriod) -> NaiveDate {
    match period {
        ContextPeriod::Duration { end, .. } => end,
        ContextPeriod::Instant { instant } => instant,
    }
}

/// The days of a context as messages have them.
pub(super) fn days(period: ContextPeriod) -> String {
    match period {
        ContextPeriod::Duration { start, end } => format!("{start}–{end}"),
        ContextPeriod::Instant { instant } => instant.to_string(),
    }
}
