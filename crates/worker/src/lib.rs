//! How each kind of job runs: one file and one function per kind, which calls a use case.
//!
//! What can be queued is in crate `jobs`. A new kind is a file there, a file here and a line in [`registry`].

pub mod analyse_company;
pub mod analyse_company_with_model;
pub mod check_index;
pub mod check_screens;
pub mod compact_counts;
pub mod delete_expired_exports;
pub mod delete_finished_jobs;
pub mod enrich_company;
pub mod export_companies;
pub mod import_files;
pub mod keep_company_report;
pub mod probe_models;
pub mod read_filings_again;
pub mod refresh_staleness;
pub mod run_probe;
pub mod send_digests;
pub mod send_messages;
pub mod settle_runs;
pub mod trim_change_feed;
pub mod watch_screens;

use std::sync::Arc;

use anyhow::Context;
use queue::{Job, JobError, Registry, Schedule};
use services::runs::RunError;
use services::trace::{self, Step, TraceContext};
use store::PgPool;

use artifacts::Artifacts;
use config::Config;

/// What handlers share; one per worker.
pub struct JobState {
    /// Connections for short statements.
    pub db: PgPool,
    /// Connections for long ones.
    pub bulk: PgPool,
    /// Uploads, packages and finished files.
    pub artifacts: Artifacts,
    /// Companies' websites.
    pub web: Arc<dyn crawl::Fetch>,
    /// Models that write.
    pub models: Arc<services::models::Models>,
    /// Who knows candidates of companies' websites; `None` where nobody is asked.
    pub search: Option<outbound::search::Search>,
    /// The settings.
    pub config: Arc<Config>,
}

/// Every kind with its handler, and every schedule.
///
/// # Errors
/// When the pattern of a schedule is none.
pub fn registry(state: Arc<JobState>) -> anyhow::Result<Registry> {
    let registry = Registry::new();
    let registry = on(registry, &state, run_probe::run);
    let registry = on(registry, &state, check_index::run);
    let registry = on(registry, &state, delete_finished_jobs::run);
    let registry = on(registry, &state, import_files::run);
    let registry = on(registry, &state, read_filings_again::run);
    let registry = on(registry, &state, export_companies::run);
    let registry = on(registry, &state, delete_expired_exports::run);
    let registry = on(registry, &state, enrich_company::run);
    let registry = on(registry, &state, analyse_company::run);
    let registry = on(registry, &state, analyse_company_with_model::run);
    let registry = on(registry, &state, keep_company_report::run);
    let registry = on(registry, &state, probe_models::run);
    let registry = on(registry, &state, settle_runs::run);
    let registry = on(registry, &state, refresh_staleness::run);
    let registry = on(registry, &state, check_screens::run);
    let registry = on(registry, &state, send_digests::run);
    let registry = on(registry, &state, send_messages::run);
    let registry = on(registry, &state, trim_change_feed::run);
    let registry = on(registry, &state, compact_counts::run);
    schedules(registry)
}

/// A next stage that was not enqueued: the stage before is done again, with all that it kept.
fn not_enqueued(error: RunError) -> JobError {
    match error {
        RunError::Database(error) => error.into(),
        RunError::Queue(error) => error.into(),
        other => JobError::fail(other),
    }
}

/// Adds a kind whose handler takes the shared state, the job and its run.
fn on<J, F, R>(registry: Registry, state: &Arc<JobState>, run: F) -> Registry
where
    J: Job,
    F: Fn(Arc<JobState>, J, queue::Context) -> R + Send + Sync + 'static,
    R: Future<Output = Result<(), JobError>> + Send + 'static,
{
    let state = state.clone();
    registry.with(move |job: J, context: queue::Context| {
        // Whatever the job asks others for belongs to the trace of the request that it came from; a job of the clock starts one.
        let asked = context.trace_id().and_then(|id| TraceContext::of_trace(id, context.trace_step()));
        let place = asked.unwrap_or_default();
        let mut step = Step::begin(place, trace::Kind::Consumer, || format!("job {}", J::KIND));
        step.note("lode.job.kind", || J::KIND);
        step.note("lode.job.queue", || J::QUEUE);
        step.note("lode.job.id", || context.id().0);
        step.note("lode.job.attempt", || i64::from(context.attempt()));
        let work = trace::within(place, run(state.clone(), job, context));
        async move {
            let done = work.await;
            if let Err(error) = &done {
                note_end(&mut step, error);
            }
            done
        }
    })
}

/// Says in the step how the job ended, without the reason, which may name whom it was about.
fn note_end(step: &mut Step, error: &JobError) {
    let (code, has_failed) = match error {
        JobError::Retry { .. } => ("retry", true),
        JobError::Fail(_) => ("failed", true),
        JobError::LostLease => ("lost_lease", true),
        JobError::Later(_) => ("later", false),
        JobError::Cancelled => ("cancelled", false),
    };
    step.note("lode.job.end", || code);
    if has_failed {
        step.note("error.type", || code);
        step.fail();
    }
}

/// What happens by the clock (UTC).
fn schedules(registry: Registry) -> anyhow::Result<Registry> {
    let wrong = |error: String| anyhow::anyhow!(error);
    let check = Schedule::new("check_index", "20 2 * * *", |tick| jobs::check_index::CheckIndex { asked_at: tick });
    let tidy =
        Schedule::new("delete_finished_jobs", "50 2 * * *", |_| jobs::delete_finished_jobs::DeleteFinishedJobs {});
    let exports =
        Schedule::new(
            "delete_expired_exports",
            "40 * * * *",
            |_| jobs::delete_expired_exports::DeleteExpiredExports {},
        );
    let counts = Schedule::new("compact_counts", "*/5 * * * *", |_| jobs::compact_counts::CompactCounts {});
    let feed = Schedule::new("trim_change_feed", "25 * * * *", |_| jobs::trim_change_feed::TrimChangeFeed {});
    let settle = Schedule::new("settle_runs", "* * * * *", |_| jobs::settle_runs::SettleRuns {});
    let models = Schedule::new("probe_models", "* * * * *", |_| jobs::probe_models::ProbeModels { names: Vec::new() });
    let stale = Schedule::new("refresh_staleness", "35 2 * * *", |_| jobs::refresh_staleness::RefreshStaleness {});
    let screens = Schedule::new("check_screens", "*/5 * * * *", |_| jobs::check_screens::CheckScreens {});
    let digests = Schedule::new("send_digests", "0 5 * * *", |_| jobs::send_digests::SendDigests {});
    let messages = Schedule::new("send_messages", "* * * * *", |_| jobs::send_messages::SendMessages {});
    Ok(registry
        .scheduled(settle.map_err(wrong).context("the look over runs")?)
        .scheduled(models.map_err(wrong).context("the look at models")?)
        .scheduled(stale.map_err(wrong).context("the nightly look for old facts")?)
        .scheduled(screens.map_err(wrong).context("the look at watched screens")?)
        .scheduled(digests.map_err(wrong).context("the daily messages")?)
        .scheduled(messages.map_err(wrong).context("the sending of messages")?)
        .scheduled(exports.map_err(wrong).context("the hourly removal of expired exports")?)
        .scheduled(counts.map_err(wrong).context("the summing up of counts")?)
        .scheduled(feed.map_err(wrong).context("the hourly trimming of the change feed")?)
        .scheduled(check.map_err(wrong).context("the nightly check")?)
        .scheduled(tidy.map_err(wrong).context("the nightly tidying")?))
}
