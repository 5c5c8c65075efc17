//! What the scraper service's API takes and answers.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use crate::body::values::{Offset, Whole};
use crate::problem::Result;
use scraper::Options;
use scraper::control::{Counts, Session};
use services::error::stored;

/// A source that the service can fetch from.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct ScraperSource {
    /// `bolagsverket_api`, `bulk_files`, `annual_reports` or `websites`.
    pub(super) name: &'static str,
    /// Whether it can be used as the service is set up.
    pub(super) is_ready: bool,
    /// What is missing, where something is.
    pub(super) missing: Option<&'static str>,
    /// Requests a minute that the source allows, where it limits them.
    pub(super) requests_per_minute: Option<u32>,
}

/// The sources.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct ScraperSources {
    /// In a fixed order.
    pub(super) items: Vec<ScraperSource>,
}

/// A new session.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct NewSession {
    /// One of the sources.
    pub(super) source: String,
    /// What to fetch.
    pub(super) options: Options,
    /// Whether it starts at once; false when not given.
    #[serde(default)]
    pub(super) start: bool,
}

/// A session and how far it is.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct ScraperSession {
    pub(super) id: Uuid,
    pub(super) source: String,
    pub(super) options: Options,
    /// `fetch`, `validate` or `promote`: what runs or ran last.
    pub(super) phase: String,
    /// `created`, `running`, `paused`, `done`, `failed` or `cancelled`.
    pub(super) state: String,
    /// Whether every item is known; until then counts of items grow.
    pub(super) is_planned: bool,
    /// Why the last phase failed.
    pub(super) error: Option<String>,
    /// Items by state: `waiting`, `done`, `failed`.
    pub(super) items: BTreeMap<String, i64>,
    /// Staged data by state: `staged`, `valid`, `suspect`, `rejected`, `duplicate`, `promoted`.
    pub(super) staged: BTreeMap<String, i64>,
    /// Requests sent.
    pub(super) requests: i64,
    /// Bytes received.
    pub(super) bytes: i64,
    /// How many times it was taken up after a process had died.
    pub(super) resumed: i32,
    /// What can be done now: `start`, `pause`, `resume`, `cancel`, `retry`, `validate`, `promote`.
    pub(super) actions: Vec<&'static str>,
    pub(super) created_by: Option<Uuid>,
    pub(super) created_at: DateTime<Utc>,
    pub(super) started_at: Option<DateTime<Utc>>,
    pub(super) updated_at: DateTime<Utc>,
    pub(super) finished_at: Option<DateTime<Utc>>,
}

/// A page of sessions.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct ScraperSessionList {
    /// Newest first.
    pub(super) items: Vec<ScraperSession>,
    pub(super) total: i64,
}

/// One thing to fetch.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct ScraperItem {
    pub(super) id: i64,
    /// Organisation number, address or file name.
    pub(super) key: String,
    /// `waiting`, `done` or `failed`.
    pub(super) state: String,
    /// Tries in vain.
    pub(super) attempts: i32,
    /// Why it failed or waits, or what was remarkable.
    pub(super) reason: Option<String>,
    /// When it is tried, while it waits.
    pub(super) due_at: DateTime<Utc>,
    pub(super) finished_at: Option<DateTime<Utc>>,
}

/// A page of items.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct ScraperItemList {
    /// In the order of fetching.
    pub(super) items: Vec<ScraperItem>,
    pub(super) total: i64,
}

/// Something that was fetched.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct StagedItem {
    pub(super) id: i64,
    /// `organisation`, `package`, `register`, `scb`, `archive` or `page`.
    pub(super) kind: String,
    /// What it is called at its source.
    pub(super) key: String,
    /// Company it was fetched for.
    pub(super) orgnr: Option<String>,
    pub(super) file_name: String,
    pub(super) sha256: String,
    pub(super) bytes: i64,
    /// What is known of it; its fields depend on the kind.
    #[schema(value_type = Object)]
    pub(super) detail: Value,
    /// `staged`, `valid`, `suspect`, `rejected`, `duplicate` or `promoted`.
    pub(super) state: String,
    /// What validation found.
    pub(super) problems: Vec<String>,
    pub(super) staged_at: DateTime<Utc>,
    pub(super) validated_at: Option<DateTime<Utc>>,
    pub(super) promoted_at: Option<DateTime<Utc>>,
}

/// A page of staged data.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct StagedList {
    /// In the order of fetching.
    pub(super) items: Vec<StagedItem>,
    pub(super) total: i64,
}

/// Which part of a list.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct Part {
    /// Only those in this state.
    pub(super) state: Option<String>,
    /// How many at most, 1 to 500; 50 when not given.
    #[param(inline)]
    pub(super) limit: Option<Whole<1, 500>>,
    /// How many to leave out first.
    #[param(inline)]
    pub(super) offset: Option<Offset>,
}

impl Part {
    pub(super) fn bounds(&self) -> (i64, i64) {
        (self.limit.map_or(50, |limit| limit.0), self.offset.map_or(0, |offset| offset.0))
    }
}

/// The session as the API shows it, with what can be done now.
pub(super) fn shown(session: Session, counts: Counts) -> Result<ScraperSession> {
    let (items, staged): (BTreeMap<_, _>, BTreeMap<_, _>) =
        (counts.items.into_iter().collect(), counts.staged.into_iter().collect());
    let has_failed = items.get("failed").is_some_and(|count| *count > 0);
    let has_usable = ["valid", "suspect"].iter().any(|state| staged.get(*state).is_some_and(|count| *count > 0));
    let actions = match (session.state.as_str(), session.phase.as_str()) {
        ("created", _) => vec!["start", "cancel"],
        ("running", _) => vec!["pause", "cancel"],
        ("paused" | "failed", _) => vec!["resume", "cancel"],
        ("done", phase @ ("fetch" | "validate")) => {
            let mut actions = Vec::new();
            if phase == "validate" && has_usable {
                actions.push("promote");
            }
            if !staged.is_empty() {
                actions.push("validate");
            }
            if has_failed {
                actions.push("retry");
            }
            actions
        }
        _ => Vec::new(),
    };
    Ok(ScraperSession {
        id: session.id,
        source: session.source,
        options: stored(&format!("options of session {}", session.id), session.options)?,
        phase: session.phase,
        state: session.state,
        is_planned: session.is_planned,
        error: session.error,
        items,
        staged,
        requests: session.requests,
        bytes: session.bytes,
        resumed: session.resumed,
        actions,
        created_by: session.created_by,
        created_at: session.created_at,
        started_at: session.started_at,
        updated_at: session.updated_at,
        finished_at: session.finished_at,
    })
}
