//! Whether figures are the company's own or its group's.

use serde::{Deserialize, Serialize};

/// Whose figures a statement holds. The two are never mixed in one series.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Scope {
    /// The legal person alone (moderbolaget, juridisk person).
    Company,
    /// The consolidated group (koncernen).
    Group,
}

impl Scope {
    /// The name used in the database, the API and URLs.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Company => "company",
            Self::Group => "group",
        }
    }

    /// Reads [`Scope::as_str`] back.
    #[must_use]
    pub fn from_name(text: &str) -> Option<Self> {
        match text {
            "company" => Some(Self::Company),
            "group" => Some(Self::Group),
            _ => None,
        }
    }
}
