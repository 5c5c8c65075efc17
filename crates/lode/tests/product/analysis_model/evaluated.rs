//! `lode eval` with a model: the binary asks the server of the tests about the shipped set, and what it tells is recorded.

use std::process::{Command, Output};

use serde_json::{Value, json};
use testing::model_server::Act;

use super::{Rig, rig, server};

/// A true sentence, a false one, and the fit by the margin; one company gets no object.
fn judge(body: &Value) -> String {
    if !server::is_about_a_company(body) {
        return server::answer(body);
    }
    let lines = server::lines(body);
    if lines[0]["orgnr"].as_str().is_some_and(|orgnr| orgnr.replace('-', "") == "5599001079") {
        return r#"{"statements": "none"}"#.to_owned();
    }
    let figure = |name: &str| lines.iter().find(|line| line["figure"] == name).cloned().unwrap_or_default();
    let (revenue, margin) = (figure("revenue"), figure("ebit_margin"));
    let cites = json!([{ "id": revenue["id"], "quote": null }]);
    let amount = revenue["value"].as_f64().unwrap_or_default();
    let level = (margin["value"].as_f64().unwrap_or_default() / 0.05).round().clamp(0.0, 4.0);
    let answer = json!({
        "statements": [
            { "section": "strengths", "text": format!("Omsättningen var {amount:.0} kr 2024."), "cites": cites },
            { "section": "strengths", "text": format!("Omsättningen var {:.0} kr 2024.", amount * 2.0), "cites": cites },
        ],
        "levers": [],
        "fit": [{ "dimension": "profitability", "level": level,
                  "reason": { "text": format!("Omsättningen var {amount:.0} kr 2024."), "cites": cites } }],
        "recommendation": "watch",
        "open_questions": [],
        "not_found": [],
    });
    server::fitting(answer, body).to_string()
}

fn eval(rig: &Rig, template: &str) -> Output {
    let set = format!("{}/../../evaluation/fictitious-companies.json", env!("CARGO_MANIFEST_DIR"));
    let folder = tempfile::tempdir().unwrap();
    Command::new(env!("CARGO_BIN_EXE_lode"))
        .args(["eval", "--set", &set, "--template", template, "--provider", "default", "--json"])
        .envs(rig.settings.iter().cloned())
        .env("DATABASE_URL", rig.server.db.url())
        .env("ARTIFACT_STORE_URL", rig.server.artifacts.place())
        .env("LODE_DATA_DIR", folder.path())
        .env_remove("REDIS_URL")
        .current_dir(folder.path())
        .output()
        .unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn evaluation_of_a_model_tells_rates_failures_agreement_and_cost_and_is_recorded() {
    let rig = rig().await;
    rig.model.script(vec![Act::Think(judge)]);
    let done = eval(&rig, "full");
    assert_eq!(done.status.code(), Some(0), "{}", String::from_utf8_lossy(&done.stderr));
    let told: Value = serde_json::from_slice(&done.stdout).unwrap();
    assert_eq!(
        (&told["companies"], &told["method"], &told["schema_failures"]),
        (&json!(24), &json!("default/m"), &json!(1)),
        "{told}"
    );
    // Of each of 23 companies two of three sentences are true.
    assert_eq!(
        (&told["claims"], &told["verified"], &told["contradicted"]),
        (&json!(69), &json!(46), &json!(23)),
        "{told}"
    );
    assert!(told["weighted_kappa"].as_f64().is_some_and(|kappa| kappa > 0.3), "{told}");
    assert_eq!((&told["unanswered"], &told["unscored"]), (&json!(0), &json!(1)), "{told}");
    // 120 tokens at 1 and 30 at 2 a call; the wrong shape was corrected once.
    assert_eq!((&told["calls"], &told["cost"]), (&json!(25), &json!(0.0045)), "{told}");
    assert!(told["latency_ms"].as_f64().is_some_and(|latency| latency > 0.0), "{told}");
    rig.assert_spending_is_the_sum_of_calls().await;

    let recorded = rig.server.json("/api/evaluations", 200).await;
    let first = &recorded["items"][0];
    assert_eq!((&first["id"], &first["method"]), (&told["evaluation_id"], &json!("default/m")), "{recorded}");
    assert_eq!((&first["result"]["cost"], &first["template_name"]), (&told["cost"], &json!("full")));
    let wrong = first["result"]["results"].as_array().unwrap().iter().find(|one| one["error"].is_string()).unwrap();
    assert_eq!((&wrong["orgnr"], &wrong["model_level"]), (&json!("5599001079"), &Value::Null), "{wrong}");

    // A template without questions asks nobody.
    let calls = rig.model.requests().len();
    let refused = eval(&rig, "acquisition");
    assert_eq!(refused.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&refused.stderr).contains("asks a model nothing"));
    assert_eq!(rig.model.requests().len(), calls);
}
