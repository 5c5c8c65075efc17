//! Has a model write about a company of a run, and keeps what stands.
//!
//! Three steps, none of which holds a transaction while a model thinks: the part is marked as running, the model is asked, the result is
//! kept in the transaction that completes the job. A worker that dies between them loses nothing that was paid: the answer is
//! recorded before anything else happens to it, and whoever takes the job over finds it.

use std::sync::Arc;
use std::time::Duration;

use chrono::Utc;
use domain::analysis::Template;
use domain::evidence::Language;
use jobs::analyse_company_with_model::{AnalyseCompanyWithModel, MODEL_ANALYSIS};
use llm::CallError;
use queue::{Context, JobError};
use serde_json::json;
use services::analyses::{AskError, Question, Written, results, write};
use services::runs::stages::{Ended, go_on};
use store::analyses::MadeAnalysis;
use store::companies::{self, key};
use store::model_calls;
use store::runs::items::{self, Outcome};
use store::runs::{self, RunWork};

use super::{JobState, not_enqueued};

/// How long a company waits whose call would exceed a limit only because of calls that still run.
const WAIT_FOR_OTHERS: Duration = Duration::from_secs(3);

/// Writes about the company and keeps the result in the transaction that completes the job.
///
/// # Errors
/// When the run's template is damaged, the model is asked too often, or the database does not answer.
pub async fn run(state: Arc<JobState>, job: AnalyseCompanyWithModel, context: Context) -> Result<(), JobError> {
    let Some(work) = begin(&state, &job, &context).await? else { return Ok(()) };
    let template: Template = serde_json::from_value(work.template.clone().unwrap_or_default())
        .map_err(|error| JobError::fail(format!("the run's template cannot be read: {error}")))?;
    let provider = work.provider.clone().unwrap_or_default();
    let question = Question {
        provider: &provider,
        purpose: format!("run:{}", job.run),
        template_name: name_of(&work),
        template: &template,
        language: if work.language.as_deref() == Some("en") { Language::En } else { Language::Sv },
    };
    let written = write(&state.models, &state.db, &state.artifacts, &question, job.orgnr, context.cancel()).await;
    let outcome = match written {
        Ok(written) => Ok(written),
        Err(AskError::NothingKnown) => Err(Outcome::Skipped("nothing_known")),
        Err(AskError::NoQuestions) => Err(failed("no_questions", &AskError::NoQuestions)),
        Err(AskError::Database(error)) => return Err(error.into()),
        Err(AskError::Other(error)) if context.is_last_attempt() => Err(failed("not_made", &error)),
        Err(AskError::Other(error)) => return Err(JobError::retry(format!("{error:#}"))),
        Err(AskError::Call(error)) => Err(of_call(&state, &job, &context, error).await?),
    };
    keep(&state, &job, &context, &provider, outcome).await
}

/// Marks the part as running. `None`: there is nothing to do, and the job is completed.
async fn begin(
    state: &JobState,
    job: &AnalyseCompanyWithModel,
    context: &Context,
) -> Result<Option<RunWork>, JobError> {
    let mut tx = state.db.begin().await?;
    context.hold(&mut tx).await?;
    let work = runs::work(&mut tx, job.run).await?.filter(|run| !run.is_cancelled);
    let is_wanted = work.is_some() && !items::start(&mut tx, job.run, job.orgnr, &[MODEL_ANALYSIS]).await?.is_empty();
    if !is_wanted {
        context.complete(&mut tx).await?;
    }
    tx.commit().await?;
    Ok(work.filter(|_| is_wanted))
}

fn name_of(work: &RunWork) -> String {
    let version = work.template_version.unwrap_or(1);
    match (&work.template_key, work.template_id) {
        (Some(key), _) => format!("{key}@{version}"),
        (None, Some(id)) if !id.is_nil() => format!("{id}@{version}"),
        _ => "own@1".to_owned(),
    }
}

fn failed(reason: &'static str, error: &impl std::fmt::Display) -> Outcome {
    Outcome::Failed(reason, error.to_string())
}

/// What a call without an answer means: try again, wait for others, or a part that failed with its reason.
async fn of_call(
    state: &JobState,
    job: &AnalyseCompanyWithModel,
    context: &Context,
    error: CallError,
) -> Result<Outcome, JobError> {
    if let CallError::TooManyRequests { retry_after, .. } = &error {
        // Nobody's fault: the company waits as long as the provider wants, and is not lost.
        return Err(JobError::Later(Duration::from_secs(retry_after.unwrap_or(0).clamp(5, 900))));
    }
    if error.is_temporary() && !context.is_last_attempt() {
        return Err(JobError::retry(&error));
    }
    Ok(match &error {
        CallError::Cancelled => return Err(JobError::Cancelled),
        CallError::OverBudget(over) => {
            // Money that others have set aside comes back in part when their calls end.
            let purpose = format!("run:{}", job.run);
            let used = model_calls::usage(&mut *state.db.acquire().await?, std::slice::from_ref(&purpose)).await?;
            let is_waiting = used.first().is_some_and(|(_, usage)| usage.unsettled > 0);
            if is_waiting && over.limited == purpose {
                return Err(JobError::Later(WAIT_FOR_OTHERS));
            }
            failed("over_budget", &error)
        }
        CallError::Truncated { .. } => failed("truncated", &error),
        CallError::Filtered => failed("filtered", &error),
        CallError::Declined(_) => failed("declined", &error),
        CallError::Malformed(_) => failed("malformed", &error),
        CallError::WrongShape(_) => failed("wrong_shape", &error),
        CallError::Refused { .. } => failed("provider_refused", &error),
        CallError::Cut
        | CallError::TimedOut(_)
        | CallError::Unreachable(_)
        | CallError::TooManyRequests { .. }
        | CallError::ServerFailed { .. }
        | CallError::BudgetUnavailable(_) => failed("provider_failed", &error),
    })
}

/// Keeps what was written, or why nothing was, in the transaction that completes the job.
async fn keep(
    state: &JobState,
    job: &AnalyseCompanyWithModel,
    context: &Context,
    provider: &str,
    outcome: Result<Written, Outcome>,
) -> Result<(), JobError> {
    let mut tx = state.db.begin().await?;
    context.hold(&mut tx).await?;
    let work = runs::work(&mut tx, job.run).await?;
    let rule = work.as_ref().and_then(|run| run.auto_approval.as_deref().copied());
    let mut going_on = None;
    if let Some(work) = work.filter(|run| !run.is_cancelled) {
        if rule.is_some() {
            // What is approved is screened: the company before its parts, as everybody locks them.
            companies::lock(&mut tx, &[key(job.orgnr)]).await?;
        }
        let ended = match outcome {
            Ok(written) => {
                let mut result = written.rules.result(&written.report).map_err(JobError::fail)?;
                let model = state.models.provider(provider).map(|provider| provider.model.clone());
                result["model"] =
                    json!({ "provider": provider, "model": model, "prompt_version": written.prompt_version });
                let method = format!("{provider}/{}", model.unwrap_or_default());
                let points = written.rules.analysis.score.points;
                let is_approved_by_rule = rule.is_some_and(|rule| rule.approves(points, &written.report));
                let made =
                    MadeAnalysis { result: &result, points, method: &method, at: Utc::now(), is_approved_by_rule };
                results::keep(&mut tx, (job.run, job.orgnr), &made).await?;
                Outcome::Completed
            }
            Err(ended) => ended,
        };
        items::end(&mut tx, job.run, job.orgnr, MODEL_ANALYSIS, &ended).await?;
        going_on = Some((work, if ended == Outcome::Completed { Ended::Done } else { Ended::Failed }));
    }
    context.complete(&mut tx).await?;
    if let Some((work, ended)) = going_on {
        go_on(&mut tx, (job.run, job.orgnr), &work, ended).await.map_err(not_enqueued)?;
    }
    tx.commit().await?;
    runs::settle(&mut *state.db.acquire().await?, Some(job.run)).await?;
    Ok(())
}
