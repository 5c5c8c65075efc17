//! Ask in words: a sentence in Swedish or English → a filter of the catalogue, by rules alone.
//!
//! Every phrase that was understood is told with its place and the condition that it became; every word that was not is told with
//! the reason. Nothing is guessed: a figure without its field, an amount without its unit or a currency that is not screened makes no condition.
//! The same sentence on the same day gives the same reading, and every condition is made by the filter language's own parser.

mod combine;
mod lexicon;
mod pieces;
mod scan;
mod sentence;
mod value;

use chrono::NaiveDate;

use crate::filter::{FieldId, Filter};
use crate::label::Label;

/// Bytes of a sentence; a longer one is cut by whoever asks, with an error.
pub const MAX_SENTENCE_BYTES: usize = 2_000;

/// What was understood of a sentence.
#[derive(Clone, Debug, PartialEq)]
pub struct Reading {
    /// All of it together; every company when nothing was understood.
    pub filter: Filter,
    /// The order that was asked for.
    pub sort: Option<Order>,
    /// Each phrase that was understood, in the order of the sentence.
    pub phrases: Vec<Phrase>,
    /// Each run of words that was not.
    pub unread: Vec<Unread>,
}

/// An order of companies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Order {
    /// By which field.
    pub field: FieldId,
    /// Whether the greatest comes first.
    pub descending: bool,
}

/// A phrase and what it became.
#[derive(Clone, Debug, PartialEq)]
pub struct Phrase {
    /// First byte in the sentence.
    pub start: usize,
    /// Byte after the last.
    pub end: usize,
    /// What it says.
    pub means: Means,
}

/// What a phrase says.
#[derive(Clone, Debug, PartialEq)]
pub enum Means {
    /// A condition.
    Condition(Filter),
    /// An order.
    Order(Order),
}

/// Words that were not understood.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Unread {
    /// First byte in the sentence.
    pub start: usize,
    /// Byte after the last.
    pub end: usize,
    /// Why.
    pub reason: Reason,
}

/// Why words became no condition.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Reason {
    /// No field, code or word of the filter language says this.
    Unknown,
    /// A number without the figure that it is about.
    NoField,
    /// A figure without a number.
    NoValue,
    /// An amount without kr, tkr, mkr.
    NoUnit,
    /// A number in a unit that the figure does not have.
    WrongUnit,
    /// Amounts are screened in kronor only.
    Currency,
    /// One comma or point before three digits: thousands or decimals.
    Ambiguous,
    /// A number beside a figure, without a comparison.
    NoComparison,
    /// The figure is not kept for those years.
    Period,
}

impl Reason {
    /// Its stable name.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Unknown => "unknown",
            Self::NoField => "no_field",
            Self::NoValue => "no_value",
            Self::NoUnit => "no_unit",
            Self::WrongUnit => "wrong_unit",
            Self::Currency => "currency",
            Self::Ambiguous => "ambiguous",
            Self::NoComparison => "no_comparison",
            Self::Period => "period",
        }
    }

    /// One sentence for people.
    #[must_use]
    pub fn label(self) -> Label {
        let (sv, en) = match self {
            Self::Unknown => ("Kan inte uttryckas som ett villkor", "Cannot be expressed as a condition"),
            Self::NoField => ("Säg vilket nyckeltal talet gäller", "Say which figure the number is about"),
            Self::NoValue => ("Säg hur mycket", "Say how much"),
            Self::NoUnit => ("Säg kr, tkr, mkr eller mdkr", "Say kr, tkr, mkr or bn"),
            Self::WrongUnit => ("Nyckeltalet har en annan enhet", "The figure has another unit"),
            Self::Currency => ("Belopp söks i svenska kronor", "Amounts are screened in Swedish kronor"),
            Self::Ambiguous => (
                "Tusental eller decimaler? Skriv talet utan skiljetecken",
                "Thousands or decimals? Write the number without the sign",
            ),
            Self::NoComparison => ("Säg över, under, minst eller högst", "Say over, under, at least or at most"),
            Self::Period => (
                "Nyckeltalet finns inte för de åren (tillväxt: 1, 3 eller 5 år)",
                "The figure is not kept for those years (growth: 1, 3 or 5 years)",
            ),
        };
        Label { sv, en }
    }
}

/// Reads a sentence; `today` is what ages are counted from.
#[must_use]
pub fn read(text: &str, today: NaiveDate) -> Reading {
    let mut end = text.len().min(MAX_SENTENCE_BYTES);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let pieces = pieces::pieces(&text[..end]);
    sentence::Sentence::new(&text[..end], &pieces, today).read()
}

#[cfg(test)]
mod tests;
