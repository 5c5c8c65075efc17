//! Runs: something is found out about many companies, each a job of its own.
//!
//! Whoever changes several of them locks in this order: the run, its jobs (ascending), a company, the run's parts. A worker holds
//! its job before it touches a part, so that somebody who cancels the run waits for it instead of the two for one another.

pub mod items;
pub mod templates;

use chrono::{DateTime, Utc};
use domain::access::Visibility;
use domain::analysis::{AutoApproval, Stages};
use serde_json::Value;
use sqlx::PgConnection;
use sqlx::types::Json;
use uuid::Uuid;

/// What somebody asks for.
#[derive(Clone, Debug)]
pub struct NewRun {
    /// `enrichment` or `analysis`.
    pub kind: &'static str,
    /// What people call it.
    pub name: String,
    /// Who asks.
    pub owner: Uuid,
    /// Who sees it.
    pub scope: Visibility,
    /// What is found out of each company.
    pub parts: Vec<String>,
    /// Also what is still fresh.
    pub is_forced: bool,
    /// Where the companies come from.
    pub selection: Value,
    /// The template with its version, for an analysis.
    pub template: Option<(Uuid, i32, Value)>,
    /// Who writes, where a model does.
    pub model: Option<RunModel>,
    /// Which results need no person to be approved.
    pub auto_approval: Option<AutoApproval>,
    /// Leaves out companies that have an approved analysis which the owner may see.
    pub keeps_approved: bool,
    /// What surrounds an analysis in stages.
    pub stages: Option<Stages>,
}

/// A model that writes for a run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RunModel {
    /// The provider's name in the settings.
    pub provider: String,
    /// The model's name.
    pub model: String,
    /// `sv` or `en`.
    pub language: String,
    /// What all calls of the run may cost together, in millionths.
    pub budget: Option<i64>,
    /// Name of a shipped template.
    pub template_key: Option<String>,
}

/// A run as its reader sees it.
#[derive(Clone, Debug, PartialEq)]
pub struct Run {
    /// Identity.
    pub id: Uuid,
    /// `enrichment` or `analysis`.
    pub kind: String,
    /// What people call it.
    pub name: String,
    /// Who asked.
    pub owner_id: Uuid,
    /// Their name.
    pub owner_name: String,
    /// `private` or `team`.
    pub scope: String,
    /// What is found out of each company.
    pub parts: Vec<String>,
    /// Also what was fresh.
    pub is_forced: bool,
    /// Where the companies came from.
    pub selection: Value,
    /// The template, for an analysis.
    pub template_id: Option<Uuid>,
    /// Its version.
    pub template_version: Option<i32>,
    /// The template as it was.
    pub template: Option<Value>,
    /// Companies.
    pub company_count: i32,
    /// When it was asked for.
    pub created_at: DateTime<Utc>,
    /// When somebody cancelled it.
    pub cancelled_at: Option<DateTime<Utc>>,
    /// When its last part was settled.
    pub finished_at: Option<DateTime<Utc>>,
    /// Parts by state, once finished; see [`items::counts`] for one that is not.
    pub counts: Option<Value>,
    /// The provider of the model that writes, where one does.
    pub provider: Option<String>,
    /// The model's name.
    pub model: Option<String>,
    /// Language of what is written: `sv` or `en`.
    pub language: Option<String>,
    /// What all calls of the run may cost together, in millionths.
    pub budget: Option<i64>,
    /// Name of a shipped template.
    pub template_key: Option<String>,
    /// Which results need no person to be approved.
    pub auto_approval: Option<Json<AutoApproval>>,
    /// Companies with an approved analysis were left out.
    pub keeps_approved: bool,
    /// What surrounds an analysis in stages.
    pub stages: Option<Json<Stages>>,
}

impl Run {
    /// `queued`, `running`, `completed` or `cancelled`.
    #[must_use]
    pub fn status(&self, has_begun: bool) -> &'static str {
        match (self.cancelled_at, self.finished_at) {
            (Some(_), _) => "cancelled",
            (None, Some(_)) => "completed",
            (None, None) if has_begun => "running",
            (None, None) => "queued",
        }
    }
}

/// Adds a run without companies yet; see [`items::add`].
///
/// # Errors
/// When the database does not answer.
pub async fn insert(conn: &mut PgConnection, run: &NewRun) -> sqlx::Result<Uuid> {
    let (template_id, version, body) = match &run.template {
        Some((id, version, body)) => (Some(*id), Some(*version), Some(body)),
        None => (None, None, None),
    };
    let model = run.model.as_ref();
    sqlx::query_scalar!(
        "INSERT INTO runs (kind, name, owner_id, scope, parts, is_forced, selection, template_id, template_version, template,
                           provider, model, language, budget, template_key, auto_approval, keeps_approved, stages)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18) RETURNING id",
        run.kind,
        run.name,
        run.owner,
        run.scope.as_str(),
        &run.parts,
        run.is_forced,
        run.selection,
        template_id,
        version,
        body,
        model.map(|model| model.provider.as_str()),
        model.map(|model| model.model.as_str()),
        model.map(|model| model.language.as_str()),
        model.and_then(|model| model.budget),
        model.and_then(|model| model.template_key.as_deref()),
        run.auto_approval.map(Json) as _,
        run.keeps_approved,
        run.stages.map(Json) as _,
    )
    .fetch_one(conn)
    .await
}

/// The run, if the user may see it.
///
/// # Errors
/// When the database does not answer.
pub async fn find(conn: &mut PgConnection, id: Uuid, user: Uuid) -> sqlx::Result<Option<Run>> {
    sqlx::query_as!(
        Run,
        r#"SELECT r.id, r.kind, r.name, r.owner_id, u.display_name AS owner_name, r.scope, r.parts, r.is_forced, r.selection,
                  r.template_id, r.template_version, r.template, r.company_count, r.created_at, r.cancelled_at, r.finished_at,
                  r.counts, r.provider, r.model, r.language, r.budget, r.template_key, r.auto_approval AS "auto_approval: Json<AutoApproval>", r.keeps_approved,
                  r.stages AS "stages: Json<Stages>"
           FROM runs r JOIN users u ON u.id = r.owner_id
           WHERE r.id = $1 AND (r.scope = 'team' OR r.owner_id = $2)"#,
        id,
        user
    )
    .fetch_optional(conn)
    .await
}

/// The runs that the user may see, newest first, of one kind where it is given.
///
/// # Errors
/// When the database does not answer.
pub async fn list(
    conn: &mut PgConnection,
    user: Uuid,
    kind: Option<&str>,
    before: Option<DateTime<Utc>>,
    limit: i64,
) -> sqlx::Result<Vec<Run>> {
    sqlx::query_as!(
        Run,
        r#"SELECT r.id, r.kind, r.name, r.owner_id, u.display_name AS owner_name, r.scope, r.parts, r.is_forced, r.selection,
                  r.template_id, r.template_version, r.template, r.company_count, r.created_at, r.cancelled_at, r.finished_at,
                  r.counts, r.provider, r.model, r.language, r.budget, r.template_key, r.auto_approval AS "auto_approval: Json<AutoApproval>", r.keeps_approved,
                  r.stages AS "stages: Json<Stages>"
           FROM runs r JOIN users u ON u.id = r.owner_id
           WHERE (r.scope = 'team' OR r.owner_id = $1) AND ($2::text IS NULL OR r.kind = $2)
             AND ($3::timestamptz IS NULL OR r.created_at < $3)
           ORDER BY r.created_at DESC, r.id LIMIT $4"#,
        user,
        kind,
        before,
        limit
    )
    .fetch_all(conn)
    .await
}

/// Marks the run as cancelled; false when it had ended or was cancelled before.
///
/// # Errors
/// When the database does not answer.
pub async fn cancel(conn: &mut PgConnection, id: Uuid) -> sqlx::Result<bool> {
    let done = sqlx::query!(
        "UPDATE runs SET cancelled_at = now() WHERE id = $1 AND cancelled_at IS NULL AND finished_at IS NULL",
        id
    )
    .execute(conn)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Opens a run again whose parts were put back into the queue.
///
/// # Errors
/// When the database does not answer.
pub async fn reopen(conn: &mut PgConnection, id: Uuid) -> sqlx::Result<()> {
    sqlx::query!("UPDATE runs SET cancelled_at = NULL, finished_at = NULL, counts = NULL WHERE id = $1", id)
        .execute(conn)
        .await?;
    Ok(())
}

/// What a job of a run needs to know of it.
#[derive(Clone, Debug, PartialEq)]
pub struct RunWork {
    /// Whether somebody cancelled it.
    pub is_cancelled: bool,
    /// Who asked for it.
    pub owner: Uuid,
    /// The template, for an analysis.
    pub template: Option<Value>,
    /// Its version.
    pub template_version: Option<i32>,
    /// Its identity; nil for one that is not saved.
    pub template_id: Option<Uuid>,
    /// Name of a shipped template.
    pub template_key: Option<String>,
    /// The provider of the model that writes.
    pub provider: Option<String>,
    /// Language of what is written.
    pub language: Option<String>,
    /// Which results need no person to be approved.
    pub auto_approval: Option<Json<AutoApproval>>,
    /// What surrounds an analysis in stages.
    pub stages: Option<Json<Stages>>,
}

/// Sets what all calls of a run may cost together.
///
/// # Errors
/// When the database does not answer.
pub async fn set_budget(conn: &mut PgConnection, id: Uuid, budget: Option<i64>) -> sqlx::Result<()> {
    sqlx::query!("UPDATE runs SET budget = $2 WHERE id = $1", id, budget).execute(conn).await?;
    Ok(())
}

/// What a job of the run needs to know; `None` when the run is gone.
///
/// # Errors
/// When the database does not answer.
pub async fn work(conn: &mut PgConnection, id: Uuid) -> sqlx::Result<Option<RunWork>> {
    sqlx::query_as!(
        RunWork,
        r#"SELECT cancelled_at IS NOT NULL AS "is_cancelled!", owner_id AS owner, template, template_version, template_id,
                  template_key, provider, language, auto_approval AS "auto_approval: Json<AutoApproval>",
                  stages AS "stages: Json<Stages>" FROM runs WHERE id = $1"#,
        id
    )
    .fetch_optional(conn)
    .await
}

/// Fails the parts of open runs whose job died without saying so: its worker was killed too often, or it took too long.
/// Returns how many.
///
/// # Errors
/// When the database does not answer.
pub async fn bury(conn: &mut PgConnection) -> sqlx::Result<u64> {
    let done = sqlx::query!(
        "WITH open AS MATERIALIZED (
             -- One that is being cancelled or resumed has its parts in other hands.
             SELECT id FROM runs WHERE finished_at IS NULL ORDER BY id FOR NO KEY UPDATE SKIP LOCKED)
         UPDATE run_items i SET state = 'failed', reason = 'job_died',
                detail = coalesce(j.errors -> -1 ->> 'reason', 'the job ended without a word'), updated_at = now()
         FROM jobs j, open r
         WHERE i.run_id = r.id AND j.id = i.job_id
           AND i.state IN ('queued', 'running') AND j.state IN ('discarded', 'cancelled', 'completed')
           AND j.finished_at < clock_timestamp() - interval '5 seconds'"
    )
    .execute(conn)
    .await?;
    Ok(done.rows_affected())
}

/// Ends the runs, or the one, that have nothing left to do, with the counts of now; returns them. Many may call this at once, after
/// the commit of what they did: the last one sees that all is done.
///
/// # Errors
/// When the database does not answer.
pub async fn settle(conn: &mut PgConnection, only: Option<Uuid>) -> sqlx::Result<Vec<Uuid>> {
    sqlx::query_scalar!(
        r#"UPDATE runs r SET finished_at = coalesce(
                   (SELECT max(updated_at) FROM run_items i WHERE i.run_id = r.id), now()),
               counts = (SELECT coalesce(jsonb_object_agg(part, states), '{}') FROM (
                   SELECT part, jsonb_object_agg(state, n) AS states FROM (
                       SELECT part, state, count(*) AS n FROM run_items i WHERE i.run_id = r.id GROUP BY part, state) AS counted
                   GROUP BY part) AS by_part)
           WHERE finished_at IS NULL AND ($1::uuid IS NULL OR id = $1)
             AND NOT EXISTS (SELECT FROM run_items i WHERE i.run_id = r.id AND i.state IN ('queued', 'running'))
           RETURNING id"#,
        only
    )
    .fetch_all(conn)
    .await
}

/// How fast companies were worked on lately, and how many at once.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Pace {
    /// Mean seconds of the newest completed jobs of the kind; `None` when there are none.
    pub seconds_each: Option<f64>,
    /// Jobs that the workers of the queue, as far as they are alive, run at once.
    pub at_once: i64,
}

/// The pace of a kind of job on its queue.
///
/// # Errors
/// When the database does not answer.
pub async fn pace(conn: &mut PgConnection, kind: &str, queue: &str) -> sqlx::Result<Pace> {
    let seconds_each = sqlx::query_scalar!(
        r#"SELECT avg(extract(epoch FROM finished_at - started_at))::double precision AS seconds
           FROM (SELECT started_at, finished_at FROM jobs WHERE kind = $1 AND state = 'completed' ORDER BY id DESC LIMIT 200) AS newest"#,
        kind
    )
    .fetch_one(&mut *conn)
    .await?;
    let at_once = sqlx::query_scalar!(
        r#"SELECT coalesce(sum(concurrency), 0) AS "places!" FROM job_workers
           WHERE $1 = ANY(queues) AND NOT is_stopping AND seen_at > clock_timestamp() - interval '1 minute'"#,
        queue
    )
    .fetch_one(conn)
    .await?;
    Ok(Pace { seconds_each, at_once })
}

/// Locks the run until the transaction ends; false when it is gone.
///
/// # Errors
/// When the database does not answer.
pub async fn lock(conn: &mut PgConnection, id: Uuid) -> sqlx::Result<bool> {
    let found =
        sqlx::query_scalar!("SELECT id FROM runs WHERE id = $1 FOR NO KEY UPDATE", id).fetch_optional(conn).await?;
    Ok(found.is_some())
}
