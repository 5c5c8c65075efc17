//! Frozen screens on the wire.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::{FilterTree, screen_body};
use crate::body::values::{Offset, Whole};

screen_body! {
    /// Body of `POST /api/universe/snapshots`.
    pub struct SnapshotRequest {
        /// A name to find it by.
        #[schema(max_length = 200)]
        pub name: Option<String>,
    }
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
    pub filter: FilterTree,
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
    /// Rows asked for; more than the route gives are taken as what it gives.
    #[param(inline)]
    pub limit: Option<Whole<0, 4_294_967_295>>,
    /// Rows skipped.
    #[param(inline)]
    pub offset: Option<Offset>,
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
