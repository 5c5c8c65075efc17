//! Brave's search API.

use futures::future::BoxFuture;
use reqwest::header::ACCEPT;
use reqwest::{StatusCode, Url};
use serde::Deserialize;

use super::ask::{Endpoint, answer};
use super::{Hit, SearchError, SearchProvider, addresses};

pub(super) struct Brave {
    endpoint: Endpoint,
    key: String,
}

/// `{"type": "search", "web": {"results": [{"url", …}]}, …}`; without hits there is no `web`.
#[derive(Deserialize)]
struct Answer {
    #[serde(rename = "type")]
    kind: String,
    #[serde(default)]
    web: Option<Web>,
}

#[derive(Deserialize)]
struct Web {
    #[serde(default)]
    results: Vec<Hit>,
}

impl Brave {
    pub(super) fn new(endpoint: Endpoint, key: String) -> Self {
        Self { endpoint, key }
    }
}

impl SearchProvider for Brave {
    fn search<'a>(&'a self, words: &'a str) -> BoxFuture<'a, Result<Vec<Url>, SearchError>> {
        Box::pin(async move {
            let (client, mut url) = self.endpoint.at("res/v1/web/search")?;
            url.query_pairs_mut()
                .append_pair("q", words)
                .append_pair("count", "10")
                .append_pair("result_filter", "web");
            let request =
                client.get(url).header(ACCEPT, "application/json").header("X-Subscription-Token", self.key.as_str());
            let found: Answer = answer(request, refused).await?;
            if found.kind != "search" {
                return Err(SearchError::Unreadable("it is no answer to a search".to_owned()));
            }
            Ok(addresses(found.web.map(|web| web.results).unwrap_or_default()))
        })
    }
}

fn refused(status: StatusCode) -> Option<&'static str> {
    match status.as_u16() {
        401 | 403 | 422 => Some("SEARCH_API_KEY is not a key that it knows, or its plan does not cover the question"),
        402 => Some("what its plan covers is used up"),
        _ => None,
    }
}
