//! From a filter to the set of rows that it matches.

use std::collections::HashSet;

use domain::catalogue::Hierarchy;
use domain::filter::code::stems;
use domain::filter::{Bound, Condition, FieldId, Filter};

use crate::bitset::Bitset;
use crate::segment::{Column, Segment};

/// Where the members of named sets (lists, labels, prospects) come from: organisation numbers, ascending.
pub trait Sets {
    /// The members of a set; an unknown set has none.
    fn members(&self, name: &str) -> &[u64];
}

/// No sets at all.
#[derive(Clone, Copy, Debug)]
pub struct NoSets;

impl Sets for NoSets {
    fn members(&self, _: &str) -> &[u64] {
        &[]
    }
}

impl Sets for std::collections::HashMap<String, std::sync::Arc<[u64]>> {
    fn members(&self, name: &str) -> &[u64] {
        self.get(name).map_or(&[], |members| members)
    }
}

impl Segment {
    /// The rows that the filter matches. Missing values match no comparison; `not` turns that round, too.
    ///
    /// Recursion is bounded by the depth that `domain::filter` lets in.
    #[must_use]
    pub fn select(&self, filter: &Filter, sets: &dyn Sets) -> Bitset {
        match filter {
            Filter::All(parts) => {
                let mut parts = parts.iter();
                let Some(first) = parts.next() else { return Bitset::all(self.len()) };
                let mut rows = self.select(first, sets);
                for part in parts {
                    rows.and(&self.select(part, sets));
                }
                rows
            }
            Filter::Any(parts) => {
                let mut rows = Bitset::none(self.len());
                for part in parts {
                    rows.or(&self.select(part, sets));
                }
                rows
            }
            Filter::Not(part) => {
                let mut rows = self.select(part, sets);
                rows.invert();
                rows
            }
            Filter::Condition(condition) => self.condition(condition, sets),
        }
    }

    fn condition(&self, condition: &Condition, sets: &dyn Sets) -> Bitset {
        match condition {
            Condition::IntegerRange { field, min, max } => {
                self.number_between(*field, min.unwrap_or(i64::MIN), max.unwrap_or(i64::MAX))
            }
            Condition::RealRange { field, min, max } => {
                let (Some(min), Some(max)) = (least(min.as_ref()), greatest(max.as_ref())) else {
                    return Bitset::none(self.len());
                };
                self.number_between(*field, min, max)
            }
            Condition::DateRange { field, min, max } => {
                let day = |day: &chrono::NaiveDate| i64::from(day.to_epoch_days());
                self.number_between(*field, min.as_ref().map_or(i64::MIN, day), max.as_ref().map_or(i64::MAX, day))
            }
            Condition::IntegerIn { field, values } => self.number_in(*field, values),
            Condition::RealIn { field, values } => {
                let exact: Vec<i64> = values.iter().filter_map(|value| exact(*value)).collect();
                self.number_in(*field, &exact)
            }
            Condition::CodeIn { field, codes } => self.code_in(*field, codes),
            Condition::Is { field, value } => match self.column(*field) {
                Column::Boolean(column) => column.matching(|yes| yes == value),
                _ => Bitset::none(self.len()),
            },
            Condition::Text { field, matching, pattern } => match self.column(*field) {
                Column::Text(column) => column.matching(*matching, pattern),
                Column::Code(column) => column.matching(|text| domain::filter::fold::matches(*matching, pattern, text)),
                _ => Bitset::none(self.len()),
            },
            Condition::IsNull { field } => self.missing(*field),
            Condition::OrgnrIn { orgnrs } => self.rows_of(orgnrs.iter().map(|orgnr| orgnr.number())),
            Condition::InSet { set } => self.rows_of(sets.members(set).iter().copied()),
        }
    }

    fn number_between(&self, field: FieldId, min: i64, max: i64) -> Bitset {
        match self.column(field) {
            Column::Number(column) => column.between(min, max),
            _ => Bitset::none(self.len()),
        }
    }

    fn number_in(&self, field: FieldId, values: &[i64]) -> Bitset {
        let Column::Number(column) = self.column(field) else { return Bitset::none(self.len()) };
        // A few values are a few fast scans; many are one slower pass over a sorted list.
        if values.len() <= 8 {
            let mut rows = Bitset::none(self.len());
            for value in values {
                rows.or(&column.between(*value, *value));
            }
            return rows;
        }
        let mut sorted = values.to_vec();
        sorted.sort_unstable();
        column.any_of(&sorted)
    }

    fn code_in(&self, field: FieldId, wanted: &[String]) -> Bitset {
        let hierarchy = field.field().hierarchy;
        let stems: HashSet<&str> = wanted.iter().flat_map(|wanted| stems(hierarchy, wanted)).collect();
        // A code lies under a stem that it starts with; a list of thousands costs no more per code than a short one.
        let is_wanted = |code: &str| match hierarchy {
            Hierarchy::Flat => stems.contains(code),
            Hierarchy::Sni | Hierarchy::Municipality => {
                let mut ends = code.char_indices().map(|(end, _)| end).chain([code.len()]);
                ends.any(|end| stems.contains(&code[..end]))
            }
        };
        match self.column(field) {
            Column::Code(column) => column.matching(|code| is_wanted(code)),
            Column::Codes(column) => column.matching(|codes| codes.iter().any(|code| is_wanted(code))),
            _ => Bitset::none(self.len()),
        }
    }

    /// The rows of companies given by number.
    pub fn rows_of(&self, orgnrs: impl Iterator<Item = u64>) -> Bitset {
        let mut rows = Bitset::none(self.len());
        for orgnr in orgnrs {
            if let Some(row) = self.row_of(orgnr) {
                rows.insert(row);
            }
        }
        rows
    }
}

/// The ten-thousandths r that lie nearest to a bound, found so that r / 10 000, as the doubles that are stored, decides.
fn nearest(value: f64) -> i64 {
    (value * 1e4).round().clamp(-9e18, 9e18) as i64
}

fn as_real(scaled: i64) -> f64 {
    scaled as f64 / 1e4
}

/// The least stored value that the lower bound lets in; `None` when there is none.
fn least(bound: Option<&Bound>) -> Option<i64> {
    let Some(bound) = bound else { return Some(i64::MIN) };
    let passes =
        |scaled: i64| if bound.inclusive { as_real(scaled) >= bound.value } else { as_real(scaled) > bound.value };
    let mut scaled = nearest(bound.value).saturating_sub(2);
    for _ in 0..5 {
        if passes(scaled) {
            return Some(scaled);
        }
        scaled = scaled.checked_add(1)?;
    }
    None
}

/// The greatest stored value that the upper bound lets in; `None` when there is none.
fn greatest(bound: Option<&Bound>) -> Option<i64> {
    let Some(bound) = bound else { return Some(i64::MAX) };
    let passes =
        |scaled: i64| if bound.inclusive { as_real(scaled) <= bound.value } else { as_real(scaled) < bound.value };
    let mut scaled = nearest(bound.value).saturating_add(2);
    for _ in 0..5 {
        if passes(scaled) {
            return Some(scaled);
        }
        scaled = scaled.checked_sub(1)?;
    }
    None
}

/// The stored form of a value, when it is one.
fn exact(value: f64) -> Option<i64> {
    let scaled = nearest(value);
    (as_real(scaled) == value).then_some(scaled)
}
