//! Models that write: which there are, what they may cost, and what they were seen to be able to do.

mod budget;
mod probe;
mod usage;

use std::sync::Arc;
use std::time::Duration;

use artifacts::Artifacts;
use chrono::{DateTime, Utc};
use config::{Config, ModelProvider, without_credentials};
use llm::{Abilities, Client, Gate, LocalGate, Patience, Provider, RedisGate};
use store::PgPool;
use store::model_providers::{self, Probed};
use tokio::sync::Mutex;

pub(crate) use budget::put;
pub use probe::{ask_again, due, probe};
pub use store::model_calls::Usage;
pub use usage::{ModelView, Named, Spending, models, named, run_usage, spending};

use crate::error::{Result, ServiceError};

/// A client and the look at the provider that it was made by.
type Made = (Option<DateTime<Utc>>, Arc<Client>);

/// Every model of the settings, for one process.
pub struct Models {
    entries: Vec<Entry>,
    db: PgPool,
    artifacts: Artifacts,
    gate: Arc<dyn Gate>,
    monthly_limit: i64,
    run_limit: i64,
    currency: String,
}

struct Entry {
    provider: Provider,
    client: Mutex<Option<Made>>,
}

fn provider_of(settings: &ModelProvider) -> Provider {
    let mut provider = Provider::new(&settings.name, &settings.base_url, &settings.model);
    provider.api_key.clone_from(&settings.api_key);
    (provider.input_price, provider.output_price) = (settings.input_price, settings.output_price);
    (provider.context_tokens, provider.max_output_tokens) = (settings.context_tokens, settings.max_output_tokens);
    provider.at_once = settings.at_once;
    provider.time_limit = Duration::from_secs(settings.time_limit_seconds);
    provider.silence_limit = provider.silence_limit.min(provider.time_limit);
    provider
}

impl Models {
    /// The models of the settings; nothing is called. Processes that share a Redis share the gates of their providers.
    #[must_use]
    pub fn new(config: &Config, redis: Option<redis::Client>, db: PgPool, artifacts: Artifacts) -> Self {
        let gate: Arc<dyn Gate> = match redis {
            Some(redis) => Arc::new(RedisGate::new(redis)),
            None => Arc::new(LocalGate::default()),
        };
        let settings = &config.models;
        let entry = |settings| Entry { provider: provider_of(settings), client: Mutex::default() };
        Self {
            entries: settings.providers.iter().map(entry).collect(),
            db,
            artifacts,
            gate,
            monthly_limit: settings.monthly_limit,
            run_limit: settings.run_limit,
            currency: settings.currency.clone(),
        }
    }

    /// The providers, in the order of the settings.
    pub fn providers(&self) -> impl Iterator<Item = &Provider> {
        self.entries.iter().map(|entry| &entry.provider)
    }

    /// The provider of this name.
    #[must_use]
    pub fn provider(&self, name: &str) -> Option<&Provider> {
        self.providers().find(|provider| provider.name == name)
    }

    /// What all calls of a month may cost, in millionths.
    #[must_use]
    pub fn monthly_limit(&self) -> i64 {
        self.monthly_limit
    }

    /// What a run may cost where nobody says otherwise, in millionths.
    #[must_use]
    pub fn run_limit(&self) -> i64 {
        self.run_limit
    }

    /// The currency of prices, limits and costs.
    #[must_use]
    pub fn currency(&self) -> &str {
        &self.currency
    }

    /// The client of a provider, made by what it was last seen to be able to do.
    ///
    /// # Errors
    /// No such provider; the database does not answer.
    pub async fn client(&self, name: &str) -> Result<Arc<Client>> {
        let entry = self.entries.iter().find(|entry| entry.provider.name == name);
        let entry = entry.ok_or_else(|| self.missing(name))?;
        let seen = self.seen(&entry.provider).await?;
        let probed_at = seen.as_ref().map(|seen| seen.probed_at);
        let mut made = entry.client.lock().await;
        if let Some((at, client)) = made.as_ref()
            && *at == probed_at
        {
            return Ok(client.clone());
        }
        let abilities: Option<Abilities> =
            seen.and_then(|seen| seen.abilities).and_then(|abilities| serde_json::from_value(abilities).ok());
        let provider = Provider { abilities, ..entry.provider.clone() };
        let (budget, ledger) = self.keepers(&provider);
        let client = Client::new(provider, self.gate.clone(), budget, ledger, Patience::default())
            .map_err(|error| ServiceError::Internal(error.into()))?;
        let client = Arc::new(client);
        *made = Some((probed_at, client.clone()));
        Ok(client)
    }

    /// The provider that a run asks for, ready to be called: the named one, or the only one.
    ///
    /// # Errors
    /// There is none of this name, or several and none is named; it was not reached when it was last asked.
    pub async fn ready(&self, name: &str) -> Result<&Provider> {
        let provider = self.provider(name).ok_or_else(|| self.missing(name))?;
        match self.seen(provider).await? {
            Some(Probed { abilities: Some(_), .. }) => Ok(provider),
            Some(Probed { error, .. }) => Err(ServiceError::Conflict(format!(
                "the model “{name}” could not be reached when it was last asked ({}); mend it and ask it again: \
                 POST /api/admin/models/{name}/probe",
                error.unwrap_or_else(|| "no reason was told".to_owned())
            ))),
            None => Err(ServiceError::Conflict(format!(
                "the model “{name}” was not asked yet what it can do; a worker does so within a minute, or POST /api/admin/models/{name}/probe"
            ))),
        }
    }

    /// The first provider of the settings that can write now.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn first_ready(&self) -> Result<Option<&Provider>> {
        if self.entries.is_empty() {
            return Ok(None);
        }
        let seen = model_providers::all(&mut *self.db.acquire().await?).await?;
        Ok(self.providers().find(|provider| seen.iter().any(|seen| is_of(seen, provider) && seen.abilities.is_some())))
    }

    /// Whether any model can write now.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn is_any_ready(&self) -> Result<bool> {
        Ok(self.first_ready().await?.is_some())
    }

    /// The last look at a provider as it is now: another address or model is another provider.
    async fn seen(&self, provider: &Provider) -> Result<Option<Probed>> {
        let all = model_providers::all(&mut *self.db.acquire().await?).await?;
        Ok(all.into_iter().find(|seen| is_of(seen, provider)))
    }

    pub(crate) fn missing(&self, name: &str) -> ServiceError {
        let names: Vec<&str> = self.providers().map(|provider| provider.name.as_str()).collect();
        let known = if names.is_empty() { "none is set up; see docs/analysis.md".to_owned() } else { names.join(", ") };
        ServiceError::input("/provider", format!("there is no model “{name}”: {known}"))
    }
}

fn is_of(seen: &Probed, provider: &Provider) -> bool {
    seen.name == provider.name
        && seen.model == provider.model
        && seen.base_url == without_credentials(&provider.base_url)
}
