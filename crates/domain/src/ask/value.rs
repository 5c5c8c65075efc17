//! Numbers with their units in a sentence, and the condition that a field and a number make.

use super::Reason;
use super::lexicon::{Comparison, Meaning};
use super::pieces::Piece;
use crate::catalogue::{FieldKind, Unit};
use crate::filter::number::Decimal;
use crate::filter::parse::parse;
use crate::filter::{FieldId, Filter};

/// The unit that stands behind a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Written {
    Nothing,
    Percent,
    Points,
    /// Kronor times ten to this power.
    Money(i32),
    Foreign,
    Years,
    Times,
    Days,
}

/// One or two numbers and their unit.
#[derive(Clone, Copy, Debug)]
pub(super) struct Value {
    pub low: Decimal,
    pub high: Option<Decimal>,
    pub unit: Written,
    pub is_ambiguous: bool,
    /// Piece after the last.
    pub end: usize,
}

/// Reads `50`, `50 mkr`, `10–50 mkr`, `10 % to 20 %`; between says that an “and” may stand between two numbers.
pub(super) fn value(pieces: &[Piece], at: usize, is_between: bool) -> Option<Value> {
    let (low, low_unit, mut grouped, mut end) = number(pieces, at)?;
    let mut value = Value { low, high: None, unit: low_unit, is_ambiguous: false, end };
    let joins = |piece: &Piece| piece.is(&Meaning::To) && (is_between || !piece.is(&Meaning::And));
    if pieces.get(end).is_some_and(joins)
        && let Some((high, high_unit, high_grouped, high_end)) = number(pieces, end + 1)
    {
        // The unit behind the second number is that of both, unless the first has its own.
        let unit = if high_unit == Written::Nothing { low_unit } else { high_unit };
        value.low = match (low_unit, unit) {
            (Written::Money(own), Written::Money(shared)) => low.scaled(own - shared),
            _ => low,
        };
        value.unit = unit;
        value.high = Some(high);
        grouped |= high_grouped;
        end = high_end;
    }
    value.end = end;
    // 1,250 mkr could be either; 50,000 kr and 1,250 employees can only be thousands.
    value.is_ambiguous = grouped && matches!(value.unit, Written::Money(power) if power > 0);
    value.is_ambiguous |= grouped && matches!(value.unit, Written::Percent | Written::Times);
    Some(value)
}

/// Whether `en` and `ett` before a piece count nothing.
fn is_article(pieces: &[Piece], next: usize) -> bool {
    let Some(piece) = pieces.get(next) else { return false };
    let is_other_figure = piece.field().is_some_and(|field| field.field().unit != Unit::People);
    is_other_figure || piece.filter().is_some()
}

fn number(pieces: &[Piece], at: usize) -> Option<(Decimal, Written, bool, usize)> {
    let piece = pieces.get(at)?;
    let next = |index: usize, meaning: &Meaning| pieces.get(index).is_some_and(|piece| piece.is(meaning));
    let money = |index: usize| pieces.get(index).and_then(|piece: &Piece| piece.find(power));
    let mut end = at + 1;
    // “€5m”
    if piece.is(&Meaning::Foreign) {
        let (value, _, grouped, end) = number_of(pieces, end)?;
        let end = if money(end).is_some() { end + 1 } else { end };
        return Some((value, Written::Foreign, grouped, end));
    }
    let (value, grouped) = match piece.number {
        // “En omsättning på …”, “i en koncern”: an article, where nothing that is counted by ones follows.
        Some(_) if piece.is_filler() && is_article(pieces, end) => return None,
        Some(found) => found,
        // “SEK 50m”
        None if piece.is(&Meaning::Currency) => {
            let (value, unit, grouped, end) = number_of(pieces, end)?;
            let unit = if unit == Written::Nothing { Written::Money(0) } else { unit };
            return Some((value, unit, grouped, end));
        }
        // “a million”, “en miljard”
        None if piece.is_filler() && money(end).is_some() => (Decimal::from_integer(1), false),
        None => return None,
    };
    // “half a million”
    if pieces.get(end).is_some_and(|piece| piece.is_filler() && piece.end - piece.start <= 3)
        && money(end + 1).is_some()
    {
        end += 1;
    }
    if let Some(power) = money(end) {
        end += 1;
        // “50 tusen miljoner” is not said, “50 m kr” is.
        if next(end, &Meaning::Foreign) {
            return Some((value, Written::Foreign, grouped, end + 1));
        }
        if next(end, &Meaning::Currency) {
            end += 1;
        }
        return Some((value, Written::Money(power), grouped, end));
    }
    let unit = pieces.get(end).and_then(|piece| {
        piece.find(|meaning| match meaning {
            Meaning::Percent => Some(Written::Percent),
            Meaning::Points => Some(Written::Points),
            Meaning::Currency => Some(Written::Money(0)),
            Meaning::Foreign => Some(Written::Foreign),
            Meaning::Years => Some(Written::Years),
            Meaning::Times => Some(Written::Times),
            Meaning::Days => Some(Written::Days),
            Meaning::Pieces => Some(Written::Nothing),
            _ => None,
        })
    });
    Some((value, unit.unwrap_or(Written::Nothing), grouped, end + usize::from(unit.is_some())))
}

/// As [`number`], for a piece that must be a number itself.
fn number_of(pieces: &[Piece], at: usize) -> Option<(Decimal, Written, bool, usize)> {
    pieces.get(at)?.number?;
    number(pieces, at)
}

fn power(meaning: &Meaning) -> Option<i32> {
    if let Meaning::Money(power) = meaning { Some(*power) } else { None }
}

/// The condition that a figure compares so with a value.
pub(super) fn compare(field: FieldId, comparison: Comparison, value: Value) -> Result<Filter, Reason> {
    if value.is_ambiguous {
        return Err(Reason::Ambiguous);
    }
    let field = in_unit(field, value.unit);
    let number = |number: Decimal| in_field(field, number, value.unit);
    let key = field.field().key;
    let low = number(value.low)?;
    let text = match (value.high, comparison) {
        (Some(high), _) => format!("{key} between {} and {}", low.plain(), number(high)?.plain()),
        (None, Comparison::About) => {
            let around = |factor: f64| Decimal::from_real(low.to_real()? * factor).map(Decimal::plain);
            let ends = around(0.9).zip(around(1.1)).ok_or(Reason::Ambiguous)?;
            format!("{key} between {} and {}", ends.0, ends.1)
        }
        (None, comparison) => format!("{key} {} {}", comparison.text(), low.plain()),
    };
    parse(&text).map_err(|_| Reason::WrongUnit)
}

/// A result in per cent is the margin of the same name.
fn in_unit(field: FieldId, unit: Written) -> FieldId {
    if unit != Written::Percent {
        return field;
    }
    let margin = match field.field().key {
        "ebitda" => "ebitda_margin",
        "ebit" => "ebit_margin",
        "net_income" | "result_after_financial_items" => "net_margin",
        _ => return field,
    };
    FieldId::find(margin).unwrap_or(field)
}

fn in_field(field: FieldId, number: Decimal, unit: Written) -> Result<Decimal, Reason> {
    use Written::{Days, Foreign, Money, Nothing, Percent, Times, Years};
    let size = number.to_real().unwrap_or(f64::INFINITY).abs();
    match (field.field().unit, unit) {
        (Unit::Sek, Foreign) => Err(Reason::Currency),
        (Unit::Sek, Money(power)) => Ok(number.scaled(power)),
        // 50 000 000 is written out; 50 alone could be anything.
        (Unit::Sek, Nothing) if size >= 10_000.0 || size == 0.0 => Ok(number),
        (Unit::Sek, Nothing) => Err(Reason::NoUnit),
        (Unit::Share, Percent) => Ok(number.scaled(-2)),
        (Unit::Share, Nothing) => Ok(if size > 1.0 { number.scaled(-2) } else { number }),
        (Unit::Times, Percent) => Ok(number.scaled(-2)),
        (Unit::Times, Nothing | Times) | (Unit::Days, Nothing | Days) | (Unit::Score | Unit::Number, Nothing) => {
            Ok(number)
        }
        (Unit::People | Unit::Number, Money(power)) => Ok(number.scaled(power)),
        (Unit::People, Nothing) | (Unit::Number, Years) => Ok(number),
        _ => Err(Reason::WrongUnit),
    }
}

/// Whether the field holds a number that a sentence can compare.
pub(super) fn is_figure(field: FieldId) -> bool {
    matches!(field.field().kind, FieldKind::Amount | FieldKind::Ratio | FieldKind::Count | FieldKind::Integer)
}

/// Whether the field holds a day.
pub(super) fn is_day(field: FieldId) -> bool {
    field.field().kind == FieldKind::Date
}
