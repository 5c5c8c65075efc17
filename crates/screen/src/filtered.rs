//! A filter taken apart into its conditions, so that counts can leave one out and a person can see what each does.

use std::borrow::Cow;
use std::collections::BTreeSet;

use domain::filter::{Condition, FieldId, Filter};

use crate::order::{Sort, SortBy};
use crate::select::Sets;
use crate::snapshot::{RowId, Selection, Snapshot};

/// The parts of a filter that must all hold, each with the companies it matches.
#[derive(Clone, Debug)]
pub struct Filtered<'a> {
    parts: Vec<Part<'a>>,
    all: Selection,
    selection: Selection,
}

#[derive(Clone, Debug)]
struct Part<'a> {
    filter: &'a Filter,
    /// The field, when the part is about a single one.
    field: Option<FieldId>,
    selection: Selection,
}

/// What one condition does to a screen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// Companies that the condition alone removes from all.
    pub removed_alone: u64,
    /// Companies left after this condition and those before it.
    pub left: u64,
    /// Companies that only this condition keeps out: they pass all others.
    pub removed_only_by_this: u64,
}

/// A company that fails a single condition of the screen.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct NearMiss {
    /// The company.
    pub row: RowId,
    /// Position of the failed condition.
    pub part: usize,
    /// How far the value lies from the bound, as a share of the bound (of one unit where the bound is 0); `None` where the condition has no distance.
    pub distance: Option<f64>,
}

fn field_of(condition: &Condition) -> Option<FieldId> {
    match condition {
        Condition::IntegerRange { field, .. }
        | Condition::RealRange { field, .. }
        | Condition::DateRange { field, .. }
        | Condition::IntegerIn { field, .. }
        | Condition::RealIn { field, .. }
        | Condition::CodeIn { field, .. }
        | Condition::Is { field, .. }
        | Condition::Text { field, .. }
        | Condition::IsNull { field } => Some(*field),
        Condition::OrgnrIn { .. } | Condition::InSet { .. } => None,
    }
}

/// The fields a filter looks at; `None` stands for identity and sets.
fn fields_of(filter: &Filter, fields: &mut BTreeSet<Option<FieldId>>) {
    match filter {
        Filter::All(parts) | Filter::Any(parts) => parts.iter().for_each(|part| fields_of(part, fields)),
        Filter::Not(part) => fields_of(part, fields),
        Filter::Condition(condition) => {
            fields.insert(field_of(condition));
        }
    }
}

fn conjuncts<'a>(filter: &'a Filter, parts: &mut Vec<&'a Filter>) {
    match filter {
        Filter::All(inner) => inner.iter().for_each(|part| conjuncts(part, parts)),
        part => parts.push(part),
    }
}

impl Snapshot {
    /// Evaluates every condition of the filter once.
    #[must_use]
    pub fn filtered<'a>(&self, filter: &'a Filter, sets: &dyn Sets) -> Filtered<'a> {
        let mut list = Vec::new();
        conjuncts(filter, &mut list);
        let parts: Vec<Part<'a>> = list
            .into_iter()
            .map(|filter| {
                let mut fields = BTreeSet::new();
                fields_of(filter, &mut fields);
                let field = if fields.len() == 1 { fields.first().copied().flatten() } else { None };
                Part { filter, field, selection: self.select(filter, sets) }
            })
            .collect();
        let all = self.all();
        let mut selection = all.clone();
        parts.iter().for_each(|part| selection.and(&part.selection));
        Filtered { parts, all, selection }
    }

    /// Companies that fail exactly one condition, nearest first, at most `limit`.
    #[must_use]
    pub fn near_misses(&self, filtered: &Filtered<'_>, limit: usize) -> Vec<NearMiss> {
        let mut found = Vec::new();
        for (index, part) in filtered.parts.iter().enumerate() {
            let mut missed = filtered.passing_others(index);
            missed.and_not(&part.selection);
            // Conditions with a distance give their nearest; the others a few in the order of numbers.
            let rows: Vec<RowId> = match part.filter {
                Filter::Condition(condition) if range_of(condition).is_some() => self.rows(&missed).collect(),
                _ => self.page(&missed, &[Sort { by: SortBy::Orgnr, descending: false }], 0, limit as u32),
            };
            found.extend(rows.into_iter().map(|row| NearMiss { row, part: index, distance: self.distance(part, row) }));
        }
        let key = |miss: &NearMiss| (miss.distance.is_none(), miss.distance.unwrap_or(0.0), self.orgnr(miss.row));
        let compare = |a: &NearMiss, b: &NearMiss| {
            let (a, b) = (key(a), key(b));
            a.0.cmp(&b.0).then_with(|| a.1.total_cmp(&b.1)).then_with(|| a.2.cmp(&b.2))
        };
        if limit < found.len() {
            found.select_nth_unstable_by(limit, compare);
            found.truncate(limit);
        }
        found.sort_unstable_by(compare);
        found
    }

    fn distance(&self, part: &Part<'_>, row: RowId) -> Option<f64> {
        let Filter::Condition(condition) = part.filter else { return None };
        let (min, max) = range_of(condition)?;
        let value = crate::segment::scaled(&self.value(row, part.field?))? as f64;
        let scale = crate::segment::scale_of(part.field?.field().kind);
        let (bound, gap) = match (min, max) {
            (Some(min), _) if value <= min => (min, min - value),
            (_, Some(max)) if value >= max => (max, value - max),
            _ => return None,
        };
        Some(gap / bound.abs().max(scale))
    }
}

/// The ends of a range condition in stored units.
fn range_of(condition: &Condition) -> Option<(Option<f64>, Option<f64>)> {
    match condition {
        Condition::IntegerRange { min, max, .. } => Some((min.map(|min| min as f64), max.map(|max| max as f64))),
        Condition::RealRange { min, max, .. } => Some((min.map(|min| min.value * 1e4), max.map(|max| max.value * 1e4))),
        Condition::DateRange { min, max, .. } => {
            let day = |day: chrono::NaiveDate| f64::from(day.to_epoch_days());
            Some((min.map(day), max.map(day)))
        }
        _ => None,
    }
}

impl<'a> Filtered<'a> {
    /// The companies that pass every condition.
    #[must_use]
    pub fn selection(&self) -> &Selection {
        &self.selection
    }

    /// The conditions, in the order in which they were written.
    pub fn conditions(&self) -> impl Iterator<Item = &'a Filter> + '_ {
        self.parts.iter().map(|part| part.filter)
    }

    /// The companies that pass every condition but those on this field alone: what its facet or histogram counts.
    #[must_use]
    pub fn without(&self, field: FieldId) -> Cow<'_, Selection> {
        if self.parts.iter().all(|part| part.field != Some(field)) {
            return Cow::Borrowed(&self.selection);
        }
        let mut selection = self.all.clone();
        for part in self.parts.iter().filter(|part| part.field != Some(field)) {
            selection.and(&part.selection);
        }
        Cow::Owned(selection)
    }

    /// Companies that only the last condition keeps out.
    #[must_use]
    pub fn removed_by_last(&self) -> u64 {
        match self.parts.len() {
            0 => 0,
            parts => self.passing_others(parts - 1).count() - self.selection.count(),
        }
    }

    fn passing_others(&self, index: usize) -> Selection {
        let mut selection = self.all.clone();
        for (_, part) in self.parts.iter().enumerate().filter(|(other, _)| *other != index) {
            selection.and(&part.selection);
        }
        selection
    }

    /// What each condition removes, in order.
    #[must_use]
    pub fn funnel(&self) -> Vec<Step> {
        let total = self.all.count();
        let mut so_far = self.all.clone();
        self.parts
            .iter()
            .enumerate()
            .map(|(index, part)| {
                so_far.and(&part.selection);
                let mut alone = self.all.clone();
                alone.and(&part.selection);
                let others = self.passing_others(index).count();
                Step {
                    removed_alone: total - alone.count(),
                    left: so_far.count(),
                    removed_only_by_this: others - self.selection.count(),
                }
            })
            .collect()
    }
}
