//! Models behind OpenAI-compatible servers: where they are, what they cost, and how much may be spent.

use std::collections::{BTreeMap, BTreeSet};
use std::net::IpAddr;

use super::{has_scheme, parse, without_credentials};

/// Name of the provider whose settings carry no name of their own.
const DEFAULT_NAME: &str = "default";

/// One model of one server.
#[derive(Clone, PartialEq, Eq)]
pub struct ModelProvider {
    /// Name in runs, records and on the screen.
    pub name: String,
    /// Address up to and without `/chat/completions`.
    pub base_url: String,
    /// Key, where the server wants one.
    pub api_key: Option<String>,
    /// The model.
    pub model: String,
    /// Price of a million input tokens, in millionths of the currency unit.
    pub input_price: i64,
    /// Price of a million output tokens.
    pub output_price: i64,
    /// Tokens of question and answer together.
    pub context_tokens: u32,
    /// Most tokens of an answer.
    pub max_output_tokens: u32,
    /// Calls at once from each process.
    pub at_once: usize,
    /// How long a call may take.
    pub time_limit_seconds: u64,
}

// The key stays out of logs.
impl std::fmt::Debug for ModelProvider {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let base_url = without_credentials(&self.base_url);
        formatter
            .debug_struct("ModelProvider")
            .field("name", &self.name)
            .field("base_url", &base_url)
            .field("model", &self.model)
            .field("has_key", &self.api_key.is_some())
            .finish_non_exhaustive()
    }
}

/// Every provider, and the limits of what is spent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ModelsConfig {
    /// The one without a name first.
    pub providers: Vec<ModelProvider>,
    /// What all calls of a month may cost, in millionths of the currency unit.
    pub monthly_limit: i64,
    /// What a run may cost where nobody says otherwise.
    pub run_limit: i64,
    /// Name of the currency in which prices are given.
    pub currency: String,
}

impl Default for ModelsConfig {
    fn default() -> Self {
        Self { providers: Vec::new(), monthly_limit: 50_000_000, run_limit: 10_000_000, currency: "USD".to_owned() }
    }
}

impl ModelsConfig {
    pub(super) fn from_values(get: &impl Fn(&str) -> Option<String>, wrong: &mut Vec<String>) -> Self {
        let mut names = vec![None];
        for name in
            get("LLM_PROVIDERS").iter().flat_map(|list| list.split(',')).map(str::trim).filter(|one| !one.is_empty())
        {
            let is_name = name.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_');
            if !is_name || name == DEFAULT_NAME || name.len() > 40 {
                wrong.push(format!(
                    "LLM_PROVIDERS: {name:?} is no name; write small letters, digits and _, e.g. local, and not \"default\""
                ));
            } else {
                names.push(Some(name.to_owned()));
            }
        }
        let given = names.len();
        let distinct: BTreeSet<_> = names.iter().collect();
        if distinct.len() != given {
            wrong.push("LLM_PROVIDERS names a provider twice".to_owned());
        }
        let providers = names.iter().filter_map(|name| provider(name.as_deref(), get, wrong)).collect();
        let usual = Self::default();
        Self {
            providers,
            monthly_limit: money("LLM_MONTHLY_LIMIT", get, wrong).unwrap_or(usual.monthly_limit),
            run_limit: money("LLM_RUN_LIMIT", get, wrong).unwrap_or(usual.run_limit),
            currency: get("LLM_CURRENCY").unwrap_or(usual.currency),
        }
    }

    /// The settings as they may be shown; those of named providers are shown with the providers.
    pub(super) fn redacted(&self) -> BTreeMap<&'static str, Option<String>> {
        let own = self.providers.iter().find(|provider| provider.name == DEFAULT_NAME);
        let of = |part: fn(&ModelProvider) -> String| own.map(part);
        let named: Vec<&str> =
            self.providers.iter().map(|provider| provider.name.as_str()).filter(|name| *name != DEFAULT_NAME).collect();
        BTreeMap::from([
            ("OPENAI_API_KEY", own.and_then(|own| own.api_key.as_ref()).map(|_| "set".to_owned())),
            ("LLM_BASE_URL", of(|own| without_credentials(&own.base_url))),
            ("LLM_MODEL", of(|own| own.model.clone())),
            ("LLM_INPUT_PRICE", of(|own| shown(own.input_price))),
            ("LLM_OUTPUT_PRICE", of(|own| shown(own.output_price))),
            ("LLM_CONTEXT_TOKENS", of(|own| own.context_tokens.to_string())),
            ("LLM_MAX_OUTPUT_TOKENS", of(|own| own.max_output_tokens.to_string())),
            ("LLM_AT_ONCE", of(|own| own.at_once.to_string())),
            ("LLM_TIME_LIMIT_SECONDS", of(|own| own.time_limit_seconds.to_string())),
            ("LLM_PROVIDERS", (!named.is_empty()).then(|| named.join(","))),
            ("LLM_MONTHLY_LIMIT", Some(shown(self.monthly_limit))),
            ("LLM_RUN_LIMIT", Some(shown(self.run_limit))),
            ("LLM_CURRENCY", Some(self.currency.clone())),
        ])
    }
}

/// One provider; `None` where it has no address.
fn provider(
    name: Option<&str>,
    get: &impl Fn(&str) -> Option<String>,
    wrong: &mut Vec<String>,
) -> Option<ModelProvider> {
    let setting = |part: &str| match name {
        None => format!("LLM_{part}"),
        Some(name) => format!("LLM_{}_{part}", name.to_uppercase()),
    };
    let base_name = setting("BASE_URL");
    let Some(base_url) = get(&base_name) else {
        if let Some(name) = name {
            wrong.push(format!("LLM_PROVIDERS names {name}, and {base_name} is not set"));
        }
        return None;
    };
    if !has_scheme(&base_url, &["http", "https"]) {
        wrong.push(format!("{base_name} must begin with https:// or http://"));
    }
    let model_name = setting("MODEL");
    let Some(model) = get(&model_name) else {
        wrong.push(format!("{base_name} is set, and {model_name} is not: name the model that the server has"));
        return None;
    };
    let (input_name, output_name) = (setting("INPUT_PRICE"), setting("OUTPUT_PRICE"));
    let (input_price, output_price) = (money(&input_name, get, wrong), money(&output_name, get, wrong));
    if (input_price.is_none() || output_price.is_none()) && !is_own_machine(&base_url) {
        wrong.push(format!(
            "{base_name} is a server elsewhere: set {input_name} and {output_name}, the prices of a million tokens, so that limits can be kept; \
             0 where it is free"
        ));
    }
    let mut whole = |part: &str, usual: u32, least: u32, most: u32| {
        let setting = setting(part);
        let expected = format!("{setting} must be a whole number from {least} to {most}");
        let value = parse(get(&setting), usual, &expected, wrong);
        if !(least..=most).contains(&value) {
            wrong.push(expected);
        }
        value
    };
    let context_tokens = whole("CONTEXT_TOKENS", 32_768, 2_048, 10_000_000);
    let max_output_tokens = whole("MAX_OUTPUT_TOKENS", 4_096, 200, 1_000_000);
    let at_once = whole("AT_ONCE", 4, 1, 256);
    let time_limit_seconds = whole("TIME_LIMIT_SECONDS", 180, 1, 3_600);
    if max_output_tokens.saturating_add(1_024) > context_tokens {
        wrong.push(format!(
            "{} leaves no room for a question within {}",
            setting("MAX_OUTPUT_TOKENS"),
            setting("CONTEXT_TOKENS")
        ));
    }
    let key = if name.is_none() { get("OPENAI_API_KEY") } else { get(&setting("API_KEY")) };
    Some(ModelProvider {
        name: name.unwrap_or(DEFAULT_NAME).to_owned(),
        base_url: base_url.trim_end_matches('/').to_owned(),
        api_key: key,
        model,
        input_price: input_price.unwrap_or(0),
        output_price: output_price.unwrap_or(0),
        context_tokens,
        max_output_tokens,
        at_once: at_once as usize,
        time_limit_seconds: u64::from(time_limit_seconds),
    })
}

/// Whether a server is this machine or one of the own network, which asks for no money.
fn is_own_machine(url: &str) -> bool {
    let host = url.split_once("://").map_or(url, |(_, rest)| rest).split('/').next().unwrap_or_default();
    let host = host.rsplit('@').next().unwrap_or_default();
    let name = host
        .strip_prefix('[')
        .and_then(|rest| rest.split_once(']'))
        .map_or_else(|| host.split(':').next().unwrap_or_default(), |(inside, _)| inside);
    if name == "localhost" || !name.contains(['.', ':']) {
        return true;
    }
    match name.parse::<IpAddr>() {
        Ok(IpAddr::V4(address)) => address.is_loopback() || address.is_private() || address.is_link_local(),
        Ok(IpAddr::V6(address)) => address.is_loopback() || address.is_unique_local(),
        Err(_) => false,
    }
}

/// An amount of money as a decimal number, in millionths.
fn money(name: &str, get: &impl Fn(&str) -> Option<String>, wrong: &mut Vec<String>) -> Option<i64> {
    let text = get(name)?;
    let (whole, part) = text.split_once('.').unwrap_or((&text, ""));
    let is_number = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    let read = || {
        if whole.is_empty() || whole.len() > 9 || part.len() > 6 || !is_number(whole) || !is_number(part) {
            return None;
        }
        let millionths: i64 = format!("{part:0<6}").parse().ok()?;
        Some(whole.parse::<i64>().ok()? * 1_000_000 + millionths)
    };
    let read = read();
    if read.is_none() {
        wrong.push(format!("{name} must be an amount such as 0.15, with at most six decimals, not {text:?}"));
    }
    read
}

/// Millionths as a decimal number.
fn shown(amount: i64) -> String {
    let text = format!("{}.{:06}", amount / 1_000_000, amount % 1_000_000);
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(values: &[(&str, &str)]) -> (ModelsConfig, Vec<String>) {
        let values: BTreeMap<&str, &str> = values.iter().copied().collect();
        let mut wrong = Vec::new();
        let read =
            ModelsConfig::from_values(&|name: &str| values.get(name).map(|value| (*value).to_owned()), &mut wrong);
        (read, wrong)
    }

    #[test]
    fn several_providers_are_read_each_with_its_own_prices() {
        let (config, wrong) = read(&[
            ("LLM_BASE_URL", "https://models.example/v1/"),
            ("LLM_MODEL", "big"),
            ("OPENAI_API_KEY", "secret"),
            ("LLM_INPUT_PRICE", "0.15"),
            ("LLM_OUTPUT_PRICE", "0.6"),
            ("LLM_PROVIDERS", "local"),
            ("LLM_LOCAL_BASE_URL", "http://127.0.0.1:8081/v1"),
            ("LLM_LOCAL_MODEL", "small"),
            ("LLM_MONTHLY_LIMIT", "12.5"),
        ]);
        assert_eq!(wrong, Vec::<String>::new());
        let [hosted, local] = config.providers.as_slice() else { panic!("{config:?}") };
        assert_eq!((hosted.name.as_str(), hosted.input_price, hosted.output_price), ("default", 150_000, 600_000));
        assert_eq!(
            (local.name.as_str(), local.input_price, local.base_url.as_str()),
            ("local", 0, "http://127.0.0.1:8081/v1")
        );
        assert_eq!(config.monthly_limit, 12_500_000);
        assert!(!format!("{config:?}{:?}", config.redacted()).contains("secret"));
        assert_eq!(config.redacted()["LLM_MONTHLY_LIMIT"].as_deref(), Some("12.5"));
    }

    #[test]
    fn wrong_provider_settings_are_named_with_what_is_expected() {
        for (values, named) in [
            (&[("LLM_BASE_URL", "http://localhost/v1")][..], "LLM_MODEL"),
            (&[("LLM_BASE_URL", "ftp://localhost"), ("LLM_MODEL", "m")], "LLM_BASE_URL must begin"),
            (&[("LLM_BASE_URL", "https://models.example/v1"), ("LLM_MODEL", "m")], "LLM_INPUT_PRICE"),
            (&[("LLM_PROVIDERS", "Big")], "LLM_PROVIDERS"),
            (&[("LLM_PROVIDERS", "a,a"), ("LLM_A_BASE_URL", "http://h/v1"), ("LLM_A_MODEL", "m")], "twice"),
            (&[("LLM_PROVIDERS", "local")], "LLM_LOCAL_BASE_URL"),
            (&[("LLM_MONTHLY_LIMIT", "1e3")], "LLM_MONTHLY_LIMIT"),
            (&[("LLM_BASE_URL", "http://h/v1"), ("LLM_MODEL", "m"), ("LLM_AT_ONCE", "0")], "LLM_AT_ONCE"),
        ] {
            let (_, wrong) = read(values);
            assert!(wrong.iter().any(|wrong| wrong.contains(named)), "{values:?}: {wrong:?}");
        }
        for own in
            ["http://[::1]:8080/v1", "http://10.0.0.5/v1", "http://ollama:11434/v1", "http://192.168.1.2:8000/v1"]
        {
            assert!(is_own_machine(own), "{own}");
        }
        assert!(!is_own_machine("https://api.models.example/v1") && !is_own_machine("https://8.8.8.8/v1"));
    }
}
