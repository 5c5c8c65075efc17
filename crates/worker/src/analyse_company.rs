//! Says by rules what speaks for and against a company, and how well it fits the run's template.

use std::sync::Arc;

use chrono::Utc;
use domain::analysis::{Template, analyse};
use domain::catalogue::position;
use domain::facts::FactValue;
use domain::website::WebsiteInsights;
use jobs::analyse_company::AnalyseCompany;
use queue::{Context, JobError};
use serde_json::json;
use store::companies::key;
use store::runs::items::{self, Outcome};
use store::{analyses, company_facts, enrichments, runs};

use super::JobState;
use jobs::enrich_company::WEBSITE_INSIGHTS;

/// Analyses the company and keeps the result in the transaction that completes the job.
///
/// # Errors
/// When the run's template is damaged, or the database does not answer.
pub async fn run(state: Arc<JobState>, job: AnalyseCompany, context: Context) -> Result<(), JobError> {
    let mut tx = state.db.begin().await?;
    context.hold(&mut tx).await?;
    let run = runs::work(&mut tx, job.run).await?.filter(|run| !run.is_cancelled);
    let parts = if run.is_some() { items::start(&mut tx, job.run, job.orgnr).await? } else { Vec::new() };
    let (Some(run), Some(part)) = (run, parts.first()) else {
        // Done in this transaction, so that whoever resumes the run meanwhile finds either this job or a finished one.
        context.complete(&mut tx).await?;
        tx.commit().await?;
        return Ok(());
    };
    let template: Template = serde_json::from_value(run.template.unwrap_or_default())
        .map_err(|error| JobError::fail(format!("the run's template cannot be read: {error}")))?;
    let outcome = match company_facts::read(&mut tx, &[key(job.orgnr)]).await?.pop() {
        None => Outcome::Failed("no_facts", "nothing is known of the company but its number".to_owned()),
        Some(facts) => {
            let found = enrichments::find(&mut tx, job.orgnr, WEBSITE_INSIGHTS).await?;
            let website: Option<WebsiteInsights> = match &found {
                None => None,
                Some(found) => Some(serde_json::from_value(found.data.clone()).map_err(|error| {
                    JobError::fail(format!("the stored website insights of {} cannot be read: {error}", job.orgnr))
                })?),
            };
            let analysis = analyse(&facts, website.as_ref(), &template);
            let period_end = match position("period_end").and_then(|index| facts.values.get(index)) {
                Some(FactValue::Date(day)) => Some(*day),
                _ => None,
            };
            let filing = match period_end {
                Some(day) => analyses::filing_of(&mut tx, job.orgnr, day).await?,
                None => None,
            };
            let mut result = serde_json::to_value(&analysis).map_err(JobError::fail)?;
            result["basis"] = json!({
                "period_end": period_end,
                "filing_id": filing,
                "website_read_at": found.map(|found| found.made_at),
            });
            analyses::keep(&mut tx, job.run, job.orgnr, &result, analysis.score.points, "rules", Utc::now()).await?;
            Outcome::Completed
        }
    };
    items::end(&mut tx, job.run, job.orgnr, part, &outcome).await?;
    context.complete(&mut tx).await?;
    tx.commit().await?;
    runs::settle(&mut *state.db.acquire().await?, Some(job.run)).await?;
    Ok(())
}
