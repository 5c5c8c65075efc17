//! SearXNG: a search engine of engines that anybody can run. Its JSON has to be switched on (`search.formats` of its settings).

use futures::future::BoxFuture;
use reqwest::{StatusCode, Url};
use serde::Deserialize;
use serde::de::IgnoredAny;

use super::ask::{Endpoint, answer};
use super::{Hit, SearchError, SearchProvider, addresses};

pub(super) struct Searxng {
    endpoint: Endpoint,
    key: Option<String>,
}

/// `{"results": [{"url", …}], "unresponsive_engines": [[name, reason]], …}`.
#[derive(Deserialize)]
struct Answer {
    results: Vec<Hit>,
    #[serde(default)]
    unresponsive_engines: Vec<IgnoredAny>,
}

impl Searxng {
    pub(super) fn new(endpoint: Endpoint, key: Option<String>) -> Self {
        Self { endpoint, key }
    }
}

impl SearchProvider for Searxng {
    fn search<'a>(&'a self, words: &'a str) -> BoxFuture<'a, Result<Vec<Url>, SearchError>> {
        Box::pin(async move {
            let (client, mut url) = self.endpoint.at("search")?;
            url.query_pairs_mut()
                .append_pair("q", words)
                .append_pair("format", "json")
                .append_pair("categories", "general")
                .append_pair("language", "sv-SE");
            let mut request = client.get(url);
            // Without a key of its own; a proxy before it may want one.
            if let Some(key) = &self.key {
                request = request.bearer_auth(key);
            }
            let found: Answer = answer(request, refused).await?;
            if found.results.is_empty() && !found.unresponsive_engines.is_empty() {
                // Not that there is nothing: nobody was asked.
                return Err(SearchError::Away("the engines behind it do not answer".to_owned()));
            }
            Ok(addresses(found.results))
        })
    }
}

fn refused(status: StatusCode) -> Option<&'static str> {
    match status {
        StatusCode::FORBIDDEN => Some("add json to search.formats in its settings.yml"),
        StatusCode::UNAUTHORIZED => Some("SEARCH_API_KEY is not what the proxy before it wants"),
        StatusCode::NOT_FOUND => Some("SEARCH_BASE_URL is not the address of a SearXNG"),
        _ => None,
    }
}
