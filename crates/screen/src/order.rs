//! Orders of rows: by any field, missing values last in either direction, ties by organisation number.

use std::cmp::Ordering;
use std::sync::{Arc, LazyLock};

use domain::catalogue::FieldKind;
use domain::filter::FieldId;
use icu_collator::options::CollatorOptions;
use icu_collator::{Collator, CollatorBorrowed};
use icu_locale_core::locale;
use rayon::prelude::*;

use crate::bitset::Bitset;
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

/// Orders that are kept per segment; one takes 4 bytes a row.
const ORDERS_KEPT: usize = 12;

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

/// The rank of each text among all of them; equal texts share one.
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
        .map(|text| text.map_or(0, |text| distinct.binary_search(&text).map_or(0, |index| rank_of[index])))
        .collect()
}

impl Segment {
    fn text_of(&self, field: FieldId, row: u32) -> Option<&str> {
        match self.column(field) {
            Column::Text(column) => column.get(row),
            Column::Code(column) => column.get(row).map(|text| &**text),
            Column::Number(_) | Column::Boolean(_) | Column::Codes(_) => None,
        }
    }

    fn ranks(&self, field: FieldId) -> &[u32] {
        self.ranks[field.0 as usize].get_or_init(|| {
            let texts: Vec<Option<&str>> = (0..self.len() as u32).map(|row| self.text_of(field, row)).collect();
            ranks(&texts)
        })
    }

    /// Makes the Swedish order of a text field now instead of at the first query that needs it.
    pub fn warm(&self, field: FieldId) {
        if field.field().kind == FieldKind::Text {
            self.ranks(field);
        }
        self.order(field, false);
        self.order(field, true);
    }

    /// A function from a row to a key that sorts as the field does within this segment; `None` for missing values.
    fn keys<'a>(&'a self, field: FieldId) -> Box<dyn Fn(u32) -> Option<u64> + Sync + 'a> {
        if field.field().kind == FieldKind::Text {
            let ranks = self.ranks(field);
            return match self.column(field) {
                Column::Text(column) => {
                    Box::new(move |row| column.valid().contains(row).then(|| u64::from(ranks[row as usize])))
                }
                _ => Box::new(move |row| self.text_of(field, row).map(|_| u64::from(ranks[row as usize]))),
            };
        }
        match self.column(field) {
            Column::Number(column) => Box::new(move |row| column.valid().contains(row).then(|| column.key(row))),
            Column::Boolean(column) => Box::new(move |row| u64::from(column.codes().get(row)).checked_sub(1)),
            Column::Code(column) => Box::new(move |row| u64::from(column.codes().get(row)).checked_sub(1)),
            Column::Codes(column) => Box::new(move |row| u64::from(column.codes().get(row)).checked_sub(1)),
            Column::Text(_) => Box::new(|_| None),
        }
    }

    /// Every row in the order of the field.
    pub(crate) fn order(&self, field: FieldId, descending: bool) -> Arc<Vec<u32>> {
        let mut orders = self.orders.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        if let Some(order) = orders.get(&(field, descending)) {
            return order.clone();
        }
        if orders.len() >= ORDERS_KEPT
            && let Some(old) = orders.keys().next().copied()
        {
            orders.remove(&old);
        }
        let keys = self.keys(field);
        let mut keyed: Vec<(u64, u32)> = (0..self.len() as u32)
            .into_par_iter()
            .map(|row| {
                // Missing sorts after every key in both directions; keys themselves never reach the maximum
                // except for i64::MAX in a plain column, where the row decides and the order stays total.
                let key = keys(row).map(|key| if descending { !key } else { key });
                (key, row)
            })
            .map(|(key, row)| (key.unwrap_or(u64::MAX), row))
            .collect();
        keyed.par_sort_unstable();
        // Rows whose real key is the maximum must not mix with missing ones.
        let first_maximum = keyed.partition_point(|(key, _)| *key < u64::MAX);
        keyed[first_maximum..].sort_unstable_by_key(|(_, row)| (keys(*row).is_none(), *row));
        let order = Arc::new(keyed.into_iter().map(|(_, row)| row).collect::<Vec<u32>>());
        orders.insert((field, descending), order.clone());
        order
    }

    /// The rows of the set at `from..to` in the order of the sort keys.
    pub(crate) fn sorted_rows(&self, rows: &Bitset, count: u64, sorts: &[Sort], from: usize, to: usize) -> Vec<u32> {
        let wanted = to.min(count as usize);
        if from >= wanted {
            return Vec::new();
        }
        match sorts {
            [] | [Sort { by: SortBy::Orgnr, descending: false }, ..] => {
                rows.rows().skip(from).take(wanted - from).collect()
            }
            [Sort { by: SortBy::Orgnr, descending: true }, ..] => {
                let end = count as usize - from;
                let start = count as usize - wanted;
                let mut page: Vec<u32> = rows.rows().skip(start).take(end - start).collect();
                page.reverse();
                page
            }
            [Sort { by: SortBy::Field(field), descending }] if self.is_walk_cheaper(count, wanted) => {
                let order = self.order(*field, *descending);
                order.iter().copied().filter(|row| rows.contains(*row)).skip(from).take(wanted - from).collect()
            }
            sorts => self.partially_sorted(rows, sorts, from, wanted),
        }
    }

    /// Walking a whole order costs a step per row until enough hits are found; sorting the hits costs some steps per hit.
    fn is_walk_cheaper(&self, count: u64, wanted: usize) -> bool {
        let steps = wanted as f64 * self.len() as f64 / count.max(1) as f64;
        steps < count as f64 * 6.0
    }

    fn partially_sorted(&self, rows: &Bitset, sorts: &[Sort], from: usize, to: usize) -> Vec<u32> {
        let keys: Vec<_> = sorts
            .iter()
            .map(|sort| match sort.by {
                SortBy::Orgnr => {
                    (Box::new(|row| Some(u64::from(row))) as Box<dyn Fn(u32) -> Option<u64> + Sync>, sort.descending)
                }
                SortBy::Field(field) => (self.keys(field), sort.descending),
            })
            .collect();
        let key = |index: usize, row: u32| {
            let (key, descending) = &keys[index];
            // (is missing, key): missing last whatever the direction.
            key(row).map_or((true, 0), |key| (false, if *descending { !key } else { key }))
        };
        let mut keyed: Vec<((bool, u64), u32)> = rows.rows().map(|row| (key(0, row), row)).collect();
        let compare = |a: &((bool, u64), u32), b: &((bool, u64), u32)| {
            let mut order = a.0.cmp(&b.0);
            for index in 1..keys.len() {
                order = order.then_with(|| key(index, a.1).cmp(&key(index, b.1)));
            }
            order.then_with(|| a.1.cmp(&b.1))
        };
        if to < keyed.len() {
            keyed.select_nth_unstable_by(to, compare);
            keyed.truncate(to);
        }
        if from > 0 {
            keyed.select_nth_unstable_by(from, compare);
        }
        let page = &mut keyed[from..];
        page.sort_unstable_by(compare);
        page.iter().map(|(_, row)| *row).collect()
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

fn turned(order: Ordering, descending: bool) -> Ordering {
    if descending { order.reverse() } else { order }
}

fn compare_field(field: FieldId, descending: bool, a: (&Segment, u32), b: (&Segment, u32)) -> Ordering {
    fn missing_last<T>(a: Option<T>, b: Option<T>, descending: bool, compare: impl Fn(T, T) -> Ordering) -> Ordering {
        match (a, b) {
            (Some(a), Some(b)) => turned(compare(a, b), descending),
            (a, b) => a.is_none().cmp(&b.is_none()),
        }
    }
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
