//! The protocol: the body of a request, and an answer of any compatible server. What is not needed is not read, so that an unknown
//! field or an odd value elsewhere cannot make an answer unreadable.

use serde_json::{Value, json};

use crate::provider::{Provider, Structure};
use crate::request::{Message, Request, Role};

/// What came of an answer so far.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Received {
    pub text: String,
    pub refusal: String,
    pub finish_reason: Option<String>,
    pub input_tokens: Option<u64>,
    pub output_tokens: Option<u64>,
    /// The server said that this was all: a whole body, or `[DONE]`.
    pub is_whole: bool,
    /// It came in pieces.
    pub streamed: bool,
}

/// The messages as they are sent: the schema stands in the prompt where the server is not told of it otherwise.
pub(crate) fn messages(request: &Request, structure: Structure) -> Vec<Message> {
    let mut messages = request.messages.clone();
    if let Some(schema) = &request.schema
        && structure != Structure::JsonSchema
    {
        let text =
            format!("Answer with one JSON object and nothing else. It must match this JSON schema:\n{}", schema.text());
        let at = messages.iter().position(|message| message.role != Role::System).unwrap_or(messages.len());
        messages.insert(at, Message::new(Role::System, text));
    }
    messages
}

pub(crate) fn body(
    provider: &Provider,
    request: &Request,
    messages: &[Message],
    structure: Structure,
    max_tokens: u32,
    streams: bool,
) -> Value {
    let messages: Vec<Value> =
        messages.iter().map(|message| json!({"role": message.role.as_str(), "content": message.text})).collect();
    let mut body = json!({"model": provider.model, "messages": messages, "max_tokens": max_tokens, "temperature": 0, "stream": streams});
    if streams {
        body["stream_options"] = json!({"include_usage": true});
    }
    if let Some(schema) = &request.schema {
        match structure {
            Structure::JsonSchema => {
                body["response_format"] = json!({
                    "type": "json_schema",
                    "json_schema": {"name": schema.name(), "strict": true, "schema": schema.value()},
                });
            }
            Structure::JsonObject => body["response_format"] = json!({"type": "json_object"}),
            Structure::Plain => {}
        }
    }
    body
}

/// Reads a whole answer.
pub(crate) fn whole(body: &[u8]) -> Result<Received, String> {
    let value: Value = serde_json::from_slice(body).map_err(|error| format!("no JSON: {error}"))?;
    let mut received = Received { is_whole: true, ..Received::default() };
    if !take(&value, "message", &mut received) {
        return Err(said(&value).unwrap_or_else(|| "it has no choices".to_owned()));
    }
    Ok(received)
}

/// Takes what one piece of a stream (`delta`) or a whole answer (`message`) says; false when it has no choice in it.
pub(crate) fn take(value: &Value, part: &str, received: &mut Received) -> bool {
    let tokens = |name: &str| value.pointer(&format!("/usage/{name}")).and_then(Value::as_u64);
    received.input_tokens = tokens("prompt_tokens").or(received.input_tokens);
    received.output_tokens = tokens("completion_tokens").or(received.output_tokens);
    let Some(choice) = value.pointer("/choices/0") else { return false };
    if let Some(text) = choice.pointer(&format!("/{part}/content")).and_then(Value::as_str) {
        received.text.push_str(text);
    }
    if let Some(text) = choice.pointer(&format!("/{part}/refusal")).and_then(Value::as_str) {
        received.refusal.push_str(text);
    }
    if let Some(reason) = choice.get("finish_reason").and_then(Value::as_str) {
        received.finish_reason = Some(reason.to_owned());
    }
    true
}

/// What an error's body says, shortened; never more than a line.
pub(crate) fn detail(body: &[u8]) -> String {
    let text = serde_json::from_slice::<Value>(body)
        .ok()
        .and_then(|value| said(&value))
        .unwrap_or_else(|| String::from_utf8_lossy(body).into_owned());
    let line: String = text.split_whitespace().collect::<Vec<_>>().join(" ");
    line.chars().take(300).collect()
}

fn said(value: &Value) -> Option<String> {
    ["/error/message", "/error", "/message", "/detail"]
        .iter()
        .find_map(|pointer| value.pointer(pointer).and_then(Value::as_str))
        .map(str::to_owned)
}

/// Whether a refusal is about the way that structure was asked for.
pub(crate) fn is_about_structure(detail: &str) -> bool {
    let lower = detail.to_lowercase();
    ["response_format", "json_schema", "json_object", "structured", "schema", "grammar"]
        .iter()
        .any(|word| lower.contains(word))
}

/// Whether a refusal is about streaming or its options.
pub(crate) fn is_about_streaming(detail: &str) -> bool {
    detail.to_lowercase().contains("stream")
}
