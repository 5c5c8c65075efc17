//! Tavily's search API.

use futures::future::BoxFuture;
use reqwest::{StatusCode, Url};
use serde::Deserialize;
use serde_json::json;

use super::ask::{Endpoint, answer};
use super::{Hit, SearchError, SearchProvider, addresses};

pub(super) struct Tavily {
    endpoint: Endpoint,
    key: String,
}

/// `{"results": [{"url", …}], …}`.
#[derive(Deserialize)]
struct Answer {
    results: Vec<Hit>,
}

impl Tavily {
    pub(super) fn new(endpoint: Endpoint, key: String) -> Self {
        Self { endpoint, key }
    }
}

impl SearchProvider for Tavily {
    fn search<'a>(&'a self, words: &'a str) -> BoxFuture<'a, Result<Vec<Url>, SearchError>> {
        Box::pin(async move {
            let (client, url) = self.endpoint.at("search")?;
            // No answer of a model and no contents: addresses are all that is wanted.
            let question = json!({
                "query": words, "max_results": 10, "search_depth": "basic", "include_answer": false, "include_raw_content": false,
            });
            let found: Answer = answer(client.post(url).bearer_auth(&self.key).json(&question), refused).await?;
            Ok(addresses(found.results))
        })
    }
}

fn refused(status: StatusCode) -> Option<&'static str> {
    match status.as_u16() {
        401 | 403 => Some("SEARCH_API_KEY is not a key that it knows"),
        432 | 433 => Some("what its plan covers is used up"),
        _ => None,
    }
}
