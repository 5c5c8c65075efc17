//! A server that speaks the protocol of OpenAI-compatible models, and fails in every way that such servers were seen to fail.
//!
//! What it answers is scripted: one [`Act`] for each request in turn, then the last one again. `examples/model_server.rs` serves the
//! same as a program.

use std::net::{Ipv4Addr, SocketAddr};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use serde_json::{Value, json};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

/// What the server does with one request.
#[derive(Clone, Debug)]
pub enum Act {
    /// Answers with the text; `stop`, and usage.
    Say(String),
    /// Answers with the text and this `finish_reason`; `None` leaves the member out.
    End(String, Option<&'static str>),
    /// Answers with the text and no usage, or an empty one.
    WithoutUsage(String),
    /// Declines in the `refusal` member.
    Decline(String),
    /// Answers with a status, a `Retry-After`, and a message.
    Status(u16, Option<&'static str>, String),
    /// Refuses a request that asks for this `response_format`, and goes on to the next act otherwise.
    RefuseFormat(&'static str, Box<Act>),
    /// Takes a `json_schema` and answers with the first value that its first enumeration allows, as servers that enforce do.
    Enforce,
    /// Sends nothing and keeps the connection open.
    Hang,
    /// Begins to answer, and then sends nothing more.
    HangInside(String),
    /// Sends so many pieces and breaks the connection.
    Break(String, usize),
    /// Closes the stream after the text without `finish_reason` and `[DONE]`.
    Fade(String),
    /// Sends these bytes as the body of a 200.
    Raw(String),
    /// What the function makes of the request's body.
    Think(fn(&Value) -> String),
}

/// One request as it came in.
#[derive(Clone, Debug)]
pub struct ModelRequest {
    /// The body.
    pub body: Value,
    /// `Authorization`.
    pub authorization: Option<String>,
    /// The header `traceparent`.
    pub traceparent: Option<String>,
    /// Whether the other side closed the connection before the answer was whole.
    pub was_abandoned: bool,
}

#[derive(Default)]
struct Shared {
    script: Mutex<Vec<Act>>,
    requests: Mutex<Vec<ModelRequest>>,
}

/// The server; it stops when it is dropped.
pub struct ModelServer {
    address: SocketAddr,
    shared: Arc<Shared>,
    task: tokio::task::JoinHandle<()>,
}

impl Drop for ModelServer {
    fn drop(&mut self) {
        self.task.abort();
    }
}

fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl ModelServer {
    /// Starts on a free port of this machine.
    ///
    /// # Panics
    /// When no port can be had.
    pub async fn start(script: Vec<Act>) -> Self {
        Self::start_on(0, script).await
    }

    /// Starts on a port.
    ///
    /// # Panics
    /// When the port cannot be had.
    pub async fn start_on(port: u16, script: Vec<Act>) -> Self {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, port)).await.expect("a port for the model server");
        let address = listener.local_addr().expect("the address of the model server");
        let shared = Arc::new(Shared { script: Mutex::new(script), requests: Mutex::default() });
        let serving = shared.clone();
        let task = tokio::spawn(async move {
            while let Ok((connection, _)) = listener.accept().await {
                let shared = serving.clone();
                tokio::spawn(async move { serve(connection, &shared).await });
            }
        });
        Self { address, shared, task }
    }

    /// The base address, as a provider is configured with it.
    #[must_use]
    pub fn base_url(&self) -> String {
        format!("http://{}/v1", self.address)
    }

    /// Replaces the script.
    pub fn script(&self, script: Vec<Act>) {
        *lock(&self.shared.script) = script;
    }

    /// The requests so far.
    #[must_use]
    pub fn requests(&self) -> Vec<ModelRequest> {
        lock(&self.shared.requests).clone()
    }
}

async fn serve(mut connection: TcpStream, shared: &Shared) {
    while let Some((authorization, traceparent, body)) = read_request(&mut connection).await {
        let act = {
            let mut script = lock(&shared.script);
            if script.len() > 1 {
                script.remove(0)
            } else {
                script.first().cloned().unwrap_or(Act::Say("{}".to_owned()))
            }
        };
        let at = {
            let mut requests = lock(&shared.requests);
            requests.push(ModelRequest { body: body.clone(), authorization, traceparent, was_abandoned: false });
            requests.len() - 1
        };
        if !answer(&mut connection, &act, &body).await {
            lock(&shared.requests)[at].was_abandoned = true;
            return;
        }
    }
}

async fn read_request(connection: &mut TcpStream) -> Option<(Option<String>, Option<String>, Value)> {
    let mut bytes = Vec::new();
    let head_end = loop {
        if let Some(end) = bytes.windows(4).position(|window| window == b"\r\n\r\n") {
            break end + 4;
        }
        let mut buffer = [0; 8192];
        let read = connection.read(&mut buffer).await.ok().filter(|read| *read > 0)?;
        bytes.extend_from_slice(&buffer[..read]);
    };
    let head = String::from_utf8_lossy(&bytes[..head_end]).into_owned();
    let header = |name: &str| {
        head.lines().find_map(|line| {
            line.split_once(':')
                .filter(|(key, _)| key.eq_ignore_ascii_case(name))
                .map(|(_, value)| value.trim().to_owned())
        })
    };
    let length: usize = header("content-length")?.parse().ok()?;
    while bytes.len() < head_end + length {
        let mut buffer = [0; 8192];
        let read = connection.read(&mut buffer).await.ok().filter(|read| *read > 0)?;
        bytes.extend_from_slice(&buffer[..read]);
    }
    Some((header("authorization"), header("traceparent"), serde_json::from_slice(&bytes[head_end..]).ok()?))
}

/// Answers; false when the connection is at its end.
async fn answer(connection: &mut TcpStream, act: &Act, body: &Value) -> bool {
    let streams = body["stream"] == true;
    let usage = json!({"prompt_tokens": 120, "completion_tokens": 30, "total_tokens": 150});
    match act {
        Act::Say(text) => say(connection, streams, text, Some("stop"), Some(&usage)).await,
        Act::Think(think) => say(connection, streams, &think(body), Some("stop"), Some(&usage)).await,
        Act::End(text, reason) => say(connection, streams, text, *reason, Some(&usage)).await,
        Act::WithoutUsage(text) => say(connection, streams, text, Some("stop"), None).await,
        Act::Decline(text) => {
            let message = json!({"choices": [{"message": {"role": "assistant", "content": null, "refusal": text}, "finish_reason": "stop"}], "usage": usage});
            whole(connection, 200, None, &message.to_string()).await
        }
        Act::Status(status, retry_after, text) => {
            whole(connection, *status, *retry_after, &json!({"error": {"message": text, "type": "error"}}).to_string())
                .await
        }
        Act::RefuseFormat(format, next) => {
            if body["response_format"]["type"] == **format {
                let text = format!("response_format type {format} is not supported by this model");
                whole(connection, 400, None, &json!({"error": {"message": text}}).to_string()).await
            } else {
                Box::pin(answer(connection, next, body)).await
            }
        }
        Act::Enforce => {
            let properties = &body["response_format"]["json_schema"]["schema"]["properties"];
            let values = properties
                .as_object()
                .into_iter()
                .flatten()
                .map(|(name, schema)| (name.clone(), schema["enum"][0].clone()));
            let text = Value::Object(values.collect()).to_string();
            say(connection, streams, &text, Some("stop"), Some(&usage)).await
        }
        Act::Hang => {
            wait_until_closed(connection).await;
            false
        }
        Act::HangInside(text) => {
            let _ = connection.write_all(event_head().as_bytes()).await;
            let _ = connection.write_all(chunk(&piece(text, None)).as_bytes()).await;
            wait_until_closed(connection).await;
            false
        }
        Act::Break(text, pieces) => {
            let _ = connection.write_all(event_head().as_bytes()).await;
            for word in text.split_inclusive(' ').take(*pieces) {
                let _ = connection.write_all(chunk(&piece(word, None)).as_bytes()).await;
            }
            let _ = connection.flush().await;
            tokio::time::sleep(Duration::from_millis(20)).await;
            false
        }
        Act::Fade(text) => {
            let _ = connection.write_all(event_head().as_bytes()).await;
            let _ = connection.write_all(chunk(&piece(text, None)).as_bytes()).await;
            connection.write_all(b"0\r\n\r\n").await.is_ok()
        }
        Act::Raw(text) => whole(connection, 200, None, text).await,
    }
}

/// Returns when the other side has closed the connection.
async fn wait_until_closed(connection: &mut TcpStream) {
    let mut buffer = [0; 64];
    while matches!(connection.read(&mut buffer).await, Ok(read) if read > 0) {}
}

async fn say(
    connection: &mut TcpStream,
    streams: bool,
    text: &str,
    reason: Option<&str>,
    usage: Option<&Value>,
) -> bool {
    if !streams {
        let mut choice = json!({"index": 0, "message": {"role": "assistant", "content": text}});
        if let Some(reason) = reason {
            choice["finish_reason"] = json!(reason);
        }
        // A tier that no library knows, as servers send it.
        let mut message =
            json!({"id": "x", "object": "chat.completion", "service_tier": "on_demand_flex", "choices": [choice]});
        message["usage"] = usage.cloned().unwrap_or_else(|| json!({}));
        return whole(connection, 200, None, &message.to_string()).await;
    }
    let mut out = event_head();
    out.push_str(&chunk(": ping\n\n"));
    let words: Vec<&str> = text.split_inclusive(' ').collect();
    for word in &words {
        out.push_str(&chunk(&piece(word, None)));
    }
    if let Some(reason) = reason {
        out.push_str(&chunk(&piece("", Some(reason))));
    }
    if let Some(usage) = usage {
        out.push_str(&chunk(&format!("data: {}\n\n", json!({"choices": [], "usage": usage}))));
    }
    out.push_str(&chunk("data: [DONE]\n\n"));
    out.push_str("0\r\n\r\n");
    connection.write_all(out.as_bytes()).await.is_ok()
}

fn event_head() -> String {
    "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n".to_owned()
}

fn chunk(text: &str) -> String {
    format!("{:x}\r\n{text}\r\n", text.len())
}

fn piece(text: &str, reason: Option<&str>) -> String {
    let delta = json!({"choices": [{"index": 0, "delta": {"content": text}, "finish_reason": reason}]});
    format!("data: {delta}\n\n")
}

async fn whole(connection: &mut TcpStream, status: u16, retry_after: Option<&str>, body: &str) -> bool {
    let retry = retry_after.map_or_else(String::new, |value| format!("Retry-After: {value}\r\n"));
    let head = format!(
        "HTTP/1.1 {status} Status\r\nContent-Type: application/json\r\n{retry}Content-Length: {}\r\n\r\n",
        body.len()
    );
    connection.write_all(format!("{head}{body}").as_bytes()).await.is_ok()
}
