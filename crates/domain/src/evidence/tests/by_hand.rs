//! Claims about fictitious companies that were written without looking at the checker: each `.txt` has one a line with what it cites, the
//! `.json` of the same name the dossier.

use super::super::{Verdict, check, read_claims, read_dossier};
use serde_json::{Value, json};

/// True sentences that are not shown as fact, because the checker does not understand them. None may be added in silence.
const NOT_UNDERSTOOD: &[&str] = &[
    "Efter en nedgång 2023 växte omsättningen åter 2024.",
    "The EBIT margin never fell below 5 % between 2020 and 2024.",
    // Between two languages only numbers and names can be compared, and they have none.
    "The company has no sales force of its own.",
    "Bolaget är ingen underleverantör till bilindustrin.",
    "Kundfordringarna betalades efter i snitt 43 dagar 2023.",
    // “Miljö-” is not in the quote.
    "Företaget är miljöcertifierat enligt ISO 14001 sedan 2018.",
    // A change since a year is one up to the newest, which is not cited.
    "Revenue recovered strongly after 2020, growing 26% in 2021 and 17% in 2022.",
    "EBIT was negative in 2020 but positive in the other years from 2019 to 2023.",
    "Från bottenåret 2020 har omsättningen stigit med 39 procent.",
    "At SEK 39.6m, 2023 revenue was 5% below 2022.",
    "Styrelsen föreslår ingen utdelning.",
    // “Shares” is not in the quote.
    "The founders own 30% of the shares.",
    // A figure and a page in one sentence.
    "Omsättningen ökade med 20 procent till 25,2 mkr, och bolaget har ett servicekontor i Umeå.",
];

/// Falsehoods that pass: another word in another language. None may be added in silence.
const NOT_CAUGHT: &[&str] = &[
    "The company makes hydraulic cylinders for mining machines.",
    "The company develops control systems for sawmills and steel mills.",
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

fn misjudged(dossier: &str, claims: &str) -> Vec<String> {
    let dossier = read_dossier(dossier).unwrap();
    let mut wrong = Vec::new();
    for line in claims.lines() {
        let mut parts = line.splitn(3, " | ");
        let (kind, text, cited) = (parts.next().unwrap(), parts.next().unwrap(), parts.next().unwrap());
        let (truth, language) = kind.split_once(' ').unwrap();
        let claims = json!([{ "id": "c", "language": language, "text": text, "cites": cites(cited) }]);
        let answer = check(&dossier, &read_claims(&claims.to_string()).unwrap()).remove(0);
        let expected = truth == "true" && !NOT_UNDERSTOOD.contains(&text) || NOT_CAUGHT.contains(&text);
        if (answer.verdict == Verdict::Verified) != expected {
            wrong.push(format!("{line}\n    {}", serde_json::to_string(&answer.checks).unwrap()));
        }
    }
    wrong
}

#[test]
fn claims_written_without_the_checker_are_judged_as_they_are() {
    for (dossier, claims) in [
        (include_str!("by_hand.json"), include_str!("by_hand.txt")),
        (include_str!("almtorp.json"), include_str!("almtorp.txt")),
        (include_str!("kvarnsjo.json"), include_str!("kvarnsjo.txt")),
        (include_str!("sjovalla.json"), include_str!("sjovalla.txt")),
    ] {
        let wrong = misjudged(dossier, claims);
        assert!(wrong.is_empty(), "{} judged wrongly:\n{}", wrong.len(), wrong.join("\n"));
    }
}
