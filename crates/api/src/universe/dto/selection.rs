//! Which companies, and in which order, on the wire.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::FilterTree;
use crate::body::values::OneOrMany;

/// Declares the body of a screen: its own keys beside those of a selection, read together, so that a key of neither is refused.
macro_rules! screen_body {
    ($(#[$outer:meta])* $vis:vis struct $name:ident { $($(#[$inner:meta])* $shown:vis $field:ident: $kind:ty,)* }) => {
        $(#[$outer])*
        #[derive(Clone, Debug, Default, serde::Deserialize, utoipa::ToSchema)]
        #[serde(deny_unknown_fields)]
        $vis struct $name {
            $($(#[$inner])* $shown $field: $kind,)*
            /// Flat conditions, joined by `logic`.
            #[schema(max_items = 1000)]
            pub filters: Option<Vec<$crate::universe::dto::FlatConditionDto>>,
            /// How `filters` are joined: `and` (default) or `or`.
            #[schema(example = "and", pattern = "^(and|or|all|any)$")]
            pub logic: Option<String>,
            /// A condition tree: `{"all":[…]}`, `{"any":[…]}`, `{"not":…}` or `{"field","op","value"}`.
            pub filter: Option<$crate::universe::dto::FilterTree>,
            /// The filter language, e.g. `revenue >= 50m and ebitda_margin >= 10%`.
            pub text: Option<String>,
            /// Free text: every word in name, activity or industry, one typo per five letters; an organisation number finds that company.
            pub q: Option<String>,
            /// Which figures; `company` (default) is the only one that is screened.
            pub scope: Option<String>,
            /// Whether companies on the exclusion list are wanted too; they are left out unless this is true or the filter itself asks
            /// about `excluded`.
            pub include_excluded: Option<bool>,
        }

        impl $name {
            /// The part of the body that says which companies.
            $vis fn selection(&self) -> $crate::universe::dto::SelectionParts<'_> {
                $crate::universe::dto::SelectionParts {
                    filters: self.filters.as_deref().unwrap_or_default(),
                    logic: self.logic.as_deref(),
                    filter: self.filter.as_ref(),
                    text: self.text.as_deref(),
                    q: self.q.as_deref(),
                    scope: self.scope.as_deref(),
                    include_excluded: self.include_excluded,
                    has_filters: self.filters.is_some(),
                }
            }
        }
    };
}
pub(crate) use screen_body;

screen_body! {
    /// Which companies: every part that is given must hold.
    pub struct SelectionRequest {}
}

/// The parts of a selection, whichever body they came in.
#[derive(Clone, Copy, Debug)]
pub struct SelectionParts<'a> {
    /// Flat conditions.
    pub filters: &'a [FlatConditionDto],
    /// How they are joined.
    pub logic: Option<&'a str>,
    /// A condition tree.
    pub filter: Option<&'a FilterTree>,
    /// The filter language.
    pub text: Option<&'a str>,
    /// Free text.
    pub q: Option<&'a str>,
    /// Which figures.
    pub scope: Option<&'a str>,
    /// Whether companies on the exclusion list are wanted too.
    pub include_excluded: Option<bool>,
    /// Whether flat conditions were given, if only none.
    pub has_filters: bool,
}

impl SelectionParts<'_> {
    /// The first key that chooses companies, where any does.
    #[must_use]
    pub fn chooses(&self) -> Option<&'static str> {
        let given = [
            ("filter", self.filter.is_some()),
            ("filters", self.has_filters),
            ("text", self.text.is_some()),
            ("q", self.q.is_some()),
        ];
        given.into_iter().find(|(_, is_given)| *is_given).map(|(key, _)| key)
    }
}

/// One condition of the flat form. `value` is in the catalogue's unit whatever `type` says.
#[derive(Clone, Debug, Deserialize, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct FlatConditionDto {
    /// Key or alias of a field.
    #[schema(example = "revenue_latest")]
    pub field: String,
    /// Operator, e.g. `>=`, `between`, `in`, `contains`, `is_null`.
    #[schema(example = ">=")]
    pub op: String,
    /// One value, a list (`in`), or two (`between`).
    #[schema(value_type = Option<super::ConditionValue>)]
    pub value: Option<serde_json::Value>,
    /// A hint for forms: number, integer, currency, percent, string, text, boolean, date, enum, list. Unknown names are refused.
    #[serde(rename = "type")]
    pub value_type: Option<String>,
}

/// One sort key.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SortDto {
    /// Key or alias of a field, or `orgnr`.
    pub by: String,
    /// `asc` or `desc` (default `desc` for figures, `asc` for words).
    #[schema(pattern = "^(asc|desc)$")]
    pub dir: Option<String>,
}

/// One sort key, or a list of them.
pub type SortKeys = OneOrMany<SortDto>;
