//! What a provider can do, found out by asking it: three short calls.

use std::sync::Arc;

use serde_json::json;
use tokio_util::sync::CancellationToken;

use crate::budget::Budget;
use crate::client::{Client, Patience};
use crate::error::CallError;
use crate::gate::Gate;
use crate::ledger::{Ledger, MemoryLedger, Outcome};
use crate::provider::{Abilities, Provider};
use crate::request::{Message, Request, Role};
use crate::structure::Schema;

/// Finds out the strictest structure that the server takes, whether it keeps to it, whether it streams, and whether it tells usage.
///
/// The schema allows one word, and the prompt asks for another: a server that gives the other takes the schema and does not enforce it.
/// The calls are reserved in the budget; they go to `ledger` too.
///
/// # Errors
/// When the server cannot be asked at all.
pub async fn probe(
    provider: &Provider,
    gate: Arc<dyn Gate>,
    budget: Arc<dyn Budget>,
    ledger: &dyn Ledger,
    cancel: &CancellationToken,
) -> Result<Abilities, CallError> {
    let seen = Arc::new(MemoryLedger::default());
    let unknown = Provider { abilities: None, ..provider.clone() };
    let patience = Patience { tries: 2, ..Patience::default() };
    let client = Client::new(unknown, gate, budget, seen.clone(), patience)
        .map_err(|error| CallError::Unreachable(error.to_string()))?;
    let schema = json!({
        "type": "object", "properties": {"word": {"type": "string", "enum": ["lode-7"]}}, "required": ["word"], "additionalProperties": false,
    });
    let schema = Schema::new("probe", schema).map_err(CallError::Malformed)?;
    let request = Request {
        messages: vec![Message::new(Role::User, "Answer with the JSON object {\"word\": \"other\"} and nothing else.")],
        schema: Some(schema),
        max_tokens: 64,
        prompt_version: "probe@1".to_owned(),
        purpose: "probe".to_owned(),
        subject: Some(provider.name.clone()),
        dossier_sha256: None,
    };
    let asked = client.ask(&request, cancel).await;
    let calls = seen.calls();
    for call in &calls {
        ledger.record(call.clone()).await;
    }
    match asked {
        Ok(_)
        | Err(
            CallError::WrongShape(_) | CallError::Truncated { .. } | CallError::Declined(_) | CallError::Malformed(_),
        ) => {}
        Err(error) => return Err(error),
    }
    let first = calls.iter().find(|call| call.status == Some(200));
    Ok(Abilities {
        structure: client.structure(),
        is_enforced: first.is_some_and(|call| call.outcome == Outcome::Answered),
        streams: client.streams(),
        reports_usage: calls.iter().any(|call| call.output_tokens.is_some_and(|tokens| tokens > 0)),
    })
}
