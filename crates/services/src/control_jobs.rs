//! What a person sees of jobs and queues, and does to them.

use domain::access::Permission;
use jobs::QUEUES;
use jobs::analyse_company::AnalyseCompany;
use jobs::analyse_company_with_model::AnalyseCompanyWithModel;
use jobs::enrich_company::EnrichCompany;
use jobs::export_companies::ExportCompanies;
use jobs::import_files::ImportFiles;
use jobs::run_probe::{Instead, RunProbe};
use queue::{Job, Options};
use serde_json::{Value, json};
use store::jobs::queues;
use store::jobs::schedules::{self, ScheduleRow};
use store::jobs::workers;
use store::jobs::{control, read};
use store::{PgConnection, PgPool, audit};
use uuid::Uuid;

pub use store::jobs::queues::QueueState;
pub use store::jobs::read::JobFilter;
pub use store::jobs::workers::WorkerRow;
pub use store::jobs::{AttemptError, JobRow, JobState};

use crate::actor::Actor;
use crate::error::{Result, ServiceError};
use crate::trace;

/// A worker that gave no sign for so long counts as gone.
pub const SILENT_SECONDS: f64 = 30.0;

/// The queues as they stand, who works on them, and the schedules.
#[derive(Clone, Debug)]
pub struct Overview {
    /// Every queue, by name.
    pub queues: Vec<QueueState>,
    /// The workers that live.
    pub workers: Vec<WorkerRow>,
    /// Schedules with their newest tick.
    pub schedules: Vec<ScheduleRow>,
}

/// The job, if there is one and the person may see it: it is theirs, or they manage jobs. The answer does not tell the two apart.
async fn visible(conn: &mut PgConnection, actor: &Actor, id: i64) -> Result<JobRow> {
    read::get(conn, id)
        .await?
        .filter(|job| job.requested_by == Some(actor.user) || actor.may(Permission::ManageJobs))
        .ok_or_else(|| missing(id))
}

/// What the work of a kind asks for, wherever it is asked for: running a job again is asking for its work again.
fn permission_of(kind: &str) -> Permission {
    match kind {
        ImportFiles::KIND => Permission::Import,
        EnrichCompany::KIND | AnalyseCompany::KIND | AnalyseCompanyWithModel::KIND => Permission::RunAnalysis,
        ExportCompanies::KIND => Permission::Export,
        _ => Permission::ManageJobs,
    }
}

fn may_steer(actor: &Actor, job: &JobRow) -> Result<()> {
    if actor.may(permission_of(&job.kind)) {
        return Ok(());
    }
    let message = format!("a job of the kind {} is steered by whoever may ask for its work", job.kind);
    Err(ServiceError::Forbidden(message))
}

fn missing(id: i64) -> ServiceError {
    ServiceError::Missing(format!("there is no job {id}; finished ones are removed after a while"))
}

/// One job.
///
/// # Errors
/// No such job that the person may see.
pub async fn find(db: &PgPool, actor: &Actor, id: i64) -> Result<JobRow> {
    visible(&mut *db.acquire().await?, actor, id).await
}

/// A page of jobs, newest first. Who does not manage jobs sees only their own.
///
/// # Errors
/// When the database does not answer.
pub async fn page(db: &PgPool, actor: &Actor, mut filter: JobFilter, limit: i64) -> Result<Vec<JobRow>> {
    if !actor.may(Permission::ManageJobs) {
        filter.requested_by = Some(actor.user);
    }
    Ok(read::list(&mut *db.acquire().await?, &filter, limit).await?)
}

/// Asks a job to stop. One that waits is cancelled at once; one that runs is told and ends when it can.
///
/// # Errors
/// No such job; it has ended.
pub async fn cancel(db: &PgPool, actor: &Actor, id: i64) -> Result<JobRow> {
    let mut tx = db.begin().await?;
    let job = visible(&mut tx, actor, id).await?;
    may_steer(actor, &job)?;
    if control::cancel(&mut tx, id).await?.is_none() {
        return Err(conflict(&job, "cancelled"));
    }
    note(&mut tx, actor, "job.cancel", &job).await?;
    tx.commit().await?;
    now(db, id).await
}

/// Lets a job run again that is dead, cancelled, or waits for its next attempt.
///
/// # Errors
/// No such job; it runs, is done, or another one has taken its place.
pub async fn retry(db: &PgPool, actor: &Actor, id: i64) -> Result<JobRow> {
    let mut tx = db.begin().await?;
    let job = visible(&mut tx, actor, id).await?;
    may_steer(actor, &job)?;
    if !control::retry(&mut tx, id).await? {
        return Err(conflict(&job, "retried"));
    }
    note(&mut tx, actor, "job.retry", &job).await?;
    tx.commit().await?;
    now(db, id).await
}

/// Takes a job out of sight that waits or is dead: it is cancelled and never runs again.
///
/// # Errors
/// No such job; it runs or is done.
pub async fn discard(db: &PgPool, actor: &Actor, id: i64) -> Result<JobRow> {
    let mut tx = db.begin().await?;
    let job = visible(&mut tx, actor, id).await?;
    if !control::discard(&mut tx, id).await? {
        return Err(conflict(&job, "discarded"));
    }
    note(&mut tx, actor, "job.discard", &job).await?;
    tx.commit().await?;
    now(db, id).await
}

/// Enqueues a test job that leaves a trace and does nothing else: whether it completes tells whether workers work.
///
/// # Errors
/// When the database does not answer.
pub async fn probe(db: &PgPool, actor: &Actor) -> Result<i64> {
    let job = RunProbe { batch: Uuid::now_v7(), number: 0, work_ms: 0, instead: Instead::Nothing };
    let options = Options {
        priority: Some(queue::Priority::High),
        requested_by: Some(actor.user),
        trace: trace::kept(actor.request_id.as_ref()),
        ..Options::default()
    };
    let mut tx = db.begin().await?;
    let done = queue::enqueue_with(&mut tx, &job, &options).await?;
    audit::record(&mut tx, &actor.event("job.probe").about("job", done.id)).await?;
    tx.commit().await?;
    Ok(done.id.0)
}

async fn note(conn: &mut PgConnection, actor: &Actor, action: &'static str, job: &JobRow) -> Result<()> {
    let detail = json!({ "kind": job.kind, "queue": job.queue, "subject": job.subject, "state": job.state.as_str() });
    Ok(audit::record(conn, &actor.event(action).about("job", job.id).with(detail)).await?)
}

fn conflict(job: &JobRow, what: &str) -> ServiceError {
    ServiceError::Conflict(format!("job {} is {} and cannot be {what} now", job.id, job.state.as_str()))
}

/// The job as it is after a change; a worker may have it already.
async fn now(db: &PgPool, id: i64) -> Result<JobRow> {
    read::get(&mut *db.acquire().await?, id).await?.ok_or_else(|| missing(id))
}

/// The queues as they stand.
///
/// # Errors
/// When the database does not answer.
pub async fn overview(db: &PgPool) -> Result<Overview> {
    let mut conn = db.acquire().await?;
    Ok(Overview {
        queues: queues::states(&mut conn, &QUEUES.map(str::to_owned)).await?,
        workers: workers::alive(&mut conn, SILENT_SECONDS).await?,
        schedules: schedules::list(&mut conn).await?,
    })
}

/// Stops a queue from starting anything; what runs goes on. Doing it twice changes nothing.
///
/// # Errors
/// No such queue.
pub async fn pause_queue(db: &PgPool, actor: &Actor, queue: &str) -> Result<()> {
    known(queue)?;
    let mut tx = db.begin().await?;
    if queues::pause(&mut tx, queue, Some(actor.user)).await? {
        note_queue(&mut tx, actor, "queue.pause", queue, json!({})).await?;
    }
    tx.commit().await?;
    Ok(())
}

/// Lets a paused queue go on. Doing it twice changes nothing.
///
/// # Errors
/// No such queue.
pub async fn resume_queue(db: &PgPool, actor: &Actor, queue: &str) -> Result<()> {
    known(queue)?;
    let mut tx = db.begin().await?;
    if queues::resume(&mut tx, queue).await? {
        note_queue(&mut tx, actor, "queue.resume", queue, json!({})).await?;
    }
    tx.commit().await?;
    Ok(())
}

/// Lets every dead job of a queue run again; returns how many.
///
/// # Errors
/// No such queue.
pub async fn retry_dead(db: &PgPool, actor: &Actor, queue: &str) -> Result<u64> {
    known(queue)?;
    let mut tx = db.begin().await?;
    let retried = control::retry_dead(&mut tx, queue).await?;
    note_queue(&mut tx, actor, "queue.retry_dead", queue, json!({ "jobs": retried })).await?;
    tx.commit().await?;
    Ok(retried)
}

fn known(queue: &str) -> Result<()> {
    if QUEUES.contains(&queue) {
        return Ok(());
    }
    Err(ServiceError::Missing(format!("there is no queue {queue:?}; there are {}", QUEUES.join(", "))))
}

async fn note_queue(
    conn: &mut PgConnection,
    actor: &Actor,
    action: &'static str,
    queue: &str,
    detail: Value,
) -> Result<()> {
    Ok(audit::record(conn, &actor.event(action).about("queue", queue).with(detail)).await?)
}

/// Whether a worker has given a sign of life lately.
///
/// # Errors
/// When the database does not answer.
pub async fn has_worker(db: &PgPool) -> Result<bool> {
    Ok(!workers::alive(&mut *db.acquire().await?, SILENT_SECONDS).await?.is_empty())
}
