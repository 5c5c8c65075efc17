//! From (target, operator, values) to a well-typed condition: the one place where every form of the language meets the catalogue.

use chrono::{Datelike, NaiveDate};

use super::limits::MAX_PATTERN;
use super::number::Decimal;
use super::operator::{Arity, Operator};
use super::target::{SEARCH_FIELDS, Target};
use super::vocabulary::Vocabulary;
use super::{Bound, Condition, FieldId, Filter, TextMatch};
use crate::catalogue::{FieldKind, Hierarchy};
use crate::orgnr::Orgnr;

/// A value from outside, not yet fitted to a field.
#[derive(Clone, Debug, PartialEq)]
pub enum Operand {
    /// A number and whether it was written with a per cent sign.
    Number {
        /// The value, the per cent sign already applied.
        value: Decimal,
        /// Whether it was written as per cent.
        percent: bool,
    },
    /// Words, a code, a date, an organisation number.
    Text(String),
    /// Yes or no.
    Bool(bool),
}

/// Why values do not fit; `operand` tells which one, `None` the operator itself.
#[derive(Clone, Debug, PartialEq)]
pub struct Misfit {
    /// One sentence.
    pub message: String,
    /// Index of the value at fault.
    pub operand: Option<usize>,
    /// What might have been meant.
    pub suggestions: Vec<String>,
}

impl Misfit {
    fn of(operand: usize, message: impl Into<String>) -> Self {
        Self { message: message.into(), operand: Some(operand), suggestions: Vec::new() }
    }
}

/// The filter that says "target operator values".
///
/// # Errors
/// [`Misfit`] when the operator does not fit the target, or the number, type or range of the values is wrong.
pub fn condition(
    target: Target,
    operator: Operator,
    operands: &[Operand],
    vocabulary: &Vocabulary,
) -> Result<Filter, Misfit> {
    let allowed = Operator::of(target);
    // A field that is not a set may still be asked for membership: `orgnr in_list …` alone makes sense.
    if !allowed.contains(&operator) {
        let names: Vec<&str> = allowed.iter().map(|operator| operator.name()).collect();
        return Err(Misfit {
            message: format!("{} does not fit {}: use one of {}", operator.name(), target.key(), names.join(", ")),
            operand: None,
            suggestions: Vec::new(),
        });
    }
    check_count(target, operator, operands.len())?;
    match operator {
        Operator::NotEqual => return condition(target, Operator::Equal, operands, vocabulary).map(Filter::not),
        Operator::NotIn => return condition(target, Operator::In, operands, vocabulary).map(Filter::not),
        Operator::NotNull => return condition(target, Operator::IsNull, operands, vocabulary).map(Filter::not),
        _ => {}
    }
    match target {
        Target::Field(field) if operator == Operator::IsNull => Ok(Filter::Condition(Condition::IsNull { field })),
        Target::Field(field) => field_condition(field, operator, operands, vocabulary),
        Target::Orgnr if operator == Operator::InList => sets("list", operands),
        Target::Orgnr => orgnrs(operands),
        Target::Search => search(operator, operands),
        Target::List => sets("list", operands),
        Target::Label => sets("label", operands),
        Target::Prospect => prospect(operands),
        Target::Excluded => {
            let value = boolean(Target::Excluded, &operands[0])?;
            let set = Filter::Condition(Condition::InSet { set: "excluded".to_owned() });
            Ok(if value { set } else { Filter::not(set) })
        }
    }
}

fn check_count(target: Target, operator: Operator, given: usize) -> Result<(), Misfit> {
    let wrong = |expected: &str| Misfit {
        message: format!("{} {} takes {expected}, not {given}", target.key(), operator.name()),
        operand: None,
        suggestions: Vec::new(),
    };
    match operator.arity() {
        Arity::Exactly(count) if usize::from(count) == given => Ok(()),
        Arity::Exactly(0) => Err(wrong("no value")),
        Arity::Exactly(1) => Err(wrong("one value")),
        Arity::Exactly(count) => Err(wrong(&format!("{count} values"))),
        Arity::List if given > 0 => Ok(()),
        Arity::List => Err(wrong("at least one value")),
    }
}

fn field_condition(
    field: FieldId,
    operator: Operator,
    operands: &[Operand],
    vocabulary: &Vocabulary,
) -> Result<Filter, Misfit> {
    match field.field().kind {
        FieldKind::Amount | FieldKind::Integer => integers(field, operator, operands),
        FieldKind::Ratio | FieldKind::Count => reals(field, operator, operands),
        FieldKind::Date => dates(field, operator, operands),
        FieldKind::Category | FieldKind::Categories => codes(field, operator, operands, vocabulary),
        FieldKind::Boolean => {
            let value = boolean(Target::Field(field), &operands[0])?;
            Ok(Filter::Condition(Condition::Is { field, value }))
        }
        FieldKind::Text => texts(field, operator, operands),
    }
}

fn number(field: FieldId, index: usize, operand: &Operand) -> Result<Decimal, Misfit> {
    let key = field.field().key;
    match operand {
        Operand::Number { percent: true, .. }
            if matches!(field.field().kind, FieldKind::Amount | FieldKind::Integer) =>
        {
            Err(Misfit::of(index, format!("{key} is not a share: a value in per cent does not fit it")))
        }
        Operand::Number { value, .. } => Ok(*value),
        Operand::Text(text) => Err(Misfit::of(index, format!("{key} needs a number, not “{}”", clip(text)))),
        Operand::Bool(_) => Err(Misfit::of(index, format!("{key} needs a number, not yes or no"))),
    }
}

fn integers(field: FieldId, operator: Operator, operands: &[Operand]) -> Result<Filter, Misfit> {
    let key = field.field().key;
    let floor = |index: usize| -> Result<(i64, bool), Misfit> {
        number(field, index, &operands[index])?
            .floor()
            .ok_or_else(|| Misfit::of(index, format!("this number is too large for {key}")))
    };
    // The least whole number that is at least the value.
    let ceiling = |index: usize| -> Result<i64, Misfit> {
        let (floor, exact) = floor(index)?;
        Ok(if exact { floor } else { floor.saturating_add(1) })
    };
    let range = |min, max| Ok(Filter::Condition(Condition::IntegerRange { field, min, max }));
    match operator {
        Operator::Less => range(None, Some(ceiling(0)?.checked_sub(1).ok_or_else(|| nothing(key))?)),
        Operator::LessEqual => range(None, Some(floor(0)?.0)),
        Operator::Greater => range(Some(floor(0)?.0.checked_add(1).ok_or_else(|| nothing(key))?), None),
        Operator::GreaterEqual => range(Some(ceiling(0)?), None),
        Operator::Between => {
            let (min, max) = (ceiling(0)?, floor(1)?.0);
            if number(field, 0, &operands[0])?.to_real() > number(field, 1, &operands[1])?.to_real() {
                return Err(reversed(key));
            }
            range(Some(min), Some(max))
        }
        _ => {
            let mut values = Vec::with_capacity(operands.len());
            for index in 0..operands.len() {
                match floor(index)? {
                    (value, true) => values.push(value),
                    (_, false) => {
                        return Err(Misfit::of(
                            index,
                            format!("{key} is kept in whole numbers: nothing equals this value"),
                        ));
                    }
                }
            }
            values.sort_unstable();
            values.dedup();
            Ok(Filter::Condition(Condition::IntegerIn { field, values }))
        }
    }
}

fn nothing(key: &str) -> Misfit {
    Misfit::of(0, format!("no {key} lies beyond this number"))
}

fn reversed(key: &str) -> Misfit {
    Misfit::of(1, format!("{key} between needs the smaller value first"))
}

fn reals(field: FieldId, operator: Operator, operands: &[Operand]) -> Result<Filter, Misfit> {
    let key = field.field().key;
    let real = |index: usize| -> Result<f64, Misfit> {
        number(field, index, &operands[index])?
            .to_real()
            .ok_or_else(|| Misfit::of(index, format!("this number is too large for {key}")))
    };
    let bound = |index, inclusive| Ok(Some(Bound { value: real(index)?, inclusive }));
    let range = |min, max| Ok(Filter::Condition(Condition::RealRange { field, min, max }));
    match operator {
        Operator::Less => range(None, bound(0, false)?),
        Operator::LessEqual => range(None, bound(0, true)?),
        Operator::Greater => range(bound(0, false)?, None),
        Operator::GreaterEqual => range(bound(0, true)?, None),
        Operator::Between => {
            if real(0)? > real(1)? {
                return Err(reversed(key));
            }
            range(bound(0, true)?, bound(1, true)?)
        }
        _ => {
            let mut values = (0..operands.len()).map(real).collect::<Result<Vec<_>, _>>()?;
            values.sort_unstable_by(f64::total_cmp);
            values.dedup();
            Ok(Filter::Condition(Condition::RealIn { field, values }))
        }
    }
}

/// A range of one field with open or closed ends, as in `10% <= ebitda_margin < 20%`.
///
/// # Errors
/// [`Misfit`] when the field has no order or the ends do not fit; `operand` 0 is the lower end.
pub fn bounded(
    target: Target,
    lower: (&Operand, bool),
    upper: (&Operand, bool),
    vocabulary: &Vocabulary,
) -> Result<Filter, Misfit> {
    let pick = |inclusive, with, without| if inclusive { with } else { without };
    let at = |operand: usize| move |misfit: Misfit| Misfit { operand: Some(operand), ..misfit };
    let low = condition(
        target,
        pick(lower.1, Operator::GreaterEqual, Operator::Greater),
        std::slice::from_ref(lower.0),
        vocabulary,
    )
    .map_err(at(0))?;
    let high = condition(
        target,
        pick(upper.1, Operator::LessEqual, Operator::Less),
        std::slice::from_ref(upper.0),
        vocabulary,
    )
    .map_err(at(1))?;
    let joined = match (low, high) {
        (
            Filter::Condition(Condition::IntegerRange { field, min, .. }),
            Filter::Condition(Condition::IntegerRange { max, .. }),
        ) if min <= max => Condition::IntegerRange { field, min, max },
        (
            Filter::Condition(Condition::RealRange { field, min, .. }),
            Filter::Condition(Condition::RealRange { max, .. }),
        ) if min.map(|bound| bound.value) <= max.map(|bound| bound.value) => Condition::RealRange { field, min, max },
        (
            Filter::Condition(Condition::DateRange { field, min, .. }),
            Filter::Condition(Condition::DateRange { max, .. }),
        ) if min <= max => Condition::DateRange { field, min, max },
        _ => return Err(Misfit::of(1, format!("no {} lies between these ends", target.key()))),
    };
    Ok(Filter::Condition(joined))
}

/// First and last day of a year (`2024`), month (`2024-06`) or day (`2024-06-30`).
fn days(text: &str) -> Option<(NaiveDate, NaiveDate)> {
    let text = text.trim();
    if !text.is_ascii() || !text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-') {
        return None;
    }
    let parts: Vec<&str> = text.split('-').collect();
    let lengths: Vec<usize> = parts.iter().map(|part| part.len()).collect();
    let part = |index: usize| parts[index].parse::<u32>().ok();
    let year = parts[0].parse::<i32>().ok()?;
    match lengths.as_slice() {
        [4] => Some((NaiveDate::from_ymd_opt(year, 1, 1)?, NaiveDate::from_ymd_opt(year, 12, 31)?)),
        [4, 2] => {
            let first = NaiveDate::from_ymd_opt(year, part(1)?, 1)?;
            let next = first.checked_add_months(chrono::Months::new(1))?;
            Some((first, next.pred_opt()?))
        }
        [4, 2, 2] => {
            let day = NaiveDate::from_ymd_opt(year, part(1)?, part(2)?)?;
            Some((day, day))
        }
        _ => None,
    }
}

fn dates(field: FieldId, operator: Operator, operands: &[Operand]) -> Result<Filter, Misfit> {
    let key = field.field().key;
    let span = |index: usize| -> Result<(NaiveDate, NaiveDate), Misfit> {
        let text = match &operands[index] {
            Operand::Text(text) => text.clone(),
            // A bare year.
            Operand::Number { value, percent: false } => value.plain(),
            _ => String::new(),
        };
        days(&text)
            .filter(|(first, _)| first.year() > 0)
            .ok_or_else(|| Misfit::of(index, format!("{key} needs a date such as 2024-06-30, 2024-06 or 2024")))
    };
    let beyond = || Misfit::of(0, format!("no {key} lies beyond this date"));
    let (min, max) = match operator {
        Operator::Less => (None, Some(span(0)?.0.pred_opt().ok_or_else(beyond)?)),
        Operator::LessEqual => (None, Some(span(0)?.1)),
        Operator::Greater => (Some(span(0)?.1.succ_opt().ok_or_else(beyond)?), None),
        Operator::GreaterEqual => (Some(span(0)?.0), None),
        Operator::Between => {
            let (min, max) = (span(0)?.0, span(1)?.1);
            if min > max {
                return Err(reversed(key));
            }
            (Some(min), Some(max))
        }
        _ => {
            let (first, last) = span(0)?;
            (Some(first), Some(last))
        }
    };
    Ok(Filter::Condition(Condition::DateRange { field, min, max }))
}

fn codes(field: FieldId, operator: Operator, operands: &[Operand], vocabulary: &Vocabulary) -> Result<Filter, Misfit> {
    let mut codes = Vec::with_capacity(operands.len());
    for (index, operand) in operands.iter().enumerate() {
        let word = match operand {
            Operand::Text(text) => text.clone(),
            // Codes that begin with a zero only survive as text; a JSON number such as 62 is taken at its word.
            Operand::Number { value, percent: false } => value.plain(),
            _ => return Err(Misfit::of(index, format!("{} needs a code", field.field().key))),
        };
        if operator == Operator::StartsWith && field.field().hierarchy == Hierarchy::Flat {
            return Err(Misfit::of(index, format!("{} has no levels", field.field().key)));
        }
        match vocabulary.resolve(field, &word) {
            Ok(code) => codes.push(code),
            Err((message, suggestions)) => return Err(Misfit { message, operand: Some(index), suggestions }),
        }
    }
    codes.sort_unstable();
    codes.dedup();
    Ok(Filter::Condition(Condition::CodeIn { field, codes }))
}

fn boolean(target: Target, operand: &Operand) -> Result<bool, Misfit> {
    let known = match operand {
        Operand::Bool(value) => Some(*value),
        Operand::Text(text) => match text.to_lowercase().as_str() {
            "yes" | "true" | "ja" | "sant" => Some(true),
            "no" | "false" | "nej" | "falskt" => Some(false),
            _ => None,
        },
        Operand::Number { .. } => None,
    };
    known.ok_or_else(|| Misfit {
        message: format!("{} is yes or no", target.key()),
        operand: Some(0),
        suggestions: vec!["yes".to_owned(), "no".to_owned()],
    })
}

fn pattern(key: &str, index: usize, operand: &Operand) -> Result<String, Misfit> {
    let text = match operand {
        Operand::Text(text) => text.clone(),
        // 3M, 1177 and the like are words as well.
        Operand::Number { value, percent: false } => value.plain(),
        _ => return Err(Misfit::of(index, format!("{key} needs words"))),
    };
    if text.chars().count() > MAX_PATTERN {
        return Err(Misfit::of(index, format!("at most {MAX_PATTERN} characters can be searched for")));
    }
    // Postgres cannot hold it, and nothing that it holds contains it.
    if text.contains('\0') {
        return Err(Misfit::of(index, "a text cannot contain the character U+0000"));
    }
    if text.trim().is_empty() {
        return Err(Misfit::of(index, format!("{key} needs at least one character to look for")));
    }
    Ok(text)
}

fn matching(operator: Operator) -> TextMatch {
    match operator {
        Operator::Contains => TextMatch::Contains,
        Operator::StartsWith => TextMatch::StartsWith,
        Operator::Fuzzy => TextMatch::Fuzzy,
        _ => TextMatch::Equals,
    }
}

fn texts(field: FieldId, operator: Operator, operands: &[Operand]) -> Result<Filter, Misfit> {
    let matching = matching(operator);
    let parts = operands
        .iter()
        .enumerate()
        .map(|(index, operand)| {
            let pattern = pattern(field.field().key, index, operand)?;
            Ok(Filter::Condition(Condition::Text { field, matching, pattern }))
        })
        .collect::<Result<Vec<_>, Misfit>>()?;
    Ok(Filter::any(parts))
}

fn search(operator: Operator, operands: &[Operand]) -> Result<Filter, Misfit> {
    let pattern = pattern("text", 0, &operands[0])?;
    Ok(search_for(matching(operator), &pattern))
}

/// The pattern in name, activity or industry.
#[must_use]
pub fn search_for(matching: TextMatch, pattern: &str) -> Filter {
    let field = |key: &&str| {
        let field = FieldId::find(key)?;
        Some(Filter::Condition(Condition::Text { field, matching, pattern: pattern.to_owned() }))
    };
    Filter::Any(SEARCH_FIELDS.iter().filter_map(field).collect())
}

fn orgnrs(operands: &[Operand]) -> Result<Filter, Misfit> {
    let mut orgnrs = Vec::with_capacity(operands.len());
    for (index, operand) in operands.iter().enumerate() {
        let text = match operand {
            Operand::Text(text) => text.clone(),
            Operand::Number { value, percent: false } => value.plain(),
            _ => return Err(Misfit::of(index, "orgnr needs an organisation number")),
        };
        let (orgnr, _) = Orgnr::parse_lenient(&text).map_err(|error| Misfit::of(index, error.to_string()))?;
        orgnrs.push(orgnr);
    }
    orgnrs.sort_unstable();
    orgnrs.dedup();
    Ok(Filter::Condition(Condition::OrgnrIn { orgnrs }))
}

fn sets(kind: &str, operands: &[Operand]) -> Result<Filter, Misfit> {
    let parts = operands
        .iter()
        .enumerate()
        .map(|(index, operand)| {
            let name = set_name(kind, index, operand)?;
            Ok(Filter::Condition(Condition::InSet { set: format!("{kind}:{name}") }))
        })
        .collect::<Result<Vec<_>, Misfit>>()?;
    Ok(Filter::any(parts))
}

fn set_name(kind: &str, index: usize, operand: &Operand) -> Result<String, Misfit> {
    match operand {
        Operand::Text(text) if !text.trim().is_empty() && text.chars().count() <= 200 && !text.contains('\0') => {
            Ok(text.trim().to_owned())
        }
        Operand::Number { value, percent: false } => Ok(value.plain()),
        _ => Err(Misfit::of(index, format!("{kind} needs a name or an id of at most 200 characters"))),
    }
}

fn prospect(operands: &[Operand]) -> Result<Filter, Misfit> {
    if let [operand] = operands
        && let Ok(value) = boolean(Target::Prospect, operand)
    {
        let set = Filter::Condition(Condition::InSet { set: "prospect".to_owned() });
        return Ok(if value { set } else { Filter::not(set) });
    }
    sets("prospect", operands)
}

fn clip(text: &str) -> String {
    if text.chars().count() <= 40 { text.to_owned() } else { text.chars().take(39).chain(['…']).collect() }
}
