//! Reading and completing the filter language on the wire.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{FilterTree, LabelDto};
use crate::body::values::Whole;

/// Answer of `POST /api/universe/parse`: the same selection in each form.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct ParseResponse {
    /// The text form, canonical.
    pub text: String,
    /// The JSON tree, canonical.
    pub filter: FilterTree,
    /// The top-level conditions (parts of the outermost AND), one chip each.
    pub parts: Vec<FilterPartDto>,
}

/// One part of the outermost AND.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct FilterPartDto {
    /// Text form of the part.
    pub text: String,
    /// JSON form of the part.
    pub filter: FilterTree,
    /// Keys of the fields it is about.
    pub fields: Vec<String>,
}

/// Body of `POST /api/universe/complete`.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CompleteRequest {
    /// What stands in the text box; nothing when left out.
    pub text: Option<String>,
    /// Where the caret is, in UTF-16 units as JavaScript counts; the end when left out.
    #[schema(inline)]
    pub cursor: Option<Whole<0, 4_294_967_295>>,
    /// At most so many candidates (20 when left out, 200 at most).
    #[schema(inline)]
    pub limit: Option<Whole<1, 200>>,
}

/// Answer of `POST /api/universe/complete`.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct CompleteResponse {
    /// First UTF-16 unit that a candidate replaces.
    pub from: u32,
    /// One past the last UTF-16 unit that a candidate replaces.
    pub to: u32,
    /// Best first.
    pub candidates: Vec<CandidateDto>,
}

/// One candidate of the completion.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct CandidateDto {
    /// What to put in place of `from..to`.
    pub insert: String,
    /// field, operator, value or keyword.
    pub kind: String,
    /// What people read beside it.
    pub label: Option<LabelDto>,
    /// A second line, e.g. the formula.
    pub detail: Option<LabelDto>,
}
