//! Statistics, scatter and funnel on the wire.

use std::collections::BTreeMap;

use serde::Serialize;
use utoipa::ToSchema;

use super::{FilterPartDto, screen_body};
use crate::body::values::Whole;

screen_body! {
    /// Body of `POST /api/universe/stats`.
    pub struct StatsRequest {
        /// Fields with numbers or dates; none when left out.
        #[schema(max_items = 80)]
        pub fields: Option<Vec<String>>,
        /// Shares 0–1; 0.1, 0.25, 0.5, 0.75 and 0.9 when left out.
        #[schema(max_items = 100)]
        pub percentiles: Option<Vec<f64>>,
    }
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

screen_body! {
    /// Body of `POST /api/universe/scatter`.
    pub struct ScatterRequest {
        /// Field of the horizontal axis.
        pub x: String,
        /// Field of the vertical axis.
        pub y: String,
        /// At most so many points (2 000 when left out, 20 000 at most).
        #[schema(inline)]
        pub limit: Option<Whole<1, 20_000>>,
    }
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

screen_body! {
    /// Body of `POST /api/universe/funnel`.
    pub struct FunnelRequest {
        /// At most so many near misses per condition (10 when left out, 200 at most).
        #[schema(inline)]
        pub near_misses: Option<Whole<0, 200>>,
    }
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
