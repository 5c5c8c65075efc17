//! The search provider that finds candidates of companies' websites; none is needed.

use std::collections::BTreeMap;

use super::{boolean, has_scheme, parse, without_credentials};

/// Which protocol the provider speaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SearchKind {
    /// SearXNG of one's own.
    Searxng,
    /// Brave's search API.
    Brave,
    /// Tavily.
    Tavily,
}

impl SearchKind {
    /// As it is written in the settings.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Searxng => "searxng",
            Self::Brave => "brave",
            Self::Tavily => "tavily",
        }
    }
}

/// One provider.
#[derive(Clone, PartialEq, Eq)]
pub struct SearchConfig {
    /// Its protocol.
    pub kind: SearchKind,
    /// Its address, without the path of the protocol.
    pub base_url: String,
    /// Its key; always there for Brave and Tavily.
    pub api_key: Option<String>,
    /// Whether it may be at a private address, and without TLS.
    pub allow_private: bool,
    /// Questions a day, of all processes together.
    pub daily_limit: i32,
    /// How long an answer may take.
    pub time_limit_seconds: u64,
}

// The key stays out of logs.
impl std::fmt::Debug for SearchConfig {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter
            .debug_struct("SearchConfig")
            .field("kind", &self.kind)
            .field("base_url", &without_credentials(&self.base_url))
            .field("has_key", &self.api_key.is_some())
            .finish_non_exhaustive()
    }
}

/// Judges the settings; `None` where no provider is named.
pub(super) fn from_values(get: &impl Fn(&str) -> Option<String>, wrong: &mut Vec<String>) -> Option<SearchConfig> {
    let allow_private = boolean("SEARCH_ALLOW_PRIVATE", get("SEARCH_ALLOW_PRIVATE").as_deref(), wrong);
    let limit = "SEARCH_DAILY_LIMIT must be a number of questions from 1 to 1000000";
    let daily_limit = parse(get("SEARCH_DAILY_LIMIT"), 1_000, limit, wrong);
    if !(1..=1_000_000).contains(&daily_limit) {
        wrong.push(limit.to_owned());
    }
    let seconds = "SEARCH_TIME_LIMIT_SECONDS must be a number of seconds from 1 to 120";
    let time_limit_seconds = parse(get("SEARCH_TIME_LIMIT_SECONDS"), 15, seconds, wrong);
    if !(1..=120).contains(&time_limit_seconds) {
        wrong.push(seconds.to_owned());
    }
    let (base_url, api_key) = (get("SEARCH_BASE_URL"), get("SEARCH_API_KEY"));
    if base_url.as_deref().is_some_and(|url| !has_scheme(url, &["http", "https"])) {
        wrong.push("SEARCH_BASE_URL must begin with https:// or http://".to_owned());
    }
    let Some(name) = get("SEARCH_PROVIDER") else {
        if base_url.is_some() || api_key.is_some() {
            wrong.push(
                "SEARCH_BASE_URL or SEARCH_API_KEY is set, and SEARCH_PROVIDER is not: searxng, brave or tavily"
                    .to_owned(),
            );
        }
        return None;
    };
    let (kind, usual) = match name.as_str() {
        "searxng" => (SearchKind::Searxng, None),
        "brave" => (SearchKind::Brave, Some("https://api.search.brave.com")),
        "tavily" => (SearchKind::Tavily, Some("https://api.tavily.com")),
        other => {
            wrong.push(format!("SEARCH_PROVIDER is {other:?}; it may be \"searxng\", \"brave\" or \"tavily\""));
            return None;
        }
    };
    if usual.is_some() && api_key.is_none() {
        wrong.push(format!("SEARCH_PROVIDER is {name:?}, and SEARCH_API_KEY is not set"));
    }
    let Some(base_url) = base_url.or_else(|| usual.map(str::to_owned)) else {
        wrong
            .push("SEARCH_PROVIDER is \"searxng\", and SEARCH_BASE_URL is not set: the address of your own".to_owned());
        return None;
    };
    let base_url = base_url.trim_end_matches('/').to_owned();
    Some(SearchConfig { kind, base_url, api_key, allow_private, daily_limit, time_limit_seconds })
}

/// The settings as they may be shown.
pub(super) fn redacted(search: Option<&SearchConfig>) -> BTreeMap<&'static str, Option<String>> {
    BTreeMap::from([
        ("SEARCH_PROVIDER", search.map(|search| search.kind.name().to_owned())),
        ("SEARCH_BASE_URL", search.map(|search| without_credentials(&search.base_url))),
        ("SEARCH_API_KEY", search.and_then(|search| search.api_key.as_ref()).map(|_| "set".to_owned())),
        ("SEARCH_ALLOW_PRIVATE", search.map(|search| search.allow_private.to_string())),
        ("SEARCH_DAILY_LIMIT", search.map(|search| search.daily_limit.to_string())),
        ("SEARCH_TIME_LIMIT_SECONDS", search.map(|search| search.time_limit_seconds.to_string())),
    ])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(values: &[(&str, &str)]) -> (Option<SearchConfig>, Vec<String>) {
        let values: BTreeMap<&str, &str> = values.iter().copied().collect();
        let mut wrong = Vec::new();
        let read = from_values(&|name: &str| values.get(name).map(|value| (*value).to_owned()), &mut wrong);
        (read, wrong)
    }

    #[test]
    fn each_provider_is_read_and_no_key_is_shown() {
        assert_eq!(read(&[]), (None, Vec::new()));
        let (own, wrong) = read(&[("SEARCH_PROVIDER", "searxng"), ("SEARCH_BASE_URL", "https://sök.example/")]);
        let own = own.unwrap();
        assert_eq!((own.base_url.as_str(), own.allow_private, own.daily_limit), ("https://sök.example", false, 1_000));
        assert_eq!(wrong, Vec::<String>::new());
        for (name, address) in [("brave", "https://api.search.brave.com"), ("tavily", "https://api.tavily.com")] {
            let (read, wrong) = read(&[("SEARCH_PROVIDER", name), ("SEARCH_API_KEY", "sec@ret")]);
            let read = read.unwrap();
            assert_eq!((read.kind.name(), read.base_url.as_str(), wrong.len()), (name, address, 0));
            assert!(!format!("{read:?}{:?}", redacted(Some(&read))).contains("sec@ret"));
        }
    }

    #[test]
    fn wrong_settings_are_named_with_what_is_expected() {
        for (values, named) in [
            (&[("SEARCH_PROVIDER", "bing")][..], "SEARCH_PROVIDER is \"bing\""),
            (&[("SEARCH_PROVIDER", "searxng")], "SEARCH_BASE_URL is not set"),
            (&[("SEARCH_PROVIDER", "brave")], "SEARCH_API_KEY is not set"),
            (&[("SEARCH_API_KEY", "x")], "SEARCH_PROVIDER is not"),
            (&[("SEARCH_BASE_URL", "ftp://x")], "SEARCH_BASE_URL must begin"),
            (&[("SEARCH_DAILY_LIMIT", "0")], "SEARCH_DAILY_LIMIT"),
            (&[("SEARCH_TIME_LIMIT_SECONDS", "soon")], "SEARCH_TIME_LIMIT_SECONDS"),
            (&[("SEARCH_ALLOW_PRIVATE", "perhaps")], "SEARCH_ALLOW_PRIVATE"),
        ] {
            let (_, wrong) = read(values);
            assert!(wrong.iter().any(|wrong| wrong.contains(named)), "{values:?}: {wrong:?}");
        }
    }
}
