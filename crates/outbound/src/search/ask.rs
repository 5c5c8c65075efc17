//! One question to a provider over HTTP: a checked address, a time limit, a limit of what is read, and what a refusal means.

use std::sync::Arc;
use std::time::Duration;

use chrono::{DateTime, Utc};
use reqwest::header::{CONTENT_TYPE, HeaderMap, RETRY_AFTER};
use reqwest::redirect::Policy;
use reqwest::{RequestBuilder, StatusCode, Url};
use serde::de::DeserializeOwned;

use super::{SearchError, Settings};
use crate::guard::{CheckedNames, Purpose, read_url};

/// Twenty hits with long snippets are a tenth of this.
const MOST_BYTES: usize = 1 << 20;
/// How long a provider is left alone that does not say how long.
const USUAL_REST: Duration = Duration::from_secs(60);
/// Nobody is left alone for longer than this: what a provider says may be wrong.
const LONGEST_REST: Duration = Duration::from_secs(24 * 3_600);

const SEARCH: Purpose = Purpose { what: "a search provider", setting: "SEARCH_ALLOW_PRIVATE" };

/// Where a provider is asked.
pub(super) struct Endpoint {
    client: reqwest::Client,
    base: Url,
}

impl Endpoint {
    pub(super) fn new(settings: &Settings) -> Result<Self, SearchError> {
        let mut base = read_url(&settings.base_url, settings.allow_private, SEARCH)
            .map_err(|refusal| SearchError::Refused(refusal.to_string()))?;
        if !base.path().ends_with('/') {
            let path = format!("{}/", base.path());
            base.set_path(&path);
        }
        let client = reqwest::Client::builder()
            .no_proxy()
            .redirect(Policy::none())
            .timeout(settings.time_limit)
            .dns_resolver(Arc::new(CheckedNames { allow_private: settings.allow_private, purpose: SEARCH }))
            .user_agent(concat!("lode/", env!("CARGO_PKG_VERSION")))
            .build()
            .map_err(|error| SearchError::Refused(format!("TLS cannot be set up: {error}")))?;
        Ok(Self { client, base })
    }

    /// The client, and the address of a path of the protocol.
    pub(super) fn at(&self, path: &str) -> Result<(&reqwest::Client, Url), SearchError> {
        let url = self.base.join(path).map_err(|error| SearchError::Refused(error.to_string()))?;
        Ok((&self.client, url))
    }
}

/// Sends the question and reads the answer; `refused` says what a status that refuses means for this provider.
pub(super) async fn answer<T: DeserializeOwned>(
    request: RequestBuilder,
    refused: fn(StatusCode) -> Option<&'static str>,
) -> Result<T, SearchError> {
    let mut answer = request.send().await.map_err(|error| explain(&error))?;
    let status = answer.status();
    if status == StatusCode::TOO_MANY_REQUESTS {
        return Err(SearchError::Resting(rest(answer.headers(), Utc::now())));
    }
    if let Some(meaning) = refused(status) {
        return Err(SearchError::Refused(format!("it answers {status}: {meaning}")));
    }
    if status.is_server_error() || status == StatusCode::REQUEST_TIMEOUT {
        return Err(SearchError::Away(format!("it answers {status}")));
    }
    if !status.is_success() {
        return Err(SearchError::Refused(format!("it answers {status}")));
    }
    let media = answer.headers().get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let media = media.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    if !media.is_empty() && media != "application/json" && !media.ends_with("+json") {
        return Err(SearchError::Unreadable(format!("it is {media:.60}, not JSON")));
    }
    let too_large = || SearchError::Unreadable(format!("it is larger than {} kB", MOST_BYTES / 1024));
    if answer.content_length().is_some_and(|length| length > MOST_BYTES as u64) {
        return Err(too_large());
    }
    let mut body = Vec::new();
    // Unpacked piece by piece, so that a bomb is noticed at the limit.
    while let Some(piece) = answer.chunk().await.map_err(|error| explain(&error))? {
        if body.len() + piece.len() > MOST_BYTES {
            return Err(too_large());
        }
        body.extend_from_slice(&piece);
    }
    // The place of the fault, never the text: what the provider sends is not repeated.
    serde_json::from_slice(&body).map_err(|error| {
        SearchError::Unreadable(format!("no JSON of its protocol (line {}, column {})", error.line(), error.column()))
    })
}

/// How long to leave it alone: `Retry-After` in seconds or as a date, or what Brave's `X-RateLimit-*` say of the limit that is reached.
fn rest(headers: &HeaderMap, now: DateTime<Utc>) -> Duration {
    let text = |name: &str| headers.get(name).and_then(|value| value.to_str().ok()).map(str::trim);
    let by_header = text(RETRY_AFTER.as_str()).and_then(|value| {
        let seconds = value.parse().ok().map(Duration::from_secs);
        let date =
            || Some((DateTime::parse_from_rfc2822(value).ok()?.with_timezone(&Utc) - now).to_std().unwrap_or_default());
        seconds.or_else(date)
    });
    // "0, 15000" questions are left, until "1, 1419704" seconds from now: one number for each limit.
    let by_limits = || {
        let numbers = |name: &str| -> Vec<u64> {
            text(name).unwrap_or_default().split(',').filter_map(|number| number.trim().parse().ok()).collect()
        };
        let (left, reset) = (numbers("x-ratelimit-remaining"), numbers("x-ratelimit-reset"));
        left.iter().zip(reset).filter(|(left, _)| **left == 0).map(|(_, reset)| Duration::from_secs(reset)).max()
    };
    by_header.or_else(by_limits).unwrap_or(USUAL_REST).clamp(Duration::from_secs(1), LONGEST_REST)
}

/// What went wrong, down to its cause, without the address, which holds what was searched for.
fn explain(error: &reqwest::Error) -> SearchError {
    if error.is_timeout() {
        return SearchError::Away("no answer in time".to_owned());
    }
    let mut text = "no connection".to_owned();
    let mut source = std::error::Error::source(error);
    while let Some(cause) = source {
        if cause.downcast_ref::<crate::guard::Refusal>().is_some() {
            return SearchError::Refused(cause.to_string());
        }
        text = format!("{text}: {cause}");
        source = cause.source();
    }
    SearchError::Away(text.chars().take(300).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rest_is_read_from_seconds_dates_and_limits_and_is_never_endless() {
        let now = DateTime::parse_from_rfc3339("2026-01-02T03:04:05Z").unwrap().with_timezone(&Utc);
        let of = |headers: &[(&'static str, &str)]| {
            let headers: HeaderMap = headers
                .iter()
                .map(|(name, value)| (reqwest::header::HeaderName::from_static(name), value.parse().unwrap()))
                .collect();
            rest(&headers, now).as_secs()
        };
        assert_eq!(of(&[("retry-after", "120")]), 120);
        assert_eq!(of(&[("retry-after", "Fri, 02 Jan 2026 03:05:05 GMT")]), 60);
        assert_eq!(of(&[("retry-after", "soon")]), 60);
        assert_eq!(of(&[("retry-after", "99999999999")]), 86_400);
        assert_eq!(of(&[("retry-after", "0")]), 1);
        assert_eq!(of(&[("x-ratelimit-remaining", "0, 15000"), ("x-ratelimit-reset", "3, 1419704")]), 3);
        assert_eq!(of(&[("x-ratelimit-remaining", "1, 0"), ("x-ratelimit-reset", "3, 7000")]), 7_000);
        assert_eq!(of(&[]), 60);
    }
}
