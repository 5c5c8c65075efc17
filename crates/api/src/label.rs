//! Codes and labels on the wire.

use serde::Serialize;
use utoipa::ToSchema;

/// A label in both languages.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct BilingualLabel {
    /// Swedish.
    pub sv: String,
    /// English.
    pub en: String,
}

impl From<domain::label::Label> for BilingualLabel {
    fn from(label: domain::label::Label) -> Self {
        Self { sv: label.sv.to_owned(), en: label.en.to_owned() }
    }
}

/// A code of a register and its name in words, where the code table has it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Coded {
    /// The code.
    pub code: String,
    /// Its name.
    pub name: Option<String>,
}

impl Coded {
    /// A code with the name that a table gives it.
    #[must_use]
    pub fn new(code: &str, name: Option<&str>) -> Self {
        Self { code: code.to_owned(), name: name.map(str::to_owned) }
    }
}
