//! The catalogue of fields and operators on the wire.

use serde::Serialize;
use utoipa::ToSchema;

use super::LabelDto;

/// Answer of `GET /api/universe/filters`.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct FiltersResponse {
    /// Every field, in the order to list them.
    pub fields: Vec<FieldDto>,
    /// Every operator.
    pub ops: Vec<OperatorDto>,
    /// The groups of fields, in order.
    pub groups: Vec<GroupDto>,
}

/// One group of fields.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct GroupDto {
    /// Key, as in `FieldDto::group`.
    pub key: String,
    /// What people read.
    pub label: LabelDto,
}

/// One field that can be screened.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct FieldDto {
    /// Name in filters, columns, sort keys and exports.
    pub key: String,
    /// Other names that are understood.
    pub aliases: Vec<String>,
    /// What people read.
    pub label: LabelDto,
    /// amount, ratio, count, integer, category, categories, boolean, date, text; `orgnr`, `set` and `search` for the names beside the catalogue.
    pub kind: String,
    /// sek, share (12 % is 0.12), times, days, people, number, score, year or none.
    pub unit: String,
    /// Where it is listed.
    pub group: String,
    /// Operators that fit.
    pub operators: Vec<String>,
    /// Meaning or formula in words.
    pub formula: LabelDto,
    /// higher, lower or neutral.
    pub better: String,
    /// flat, sni or municipality: how codes nest.
    pub hierarchy: String,
    /// Whether rows can be ordered by it.
    pub sortable: bool,
    /// Whether it can be a column.
    pub is_column: bool,
    /// Whether its values can be counted as a facet.
    pub is_facet: bool,
    /// Whether it has a histogram, statistics and a place in the scatter.
    pub is_number: bool,
    /// Every code with its words, where there is a table.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub values: Option<Vec<CodeDto>>,
}

/// One code of a category.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct CodeDto {
    /// The code.
    pub value: String,
    /// In words.
    pub label: LabelDto,
}

/// One operator.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct OperatorDto {
    /// Name in the JSON forms.
    pub op: String,
    /// How the text form writes it.
    pub text: String,
    /// What people read.
    pub label: LabelDto,
    /// Number of values: 0, 1, 2, or null for a list.
    pub values: Option<u8>,
}
