//! The flat form of the API's contract: a list of `{field, op, value, type}` joined by one `logic`.
//!
//! `value` is in the catalogue's unit whatever `type` says (12 % is 0.12); a type that does not exist is an error, as
//! is everything else that is not understood: nothing is left out in silence.

use serde_json::Value;

use super::Filter;
use super::build::condition;
use super::error::FilterError;
use super::json::{Strings, read_operands, read_operator, read_target};
use super::limits::{MAX_CONDITIONS, MAX_VALUES};
use super::suggest::nearest;
use super::vocabulary::Vocabulary;

/// How the conditions of the flat form are joined.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Logic {
    /// Every condition holds.
    #[default]
    And,
    /// At least one holds.
    Or,
}

impl Logic {
    /// Reads `and` or `or` in any case; also `all` and `any`.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        match name.trim().to_ascii_lowercase().as_str() {
            "and" | "all" => Some(Self::And),
            "or" | "any" => Some(Self::Or),
            _ => None,
        }
    }
}

/// One condition as it came.
#[derive(Clone, Debug, PartialEq)]
pub struct FlatCondition<'a> {
    /// Key or alias of a field.
    pub field: &'a str,
    /// Operator.
    pub op: &'a str,
    /// One value, a list, or nothing.
    pub value: Option<&'a Value>,
    /// The caller's name for the type of value.
    pub value_type: Option<&'a str>,
}

/// Every type name that callers may send. They are hints for forms and change nothing.
pub const TYPES: [&str; 27] = [
    "number",
    "integer",
    "int",
    "float",
    "decimal",
    "numeric",
    "currency",
    "money",
    "amount",
    "percent",
    "percentage",
    "ratio",
    "count",
    "string",
    "text",
    "boolean",
    "bool",
    "date",
    "enum",
    "category",
    "categories",
    "list",
    "array",
    "multiselect",
    "select",
    "range",
    "score",
];

/// The filter that a flat list means; an empty list means every company with either logic. `pointer` is where the
/// list stands, e.g. `/filters`.
///
/// # Errors
/// [`FilterError`] with the JSON pointer of the first error.
pub fn from_flat(
    conditions: &[FlatCondition<'_>],
    logic: Logic,
    pointer: &str,
    vocabulary: &Vocabulary,
) -> Result<Filter, FilterError> {
    if conditions.len() > MAX_CONDITIONS {
        return Err(FilterError::at_pointer(format!("a filter has at most {MAX_CONDITIONS} conditions"), pointer));
    }
    let mut values = 0;
    let mut parts = Vec::with_capacity(conditions.len());
    for (index, flat) in conditions.iter().enumerate() {
        parts.push(read_one(flat, &format!("{pointer}/{index}"), "op", &mut values, vocabulary)?);
    }
    Ok(match logic {
        Logic::And => Filter::all(parts),
        Logic::Or if parts.is_empty() => Filter::EVERYTHING,
        Logic::Or => Filter::any(parts),
    })
}

/// One condition that stands at `place`, whose operator is under the key `operator_key`; `values` counts the values of the
/// whole filter.
pub(super) fn read_one(
    flat: &FlatCondition<'_>,
    place: &str,
    operator_key: &str,
    values: &mut usize,
    vocabulary: &Vocabulary,
) -> Result<Filter, FilterError> {
    if let Some(name) = flat.value_type
        && !TYPES.contains(&name.trim().to_ascii_lowercase().as_str())
    {
        let shown: String = name.chars().take(60).collect();
        return Err(FilterError::at_pointer(format!("there is no type “{shown}”"), format!("{place}/type"))
            .suggesting(nearest(name, TYPES.iter().map(|name| (*name, [*name])))));
    }
    let target = read_target(&Value::from(flat.field), &format!("{place}/field"))?;
    let operator_place = format!("{place}/{operator_key}");
    let operator = read_operator(&Value::from(flat.op), target, &operator_place)?;
    let value_place = format!("{place}/value");
    let (operands, places) = read_operands(flat.value, operator, &value_place, Strings::MayBeNumbers)?;
    *values += operands.len();
    if *values > MAX_VALUES {
        return Err(FilterError::at_pointer(format!("a filter has at most {MAX_VALUES} values"), value_place));
    }
    condition(target, operator, &operands, vocabulary).map_err(|misfit| {
        let at = match misfit.operand {
            Some(index) => places.get(index).cloned().unwrap_or(value_place),
            None if operands.is_empty() => value_place,
            None => operator_place,
        };
        FilterError::at_pointer(misfit.message, at).suggesting(misfit.suggestions)
    })
}
