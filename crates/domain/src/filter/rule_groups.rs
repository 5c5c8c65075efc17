//! The form of query builders: `{"include": GROUP, "exclude": GROUP}`, where a group is
//! `{"type": "and" | "or", "rules": […]}` and a rule `{"field", "operator", "value"}` or another group.
//!
//! Other programs keep their views in it. It means: every company that the first group holds for and the second does not.
//! A group without rules says nothing: it includes every company and excludes none. An `id` of a group or rule, which query
//! builders need for themselves, is not kept.

use serde_json::{Map, Value};

use super::Filter;
use super::error::{FilterError, pointer_token};
use super::flat::{FlatCondition, Logic, read_one};
use super::limits::{MAX_CONDITIONS, MAX_DEPTH};
use super::suggest::nearest;
use super::vocabulary::Vocabulary;

/// Whether a value is in this form rather than in the tree form.
#[must_use]
pub fn is_rule_groups(value: &Value) -> bool {
    value.as_object().is_some_and(|object| object.contains_key("include") || object.contains_key("exclude"))
}

/// The filter that the two groups mean. `pointer` is where the value stands, e.g. `/filtersJson`.
///
/// # Errors
/// [`FilterError`] with the JSON pointer of the first error; nothing is left out in silence.
pub fn from_rule_groups(value: &Value, pointer: &str, vocabulary: &Vocabulary) -> Result<Filter, FilterError> {
    let object = object_of(value, pointer, "include and exclude")?;
    only_keys(object, &["include", "exclude"], pointer)?;
    let mut reader = Reader { vocabulary, conditions: 0, values: 0 };
    let mut part = |key: &str| match object.get(key) {
        None | Some(Value::Null) => Ok(None),
        Some(group) => reader.group(group, &format!("{pointer}/{key}"), 1),
    };
    let (include, exclude) = (part("include")?, part("exclude")?);
    let parts: Vec<_> = include.into_iter().chain(exclude.map(|filter| Filter::Not(Box::new(filter)))).collect();
    Ok(Filter::all(parts))
}

struct Reader<'a> {
    vocabulary: &'a Vocabulary,
    conditions: usize,
    values: usize,
}

impl Reader<'_> {
    /// What a group says; `None` when it holds no rule.
    fn group(&mut self, value: &Value, place: &str, depth: usize) -> Result<Option<Filter>, FilterError> {
        if depth > MAX_DEPTH {
            return Err(FilterError::at_pointer(format!("groups stand in each other at most {MAX_DEPTH} deep"), place));
        }
        let object = object_of(value, place, "a group of rules")?;
        only_keys(object, &["id", "type", "rules"], place)?;
        let logic = match object.get("type") {
            None | Some(Value::Null) => Logic::And,
            Some(name) => name
                .as_str()
                .and_then(Logic::from_name)
                .ok_or_else(|| FilterError::at_pointer("type is and, or", format!("{place}/type")))?,
        };
        let rules = match object.get("rules") {
            None | Some(Value::Null) => return Ok(None),
            Some(Value::Array(rules)) => rules,
            Some(_) => return Err(FilterError::at_pointer("rules is a list", format!("{place}/rules"))),
        };
        let mut parts = Vec::with_capacity(rules.len().min(64));
        for (index, rule) in rules.iter().enumerate() {
            let place = format!("{place}/rules/{index}");
            if rule.get("rules").is_some() {
                parts.extend(self.group(rule, &place, depth + 1)?);
            } else {
                parts.push(self.rule(rule, &place)?);
            }
        }
        Ok(match (logic, parts.is_empty()) {
            (_, true) => None,
            (Logic::And, false) => Some(Filter::all(parts)),
            (Logic::Or, false) => Some(Filter::any(parts)),
        })
    }

    fn rule(&mut self, value: &Value, place: &str) -> Result<Filter, FilterError> {
        self.conditions += 1;
        if self.conditions > MAX_CONDITIONS {
            return Err(FilterError::at_pointer(format!("a filter has at most {MAX_CONDITIONS} conditions"), place));
        }
        let object = object_of(value, place, "a rule or a group of rules")?;
        only_keys(object, &["id", "field", "operator", "op", "value", "type"], place)?;
        let text = |key: &str| {
            object.get(key).and_then(Value::as_str).ok_or_else(|| {
                FilterError::at_pointer(format!("a rule needs its {key} as text"), format!("{place}/{key}"))
            })
        };
        let operator_key =
            if object.contains_key("op") && !object.contains_key("operator") { "op" } else { "operator" };
        let value_type = match object.get("type") {
            None | Some(Value::Null) => None,
            Some(_) => Some(text("type")?),
        };
        let condition =
            FlatCondition { field: text("field")?, op: text(operator_key)?, value: object.get("value"), value_type };
        read_one(&condition, place, operator_key, &mut self.values, self.vocabulary)
    }
}

fn object_of<'a>(value: &'a Value, place: &str, what: &str) -> Result<&'a Map<String, Value>, FilterError> {
    value.as_object().ok_or_else(|| FilterError::at_pointer(format!("an object with {what} is expected"), place))
}

fn only_keys(object: &Map<String, Value>, known: &[&'static str], place: &str) -> Result<(), FilterError> {
    match object.keys().find(|key| !known.contains(&key.as_str())) {
        None => Ok(()),
        Some(key) => {
            let shown: String = key.chars().take(60).collect();
            let error = FilterError::at_pointer(
                format!("“{shown}” is not known here"),
                format!("{place}/{}", pointer_token(key)),
            );
            Err(error.suggesting(nearest(key, known.iter().map(|name| (*name, [*name])))))
        }
    }
}
