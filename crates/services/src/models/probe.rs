//! Asks a provider what it can do, and keeps the answer.

use chrono::{DateTime, Duration, Utc};
use config::without_credentials;
use jobs::probe_models::ProbeModels;
use serde_json::json;
use store::audit;
use store::model_providers::{self, Probed};
use tokio_util::sync::CancellationToken;

use super::{Models, is_of};
use crate::actor::Actor;
use crate::error::{Result, ServiceError};

/// How long a look at a provider that answered counts.
const FRESH: Duration = Duration::hours(24);
/// How long a look at one that did not.
const PAUSE: Duration = Duration::minutes(10);

/// The providers at which nobody looked since they were changed, or long ago.
///
/// # Errors
/// When the database does not answer.
pub async fn due(models: &Models, now: DateTime<Utc>) -> Result<Vec<String>> {
    let seen = model_providers::all(&mut *models.db.acquire().await?).await?;
    let is_fresh = |probed: &Probed| {
        let counts = if probed.abilities.is_some() { FRESH } else { PAUSE };
        now.signed_duration_since(probed.probed_at) < counts
    };
    let due = models.providers().filter(|provider| !seen.iter().any(|seen| is_of(seen, provider) && is_fresh(seen)));
    Ok(due.map(|provider| provider.name.clone()).collect())
}

/// Has a worker ask a provider what it can do, as soon as one is free.
///
/// # Errors
/// No such provider; the database does not answer.
pub async fn ask_again(models: &Models, actor: &Actor, name: &str) -> Result<()> {
    models.provider(name).ok_or_else(|| models.missing(name))?;
    let mut tx = models.db.begin().await?;
    queue::enqueue(&mut tx, &ProbeModels { names: vec![name.to_owned()] }).await?;
    let event = actor.event("model.probe").about("model", name);
    audit::record(&mut tx, &event.with(json!({ "name": name }))).await?;
    tx.commit().await?;
    Ok(())
}

/// Asks a provider what it can do, by a few short calls that are paid and recorded like all others, and keeps what was seen.
///
/// # Errors
/// No such provider; the database does not answer. A provider that cannot be asked is no error: that is what was seen.
pub async fn probe(models: &Models, name: &str, cancel: &CancellationToken) -> Result<Probed> {
    let provider = models.provider(name).ok_or_else(|| models.missing(name))?;
    let (budget, ledger) = models.keepers(provider);
    let asked = llm::probe(provider, models.gate.clone(), budget, ledger.as_ref(), cancel).await;
    let abilities = match &asked {
        Ok(abilities) => Some(serde_json::to_value(abilities).map_err(|error| ServiceError::Internal(error.into()))?),
        Err(_) => None,
    };
    let probed = Probed {
        name: provider.name.clone(),
        base_url: without_credentials(&provider.base_url),
        model: provider.model.clone(),
        abilities,
        error: asked.err().map(|error| error.to_string()),
        probed_at: Utc::now(),
    };
    model_providers::keep(&mut *models.db.acquire().await?, &probed).await?;
    Ok(probed)
}
