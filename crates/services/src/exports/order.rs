//! What a job is to write, as it is kept beside the export.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::Language;
use super::sheet::KeptSort;
use crate::prospects::question::Question;

/// Everything that decides what is in the file. Fields outlive releases: new ones get a default.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Settings {
    /// Which companies, in which order, with which columns.
    pub choice: Choice,
    /// Language of the headings.
    pub language: Language,
}

/// Which companies.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Choice {
    /// Those of a screen or a list.
    Companies(Companies),
    /// Prospects.
    Prospects(Question),
}

/// The companies of a filter.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Companies {
    /// The filter, its lists and labels by id.
    pub filter: Value,
    /// Whether companies on the exclusion list are wanted too.
    pub include_excluded: bool,
    /// Order.
    pub sort: Vec<KeptSort>,
    /// Keys of the fields, in the order of the columns.
    pub fields: Vec<String>,
    /// Headings as keys instead of words.
    pub as_keys: bool,
    /// The address under which people reach Lode, for links.
    #[serde(default)]
    pub base: Option<String>,
}

/// The name that the file is saved under.
#[must_use]
pub fn file_name(what: &str, made_at: DateTime<Utc>, ending: &str) -> String {
    format!("lode-{what}-{}.{ending}", made_at.format("%Y-%m-%d"))
}
