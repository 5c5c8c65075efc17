//! Why a filter from outside is refused, and where.

use std::fmt;

/// Where in the input the error lies.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Place {
    /// Bytes of the text form.
    Text {
        /// First byte, at a character boundary.
        offset: usize,
        /// Number of bytes; 0 at the end of the text.
        length: usize,
    },
    /// JSON pointer (RFC 6901) into the JSON forms.
    Pointer(String),
}

/// A refused filter: one located sentence and what might have been meant.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub struct FilterError {
    /// One sentence for people.
    pub message: String,
    /// Where.
    pub place: Place,
    /// Words that could stand there instead, best first; possibly empty.
    pub suggestions: Vec<String>,
}

impl FilterError {
    /// An error in the text form.
    #[must_use]
    pub fn in_text(message: impl Into<String>, offset: usize, length: usize) -> Self {
        Self { message: message.into(), place: Place::Text { offset, length }, suggestions: Vec::new() }
    }

    /// An error in a JSON form.
    #[must_use]
    pub fn at_pointer(message: impl Into<String>, pointer: impl Into<String>) -> Self {
        Self { message: message.into(), place: Place::Pointer(pointer.into()), suggestions: Vec::new() }
    }

    /// With what might have been meant.
    #[must_use]
    pub fn suggesting(mut self, suggestions: Vec<String>) -> Self {
        self.suggestions = suggestions;
        self
    }

    /// The sentence with "did you mean …?" behind it.
    #[must_use]
    pub fn full_message(&self) -> String {
        match self.suggestions.as_slice() {
            [] => self.message.clone(),
            [one] => format!("{}; did you mean {one}?", self.message),
            [first, .., last] => {
                let middle = self.suggestions[1..self.suggestions.len() - 1].iter().map(|word| format!(", {word}"));
                format!("{}; did you mean {first}{} or {last}?", self.message, middle.collect::<String>())
            }
        }
    }

    /// Offset and length of a [`Place::Text`] in UTF-16 units of the text, as JavaScript counts.
    #[must_use]
    pub fn utf16_range(&self, text: &str) -> Option<(usize, usize)> {
        let Place::Text { offset, length } = self.place else { return None };
        let start = text.get(..offset)?.encode_utf16().count();
        let inside = text.get(offset..offset + length)?.encode_utf16().count();
        Some((start, inside))
    }
}

impl fmt::Display for FilterError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.place {
            Place::Text { offset, .. } => write!(f, "{} (at {offset})", self.full_message()),
            Place::Pointer(pointer) => write!(f, "{} (at {pointer})", self.full_message()),
        }
    }
}

/// One token of a JSON pointer, escaped as RFC 6901 asks.
#[must_use]
pub fn pointer_token(key: &str) -> String {
    key.replace('~', "~0").replace('/', "~1")
}
