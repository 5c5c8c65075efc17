//! Sends steps to the collector, many at once, from a thread and a runtime of its own.

use std::sync::mpsc::{Receiver, RecvTimeoutError};
use std::time::{Duration, Instant};

use config::TracesConfig;
use serde_json::{Value, json};
use services::trace::FinishedStep;

use super::{Work, count, wire};

/// Steps of one request.
const AT_ONCE: usize = 512;
/// Most of an answer that is read.
const LONGEST_ANSWER: usize = 64 << 10;

/// Sends what comes, until nobody can send any more.
pub(super) fn run(config: &TracesConfig, role: &str, work: &Receiver<Work>) {
    let Ok(runtime) = tokio::runtime::Builder::new_current_thread().enable_all().build() else { return };
    let Ok(client) = client(config) else { return };
    let resource = wire::resource(config, role);
    let mut steps: Vec<FinishedStep> = Vec::new();
    let mut is_over = false;
    while !is_over {
        let due = Instant::now() + config.delay;
        let mut told = None;
        while steps.len() < AT_ONCE {
            match work.recv_timeout(due.saturating_duration_since(Instant::now())) {
                Ok(Work::Send(step)) => steps.push(*step),
                Ok(Work::Finish(done)) => {
                    told = Some(done);
                    break;
                }
                Err(RecvTimeoutError::Timeout) => break,
                Err(RecvTimeoutError::Disconnected) => {
                    is_over = true;
                    break;
                }
            }
        }
        if !steps.is_empty() {
            let body = wire::request(&resource, &steps);
            match runtime.block_on(post(&client, config, &body)) {
                Ok(rejected) => {
                    let rejected = rejected.min(steps.len());
                    count("sent", steps.len() - rejected);
                    count("rejected", rejected);
                }
                // No line of the log: each would be one more while the collector is away. The counter tells.
                Err(_) => count("not_taken", steps.len()),
            }
            steps.clear();
        }
        if let Some(done) = told {
            let _ = done.try_send(());
        }
    }
}

fn client(config: &TracesConfig) -> reqwest::Result<reqwest::Client> {
    // A redirect could lead the key in a header elsewhere.
    reqwest::Client::builder().timeout(config.timeout).redirect(reqwest::redirect::Policy::none()).build()
}

/// Posts a request; returns how many steps the collector refused of it.
async fn post(client: &reqwest::Client, config: &TracesConfig, body: &Value) -> Result<usize, String> {
    let mut request = client.post(&config.endpoint).json(body);
    for (name, value) in &config.headers {
        request = request.header(name, value);
    }
    let mut answer = request.send().await.map_err(|error| {
        let cause = anyhow::Chain::new(&error).last().map(ToString::to_string);
        if error.is_timeout() { "no answer in time".to_owned() } else { cause.unwrap_or_default() }
    })?;
    if !answer.status().is_success() {
        return Err(format!("it answers {}", answer.status()));
    }
    let mut bytes = Vec::new();
    while let Some(piece) = answer.chunk().await.map_err(|_| "the answer broke off".to_owned())? {
        if bytes.len() + piece.len() > LONGEST_ANSWER {
            break;
        }
        bytes.extend_from_slice(&piece);
    }
    let answer: Value = serde_json::from_slice(&bytes).unwrap_or_default();
    let rejected = &answer["partialSuccess"]["rejectedSpans"];
    let rejected = rejected.as_u64().or_else(|| rejected.as_str()?.parse().ok());
    Ok(rejected.and_then(|count| usize::try_from(count).ok()).unwrap_or_default())
}

/// Asks the collector whether it takes traces, with a request that holds none.
///
/// # Errors
/// Why it does not, for people.
pub async fn probe(config: &TracesConfig) -> Result<(), String> {
    let at_most = config.timeout.min(Duration::from_secs(10));
    let settings = TracesConfig { timeout: at_most, ..config.clone() };
    let client = client(&settings).map_err(|error| error.to_string())?;
    post(&client, &settings, &json!({ "resourceSpans": [] })).await.map(drop)
}
