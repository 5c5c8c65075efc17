//! `/api/status/diagnosis`: whether the installation is well, part by part, and what to do where it is not.

use axum::Json;
use axum::extract::State;
use chrono::{DateTime, Utc};
use serde::Serialize;
use services::diagnosis::{self, Diagnosis, Finding, Level, Surroundings, Words};
use utoipa::ToSchema;

use super::state::AppState;
use super::status::redis_status;

/// Answer of `/api/status/diagnosis`.
#[derive(Debug, Serialize, ToSchema)]
pub struct DiagnosisView {
    /// When it was looked at.
    pub checked_at: DateTime<Utc>,
    /// Whether nothing is to be mended now.
    pub well: bool,
    /// How many things are to be mended now.
    pub failures: usize,
    /// How many are to be mended in working hours.
    pub warnings: usize,
    /// What was found, the worst first. Each part that was looked at is there.
    pub findings: Vec<FindingView>,
    /// The condition of Postgres; null when it does not answer.
    pub database: Option<DatabaseConditionView>,
    /// Every queue; null when they are not told.
    pub queues: Option<Vec<QueueDepthView>>,
    /// Workers that live; null when they are not told.
    pub workers: Option<Vec<LivingWorkerView>>,
    /// The last backup; null when none was made.
    pub backup: Option<LastBackupView>,
    /// Version and commit of the process that answers.
    pub program: String,
}

/// A sentence in both languages of the web app.
#[derive(Debug, Serialize, ToSchema)]
pub struct WordsView {
    /// English.
    pub en: String,
    /// Swedish.
    pub sv: String,
}

/// One part, what was found of it, and what to do.
#[derive(Debug, Serialize, ToSchema)]
pub struct FindingView {
    /// The part, as `lode doctor` names it.
    pub part: &'static str,
    /// Its name for people.
    pub title: WordsView,
    /// `ok`, `unknown`, `warning` or `failure`.
    #[schema(pattern = "^(ok|unknown|warning|failure)$")]
    pub level: &'static str,
    /// What was found.
    pub found: WordsView,
    /// What to do; null when there is nothing.
    pub remedy: Option<WordsView>,
}

/// The condition of Postgres at this moment.
#[derive(Debug, Serialize, ToSchema)]
pub struct DatabaseConditionView {
    /// Connections that are open, of every program.
    pub connections: i64,
    /// Connections that the server allows.
    pub connections_limit: i64,
    /// Connections that this process uses.
    pub pool_busy: u32,
    /// Connections that this process may use.
    pub pool_limit: u32,
    /// Sessions that wait for a lock.
    pub waiting_for_locks: i64,
    /// Bytes that the slowest replica is behind; null without replicas.
    pub replica_lag_bytes: Option<i64>,
    /// Statements that take over a second in the mean, the costliest first; null where `pg_stat_statements` is not loaded.
    pub slow_statements: Option<Vec<SlowStatementView>>,
    /// Tables with many rows that are gone and not cleaned up, the most first.
    pub dead_rows: Vec<DeadRowsView>,
}

/// A statement that is slow in the mean.
#[derive(Debug, Serialize, ToSchema)]
pub struct SlowStatementView {
    /// Its first 100 characters, values replaced by `$1`.
    pub text: String,
    /// How often it ran.
    pub calls: i64,
    /// Mean milliseconds.
    pub mean_ms: f64,
}

/// A table that waits for cleaning.
#[derive(Debug, Serialize, ToSchema)]
pub struct DeadRowsView {
    /// Its name.
    pub table: String,
    /// Rows that are gone.
    pub dead: i64,
    /// Rows that are there.
    pub live: i64,
    /// When it was last cleaned; null when never.
    pub cleaned_at: Option<DateTime<Utc>>,
}

/// How full a queue is.
#[derive(Debug, Serialize, ToSchema)]
pub struct QueueDepthView {
    /// Its name.
    pub queue: String,
    /// Jobs that could run now.
    pub available: i64,
    /// Jobs that run.
    pub running: i64,
    /// Jobs that gave up.
    pub dead: i64,
    /// Seconds that the oldest available job has waited; null when none waits.
    pub oldest_seconds: Option<f64>,
    /// Whether it is paused.
    pub is_paused: bool,
}

/// A worker that lives.
#[derive(Debug, Serialize, ToSchema)]
pub struct LivingWorkerView {
    /// Host and process.
    pub name: String,
    /// Version and commit of its program.
    pub version: String,
    /// Jobs it runs.
    pub running: i32,
    /// Jobs it may run at once.
    pub concurrency: i32,
    /// When it began.
    pub started_at: DateTime<Utc>,
}

/// The last backup that was written and read back.
#[derive(Debug, Serialize, ToSchema)]
pub struct LastBackupView {
    /// When.
    pub at: DateTime<Utc>,
    /// Its bytes without the artifact store; null where it is not told.
    pub bytes: Option<u64>,
    /// Where it is; null where it is not told.
    pub place: Option<String>,
    /// Whether it is encrypted; null for one from before that was told.
    pub is_encrypted: Option<bool>,
}

impl From<Words> for WordsView {
    fn from(words: Words) -> Self {
        Self { en: words.en, sv: words.sv }
    }
}

impl From<Finding> for FindingView {
    fn from(finding: Finding) -> Self {
        Self {
            part: finding.part.name(),
            title: finding.part.title().into(),
            level: finding.level.name(),
            found: finding.found.into(),
            remedy: finding.remedy.map(WordsView::from),
        }
    }
}

/// How the installation is, and what to do: what `lode doctor` finds, as far as a process of the API can see it.
#[utoipa::path(get, path = "/api/status/diagnosis", tag = "status", responses((status = 200, body = DiagnosisView)))]
pub async fn diagnose(State(state): State<AppState>) -> Json<DiagnosisView> {
    let redis = redis_status(&state).await;
    let program = state.process.build.text();
    // Many questions at once make a large future, which belongs on the heap.
    let looked = Box::pin(diagnosis::look(Surroundings {
        db: &state.db,
        config: &state.config,
        artifacts: &state.artifacts,
        models: &state.models,
        index: state.index.status(),
        redis: redis.configured.then_some(redis.problem),
        program: program.clone(),
    }))
    .await;
    Json(view(&state, looked, program))
}

fn view(state: &AppState, looked: Diagnosis, program: String) -> DiagnosisView {
    let pool_limit = state.db.options().get_max_connections();
    let database = looked.condition.map(|condition| DatabaseConditionView {
        connections: condition.connections,
        connections_limit: condition.connections_limit,
        pool_busy: diagnosis::busy(&state.db),
        pool_limit,
        waiting_for_locks: condition.waiting_for_locks,
        replica_lag_bytes: condition.replica_lag_bytes,
        slow_statements: condition.slow_statements.map(|slow| {
            slow.into_iter()
                .map(|of| SlowStatementView { text: of.text, calls: of.calls, mean_ms: of.mean_ms })
                .collect()
        }),
        dead_rows: condition
            .dead_rows
            .into_iter()
            .map(|of| DeadRowsView { table: of.table, dead: of.dead, live: of.live, cleaned_at: of.cleaned_at })
            .collect(),
    });
    let (queues, workers) = looked.work.map(|work| (work.queues, work.workers)).unzip();
    DiagnosisView {
        checked_at: looked.at,
        well: looked.report.is_well(false),
        failures: looked.report.count(Level::Failure),
        warnings: looked.report.count(Level::Warning),
        findings: looked.report.worst_first().into_iter().map(FindingView::from).collect(),
        database,
        queues: queues.map(|queues| {
            let view = |of: services::control_jobs::QueueState| QueueDepthView {
                available: of.available,
                running: of.running,
                dead: of.discarded,
                oldest_seconds: of.oldest_seconds,
                is_paused: of.paused_at.is_some(),
                queue: of.queue,
            };
            queues.into_iter().map(view).collect()
        }),
        workers: workers.map(|workers| {
            let view = |of: services::control_jobs::WorkerRow| LivingWorkerView {
                name: of.name,
                version: of.version,
                running: of.running,
                concurrency: of.concurrency,
                started_at: of.started_at,
            };
            workers.into_iter().map(view).collect()
        }),
        backup: looked.backup.map(|last| LastBackupView {
            at: last.at,
            bytes: last.detail["bytes"].as_u64(),
            place: last.detail["place"].as_str().map(str::to_owned),
            is_encrypted: last.detail["encrypted"].as_bool(),
        }),
        program,
    }
}
