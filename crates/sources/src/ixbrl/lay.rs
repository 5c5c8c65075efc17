//! The facts of one year laid on the core lines of a statement, with the lineage of each.

use std::collections::HashMap;

use domain::currency::Currency;
use domain::filing::UnusedReason;
use domain::fiscal_period::FiscalPeriod;
use domain::line::{Line, Part};
use domain::scope::Scope;
use domain::statement::{Contradiction, Fact, OtherReason, OtherTag, Statement};
use rust_decimal::prelude::ToPrimitive;
use rust_decimal::{Decimal, RoundingStrategy};

use super::choose::{Candidate, Chosen, agrees, decimals};
use super::concepts::{self, Row, Take};
use super::document::Unit;
use super::number::Format;
use super::statements::{Source, shown, warn};
use super::sums;
use super::years::last_day;

/// The concepts met so far, numbered.
#[derive(Default)]
pub(super) struct Concepts<'d> {
    numbers: HashMap<(&'d [u8], &'d [u8]), u32>,
    pub names: Vec<String>,
}

impl<'d> Concepts<'d> {
    /// The number of a concept, a new one when it was not met before.
    pub fn number(&mut self, prefix: &'d [u8], local: &'d [u8], name: impl Fn() -> String) -> u32 {
        *self.numbers.entry((prefix, local)).or_insert_with(|| {
            self.names.push(name());
            u32::try_from(self.names.len() - 1).unwrap_or(u32::MAX)
        })
    }
}

/// How a report's facts become lines.
pub(super) struct Layout<'d> {
    pub sources: &'d [Source<'d, 'd>],
    pub is_ifrs: bool,
    pub known: Concepts<'d>,
}

/// A statement, and the facts of its year that it has no use for.
pub(super) struct Outcome<'d> {
    pub statement: Statement,
    pub unused: Vec<(Candidate<'d>, UnusedReason, String)>,
}

/// A line as the facts make it.
struct Laid {
    line: Line,
    amount: Option<i64>,
    /// Indexes of the facts that it is made of.
    used: Vec<usize>,
}

impl<'d> Layout<'d> {
    fn table(&self) -> &'static [Row] {
        concepts::table(self.is_ifrs)
    }

    fn number(&self, name: &str) -> Option<u32> {
        self.known.numbers.get(&(concepts::prefix(self.is_ifrs).as_bytes(), name.as_bytes())).copied()
    }

    /// For each numbered concept, whether it is in the table of lines.
    pub fn core(&self) -> Vec<bool> {
        let mut core = vec![false; self.known.names.len()];
        let names = self.table().iter().flat_map(|row| row.terms).flat_map(|text| concepts::term(text).1);
        for number in names.filter_map(|name| self.number(name)) {
            core[number as usize] = true;
        }
        core
    }

    /// The statement of one year and scope.
    pub fn statement(
        &self,
        facts: &mut [Chosen<'d>],
        period: FiscalPeriod,
        scope: Scope,
        currency: Currency,
        core: &[bool],
        warnings: &mut Vec<String>,
    ) -> Outcome<'d> {
        let mut amounts: HashMap<u32, usize> = HashMap::with_capacity(facts.len());
        for (index, fact) in facts.iter().enumerate() {
            if *fact.best.unit == Unit::Currency(currency) {
                amounts.entry(fact.best.concept).or_insert(index);
            }
        }
        let empty = Statement::empty(period, scope, currency);
        let contradictions = self.decide(facts, &amounts, &empty, warnings);
        let mut outcome = Outcome { statement: empty, unused: Vec::new() };
        let statement = &mut outcome.statement;
        statement.contradictions = contradictions;
        let laid = self.lay(&amounts, |index| facts[index].best.value);
        statement.rounding = rounding(&laid, facts);
        for one in &laid {
            let Some(amount) = one.amount else {
                warn(warnings, || {
                    format!("{} at {} is too large a number and was left out", one.line.key(), period.end())
                });
                let all = one.used.iter().map(|index| (facts[*index].best, UnusedReason::TooLarge, String::new()));
                outcome.unused.extend(all);
                continue;
            };
            statement.figures.set(one.line, Some(amount));
            // A line comes straight from a fact when that alone makes its amount; a true sum has no single origin.
            let mut origins =
                one.used.iter().filter(|index| one.used.len() == 1 || !facts[**index].best.value.is_zero());
            if let (Some(index), None) = (origins.next(), origins.next()) {
                statement.line_facts.push((one.line, u32::try_from(*index).unwrap_or(u32::MAX)));
            }
        }
        let employees = concepts::employees(self.is_ifrs).iter().filter_map(|name| self.number(name));
        statement.employees = employees.clone().find_map(|concept| {
            let is_count = |fact: &&Chosen<'_>| matches!(fact.best.unit, Unit::Other(_));
            let fact = facts.iter().filter(is_count).find(|fact| fact.best.concept == concept)?;
            Some(fact.best.value.normalize())
        });
        statement.facts = facts.iter().map(|fact| self.lineage(&fact.best)).collect();
        self.others(facts, &laid, statement);
        outcome.unused.extend(other_units(facts, currency, core, &employees.collect::<Vec<_>>()));
        outcome
    }

    /// Lays the facts on the lines, each line once.
    fn lay(&self, amounts: &HashMap<u32, usize>, value: impl Fn(usize) -> Decimal) -> Vec<Laid> {
        let mut laid: Vec<Laid> = Vec::new();
        for row in self.table() {
            if laid.iter().any(|one| one.line == row.line) {
                continue;
            }
            let terms = row.terms.iter().filter_map(|text| {
                let (sign, mut names) = concepts::term(text);
                let index = names.find_map(|name| amounts.get(&self.number(name)?))?;
                Some((sign, *index))
            });
            let used: Vec<(char, usize)> =
                if row.take == Take::First { terms.take(1).collect() } else { terms.collect() };
            if used.is_empty() {
                continue;
            }
            let total: Decimal = used.iter().map(|(sign, index)| signed(*sign, value(*index))).sum();
            let amount = total.round_dp_with_strategy(0, RoundingStrategy::MidpointAwayFromZero).to_i64();
            laid.push(Laid { line: row.line, amount, used: used.into_iter().map(|(_, index)| index).collect() });
        }
        laid
    }

    /// Where a filing gives two amounts that exclude each other, takes the one with which the lines add up, and returns
    /// those between which nothing decides.
    fn decide(
        &self,
        facts: &mut [Chosen<'d>],
        amounts: &HashMap<u32, usize>,
        empty: &Statement,
        warnings: &mut Vec<String>,
    ) -> Vec<Contradiction> {
        let disputed: Vec<usize> =
            amounts.values().copied().filter(|index| facts[*index].contradictions().next().is_some()).collect();
        let mut undecided = Vec::new();
        for index in disputed {
            let all: Vec<Candidate<'d>> =
                std::iter::once(facts[index].best).chain(facts[index].contradictions().copied()).collect();
            let with = |value: Decimal| {
                let laid = self.lay(amounts, |at| if at == index { value } else { facts[at].best.value });
                let mut statement = empty.clone();
                statement.rounding = rounding(&laid, facts);
                statement.facts = vec![self.lineage(&facts[index].best)];
                for one in laid {
                    statement.figures.set(one.line, one.amount);
                }
                statement
            };
            let tried: Vec<Statement> = all.iter().map(|one| with(one.value)).collect();
            if tried.iter().all(|statement| statement.figures == tried[0].figures) {
                continue;
            }
            let failures: Vec<usize> = tried.iter().map(sums::failures).collect();
            let fewest = failures.iter().copied().min().unwrap_or(0);
            let mut best: Vec<usize> = (0..all.len()).filter(|at| failures[*at] == fewest).collect();
            if best.len() > 1 {
                // Rounded values elsewhere in the report may tell which exact one they were rounded from.
                let rough: Vec<Candidate<'d>> = facts[index].others.iter().map(|(one, _)| *one).collect();
                let agree = |at: &usize| {
                    let rougher = rough.iter().filter(|one| one.precision < all[*at].precision);
                    rougher.clone().count() > 0 && rougher.clone().all(|one| agrees(one, &all[*at]))
                };
                let agreeing: Vec<usize> = best.iter().copied().filter(agree).collect();
                if agreeing.len() == 1 {
                    best = agreeing;
                }
            }
            let winner = if let [only] = best.as_slice() { Some(*only) } else { None };
            let other = &all[if winner == Some(1) || all.len() == 1 { 0 } else { 1 }];
            let used = &all[winner.unwrap_or(0)];
            warn(warnings, || self.dispute(used, other, winner.is_some()));
            if let Some(at) = winner {
                facts[index].prefer(all[at]);
            } else if let Some((line, used, other)) = difference(&tried) {
                undecided.push(Contradiction { line, used, other });
            }
        }
        undecided
    }

    /// Two amounts that exclude each other, and what was made of it.
    fn dispute(&self, used: &Candidate<'_>, other: &Candidate<'_>, is_decided: bool) -> String {
        let (used_value, other_value) = (used.value.normalize(), other.value.normalize());
        let how = match (is_decided, used.precision == other.precision) {
            (true, true) => format!("equally precise; {used_value} is used, because the other lines agree with it"),
            (true, false) => {
                format!("which no rounding explains; {used_value} is used, because the other lines agree with it")
            }
            (false, true) => format!(
                "equally precise, and nothing decides between them; {used_value} is used and the year marked suspect"
            ),
            (false, false) => {
                "which no rounding explains; the more precise is used and the year marked suspect".to_owned()
            }
        };
        format!(
            "{} at {} is filed both as {used_value} and as {other_value}, {how}",
            self.known.names[used.concept as usize],
            last_day(used.period),
        )
    }

    /// What else the filing says of the lines: tags of the same concept that say it differently, and concepts that stand
    /// behind another one.
    fn others(&self, facts: &[Chosen<'d>], laid: &[Laid], statement: &mut Statement) {
        for one in laid {
            for index in &one.used {
                for (other, reason) in &facts[*index].others {
                    let fact = self.lineage(other);
                    statement.others.push(OtherTag { line: one.line, reason: *reason, fact });
                }
            }
            let names = self.table().iter().filter(|row| row.line == one.line).flat_map(|row| row.terms);
            for number in names.flat_map(|text| concepts::term(text).1).filter_map(|name| self.number(name)) {
                let is_used = one.used.iter().any(|index| facts[*index].best.concept == number);
                let same_unit = |fact: &&Chosen<'_>| *fact.best.unit == Unit::Currency(statement.currency);
                let other = facts.iter().filter(same_unit).find(|fact| fact.best.concept == number && !is_used);
                if let Some(other) = other {
                    let fact = self.lineage(&other.best);
                    statement.others.push(OtherTag { line: one.line, reason: OtherReason::OtherConcept, fact });
                }
            }
        }
    }

    /// The fact as the product keeps it: everything needed to find it again in the document.
    fn lineage(&self, candidate: &Candidate<'_>) -> Fact {
        let source = &self.sources[candidate.source];
        let fact = &source.document.facts[candidate.fact];
        // Text of a fact whose format makes anything a zero is not repeated: it need not be a number.
        let text = source.document.text_of(fact);
        let as_filed = if fact.format == Format::Zero && text.chars().count() > 3 { "–" } else { text };
        Fact {
            concept: self.known.names[candidate.concept as usize].clone(),
            value: candidate.value.normalize(),
            context: shown(fact.context),
            period: candidate.period,
            unit: candidate.unit.label(),
            as_filed: as_filed.chars().take(60).collect(),
            scale: fact.scale,
            decimals: decimals(fact.stated, candidate.value),
            negative: fact.negative,
            document: source.index,
        }
    }
}

/// Known concepts in another currency, and amounts and counts in each other's unit.
fn other_units<'d>(
    facts: &[Chosen<'d>],
    currency: Currency,
    core: &[bool],
    employees: &[u32],
) -> Vec<(Candidate<'d>, UnusedReason, String)> {
    let mut found = Vec::new();
    for fact in facts.iter().map(|one| one.best) {
        let is_count = employees.contains(&fact.concept);
        let reason = match fact.unit {
            Unit::Currency(_) if is_count => UnusedReason::OtherUnit,
            Unit::Currency(other) if *other != currency && core[fact.concept as usize] => UnusedReason::OtherCurrency,
            Unit::Other(_) if core[fact.concept as usize] => UnusedReason::OtherUnit,
            _ => continue,
        };
        found.push((fact, reason, fact.unit.label()));
    }
    found
}

/// The first line in which the first statement and another differ.
fn difference(tried: &[Statement]) -> Option<(Line, i64, i64)> {
    let (first, others) = tried.split_first()?;
    others.iter().find_map(|other| {
        let line = Line::ALL.iter().copied().find(|line| first.get(*line) != other.get(*line))?;
        Some((line, first.get(line)?, other.get(line)?))
    })
}

/// The rounding of the roughest amount in the two statements.
fn rounding(laid: &[Laid], facts: &[Chosen<'_>]) -> u8 {
    let in_statements = laid.iter().filter(|one| one.line.part() != Part::Other && one.amount.is_some());
    let roughest = in_statements.flat_map(|one| &one.used).map(|index| -facts[*index].best.precision).max();
    match roughest.unwrap_or(0) {
        ..=0 => 0,
        1..=3 => 3,
        _ => 6,
    }
}

fn signed(sign: char, value: Decimal) -> Decimal {
    match sign {
        '-' => -value,
        '~' => -value.abs(),
        _ => value,
    }
}
