//! Shapes of `/api/universe/…` on the wire: snake_case JSON, values in the catalogue's units (12 % is 0.12).

mod columns;
mod compare;
mod fields;
mod filter_tree;
mod language;
mod look;
mod page;
pub(crate) mod selection;
mod snapshots;

use serde::Serialize;
use utoipa::ToSchema;

pub use columns::*;
pub use compare::*;
pub use fields::*;
pub use filter_tree::*;
pub use language::*;
pub use look::*;
pub(crate) use page::file_body;
pub use page::*;
pub(crate) use selection::screen_body;
pub use selection::*;
pub use snapshots::*;

/// A label in both languages.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct LabelDto {
    /// Swedish.
    pub sv: String,
    /// English.
    pub en: String,
}
