//! The JSON form: `{"all":[…]} | {"any":[…]} | {"not":…} | {"field","op","value"}`, values in the catalogue's units.
//!
//! A range of numbers whose ends are not both closed carries `"bounds"`: `"[)"`, `"(]"` or `"()"`.

use chrono::NaiveDate;
use serde_json::{Map, Number, Value, json};

use super::build::{Operand, bounded, condition};
use super::error::{FilterError, pointer_token};
use super::limits::{MAX_CONDITIONS, MAX_DEPTH, MAX_VALUES};
use super::number::Decimal;
use super::operator::{Arity, Operator};
use super::print::integer_end;
use super::suggest::nearest;
use super::target::{SEARCH_FIELDS, Target};
use super::vocabulary::Vocabulary;
use super::{Condition, Filter, TextMatch};

/// A value of a condition in memory.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Plain {
    Integer(i64),
    Real(f64),
    Date(NaiveDate),
    Bool(bool),
    Text(String),
}

/// A condition taken apart into target, operator and values.
pub(super) struct Simple {
    pub target: Target,
    pub operator: Operator,
    pub values: Vec<Plain>,
    /// Whether the ends of a two-ended range are closed.
    pub closed: (bool, bool),
}

pub(super) fn simple(condition: &Condition) -> Simple {
    let of = |target, operator, values| Simple { target, operator, values, closed: (true, true) };
    let one_or_many = |many: &[Plain]| if many.len() == 1 { Operator::Equal } else { Operator::In };
    match condition {
        Condition::IntegerRange { field, min, max } => {
            let end = |value: i64, outward| {
                let (value, closed) = integer_end(*field, value, outward);
                (Plain::Integer(value), closed)
            };
            range(Target::Field(*field), min.map(|min| end(min, -1)), max.map(|max| end(max, 1)))
        }
        Condition::RealRange { field, min, max } => range(
            Target::Field(*field),
            min.map(|min| (Plain::Real(min.value), min.inclusive)),
            max.map(|max| (Plain::Real(max.value), max.inclusive)),
        ),
        Condition::DateRange { field, min: Some(min), max: Some(max) } if min == max => {
            of(Target::Field(*field), Operator::Equal, vec![Plain::Date(*min)])
        }
        Condition::DateRange { field, min, max } => range(
            Target::Field(*field),
            min.map(|min| (Plain::Date(min), true)),
            max.map(|max| (Plain::Date(max), true)),
        ),
        Condition::IntegerIn { field, values } => {
            let values: Vec<Plain> = values.iter().copied().map(Plain::Integer).collect();
            of(Target::Field(*field), one_or_many(&values), values)
        }
        Condition::RealIn { field, values } => {
            let values: Vec<Plain> = values.iter().copied().map(Plain::Real).collect();
            of(Target::Field(*field), one_or_many(&values), values)
        }
        Condition::CodeIn { field, codes } => {
            let values: Vec<Plain> = codes.iter().cloned().map(Plain::Text).collect();
            of(Target::Field(*field), one_or_many(&values), values)
        }
        Condition::Is { field, value } => of(Target::Field(*field), Operator::Equal, vec![Plain::Bool(*value)]),
        Condition::Text { field, matching, pattern } => {
            of(Target::Field(*field), text_operator(*matching), vec![Plain::Text(pattern.clone())])
        }
        Condition::IsNull { field } => of(Target::Field(*field), Operator::IsNull, Vec::new()),
        Condition::OrgnrIn { orgnrs } => {
            let values: Vec<Plain> = orgnrs.iter().map(|orgnr| Plain::Text(orgnr.to_string())).collect();
            of(Target::Orgnr, one_or_many(&values), values)
        }
        Condition::InSet { set } => match set.split_once(':') {
            Some(("list", name)) => of(Target::List, Operator::InList, vec![Plain::Text(name.to_owned())]),
            Some(("label", name)) => of(Target::Label, Operator::InList, vec![Plain::Text(name.to_owned())]),
            Some((_, name)) => of(Target::Prospect, Operator::Equal, vec![Plain::Text(name.to_owned())]),
            None if set == "excluded" => of(Target::Excluded, Operator::Equal, vec![Plain::Bool(true)]),
            None => of(Target::Prospect, Operator::Equal, vec![Plain::Bool(true)]),
        },
    }
}

pub(super) fn text_operator(matching: TextMatch) -> Operator {
    match matching {
        TextMatch::Equals => Operator::Equal,
        TextMatch::StartsWith => Operator::StartsWith,
        TextMatch::Contains => Operator::Contains,
        TextMatch::Fuzzy => Operator::Fuzzy,
    }
}

fn range(target: Target, low: Option<(Plain, bool)>, high: Option<(Plain, bool)>) -> Simple {
    let one = |operator, value| Simple { target, operator, values: vec![value], closed: (true, true) };
    match (low, high) {
        (None, None) => Simple { target, operator: Operator::NotNull, values: Vec::new(), closed: (true, true) },
        (Some((low, closed)), None) => one(if closed { Operator::GreaterEqual } else { Operator::Greater }, low),
        (None, Some((high, closed))) => one(if closed { Operator::LessEqual } else { Operator::Less }, high),
        (Some((low, low_closed)), Some((high, high_closed))) => {
            Simple { target, operator: Operator::Between, values: vec![low, high], closed: (low_closed, high_closed) }
        }
    }
}

/// How and what is searched when the first three parts are the same pattern in each of the searched fields.
pub(super) fn search_group(parts: &[Filter]) -> Option<(TextMatch, &str)> {
    let mut found: Option<(TextMatch, &str)> = None;
    if parts.len() < SEARCH_FIELDS.len() {
        return None;
    }
    for (part, key) in parts.iter().zip(SEARCH_FIELDS) {
        let Filter::Condition(Condition::Text { field, matching, pattern }) = part else { return None };
        if field.field().key != key || *matching == TextMatch::Equals {
            return None;
        }
        match found {
            None => found = Some((*matching, pattern)),
            Some(first) if first == (*matching, pattern.as_str()) => {}
            Some(_) => return None,
        }
    }
    found
}

/// The JSON form of a filter at most [`MAX_DEPTH`] deep.
#[must_use]
pub fn to_json(filter: &Filter) -> Value {
    match filter {
        Filter::All(parts) => json!({ "all": parts.iter().map(to_json).collect::<Vec<_>>() }),
        Filter::Any(parts) if parts.len() == 3 && search_group(parts).is_some() => {
            search_group(parts).map_or(Value::Null, |(matching, pattern)| search_json(matching, pattern))
        }
        Filter::Any(parts) => {
            let mut out = Vec::new();
            let mut index = 0;
            while index < parts.len() {
                if let Some((matching, pattern)) = search_group(&parts[index..]) {
                    out.push(search_json(matching, pattern));
                    index += SEARCH_FIELDS.len();
                } else {
                    out.push(to_json(&parts[index]));
                    index += 1;
                }
            }
            json!({ "any": out })
        }
        Filter::Not(part) => match part.as_ref() {
            Filter::Condition(condition) => {
                let simple = simple(condition);
                match simple.operator {
                    Operator::Equal => condition_json(simple, Operator::NotEqual),
                    Operator::In => condition_json(simple, Operator::NotIn),
                    Operator::IsNull => condition_json(simple, Operator::NotNull),
                    _ => json!({ "not": to_json(part) }),
                }
            }
            other => json!({ "not": to_json(other) }),
        },
        Filter::Condition(condition) => {
            let simple = simple(condition);
            let operator = simple.operator;
            condition_json(simple, operator)
        }
    }
}

fn search_json(matching: TextMatch, pattern: &str) -> Value {
    json!({ "field": "text", "op": text_operator(matching).name(), "value": pattern })
}

fn condition_json(simple: Simple, operator: Operator) -> Value {
    let mut object = Map::new();
    object.insert("field".into(), simple.target.key().into());
    object.insert("op".into(), operator.name().into());
    let bounds = match simple.closed {
        (true, true) => None,
        (true, false) => Some("[)"),
        (false, true) => Some("(]"),
        (false, false) => Some("()"),
    };
    let mut values = simple.values.into_iter().map(plain_json);
    match operator.arity() {
        Arity::Exactly(0) => {}
        Arity::Exactly(1) => {
            object.insert("value".into(), values.next().unwrap_or(Value::Null));
        }
        // A single list is its name alone; everything else is an array.
        Arity::List if operator == Operator::InList => {
            object.insert("value".into(), values.next().unwrap_or(Value::Null));
        }
        Arity::Exactly(_) | Arity::List => {
            object.insert("value".into(), Value::Array(values.collect()));
        }
    }
    if let Some(bounds) = bounds {
        object.insert("bounds".into(), bounds.into());
    }
    Value::Object(object)
}

fn plain_json(value: Plain) -> Value {
    match value {
        Plain::Integer(value) => value.into(),
        // Whole reals print as whole numbers, as a person would write them.
        Plain::Real(value) if value.fract() == 0.0 && value.abs() < 9e15 => (value as i64).into(),
        Plain::Real(value) => Number::from_f64(value).map_or(Value::Null, Value::Number),
        Plain::Date(value) => value.to_string().into(),
        Plain::Bool(value) => value.into(),
        Plain::Text(value) => value.into(),
    }
}

/// Reads the JSON form; `pointer` is where the value stands in the document, for errors (empty at its root).
///
/// # Errors
/// [`FilterError`] with the JSON pointer of the first error.
pub fn from_json(value: &Value, pointer: &str, vocabulary: &Vocabulary) -> Result<Filter, FilterError> {
    Reader { vocabulary, conditions: 0, values: 0 }.node(value, pointer, 0)
}

struct Reader<'a> {
    vocabulary: &'a Vocabulary,
    conditions: usize,
    values: usize,
}

impl Reader<'_> {
    fn node(&mut self, value: &Value, pointer: &str, depth: usize) -> Result<Filter, FilterError> {
        if depth > MAX_DEPTH {
            return Err(FilterError::at_pointer(format!("groups go at most {MAX_DEPTH} levels deep"), pointer));
        }
        let Value::Object(object) = value else {
            return Err(FilterError::at_pointer(
                "a filter is an object: {\"all\":[…]}, {\"any\":[…]}, {\"not\":…} or {\"field\",\"op\",\"value\"}",
                pointer,
            ));
        };
        let groups: Vec<&str> =
            ["all", "any", "not", "field"].into_iter().filter(|key| object.contains_key(*key)).collect();
        let kind = match groups.as_slice() {
            [one] => *one,
            [] => {
                return Err(FilterError::at_pointer("a filter needs one of the keys all, any, not or field", pointer));
            }
            _ => {
                return Err(FilterError::at_pointer(
                    format!("{} do not go together in one filter", groups.join(" and ")),
                    pointer,
                ));
            }
        };
        let allowed: &[&str] = if kind == "field" { &["field", "op", "value", "bounds"] } else { &[] };
        if let Some(unknown) = object.keys().find(|key| key.as_str() != kind && !allowed.contains(&key.as_str())) {
            let message = format!("unknown key “{}”", unknown.chars().take(60).collect::<String>());
            return Err(FilterError::at_pointer(message, format!("{pointer}/{}", pointer_token(unknown))));
        }
        let inner = &object[kind];
        let place = format!("{pointer}/{kind}");
        match kind {
            "not" => Ok(Filter::not(self.node(inner, &place, depth + 1)?)),
            "field" => self.condition(object, pointer),
            _ => {
                let Value::Array(items) = inner else {
                    return Err(FilterError::at_pointer(format!("{kind} holds a list of filters"), place));
                };
                let mut parts = Vec::with_capacity(items.len().min(1_000));
                for (index, item) in items.iter().enumerate() {
                    parts.push(self.node(item, &format!("{place}/{index}"), depth + 1)?);
                }
                Ok(if kind == "all" { Filter::all(parts) } else { Filter::any(parts) })
            }
        }
    }

    fn condition(&mut self, object: &Map<String, Value>, pointer: &str) -> Result<Filter, FilterError> {
        self.conditions += 1;
        if self.conditions > MAX_CONDITIONS {
            return Err(FilterError::at_pointer(format!("a filter has at most {MAX_CONDITIONS} conditions"), pointer));
        }
        let target = read_target(&object["field"], &format!("{pointer}/field"))?;
        let place = format!("{pointer}/op");
        let Some(name) = object.get("op") else {
            return Err(FilterError::at_pointer("a condition needs op", pointer));
        };
        let operator = read_operator(name, target, &place)?;
        let value_pointer = format!("{pointer}/value");
        let (operands, places) = read_operands(object.get("value"), operator, &value_pointer, Strings::AsTheyAre)?;
        self.values += operands.len();
        if self.values > MAX_VALUES {
            return Err(FilterError::at_pointer(format!("a filter has at most {MAX_VALUES} values"), value_pointer));
        }
        let built = match object.get("bounds") {
            None => condition(target, operator, &operands, self.vocabulary),
            Some(bounds) => {
                let place = format!("{pointer}/bounds");
                let closed = match bounds.as_str() {
                    Some("[]") => (true, true),
                    Some("[)") => (true, false),
                    Some("(]") => (false, true),
                    Some("()") => (false, false),
                    _ => return Err(FilterError::at_pointer("bounds is one of [], [), (] and ()", place)),
                };
                match operands.as_slice() {
                    [low, high] if operator == Operator::Between => {
                        bounded(target, (low, closed.0), (high, closed.1), self.vocabulary)
                    }
                    _ => return Err(FilterError::at_pointer("bounds goes with between and two values", place)),
                }
            }
        };
        built.map_err(|misfit| {
            let place =
                misfit.operand.map_or(place.clone(), |index| places.get(index).cloned().unwrap_or(value_pointer));
            FilterError::at_pointer(misfit.message, place).suggesting(misfit.suggestions)
        })
    }
}

/// The target that a JSON value names.
pub(super) fn read_target(value: &Value, pointer: &str) -> Result<Target, FilterError> {
    let Some(name) = value.as_str() else {
        return Err(FilterError::at_pointer("field is the name of a field", pointer));
    };
    Target::find(name).ok_or_else(|| {
        let shown: String = name.chars().take(60).collect();
        FilterError::at_pointer(format!("there is no field “{shown}”"), pointer).suggesting(Target::suggestions(name))
    })
}

/// The operator that a JSON value names.
pub(super) fn read_operator(value: &Value, target: Target, pointer: &str) -> Result<Operator, FilterError> {
    let Some(name) = value.as_str() else {
        return Err(FilterError::at_pointer("op is the name of an operator", pointer));
    };
    Operator::find(name).ok_or_else(|| {
        let shown: String = name.chars().take(60).collect();
        let names: Vec<&str> = Operator::of(target).iter().map(|operator| operator.name()).collect();
        let near = nearest(name, Operator::ALL.iter().map(|operator| (operator.name(), [operator.name()])));
        FilterError::at_pointer(
            format!("there is no operator “{shown}”: {} takes {}", target.key(), names.join(", ")),
            pointer,
        )
        .suggesting(near)
    })
}

/// How strings are taken where a number is wanted.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Strings {
    /// A string is never a number.
    AsTheyAre,
    /// A string that is written like a number is one.
    MayBeNumbers,
}

/// The values of a condition and the pointer of each.
pub(super) fn read_operands(
    value: Option<&Value>,
    operator: Operator,
    pointer: &str,
    strings: Strings,
) -> Result<(Vec<Operand>, Vec<String>), FilterError> {
    let many = matches!(operator.arity(), Arity::List | Arity::Exactly(2));
    match value {
        // Programs send a null or a true beside operators that take nothing.
        None | Some(Value::Null) => Ok((Vec::new(), vec![])),
        Some(Value::Bool(true)) if operator.arity() == Arity::Exactly(0) => Ok((Vec::new(), vec![])),
        Some(Value::Array(items)) if many => {
            let mut operands = Vec::with_capacity(items.len());
            let mut places = Vec::with_capacity(items.len());
            for (index, item) in items.iter().enumerate() {
                let place = format!("{pointer}/{index}");
                operands.push(read_operand(item, &place, strings)?);
                places.push(place);
            }
            Ok((operands, places))
        }
        Some(value) => Ok((vec![read_operand(value, pointer, strings)?], vec![pointer.to_owned()])),
    }
}

fn read_operand(value: &Value, pointer: &str, strings: Strings) -> Result<Operand, FilterError> {
    let number = |value: Decimal| Operand::Number { value, percent: false };
    match value {
        Value::Bool(value) => Ok(Operand::Bool(*value)),
        Value::Number(number_value) => {
            let decimal = match number_value.as_i64() {
                Some(integer) => Some(Decimal::from_integer(integer)),
                None => Decimal::parse(&number_value.to_string()),
            };
            decimal.map(number).ok_or_else(|| FilterError::at_pointer("this number is too large", pointer))
        }
        Value::String(text) => match (strings, Decimal::parse(text)) {
            // The field decides: codes and organisation numbers are read from the text itself.
            (Strings::MayBeNumbers, Some(value))
                if Decimal::parse(text).map(Decimal::plain).as_deref() == Some(text) =>
            {
                Ok(number(value))
            }
            _ => Ok(Operand::Text(text.clone())),
        },
        Value::Null => Err(FilterError::at_pointer("null is not a value: use is_null or not_null", pointer)),
        Value::Array(_) => Err(FilterError::at_pointer("here should stand one value, not a list", pointer)),
        Value::Object(_) => Err(FilterError::at_pointer("here should stand a value, not an object", pointer)),
    }
}
