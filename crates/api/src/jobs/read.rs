//! Looking at jobs.

use axum::Json;
use axum::extract::State;
use serde::Deserialize;
use utoipa::IntoParams;

use super::dto::{JobDetail, JobList};
use crate::body::values::Whole;
use crate::input::{PathParams, QueryParams};
use crate::principal::Principal;
use crate::problem::{Problem, Result};
use crate::state::AppState;
use services::control_jobs::{self, JobFilter, JobState};

/// Which jobs.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct JobQuery {
    /// Of this queue.
    queue: Option<String>,
    /// Of this kind.
    kind: Option<String>,
    /// In these states, separated by commas.
    state: Option<String>,
    /// About this: `list:…`.
    subject: Option<String>,
    /// Only those that one asked for oneself. Without the permission to manage jobs it is always so.
    mine: Option<bool>,
    /// Older than this job: `next` of the page before.
    before: Option<i64>,
    /// How many at most, 1 to 200; 50 when not given.
    #[param(inline)]
    limit: Option<Whole<1, 200>>,
}

/// Jobs, newest first.
#[utoipa::path(get, path = "/api/jobs", tag = "jobs", params(JobQuery),
    responses((status = 200, body = JobList), (status = 422, body = Problem, content_type = "application/problem+json")))]
pub async fn list_jobs(
    State(state): State<AppState>,
    principal: Principal,
    QueryParams(query): QueryParams<JobQuery>,
) -> Result<Json<JobList>> {
    let limit = query.limit.map_or(50, |limit| limit.0);
    let states = query.state.as_deref().unwrap_or_default().split(',').map(str::trim).filter(|name| !name.is_empty());
    let states = states
        .map(|name| {
            let known: Vec<_> = JobState::ALL.iter().map(|state| state.as_str()).collect();
            JobState::from_name(name)
                .ok_or_else(|| Problem::input("state", format!("{name:?} is no state; there are {}", known.join(", "))))
        })
        .collect::<Result<Vec<_>>>()?;
    let filter = JobFilter {
        queue: query.queue.filter(|queue| !queue.is_empty()),
        kind: query.kind.filter(|kind| !kind.is_empty()),
        states,
        subject: query.subject.filter(|subject| !subject.is_empty()),
        requested_by: (query.mine == Some(true)).then_some(principal.user),
        before: query.before,
    };
    let mut found = control_jobs::page(&state.db, &principal, filter, limit + 1).await?;
    let has_more = found.len() as i64 > limit;
    found.truncate(usize::try_from(limit).unwrap_or(0));
    let next = if has_more { found.last().map(|job| job.id) } else { None };
    Ok(Json(JobList { items: found.into_iter().map(Into::into).collect(), next }))
}

/// One job with what it works on and its failed attempts.
#[utoipa::path(get, path = "/api/jobs/{id}", tag = "jobs", params(("id" = i64, Path, description = "Identity of the job")),
    responses((status = 200, body = JobDetail), (status = 404, body = Problem, content_type = "application/problem+json")))]
pub async fn get_job(
    State(state): State<AppState>,
    principal: Principal,
    PathParams(id): PathParams<i64>,
) -> Result<Json<JobDetail>> {
    Ok(Json(control_jobs::find(&state.db, &principal, id).await?.into()))
}
