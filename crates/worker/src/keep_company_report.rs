//! Keeps the analysis of a company of a run as its report for other programs: the last stage of a run in stages. Nobody is asked for it.

use std::sync::Arc;

use chrono::Utc;
use domain::analysis::stages::COMPANY_REPORT;
use domain::evidence::Language;
use jobs::keep_company_report::KeepCompanyReport;
use queue::{Context, JobError};
use services::company_reports;
use services::error::ServiceError;
use store::runs::items::{self, Outcome};
use store::{analyses, runs};

use super::JobState;

/// Writes the report in the transaction that completes the job.
///
/// # Errors
/// When what is stored cannot be read, or the database does not answer.
pub async fn run(state: Arc<JobState>, job: KeepCompanyReport, context: Context) -> Result<(), JobError> {
    let mut tx = state.db.begin().await?;
    context.hold(&mut tx).await?;
    let work = runs::work(&mut tx, job.run).await?.filter(|run| !run.is_cancelled);
    let is_wanted = work.is_some() && !items::start(&mut tx, job.run, job.orgnr, &[COMPANY_REPORT]).await?.is_empty();
    if let Some(work) = work.filter(|_| is_wanted) {
        let language = if work.language.as_deref() == Some("en") { Language::En } else { Language::Sv };
        let made = match analyses::of_run(&mut tx, job.run, job.orgnr).await? {
            Some(found) => {
                let of = (work.owner, job.orgnr, language);
                company_reports::keep_analysis(&mut tx, of, found.result, Utc::now()).await.map_err(failed)?
            }
            None => false,
        };
        let outcome = if made {
            Outcome::Completed
        } else {
            Outcome::Failed("no_facts", "there is no analysis to keep".to_owned())
        };
        items::end(&mut tx, job.run, job.orgnr, COMPANY_REPORT, &outcome).await?;
    }
    context.complete(&mut tx).await?;
    tx.commit().await?;
    runs::settle(&mut *state.db.acquire().await?, Some(job.run)).await?;
    Ok(())
}

/// A database that does not answer is tried again; what cannot be read will be no better then.
fn failed(error: ServiceError) -> JobError {
    match error {
        ServiceError::Database(error) => JobError::retry(error),
        other => JobError::fail(other),
    }
}
