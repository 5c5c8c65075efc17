//! Building a segment: rows come in any order, one at a time, and are kept by column from the start.

use std::collections::HashSet;

use domain::catalogue::{FIELDS, FieldKind};
use domain::facts::{CompanyFacts, FactValue};

use crate::bitset::Bitset;
use crate::code::CodeColumn;
use crate::hash::FastMap;
use crate::number::NumberColumn;
use crate::segment::{Column, Segment, scaled};
use crate::text::TextColumn;

/// Texts of which each distinct one stands for more rows than this, in a sample, are kept as codes.
const REPEATS: usize = 8;
/// Rows looked at to tell whether texts repeat.
const SAMPLE: usize = 1 << 16;

/// Collects rows. Two million of them take about a gigabyte until [`SegmentBuilder::finish`].
#[derive(Debug)]
pub struct SegmentBuilder {
    orgnrs: Vec<u64>,
    columns: Vec<Gathered>,
}

#[derive(Debug)]
enum Gathered {
    Numbers(Vec<i64>, Vec<bool>),
    Booleans(Vec<Option<bool>>),
    Codes(Interned<Box<str>>),
    CodeSets(Interned<Box<[Box<str>]>>),
    /// All texts one after the other, where each ends, and whether there is one.
    Texts(String, Vec<usize>, Vec<bool>),
}

/// Each distinct value once, and per row which one it is (0 = missing).
#[derive(Debug)]
struct Interned<T> {
    seen: FastMap<T, u32>,
    codes: Vec<u32>,
}

impl<T: Eq + std::hash::Hash + Clone> Interned<T> {
    fn push(&mut self, value: Option<&T>) {
        let code = value.map_or(0, |value| {
            if let Some(code) = self.seen.get(value) {
                return *code;
            }
            let code = self.seen.len() as u32 + 1;
            self.seen.insert(value.clone(), code);
            code
        });
        self.codes.push(code);
    }
}

impl<T: Eq + std::hash::Hash + Clone> Interned<T> {
    /// The own number of each value of a dictionary, by its number there.
    fn renumbered(&mut self, dictionary: &[T]) -> Vec<u32> {
        let known = dictionary.iter().map(|value| {
            let next = self.seen.len() as u32 + 1;
            *self.seen.entry(value.clone()).or_insert(next)
        });
        std::iter::once(0).chain(known).collect()
    }

    fn extend(&mut self, column: &CodeColumn<T>, rows: &Bitset) {
        let numbers = self.renumbered(column.dictionary());
        self.codes.extend(rows.rows().map(|row| numbers[column.codes().get(row) as usize]));
    }
}

impl Gathered {
    fn extend(&mut self, column: &Column, rows: &Bitset) {
        match (self, column) {
            (Self::Numbers(numbers, valid), Column::Number(column)) => {
                for row in rows.rows() {
                    let value = column.get(row);
                    numbers.push(value.unwrap_or(0));
                    valid.push(value.is_some());
                }
            }
            (Self::Booleans(flags), Column::Boolean(column)) => {
                flags.extend(rows.rows().map(|row| column.get(row).copied()));
            }
            (Self::Codes(codes), Column::Code(column)) => codes.extend(column, rows),
            (Self::CodeSets(sets), Column::Codes(column)) => sets.extend(column, rows),
            (Self::Texts(arena, ends, valid), column) => {
                for row in rows.rows() {
                    let text = match column {
                        Column::Text(column) => column.get(row),
                        Column::Code(column) => column.get(row).map(|text| &**text),
                        _ => None,
                    };
                    arena.push_str(text.unwrap_or(""));
                    ends.push(arena.len());
                    valid.push(text.is_some());
                }
            }
            // A field has one kind, so nothing else meets.
            (Self::Numbers(..) | Self::Booleans(_) | Self::Codes(_) | Self::CodeSets(_), _) => {}
        }
    }
}

impl Default for SegmentBuilder {
    fn default() -> Self {
        Self::new()
    }
}

impl SegmentBuilder {
    /// No rows yet.
    #[must_use]
    pub fn new() -> Self {
        let empty = |kind| match kind {
            FieldKind::Boolean => Gathered::Booleans(Vec::new()),
            FieldKind::Category => Gathered::Codes(Interned { seen: FastMap::default(), codes: Vec::new() }),
            FieldKind::Categories => Gathered::CodeSets(Interned { seen: FastMap::default(), codes: Vec::new() }),
            FieldKind::Text => Gathered::Texts(String::new(), Vec::new(), Vec::new()),
            FieldKind::Amount | FieldKind::Ratio | FieldKind::Count | FieldKind::Integer | FieldKind::Date => {
                Gathered::Numbers(Vec::new(), Vec::new())
            }
        };
        Self { orgnrs: Vec::new(), columns: FIELDS.iter().map(|field| empty(field.kind)).collect() }
    }

    /// Takes the given rows of each segment, column by column. No company stands in two of them.
    #[must_use]
    pub(crate) fn from_segments(parts: &[(&Segment, Bitset)]) -> Self {
        let mut builder = Self::new();
        for (segment, rows) in parts {
            builder.orgnrs.extend(rows.rows().map(|row| segment.orgnrs()[row as usize]));
            for (column, from) in builder.columns.iter_mut().zip(segment.columns()) {
                column.extend(from, rows);
            }
        }
        builder
    }

    /// Adds a row. A value of another kind than its field's reads as missing.
    pub fn push(&mut self, row: &CompanyFacts) {
        self.orgnrs.push(row.orgnr.number());
        for (index, column) in self.columns.iter_mut().enumerate() {
            let value = row.values.get(index).unwrap_or(&FactValue::Null);
            match (column, value) {
                (Gathered::Numbers(numbers, valid), value) => {
                    let number = scaled(value);
                    numbers.push(number.unwrap_or(0));
                    valid.push(number.is_some());
                }
                (Gathered::Booleans(flags), FactValue::Boolean(yes)) => flags.push(Some(*yes)),
                (Gathered::Booleans(flags), _) => flags.push(None),
                (Gathered::Codes(codes), FactValue::Text(code)) => codes.push(Some(code)),
                (Gathered::Codes(codes), _) => codes.push(None),
                (Gathered::CodeSets(sets), FactValue::Texts(set)) => sets.push(Some(set)),
                (Gathered::CodeSets(sets), _) => sets.push(None),
                (Gathered::Texts(arena, ends, valid), value) => {
                    if let FactValue::Text(text) = value {
                        arena.push_str(text);
                    }
                    ends.push(arena.len());
                    valid.push(matches!(value, FactValue::Text(_)));
                }
            }
        }
    }

    /// The segment. Of several rows of one company the last one pushed counts.
    #[must_use]
    pub fn finish(self) -> Segment {
        let mut order: Vec<u32> = (0..self.orgnrs.len() as u32).collect();
        // Stable, and the latest first among equals, so that deduplication keeps it.
        order.reverse();
        order.sort_by_key(|row| self.orgnrs[*row as usize]);
        order.dedup_by_key(|row| self.orgnrs[*row as usize]);
        let orgnrs = order.iter().map(|row| self.orgnrs[*row as usize]).collect();
        let columns = self.columns.into_iter().map(|column| finish_column(column, &order)).collect();
        Segment::from_columns(orgnrs, columns)
    }
}

fn finish_column(column: Gathered, order: &[u32]) -> Column {
    match column {
        Gathered::Numbers(numbers, valid) => {
            let mut present = Bitset::none(order.len());
            let mut ordered = Vec::with_capacity(order.len());
            for (row, from) in order.iter().enumerate() {
                ordered.push(numbers[*from as usize]);
                if valid[*from as usize] {
                    present.insert(row as u32);
                }
            }
            Column::Number(NumberColumn::build(&ordered, present))
        }
        Gathered::Booleans(flags) => {
            let mut interned = Interned { seen: FastMap::default(), codes: Vec::with_capacity(order.len()) };
            for from in order {
                interned.push(flags[*from as usize].as_ref());
            }
            Column::Boolean(CodeColumn::from_interned(interned.seen, interned.codes))
        }
        Gathered::Codes(interned) => Column::Code(ordered_codes(interned, order)),
        Gathered::CodeSets(interned) => Column::Codes(ordered_codes(interned, order)),
        Gathered::Texts(arena, ends, valid) => {
            let text = |from: u32| {
                let from = from as usize;
                let start = from.checked_sub(1).map_or(0, |before| ends[before]);
                valid[from].then(|| &arena[start..ends[from]])
            };
            let sample = order.len().min(SAMPLE);
            let distinct: HashSet<&str> = order[..sample].iter().filter_map(|from| text(*from)).collect();
            if distinct.len() * REPEATS < sample {
                let mut interned =
                    Interned::<Box<str>> { seen: FastMap::default(), codes: Vec::with_capacity(order.len()) };
                for from in order {
                    let code = text(*from).map(|text| {
                        let next = interned.seen.len() as u32 + 1;
                        interned.seen.get(text).copied().unwrap_or_else(|| {
                            interned.seen.insert(text.into(), next);
                            next
                        })
                    });
                    interned.codes.push(code.unwrap_or(0));
                }
                return Column::Code(CodeColumn::from_interned(interned.seen, interned.codes));
            }
            Column::Text(TextColumn::build(order.iter().map(|from| text(*from)), order.len()))
        }
    }
}

fn ordered_codes<T: Ord + Clone + std::hash::Hash>(interned: Interned<T>, order: &[u32]) -> CodeColumn<T> {
    let codes = order.iter().map(|from| interned.codes[*from as usize]).collect();
    CodeColumn::from_interned(interned.seen, codes)
}
