//! A provider: where its server is, which model, what it costs, and what it was seen to be able to do.

use std::time::Duration;

use serde::{Deserialize, Serialize};

/// Millionths of the currency unit in which a provider's prices are told.
pub type Micros = i64;

/// How a structured answer is asked for, strictest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Structure {
    /// The schema in the prompt; the answer is JSON by good will.
    Plain,
    /// `response_format: json_object`, with the schema in the prompt.
    JsonObject,
    /// `response_format: json_schema`.
    JsonSchema,
}

/// What a provider was seen to be able to do; see [`probe`](crate::probe).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Abilities {
    /// The strictest way that the server takes.
    pub structure: Structure,
    /// Whether an answer that the schema forbids could not be had: some servers take a schema and do not keep to it.
    pub is_enforced: bool,
    /// Whether answers come in pieces.
    pub streams: bool,
    /// Whether the server tells how many tokens it took.
    pub reports_usage: bool,
}

/// One model of one server.
#[derive(Clone)]
pub struct Provider {
    /// Name in settings, gates and records.
    pub name: String,
    /// Address up to and without `/chat/completions`.
    pub base_url: String,
    /// Sent as a bearer token, where there is one.
    pub api_key: Option<String>,
    /// The model's name.
    pub model: String,
    /// Price of a million input tokens.
    pub input_price: Micros,
    /// Price of a million output tokens.
    pub output_price: Micros,
    /// Tokens of input and output together.
    pub context_tokens: u32,
    /// Most tokens of one answer.
    pub max_output_tokens: u32,
    /// Calls at once from this process.
    pub at_once: usize,
    /// How long a whole call may take.
    pub time_limit: Duration,
    /// How long the server may be silent inside an answer.
    pub silence_limit: Duration,
    /// What was seen; `None` asks for the strictest structure and falls back when it is refused.
    pub abilities: Option<Abilities>,
}

// The key stays out of logs.
impl std::fmt::Debug for Provider {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter
            .debug_struct("Provider")
            .field("name", &self.name)
            .field("base_url", &self.base_url)
            .field("model", &self.model)
            .field("has_key", &self.api_key.is_some())
            .finish_non_exhaustive()
    }
}

impl Provider {
    /// A provider with the usual limits, without prices.
    #[must_use]
    pub fn new(name: &str, base_url: &str, model: &str) -> Self {
        Self {
            name: name.to_owned(),
            base_url: base_url.trim_end_matches('/').to_owned(),
            api_key: None,
            model: model.to_owned(),
            input_price: 0,
            output_price: 0,
            context_tokens: 32_768,
            max_output_tokens: 4_096,
            at_once: 4,
            time_limit: Duration::from_secs(180),
            silence_limit: Duration::from_secs(60),
            abilities: None,
        }
    }

    /// Cost of so many tokens, rounded up.
    #[must_use]
    pub fn cost(&self, input_tokens: u64, output_tokens: u64) -> Micros {
        let part = |tokens: u64, price: Micros| {
            let total = u128::from(tokens) * u128::try_from(price).unwrap_or(0);
            Micros::try_from(total.div_ceil(1_000_000)).unwrap_or(Micros::MAX)
        };
        part(input_tokens, self.input_price).saturating_add(part(output_tokens, self.output_price))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cost_is_rounded_up_and_keys_stay_out_of_logs() {
        let mut provider = Provider::new("p", "http://h/v1/", "m");
        (provider.input_price, provider.output_price, provider.api_key) = (150_000, 600_000, Some("secret".to_owned()));
        assert_eq!(provider.cost(1_000_000, 1_000_000), 750_000);
        assert_eq!(provider.cost(1, 0), 1);
        assert_eq!(provider.cost(0, 0), 0);
        assert_eq!(provider.base_url, "http://h/v1");
        assert!(!format!("{provider:?}").contains("secret"));
    }
}
