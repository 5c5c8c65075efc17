//! Filters as text: the canonical spelling, which [`super::parse`] reads back to the same filter.

use super::json::{Plain, Simple, search_group, simple};
use super::number::Decimal;
use super::operator::Operator;
use super::{Bound, Condition, FieldId, Filter, TextMatch};
use crate::catalogue::{FieldKind, Unit};

/// The text form; empty for the filter that every company passes.
///
/// The tree must be canonical ([`Filter::canonical`], or out of a parser) for the text to mean exactly the same tree,
/// and at most [`super::limits::MAX_DEPTH`] deep.
#[must_use]
pub fn print(filter: &Filter) -> String {
    if filter.is_everything() {
        return String::new();
    }
    let mut out = String::new();
    write(filter, &mut out, Inside::Nothing);
    out
}

/// What surrounds a part, which decides about brackets.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Inside {
    Nothing,
    Group,
}

fn write(filter: &Filter, out: &mut String, inside: Inside) {
    match filter {
        Filter::All(parts) if parts.is_empty() => out.push_str("everything"),
        Filter::Any(parts) if parts.is_empty() => out.push_str("nothing"),
        Filter::All(parts) => bracketed(out, inside, |out| {
            for (index, part) in parts.iter().enumerate() {
                if index > 0 {
                    out.push_str(" and ");
                }
                write(part, out, Inside::Group);
            }
        }),
        Filter::Any(parts) => {
            if parts.len() == 3
                && let Some((matching, pattern)) = search_group(parts)
            {
                out.push_str(&search_text(matching, pattern, false));
                return;
            }
            bracketed(out, inside, |out| {
                let mut index = 0;
                while index < parts.len() {
                    if index > 0 {
                        out.push_str(" or ");
                    }
                    if let Some((matching, pattern)) = search_group(&parts[index..]) {
                        out.push_str(&search_text(matching, pattern, false));
                        index += 3;
                    } else {
                        write(&parts[index], out, Inside::Group);
                        index += 1;
                    }
                }
            });
        }
        Filter::Not(part) => negated(part, out),
        Filter::Condition(condition) => out.push_str(&condition_text(condition, false)),
    }
}

fn bracketed(out: &mut String, inside: Inside, body: impl FnOnce(&mut String)) {
    if inside == Inside::Group {
        out.push('(');
    }
    body(out);
    if inside == Inside::Group {
        out.push(')');
    }
}

fn negated(part: &Filter, out: &mut String) {
    match part {
        Filter::Condition(condition) => out.push_str(&condition_text(condition, true)),
        Filter::Any(parts) if parts.len() == 3 && search_group(parts).is_some() => {
            if let Some((matching, pattern)) = search_group(parts) {
                out.push_str(&search_text(matching, pattern, true));
            }
        }
        other => {
            out.push_str("not ");
            write(other, out, Inside::Group);
        }
    }
}

fn search_text(matching: TextMatch, pattern: &str, negated: bool) -> String {
    format!("text {} {}", text_operator(matching, negated), quote(pattern))
}

fn text_operator(matching: TextMatch, negated: bool) -> &'static str {
    match (matching, negated) {
        (TextMatch::Equals, false) => "=",
        (TextMatch::Equals, true) => "!=",
        (TextMatch::StartsWith, false) => "starts with",
        (TextMatch::StartsWith, true) => "not starts with",
        (TextMatch::Contains, false) => "contains",
        (TextMatch::Contains, true) => "not contains",
        (TextMatch::Fuzzy, false) => "~",
        (TextMatch::Fuzzy, true) => "!~",
    }
}

/// A text in quotes, with quotes and backslashes inside escaped.
#[must_use]
pub fn quote(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    out.push('"');
    for character in text.chars() {
        if matches!(character, '"' | '\\') {
            out.push('\\');
        }
        out.push(character);
    }
    out.push('"');
    out
}

/// A code, in quotes only where it would not be read as one word.
#[must_use]
pub fn code_text(code: &str) -> String {
    let is_plain = !code.is_empty() && code.chars().all(|c| c.is_alphanumeric() || c == '_');
    if is_plain { code.to_owned() } else { quote(code) }
}

/// A number of the field in its shortest readable form: `50m`, `12%`, `2.5`.
#[must_use]
pub fn real_text(field: FieldId, value: f64) -> String {
    let Some(decimal) = Decimal::from_real(value) else { return value.to_string() };
    if field.field().unit == Unit::Share { format!("{}%", decimal.scaled(2).readable()) } else { decimal.readable() }
}

/// A whole number of the field: amounts with the suffix that makes them shortest.
#[must_use]
pub fn integer_text(field: FieldId, value: i64) -> String {
    let plain = value.to_string();
    if field.field().kind != FieldKind::Amount || value == 0 {
        return plain;
    }
    let decimal = Decimal::from_integer(value);
    [("bn", -9), ("m", -6), ("k", -3)]
        .iter()
        .map(|(suffix, power)| format!("{}{suffix}", decimal.scaled(*power).plain()))
        .chain([plain])
        .min_by_key(String::len)
        .unwrap_or_default()
}

/// How round a number is: its trailing zeros.
fn roundness(value: i64) -> u32 {
    if value == 0 {
        return u32::MAX;
    }
    let (mut rest, mut zeros) = (value, 0);
    while rest % 10 == 0 {
        rest /= 10;
        zeros += 1;
    }
    zeros
}

/// An end of whole numbers as people say it, and whether it is closed: `> 50m` rather than `>= 50000001`. Every form of a filter
/// (text, JSON, words) says an end so, and therefore the same. `outward` is −1 at a lower and 1 at an upper end.
#[must_use]
pub(super) fn integer_end(field: FieldId, value: i64, outward: i64) -> (i64, bool) {
    match value.checked_add(outward) {
        Some(open) if field.field().kind == FieldKind::Amount && roundness(open) >= 3 && roundness(value) < 3 => {
            (open, false)
        }
        _ => (value, true),
    }
}

fn range_text(key: &str, low: Option<(String, bool)>, high: Option<(String, bool)>, negated: bool) -> String {
    let not = if negated { "not " } else { "" };
    match (low, high) {
        (None, None) => format!("{key} is {}null", if negated { "" } else { "not " }),
        (Some((low, closed)), None) => format!("{not}{key} {} {low}", if closed { ">=" } else { ">" }),
        (None, Some((high, closed))) => format!("{not}{key} {} {high}", if closed { "<=" } else { "<" }),
        (Some((low, true)), Some((high, true))) => format!("{key} {not}between {low} and {high}"),
        (Some((low, low_closed)), Some((high, high_closed))) => {
            let sign = |closed| if closed { "<=" } else { "<" };
            format!("{not}{low} {} {key} {} {high}", sign(low_closed), sign(high_closed))
        }
    }
}

fn condition_text(condition: &Condition, negated: bool) -> String {
    match condition {
        Condition::IntegerRange { field, min, max } => {
            let end = |value: i64, outward| {
                let (value, closed) = integer_end(*field, value, outward);
                (integer_text(*field, value), closed)
            };
            range_text(field.field().key, min.map(|min| end(min, -1)), max.map(|max| end(max, 1)), negated)
        }
        Condition::RealRange { field, min, max } => {
            let end = |bound: &Bound| (real_text(*field, bound.value), bound.inclusive);
            range_text(field.field().key, min.as_ref().map(end), max.as_ref().map(end), negated)
        }
        Condition::DateRange { field, min: Some(min), max: Some(max) } if min == max => {
            format!("{} {} {min}", field.field().key, if negated { "!=" } else { "=" })
        }
        Condition::DateRange { field, min, max } => range_text(
            field.field().key,
            min.map(|min| (min.to_string(), true)),
            max.map(|max| (max.to_string(), true)),
            negated,
        ),
        Condition::Text { field, matching, pattern } => {
            format!("{} {} {}", field.field().key, text_operator(*matching, negated), quote(pattern))
        }
        Condition::IsNull { field } => format!("{} is {}null", field.field().key, if negated { "not " } else { "" }),
        Condition::InSet { set } => set_text(set, negated),
        Condition::IntegerIn { .. }
        | Condition::RealIn { .. }
        | Condition::CodeIn { .. }
        | Condition::Is { .. }
        | Condition::OrgnrIn { .. } => {
            let Simple { target, operator, values, .. } = simple(condition);
            let operator = match (operator, negated) {
                (Operator::Equal, true) => "!=",
                (Operator::In, true) => "not in",
                (other, _) => other.text(),
            };
            let field = condition.field();
            let values: Vec<String> = values.iter().map(|value| value_text(field, value)).collect();
            format!("{} {operator} {}", target.key(), values.join(", "))
        }
    }
}

fn value_text(field: Option<FieldId>, value: &Plain) -> String {
    match (field, value) {
        (Some(field), Plain::Integer(value)) => integer_text(field, *value),
        (Some(field), Plain::Real(value)) => real_text(field, *value),
        (None, Plain::Integer(value)) => value.to_string(),
        (None, Plain::Real(value)) => value.to_string(),
        (_, Plain::Bool(value)) => (if *value { "yes" } else { "no" }).to_owned(),
        (_, Plain::Date(value)) => value.to_string(),
        (_, Plain::Text(value)) => code_text(value),
    }
}

fn set_text(set: &str, negated: bool) -> String {
    let not = if negated { "not " } else { "" };
    match set.split_once(':') {
        Some(("list", name)) => format!("{not}in list {}", quote(name)),
        Some(("label", name)) => format!("{not}in label {}", quote(name)),
        Some((kind, name)) => format!("{kind} {} {}", if negated { "!=" } else { "=" }, code_text(name)),
        None => format!("{set} = {}", if negated { "no" } else { "yes" }),
    }
}
