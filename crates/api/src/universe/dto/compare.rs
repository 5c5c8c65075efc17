//! Look-alikes and peers on the wire.

use std::collections::BTreeMap;

use serde::Serialize;
use utoipa::ToSchema;

use super::{LabelDto, screen_body};
use crate::body::values::Whole;

screen_body! {
    /// Body of `POST /api/universe/similar`.
    pub struct SimilarRequest {
        /// One company or a list of seeds (at most 1 000).
        #[schema(min_items = 1, max_items = 1000)]
        pub orgnrs: Vec<String>,
        /// Field → weight (0 leaves it out); the defaults of the engine when left out.
        pub weights: Option<BTreeMap<String, f64>>,
        /// At most so many matches (20 when left out, 500 at most).
        #[schema(inline)]
        pub limit: Option<Whole<1, 500>>,
    }
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
