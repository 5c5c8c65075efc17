//! What a run would send and cost, before anything is sent.

use artifacts::Artifacts;
use domain::orgnr::Orgnr;
use llm::Provider;
use store::{PgPool, model_calls};

use super::ask::{AskError, Prepared, Question};
use super::dossier::MadeDossier;
use crate::error::Result;
use crate::models::Models;

/// Companies whose dossiers an estimate makes.
const SAMPLE: usize = 12;
/// Bytes of a token in a mean text; a guess until calls were recorded.
const MEAN_BYTES_PER_TOKEN: u64 = 3;

/// What one company would be asked.
#[derive(Clone, Debug)]
pub struct Preview {
    /// The dossier.
    pub dossier: MadeDossier,
    /// The rules of the prompt.
    pub system: String,
    /// The question with the dossier.
    pub user: String,
    /// The schema that the answer must have.
    pub schema: serde_json::Value,
    /// Name and version of template and prompt.
    pub prompt_version: String,
    /// What the call may cost.
    pub cost: Cost,
}

/// What calls may cost, in millionths, and how large they are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Cost {
    /// Likely: by the calls that were recorded, or a guess from the length of the prompts and half the longest answer.
    pub expected: i64,
    /// At most, one call for each company: so much is set aside.
    pub most: i64,
    /// Companies of which something is known, each one call.
    pub calls: i64,
    /// Tokens of the prompts; a guess from their length.
    pub input_tokens: i64,
    /// Tokens of the answers at most.
    pub most_output_tokens: i64,
}

fn cost_of_one(prepared: &Prepared, provider: &Provider, mean: Option<f64>) -> Cost {
    let request = &prepared.request;
    let most = provider.cost(request.input_tokens_bound(), u64::from(request.max_tokens));
    let bytes = (prepared.prompt.system.len() + prepared.prompt.user.len()) as u64;
    let guess = provider.cost(bytes / MEAN_BYTES_PER_TOKEN, u64::from(request.max_tokens) / 2);
    #[allow(clippy::cast_possible_truncation, reason = "a mean of costs is far below the largest cost")]
    let expected = mean.map_or(guess, |mean| mean.ceil() as i64);
    let tokens = |count: u64| i64::try_from(count).unwrap_or(i64::MAX);
    Cost {
        expected: expected.min(most),
        most,
        calls: 1,
        input_tokens: tokens(bytes / MEAN_BYTES_PER_TOKEN),
        most_output_tokens: tokens(u64::from(request.max_tokens)),
    }
}

/// What a company would be asked, without asking.
///
/// # Errors
/// Nothing is known of the company; the template asks nothing; the database or the artifact store does not answer.
pub async fn preview(
    models: &Models,
    db: &PgPool,
    artifacts: &Artifacts,
    question: &Question<'_>,
    orgnr: Orgnr,
) -> Result<Preview> {
    let provider = provider(models, question)?;
    let prepared = question.prepare(db, artifacts, provider, orgnr).await?;
    let mean = mean(db, provider, question).await?;
    let cost = cost_of_one(&prepared, provider, mean);
    let schema = prepared.request.schema.as_ref().map_or(serde_json::Value::Null, |schema| schema.value().clone());
    Ok(Preview {
        system: prepared.prompt.system,
        user: prepared.prompt.user,
        schema,
        prompt_version: prepared.request.prompt_version,
        dossier: prepared.dossier,
        cost,
    })
}

/// What a run over these companies may cost, by the dossiers of a few of them spread over the list.
///
/// # Errors
/// The template asks nothing; the database or the artifact store does not answer.
pub async fn cost_of(
    models: &Models,
    db: &PgPool,
    artifacts: &Artifacts,
    question: &Question<'_>,
    orgnrs: &[Orgnr],
) -> Result<Cost> {
    let provider = provider(models, question)?;
    let mean = mean(db, provider, question).await?;
    let step = orgnrs.len().div_ceil(SAMPLE).max(1);
    let (mut sum, mut seen) = (Cost::default(), 0_u64);
    for orgnr in orgnrs.iter().step_by(step) {
        seen += 1;
        match question.prepare(db, artifacts, provider, *orgnr).await {
            Ok(prepared) => {
                let cost = cost_of_one(&prepared, provider, mean);
                sum.expected = sum.expected.saturating_add(cost.expected);
                sum.most = sum.most.saturating_add(cost.most);
                sum.calls += cost.calls;
                sum.input_tokens = sum.input_tokens.saturating_add(cost.input_tokens);
                sum.most_output_tokens = sum.most_output_tokens.saturating_add(cost.most_output_tokens);
            }
            // Nothing is asked of it, so it costs nothing.
            Err(AskError::NothingKnown) => {}
            Err(error) => return Err(error.into()),
        }
    }
    let scaled = |sum: i64| {
        let total = i128::from(sum) * orgnrs.len() as i128;
        i64::try_from(total / i128::from(seen.max(1))).unwrap_or(i64::MAX)
    };
    Ok(Cost {
        expected: scaled(sum.expected),
        most: scaled(sum.most),
        calls: scaled(sum.calls),
        input_tokens: scaled(sum.input_tokens),
        most_output_tokens: scaled(sum.most_output_tokens),
    })
}

fn provider<'a>(models: &'a Models, question: &Question<'_>) -> Result<&'a Provider> {
    models.provider(question.provider).ok_or_else(|| models.missing(question.provider))
}

async fn mean(db: &PgPool, provider: &Provider, question: &Question<'_>) -> Result<Option<f64>> {
    let version = question.prompt_version()?;
    Ok(model_calls::mean_cost(&mut *db.acquire().await?, &provider.name, &provider.model, &version).await?)
}
