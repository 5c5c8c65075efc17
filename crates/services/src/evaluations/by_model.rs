//! A model on a golden set: asked as in a run, its calls limited and recorded like all others.

use std::time::Instant;

use artifacts::Artifacts;
use chrono::{DateTime, Utc};
use domain::analysis::Draft;
use domain::analysis::evaluation::{Answered, Case, EvaluationSet, cases, checked, evaluate_model};
use futures::{StreamExt, TryStreamExt, stream};
use llm::{CallError, Client};
use sha2::{Digest, Sha256};
use store::{PgPool, model_calls};
use tokio_util::sync::CancellationToken;
use uuid::Uuid;

use super::{Evaluated, Outcome};
use crate::analyses::{Question, room_for};
use crate::error::{Result, ServiceError};
use crate::models::{Models, probe, put};

/// Has a model write about every company of a set and checks each sentence. What it costs counts for the month's limit, under the purpose
/// `eval:<id>`.
///
/// # Errors
/// The template asks a model nothing; there is no such provider, or it cannot be reached or refuses us; the month's limit is reached; a
/// company of the set cannot be read; somebody cancelled.
pub async fn by_model(
    models: &Models,
    (db, artifacts): (&PgPool, &Artifacts),
    provider: &str,
    set: &EvaluationSet,
    evaluated: &Evaluated,
    now: DateTime<Utc>,
    cancel: &CancellationToken,
) -> Result<Outcome> {
    let template = &evaluated.template;
    if template.questions.is_none() {
        let message = format!("the template “{}” asks a model nothing; use one with questions", evaluated.name);
        return Err(ServiceError::input("/template", message));
    }
    if models.provider(provider).is_some() && models.ready(provider).await.is_err() {
        // Nobody asked yet what it can do, or it did not answer then.
        probe(models, provider, cancel).await?;
    }
    models.ready(provider).await?;
    let client = models.client(provider).await?;
    let version = match &evaluated.saved {
        Some((id, version)) => format!("{id}@{version}"),
        None => evaluated.name.clone(),
    };
    let purpose = format!("eval:{}", Uuid::new_v4());
    let question =
        Question { provider, purpose: purpose.clone(), template_name: version, template, language: set.language };
    let room = room_for(client.provider(), question.max_tokens(client.provider())?);
    let hash = |text: &str| hex::encode(Sha256::digest(text.as_bytes()));
    let cases =
        cases(set, template, room, hash, now).map_err(|error| ServiceError::input(error.pointer, error.message))?;
    let one = Asking { client: &client, artifacts, question: &question, cancel };
    let begun = Instant::now();
    let answers: Vec<(Answered, f64)> = stream::iter(cases.iter().map(|case| one.ask(case)))
        .buffered(client.provider().at_once.max(1))
        .try_collect()
        .await?;
    tracing::info!(seconds = begun.elapsed().as_secs_f64(), companies = cases.len(), "a golden set was asked");
    let taken: f64 = answers.iter().map(|(_, milliseconds)| milliseconds).sum();
    let answers: Vec<Answered> = answers.into_iter().map(|(answer, _)| answer).collect();
    let evaluation = evaluate_model(&cases, &answers, template);
    let latency_ms = (taken / evaluation.companies.max(1) as f64 * 1e3).round() / 1e3;
    let used = model_calls::usage(&mut *db.acquire().await?, std::slice::from_ref(&purpose)).await?;
    let cost = used.first().map_or(0, |(_, usage)| usage.cost);
    let calls = used.first().map_or(0, |(_, usage)| usage.calls);
    let method = format!("{provider}/{}", client.provider().model);
    Ok(Outcome { evaluation, latency_ms, method, cost, calls })
}

/// What the questions of one evaluation share.
struct Asking<'a> {
    client: &'a Client,
    artifacts: &'a Artifacts,
    question: &'a Question<'a>,
    cancel: &'a CancellationToken,
}

impl Asking<'_> {
    /// The checked answer about one company, and how many milliseconds it took.
    async fn ask(&self, case: &Case) -> Result<(Answered, f64)> {
        let begun = Instant::now();
        let answered = self.answered(case).await?;
        Ok((answered, begun.elapsed().as_secs_f64() * 1e3))
    }

    async fn answered(&self, case: &Case) -> Result<Answered> {
        if case.dossier.is_empty() {
            return Ok(Answered::Nothing("neither figures nor pages are known".to_owned()));
        }
        let dossier = &case.dossier.dossier;
        let sha256 = put(self.artifacts, serde_json::to_string(dossier).map_err(anyhow::Error::from)?).await?;
        let (_, request) = self.question.request(self.client.provider(), &case.orgnr, dossier, &sha256)?;
        let answer = match self.client.ask(&request, self.cancel).await {
            Ok(answer) => answer,
            Err(error) => return of_error(error),
        };
        Ok(match serde_json::from_value::<Draft>(answer.value.unwrap_or_default()) {
            Ok(draft) => {
                let Question { language, template, .. } = self.question;
                Answered::Report(Box::new(checked(case, &draft, &sha256, *language, template)))
            }
            Err(error) => Answered::WrongShape(error.to_string()),
        })
    }
}

/// What an answer that did not come means: counted for the company, or the end of the evaluation.
fn of_error(error: CallError) -> Result<Answered> {
    match &error {
        CallError::WrongShape(_) | CallError::Malformed(_) => Ok(Answered::WrongShape(error.to_string())),
        CallError::Truncated { .. }
        | CallError::Filtered
        | CallError::Declined(_)
        | CallError::Cut
        | CallError::TimedOut(_)
        | CallError::ServerFailed { .. } => Ok(Answered::Nothing(error.to_string())),
        // These would be the same for every company, and a result of them would say nothing of the model.
        CallError::OverBudget(_)
        | CallError::BudgetUnavailable(_)
        | CallError::Cancelled
        | CallError::Unreachable(_)
        | CallError::TooManyRequests { .. }
        | CallError::Refused { .. } => Err(ServiceError::Unavailable(error.to_string())),
    }
}
