//! Orders of rows: by any field, missing values last in either direction, ties by organisation number.

use std::cmp::Ordering;
use std::sync::LazyLock;

use domain::catalogue::FieldKind;
use domain::filter::FieldId;
use icu_collator::options::CollatorOptions;
use icu_collator::{Collator, CollatorBorrowed};
use icu_locale_core::locale;
use rayon::prelude::*;

use crate::bitset::Bitset;
use crate::pick::{Bounds, Plane, Stage, bounds_of, pick};
use crate::segment::{Column, Segment};

/// What rows are ordered by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum SortBy {
    /// Organisation number.
    Orgnr,
    /// A field of the catalogue: numbers and dates by size, codes by their text, words in Swedish alphabetical order.
    Field(FieldId),
}

/// A sort key and its direction.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Sort {
    /// What is compared.
    pub by: SortBy,
    /// Greatest first. Missing values come last all the same.
    pub descending: bool,
}

/// Swedish alphabetical order; `None` only if the library came without its Swedish data.
static SWEDISH: LazyLock<Option<CollatorBorrowed<'static>>> =
    LazyLock::new(|| Collator::try_new(locale!("sv").into(), CollatorOptions::default()).ok());

/// The order of two texts in Swedish, by their characters where the alphabet sees no difference.
#[must_use]
pub fn swedish(a: &str, b: &str) -> Ordering {
    SWEDISH.as_ref().map_or(Ordering::Equal, |collator| collator.compare(a, b)).then_with(|| a.cmp(b))
}

/// A key that sorts bytewise as [`swedish`] does.
fn swedish_key(text: &str) -> Vec<u8> {
    let mut key = Vec::with_capacity(text.len() * 2);
    if let Some(collator) = SWEDISH.as_ref() {
        let Ok(()) = collator.write_sort_key_to(text, &mut key);
    }
    // A zero sorts before every weight, so a text and its continuation stay in order.
    key.push(0);
    key.extend_from_slice(text.as_bytes());
    key
}

/// The rank of each text among all of them from 1, 0 where there is none; equal texts share one.
fn ranks<'a>(texts: &[Option<&'a str>]) -> Vec<u32> {
    let mut distinct: Vec<&'a str> = texts.iter().flatten().copied().collect();
    distinct.par_sort_unstable();
    distinct.dedup();
    let mut keyed: Vec<(Vec<u8>, u32)> =
        distinct.par_iter().enumerate().map(|(index, text)| (swedish_key(text), index as u32)).collect();
    keyed.par_sort_unstable();
    let mut rank_of = vec![0u32; distinct.len()];
    for (rank, (_, index)) in keyed.iter().enumerate() {
        rank_of[*index as usize] = rank as u32;
    }
    texts
        .iter()
        .map(|text| text.and_then(|text| distinct.binary_search(&text).ok()).map_or(0, |index| rank_of[index] + 1))
        .collect()
}

impl Segment {
    pub(crate) fn text_of(&self, field: FieldId, row: u32) -> Option<&str> {
        match self.column(field) {
            Column::Text(column) => column.get(row),
            Column::Code(column) => column.get(row).map(|text| &**text),
            Column::Number(_) | Column::Boolean(_) | Column::Codes(_) => None,
        }
    }

    /// The Swedish rank of each row from 1, 0 for a missing text.
    pub(crate) fn ranks(&self, field: FieldId) -> &Ranks {
        self.ranks[field.0 as usize].get_or_init(|| {
            let texts: Vec<Option<&str>> = (0..self.len() as u32).map(|row| self.text_of(field, row)).collect();
            Ranks::of(ranks(&texts))
        })
    }

    /// Makes the Swedish order of a text field now instead of at the first query that needs it.
    pub fn warm(&self, field: FieldId) {
        if field.field().kind == FieldKind::Text {
            self.ranks(field);
        }
    }

    fn stages<'a>(&'a self, sorts: &[Sort]) -> Vec<Stage<'a>> {
        let mut stages = Vec::new();
        for sort in sorts {
            let descending = sort.descending;
            match sort.by {
                // Numbers of companies are unique: nothing after them is ever looked at.
                SortBy::Orgnr if descending => {
                    stages.push(Stage::LastRowFirst);
                    break;
                }
                SortBy::Orgnr => break,
                SortBy::Field(field) if field.field().kind == FieldKind::Text => {
                    let Ranks { keys, bounds } = self.ranks(field);
                    let plane = Plane::U32 { keys, bounds: Some(bounds) };
                    stages.push(Stage::Key { plane, descending });
                }
                SortBy::Field(field) => match self.column(field) {
                    Column::Number(column) => stages.push(Stage::Key { plane: Plane::Number(column), descending }),
                    Column::Boolean(column) => stages.push(Stage::Key { plane: column.codes().plane(), descending }),
                    Column::Code(column) => stages.push(Stage::Key { plane: column.codes().plane(), descending }),
                    Column::Codes(column) => stages.push(Stage::Key { plane: column.codes().plane(), descending }),
                    Column::Text(_) => {}
                },
            }
        }
        stages
    }

    /// The rows of the set at `from..to` in the order of the sort keys.
    pub(crate) fn sorted_rows(&self, rows: &Bitset, count: u64, sorts: &[Sort], from: usize, to: usize) -> Vec<u32> {
        let mut page = Vec::new();
        pick(rows, count as usize, &self.stages(sorts), from, to, &mut page);
        page
    }
}

/// Swedish ranks of a text column, with the bounds of each block.
#[derive(Clone, Debug)]
pub(crate) struct Ranks {
    pub keys: Vec<u32>,
    pub bounds: Vec<Bounds>,
}

impl Ranks {
    pub(crate) fn of(keys: Vec<u32>) -> Self {
        let bounds = bounds_of(keys.len(), |row| (keys[row as usize], 0));
        Self { keys, bounds }
    }
}

/// The order of two rows that may lie in different segments.
#[must_use]
pub fn compare(sorts: &[Sort], a: (&Segment, u32), b: (&Segment, u32)) -> Ordering {
    for sort in sorts {
        let order = match sort.by {
            SortBy::Orgnr => turned(a.0.orgnrs()[a.1 as usize].cmp(&b.0.orgnrs()[b.1 as usize]), sort.descending),
            SortBy::Field(field) => compare_field(field, sort.descending, a, b),
        };
        if order != Ordering::Equal {
            return order;
        }
    }
    a.0.orgnrs()[a.1 as usize].cmp(&b.0.orgnrs()[b.1 as usize])
}

pub(crate) fn turned(order: Ordering, descending: bool) -> Ordering {
    if descending { order.reverse() } else { order }
}

pub(crate) fn missing_last<T>(
    a: Option<T>,
    b: Option<T>,
    descending: bool,
    compare: impl Fn(T, T) -> Ordering,
) -> Ordering {
    match (a, b) {
        (Some(a), Some(b)) => turned(compare(a, b), descending),
        (a, b) => a.is_none().cmp(&b.is_none()),
    }
}

fn compare_field(field: FieldId, descending: bool, a: (&Segment, u32), b: (&Segment, u32)) -> Ordering {
    if field.field().kind == FieldKind::Text {
        return missing_last(a.0.text_of(field, a.1), b.0.text_of(field, b.1), descending, swedish);
    }
    match (a.0.column(field), b.0.column(field)) {
        (Column::Number(left), Column::Number(right)) => {
            missing_last(left.get(a.1), right.get(b.1), descending, |a, b| a.cmp(&b))
        }
        (Column::Boolean(left), Column::Boolean(right)) => {
            missing_last(left.get(a.1), right.get(b.1), descending, Ord::cmp)
        }
        (Column::Code(left), Column::Code(right)) => missing_last(left.get(a.1), right.get(b.1), descending, Ord::cmp),
        (Column::Codes(left), Column::Codes(right)) => {
            missing_last(left.get(a.1), right.get(b.1), descending, Ord::cmp)
        }
        // The same field has the same kind of column in every segment, but for texts, which are handled above.
        _ => Ordering::Equal,
    }
}
