//! The merge itself: versions of years in, one statement per year out, each line with the version it comes from.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::rank::Rank;
use crate::fiscal_period::FiscalPeriod;
use crate::identity::{self, Broken};
use crate::line::Line;
use crate::scope::Scope;
use crate::statement::{Quality, Statement};

/// One filing's statement of one year.
#[derive(Clone, Copy, Debug)]
pub struct Version<'a> {
    /// The figures.
    pub statement: &'a Statement,
    /// The place of its filing.
    pub rank: Rank,
    /// What was found about this version alone.
    pub quality: Quality,
    /// Whether it is an older year of a report's overview; see [`overview_columns`].
    pub is_overview: bool,
    /// Whether it has tags, so that a line which is absent was not filed rather than lacking as a column.
    pub is_tagged: bool,
}

/// A line that a newer filing gives otherwise than an older one, beyond the rounding of both.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Restatement {
    /// Which line.
    pub line: Line,
    /// What the older version has.
    pub old: i64,
    /// The older version, as an index into what was merged.
    pub old_version: usize,
    /// What is shown.
    pub new: i64,
    /// The version that is shown.
    pub new_version: usize,
}

/// What is known about the trustworthiness of merged figures.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// All figures are those of one version, whose own judgement stands.
    OfVersion(usize),
    /// The figures come from several versions and were judged together.
    Together(Quality, Vec<Broken>),
}

/// One year as it is shown.
#[derive(Clone, Debug, PartialEq)]
pub struct Merged {
    /// Days, scope, currency and framework of the leading version; figures of all; without facts.
    pub statement: Statement,
    /// The leading version. Like every index here it points into the versions that were merged.
    pub leader: usize,
    /// The version of each line that has an amount and comes from another version than the leading one.
    pub other_sources: BTreeMap<Line, usize>,
    /// The version that the employees come from.
    pub employees_source: Option<usize>,
    /// What was restated.
    pub restatements: Vec<Restatement>,
    /// Every version of the year, best first.
    pub versions: Vec<usize>,
    /// Whether the figures can be trusted.
    pub verdict: Verdict,
}

impl Merged {
    /// The version that a line comes from; `None` when the line has no amount.
    #[must_use]
    pub fn source(&self, line: Line) -> Option<usize> {
        self.statement.get(line).map(|_| self.other_sources.get(&line).copied().unwrap_or(self.leader))
    }

    /// The versions that amounts come from, each line's in turn.
    fn sources(&self) -> impl Iterator<Item = usize> + '_ {
        self.statement.figures.iter().map(|(line, _)| self.other_sources.get(&line).copied().unwrap_or(self.leader))
    }

    fn take(&mut self, line: Line, index: usize, amount: Option<i64>) {
        self.statement.figures.set(line, amount);
        if index == self.leader {
            self.other_sources.remove(&line);
        } else {
            self.other_sources.insert(line, index);
        }
    }
}

/// Days between two last days that are one in truth: a slip, or a balance day beside the year's last day.
const SLIP_DAYS: i64 = 7;

/// Whether two periods of one scope, from two filings, can only be the same fiscal year.
#[must_use]
pub fn are_one_year(one: FiscalPeriod, other: FiscalPeriod) -> bool {
    one.start() == other.start() || (one.end() - other.end()).num_days().abs() <= SLIP_DAYS
}

/// The years of one company as they are shown: newest first, of one day the company's own before the group's. A rank
/// stands for one filing.
#[must_use]
pub fn current(versions: &[Version<'_>]) -> Vec<Merged> {
    let mut merged: Vec<Merged> = years(versions)
        .into_iter()
        .map(|mut of_year| {
            of_year.sort_by_key(|index| {
                let version = &versions[*index];
                let start = version.statement.period.start();
                (Reverse(version.rank.class()), version.is_overview, Reverse(version.rank), start)
            });
            // Of two periods of one filing that end the same day the longer one is the year.
            of_year.dedup_by_key(|index| versions[*index].rank);
            merge(versions, of_year)
        })
        .collect();
    merged.sort_by_key(|year| (Reverse(year.statement.period.end()), year.statement.scope));
    merged
}

/// The versions of each year.
fn years(versions: &[Version<'_>]) -> Vec<Vec<usize>> {
    let mut by_end: BTreeMap<(Scope, Reverse<NaiveDate>), Vec<usize>> = BTreeMap::new();
    for (index, version) in versions.iter().enumerate() {
        let statement = version.statement;
        by_end.entry((statement.scope, Reverse(statement.period.end()))).or_default().push(index);
    }
    let mut years: Vec<Vec<usize>> = Vec::new();
    for of_end in by_end.into_values() {
        let joined = years.iter_mut().find(|year| {
            let mut is_one = false;
            for (one, other) in
                year.iter().flat_map(|one| of_end.iter().map(|other| (&versions[*one], &versions[*other])))
            {
                if one.rank == other.rank || one.statement.scope != other.statement.scope {
                    return false;
                }
                is_one |= are_one_year(one.statement.period, other.statement.period);
            }
            is_one
        });
        match joined {
            Some(year) => year.extend(of_end),
            None => years.push(of_end),
        }
    }
    years
}

/// For statements of one filing, which of them are older years of its overview: partial, and with two or more later years
/// of the same scope in the filing.
#[must_use]
pub fn overview_columns(statements: &[(Scope, NaiveDate, Quality)]) -> Vec<bool> {
    statements
        .iter()
        .map(|(scope, end, quality)| {
            let mut later: Vec<NaiveDate> = statements
                .iter()
                .filter(|(other, other_end, _)| other == scope && other_end > end)
                .map(|(_, end, _)| *end)
                .collect();
            later.sort_unstable();
            later.dedup();
            *quality == Quality::Partial && later.len() >= 2
        })
        .collect()
}

/// Whether two amounts are one figure in two roundings: they lie no further apart than one unit of the coarser.
#[must_use]
pub fn agree(one: i64, rounding_of_one: u8, other: i64, rounding_of_other: u8) -> bool {
    let unit = 10_i128.pow(u32::from(rounding_of_one.max(rounding_of_other).min(9)));
    (i128::from(one) - i128::from(other)).abs() <= unit
}

/// `order` is not empty and best first.
fn merge(versions: &[Version<'_>], order: Vec<usize>) -> Merged {
    let leader = order[0];
    let leading = &versions[leader];
    let bare = Statement { facts: Vec::new(), line_facts: Vec::new(), ..leading.statement.clone() };
    let mut merged = Merged {
        statement: bare,
        leader,
        other_sources: BTreeMap::new(),
        employees_source: leading.statement.employees.map(|_| leader),
        restatements: Vec::new(),
        versions: order,
        verdict: Verdict::OfVersion(leader),
    };
    if merged.versions.len() == 1 {
        return merged;
    }
    for place in 1..merged.versions.len() {
        let index = merged.versions[place];
        if versions[index].statement.currency == leading.statement.currency {
            fill(&mut merged, versions, index);
        }
    }
    for line in Line::ALL {
        settle(&mut merged, versions, *line);
    }
    if merged.other_sources.is_empty() {
        merged.statement.rounding = leading.statement.rounding;
    } else {
        merged.statement.rounding = merged.sources().map(|index| versions[index].statement.rounding).max().unwrap_or(0);
        merged.verdict = judge_together(&merged, versions);
    }
    merged
}

/// Takes the lines that nobody before had.
fn fill(merged: &mut Merged, versions: &[Version<'_>], index: usize) {
    let version = &versions[index];
    let leading = &versions[merged.leader];
    let mut filled: Vec<Line> = version
        .statement
        .figures
        .iter()
        .map(|(line, _)| line)
        .filter(|line| merged.statement.get(*line).is_none())
        .collect();
    if merged.statement.employees.is_none() && version.statement.employees.is_some() {
        merged.statement.employees = version.statement.employees;
        merged.employees_source = Some(index);
    }
    if filled.is_empty() {
        return;
    }
    let is_tagged = leading.is_tagged;
    let held = identity::quality_of(&merged.statement, is_tagged);
    let is_weaker = version.rank.class() != leading.rank.class();
    let must_fit = is_weaker || (leading.statement.is_itemised && held.0 == Quality::Ok);
    let mut with = merged.statement.clone();
    with.rounding = with.rounding.max(version.statement.rounding);
    for line in &filled {
        with.figures.set(*line, version.statement.get(*line));
    }
    if must_fit {
        // Taking lines away can only bring back what held before, so one look is enough for each identity.
        for broken in identity::check_of(&with, is_tagged) {
            if held.1.iter().any(|before| before.identity == broken.identity) {
                continue;
            }
            filled.retain(|line| {
                let stays = !broken.identity.lines().contains(line);
                if !stays {
                    with.figures.set(*line, None);
                }
                stays
            });
        }
    }
    merged.statement.rounding = merged.statement.rounding.max(version.statement.rounding);
    for line in filled {
        merged.take(line, index, version.statement.get(line));
    }
}

/// Of the versions that agree on a line, the most precise one is shown; what an older one has otherwise was restated.
fn settle(merged: &mut Merged, versions: &[Version<'_>], line: Line) {
    let (Some(first), Some(amount)) = (merged.source(line), merged.statement.get(line)) else { return };
    let best = &versions[first];
    let of_class: Vec<(usize, i64)> = merged
        .versions
        .iter()
        .skip_while(|index| **index != first)
        .filter(|index| {
            let version = &versions[**index];
            version.rank.class() == best.rank.class() && version.statement.currency == best.statement.currency
        })
        .filter_map(|index| Some((*index, versions[*index].statement.get(line)?)))
        .collect();
    let rounding = |index: usize| versions[index].statement.rounding;
    let (shown, new) = of_class
        .iter()
        .copied()
        .filter(|(index, value)| agree(amount, rounding(first), *value, rounding(*index)))
        .min_by_key(|(index, _)| rounding(*index))
        .unwrap_or((first, amount));
    merged.take(line, shown, Some(new));
    let older = of_class
        .iter()
        .copied()
        .filter(|(index, _)| !versions[*index].is_overview)
        .find(|(index, value)| !agree(new, rounding(shown), *value, rounding(*index)));
    if let Some((old_version, old)) = older {
        merged.restatements.push(Restatement { line, old, old_version, new, new_version: shown });
    }
}

/// Identities over the merged figures. What made a version suspect beside identities makes the year suspect as well.
fn judge_together(merged: &Merged, versions: &[Version<'_>]) -> Verdict {
    let (quality, broken) = identity::quality_of(&merged.statement, versions[merged.leader].is_tagged);
    let is_suspect = merged.sources().any(|index| {
        let version = &versions[index];
        version.quality == Quality::Suspect && identity::check_of(version.statement, version.is_tagged).is_empty()
    });
    Verdict::Together(if is_suspect { Quality::Suspect } else { quality }, broken)
}
