//! Reading request bodies by hand, so that every error names its place and no key is dropped in silence.

use axum::body::Bytes;
use domain::filter::error::{FilterError, pointer_token};
use domain::filter::suggest::nearest;
use serde_json::{Map, Value};

use crate::problem::{InputError, Problem};

/// Keys of a selection.
pub const SELECTION: &[&str] = &["filters", "logic", "filter", "text", "q", "scope", "include_excluded"];

/// An object of the body that knows where it stands.
pub struct Object(Map<String, Value>);

impl Object {
    /// Reads a body; an empty one is an empty object. Keys outside the two lists are refused.
    ///
    /// # Errors
    /// 422 that names the place.
    pub fn read(body: &Bytes, keys: &[&str], more: &[&str]) -> Result<Self, Problem> {
        let value: Value = if body.iter().all(u8::is_ascii_whitespace) {
            Value::Object(Map::new())
        } else {
            serde_json::from_slice(body).map_err(|error| {
                let message = if error.to_string().contains("recursion limit") {
                    format!("groups go at most {} levels deep", domain::filter::limits::MAX_DEPTH)
                } else {
                    format!("the body is not JSON: {error}")
                };
                Problem::input("", message)
            })?
        };
        let Value::Object(object) = value else { return Err(Problem::input("", "the body is a JSON object")) };
        let known = || keys.iter().chain(more);
        match object.keys().find(|key| !known().any(|known| known == key)) {
            None => Ok(Self(object)),
            Some(key) => {
                let shown: String = key.chars().take(60).collect();
                Err(fault(InputError {
                    pointer: format!("/{}", pointer_token(key)),
                    message: format!("there is no key “{shown}” here"),
                    suggestions: nearest(key, known().map(|known| (*known, [*known]))),
                    ..InputError::default()
                }))
            }
        }
    }

    /// The value of a key; null counts as left out.
    pub fn get(&self, key: &str) -> Option<&Value> {
        self.0.get(key).filter(|value| !value.is_null())
    }

    /// A text.
    ///
    /// # Errors
    /// 422 when it is something else.
    pub fn text(&self, key: &str) -> Result<Option<&str>, Problem> {
        self.get(key)
            .map(|value| value.as_str().ok_or_else(|| Problem::input(format!("/{key}"), format!("{key} is a text"))))
            .transpose()
    }

    /// A whole number in a range.
    ///
    /// # Errors
    /// 422 when it is something else or outside.
    pub fn number(&self, key: &str, range: std::ops::RangeInclusive<u64>) -> Result<Option<u64>, Problem> {
        let wrong = || {
            let message = format!("{key} is a whole number from {} to {}", range.start(), range.end());
            Problem::input(format!("/{key}"), message)
        };
        self.get(key).map(|value| value.as_u64().filter(|value| range.contains(value)).ok_or_else(wrong)).transpose()
    }

    /// Yes or no.
    ///
    /// # Errors
    /// 422 when it is something else.
    pub fn flag(&self, key: &str) -> Result<Option<bool>, Problem> {
        let wrong = || Problem::input(format!("/{key}"), format!("{key} is true or false"));
        self.get(key).map(|value| value.as_bool().ok_or_else(wrong)).transpose()
    }

    /// A list of at most `most` texts.
    ///
    /// # Errors
    /// 422 when it is something else.
    pub fn texts(&self, key: &str, most: usize) -> Result<Option<Vec<&str>>, Problem> {
        let Some(items) = self.list(key, most)? else { return Ok(None) };
        let text = |(index, item): (usize, &'_ Value)| -> Result<String, Problem> {
            let wrong = || Problem::input(format!("/{key}/{index}"), "here should stand a text");
            item.as_str().map(str::to_owned).ok_or_else(wrong)
        };
        for entry in items.iter().enumerate() {
            text(entry)?;
        }
        Ok(Some(items.iter().filter_map(Value::as_str).collect()))
    }

    /// A list of at most `most` values.
    ///
    /// # Errors
    /// 422 when it is something else.
    pub fn list(&self, key: &str, most: usize) -> Result<Option<&[Value]>, Problem> {
        match self.get(key) {
            None => Ok(None),
            Some(Value::Array(items)) if items.len() <= most => Ok(Some(items)),
            Some(Value::Array(_)) => {
                Err(Problem::input(format!("/{key}"), format!("{key} holds at most {most} items")))
            }
            Some(_) => Err(Problem::input(format!("/{key}"), format!("{key} is a list"))),
        }
    }
}

/// 422 with one wrong place.
pub fn fault(error: InputError) -> Problem {
    Problem::inputs(vec![error])
}

/// 422 of a filter; `text` is the text form, where the error lies in one at `pointer`.
pub fn filter_problem(error: &FilterError, text: Option<(&str, &str)>) -> Problem {
    let message = error.full_message();
    let suggestions = error.suggestions.clone();
    let place = &error.place;
    fault(match (place, text) {
        (domain::filter::error::Place::Pointer(pointer), _) => {
            InputError { pointer: pointer.clone(), message, suggestions, ..InputError::default() }
        }
        (domain::filter::error::Place::Text { .. }, text) => {
            let (pointer, text) = text.unwrap_or(("/text", ""));
            let range = error.utf16_range(text);
            InputError {
                pointer: pointer.to_owned(),
                message,
                offset: range.map(|(offset, _)| offset),
                length: range.map(|(_, length)| length),
                suggestions,
            }
        }
    })
}
