//! What every check needs: how a deployment is asked, and how a result is noted.

use std::time::{Duration, Instant};

use serde::Serialize;
use serde_json::Value;

use super::super::console;

/// One check and how it ended.
#[derive(Debug, Serialize)]
pub(in super::super) struct Outcome {
    /// What was checked.
    pub name: String,
    /// Whether it holds.
    pub ok: bool,
    /// Why not.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
}

/// Asks one deployment and gathers the outcomes.
pub(in super::super) struct Checks {
    pub client: reqwest::Client,
    pub base: String,
    pub token: Option<String>,
    pub outcomes: Vec<Outcome>,
    /// Outcomes are printed as one document at the end instead of a line each.
    pub is_json: bool,
}

impl Checks {
    pub(in super::super) fn note(&mut self, name: &str, result: Result<(), String>) {
        if !self.is_json {
            match &result {
                Ok(()) => console::say(&format!("ok    {name}")),
                Err(reason) => console::say(&format!("FAIL  {name}: {reason}")),
            }
        }
        self.outcomes.push(Outcome { name: name.to_owned(), ok: result.is_ok(), reason: result.err() });
    }

    pub(in super::super) fn failed(&self) -> usize {
        self.outcomes.iter().filter(|outcome| !outcome.ok).count()
    }

    pub(in super::super) async fn send(&self, request: reqwest::RequestBuilder) -> Result<reqwest::Response, String> {
        let request = match &self.token {
            Some(token) => request.bearer_auth(token),
            None => request,
        };
        request.send().await.map_err(|error| error.without_url().to_string())
    }

    pub(in super::super) async fn get(&self, path: &str) -> Result<Value, String> {
        let answer = self.send(self.client.get(format!("{}{path}", self.base))).await?;
        self.json_of(answer, 200).await
    }

    pub(in super::super) async fn post(&self, path: &str, body: &Value, status: u16) -> Result<Value, String> {
        let answer = self.send(self.client.post(format!("{}{path}", self.base)).json(body)).await?;
        self.json_of(answer, status).await
    }

    pub(in super::super) async fn put(&self, path: &str, body: &Value) -> Result<Value, String> {
        let answer = self.send(self.client.put(format!("{}{path}", self.base)).json(body)).await?;
        self.json_of(answer, 200).await
    }

    pub(in super::super) async fn delete(&self, path: &str) -> Result<(), String> {
        let answer = self.send(self.client.delete(format!("{}{path}", self.base))).await?;
        let status = answer.status();
        if status.is_success() { Ok(()) } else { Err(format!("status {}", status.as_u16())) }
    }

    /// The body of an answer with that status. Being refused for want of a token is said as such: it is never a pass.
    async fn json_of(&self, answer: reqwest::Response, status: u16) -> Result<Value, String> {
        let found = answer.status().as_u16();
        if !answer.headers().contains_key("x-request-id") {
            return Err("the answer has no x-request-id".to_owned());
        }
        let text = answer.text().await.map_err(|error| error.without_url().to_string())?;
        if found == 401 && status != 401 {
            return Err(match self.token {
                Some(_) => "the token was refused (401)".to_owned(),
                None => "sign-in is required: give a token with --token or LODE_SMOKE_TOKEN".to_owned(),
            });
        }
        if found != status {
            return Err(format!("status {found} instead of {status}: {}", text.chars().take(200).collect::<String>()));
        }
        serde_json::from_str(&text).map_err(|error| format!("no JSON: {error}"))
    }

    /// Asks for `path` until `found` takes the answer, for at most `limit`.
    pub(in super::super) async fn until<T>(
        &self,
        path: &str,
        limit: Duration,
        found: impl Fn(&Value) -> Result<Option<T>, String>,
    ) -> Result<T, String> {
        let begun = Instant::now();
        loop {
            let body = self.get(path).await?;
            if let Some(value) = found(&body)? {
                return Ok(value);
            }
            if begun.elapsed() > limit {
                return Err(format!("not within {} s", limit.as_secs()));
            }
            tokio::time::sleep(Duration::from_millis(500)).await;
        }
    }
}

/// An error of that text where something does not hold.
pub(in super::super) fn expect(holds: bool, what: &str) -> Result<(), String> {
    if holds { Ok(()) } else { Err(what.to_owned()) }
}
