//! Settings of the traces that are exported, by the variables that OpenTelemetry gives every program.

use std::time::Duration;

use super::{has_scheme, parse};
use crate::shown::without_credentials;

/// Where traces go, and which.
#[derive(Clone)]
pub struct TracesConfig {
    /// Where they are posted to, with the path.
    pub endpoint: String,
    /// Sent along with each; may hold a key.
    pub headers: Vec<(String, String)>,
    /// How long the collector may take.
    pub timeout: Duration,
    /// How long what ends waits for company before it is sent.
    pub delay: Duration,
    /// Part of the traces that is kept, 0 to 1.
    pub ratio: f64,
    /// The service that they are filed under; `None` is named after the role of the process.
    pub service: Option<String>,
    /// What else is said of where the process runs, e.g. `deployment.environment.name`.
    pub resource: Vec<(String, String)>,
}

impl TracesConfig {
    /// Judges the settings; `None` where no endpoint is given.
    pub(super) fn from_values(get: &impl Fn(&str) -> Option<String>, wrong: &mut Vec<String>) -> Option<Self> {
        let endpoint = endpoint(get, wrong);
        if let Some(protocol) =
            get("OTEL_EXPORTER_OTLP_PROTOCOL").filter(|name| endpoint.is_some() && name != "http/json")
        {
            wrong.push(format!(
                "OTEL_EXPORTER_OTLP_PROTOCOL is {protocol:?}; traces are sent as \"http/json\" (a collector takes it on its HTTP port, 4318)"
            ));
        }
        let headers = pairs(get, "OTEL_EXPORTER_OTLP_HEADERS", wrong);
        let resource = pairs(get, "OTEL_RESOURCE_ATTRIBUTES", wrong);
        let mut milliseconds = |name: &str, default: u64| {
            let expected = format!("{name} must be a number of milliseconds from 1 to 600000");
            let count = parse(get(name), default, &expected, wrong);
            if !(1..=600_000).contains(&count) {
                wrong.push(expected);
            }
            Duration::from_millis(count)
        };
        let timeout = milliseconds("OTEL_EXPORTER_OTLP_TIMEOUT", 10_000);
        let delay = milliseconds("OTEL_BSP_SCHEDULE_DELAY", 5_000);
        let ratio = ratio(get, wrong);
        let service = get("OTEL_SERVICE_NAME");
        endpoint.map(|endpoint| Self { endpoint, headers, timeout, delay, ratio, service, resource })
    }

    /// Every setting as it may be shown.
    pub(super) fn redacted(config: Option<&Self>) -> [(&'static str, Option<String>); 5] {
        let milliseconds = |duration: Duration| duration.as_millis().to_string();
        [
            ("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", config.map(|config| without_credentials(&config.endpoint))),
            ("OTEL_EXPORTER_OTLP_TIMEOUT", config.map(|config| milliseconds(config.timeout))),
            ("OTEL_BSP_SCHEDULE_DELAY", config.map(|config| milliseconds(config.delay))),
            ("OTEL_TRACES_SAMPLER_ARG", config.map(|config| config.ratio.to_string())),
            ("OTEL_SERVICE_NAME", config.and_then(|config| config.service.clone())),
        ]
    }
}

// Headers stay out of logs.
impl std::fmt::Debug for TracesConfig {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("TracesConfig").field("ratio", &self.ratio).finish_non_exhaustive()
    }
}

/// The address of the signal as it is, else that of the collector with the signal's path.
fn endpoint(get: &impl Fn(&str) -> Option<String>, wrong: &mut Vec<String>) -> Option<String> {
    let (name, url, path) = match get("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT") {
        Some(url) => ("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", url, ""),
        None => ("OTEL_EXPORTER_OTLP_ENDPOINT", get("OTEL_EXPORTER_OTLP_ENDPOINT")?, "/v1/traces"),
    };
    if !has_scheme(&url, &["http", "https"]) {
        wrong.push(format!("{name} must be the HTTP address of a collector, e.g. http://127.0.0.1:4318"));
        return None;
    }
    Some(if path.is_empty() { url } else { format!("{}{path}", url.trim_end_matches('/')) })
}

/// The part of the traces that is kept. A caller that does not keep its trace is followed by every sampler here.
fn ratio(get: &impl Fn(&str) -> Option<String>, wrong: &mut Vec<String>) -> f64 {
    let expected = "OTEL_TRACES_SAMPLER_ARG must be a number from 0 to 1".to_owned();
    let share: f64 = parse(get("OTEL_TRACES_SAMPLER_ARG"), 1.0, &expected, wrong);
    if !(0.0..=1.0).contains(&share) {
        wrong.push(expected);
    }
    let sampler = get("OTEL_TRACES_SAMPLER");
    match sampler.as_deref().map(|name| name.strip_prefix("parentbased_").unwrap_or(name)) {
        None | Some("traceidratio") => share,
        Some("always_on") => 1.0,
        Some("always_off") => 0.0,
        Some(_) => {
            let names = "parentbased_always_on, parentbased_traceidratio or parentbased_always_off";
            wrong.push(format!("OTEL_TRACES_SAMPLER is {:?}; it may be {names}", sampler.unwrap_or_default()));
            1.0
        }
    }
}

/// `name=value,name=value`, the values percent-encoded.
fn pairs(get: &impl Fn(&str) -> Option<String>, name: &str, wrong: &mut Vec<String>) -> Vec<(String, String)> {
    let Some(text) = get(name) else { return Vec::new() };
    let read = |pair: &str| {
        let (key, value) = pair.split_once('=')?;
        let is_name = |key: &str| !key.is_empty() && key.bytes().all(|byte| byte.is_ascii_graphic());
        Some((key.trim().to_owned(), decoded(value.trim())?)).filter(|(key, _)| is_name(key))
    };
    let pairs: Option<Vec<_>> = text.split(',').filter(|pair| !pair.trim().is_empty()).map(read).collect();
    // What stands there may be a key.
    pairs.unwrap_or_else(|| {
        wrong.push(format!("{name} must be NAME=VALUE,NAME=VALUE, the values percent-encoded"));
        Vec::new()
    })
}

fn decoded(text: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        if byte == b'%' {
            let mut digits = [0];
            hex::decode_to_slice([rest.next()?, rest.next()?], &mut digits).ok()?;
            bytes.push(digits[0]);
        } else {
            bytes.push(byte);
        }
    }
    String::from_utf8(bytes).ok().filter(|text| !text.contains(char::is_control))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(values: &[(&str, &str)]) -> Result<Option<TracesConfig>, Vec<String>> {
        let mut wrong = Vec::new();
        let get = |name: &str| values.iter().find(|(key, _)| *key == name).map(|(_, value)| (*value).to_owned());
        let config = TracesConfig::from_values(&get, &mut wrong);
        if wrong.is_empty() { Ok(config) } else { Err(wrong) }
    }

    #[test]
    fn without_an_endpoint_nothing_is_exported_and_the_signals_own_address_wins() {
        assert!(read(&[("OTEL_SERVICE_NAME", "lode")]).unwrap().is_none());
        let general = ("OTEL_EXPORTER_OTLP_ENDPOINT", "http://collector:4318/");
        assert_eq!(read(&[general]).unwrap().unwrap().endpoint, "http://collector:4318/v1/traces");
        let own = ("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", "https://traces.example/in");
        let config = read(&[general, own, ("OTEL_TRACES_SAMPLER_ARG", "0.25")]).unwrap().unwrap();
        assert_eq!((config.endpoint.as_str(), config.ratio), ("https://traces.example/in", 0.25));
        let off = read(&[own, ("OTEL_TRACES_SAMPLER", "always_off")]).unwrap().unwrap();
        assert!(off.ratio == 0.0 && off.timeout == Duration::from_secs(10));
    }

    #[test]
    fn headers_are_decoded_and_never_shown() {
        let headers = ("OTEL_EXPORTER_OTLP_HEADERS", "authorization=Bearer%20hunter2, x-team = a%C3%A5 ,");
        let config = read(&[("OTEL_EXPORTER_OTLP_ENDPOINT", "http://u:p@c"), headers]).unwrap().unwrap();
        let expected = [("authorization", "Bearer hunter2"), ("x-team", "aå")];
        assert_eq!(config.headers, expected.map(|(name, value)| (name.to_owned(), value.to_owned())));
        let shown = format!("{config:?}{:?}", TracesConfig::redacted(Some(&config)));
        assert!(!shown.contains("hunter2") && !shown.contains("u:p"), "{shown}");
    }

    #[test]
    fn every_wrong_setting_is_named() {
        let given = [
            ("OTEL_EXPORTER_OTLP_ENDPOINT", "collector:4318"),
            ("OTEL_EXPORTER_OTLP_HEADERS", "secret"),
            ("OTEL_RESOURCE_ATTRIBUTES", "a=%zz"),
            ("OTEL_EXPORTER_OTLP_TIMEOUT", "0"),
            ("OTEL_BSP_SCHEDULE_DELAY", "soon"),
            ("OTEL_TRACES_SAMPLER", "jaeger_remote"),
            ("OTEL_TRACES_SAMPLER_ARG", "2"),
        ];
        let wrong = read(&given).unwrap_err();
        assert_eq!(wrong.len(), given.len(), "{wrong:#?}");
        for (name, value) in given {
            assert!(wrong.iter().any(|line| line.starts_with(name)), "{name}: {wrong:#?}");
            assert!(name != "OTEL_EXPORTER_OTLP_HEADERS" || wrong.iter().all(|line| !line.contains(value)));
        }
        let grpc = [("OTEL_EXPORTER_OTLP_ENDPOINT", "http://c:4317"), ("OTEL_EXPORTER_OTLP_PROTOCOL", "grpc")];
        assert!(read(&grpc).unwrap_err()[0].contains("http/json"));
    }
}
