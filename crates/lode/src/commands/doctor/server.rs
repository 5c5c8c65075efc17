//! The API as its users reach it: whether it answers, which build it is, and how its index is.

use std::time::{Duration, Instant};

use chrono::{DateTime, Utc};
use serde_json::Value;
use store::diagnosis::clock_difference;

use super::database::clock;
use crate::wiring::BUILD;
use services::diagnosis::{Finding, IndexSeen, Part, judge_index};

/// How long an answer may take.
const PATIENCE: Duration = Duration::from_secs(10);

/// Asks the API at the base URL.
pub(super) async fn look(base: Option<&str>, token: Option<&str>) -> Vec<Finding> {
    let Some(base) = base else {
        let remedy = "give --base https://… (or set LODE_PUBLIC_URL)";
        return [Part::Server, Part::Index].map(|part| Finding::unknown(part, "no address was given", remedy)).into();
    };
    let base = base.trim_end_matches('/');
    let client = match reqwest::Client::builder().timeout(PATIENCE).build() {
        Ok(client) => client,
        Err(error) => {
            return vec![Finding::unknown(Part::Server, format!("no HTTP client: {error}"), "report this as a fault")];
        }
    };
    let (asked, begun) = (Utc::now(), Instant::now());
    let answer = match client.get(format!("{base}/health")).send().await {
        Ok(answer) => answer,
        Err(error) => {
            let found = format!("{base} does not answer: {}", reason(&error));
            return vec![Finding::failure(
                Part::Server,
                found,
                "is the API running, the name right, the certificate believed? (LodeEdgeDown in alerts.md)",
            )];
        }
    };
    let took = begun.elapsed();
    let date = answer.headers().get(reqwest::header::DATE).and_then(|date| date.to_str().ok());
    let date = date.and_then(|date| DateTime::parse_from_rfc2822(date).ok()).map(|date| date.with_timezone(&Utc));
    let mut findings = Vec::new();
    if let Some(date) = date {
        // The header has whole seconds, cut off.
        let difference = clock_difference(asked, took, date) + 0.5;
        findings.push(clock("the API", difference));
    }
    let health: Value = answer.json().await.unwrap_or_default();
    findings.push(ready(&client, base, &health).await);
    findings.extend(status(&client, base, token).await);
    findings
}

/// The innermost cause: the outer ones only name the address.
fn reason(error: &reqwest::Error) -> String {
    anyhow::Chain::new(error).last().map(ToString::to_string).unwrap_or_default()
}

async fn ready(client: &reqwest::Client, base: &str, health: &Value) -> Finding {
    let version = health["version"].as_str().unwrap_or("an unknown version");
    let answer = match client.get(format!("{base}/ready")).send().await {
        Ok(answer) => answer,
        Err(error) => {
            return Finding::failure(
                Part::Server,
                format!("/ready does not answer: {}", reason(&error)),
                "look into the API's log",
            );
        }
    };
    let status = answer.status();
    let body: Value = answer.json().await.unwrap_or_default();
    if !status.is_success() {
        let missing: Vec<String> = body["checks"]
            .as_object()
            .into_iter()
            .flatten()
            .filter(|(_, said)| said.as_str() != Some("ok"))
            .map(|(name, said)| format!("{name}: {}", said.as_str().unwrap_or("not told")))
            .collect();
        let found = format!("{base} is not ready ({status}): {}", missing.join("; "));
        return Finding::failure(
            Part::Server,
            found,
            "a proxy sends it nothing until this is mended; the part named has its section in alerts.md",
        );
    }
    if version != BUILD.version || (health["commit"].as_str().is_some() && health["commit"].as_str() != BUILD.commit) {
        let found = format!(
            "{base} is ready; it runs {version} {}, this program is {}",
            health["commit"].as_str().unwrap_or(""),
            BUILD.text()
        );
        return Finding::warning(
            Part::Server,
            found,
            "while a release rolls out this passes; otherwise deploy one of the two",
        );
    }
    Finding::well(Part::Server, format!("{base} is ready, version {version}"))
}

async fn status(client: &reqwest::Client, base: &str, token: Option<&str>) -> Vec<Finding> {
    let mut request = client.get(format!("{base}/api/status"));
    if let Some(token) = token {
        request = request.bearer_auth(token);
    }
    let answer = match request.send().await {
        Ok(answer) => answer,
        Err(error) => {
            return vec![Finding::failure(
                Part::Index,
                format!("/api/status does not answer: {}", reason(&error)),
                "look into the API's log",
            )];
        }
    };
    match answer.status().as_u16() {
        200 => {}
        401 | 403 => {
            let remedy = "give --token (lode admin token create … --scopes read)";
            return vec![Finding::unknown(Part::Index, "the API tells it to people who are signed in", remedy)];
        }
        code => {
            return vec![Finding::failure(
                Part::Index,
                format!("/api/status answers {code}"),
                "look for its request id in the log",
            )];
        }
    }
    let body: Value = answer.json().await.unwrap_or_default();
    vec![index(&body["index"])]
}

/// What the API says of its index.
fn index(index: &Value) -> Finding {
    judge_index(&IndexSeen {
        is_ready: index["ready"] == Value::Bool(true),
        rows: index["rows"].as_u64().unwrap_or(0),
        lag_seconds: index["lag_seconds"].as_f64(),
        not_compared: index["not_compared"].as_str().map(str::to_owned),
        differences: index["check"]["differences"].as_array().map_or(0, Vec::len),
    })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use services::diagnosis::Level;

    #[test]
    fn index_that_is_away_old_or_untrue_is_named() {
        let good = json!({ "ready": true, "rows": 9, "lag_seconds": 0.2, "check": { "differences": [] }, "not_compared": null });
        assert_eq!(index(&good).level, Level::Well);
        for (name, value, level) in [
            ("ready", json!(false), Level::Failure),
            ("lag_seconds", json!(40.0), Level::Warning),
            ("lag_seconds", json!(4_000.0), Level::Failure),
            ("not_compared", json!("Postgres is busy"), Level::Warning),
            ("check", json!({ "differences": ["revenue"] }), Level::Failure),
        ] {
            let mut broken = good.clone();
            broken[name] = value;
            assert_eq!(index(&broken).level, level, "{name}");
        }
    }
}
