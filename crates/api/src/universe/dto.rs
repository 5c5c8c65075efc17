// Longer than 500 lines because it is the one list of shapes that programs outside rely on.
//! Shapes of `/api/universe/…` on the wire: snake_case JSON, values in the catalogue's units (12 % is 0.12).

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

/// A label in both languages.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct LabelDto {
    /// Swedish.
    pub sv: String,
    /// English.
    pub en: String,
}

/// Which companies: every part that is given must hold.
#[derive(Clone, Debug, Default, Deserialize, Serialize, ToSchema)]
#[serde(default)]
pub struct SelectionRequest {
    /// Flat conditions, joined by `logic`.
    pub filters: Vec<FlatConditionDto>,
    /// How `filters` are joined: `and` (default) or `or`.
    #[schema(value_type = Option<String>, example = "and")]
    pub logic: Option<String>,
    /// A condition tree: `{"all":[…]}`, `{"any":[…]}`, `{"not":…}` or `{"field","op","value"}`.
    #[schema(value_type = Option<Object>)]
    pub filter: Option<serde_json::Value>,
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

/// One condition of the flat form. `value` is in the catalogue's unit whatever `type` says.
#[derive(Clone, Debug, Deserialize, Serialize, ToSchema)]
pub struct FlatConditionDto {
    /// Key or alias of a field.
    #[schema(example = "revenue_latest")]
    pub field: String,
    /// Operator, e.g. `>=`, `between`, `in`, `contains`, `is_null`.
    #[schema(example = ">=")]
    pub op: String,
    /// One value, a list (`in`), or two (`between`).
    #[schema(value_type = Object)]
    pub value: Option<serde_json::Value>,
    /// A hint for forms: number, integer, currency, percent, string, text, boolean, date, enum, list. Unknown names are refused.
    #[serde(rename = "type")]
    pub value_type: Option<String>,
}

/// One sort key.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize, ToSchema)]
pub struct SortDto {
    /// Key or alias of a field, or `orgnr`.
    pub by: String,
    /// `asc` or `desc` (default `desc` for figures, `asc` for words).
    pub dir: Option<String>,
}

/// Body of `POST /api/universe/query`: the selection and what to show of it.
#[derive(Clone, Debug, Default, Deserialize, Serialize, ToSchema)]
#[serde(default)]
pub struct QueryRequest {
    /// Which companies.
    #[serde(flatten)]
    pub selection: SelectionRequest,
    /// One sort key or a list; then by orgnr. Missing values come last in either direction.
    #[schema(value_type = Option<Vec<SortDto>>)]
    pub sort: Option<serde_json::Value>,
    /// Rows of the page, 0–1000; 50 when left out.
    pub limit: Option<u32>,
    /// Rows to skip.
    pub offset: Option<u64>,
    /// Instead of `offset`: the `next` of an earlier answer under the same sort keys. The page goes on where that one ended, whatever
    /// was added or removed before it meanwhile.
    pub after: Option<String>,
    /// Fields of each row beside `orgnr` and `name`, plus `revenue_series`; a default set when left out.
    pub columns: Option<Vec<String>>,
    /// Fields to count values of, or `sni:1` … `sni:5` for a level of the industry code.
    pub facets: Option<Vec<String>>,
    /// Fields to show the distribution of.
    pub histograms: Option<Vec<HistogramRequest>>,
}

/// A histogram that is asked for; it leaves out the conditions on its own field.
#[derive(Clone, Debug, Deserialize, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct HistogramRequest {
    /// A field with numbers or dates.
    pub field: String,
    /// Number of bins, 1–200; 24 when left out.
    pub bins: Option<u16>,
    /// `linear` (default), `log` (signed: decades on both sides of zero) or `quantile`.
    pub scale: Option<String>,
    /// Own edges in ascending order, instead of `bins` and `scale`.
    pub edges: Option<Vec<f64>>,
}

/// Answer of `POST /api/universe/query`.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct QueryResponse {
    /// The page: `orgnr`, `name` and the asked columns; a missing value is null.
    #[schema(value_type = Vec<Object>)]
    pub rows: Vec<serde_json::Map<String, serde_json::Value>>,
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
    /// Companies that would be in the selection but are on the exclusion list.
    pub hidden_by_exclusions: u64,
    /// What only the database knows and could not be asked for now: `exclusions` (those known last are left out),
    /// `revenue_series` (copies, or null). Left out when nothing is missing.
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

/// Answer of `POST /api/universe/parse`: the same selection in each form.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct ParseResponse {
    /// The text form, canonical.
    pub text: String,
    /// The JSON tree, canonical.
    #[schema(value_type = Object)]
    pub filter: serde_json::Value,
    /// The top-level conditions (parts of the outermost AND), one chip each.
    pub parts: Vec<FilterPartDto>,
}

/// One part of the outermost AND.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct FilterPartDto {
    /// Text form of the part.
    pub text: String,
    /// JSON form of the part.
    #[schema(value_type = Object)]
    pub filter: serde_json::Value,
    /// Keys of the fields it is about.
    pub fields: Vec<String>,
}

/// Body of `POST /api/universe/complete`.
#[derive(Clone, Debug, Deserialize, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CompleteRequest {
    /// What stands in the text box.
    pub text: String,
    /// Where the caret is, in UTF-16 units as JavaScript counts; the end when left out.
    pub cursor: Option<u32>,
    /// At most so many candidates (20 when left out, 200 at most).
    pub limit: Option<u16>,
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

/// Body of `POST /api/universe/stats`.
#[derive(Clone, Debug, Default, Deserialize, Serialize, ToSchema)]
#[serde(default)]
pub struct StatsRequest {
    /// Which companies.
    #[serde(flatten)]
    pub selection: SelectionRequest,
    /// Fields with numbers or dates.
    pub fields: Vec<String>,
    /// Shares 0–1; 0.1, 0.25, 0.5, 0.75 and 0.9 when left out.
    pub percentiles: Option<Vec<f64>>,
}

/// Answer of `POST /api/universe/stats`.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct StatsResponse {
    /// Companies in the selection.
    pub total: u64,
    /// Version of the data that answered.
    pub data_version: String,
    /// Per asked field.
    pub fields: BTreeMap<String, StatsDto>,
}

/// Statistics of one field in the selection; dates as days since 1970-01-01.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct StatsDto {
    /// Companies with a value.
    pub count: u64,
    /// Companies without one.
    pub nulls: u64,
    /// Least value.
    pub min: Option<f64>,
    /// Greatest value.
    pub max: Option<f64>,
    /// Arithmetic mean.
    pub mean: Option<f64>,
    /// Middle value (the lower of two).
    pub median: Option<f64>,
    /// Asked percentiles: the least value that so many of the values do not exceed.
    pub percentiles: Vec<PercentileDto>,
}

/// One percentile.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct PercentileDto {
    /// Share 0–1.
    pub share: f64,
    /// The value.
    pub value: f64,
}

/// Body of `POST /api/universe/scatter`.
#[derive(Clone, Debug, Default, Deserialize, Serialize, ToSchema)]
#[serde(default)]
pub struct ScatterRequest {
    /// Which companies.
    #[serde(flatten)]
    pub selection: SelectionRequest,
    /// Field of the horizontal axis.
    pub x: String,
    /// Field of the vertical axis.
    pub y: String,
    /// At most so many points (2 000 when left out, 20 000 at most).
    pub limit: Option<u32>,
}

/// Answer of `POST /api/universe/scatter`.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct ScatterResponse {
    /// Companies in the selection.
    pub total: u64,
    /// Of these, with both values.
    pub with_both: u64,
    /// Whether `points` is a sample; the same data and request give the same sample.
    pub is_sample: bool,
    /// The points, by orgnr.
    pub points: Vec<PointDto>,
    /// Version of the data that answered.
    pub data_version: String,
}

/// One company in the scatter; dates as days since 1970-01-01.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct PointDto {
    /// Which company.
    pub orgnr: String,
    /// Its name.
    pub name: Option<String>,
    /// Horizontal.
    pub x: f64,
    /// Vertical.
    pub y: f64,
}

/// Body of `POST /api/universe/funnel`.
#[derive(Clone, Debug, Default, Deserialize, Serialize, ToSchema)]
#[serde(default)]
pub struct FunnelRequest {
    /// Which companies.
    #[serde(flatten)]
    pub selection: SelectionRequest,
    /// At most so many near misses per condition (10 when left out, 200 at most).
    pub near_misses: Option<u32>,
}

/// Answer of `POST /api/universe/funnel`.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct FunnelResponse {
    /// Every company.
    pub universe: u64,
    /// Companies in the selection.
    pub total: u64,
    /// One per part of the outermost AND, in its order.
    pub steps: Vec<FunnelStepDto>,
    /// Version of the data that answered.
    pub data_version: String,
}

/// What one condition does.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct FunnelStepDto {
    /// The condition.
    #[serde(flatten)]
    pub part: FilterPartDto,
    /// Companies that meet it alone.
    pub alone: u64,
    /// Companies left after it and all before it.
    pub remaining: u64,
    /// Companies that it removed from those left before it.
    pub removed: u64,
    /// Companies in the selection if only this condition were dropped: `total` and the misses.
    pub without: u64,
    /// Those that fail only this condition, nearest first.
    pub near_misses: Vec<NearMissDto>,
}

/// A company that fails exactly one condition.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct NearMissDto {
    /// Which company.
    pub orgnr: String,
    /// Its name.
    pub name: Option<String>,
    /// The field that falls short, where the condition is a range of one field.
    pub field: Option<String>,
    /// The company's value.
    #[schema(value_type = Option<f64>)]
    pub value: Option<serde_json::Value>,
    /// How far it is from the range, in the field's unit.
    pub distance: Option<f64>,
}

/// Body of `POST /api/universe/similar`.
#[derive(Clone, Debug, Default, Deserialize, Serialize, ToSchema)]
#[serde(default)]
pub struct SimilarRequest {
    /// Where to look; every company when left out.
    #[serde(flatten)]
    pub selection: SelectionRequest,
    /// One company or a list of seeds (at most 1 000).
    pub orgnrs: Vec<String>,
    /// Field → weight (0 leaves it out); the defaults of the engine when left out.
    pub weights: Option<BTreeMap<String, f64>>,
    /// At most so many matches (20 when left out, 500 at most).
    pub limit: Option<u32>,
}

/// Answer of `POST /api/universe/similar`.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct SimilarResponse {
    /// The features that were compared.
    pub features: Vec<SimilarFeatureDto>,
    /// Nearest first.
    pub items: Vec<SimilarDto>,
    /// Seeds that are not known.
    pub not_found: Vec<String>,
    /// Version of the data that answered.
    pub data_version: String,
    /// Time in the server, milliseconds.
    pub took_ms: f64,
}

/// One feature of the comparison.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct SimilarFeatureDto {
    /// Field.
    pub field: String,
    /// Its weight.
    pub weight: f64,
    /// The seeds' value: the median of numbers, the most frequent code.
    #[schema(value_type = Option<Object>)]
    pub seed: serde_json::Value,
}

/// One look-alike.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct SimilarDto {
    /// Which company.
    pub orgnr: String,
    /// Its name.
    pub name: Option<String>,
    /// Likeness, 1 = equal in every compared feature.
    pub score: f64,
    /// What each feature adds.
    pub explanation: Vec<SimilarReasonDto>,
}

/// What one feature adds to the likeness.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct SimilarReasonDto {
    /// Field.
    pub field: String,
    /// The company's value.
    #[schema(value_type = Option<Object>)]
    pub value: serde_json::Value,
    /// Likeness in this feature, 0–1.
    pub likeness: f64,
    /// Share of the score that comes from it.
    pub contribution: f64,
}

/// Answer of `GET /api/companies/{orgnr}/peers`.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct PeersResponse {
    /// Which company.
    pub orgnr: String,
    /// The peer group: same industry and size class; a coarser industry when there would be fewer than 20.
    pub group: PeerGroupDto,
    /// One per ratio of the catalogue.
    pub metrics: Vec<PeerMetricDto>,
    /// Version of the data that answered.
    pub data_version: String,
}

/// A peer group.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct PeerGroupDto {
    /// Companies in it, the company itself included.
    pub count: u64,
    /// The industry code (five digits down to a section), or null for every industry.
    pub sni: Option<String>,
    /// The industry in words.
    pub sni_label: Option<LabelDto>,
    /// The size class, or null for every size.
    pub size_class: Option<String>,
    /// The group as a filter, to open it as a screen.
    pub text: String,
}

/// Where the company stands in one metric.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct PeerMetricDto {
    /// Field.
    pub field: String,
    /// The company's value.
    pub value: Option<f64>,
    /// Share 0–1 of the peers with a value that lie below it (equal ones count half).
    pub percentile: Option<f64>,
    /// Peers with a value.
    pub count: u64,
    /// 10th percentile of the peers.
    pub p10: Option<f64>,
    /// 25th percentile.
    pub p25: Option<f64>,
    /// Middle value.
    pub median: Option<f64>,
    /// 75th percentile.
    pub p75: Option<f64>,
    /// 90th percentile.
    pub p90: Option<f64>,
    /// higher, lower or neutral.
    pub better: String,
}

/// Body of `POST /api/universe/snapshots`.
#[derive(Clone, Debug, Default, Deserialize, Serialize, ToSchema)]
#[serde(default)]
pub struct SnapshotRequest {
    /// Which companies.
    #[serde(flatten)]
    pub selection: SelectionRequest,
    /// A name to find it by.
    pub name: Option<String>,
}

/// A frozen screen.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct SnapshotDto {
    /// Identity.
    pub id: uuid::Uuid,
    /// Name.
    pub name: Option<String>,
    /// The filter, canonical text.
    pub text: String,
    /// The filter, canonical JSON.
    #[schema(value_type = Object)]
    pub filter: serde_json::Value,
    /// Version of the data it was taken from.
    pub data_version: String,
    /// Number of companies.
    pub count: u64,
    /// SHA-256 over filter text, a newline, and the organisation numbers in ascending order, one per line.
    pub hash: String,
    /// When it was taken.
    pub created_at: DateTime<Utc>,
}

/// Answer of `GET /api/universe/snapshots`.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct SnapshotsResponse {
    /// Newest first.
    pub items: Vec<SnapshotDto>,
    /// Number of snapshots.
    pub total: u64,
}

/// Answer of `GET /api/universe/snapshots/{id}`.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct SnapshotDetailResponse {
    /// The snapshot.
    #[serde(flatten)]
    pub snapshot: SnapshotDto,
    /// A page of the companies, ascending.
    pub orgnrs: Vec<String>,
}

/// A page of something.
#[derive(Clone, Copy, Debug, Default, Deserialize, IntoParams)]
#[serde(default)]
#[into_params(parameter_in = Query)]
pub struct PageParams {
    /// Rows asked for.
    pub limit: Option<u32>,
    /// Rows skipped.
    pub offset: Option<u64>,
}

/// Answer of `POST /api/universe/snapshots/{id}/rerun`.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct SnapshotDifferenceResponse {
    /// The snapshot.
    pub snapshot: SnapshotDto,
    /// Companies that match now.
    pub total: u64,
    /// Hash of the present result.
    pub hash: String,
    /// Version of the data now.
    pub data_version: String,
    /// Companies that match now and did not then.
    pub entered_count: u64,
    /// Companies that matched then and do not now.
    pub left_count: u64,
    /// The first of those that entered (at most 1 000), by orgnr.
    pub entered: Vec<SnapshotChangeDto>,
    /// The first of those that left (at most 1 000), by orgnr.
    pub left: Vec<SnapshotChangeDto>,
}

/// One company that entered or left, and why.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct SnapshotChangeDto {
    /// Which company.
    pub orgnr: String,
    /// Its name.
    pub name: Option<String>,
    /// `changed`, `new` (not known then) or `removed` (not known any more).
    pub reason: String,
    /// Each figure of the filter that changed so that its condition turned.
    pub causes: Vec<SnapshotCauseDto>,
}

/// A figure that turned a condition.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct SnapshotCauseDto {
    /// The condition, text form.
    pub condition: String,
    /// The field.
    pub field: String,
    /// Value at the snapshot.
    #[schema(value_type = Option<Object>)]
    pub before: serde_json::Value,
    /// Value now.
    #[schema(value_type = Option<Object>)]
    pub after: serde_json::Value,
}

/// Body of `POST /api/universe/export`.
#[derive(Clone, Debug, Default, Deserialize, Serialize, ToSchema)]
#[serde(default)]
pub struct ExportRequest {
    /// Which companies.
    #[serde(flatten)]
    pub selection: SelectionRequest,
    /// Order of the rows, as in a query.
    #[schema(value_type = Option<Vec<SortDto>>)]
    pub sort: Option<serde_json::Value>,
    /// Fields, in the order of the columns.
    pub columns: Option<Vec<String>>,
    /// `csv` (default) or `xlsx`.
    pub format: Option<String>,
    /// Language of the headings: `sv` (default) or `en`.
    pub language: Option<String>,
    /// Headings as keys instead of words.
    pub keys: Option<bool>,
}
