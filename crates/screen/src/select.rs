//! From a filter to the set of rows that it matches.

use std::collections::HashSet;

use domain::catalogue::Hierarchy;
use domain::filter::code::stems;
use domain::filter::{Bound, Condition, FieldId, Filter};

use crate::bitset::Bitset;
use crate::company_set::CompanySet;
use crate::segment::{Column, Segment};

/// Where the members of named sets (lists, labels, exclusions) come from.
pub trait Sets {
    /// The members of a set; `None` for an unknown one, which holds nobody.
    fn members(&self, name: &str) -> Option<&CompanySet>;
}

/// No sets at all.
#[derive(Clone, Copy, Debug)]
pub struct NoSets;

impl Sets for NoSets {
    fn members(&self, _: &str) -> Option<&CompanySet> {
        None
    }
}

impl Sets for std::collections::HashMap<String, std::sync::Arc<CompanySet>> {
    fn members(&self, name: &str) -> Option<&CompanySet> {
        self.get(name).map(AsRef::as_ref)
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
            Condition::InSet { set } => match sets.members(set) {
                Some(members) => self.rows_of(members.iter()),
                None => Bitset::none(self.len()),
            },
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

    /// The rows of companies given by number, in any order. Rows stand in the order of their numbers, so ascending ones cost a
    /// walk over both, in strides that grow where the set is thin.
    pub fn rows_of(&self, orgnrs: impl Iterator<Item = u64>) -> Bitset {
        let mut rows = Bitset::none(self.len());
        let known = self.orgnrs();
        let (mut place, mut last) = (0, 0);
        for orgnr in orgnrs {
            if orgnr < last {
                place = 0;
            }
            last = orgnr;
            place += below(&known[place..], orgnr);
            if known.get(place) == Some(&orgnr) {
                rows.insert(place as u32);
            }
        }
        rows
    }
}

/// How many of the ascending numbers are less than the wanted one; quick when few are.
fn below(numbers: &[u64], wanted: u64) -> usize {
    let (mut low, mut stride) = (0, 1);
    while low + stride <= numbers.len() && numbers[low + stride - 1] < wanted {
        low += stride;
        stride *= 2;
    }
    let high = (low + stride).min(numbers.len());
    low + numbers[low..high].partition_point(|number| *number < wanted)
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn strides_find_the_place_that_a_search_finds() {
        let numbers: Vec<u64> = (0..1_000).map(|index| index * 3 + 7).collect();
        for from in [0, 1, 500, 999, 1_000] {
            for wanted in 0..3_100 {
                let found = below(&numbers[from..], wanted);
                assert_eq!(found, numbers[from..].partition_point(|number| *number < wanted), "{wanted} from {from}");
            }
        }
    }
}
