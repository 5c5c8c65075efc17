//! A page of a screen, and its file, on the wire.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{ColumnsDto, LabelDto, ParseResponse, RowDto, SortKeys, screen_body};
use crate::body::values::Whole;
use crate::lists::memberships::MarksDto;

screen_body! {
    /// Body of `POST /api/universe/query`: the selection and what to show of it.
    pub struct QueryRequest {
        /// One sort key or a list; then by orgnr. Missing values come last in either direction.
        #[schema(inline)]
        pub sort: Option<SortKeys>,
        /// Rows of the page, 0–1000; 50 when left out.
        #[schema(inline)]
        pub limit: Option<Whole<0, 1_000>>,
        /// Rows to skip.
        #[schema(inline)]
        pub offset: Option<Whole<0, 1_000_000_000>>,
        /// Instead of `offset`: the `next` of an earlier answer under the same sort keys. The page goes on where that one ended, whatever
        /// was added or removed before it meanwhile.
        pub after: Option<String>,
        /// Fields of each row beside `orgnr` and `name`, plus `revenue_series`; a default set when left out.
        #[schema(max_items = 100)]
        pub columns: Option<Vec<String>>,
        /// Fields to count values of, or `sni:1` … `sni:5` for a level of the industry code.
        #[schema(max_items = 40)]
        pub facets: Option<Vec<String>>,
        /// Fields to show the distribution of.
        #[schema(max_items = 40)]
        pub histograms: Option<Vec<HistogramRequest>>,
        /// Whether the answer also tells how the selection was read (`parsed`), so that an edit of the filter is one call.
        pub parsed: Option<bool>,
        /// Whether the answer also tells what is noted about the companies of the page (`marks`), as `POST /api/companies/marks` does,
        /// so that a screen with its marks is one call. Whoever may not read that gets none.
        pub marks: Option<bool>,
        /// `objects` (default): each row is an object in `rows`. `columns`: the same values in `columns`, one list per column,
        /// and `rows` is empty.
        #[schema(inline)]
        pub form: Option<RowForm>,
    }
}

/// How the rows of a page are sent.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum RowForm {
    /// One object per row.
    #[default]
    Objects,
    /// One list of values per column.
    Columns,
}

/// A histogram that is asked for; it leaves out the conditions on its own field.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct HistogramRequest {
    /// A field with numbers or dates.
    pub field: String,
    /// Number of bins, 1–200; 24 when left out.
    #[schema(inline)]
    pub bins: Option<Whole<1, 200>>,
    /// `linear` (default), `log` (signed: decades on both sides of zero) or `quantile`.
    #[schema(pattern = "^(linear|log|quantiles?)$")]
    pub scale: Option<String>,
    /// Own edges in ascending order, instead of `bins` and `scale`.
    #[schema(min_items = 2, max_items = 201)]
    pub edges: Option<Vec<f64>>,
}

/// Answer of `POST /api/universe/query`.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct QueryResponse {
    /// The page: `orgnr`, `name` and the asked columns; a missing value is null. Empty where `form` asked for `columns`.
    pub rows: Vec<RowDto>,
    /// The page by columns, where `form` asked for that; left out otherwise.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub columns: Option<ColumnsDto>,
    /// Exact number of companies in the selection.
    pub total: u64,
    /// Rows asked for.
    pub limit: u32,
    /// Companies of the selection before the page.
    pub offset: u64,
    /// Where the next page starts, for `after`; null on the last page.
    pub next: Option<String>,
    /// Whether the data changed since the answer that `after` comes from; left out without `after`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub data_changed: Option<bool>,
    /// Version of the data that answered; equal versions give equal answers.
    pub data_version: String,
    /// Time in the server, milliseconds.
    pub took_ms: f64,
    /// What answered: `index`, or `postgres` while the index loads.
    pub engine: String,
    /// The selection in the text form (without `q`).
    pub text: String,
    /// The selection (without `q`) in each form and its conditions, where `parsed` asked for it; left out otherwise.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub parsed: Option<ParseResponse>,
    /// What is noted about the companies of the page, where `marks` asked for it and the asker may read it; left out otherwise, and
    /// while the database does not answer.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub marks: Option<Vec<MarksDto>>,
    /// Companies that would be in the selection but are on the exclusion list.
    pub hidden_by_exclusions: u64,
    /// What only the database knows and could not be asked for now: `exclusions` (those known last are left out),
    /// `revenue_series` (copies, or null), `marks`. Left out when nothing is missing.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub missing: Vec<String>,
    /// Counts per asked facet, most frequent first, each without the conditions on its own field.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub facets: Option<BTreeMap<String, Vec<FacetValueDto>>>,
    /// Distributions per asked field.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub histograms: Option<BTreeMap<String, HistogramDto>>,
}

/// One value of a facet.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct FacetValueDto {
    /// The code, or true/false, or null for companies without one.
    #[schema(value_type = Option<String>)]
    pub value: serde_json::Value,
    /// The code in words, where a table has it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub label: Option<LabelDto>,
    /// How many companies.
    pub count: u64,
}

/// One distribution. Bin i holds `edges[i] <= value < edges[i + 1]`, the last one its upper edge too.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct HistogramDto {
    /// Ascending, one more than the bins; dates as days since 1970-01-01. Empty when no company has a value.
    pub edges: Vec<f64>,
    /// Companies per bin.
    pub counts: Vec<u64>,
    /// Companies below the first edge (own edges only).
    pub below: u64,
    /// Companies above the last edge (own edges only).
    pub above: u64,
    /// Companies without a value.
    pub nulls: u64,
    /// Least value; null in selections of more than 50 000, where `/api/universe/stats` tells it.
    pub min: Option<f64>,
    /// Greatest value; null as `min`.
    pub max: Option<f64>,
    /// `linear`, `log`, `quantile` or `own`.
    pub scale: String,
}

/// Declares a body that chooses companies and a file of them: its own fields, those of [`FileParts`], and those of a screen.
macro_rules! file_body {
    ($(#[$outer:meta])* pub struct $name:ident { $($(#[$inner:meta])* pub $field:ident: $kind:ty,)* }) => {
        $crate::universe::dto::screen_body! {
            $(#[$outer])*
            pub struct $name {
                $($(#[$inner])* pub $field: $kind,)*
                /// Order of the rows, as in a query.
                #[schema(inline)]
                pub sort: Option<$crate::universe::dto::SortKeys>,
                /// Fields, in the order of the columns.
                #[schema(max_items = 100)]
                pub columns: Option<Vec<String>>,
                /// `csv` (default), `xlsx`, or `parquet`: the fields under their keys, with types (not for prospects).
                #[schema(pattern = "^(csv|xlsx|parquet)$")]
                pub format: Option<String>,
                /// Language of the headings: `sv` (default) or `en`.
                #[schema(pattern = "^(sv|en)$")]
                pub language: Option<String>,
                /// Headings as keys instead of words.
                pub keys: Option<bool>,
            }
        }

        impl $name {
            /// The part of the body that says which file.
            #[must_use]
            pub fn file(&self) -> $crate::universe::dto::FileParts<'_> {
                $crate::universe::dto::FileParts {
                    sort: self.sort.as_ref(),
                    columns: self.columns.as_deref(),
                    format: self.format.as_deref(),
                    language: self.language.as_deref(),
                    keys: self.keys.unwrap_or(false),
                }
            }
        }
    };
}
pub(crate) use file_body;

file_body! {
    /// Body of `POST /api/universe/export`.
    pub struct ExportRequest {}
}

/// Which file of which columns in which order, whichever body said so.
#[derive(Clone, Copy, Debug)]
pub struct FileParts<'a> {
    /// Order of the rows.
    pub sort: Option<&'a SortKeys>,
    /// Fields, in the order of the columns.
    pub columns: Option<&'a [String]>,
    /// `csv`, `xlsx` or `parquet`.
    pub format: Option<&'a str>,
    /// `sv` or `en`.
    pub language: Option<&'a str>,
    /// Headings as keys instead of words.
    pub keys: bool,
}
