//! One HTTP request and what came of it, without any second try.

use std::time::Duration;

use futures::StreamExt;
use reqwest::header::{HeaderMap, RETRY_AFTER};
use serde_json::Value;
use tokio::time::{Instant, timeout_at};

use crate::provider::Provider;
use crate::stream::Events;
use crate::trace::{self, Kind, Step, TraceContext};
use crate::wire::{self, Received};

/// Why one request gave no answer.
#[derive(Debug)]
pub(crate) enum Failure {
    /// The server answered with another status than 2xx.
    Status { status: u16, retry_after: Option<Duration>, detail: String },
    /// Nothing came in time.
    TimedOut,
    /// No connection.
    Unreachable(String),
    /// The connection ended inside the answer; what came so far.
    Cut(Received),
    /// Not an answer of the protocol.
    Malformed(String),
}

impl Failure {
    /// Which of them it is, in a word.
    fn code(&self) -> &'static str {
        match self {
            Self::Status { .. } => "status",
            Self::TimedOut => "timeout",
            Self::Unreachable(_) => "unreachable",
            Self::Cut(_) => "cut",
            Self::Malformed(_) => "malformed",
        }
    }
}

/// Largest answer that is read.
const LARGEST: usize = 16 << 20;

/// Sends the request and reads the answer, as a step of the trace that it belongs to. Dropping the future closes the connection.
pub(crate) async fn send(client: &reqwest::Client, provider: &Provider, body: &Value) -> Result<Received, Failure> {
    let Some(context) = trace::current().map(TraceContext::next) else {
        return ask(client, provider, body, None).await;
    };
    let mut step = Step::begin(context, Kind::Client, || format!("chat {}", provider.model));
    step.note("gen_ai.operation.name", || "chat");
    step.note("gen_ai.request.model", || provider.model.clone());
    step.note("lode.model.provider", || provider.name.clone());
    let received = ask(client, provider, body, Some(context)).await;
    let tokens = |count: Option<u64>| count.and_then(|count| i64::try_from(count).ok());
    match &received {
        Ok(received) => {
            let (input, output) = (tokens(received.input_tokens), tokens(received.output_tokens));
            for (name, count) in [("gen_ai.usage.input_tokens", input), ("gen_ai.usage.output_tokens", output)] {
                if let Some(count) = count {
                    step.note(name, || count);
                }
            }
        }
        Err(failure) => {
            step.fail();
            // What the server said of it may repeat what it was asked.
            step.note("error.type", || failure.code());
            if let Failure::Status { status, .. } = failure {
                step.note("http.response.status_code", || i64::from(*status));
            }
        }
    }
    received
}

async fn ask(
    client: &reqwest::Client,
    provider: &Provider,
    body: &Value,
    context: Option<TraceContext>,
) -> Result<Received, Failure> {
    let ends = Instant::now() + provider.time_limit;
    let mut request = client.post(format!("{}/chat/completions", provider.base_url)).json(body);
    if let Some(key) = &provider.api_key {
        request = request.bearer_auth(key);
    }
    if let Some(context) = context {
        request = request.header(trace::HEADER, context.to_string());
    }
    let answer = match timeout_at(ends, request.send()).await {
        Err(_) => return Err(Failure::TimedOut),
        Ok(Err(error)) if error.is_timeout() => return Err(Failure::TimedOut),
        Ok(Err(error)) if error.is_connect() => return Err(Failure::Unreachable(short(&error))),
        Ok(Err(_)) => return Err(Failure::Cut(Received::default())),
        Ok(Ok(answer)) => answer,
    };
    let status = answer.status();
    if !status.is_success() {
        let retry_after = retry_after(answer.headers());
        let bytes = timeout_at(ends, answer.bytes()).await.ok().and_then(Result::ok).unwrap_or_default();
        return Err(Failure::Status { status: status.as_u16(), retry_after, detail: wire::detail(&bytes) });
    }
    let is_stream = answer
        .headers()
        .get("content-type")
        .and_then(|value| value.to_str().ok())
        .is_some_and(|value| value.starts_with("text/event-stream"));
    if is_stream { read_stream(answer, provider, ends).await } else { read_whole(answer, provider, ends).await }
}

/// The error without the address, which can hold a key.
fn short(error: &reqwest::Error) -> String {
    let mut cause: &dyn std::error::Error = error;
    while let Some(deeper) = cause.source() {
        cause = deeper;
    }
    cause.to_string()
}

/// The next piece of a body; `Ok(None)` at its end.
async fn piece<S>(stream: &mut S, provider: &Provider, ends: Instant) -> Result<Option<bytes::Bytes>, Option<Failure>>
where
    S: futures::Stream<Item = reqwest::Result<bytes::Bytes>> + Unpin,
{
    let silent = (Instant::now() + provider.silence_limit).min(ends);
    match timeout_at(silent, stream.next()).await {
        Err(_) => Err(Some(Failure::TimedOut)),
        Ok(None) => Ok(None),
        Ok(Some(Ok(bytes))) => Ok(Some(bytes)),
        Ok(Some(Err(_))) => Err(None),
    }
}

async fn read_whole(answer: reqwest::Response, provider: &Provider, ends: Instant) -> Result<Received, Failure> {
    let mut stream = Box::pin(answer.bytes_stream());
    let mut body = Vec::new();
    loop {
        match piece(&mut stream, provider, ends).await {
            Ok(None) => break,
            Ok(Some(bytes)) => body.extend_from_slice(&bytes),
            Err(failure) => return Err(failure.unwrap_or_else(|| Failure::Cut(Received::default()))),
        }
        if body.len() > LARGEST {
            return Err(Failure::Malformed("it is larger than 16 MB".to_owned()));
        }
    }
    wire::whole(&body).map_err(Failure::Malformed)
}

async fn read_stream(answer: reqwest::Response, provider: &Provider, ends: Instant) -> Result<Received, Failure> {
    let mut stream = Box::pin(answer.bytes_stream());
    let mut events = Events::default();
    let mut received = Received { streamed: true, ..Received::default() };
    loop {
        let bytes = match piece(&mut stream, provider, ends).await {
            Ok(Some(bytes)) => bytes,
            // Without `[DONE]` only a stated end is an end.
            Ok(None)
                if received.is_whole || received.finish_reason.as_deref().is_some_and(|reason| !reason.is_empty()) =>
            {
                received.is_whole = true;
                return Ok(received);
            }
            Ok(None) | Err(None) => return Err(Failure::Cut(received)),
            Err(Some(failure)) => return Err(failure),
        };
        for data in events.push(&bytes).map_err(Failure::Malformed)? {
            if data == "[DONE]" {
                received.is_whole = true;
                return Ok(received);
            }
            let value: Value = serde_json::from_str(&data)
                .map_err(|error| Failure::Malformed(format!("an event is no JSON: {error}")))?;
            if let Some(error) = value.get("error").filter(|error| !error.is_null()) {
                return Err(Failure::Status {
                    status: 500,
                    retry_after: None,
                    detail: wire::detail(error.to_string().as_bytes()),
                });
            }
            wire::take(&value, "delta", &mut received);
        }
        if received.text.len() > LARGEST {
            return Err(Failure::Malformed("it is larger than 16 MB".to_owned()));
        }
    }
}

/// `Retry-After` in seconds, or `retry-after-ms` as some servers send it. A date is left aside: it needs a clock that agrees.
fn retry_after(headers: &HeaderMap) -> Option<Duration> {
    let number = |name: &str| {
        headers.get(name)?.to_str().ok()?.trim().parse::<f64>().ok().filter(|value| (0.0..86_400_000.0).contains(value))
    };
    number("retry-after-ms")
        .map(|milliseconds| Duration::from_secs_f64(milliseconds / 1000.0))
        .or_else(|| number(RETRY_AFTER.as_str()).map(Duration::from_secs_f64))
}
