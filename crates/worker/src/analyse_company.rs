//! Says by rules what speaks for and against a company, and how well it fits the run's template.

use std::sync::Arc;

use chrono::Utc;
use domain::analysis::Template;
use domain::analysis::stages::SCREEN;
use domain::evidence::Language;
use jobs::analyse_company::{AnalyseCompany, RULES_ANALYSIS};
use queue::{Context, JobError};
use services::analyses::{by_rules, results};
use services::runs::stages::{Ended, go_on};
use store::analyses::MadeAnalysis;
use store::companies::{self, key};
use store::runs;
use store::runs::items::{self, Outcome};

use super::{JobState, not_enqueued};

/// Analyses the company and keeps the result in the transaction that completes the job.
///
/// # Errors
/// When the run's template is damaged, or the database does not answer.
pub async fn run(state: Arc<JobState>, job: AnalyseCompany, context: Context) -> Result<(), JobError> {
    let mut tx = state.db.begin().await?;
    context.hold(&mut tx).await?;
    let run = runs::work(&mut tx, job.run).await?.filter(|run| !run.is_cancelled);
    let rule = run.as_ref().and_then(|run| run.auto_approval.as_deref().copied());
    if rule.is_some() {
        // What is approved is screened: the company before its parts, as everybody locks them.
        companies::lock(&mut tx, &[key(job.orgnr)]).await?;
    }
    // A run in stages is screened first; its analysis is another job.
    let mut parts = Vec::new();
    for part in [SCREEN, RULES_ANALYSIS] {
        if run.is_some() && parts.is_empty() {
            parts = items::start(&mut tx, job.run, job.orgnr, &[part]).await?;
        }
    }
    let (Some(run), Some(part)) = (run, parts.first()) else {
        // Done in this transaction, so that whoever resumes the run meanwhile finds either this job or a finished one.
        context.complete(&mut tx).await?;
        tx.commit().await?;
        return Ok(());
    };
    let template: Template = serde_json::from_value(run.template.clone().unwrap_or_default())
        .map_err(|error| JobError::fail(format!("the run's template cannot be read: {error}")))?;
    let language = if run.language.as_deref() == Some("en") { Language::En } else { Language::Sv };
    let is_screening = part == SCREEN;
    let mut screened = None;
    let outcome = match by_rules(&mut tx, job.orgnr, &template, language).await.map_err(unreadable_is_permanent)? {
        None => Outcome::Failed("no_facts", "nothing is known of the company but its number".to_owned()),
        Some(rules) => {
            let made = rules.result(&rules.report).map_err(JobError::fail)?;
            let points = rules.analysis.score.points;
            screened = points;
            let is_approved_by_rule = !is_screening && rule.is_some_and(|rule| rule.approves(points, &rules.report));
            let made = MadeAnalysis { result: &made, points, method: "rules", at: Utc::now(), is_approved_by_rule };
            results::keep(&mut tx, (job.run, job.orgnr), &made).await?;
            Outcome::Completed
        }
    };
    items::end(&mut tx, job.run, job.orgnr, part, &outcome).await?;
    context.complete(&mut tx).await?;
    let ended = match (&outcome, is_screening) {
        (Outcome::Completed, true) => Ended::Screened(screened),
        (Outcome::Completed, false) => Ended::Done,
        _ => Ended::Failed,
    };
    go_on(&mut tx, (job.run, job.orgnr), &run, ended).await.map_err(not_enqueued)?;
    tx.commit().await?;
    runs::settle(&mut *state.db.acquire().await?, Some(job.run)).await?;
    Ok(())
}

/// What is stored in a shape that this version cannot read will be no better at the next attempt.
fn unreadable_is_permanent(error: sqlx::Error) -> JobError {
    match error {
        sqlx::Error::Decode(why) => JobError::fail(why),
        other => other.into(),
    }
}
