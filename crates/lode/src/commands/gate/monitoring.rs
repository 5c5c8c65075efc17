//! Whether Prometheus has the alerts of this release and can evaluate them.

use std::collections::BTreeMap;

use serde_json::Value;

use super::table::{Condition, Table};

/// The alerts of this release, as they are deployed.
const RULES: &str = include_str!("../../../../../deploy/prometheus/rules/alerts.yml");

/// Notes whether every alert is loaded.
pub(super) async fn alerts(table: &mut Table, client: &reqwest::Client, prometheus: Option<&str>) {
    let outcome = match prometheus {
        None => Err("not looked at: give --prometheus".to_owned()),
        Some(base) => loaded(client, base).await,
    };
    table.note(Condition::AlertsLoaded, outcome);
}

async fn loaded(client: &reqwest::Client, base: &str) -> Result<String, String> {
    let answer = client.get(format!("{}/api/v1/rules?type=alert", base.trim_end_matches('/'))).send().await;
    let answer = answer.map_err(|error| format!("Prometheus does not answer: {}", error.without_url()))?;
    let body: Value =
        answer.json().await.map_err(|error| format!("Prometheus answers no JSON: {}", error.without_url()))?;
    judge(&expected(), &body)
}

/// The names of the alerts of this release.
fn expected() -> Vec<&'static str> {
    RULES.lines().filter_map(|line| line.trim_start().strip_prefix("- alert:")).map(str::trim).collect()
}

fn judge(expected: &[&str], body: &Value) -> Result<String, String> {
    let groups = body["data"]["groups"].as_array().ok_or("Prometheus tells no groups of rules")?;
    let rules = groups.iter().filter_map(|group| group["rules"].as_array()).flatten();
    let health: BTreeMap<&str, &str> =
        rules.filter_map(|rule| Some((rule["name"].as_str()?, rule["health"].as_str().unwrap_or("unknown")))).collect();
    let missing: Vec<&str> = expected.iter().copied().filter(|name| !health.contains_key(name)).collect();
    if let Some(first) = missing.first() {
        return Err(format!("{} of {} alerts are not loaded: {first} …", missing.len(), expected.len()));
    }
    // A rule that was just loaded is "unknown" until its first evaluation.
    match expected.iter().find(|name| health.get(**name) == Some(&"err")) {
        Some(name) => Err(format!("Prometheus cannot evaluate {name}")),
        None => Ok(format!("{} alerts", expected.len())),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn missing_and_broken_alerts_are_named() {
        let names = expected();
        assert!(names.len() > 20, "{names:?}");
        let body = |rules: Vec<Value>| json!({ "data": { "groups": [{ "rules": rules }] } });
        let rule = |name: &str, health: &str| json!({ "name": name, "health": health });
        let all: Vec<Value> = names.iter().map(|name| rule(name, "ok")).collect();
        assert!(judge(&names, &body(all.clone())).is_ok());
        let without = judge(&names, &body(all[1..].to_vec())).unwrap_err();
        assert!(without.contains(names[0]), "{without}");
        let mut broken = all;
        broken[1] = rule(names[1], "err");
        assert!(judge(&names, &body(broken)).unwrap_err().contains(names[1]));
        assert!(judge(&names, &json!({})).is_err());
    }
}
