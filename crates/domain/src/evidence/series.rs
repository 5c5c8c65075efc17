//! The figures of a dossier by field, year and scope, and those that can be computed out of them.

use chrono::NaiveDate;

use super::{Dossier, Fact};
use crate::line::Line;
use crate::scope::Scope;

/// The period that a statement is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Year {
    /// The year it ends in.
    pub end: i32,
    /// The year it starts in, where that is written.
    pub start: Option<i32>,
    /// The day it ends on, where that is written.
    pub day: Option<NaiveDate>,
}

impl Year {
    pub(super) fn of(end: i32) -> Self {
        Self { end, start: None, day: None }
    }

    fn holds(self, fact: &Fact) -> bool {
        use chrono::Datelike;
        fact.period_end.year() == self.end
            && self.day.is_none_or(|day| fact.period_end == day)
            && self.start.is_none_or(|start| fact.period_start.is_some_and(|day| day.year() == start))
    }
}

/// A figure that was looked up.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Found {
    /// The value.
    pub value: f64,
    /// Whether everything that it rests on is cited.
    pub is_cited: bool,
    /// The facts that it rests on.
    pub ids: Vec<String>,
    /// The key it stands under.
    pub field: String,
    /// Months of the period, for a flow.
    pub months: Option<f64>,
}

/// The facts of one scope.
pub(super) struct Series<'a> {
    facts: Vec<&'a Fact>,
    cited: Vec<&'a Fact>,
}

/// Ratios of the catalogue that two facts of one period give: key, numerator, denominator.
const RATIOS: [(&str, &str, &str); 13] = [
    ("gross_margin", "gross_profit", "revenue"),
    ("ebitda_margin", "ebitda", "revenue"),
    ("ebit_margin", "ebit", "revenue"),
    ("net_margin", "net_income", "revenue"),
    ("equity_ratio", "adjusted_equity", "total_assets"),
    ("equity_ratio", "equity", "total_assets"),
    ("current_ratio", "current_assets", "current_liabilities"),
    ("roe", "result_after_financial_items", "adjusted_equity"),
    ("net_debt_to_ebitda", "net_debt", "ebitda"),
    ("revenue_per_employee", "revenue", "employees"),
    ("ebitda_per_employee", "ebitda", "employees"),
    ("asset_turnover", "revenue", "total_assets"),
    ("roa", "ebit", "total_assets"),
];

impl<'a> Series<'a> {
    /// The facts of a scope. Where the claim names none, the company's own are meant, or the group's where only those are known.
    pub(super) fn new(dossier: &'a Dossier, cited: &[&'a Fact], scope: Option<Scope>) -> Self {
        let scope = scope.unwrap_or_else(|| {
            let has_own = dossier.facts.iter().any(|fact| fact.scope == Scope::Company);
            if has_own { Scope::Company } else { Scope::Group }
        });
        Self {
            facts: dossier.facts.iter().filter(|fact| fact.scope == scope).collect(),
            cited: cited.iter().copied().filter(|fact| fact.scope == scope).collect(),
        }
    }

    /// The newest year that anything is known of.
    pub(super) fn newest(&self) -> Option<i32> {
        use chrono::Datelike;
        self.facts.iter().map(|fact| fact.period_end.year()).max()
    }

    /// Years of the cited facts with one of these fields, ascending.
    pub(super) fn cited_years(&self, fields: &[String]) -> Vec<i32> {
        use chrono::Datelike;
        let of = self.cited.iter().filter(|fact| fields.contains(&fact.field));
        let mut years: Vec<i32> = of.map(|fact| fact.period_end.year()).collect();
        years.sort_unstable();
        years.dedup();
        years
    }

    /// Whether every fact is of a year that ends with December.
    pub(super) fn has_calendar_years(&self) -> bool {
        use chrono::Datelike;
        self.facts.iter().all(|fact| (fact.period_end.month(), fact.period_end.day()) == (12, 31))
    }

    /// Whether the dossier holds at least three years of one of these keys in a row, and every one of them is cited.
    pub(super) fn cites_every_year(&self, fields: &[String]) -> bool {
        use chrono::Datelike;
        let of = self.facts.iter().filter(|fact| fields.contains(&fact.field));
        let mut years: Vec<i32> = of.map(|fact| fact.period_end.year()).collect();
        years.sort_unstable();
        years.dedup();
        years.len() >= 3 && years.windows(2).all(|pair| pair[1] == pair[0] + 1) && years == self.cited_years(fields)
    }

    /// The figure of a year under one of these keys: a fact that is cited, else what cited facts give, else one that is not cited.
    pub(super) fn find(&self, fields: &[String], year: Year) -> Option<Found> {
        let direct = |facts: &[&'a Fact], is_cited: bool| {
            fields.iter().find_map(|field| {
                facts.iter().find(|fact| fact.field == *field && year.holds(fact)).map(|fact| found(fact, is_cited))
            })
        };
        direct(&self.cited, true)
            .or_else(|| fields.iter().find_map(|field| self.computed(field, year)).filter(|found| found.is_cited))
            .or_else(|| direct(&self.facts, false))
            .or_else(|| fields.iter().find_map(|field| self.computed(field, year)))
    }

    /// A ratio or growth out of facts.
    fn computed(&self, field: &str, year: Year) -> Option<Found> {
        let plain = |key: &str, year: Year| {
            let pick = |facts: &[&'a Fact], is_cited| {
                facts.iter().find(|fact| fact.field == key && year.holds(fact)).map(|fact| found(fact, is_cited))
            };
            pick(&self.cited, true).or_else(|| pick(&self.facts, false))
        };
        if field == "growth_yoy" {
            let (now, before) = (plain("revenue", year)?, plain("revenue", Year::of(year.end - 1))?);
            let growth = growth(&now, &before)?;
            return Some(joined(field, growth, &now, &before));
        }
        let mut any = None;
        for (_, above, below) in RATIOS.iter().filter(|(key, ..)| *key == field) {
            let (Some(above), Some(below)) = (plain(above, year), plain(below, year)) else { continue };
            if below.value <= 0.0 {
                continue;
            }
            let ratio = joined(field, above.value / below.value, &above, &below);
            if ratio.is_cited {
                return Some(ratio);
            }
            any = any.or(Some(ratio));
        }
        any
    }
}

fn found(fact: &Fact, is_cited: bool) -> Found {
    let is_flow = Line::from_key(&fact.field).is_some_and(Line::is_flow) || matches!(fact.field.as_str(), "ebitda");
    let months = fact.period_start.filter(|_| is_flow).map(|start| {
        let days = (fact.period_end - start).num_days() + 1;
        (f64::from(i32::try_from(days).unwrap_or(365)) / 30.4375).round()
    });
    Found { value: fact.value, is_cited, ids: vec![fact.id.clone()], field: fact.field.clone(), months }
}

fn joined(field: &str, value: f64, a: &Found, b: &Found) -> Found {
    let ids = a.ids.iter().chain(&b.ids).cloned().collect();
    Found { value, is_cited: a.is_cited && b.is_cited, ids, field: field.to_owned(), months: None }
}

/// new / old − 1 with flows put on a yearly basis where the periods differ; `None` where the old one is not above 0.
pub(super) fn growth(now: &Found, before: &Found) -> Option<f64> {
    let (new, old) = comparable(now, before);
    (old > 0.0).then(|| new / old - 1.0)
}

/// Two values of one field that can be compared: flows of periods of different length are annualised.
pub(super) fn comparable(now: &Found, before: &Found) -> (f64, f64) {
    match (now.months, before.months) {
        (Some(a), Some(b)) if (a - b).abs() > 0.5 && a > 0.0 && b > 0.0 => {
            (now.value * 12.0 / a, before.value * 12.0 / b)
        }
        _ => (now.value, before.value),
    }
}

/// Whether figures under the key are told as amounts, whatever their sign: costs are kept negative.
pub(super) fn is_cost(field: &str) -> bool {
    Line::from_key(field).is_some_and(|line| line.is_cost() || line == Line::Tax)
}
