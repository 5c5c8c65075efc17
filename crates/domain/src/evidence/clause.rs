//! A sentence in clauses: which figure, which years and which statements belong together.

use super::item::{Item, Mention, Relative, Way};
use super::series::{Series, Year};

/// Part of a sentence that makes its own statements.
#[derive(Clone, Debug, Default)]
pub(super) struct Clause {
    pub items: Vec<Item>,
    /// It stands in parentheses after the clause before it.
    pub is_aside: bool,
    /// A full stop is before it: what it says of years starts anew.
    pub starts_sentence: bool,
}

/// Splits at conjunctions, commas and parentheses.
pub(super) fn clauses(items: &[Item]) -> Vec<Clause> {
    let mut out: Vec<Clause> = Vec::new();
    let mut current = Clause { starts_sentence: true, ..Clause::default() };
    let mut depth = 0_usize;
    let mut is_despite = false;
    for (at, item) in items.iter().enumerate() {
        let is_between_years = matches!(item, Item::Join | Item::Comma)
            && is_year(items.get(at.wrapping_sub(1)))
            && is_year(items.get(at + 1))
            && !items[..at]
                .iter()
                .rev()
                .take_while(|item| !matches!(item, Item::Join | Item::Comma | Item::Stop))
                .any(|item| matches!(item, Item::Quantity(_)));
        match item {
            Item::Join | Item::Comma if !is_between_years => {
                next(&mut out, &mut current, Clause { is_aside: depth > 0, ..Clause::default() })
            }
            Item::Join | Item::Comma => {}
            Item::Stop => {
                depth = 0;
                next(&mut out, &mut current, Clause { starts_sentence: true, ..Clause::default() });
            }
            Item::Open => {
                depth += 1;
                next(&mut out, &mut current, Clause { is_aside: true, ..Clause::default() });
            }
            Item::Close => {
                depth = depth.saturating_sub(1);
                next(&mut out, &mut current, Clause { is_aside: depth > 0, ..Clause::default() });
            }
            // "Trots att kassan minskade ökade omsättningen": the second verb begins a clause of its own.
            Item::Change(way) if has_moved(&current.items, *way) => {
                next(&mut out, &mut current, Clause { is_aside: depth > 0, ..Clause::default() });
                current.items.push(item.clone());
            }
            Item::Despite => {
                next(&mut out, &mut current, Clause { is_aside: depth > 0, ..Clause::default() });
                is_despite = true;
            }
            // "A profit in 2021 after a loss in 2020": each is said of its own year.
            Item::Since if names_loss_or_gain(&items[at + 1..]) => {
                next(&mut out, &mut current, Clause { is_aside: depth > 0, ..Clause::default() });
            }
            // "Trots lägre omsättning ökade antalet anställda".
            Item::Change(_) if is_despite && names_and_compares(&current.items) => {
                next(&mut out, &mut current, Clause { is_aside: depth > 0, ..Clause::default() });
                current.items.push(item.clone());
                is_despite = false;
            }
            other => current.items.push(other.clone()),
        }
    }
    next(&mut out, &mut current, Clause::default());
    for clause in &mut out {
        name_results(&mut clause.items);
    }
    out
}

fn names_loss_or_gain(items: &[Item]) -> bool {
    let next = items.iter().find(|item| !matches!(item, Item::Filler));
    matches!(next, Some(Item::Field(mention)) if mention.is_loss || mention.is_gain)
}

fn names_and_compares(items: &[Item]) -> bool {
    items.iter().any(|item| matches!(item, Item::Field(_)))
        && items.iter().any(|item| matches!(item, Item::Compare(_) | Item::Change(_)))
}

/// "EBIT swung from a loss of 1.3 million": a loss or a profit without a name is of the result that the clause has named.
fn name_results(items: &mut [Item]) {
    const RESULTS: [&str; 5] = ["ebit", "ebitda", "result_after_financial_items", "result_before_tax", "net_income"];
    let mut named: Option<Vec<String>> = None;
    for item in items {
        let Item::Field(mention) = item else { continue };
        if (mention.is_loss || mention.is_gain) && mention.fields.iter().any(|field| field == "net_income") {
            if let Some(fields) = &named {
                mention.fields.clone_from(fields);
            }
        } else if mention.fields.iter().all(|field| RESULTS.contains(&field.as_str())) {
            named = Some(mention.fields.clone());
        }
    }
}

/// Whether a figure moved the other way already.
fn has_moved(items: &[Item], way: Way) -> bool {
    items.iter().any(|item| matches!(item, Item::Field(_)))
        && items.iter().any(|item| matches!(item, Item::Change(other) if *other != way))
        && !items.iter().any(|item| matches!(item, Item::Quantity(_)))
}

fn is_year(item: Option<&Item>) -> bool {
    matches!(item, Some(Item::Year { .. } | Item::Day(_)))
}

/// Keeps the clause, unless nothing is in it, and begins another. A part that says nothing but years or fillers joins what is before it.
fn next(out: &mut Vec<Clause>, current: &mut Clause, following: Clause) {
    let done = std::mem::replace(current, following);
    if done.items.is_empty() {
        current.starts_sentence |= done.starts_sentence;
        return;
    }
    let says_something = done.items.iter().any(|item| {
        !matches!(
            item,
            Item::Filler
                | Item::Within
                | Item::At
                | Item::Year { .. }
                | Item::Years(..)
                | Item::Day(_)
                | Item::Relative(_)
                | Item::Window(_)
                | Item::From
                | Item::To
                | Item::Of
                | Item::By
                | Item::Than
                | Item::Since
        )
    });
    if !says_something
        && !done.starts_sentence
        && let Some(last) = out.last_mut()
    {
        last.items.extend(done.items);
        current.starts_sentence |= false;
        return;
    }
    out.push(done);
}

/// The years that a clause speaks of.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Years {
    /// The year that the statement is about.
    pub target: Option<Year>,
    /// The year that it is compared with.
    pub base: Option<Year>,
    /// Another base that the words can mean.
    pub other_base: Option<Year>,
    /// Whether the base was written as the start of a span.
    pub is_span: bool,
    /// How many years a window spans.
    pub window: Option<i32>,
}

/// Reads the years of a clause; what it leaves open comes from `before`.
pub(super) fn years(items: &[Item], before: Years, series: &Series<'_>) -> Years {
    let mut out = Years::default();
    let mut plain: Vec<Year> = Vec::new();
    let mut back: Option<i32> = None;
    // Set by "from", "than" and "since" until something else begins: "from 11.0 million in 2022".
    let mut is_base = false;
    let mut is_to = false;
    for item in items {
        let year = match item {
            Item::Year { end, start } => Some(Year { end: *end, start: *start, day: None }),
            Item::Day(day) => {
                use chrono::Datelike;
                Some(Year { end: day.year(), start: None, day: Some(*day) })
            }
            Item::Relative(Relative::Newest) => series.newest().map(Year::of),
            Item::Relative(Relative::Ago(years)) => series.newest().map(|newest| Year::of(newest - years)),
            Item::Relative(Relative::Back(years)) => {
                back = Some(*years);
                (is_base, is_to) = (false, false);
                None
            }
            Item::Years(from, to) => {
                out.base = Some(Year::of(*from));
                out.target = Some(Year::of(*to));
                out.is_span = true;
                None
            }
            Item::Window(years) => {
                out.window = Some(*years);
                None
            }
            Item::From | Item::Since | Item::Than => {
                (is_base, is_to) = (true, false);
                None
            }
            Item::To => {
                (is_base, is_to) = (false, true);
                None
            }
            Item::Filler | Item::Within | Item::At | Item::Quantity(_) | Item::Approx(_) => None,
            _ => {
                (is_base, is_to) = (false, false);
                None
            }
        };
        if let Some(year) = year {
            if is_base {
                out.base = Some(year);
            } else if is_to && out.target.is_none() {
                out.target = Some(year);
            } else {
                plain.push(year);
            }
            (is_base, is_to) = (false, false);
        }
    }
    plain.dedup();
    if out.target.is_none() {
        out.target = plain.iter().copied().max_by_key(|year| year.end);
        if plain.len() == 2 && out.base.is_none() {
            out.base = plain.iter().copied().min_by_key(|year| year.end);
        }
    }
    let newest = series.newest().map(Year::of);
    // "Its low was in 2020, and it has since risen 39 %": from the year before the clause to the newest.
    let is_open = items.contains(&Item::Since) && out.base.is_none() && plain.is_empty() && out.target.is_none();
    if let (true, Some(told), Some(newest)) = (is_open, before.target, newest)
        && told.end < newest.end
    {
        (out.base, out.target, out.is_span) = (Some(told), Some(newest), true);
    }
    if out.target.is_none() {
        out.target = before.target.or(newest);
        if out.base.is_none() && out.window.is_none() && back.is_none() {
            (out.base, out.other_base, out.is_span, out.window) =
                (before.base, before.other_base, before.is_span, before.window);
        }
    }
    if let (Some(years), Some(target)) = (back, out.target)
        && out.base.is_none()
    {
        out.base = Some(Year::of(target.end - years));
    }
    if let (Some(years), Some(target), None) = (out.window, out.target, out.base) {
        out.base = Some(Year::of(target.end - years));
        out.other_base = Some(Year::of(target.end - years + 1)).filter(|_| years > 2);
    }
    if let (Some(target), None) = (out.target, out.base) {
        out.base = Some(Year::of(target.end - 1));
    }
    out
}

/// The statements of a clause beside its numbers.
#[derive(Clone, Debug, Default)]
pub(super) struct Signals {
    pub mentions: Vec<(usize, Mention)>,
    pub change: Option<Way>,
    pub changes: usize,
    pub has_growth: bool,
    pub compare: Option<Way>,
    pub negations: usize,
}

pub(super) fn signals(items: &[Item]) -> Signals {
    let mut out = Signals::default();
    for (at, item) in items.iter().enumerate() {
        match item {
            Item::Field(mention) => out.mentions.push((at, mention.clone())),
            Item::Change(way) => {
                out.changes += usize::from(out.change.is_some_and(|known| known != *way));
                out.change = out.change.or(Some(*way));
            }
            Item::Growth => out.has_growth = true,
            Item::Compare(way) => out.compare = out.compare.or(Some(*way)),
            Item::Not => out.negations += 1,
            _ => {}
        }
    }
    out
}
