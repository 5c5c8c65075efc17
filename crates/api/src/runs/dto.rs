//! Runs as the API shows them.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use serde::Serialize;
use serde_json::Value;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::principal::Principal;
use services::runs::{Counts, Run, RunCompany};

/// A run over many companies.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct RunDto {
    id: Uuid,
    /// `enrichment` or `analysis`.
    kind: String,
    name: String,
    /// `queued`, `running`, `completed` or `cancelled`.
    status: &'static str,
    /// `private` or `team`.
    scope: String,
    /// Whether the asking person started it.
    is_own: bool,
    owner_name: String,
    /// What is found out of each company.
    parts: Vec<String>,
    /// Whether what was fresh is found out again too.
    is_forced: bool,
    /// Where the companies came from: `{"orgnrs": n}`, `{"list_id"}` or `{"filter"}`.
    #[schema(value_type = Object)]
    selection: Value,
    template_id: Option<Uuid>,
    template_version: Option<i32>,
    /// The template as it was when the run began.
    #[schema(value_type = Option<Object>)]
    template: Option<Value>,
    company_count: i32,
    /// Parts by what is found out and state, e.g. `{"homepage": {"completed": 12, "failed": 1}}`.
    counts: BTreeMap<String, BTreeMap<String, i64>>,
    /// Parts in all.
    total: i64,
    /// Parts that are neither queued nor running.
    done: i64,
    completed: i64,
    failed: i64,
    skipped: i64,
    created_at: DateTime<Utc>,
    cancelled_at: Option<DateTime<Utc>>,
    finished_at: Option<DateTime<Utc>>,
}

impl RunDto {
    /// The run as its reader sees it.
    pub fn new(run: Run, counts: Counts, person: &Principal) -> Self {
        let sum = |wanted: &[&str]| -> i64 {
            let states = counts.values().flatten();
            states.filter(|(state, _)| wanted.is_empty() || wanted.contains(&state.as_str())).map(|(_, n)| n).sum()
        };
        let (total, waiting) = (sum(&[]), sum(&["queued"]));
        let open = waiting + sum(&["running"]);
        Self {
            status: run.status(waiting < total),
            total,
            done: total - open,
            completed: sum(&["completed"]),
            failed: sum(&["failed"]),
            skipped: sum(&["skipped"]),
            id: run.id,
            kind: run.kind,
            name: run.name,
            scope: run.scope,
            is_own: run.owner_id == person.user,
            owner_name: run.owner_name,
            parts: run.parts,
            is_forced: run.is_forced,
            selection: run.selection,
            template_id: run.template_id,
            template_version: run.template_version,
            template: run.template,
            company_count: run.company_count,
            counts,
            created_at: run.created_at,
            cancelled_at: run.cancelled_at,
            finished_at: run.finished_at,
        }
    }

    /// Whether nothing of it will change by itself any more.
    #[must_use]
    pub fn has_ended(&self) -> bool {
        matches!(self.status, "completed" | "cancelled")
    }
}

/// A company of a run.
#[derive(Debug, Serialize, ToSchema)]
pub struct RunCompanyDto {
    orgnr: String,
    name: Option<String>,
    /// `[{"part", "state", "reason", "detail"}]`.
    #[schema(value_type = Vec<RunPartDto>)]
    parts: Value,
    updated_at: Option<DateTime<Utc>>,
    /// Fit score, 0 to 100, of an analysis.
    points: Option<i16>,
    /// The analysis: findings with their evidence, score by dimension, what it rests on.
    #[schema(value_type = Option<Object>)]
    result: Option<Value>,
    /// `approved` or `rejected`.
    verdict: Option<String>,
}

/// One part of a company of a run; how `parts` is described.
#[derive(Debug, Serialize, ToSchema)]
#[allow(dead_code, reason = "describes rows that the database writes as JSON")]
pub struct RunPartDto {
    part: String,
    /// `queued`, `running`, `completed`, `failed`, `skipped` or `cancelled`.
    state: String,
    /// A stable word: `fresh`, `no_homepage`, `unproved`, `unreachable`, `refused`, `nothing_found`, `no_facts`, `job_died`.
    reason: Option<String>,
    detail: Option<String>,
}

/// Companies of a run.
#[derive(Debug, Serialize, ToSchema)]
pub struct RunCompaniesDto {
    items: Vec<RunCompanyDto>,
    /// How many there are on all pages.
    total: i64,
}

impl RunCompaniesDto {
    /// One page.
    pub fn new(rows: Vec<RunCompany>, total: i64) -> Self {
        let items = rows
            .into_iter()
            .map(|row| RunCompanyDto {
                orgnr: format!("{:010}", row.orgnr),
                name: row.name,
                parts: row.parts,
                updated_at: row.updated_at,
                points: row.points,
                result: row.result,
                verdict: row.verdict,
            })
            .collect();
        Self { items, total }
    }
}
