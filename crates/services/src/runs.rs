//! Runs over many companies: estimated, started, cancelled, resumed and tried again, each in one transaction with its jobs.

pub mod stages;

use chrono::{DateTime, Days, NaiveDate, Utc};
use domain::access::Visibility;
use domain::facts::WEBSITE_FRESH_DAYS;
use domain::orgnr::Orgnr;
use queue::Job;
use serde_json::json;
use store::companies::key;
use store::runs::items;
use store::runs::{self, Pace};
use store::{PgConnection, PgPool, activity, analyses, audit};
use universe::engines::ScreenError;
use universe::index::ScreenIndex;
use universe::known_companies::{KnownCompanies, known_companies};
use uuid::Uuid;

pub use store::runs::items::{Counts, RunCompany};
pub use store::runs::{NewRun, Run, RunModel};

use jobs::analyse_company::AnalyseCompany;
use jobs::analyse_company_with_model::AnalyseCompanyWithModel;
use jobs::enrich_company::{EnrichCompany, HOMEPAGE};
use jobs::{AI_ANALYSIS, ENRICHMENT};

use crate::actor::Actor;
use crate::error::{ServiceError, stored};

/// Companies of one run at most.
pub const MAX_COMPANIES: usize = 50_000;
/// Seconds that one company takes while there is no experience: a visit of six pages with pauses; a computation.
const GUESS_ENRICHMENT: f64 = 15.0;
const GUESS_ANALYSIS: f64 = 0.05;
const GUESS_MODEL: f64 = 20.0;

/// What goes wrong with a run.
#[derive(Debug, thiserror::Error)]
pub enum RunError {
    /// None of the companies is known.
    #[error("Lode knows none of these companies")]
    NoCompany,
    /// Too many at once.
    #[error("a run has at most {MAX_COMPANIES} companies, these are {0}; choose fewer, or make several runs")]
    TooMany(usize),
    /// There is nothing to cancel, resume or try again.
    #[error("{0}")]
    Nothing(&'static str),
    /// The database does not answer.
    #[error(transparent)]
    Database(#[from] sqlx::Error),
    /// What is stored of a run cannot be read.
    #[error(transparent)]
    Stored(#[from] ServiceError),
    /// The jobs cannot be enqueued.
    #[error(transparent)]
    Queue(#[from] queue::Error),
}

/// What a run would do.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Estimate {
    /// Companies of the selection that Lode knows.
    pub companies: i64,
    /// Companies with something to do; the others are fresh.
    pub due: i64,
    /// How long it takes with the workers that are alive; `None` while there are none.
    pub seconds: Option<f64>,
    /// Jobs that those workers run at once.
    pub at_once: i64,
}

/// What a run began with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Started {
    /// The run.
    pub id: Uuid,
    /// Companies of it.
    pub companies: i64,
    /// Companies with a job.
    pub queued: usize,
}

/// Since when what is known of a website counts as fresh.
#[must_use]
pub fn fresh_since(now: DateTime<Utc>) -> DateTime<Utc> {
    now.checked_sub_days(Days::new(WEBSITE_FRESH_DAYS)).unwrap_or(now)
}

/// What an enrichment would do.
///
/// # Errors
/// [`RunError::TooMany`], or when the database does not answer.
pub async fn estimate_enrichment(
    index: &ScreenIndex,
    db: &PgPool,
    orgnrs: &[Orgnr],
    parts: &[String],
    is_forced: bool,
    now: DateTime<Utc>,
) -> Result<Estimate, RunError> {
    check_count(orgnrs)?;
    let since = fresh_since(now);
    // Every part but the homepage comes from reading the website: companies whose website was not read have none of them.
    let rests_on_reading = parts.iter().any(|part| part != HOMEPAGE);
    let known = in_index(index, orgnrs, rests_on_reading.then(|| since.date_naive())).await?;
    let mut conn = db.acquire().await?;
    let companies = count_known(&mut conn, known.as_ref(), orgnrs).await?;
    let maybe_fresh: Vec<i64> = match &known {
        _ if is_forced => Vec::new(),
        Some(known) if rests_on_reading => known.read_since.iter().chain(&known.unknown).copied().map(key).collect(),
        _ => orgnrs.iter().copied().map(key).collect(),
    };
    let fresh = match maybe_fresh.as_slice() {
        [] => 0,
        some => items::fresh(&mut conn, some, parts, since).await?,
    };
    let pace = runs::pace(&mut conn, EnrichCompany::KIND, ENRICHMENT).await?;
    Ok(estimate(companies, (companies - fresh).max(0), pace, GUESS_ENRICHMENT))
}

/// What an analysis would do; where approved analyses are kept, companies with one that the person may see have nothing to do.
///
/// # Errors
/// [`RunError::TooMany`], or when the database does not answer.
pub async fn estimate_analysis(
    index: &ScreenIndex,
    db: &PgPool,
    orgnrs: &[Orgnr],
    is_by_model: bool,
    keeping_approved_of: Option<Uuid>,
) -> Result<Estimate, RunError> {
    check_count(orgnrs)?;
    let known = in_index(index, orgnrs, None).await?;
    let mut conn = db.acquire().await?;
    let companies = count_known(&mut conn, known.as_ref(), orgnrs).await?;
    let kept = match keeping_approved_of {
        Some(user) => {
            analyses::approved_count(&mut conn, &orgnrs.iter().copied().map(key).collect::<Vec<_>>(), user).await?
        }
        None => 0,
    };
    let (kind, guess) = match is_by_model {
        true => (AnalyseCompanyWithModel::KIND, GUESS_MODEL),
        false => (AnalyseCompany::KIND, GUESS_ANALYSIS),
    };
    let pace = runs::pace(&mut conn, kind, AI_ANALYSIS).await?;
    Ok(estimate(companies, companies - kept, pace, guess))
}

/// What the index knows of the companies; `None` while it is loading.
async fn in_index(
    index: &ScreenIndex,
    orgnrs: &[Orgnr],
    read_since: Option<NaiveDate>,
) -> Result<Option<KnownCompanies>, RunError> {
    let known = known_companies(index, orgnrs, read_since).await;
    Ok(known.map_err(|error| ServiceError::from(ScreenError::from(error)))?)
}

/// How many of the companies Lode knows. Those that the index does not know, or all while it is loading, are looked for in Postgres.
async fn count_known(
    conn: &mut PgConnection,
    known: Option<&KnownCompanies>,
    orgnrs: &[Orgnr],
) -> Result<i64, RunError> {
    let (count, others) = known.map_or((0, orgnrs), |known| (known.count, known.unknown.as_slice()));
    let others = match others {
        [] => 0,
        some => items::known(conn, &some.iter().copied().map(key).collect::<Vec<_>>()).await?,
    };
    Ok(i64::try_from(count).unwrap_or(i64::MAX).saturating_add(others))
}

fn estimate(companies: i64, due: i64, pace: Pace, guess: f64) -> Estimate {
    let each = pace.seconds_each.unwrap_or(guess);
    // More workers than companies do not make it faster.
    let at_once = pace.at_once.min(due.max(1));
    let seconds = (at_once > 0).then(|| (due as f64 * each / at_once as f64).ceil());
    Estimate { companies, due, seconds, at_once: pace.at_once }
}

fn check_count(orgnrs: &[Orgnr]) -> Result<(), RunError> {
    if orgnrs.len() > MAX_COMPANIES { Err(RunError::TooMany(orgnrs.len())) } else { Ok(()) }
}

/// Starts a run over the companies: its rows, its jobs, the audit log and the companies' activity commit together.
///
/// # Errors
/// [`RunError`].
pub async fn start(
    db: &PgPool,
    run: &NewRun,
    orgnrs: &[Orgnr],
    event: audit::Event,
    now: DateTime<Utc>,
) -> Result<Started, RunError> {
    check_count(orgnrs)?;
    let numbers: Vec<i64> = orgnrs.iter().copied().map(key).collect();
    let reads_websites = run.stages.is_some_and(|stages| stages.research);
    let fresh = (run.kind == "enrichment" && !run.is_forced || reads_websites).then(|| fresh_since(now));
    let mut tx = db.begin().await?;
    let id = runs::insert(&mut tx, run).await?;
    let keeping = run.keeps_approved.then_some(run.owner);
    let (due, companies) = items::add(&mut tx, id, &numbers, &run.parts, fresh, keeping).await?;
    if companies == 0 {
        return Err(RunError::NoCompany);
    }
    stages::enqueue_due(&mut tx, id, run.owner, event.request_id.as_ref(), &due).await?;
    let due: Vec<Orgnr> = due.into_iter().map(|(orgnr, _)| orgnr).collect();
    let mut detail = json!({ "name": run.name, "kind": run.kind, "companies": companies, "queued": due.len() });
    if let Some(model) = &run.model {
        detail["model"] = json!({ "provider": model.provider, "model": model.model, "budget": model.budget });
    }
    audit::record(&mut tx, &event.about("run", id).with(detail)).await?;
    let kind = if run.kind == "enrichment" { "enrichment.started" } else { "analysis.started" };
    let entry =
        activity::Entry { actor: Some(run.owner), kind, orgnrs: &due, detail: json!({ "run": id, "name": run.name }) };
    match run.scope {
        Visibility::Team => activity::record(&mut tx, &entry).await?,
        Visibility::Private => activity::record_private(&mut tx, &entry).await?,
    }
    // A run of fresh companies alone has nothing to wait for.
    runs::settle(&mut tx, Some(id)).await?;
    tx.commit().await?;
    Ok(Started { id, companies, queued: due.len() })
}

/// Cancels what has not ended; what is being worked on stops within moments.
///
/// # Errors
/// [`RunError::Nothing`] when the run has ended.
pub async fn cancel(db: &PgPool, run: &Run, event: audit::Event) -> Result<(), RunError> {
    let mut tx = db.begin().await?;
    if !runs::cancel(&mut tx, run.id).await? {
        return Err(RunError::Nothing("the run has ended already"));
    }
    store::jobs::control::cancel_subject(&mut tx, &format!("run:{}", run.id)).await?;
    let parts = items::cancel(&mut tx, run.id).await?;
    runs::settle(&mut tx, Some(run.id)).await?;
    audit::record(&mut tx, &event.about("run", run.id).with(json!({ "parts": parts }))).await?;
    tx.commit().await?;
    Ok(())
}

/// Puts what was cancelled back into the queue.
///
/// # Errors
/// [`RunError::Nothing`] when nothing was cancelled.
pub async fn resume(db: &PgPool, run: &Run, event: audit::Event) -> Result<usize, RunError> {
    again(db, run, &["cancelled"], "nothing of the run was cancelled", event).await
}

/// Puts what failed back into the queue.
///
/// # Errors
/// [`RunError::Nothing`] when nothing failed.
pub async fn retry_failed(db: &PgPool, run: &Run, event: audit::Event) -> Result<usize, RunError> {
    again(db, run, &["failed"], "nothing of the run has failed", event).await
}

async fn again(
    db: &PgPool,
    run: &Run,
    states: &[&str],
    nothing: &'static str,
    event: audit::Event,
) -> Result<usize, RunError> {
    let mut tx = db.begin().await?;
    // Two that press at once wait for one another here; the second then finds nothing.
    if !runs::lock(&mut tx, run.id).await? || items::requeue(&mut tx, run.id, states).await? == 0 {
        return Err(RunError::Nothing(nothing));
    }
    runs::reopen(&mut tx, run.id).await?;
    let due = items::waiting(&mut tx, run.id).await?;
    stages::enqueue_due(&mut tx, run.id, run.owner_id, event.request_id.as_ref(), &due).await?;
    audit::record(&mut tx, &event.about("run", run.id).with(json!({ "companies": due.len() }))).await?;
    tx.commit().await?;
    Ok(due.len())
}

/// Sets what all calls of a run by a model may cost together, in millionths: to go on after its budget has stopped it.
///
/// # Errors
/// [`RunError::Nothing`] when no model writes for the run.
pub async fn set_budget(db: &PgPool, run: &Run, budget: i64, event: audit::Event) -> Result<(), RunError> {
    if run.provider.is_none() {
        return Err(RunError::Nothing("the run is by rules and costs nothing"));
    }
    let mut tx = db.begin().await?;
    runs::set_budget(&mut tx, run.id, Some(budget)).await?;
    let detail = json!({ "before": run.budget, "after": budget });
    audit::record(&mut tx, &event.about("run", run.id).with(detail)).await?;
    tx.commit().await?;
    Ok(())
}

/// Parts of the runs by state: as they were at the end, or as they are now.
///
/// # Errors
/// When the database does not answer.
pub async fn counts(conn: &mut PgConnection, runs: &[Run]) -> Result<Vec<Counts>, RunError> {
    let open: Vec<Uuid> = runs.iter().filter(|run| run.counts.is_none()).map(|run| run.id).collect();
    let mut counted = if open.is_empty() { Default::default() } else { items::counts(conn, &open).await? };
    runs.iter()
        .map(|run| match &run.counts {
            None => Ok(counted.remove(&run.id).unwrap_or_default()),
            Some(kept) => Ok(stored(&format!("counts of run {}", run.id), kept.clone())?),
        })
        .collect()
}

/// The run, when the person may see it.
///
/// # Errors
/// No such run.
pub async fn find(db: &PgPool, actor: &Actor, id: Uuid) -> Result<Run, ServiceError> {
    let run = runs::find(&mut *db.acquire().await?, id, actor.user).await?;
    run.ok_or_else(|| ServiceError::Missing(format!("there is no run {id} that you can see")))
}

/// A run's counts as they are now.
///
/// # Errors
/// When the database does not answer.
pub async fn counts_of(db: &PgPool, run: &Run) -> Result<Counts, RunError> {
    let counts = counts(&mut *db.acquire().await?, std::slice::from_ref(run)).await?;
    Ok(counts.into_iter().next().unwrap_or_default())
}

/// The runs that the person may see, newest first, with their counts: of one kind or all, older than an instant.
///
/// # Errors
/// When the database does not answer.
pub async fn page(
    db: &PgPool,
    actor: &Actor,
    kind: Option<&str>,
    before: Option<DateTime<Utc>>,
    limit: i64,
) -> Result<Vec<(Run, Counts)>, RunError> {
    let mut conn = db.acquire().await?;
    let found = runs::list(&mut conn, actor.user, kind, before, limit).await?;
    let counts = counts(&mut conn, &found).await?;
    Ok(found.into_iter().zip(counts).collect())
}

/// A page of a run's companies, in one state or all, best score first, and how many there are.
///
/// # Errors
/// When the database does not answer.
pub async fn companies(
    db: &PgPool,
    run: Uuid,
    state: Option<&str>,
    limit: i64,
    offset: i64,
) -> Result<(Vec<RunCompany>, i64), RunError> {
    Ok(items::companies(&mut *db.acquire().await?, run, state, limit, offset).await?)
}

/// Why parts of a run failed, by how often.
///
/// # Errors
/// When the database does not answer.
pub async fn failures(db: &PgPool, run: Uuid) -> Result<Vec<(String, i64)>, RunError> {
    Ok(items::failures(&mut *db.acquire().await?, run).await?)
}
