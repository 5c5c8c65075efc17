//! How an analysis of a run came about: the dossier, what was sent, what came, what it cost.

use artifacts::Artifacts;
use domain::orgnr::Orgnr;
use serde_json::Value;
use store::model_calls::{self, StoredCall};
use store::{PgPool, analyses, runs};
use uuid::Uuid;

use super::dossier::read_text;
use crate::actor::Actor;
use crate::error::{Result, ServiceError};

/// Bytes of one text that is shown.
const MOST_BYTES: usize = 1 << 20;

/// A call with its texts.
#[derive(Clone, Debug)]
pub struct TracedCall {
    /// The record.
    pub call: StoredCall,
    /// The messages as they were sent; `None` where the store has them no more.
    pub prompt: Option<String>,
    /// The answer as it came.
    pub answer: Option<String>,
}

/// Everything about one company of a run.
#[derive(Clone, Debug)]
pub struct Trace {
    /// The dossier of the last call, as `lode evidence check` reads it.
    pub dossier: Option<Value>,
    /// The calls, in their order.
    pub calls: Vec<TracedCall>,
    /// What they cost together, in millionths.
    pub cost: i64,
    /// What was kept.
    pub result: Option<Value>,
}

/// How a run's analysis of a company came about.
///
/// # Errors
/// No such run that the person may see; the database or the artifact store does not answer.
pub async fn trace(db: &PgPool, artifacts: &Artifacts, actor: &Actor, run: Uuid, orgnr: Orgnr) -> Result<Trace> {
    let (stored, result) = {
        let mut conn = db.acquire().await?;
        let missing = || ServiceError::Missing(format!("there is no run {run} that you can see"));
        runs::find(&mut conn, run, actor.user).await?.ok_or_else(missing)?;
        let stored = model_calls::of_subject(&mut conn, &format!("run:{run}"), &orgnr.to_string()).await?;
        (stored, analyses::of_run(&mut conn, run, orgnr).await?.map(|found| found.result))
    };
    let text = async |sha256: &Option<String>| match sha256 {
        Some(sha256) => read_text(artifacts, sha256, MOST_BYTES).await.map_err(ServiceError::Internal),
        None => Ok(None),
    };
    let dossier = match stored.iter().rev().find_map(|call| call.dossier_sha256.clone()) {
        Some(sha256) => text(&Some(sha256)).await?.and_then(|text| serde_json::from_str(&text).ok()),
        None => None,
    };
    let cost = stored.iter().map(|call| call.cost).sum();
    let mut calls = Vec::with_capacity(stored.len());
    for call in stored {
        let (prompt, answer) = (text(&call.prompt_sha256).await?, text(&call.answer_sha256).await?);
        calls.push(TracedCall { call, prompt, answer });
    }
    Ok(Trace { dossier, calls, cost, result })
}
