//! Paging by key: where a page ended is told by the sort values of its last company, not by a number of rows, so that the next page goes on
//! from there whatever was added or removed before it meanwhile.

use std::cmp::Ordering;

use domain::catalogue::FieldKind;
use domain::facts::FactValue;
use domain::filter::FieldId;
use rayon::prelude::*;

use crate::bitset::Bitset;
use crate::code::CodeColumn;
use crate::order::{Sort, SortBy, missing_last, swedish, turned};
use crate::segment::{Column, Segment, scaled};
use crate::snapshot::{RowId, Selection, Snapshot};

/// A place in an order of companies: right after one that was there, though it may be gone or have moved since.
#[derive(Clone, Debug, PartialEq)]
pub struct Place {
    /// The company's values of the sort keys, one each; null for the organisation number as a key.
    pub values: Vec<FactValue>,
    /// Its organisation number.
    pub orgnr: u64,
}

impl Place {
    /// The place right after a company, given its value of each field that is a key.
    #[must_use]
    pub fn after(sorts: &[Sort], orgnr: u64, value: impl Fn(FieldId) -> FactValue) -> Self {
        let of = |sort: &Sort| match sort.by {
            SortBy::Orgnr => FactValue::Null,
            SortBy::Field(field) => value(field),
        };
        Self { values: sorts.iter().map(of).collect(), orgnr }
    }

    /// Which of two companies comes first in the order of the keys, where only their values of the keys are known: the same order as
    /// [`Snapshot::page`] gives.
    #[must_use]
    pub fn compare(&self, other: &Self, sorts: &[Sort]) -> Ordering {
        for (sort, (a, b)) in sorts.iter().zip(self.values.iter().zip(&other.values)) {
            let order = match sort.by {
                SortBy::Orgnr => turned(self.orgnr.cmp(&other.orgnr), sort.descending),
                SortBy::Field(field) => compare_facts(field, sort.descending, a, b),
            };
            if order != Ordering::Equal {
                return order;
            }
        }
        self.orgnr.cmp(&other.orgnr)
    }
}

/// Puts companies of which only the values of the keys are known into the order of the keys, on every processor.
pub fn sort_places(places: &mut [Place], sorts: &[Sort]) {
    // Organisation numbers are unique, so equal places cannot change their order.
    places.par_sort_unstable_by(|a, b| a.compare(b, sorts));
}

fn compare_facts(field: FieldId, descending: bool, a: &FactValue, b: &FactValue) -> Ordering {
    fn text(value: &FactValue) -> Option<&str> {
        if let FactValue::Text(text) = value { Some(text) } else { None }
    }
    match field.field().kind {
        FieldKind::Text => missing_last(text(a), text(b), descending, swedish),
        FieldKind::Category => missing_last(text(a), text(b), descending, Ord::cmp),
        FieldKind::Categories => {
            let texts =
                |value: &'_ FactValue| if let FactValue::Texts(texts) = value { Some(texts.clone()) } else { None };
            missing_last(texts(a), texts(b), descending, |a, b| a.cmp(&b))
        }
        _ => missing_last(scaled(a), scaled(b), descending, |a, b| a.cmp(&b)),
    }
}

impl Snapshot {
    /// The place right after a row.
    #[must_use]
    pub fn place_after(&self, sorts: &[Sort], row: RowId) -> Place {
        Place::after(sorts, self.orgnr(row), |field| self.value(row, field))
    }

    /// How many of the selected companies stand before the place: the offset of the page that starts there.
    #[must_use]
    pub fn offset_of(&self, selection: &Selection, sorts: &[Sort], place: &Place) -> u64 {
        let parts = self.parts.iter().zip(&selection.parts);
        parts.map(|(part, rows)| part.segment.count_before(rows, sorts, &place.values, place.orgnr)).sum()
    }
}

impl Segment {
    fn count_before(&self, rows: &Bitset, sorts: &[Sort], values: &[FactValue], orgnr: u64) -> u64 {
        let up_to = |end: usize| rows.count_below(end);
        let (Some((sort, sorts)), Some((value, values))) = (sorts.split_first(), values.split_first()) else {
            return up_to(self.orgnrs().partition_point(|other| *other <= orgnr));
        };
        match sort.by {
            SortBy::Orgnr if sort.descending => {
                rows.count() - up_to(self.orgnrs().partition_point(|other| *other < orgnr))
            }
            SortBy::Orgnr => up_to(self.orgnrs().partition_point(|other| *other <= orgnr)),
            SortBy::Field(field) => {
                let (before, mut same) = self.beside(field, value, sort.descending);
                same.and(rows);
                before.count_and(rows) + self.count_before(&same, sorts, values, orgnr)
            }
        }
    }

    /// The rows that stand before a value in the order of the field, and those that have it.
    fn beside(&self, field: FieldId, value: &FactValue, descending: bool) -> (Bitset, Bitset) {
        if value.is_null() {
            let missing = self.missing(field);
            let mut present = missing.clone();
            present.invert();
            return (present, missing);
        }
        if field.field().kind == FieldKind::Text {
            return self.beside_text(field, value, descending);
        }
        match (self.column(field), value) {
            (Column::Number(column), value) => {
                let Some(number) = scaled(value) else { return self.nothing() };
                let before = match (descending, number.checked_add(1), number.checked_sub(1)) {
                    (true, Some(above), _) => column.between(above, i64::MAX),
                    (false, _, Some(below)) => column.between(i64::MIN, below),
                    _ => Bitset::none(self.len()),
                };
                (before, column.between(number, number))
            }
            (Column::Boolean(column), FactValue::Boolean(yes)) => beside_code(column, yes, descending),
            (Column::Code(column), FactValue::Text(code)) => beside_code(column, code, descending),
            (Column::Codes(column), FactValue::Texts(codes)) => beside_code(column, codes, descending),
            _ => self.nothing(),
        }
    }

    fn nothing(&self) -> (Bitset, Bitset) {
        (Bitset::none(self.len()), Bitset::none(self.len()))
    }

    /// By Swedish rank: the first rank whose text is not before the value, found by looking at one row of each rank tried.
    fn beside_text(&self, field: FieldId, value: &FactValue, descending: bool) -> (Bitset, Bitset) {
        let FactValue::Text(wanted) = value else { return self.nothing() };
        let keys = &self.ranks(field).keys;
        let order = |rank: u32| {
            let row = keys.iter().position(|key| *key == rank).map(|row| row as u32);
            let text = row.and_then(|row| self.text_of(field, row));
            text.map_or(Ordering::Greater, |text| swedish(text, wanted))
        };
        let (mut low, mut high) = (1, keys.iter().copied().max().unwrap_or(0) + 1);
        while low < high {
            let middle = u32::midpoint(low, high);
            if order(middle).is_lt() { low = middle + 1 } else { high = middle }
        }
        let is_known = order(low).is_eq();
        let set = |test: &dyn Fn(u32) -> bool| {
            let words = crate::mask::masks(keys, test);
            Bitset::from_words(words, keys.len())
        };
        let before = if descending {
            let above = if is_known { low } else { low - 1 };
            set(&|key| key > above)
        } else {
            set(&|key| key != 0 && key < low)
        };
        (before, if is_known { set(&|key| key == low) } else { Bitset::none(keys.len()) })
    }
}

fn beside_code<T: Ord>(column: &CodeColumn<T>, value: &T, descending: bool) -> (Bitset, Bitset) {
    let values = column.dictionary().len() as u32;
    // Code n stands for the value at n − 1; the missing ones have 0 and come last.
    let (below, above) = match column.dictionary().binary_search(value) {
        Ok(at) => (at as u32, at as u32 + 2),
        Err(at) => (at as u32, at as u32 + 1),
    };
    let before = if descending { column.with_codes(above, values) } else { column.with_codes(1, below) };
    (before, column.with_codes(below + 1, above - 1))
}
