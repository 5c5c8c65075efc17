//! Claims about a fictitious company that were written without looking at the checker: `by_hand.txt` has one a line with what it cites,
//! `by_hand.json` the dossier.

use super::super::{Verdict, check, read_claims, read_dossier};
use serde_json::{Value, json};

/// True sentences that are not shown as fact, because the checker does not understand them. None may be added in silence.
const NOT_UNDERSTOOD: &[&str] = &[
    "Efter en nedgång 2023 växte omsättningen åter 2024.",
    "The EBIT margin never fell below 5 % between 2020 and 2024.",
    // Between two languages only numbers and names can be compared, and it has none.
    "The company has no sales force of its own.",
];

fn cites(text: &str) -> Vec<Value> {
    let parts = text.split(" | ").filter(|part| !part.is_empty());
    parts
        .flat_map(|part| match part.split_once('=') {
            Some((id, quote)) => vec![json!({ "id": id, "quote": quote })],
            None => part.split(' ').map(|id| json!({ "id": id })).collect(),
        })
        .collect()
}

#[test]
fn claims_written_without_the_checker_are_judged_as_they_are() {
    let dossier = read_dossier(include_str!("by_hand.json")).unwrap();
    let mut wrong = Vec::new();
    for line in include_str!("by_hand.txt").lines() {
        let mut parts = line.splitn(3, " | ");
        let (kind, text, cited) = (parts.next().unwrap(), parts.next().unwrap(), parts.next().unwrap());
        let (truth, language) = kind.split_once(' ').unwrap();
        let claims = json!([{ "id": "c", "language": language, "text": text, "cites": cites(cited) }]);
        let answer = check(&dossier, &read_claims(&claims.to_string()).unwrap()).remove(0);
        let expected = truth == "true" && !NOT_UNDERSTOOD.contains(&text);
        if (answer.verdict == Verdict::Verified) != expected {
            wrong.push(format!("{line}\n    {}", serde_json::to_string(&answer.checks).unwrap()));
        }
    }
    assert!(wrong.is_empty(), "{} judged wrongly:\n{}", wrong.len(), wrong.join("\n"));
}
