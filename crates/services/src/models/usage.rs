//! Which models there are and what they have cost, for people.

use std::collections::HashMap;

use store::PgPool;
use store::model_calls::{self, Usage};
use store::model_providers::{self, Probed};
use uuid::Uuid;

use super::{Models, is_of};
use crate::error::Result;

/// A model as people see it.
#[derive(Clone, Debug)]
pub struct ModelView {
    /// The provider's name.
    pub name: String,
    /// The model's.
    pub model: String,
    /// Address, without credentials.
    pub base_url: String,
    /// Whether a key is set.
    pub has_key: bool,
    /// Price of a million input tokens, in millionths.
    pub input_price: i64,
    /// Price of a million output tokens.
    pub output_price: i64,
    /// Tokens of question and answer together.
    pub context_tokens: u32,
    /// Most tokens of an answer.
    pub max_output_tokens: u32,
    /// The last look at it as it is now.
    pub seen: Option<Probed>,
}

/// Every model of the settings with the last look at it.
///
/// # Errors
/// When the database does not answer.
pub async fn models(models: &Models) -> Result<Vec<ModelView>> {
    let seen = model_providers::all(&mut *models.db.acquire().await?).await?;
    let view = models.providers().map(|provider| ModelView {
        name: provider.name.clone(),
        model: provider.model.clone(),
        base_url: config::without_credentials(&provider.base_url),
        has_key: provider.api_key.is_some(),
        input_price: provider.input_price,
        output_price: provider.output_price,
        context_tokens: provider.context_tokens,
        max_output_tokens: provider.max_output_tokens,
        seen: seen.iter().find(|seen| is_of(seen, provider)).cloned(),
    });
    Ok(view.collect())
}

/// A provider and its model by their names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Named {
    /// The provider's name.
    pub provider: String,
    /// The model's.
    pub model: String,
}

/// The provider of this name.
///
/// # Errors
/// There is none; the error names those that there are.
pub fn named(models: &Models, name: &str) -> Result<Named> {
    let found = models.provider(name).ok_or_else(|| models.missing(name))?;
    Ok(Named { provider: found.name.clone(), model: found.model.clone() })
}

/// What is spent of the month's limit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Spending {
    /// Spent and set aside in this month (UTC), in millionths.
    pub spent: i64,
    /// The limit.
    pub limit: i64,
    /// What a run may cost where nobody says otherwise.
    pub run_limit: i64,
    /// The currency.
    pub currency: String,
}

/// What is spent of the month's limit.
///
/// # Errors
/// When the database does not answer.
pub async fn spending(models: &Models) -> Result<Spending> {
    Ok(Spending {
        spent: model_calls::spent_this_month(&mut *models.db.acquire().await?).await?,
        limit: models.monthly_limit,
        run_limit: models.run_limit,
        currency: models.currency.clone(),
    })
}

/// What runs have used; one without calls is left out.
///
/// # Errors
/// When the database does not answer.
pub async fn run_usage(db: &PgPool, runs: &[Uuid]) -> Result<HashMap<Uuid, Usage>> {
    let purposes: Vec<String> = runs.iter().map(|run| format!("run:{run}")).collect();
    let used = model_calls::usage(&mut *db.acquire().await?, &purposes).await?;
    let run_of = |purpose: &str| purpose.strip_prefix("run:").and_then(|id| Uuid::parse_str(id).ok());
    Ok(used.into_iter().filter_map(|(purpose, usage)| Some((run_of(&purpose)?, usage))).collect())
}
