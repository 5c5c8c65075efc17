//! A segment: rows of companies as columns, built once and never changed.

mod stored;

use std::collections::HashMap;
use std::sync::{Arc, Mutex, OnceLock};

use domain::catalogue::{FIELDS, FieldKind};
use domain::facts::{CompanyFacts, FactValue};
use domain::filter::FieldId;
use domain::orgnr::Orgnr;

use crate::bitset::Bitset;
use crate::builder::SegmentBuilder;
use crate::code::CodeColumn;
use crate::number::NumberColumn;
use crate::order::Ranks;
use crate::scale::Scale;
use crate::similar::Standard;
use crate::tally::TotalsKey;
use crate::text::TextColumn;

/// One column.
#[derive(Clone, Debug)]
pub enum Column {
    /// Amounts, integers, ratios (ten-thousandths), counts (ten-thousandths), dates (days since 1970).
    Number(NumberColumn),
    /// Yes or no.
    Boolean(CodeColumn<bool>),
    /// Codes, and texts that repeat often.
    Code(CodeColumn<Box<str>>),
    /// Sets of codes.
    Codes(CodeColumn<Box<[Box<str>]>>),
    /// Free text.
    Text(TextColumn),
}

/// Rows of companies in the order of their numbers, as columns in the order of the catalogue.
// Each kind of kept answer has a key of its own; naming the maps would say nothing more.
#[allow(clippy::type_complexity)]
#[derive(Debug)]
pub struct Segment {
    orgnrs: Vec<u64>,
    columns: Vec<Column>,
    /// Edges of histograms, which hold still as long as the segment lives.
    pub(crate) edges: Mutex<HashMap<(FieldId, u16, Scale), Arc<Vec<i64>>>>,
    /// Counts over all rows, of which those of a wide selection are what its complement leaves.
    pub(crate) totals: Mutex<HashMap<TotalsKey, Arc<Vec<u64>>>>,
    /// How features of look-alikes are standardised, and the standardised values.
    pub(crate) standards: Mutex<HashMap<FieldId, Standard>>,
    pub(crate) features: Mutex<HashMap<FieldId, Arc<Vec<f32>>>>,
    /// Swedish alphabetical rank of each row per text field, made when first wanted.
    pub(crate) ranks: Vec<OnceLock<Ranks>>,
}

/// The integer that a number, date or flag is kept as; `None` for missing values and other kinds.
#[must_use]
pub fn scaled(value: &FactValue) -> Option<i64> {
    match value {
        FactValue::Integer(number) => Some(*number),
        // NaN and infinities are no figures.
        FactValue::Real(number) => number.is_finite().then(|| nearest(number * 1e4)),
        FactValue::Date(day) => Some(i64::from(day.to_epoch_days())),
        FactValue::Boolean(yes) => Some(i64::from(*yes)),
        FactValue::Null | FactValue::Text(_) | FactValue::Texts(_) => None,
    }
}

/// The nearest integer, halves away from zero.
fn nearest(number: f64) -> i64 {
    // Below this, adding a half is exact enough to find it, which spares a call for each value of millions of rows.
    const SMALL: f64 = (1i64 << 51) as f64;
    if number.abs() < SMALL { (number + 0.5f64.copysign(number)) as i64 } else { number.round() as i64 }
}

/// How many units of the stored integer make one unit of the field.
#[must_use]
pub fn scale_of(kind: FieldKind) -> f64 {
    if matches!(kind, FieldKind::Ratio | FieldKind::Count) { 1e4 } else { 1.0 }
}

impl Segment {
    /// Builds from rows in any order; of several rows of one company the last counts.
    #[must_use]
    pub fn build<'a>(rows: impl IntoIterator<Item = &'a CompanyFacts>) -> Self {
        let mut builder = SegmentBuilder::new();
        for row in rows {
            builder.push(row);
        }
        builder.finish()
    }

    pub(crate) fn from_columns(orgnrs: Vec<u64>, columns: Vec<Column>) -> Self {
        let ranks = columns.iter().map(|_| OnceLock::new()).collect();
        Self {
            orgnrs,
            columns,
            edges: Mutex::default(),
            totals: Mutex::default(),
            standards: Mutex::default(),
            features: Mutex::default(),
            ranks,
        }
    }

    /// Number of rows.
    #[must_use]
    pub fn len(&self) -> usize {
        self.orgnrs.len()
    }

    /// Whether there are no rows.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.orgnrs.is_empty()
    }

    /// The number of the company of each row, ascending.
    #[must_use]
    pub fn orgnrs(&self) -> &[u64] {
        &self.orgnrs
    }

    /// The row of a company.
    #[must_use]
    pub fn row_of(&self, orgnr: u64) -> Option<u32> {
        self.orgnrs.binary_search(&orgnr).ok().map(|row| row as u32)
    }

    /// The column of a field.
    #[must_use]
    pub fn column(&self, field: FieldId) -> &Column {
        &self.columns[field.0 as usize]
    }

    /// Every column, in the order of the catalogue.
    #[must_use]
    pub fn columns(&self) -> &[Column] {
        &self.columns
    }

    /// The value of a field, as it came in.
    #[must_use]
    pub fn value(&self, field: FieldId, row: u32) -> FactValue {
        match self.column(field) {
            Column::Number(column) => match (column.get(row), field.field().kind) {
                (None, _) => FactValue::Null,
                (Some(value), FieldKind::Ratio | FieldKind::Count) => FactValue::Real(value as f64 / 1e4),
                (Some(value), FieldKind::Date) => i32::try_from(value)
                    .ok()
                    .and_then(chrono::NaiveDate::from_epoch_days)
                    .map_or(FactValue::Null, FactValue::Date),
                (Some(value), _) => FactValue::Integer(value),
            },
            Column::Boolean(column) => column.get(row).map_or(FactValue::Null, |yes| FactValue::Boolean(*yes)),
            Column::Code(column) => column.get(row).map_or(FactValue::Null, |text| FactValue::Text(text.clone())),
            Column::Codes(column) => column.get(row).map_or(FactValue::Null, |texts| FactValue::Texts(texts.clone())),
            Column::Text(column) => column.get(row).map_or(FactValue::Null, |text| FactValue::Text(text.into())),
        }
    }

    /// The whole row, as it came in.
    #[must_use]
    pub fn facts(&self, row: u32) -> Option<CompanyFacts> {
        let orgnr = Orgnr::from_number(*self.orgnrs.get(row as usize)?).ok()?;
        let values = (0..FIELDS.len()).map(|index| self.value(FieldId(index as u16), row)).collect();
        Some(CompanyFacts { orgnr, values })
    }

    /// The rows without a value of the field.
    #[must_use]
    pub fn missing(&self, field: FieldId) -> Bitset {
        let mut rows = match self.column(field) {
            Column::Number(column) => column.present(),
            Column::Text(column) => column.valid().clone(),
            Column::Boolean(column) => return column.missing(),
            Column::Code(column) => return column.missing(),
            Column::Codes(column) => return column.missing(),
        };
        rows.invert();
        rows
    }

    /// Bytes per column, without orders and bins that come and go.
    pub fn bytes(&self) -> impl Iterator<Item = (FieldId, usize)> + '_ {
        self.columns.iter().enumerate().map(|(index, column)| {
            let bytes = match column {
                Column::Number(column) => column.bytes(),
                Column::Boolean(column) => column.bytes(|_| 1),
                Column::Code(column) => column.bytes(|text| text.len() + 16),
                Column::Codes(column) => {
                    column.bytes(|texts| 16 + texts.iter().map(|text| text.len() + 16).sum::<usize>())
                }
                Column::Text(column) => column.bytes().0 + column.bytes().1,
            };
            (FieldId(index as u16), bytes)
        })
    }
}
