//! Steps in the JSON encoding of OTLP: ids in hexadecimal digits, times in nanoseconds as text.

use std::time::{SystemTime, UNIX_EPOCH};

use config::TracesConfig;
use serde_json::{Value, json};
use services::trace::{FinishedStep, Kind, Value as Known};

use crate::wiring::BUILD;

/// What is said of this process in every request.
pub(super) fn resource(config: &TracesConfig, role: &str) -> Value {
    let own = [
        ("service.name", config.service.clone().unwrap_or_else(|| format!("lode-{role}"))),
        ("service.version", BUILD.version.to_owned()),
        ("process.pid", std::process::id().to_string()),
    ];
    let own = own.map(|(name, value)| (name.to_owned(), value));
    let given = config.resource.iter().filter(|(name, _)| own.iter().all(|(known, _)| known != name));
    let attributes: Vec<Value> =
        own.iter().chain(given).map(|(name, value)| json!({"key": name, "value": {"stringValue": value}})).collect();
    json!({ "attributes": attributes })
}

/// The body of a request to the collector.
pub(super) fn request(resource: &Value, steps: &[FinishedStep]) -> Value {
    let spans: Vec<Value> = steps.iter().map(span).collect();
    let scope = json!({ "name": "lode", "version": BUILD.version });
    json!({ "resourceSpans": [{ "resource": resource, "scopeSpans": [{ "scope": scope, "spans": spans }] }] })
}

fn span(step: &FinishedStep) -> Value {
    let (trace, id, parent) = step.context.ids();
    let kind = match step.kind {
        Kind::Server => 2,
        Kind::Client => 3,
        Kind::Consumer => 5,
    };
    let attributes: Vec<Value> = step
        .attributes
        .iter()
        .map(|(name, value)| {
            let value = match value {
                Known::Text(text) => json!({ "stringValue": text }),
                // As text, because a 64-bit integer is more than a number of JSON holds.
                Known::Number(number) => json!({ "intValue": number.to_string() }),
            };
            json!({ "key": name, "value": value })
        })
        .collect();
    let mut span = json!({
        "traceId": hex::encode(trace),
        "spanId": hex::encode(id),
        "name": step.name,
        "kind": kind,
        "startTimeUnixNano": nanoseconds(step.begun),
        "endTimeUnixNano": nanoseconds(step.ended),
        "attributes": attributes,
        "status": { "code": if step.has_failed { 2 } else { 0 } },
    });
    if let Some(parent) = parent {
        span["parentSpanId"] = hex::encode(parent).into();
    }
    span
}

fn nanoseconds(at: SystemTime) -> String {
    at.duration_since(UNIX_EPOCH).unwrap_or_default().as_nanos().to_string()
}
