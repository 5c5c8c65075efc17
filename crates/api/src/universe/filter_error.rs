//! What is wrong with a filter, as a problem that names the place.

use domain::filter::error::FilterError;

use crate::problem::{InputError, Problem};

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
