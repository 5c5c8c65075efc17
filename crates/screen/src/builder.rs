//! Building a segment: rows come in any order, one at a time, and are kept by column from the start.

use domain::catalogue::{FIELDS, FieldKind};
use domain::facts::{CompanyFacts, FactValue};
use rayon::prelude::*;

use crate::bitset::Bitset;
use crate::code::CodeColumn;
use crate::hash::FastMap;
use crate::number::NumberColumn;
use crate::segment::{Column, Segment, scaled};
use crate::text::TextColumn;

/// Texts of which each distinct one stands for more rows than this, in a sample, are kept as codes.
const REPEATS: usize = 8;
/// So many rows are taken apart together.
const ROWS_AT_ONCE: usize = 32;
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

impl<T: Ord + Clone + std::hash::Hash> Interned<T> {
    fn of<'a>(values: impl ExactSizeIterator<Item = Option<&'a T>>) -> CodeColumn<T>
    where
        T: 'a,
    {
        let mut interned = Self { seen: FastMap::default(), codes: Vec::with_capacity(values.len()) };
        values.for_each(|value| interned.push(value));
        CodeColumn::from_interned(interned.seen, interned.codes)
    }
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
    /// Adds the values of the next rows.
    fn take<'a>(&mut self, values: impl Iterator<Item = &'a FactValue>) {
        match self {
            Self::Numbers(numbers, valid) => {
                for value in values {
                    let number = scaled(value);
                    numbers.push(number.unwrap_or(0));
                    valid.push(number.is_some());
                }
            }
            Self::Booleans(flags) => flags.extend(values.map(|value| match value {
                FactValue::Boolean(yes) => Some(*yes),
                _ => None,
            })),
            Self::Codes(codes) => values.for_each(|value| match value {
                FactValue::Text(code) => codes.push(Some(code)),
                _ => codes.push(None),
            }),
            Self::CodeSets(sets) => values.for_each(|value| match value {
                FactValue::Texts(set) => sets.push(Some(set)),
                _ => sets.push(None),
            }),
            Self::Texts(arena, ends, valid) => {
                for value in values {
                    if let FactValue::Text(text) = value {
                        arena.push_str(text);
                    }
                    ends.push(arena.len());
                    valid.push(matches!(value, FactValue::Text(_)));
                }
            }
        }
    }

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
    pub(crate) fn from_segments(parts: &[(&Segment, &Bitset)]) -> Self {
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
        self.push_all(&[row]);
    }

    /// Adds rows, in less time than one by one.
    pub fn push_all(&mut self, rows: &[&CompanyFacts]) {
        self.orgnrs.extend(rows.iter().map(|row| row.orgnr.number()));
        // A loop over one kind of value is several times as quick as one over all kinds, as long as the rows stay in the processor's
        // cache from one column to the next.
        for rows in rows.chunks(ROWS_AT_ONCE) {
            // One look at each value in the order in which they lie in memory, which the processor foresees and columns do not give it.
            std::hint::black_box(rows.iter().flat_map(|row| &row.values).filter(|value| value.is_null()).count());
            for (index, column) in self.columns.iter_mut().enumerate() {
                column.take(rows.iter().map(|row| row.values.get(index).unwrap_or(&FactValue::Null)));
            }
        }
    }

    /// The segment. Of several rows of one company the last one pushed counts.
    #[must_use]
    pub fn finish(self) -> Segment {
        let (orgnrs, columns, order) = self.ordered();
        let columns =
            columns.into_par_iter().map(|column| finish_column(column, &order, NumberColumn::build)).collect();
        Segment::from_columns(orgnrs, columns)
    }

    /// As [`SegmentBuilder::finish`], in less time: for changes, which are soon folded into a larger segment.
    #[must_use]
    pub(crate) fn finish_quickly(self) -> Segment {
        let (orgnrs, columns, order) = self.ordered();
        let finish = |column| finish_column(column, &order, NumberColumn::build_quickly);
        Segment::from_columns(orgnrs, columns.into_par_iter().map(finish).collect())
    }

    /// The numbers of the companies, ascending, the columns as gathered, and the row of each company in them.
    fn ordered(self) -> (Vec<u64>, Vec<Gathered>, Vec<u32>) {
        let mut order: Vec<u32> = (0..self.orgnrs.len() as u32).collect();
        // Stable, and the latest first among equals, so that deduplication keeps it.
        order.reverse();
        order.sort_by_key(|row| self.orgnrs[*row as usize]);
        order.dedup_by_key(|row| self.orgnrs[*row as usize]);
        let orgnrs = order.iter().map(|row| self.orgnrs[*row as usize]).collect();
        (orgnrs, self.columns, order)
    }
}

fn finish_column(column: Gathered, order: &[u32], build: fn(&[i64], &Bitset) -> NumberColumn) -> Column {
    match column {
        Gathered::Numbers(numbers, valid) if is_in_order(order) => {
            let words = valid.chunks(64).map(|valid| crate::mask::mask_of(valid, |yes| yes)).collect();
            Column::Number(build(&numbers, &Bitset::from_words(words, valid.len())))
        }
        Gathered::Numbers(numbers, valid) => {
            let mut present = Bitset::none(order.len());
            let mut ordered = Vec::with_capacity(order.len());
            for (row, from) in order.iter().enumerate() {
                ordered.push(numbers[*from as usize]);
                if valid[*from as usize] {
                    present.insert(row as u32);
                }
            }
            Column::Number(build(&ordered, &present))
        }
        Gathered::Booleans(flags) => {
            Column::Boolean(Interned::of(order.iter().map(|from| flags[*from as usize].as_ref())))
        }
        Gathered::Codes(interned) => Column::Code(ordered_codes(interned, order)),
        Gathered::CodeSets(interned) => Column::Codes(ordered_codes(interned, order)),
        Gathered::Texts(arena, ends, valid) => {
            let text = |from: u32| {
                let from = from as usize;
                let start = from.checked_sub(1).map_or(0, |before| ends[before]);
                valid[from].then(|| &arena[start..ends[from]])
            };
            text_column(order.iter().map(|from| text(*from)))
        }
    }
}

/// Whether the rows came in the order of their numbers, each company once.
fn is_in_order(order: &[u32]) -> bool {
    order.iter().enumerate().all(|(row, from)| row == *from as usize)
}

/// Texts as they are, or as codes where they repeat.
fn text_column<'a>(texts: impl ExactSizeIterator<Item = Option<&'a str>> + Clone) -> Column {
    if !repeats(texts.clone().take(SAMPLE)) {
        let rows = texts.len();
        return Column::Text(TextColumn::build(texts, rows));
    }
    let mut interned = Interned::<Box<str>> { seen: FastMap::default(), codes: Vec::with_capacity(texts.len()) };
    for text in texts {
        let code = text.map(|text| {
            let next = interned.seen.len() as u32 + 1;
            interned.seen.get(text).copied().unwrap_or_else(|| {
                interned.seen.insert(text.into(), next);
                next
            })
        });
        interned.codes.push(code.unwrap_or(0));
    }
    Column::Code(CodeColumn::from_interned(interned.seen, interned.codes))
}

/// Whether each distinct text stands for many rows.
fn repeats<'a>(texts: impl ExactSizeIterator<Item = Option<&'a str>>) -> bool {
    let most = texts.len() / REPEATS;
    let mut distinct: FastMap<&str, ()> = FastMap::default();
    for text in texts.flatten() {
        distinct.insert(text, ());
        if distinct.len() >= most {
            return false;
        }
    }
    most > 0
}

fn ordered_codes<T: Ord + Clone + std::hash::Hash>(interned: Interned<T>, order: &[u32]) -> CodeColumn<T> {
    let codes = order.iter().map(|from| interned.codes[*from as usize]).collect();
    CodeColumn::from_interned(interned.seen, codes)
}
