//! Bolagsverket's API: one company at a time, within the budget of requests that it allows.

use std::time::{Duration, Instant};

use bytes::Bytes;
use futures::future::BoxFuture;
use reqwest::{Method, StatusCode, header};
use serde_json::{Value, json};
use sources::bolagsverket_api::organisation::{self, FailureKind, Outcome};
use sources::bolagsverket_api::token::{self, Token};
use sources::bolagsverket_api::{documents, problem};
use store::scraper::budgets;
use store::scraper::items::Item;

use super::source::{FetchError, Fetched, Source, Work};

const BUDGET: &str = "bolagsverket_api";
const SCOPE: &str = "vardefulla-datamangder:read vardefulla-datamangder:ping";
/// A token is renewed so long before its end.
const TOKEN_MARGIN: Duration = Duration::from_secs(60);
/// Requests stand a little further apart than the budget says, because the network shakes them together.
const MARGIN: f64 = 1.05;
const MAX_BYTES: usize = 64 << 20;

/// The source.
pub struct BolagsverketApi;

/// A token and when it stops being of use.
pub struct HeldToken {
    token: Token,
    until: Instant,
}

impl Source for BolagsverketApi {
    fn plan<'a>(&'a self, work: &'a Work<'a>) -> BoxFuture<'a, Result<(), FetchError>> {
        Box::pin(async move {
            let numbers = work.options.numbers();
            let items: Vec<_> = numbers.iter().map(|orgnr| (orgnr.to_string(), json!({}))).collect();
            work.add_items(&items).await?;
            work.save_plan(&json!({}), true).await
        })
    }

    fn fetch<'a>(&'a self, work: &'a Work<'a>, item: &'a Item) -> BoxFuture<'a, Result<Option<String>, FetchError>> {
        Box::pin(async move {
            organisation(work, item).await?;
            if work.options.documents == Some(false) { Ok(None) } else { reports(work, item).await }
        })
    }
}

async fn organisation(work: &Work<'_>, item: &Item) -> Result<(), FetchError> {
    if work.has("organisation", &item.key).await? {
        return Ok(());
    }
    let body = json!({ "identitetsbeteckning": item.key });
    let answer = ask(work, Method::POST, "/organisationer", Some(&body)).await?;
    let answers = organisation::parse(&answer).map_err(|error| FetchError::Never(error.to_string()))?;
    let main = answers.first().ok_or_else(|| FetchError::Never("no authority knows the number".to_owned()))?;
    match &main.outcome {
        Outcome::Company(_) => {}
        Outcome::NotFound => return Err(FetchError::Never("no authority knows the number".to_owned())),
        Outcome::SoleTrader => {
            return Err(FetchError::Never("a natural person's business: nothing of it is kept".to_owned()));
        }
        Outcome::Unavailable => return Err(FetchError::later("the register's own sources do not answer right now")),
    }
    let missing: Vec<_> = main
        .failures
        .iter()
        .filter(|failure| failure.kind == FailureKind::Unavailable)
        .map(|failure| failure.part)
        .collect();
    // The missing parts are worth further tries, but not the loss of those that came.
    if !missing.is_empty() && item.attempts < 2 {
        return Err(FetchError::later(format!(
            "parts are missing because their source does not answer: {}",
            missing.join(", ")
        )));
    }
    let fetched = Fetched {
        kind: "organisation",
        key: item.key.clone(),
        orgnr: item.key.parse().ok(),
        file_name: format!("{}.json", item.key),
        detail: json!({ "missing_parts": missing }),
    };
    work.stage(item, fetched, answer).await
}

/// Downloads the reports that the list names and that are not staged yet. The list is asked for once per item.
async fn reports(work: &Work<'_>, item: &Item) -> Result<Option<String>, FetchError> {
    let listed: Bytes = match work.checkpoint(item).await?.and_then(|data| data.get("dokumentlista").cloned()) {
        Some(listed) => listed.to_string().into(),
        None => {
            let body = json!({ "identitetsbeteckning": item.key });
            let listed = ask(work, Method::POST, "/dokumentlista", Some(&body)).await?;
            let value: Value = serde_json::from_slice(&listed)
                .map_err(|error| FetchError::Never(format!("/dokumentlista: {error}")))?;
            work.save_checkpoint(item, &json!({ "dokumentlista": value })).await?;
            listed
        }
    };
    let documents = documents::parse(&listed).map_err(|error| FetchError::Never(error.to_string()))?;
    let mut remarks = Vec::new();
    for document in documents {
        if work.has("package", &document.id).await? {
            continue;
        }
        if !document.id.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte)) {
            remarks.push(format!("the document id {:?} is not one", document.id));
            continue;
        }
        let bytes = match ask(work, Method::GET, &format!("/dokument/{}", document.id), None).await {
            Ok(bytes) => bytes,
            // One report that is not there costs that report, not the company.
            Err(FetchError::Never(reason)) => {
                remarks.push(format!("document {}: {reason}", document.id));
                continue;
            }
            Err(error) => return Err(error),
        };
        let short: String = document.id.chars().filter(char::is_ascii_alphanumeric).take(8).collect();
        let fetched = Fetched {
            kind: "package",
            key: document.id.clone(),
            orgnr: item.key.parse().ok(),
            file_name: format!("{}_{}_{short}.zip", item.key, document.period_end),
            detail: json!({ "period_end": document.period_end, "registered_on": document.registered_on }),
        };
        work.stage(item, fetched, bytes).await?;
    }
    Ok((!remarks.is_empty()).then(|| remarks.join("; ")))
}

/// One request, in its turn, with a valid token; a token that is refused is renewed once.
async fn ask(work: &Work<'_>, method: Method, path: &str, body: Option<&Value>) -> Result<Bytes, FetchError> {
    let mut is_second = false;
    loop {
        let bearer = token(work).await?;
        wait_for_turn(work).await?;
        let url = format!("{}{path}", work.scraper.config.bolagsverket_url);
        let mut request = work
            .scraper
            .client
            .request(method.clone(), url)
            .bearer_auth(bearer)
            .header("x-request-id", uuid::Uuid::new_v4().to_string());
        if let Some(body) = body {
            request = request.json(body);
        }
        let (status, headers, bytes) = send(work, request).await?;
        if status.is_success() {
            return Ok(bytes);
        }
        if status == StatusCode::UNAUTHORIZED && !is_second {
            *work.scraper.token.lock().await = None;
            is_second = true;
            continue;
        }
        return Err(refused(work, status, &headers, &bytes, path).await);
    }
}

/// The token in hand, or a new one.
async fn token(work: &Work<'_>) -> Result<String, FetchError> {
    let mut held = work.scraper.token.lock().await;
    if let Some(held) = held.as_ref().filter(|held| held.until > Instant::now()) {
        return Ok(held.token.access_token.clone());
    }
    let config = &work.scraper.config;
    let (Some(id), Some(secret)) = (&config.bolagsverket_client_id, &config.bolagsverket_client_secret) else {
        return Err(FetchError::Never(work.scraper.missing(BUDGET).unwrap_or("no credentials").to_owned()));
    };
    wait_for_turn(work).await?;
    let asked = Instant::now();
    let form = [("grant_type", "client_credentials"), ("client_id", id), ("client_secret", secret), ("scope", SCOPE)];
    let (status, headers, bytes) =
        send(work, work.scraper.client.post(&config.bolagsverket_token_url).form(&form)).await?;
    if status.is_client_error() && status != StatusCode::TOO_MANY_REQUESTS {
        return Err(FetchError::Never(format!(
            "Bolagsverket gives no token ({status}): check the client id and secret"
        )));
    }
    if !status.is_success() {
        return Err(refused(work, status, &headers, &bytes, "the token address").await);
    }
    // The error of the parser names places, never the token.
    let token =
        token::parse(&bytes).map_err(|error| FetchError::later(format!("the token cannot be read: {error}")))?;
    let life = Duration::from_secs(token.expires_in_seconds);
    let until = asked + life.saturating_sub(TOKEN_MARGIN.min(life / 2));
    let bearer = token.access_token.clone();
    *held = Some(HeldToken { token, until });
    Ok(bearer)
}

async fn wait_for_turn(work: &Work<'_>) -> Result<(), FetchError> {
    let spacing_ms = 60_000.0 / f64::from(work.scraper.config.bolagsverket_per_minute) * MARGIN;
    let wait = budgets::reserve(&mut *work.connection().await?, BUDGET, spacing_ms).await?;
    tokio::time::sleep(Duration::from_secs_f64(wait)).await;
    Ok(())
}

async fn send(
    work: &Work<'_>,
    request: reqwest::RequestBuilder,
) -> Result<(StatusCode, header::HeaderMap, Bytes), FetchError> {
    let failed =
        |error: reqwest::Error| FetchError::later(format!("Bolagsverket does not answer: {}", error.without_url()));
    let mut answer = request.send().await.map_err(failed)?;
    let (status, headers) = (answer.status(), answer.headers().clone());
    let mut bytes = bytes::BytesMut::new();
    while let Some(piece) = answer.chunk().await.map_err(failed)? {
        if bytes.len() + piece.len() > MAX_BYTES {
            return Err(FetchError::Never(format!("the answer is larger than {} MB", MAX_BYTES >> 20)));
        }
        bytes.extend_from_slice(&piece);
    }
    work.count(bytes.len() as u64).await?;
    Ok((status, headers, bytes.freeze()))
}

/// What an answer that says no means; a request to wait holds back every process.
async fn refused(
    work: &Work<'_>,
    status: StatusCode,
    headers: &header::HeaderMap,
    bytes: &[u8],
    path: &str,
) -> FetchError {
    let after = headers
        .get(header::RETRY_AFTER)
        .and_then(|value| value.to_str().ok()?.trim().parse().ok())
        .map(Duration::from_secs);
    let said = problem::parse(bytes).map_or_else(|_| String::new(), |problem| format!(": {}", problem.detail));
    let reason = format!("{path} answered {}{said}", status.as_u16());
    if status == StatusCode::TOO_MANY_REQUESTS {
        let seconds = after.unwrap_or(Duration::from_secs(60)).as_secs_f64();
        let held =
            async { budgets::hold(&mut *work.connection().await?, BUDGET, seconds).await.map_err(FetchError::from) }
                .await;
        if let Err(error) = held {
            return error;
        }
    }
    let is_passing = status.is_server_error()
        || matches!(status, StatusCode::TOO_MANY_REQUESTS | StatusCode::REQUEST_TIMEOUT | StatusCode::UNAUTHORIZED);
    if is_passing { FetchError::Later { reason, after } } else { FetchError::Never(reason) }
}
