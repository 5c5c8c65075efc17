//! Reads a company's website and keeps what it tells: its homepage with the proof, its pages, and what the rules find on them.
//!
//! Everything is written in one transaction that also completes the job, so a worker that dies leaves nothing half done and the
//! next one begins anew.

mod find_homepage;
mod keep_findings;
mod read_pages;

use std::sync::Arc;

use chrono::Utc;
use jobs::enrich_company::{EnrichCompany, HOMEPAGE, PARTS};
use queue::{Context, JobError};
use store::companies::{self, key};
use store::runs::{self, items};
use store::{homepages, web_pages};

use super::JobState;
use find_homepage::Question;
use keep_findings::Findings;

/// Looks for the homepage, reads it, and keeps what was found.
///
/// # Errors
/// Retries while the website or the database does not answer; the last attempt ends the parts as failed, with the reason.
pub async fn run(state: Arc<JobState>, job: EnrichCompany, context: Context) -> Result<(), JobError> {
    let parts = begin(&state, &job, &context).await?;
    if parts.is_empty() {
        return Ok(());
    }
    let mut conn = state.db.acquire().await?;
    let Some(company) = companies::read(&mut conn, &[key(job.orgnr)]).await?.pop() else {
        return Err(JobError::fail(format!("there is no company {}", job.orgnr)));
    };
    let known = homepages::find(&mut conn, job.orgnr).await?;
    let mut pages = web_pages::of_company(&mut conn, job.orgnr).await?;
    // Websites are slow; the connection is for others meanwhile.
    drop(conn);
    read_pages::doubt_without_text(&state.artifacts, &mut pages).await?;

    let wants_pages = parts.iter().any(|part| part != HOMEPAGE);
    let question = Question { company: &company, known: known.as_ref(), kept: &pages, wants_pages };
    // Told to stop, it leaves the website at once: whoever takes the job up again must find nobody there.
    let found = tokio::select! {
        () = context.cancel().cancelled() => return Err(JobError::Cancelled),
        found = find_homepage::find(&*state.web, state.search.as_ref(), &question, Utc::now()) => found,
    };
    let visit = match found.site.filter(|_| wants_pages) {
        Some(site) => Some(read_pages::read(&state.artifacts, &site, &pages).await?),
        None => None,
    };
    let findings =
        Findings { homepage: found.homepage, visit, passing: found.passing, not_searched: found.not_searched };
    if let Some((reason, after)) = findings.passing.as_ref().filter(|_| !context.is_last_attempt()) {
        return Err(match after {
            Some(after) => JobError::retry_after(reason, *after),
            None => JobError::retry(reason),
        });
    }
    keep_findings::keep(&state, &job, &parts, &findings, &context).await?;
    runs::settle(&mut *state.db.acquire().await?, Some(job.run)).await?;
    Ok(())
}

/// Marks what is to be found out as running and says what it is; completes the job where there is nothing, or the run is cancelled.
async fn begin(state: &JobState, job: &EnrichCompany, context: &Context) -> Result<Vec<String>, JobError> {
    let mut tx = state.db.begin().await?;
    context.hold(&mut tx).await?;
    let is_open = runs::work(&mut tx, job.run).await?.is_some_and(|run| !run.is_cancelled);
    let parts = if is_open { items::start(&mut tx, job.run, job.orgnr, &PARTS).await? } else { Vec::new() };
    if parts.is_empty() {
        // Done in this transaction, so that whoever resumes the run meanwhile finds either this job or a finished one.
        context.complete(&mut tx).await?;
    }
    tx.commit().await?;
    Ok(parts)
}
