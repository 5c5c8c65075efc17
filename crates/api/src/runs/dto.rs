//! Runs as the API shows them.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use serde::Serialize;
use serde_json::Value;
use utoipa::ToSchema;
use uuid::Uuid;

use super::analysis::RunStagesDto;
use super::results::AutoApprovalDto;
use crate::principal::Principal;
use services::models::Usage;
use services::runs::{Counts, Run, RunCompany};

/// Millionths of the currency unit as units.
#[allow(clippy::cast_precision_loss, reason = "amounts below 2^53 millionths are exact")]
pub fn units(amount: i64) -> f64 {
    amount as f64 / 1e6
}

/// The model that writes for a run, and what its calls have cost.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct RunModelDto {
    /// The provider's name in the settings.
    provider: String,
    /// The model's name.
    model: Option<String>,
    /// `sv` or `en`.
    language: Option<String>,
    /// Name of a shipped template; null for a saved one.
    template_key: Option<String>,
    /// What all calls of the run may cost together, in `currency`.
    budget: Option<f64>,
    /// What the recorded calls have cost, with what is set aside for those that run.
    cost: f64,
    /// Calls so far, failed ones too.
    calls: i64,
    input_tokens: i64,
    output_tokens: i64,
    currency: String,
}

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
    /// Who writes and what it has cost; null where rules do.
    model: Option<RunModelDto>,
    /// Which results need no person to be approved; null where each does.
    auto_approval: Option<AutoApprovalDto>,
    /// Whether companies with an approved analysis were left out.
    keeps_approved: bool,
    /// In which stages the run goes; null where the analysis is its one stage.
    stages: Option<RunStagesDto>,
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
    pub fn new(run: Run, counts: Counts, person: &Principal, usage: Usage, currency: &str) -> Self {
        let model = run.provider.as_ref().map(|provider| RunModelDto {
            provider: provider.clone(),
            model: run.model.clone(),
            language: run.language.clone(),
            template_key: run.template_key.clone(),
            budget: run.budget.map(units),
            cost: units(usage.cost),
            calls: usage.calls,
            input_tokens: usage.input_tokens,
            output_tokens: usage.output_tokens,
            currency: currency.to_owned(),
        });
        let sum = |wanted: &[&str]| -> i64 {
            let states = counts.values().flatten();
            states.filter(|(state, _)| wanted.is_empty() || wanted.contains(&state.as_str())).map(|(_, n)| n).sum()
        };
        let (total, waiting) = (sum(&[]), sum(&["queued"]));
        let open = waiting + sum(&["running"]);
        Self {
            model,
            auto_approval: run.auto_approval.map(|rule| rule.0.into()),
            keeps_approved: run.keeps_approved,
            stages: run.stages.map(|stages| stages.0.into()),
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
    /// The analysis: findings with their evidence, score by dimension, what it rests on, and the report with its checked sentences.
    /// Its shape is `AnalysisResultDto`.
    #[schema(value_type = Option<Object>)]
    result: Option<Value>,
    /// `approved` or `rejected`.
    verdict: Option<String>,
    /// Who decided; null where the run's rule did, or nobody.
    verdict_by: Option<String>,
    verdict_at: Option<DateTime<Utc>>,
    /// Whether the run's rule approved it.
    is_verdict_by_rule: bool,
    /// Version of the analysis, which a change of its report names; null while there is none.
    version: Option<i32>,
}

/// One part of a company of a run; how `parts` is described.
#[derive(Debug, Serialize, ToSchema)]
#[allow(dead_code, reason = "describes rows that the database writes as JSON")]
pub struct RunPartDto {
    part: String,
    /// `queued`, `running`, `completed`, `failed`, `skipped` or `cancelled`.
    state: String,
    /// A stable word: `fresh`, `approved_before`, `below_score`, `stage_failed`, `no_homepage`, `not_searched`, `unproved`, `unreachable`, `refused`, `nothing_found`, `no_facts`, `job_died`; of a model
    /// `nothing_known`, `over_budget`, `truncated`, `filtered`, `declined`, `malformed`, `wrong_shape`, `provider_refused`,
    /// `provider_failed`, `no_questions`, `not_made`.
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
                orgnr: row.orgnr.to_string(),
                name: row.name,
                parts: row.parts,
                updated_at: row.updated_at,
                points: row.points,
                result: row.result,
                verdict: row.verdict,
                verdict_by: row.verdict_by,
                verdict_at: row.verdict_at,
                is_verdict_by_rule: row.is_verdict_by_rule.unwrap_or(false),
                version: row.version,
            })
            .collect();
        Self { items, total }
    }
}
