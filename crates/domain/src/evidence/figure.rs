//! Statements about figures, held against the facts that are cited.

mod every_year;
mod movement;
mod nearby;
mod span;
mod stated;

use serde_json::{Number, Value};

use super::clause::{self, Clause, Years, clauses};
use super::item::{Item, Mention, Way};
use super::meaning::{Meaning, inherit};
use super::quantity::{Counted, Quantity};
use super::series::{Found, Series, Year, is_cost};
use super::{Check, CheckKind, Dossier, Fact};
use crate::scope::Scope;

/// What a claim states about figures.
#[derive(Debug, Default)]
pub(super) struct Report {
    pub checks: Vec<Check>,
    /// Clauses in which nothing could be held against a fact.
    pub unread: Vec<Unread>,
}

/// A clause that no fact can prove; a passage may.
#[derive(Debug)]
pub(super) struct Unread {
    /// Words that stand for what it says.
    pub written: String,
    /// Why the facts do not prove it.
    pub reason: String,
}

/// What is carried from clause to clause.
pub(super) struct Reader<'a> {
    series: Series<'a>,
    report: Report,
    subject: Option<Mention>,
    /// Figures that were named together and wait for their statement.
    pending: Vec<Mention>,
    years: Years,
    /// The number before, whose unit a bare one in parentheses takes.
    before: Option<Quantity>,
    way: Option<Way>,
    /// The years of the clause before.
    years_before: Years,
    /// The span of years that was named last.
    span: Option<(Year, Year)>,
}

/// Reads every clause of a claim against the cited facts.
pub(super) fn report(dossier: &Dossier, cited: &[&Fact], meaning: &Meaning) -> Report {
    let scope = match scope(&meaning.items) {
        Ok(scope) => scope,
        Err(written) => {
            let mut report = Report::default();
            report.checks.push(failed(
                CheckKind::Period,
                written,
                "speaks of the group and of the company at once",
                false,
            ));
            return report;
        }
    };
    let series = Series::new(dossier, cited, scope);
    let mut reader = Reader {
        series,
        report: Report::default(),
        subject: None,
        pending: Vec::new(),
        years: Years::default(),
        years_before: Years::default(),
        before: None,
        way: None,
        span: None,
    };
    let mut parts = clauses(&meaning.items);
    share_units(&mut parts);
    // A year that is told after the clause that it is about: "grew 12 %, to 12.3 million in 2023".
    let first = parts.iter().find(|part| names_year(&part.items) && !part.is_aside);
    if let Some(first) = first {
        let seen = clause::years(&first.items, Years::default(), &reader.series);
        reader.years = Years { target: seen.target, ..Years::default() };
    }
    for part in &parts {
        reader.clause(part);
    }
    for mention in std::mem::take(&mut reader.pending) {
        reader.unread(&mention.fields.join(", "), "names a figure and says nothing of it");
    }
    reader.report
}

fn names_year(items: &[Item]) -> bool {
    items.iter().any(|item| {
        matches!(
            item,
            Item::Year { .. }
                | Item::Years(..)
                | Item::Day(_)
                | Item::Relative(super::item::Relative::Newest | super::item::Relative::Ago(_))
        )
    })
}

/// `Err` with the words where both are named.
fn scope(items: &[Item]) -> Result<Option<Scope>, &'static str> {
    let group = items.contains(&Item::Group);
    let parent = items.contains(&Item::Parent);
    match (group, parent) {
        (true, true) => Err("group, parent company"),
        (true, false) => Ok(Some(Scope::Group)),
        (false, true) => Ok(Some(Scope::Company)),
        (false, false) => Ok(None),
    }
}

/// "från 11,0 till 12,3 mkr": a bare number before one with a unit takes it.
fn share_units(parts: &mut [Clause]) {
    for part in parts {
        let with_unit = part.items.iter().rev().find_map(|item| match item {
            Item::Quantity(quantity)
                if quantity.scale > 0.0 && !matches!(quantity.counted, Counted::Bare | Counted::Thing(_)) =>
            {
                Some(quantity.clone())
            }
            _ => None,
        });
        let Some(unit) = with_unit else { continue };
        let mut after_from = false;
        for item in &mut part.items {
            match item {
                Item::From => after_from = true,
                Item::Quantity(quantity) => {
                    if after_from && quantity.counted == Counted::Bare {
                        inherit(quantity, &unit);
                    }
                    after_from = false;
                }
                Item::Approx(_) | Item::Filler => {}
                _ => after_from = false,
            }
        }
    }
}

impl Reader<'_> {
    fn clause(&mut self, part: &Clause) {
        let named = clause::years(&part.items, self.years, &self.series);
        let kept = std::mem::replace(&mut self.years, named);
        let rest = self.growth_before(&part.items);
        self.years = kept;
        match rest {
            Some(items) if items.iter().all(|item| matches!(item, Item::Filler)) => {}
            Some(items) => self.statements(&Clause { items, ..part.clone() }),
            None => self.statements(part),
        }
    }

    fn statements(&mut self, part: &Clause) {
        let items = &part.items;
        let signals = clause::signals(items);
        let (kept_years, kept_subject) = (self.years, self.subject.clone());
        self.years_before = self.years;
        self.years = clause::years(items, self.years, &self.series);
        if let (true, Some(base), Some(target)) = (self.years.is_span, self.years.base, self.years.target) {
            self.span = Some((base, target));
        }
        let unproved = items.iter().find_map(|item| match item {
            Item::Unproved(what) => Some(*what),
            _ => None,
        });
        if let Some(what) = unproved {
            self.unread(what, &format!("speaks of {what}, which no fact of the dossier holds"));
            return;
        }
        let before = self.report.checks.len();
        let unread_before = self.report.unread.len();
        if signals.negations > 1 || signals.changes > 0 {
            self.unread("", "says two opposite things in one clause");
            return;
        }
        if items.contains(&Item::Ever) && self.span_of(items).is_none() {
            self.unread("never", "speaks of all years, of which the dossier holds some");
            return;
        }
        if items.contains(&Item::Calendar) && !self.series.has_calendar_years() {
            self.unread("calendar", "the fiscal years are no calendar years");
            return;
        }
        if let Some(word) = unknown_verb(items) {
            self.unread(word, "is not read as a statement about a figure");
            return;
        }
        if self.counted_years(items, &signals) || self.ranged(items, &signals) {
            if let Some((_, mention)) = signals.mentions.first() {
                self.subject = Some(mention.clone());
            }
            return;
        }
        let states = states_something(items);
        if !states {
            if let Some((_, mention)) = signals.mentions.last() {
                self.pending.extend(signals.mentions.iter().map(|(_, mention)| mention.clone()));
                self.subject = Some(mention.clone());
                // A gain or a loss is a statement by its name.
                if mention.is_loss || mention.is_gain {
                    self.pending.clear();
                    let mention = mention.clone();
                    let way = if mention.is_loss { Way::Down } else { Way::Up };
                    self.sign(&mention, way, items, signals.negations == 1);
                }
            } else if items.iter().any(|item| matches!(item, Item::Unknown(_) | Item::Not)) {
                self.unread(&words(items), "is not read as a statement about a figure");
            }
            return;
        }
        let has_amount =
            items.iter().any(|item| matches!(item, Item::Quantity(_) | Item::Change(_) | Item::Compare(_)));
        if has_amount && items.contains(&Item::Ever) {
            self.unread("never", "it is not clear what is denied of each year");
            return;
        }
        self.assume_subject(items, &signals);
        let is_negated = signals.negations == 1;
        self.stated(items, &signals, part.is_aside, is_negated);
        self.movement(items, &signals, is_negated);
        let checked = self.report.checks.len() - before;
        if checked == 0 && self.report.unread.len() == unread_before {
            self.unread(&words(items), "is not read as a statement about a figure");
        }
        if is_negated && checked > 1 {
            self.unread("not", "it is not clear what is denied");
        }
        let unknown = items.iter().filter(|item| matches!(item, Item::Unknown(_))).count();
        if unknown > 2 {
            self.unread(&words(items), "holds more words than the figures explain");
        }
        if let Some((_, mention)) = signals.mentions.first() {
            self.subject = Some(mention.clone());
        }
        self.pending.clear();
        if part.is_aside {
            (self.years, self.subject) = (kept_years, kept_subject);
        }
    }

    /// A company that grows grows in revenue; a profit or a loss without a name is the result.
    fn assume_subject(&mut self, items: &[Item], signals: &clause::Signals) {
        if !signals.mentions.is_empty() || self.subject.is_some() {
            return;
        }
        let fields: &[&str] = if signals.has_growth || (signals.change.is_some() && items.contains(&Item::OwnCompany)) {
            &["revenue"]
        } else if items.contains(&Item::Negative) || items.contains(&Item::Positive) {
            &PROFIT
        } else {
            return;
        };
        self.subject = Some(mention_of(fields));
    }

    fn unread(&mut self, written: &str, reason: &str) {
        self.report.unread.push(Unread { written: written.to_owned(), reason: reason.to_owned() });
    }

    fn push(&mut self, check: Check) {
        self.report.checks.push(check);
    }

    /// The figures that a statement is about: those named together before it, and its own.
    fn subjects(&self, own: Option<&Mention>) -> Vec<Mention> {
        let mut out = self.pending.clone();
        match own.or(self.subject.as_ref()) {
            Some(mention) if !out.contains(mention) => out.push(mention.clone()),
            _ => {}
        }
        out
    }

    /// Looks a figure up; a miss is told as a failed check.
    fn look(&mut self, mention: &Mention, year: Option<Year>, kind: CheckKind, written: &str) -> Option<Found> {
        let Some(year) = year else {
            self.push(failed(kind, written, "no year is known", false));
            return None;
        };
        let found = self.series.find(&mention.fields, year);
        if found.is_none() {
            let years = self.series.cited_years(&mention.fields);
            let name = mention.fields.join(" or ");
            let reason = if years.is_empty() {
                format!("no fact that is cited holds {name} of {}", year.end)
            } else {
                let years: Vec<String> = years.iter().map(i32::to_string).collect();
                format!("the cited facts hold {name} of {}, not of {}", years.join(", "), year.end)
            };
            self.push(failed(CheckKind::Period, written, &reason, false));
        }
        found
    }
}

/// Keys that “the result” can mean, and those by which a company is profitable.
const RESULT: [&str; 3] = ["net_income", "result_after_financial_items", "result_before_tax"];
const PROFIT: [&str; 4] = ["net_income", "result_after_financial_items", "result_before_tax", "ebit"];

/// A figure that a clause leaves unnamed.
fn mention_of(fields: &[&str]) -> Mention {
    Mention { fields: fields.iter().map(|field| (*field).to_owned()).collect(), is_loss: false, is_gain: false }
}

/// Whether a clause has more than names, years and fillers.
fn states_something(items: &[Item]) -> bool {
    items.iter().any(|item| {
        matches!(
            item,
            Item::Quantity(_)
                | Item::Change(_)
                | Item::Compare(_)
                | Item::Growth
                | Item::Factor(_)
                | Item::Extreme(_)
                | Item::Streak(_)
                | Item::EveryYear
                | Item::Negative
                | Item::Positive
        )
    })
}

/// A word that nobody knows where the verb of a change stands (“lengthened to 39 days”): it can say which way.
fn unknown_verb(items: &[Item]) -> Option<&str> {
    let is_amount = |item: Option<&Item>| matches!(item, Some(Item::Quantity(_) | Item::Approx(_)));
    items.windows(2).enumerate().find_map(|(at, pair)| match pair {
        [Item::Unknown(word), Item::To | Item::By | Item::From] if is_amount(items.get(at + 2)) => {
            // "by one person to 15": what was counted, not a verb.
            let is_counted = items[at.saturating_sub(2)..at].contains(&Item::By);
            (!is_counted).then_some(word.as_str())
        }
        _ => None,
    })
}

/// Words that stand for a clause in an answer.
fn words(items: &[Item]) -> String {
    let known: Vec<String> = items
        .iter()
        .filter_map(|item| match item {
            Item::Unknown(word) | Item::Name(word) => Some(word.clone()),
            Item::Field(mention) => mention.fields.first().cloned(),
            Item::Quantity(quantity) => Some(quantity.written.clone()),
            _ => None,
        })
        .collect();
    known.join(" ")
}

/// The value of a figure as people speak of it: costs without their sign, a loss as an amount.
fn spoken(mention: &Mention, found: &Found) -> f64 {
    if is_cost(&found.field) {
        found.value.abs()
    } else if mention.is_loss {
        -found.value
    } else {
        found.value
    }
}

pub(super) fn failed(kind: CheckKind, written: &str, reason: &str, is_conflict: bool) -> Check {
    Check { kind, ok: false, written: written.to_owned(), expected: None, reason: reason.to_owned(), is_conflict }
}

/// A number of the dossier in an answer: whole where it is whole.
pub(super) fn number(value: f64) -> Option<Value> {
    if value.fract() == 0.0 && value.abs() < 9e15 {
        #[expect(clippy::cast_possible_truncation, reason = "checked to be a whole number below 2^53")]
        return Some(Value::from(value as i64));
    }
    Number::from_f64((value * 1e6).round() / 1e6).map(Value::Number)
}

/// The outcome of one comparison with what was looked up.
fn outcome(
    kind: CheckKind,
    written: &str,
    expected: Option<Value>,
    matches: bool,
    is_cited: bool,
    ids: &[String],
) -> Check {
    let ids = ids.join(", ");
    let reason = match (matches, is_cited) {
        (true, true) => format!("{ids} says it"),
        (true, false) => format!("{ids} says it and is not cited"),
        (false, _) => format!("{ids} says otherwise"),
    };
    Check { kind, ok: matches && is_cited, written: written.to_owned(), expected, reason, is_conflict: !matches }
}
