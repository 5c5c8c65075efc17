//! Budgets and records of calls in Postgres, for all processes; what was sent and what came, in the artifact store.

use std::sync::Arc;
use std::time::Duration;

use artifacts::Artifacts;
use bytes::Bytes;
use llm::{Budget, Call, Later, Ledger, NotReserved, OverBudget, Provider, Reservation};
use sha2::{Digest, Sha256};
use store::PgPool;
use store::model_calls::{self, Ended, Exceeded, NewCall};

use super::Models;

/// How often a settlement or record is tried: an answer that is not written down would be paid again.
const TRIES: u32 = 20;
/// Pause between tries, at most.
const LONGEST_PAUSE: Duration = Duration::from_secs(3);

impl Models {
    /// Who keeps the money of a provider's calls, and who writes them down.
    pub(super) fn keepers(&self, provider: &Provider) -> (Arc<dyn Budget>, Arc<dyn Ledger>) {
        let keeper = Arc::new(Keeper {
            db: self.db.clone(),
            artifacts: self.artifacts.clone(),
            provider: provider.name.clone(),
            model: provider.model.clone(),
            monthly_limit: self.monthly_limit,
        });
        (keeper.clone(), keeper)
    }
}

/// Keeps the money and the records of one provider's calls.
struct Keeper {
    db: PgPool,
    artifacts: Artifacts,
    provider: String,
    model: String,
    monthly_limit: i64,
}

impl Budget for Keeper {
    fn reserve<'a>(&'a self, purpose: &'a str, amount: i64) -> Later<'a, Result<Reservation, NotReserved>> {
        Box::pin(async move {
            let call = NewCall {
                purpose,
                provider: &self.provider,
                model: &self.model,
                amount,
                monthly_limit: Some(self.monthly_limit),
            };
            match self.reserve_in_database(&call).await {
                Ok(Ok(id)) => Ok(Reservation { id: id.to_string(), purpose: purpose.to_owned(), amount }),
                Ok(Err(exceeded)) => {
                    Err(NotReserved::Over(OverBudget { limited: exceeded.name, left: exceeded.left, wanted: amount }))
                }
                Err(error) => Err(NotReserved::Unavailable(error.to_string())),
            }
        })
    }

    fn settle<'a>(&'a self, reservation: Reservation, cost: i64) -> Later<'a, ()> {
        Box::pin(async move {
            let Ok(id) = reservation.id.parse::<i64>() else { return };
            let settle = || async {
                let mut tx = self.db.begin().await?;
                model_calls::settle(&mut tx, id, cost).await?;
                tx.commit().await?;
                anyhow::Ok(())
            };
            again("the cost of a call", settle).await;
        })
    }
}

impl Ledger for Keeper {
    fn record<'a>(&'a self, call: Call) -> Later<'a, ()> {
        Box::pin(async move {
            let Ok(id) = call.reservation.parse::<i64>() else { return };
            again("a call", || self.write(id, &call)).await;
        })
    }
}

impl Keeper {
    async fn reserve_in_database(&self, call: &NewCall<'_>) -> sqlx::Result<Result<i64, Exceeded>> {
        let mut tx = self.db.begin().await?;
        let reserved = model_calls::reserve(&mut tx, call).await?;
        match &reserved {
            Ok(_) => tx.commit().await?,
            Err(_) => tx.rollback().await?,
        }
        Ok(reserved)
    }

    /// The artifacts before the row that names them.
    async fn write(&self, id: i64, call: &Call) -> anyhow::Result<()> {
        let prompt = put(&self.artifacts, call.prompt.clone()).await?;
        let answer = if call.answer.is_empty() { None } else { Some(put(&self.artifacts, call.answer.clone()).await?) };
        let tokens = |tokens: Option<u64>| tokens.and_then(|tokens| i64::try_from(tokens).ok());
        let name = |value: serde_json::Result<serde_json::Value>| {
            value.ok().and_then(|value| value.as_str().map(str::to_owned)).unwrap_or_default()
        };
        let ended = Ended {
            subject: call.subject.clone(),
            prompt_version: call.prompt_version.clone(),
            dossier_sha256: call.dossier_sha256.clone(),
            structure: call.structure.map(|structure| name(serde_json::to_value(structure))),
            input_tokens: tokens(call.input_tokens),
            output_tokens: tokens(call.output_tokens),
            is_estimated: call.is_estimated,
            latency_ms: i64::try_from(call.latency.as_millis()).unwrap_or(i64::MAX),
            finish_reason: call.finish_reason.clone(),
            status: call.status.map(i32::from),
            outcome: name(serde_json::to_value(call.outcome)),
            prompt_sha256: Some(prompt),
            answer_sha256: answer,
        };
        model_calls::end(&mut *self.db.acquire().await?, id, &ended).await?;
        Ok(())
    }
}

/// Keeps a text in the artifact store; returns its hash.
pub(crate) async fn put(artifacts: &Artifacts, text: String) -> anyhow::Result<String> {
    let sha256 = hex::encode(Sha256::digest(text.as_bytes()));
    artifacts.put(&sha256, Bytes::from(text)).await?;
    Ok(sha256)
}

/// Tries until it is written: databases come back. What is given up stays with what was set aside as its cost.
async fn again<F: Future<Output = anyhow::Result<()>>>(what: &str, write: impl Fn() -> F) {
    for attempt in 1..=TRIES {
        match write().await {
            Ok(()) => return,
            Err(error) if attempt == TRIES => tracing::error!(%error, "{what} could not be written down"),
            Err(error) => {
                tracing::warn!(%error, "{what} could not be written down; it is tried again");
                tokio::time::sleep(Duration::from_millis(100).saturating_mul(1 << attempt.min(5)).min(LONGEST_PAUSE))
                    .await;
            }
        }
    }
}
