//! What the text box offers.

use crate::filter::complete::{SetNames, complete};
use crate::filter::vocabulary::{Code, Vocabulary};

fn names() -> SetNames {
    let stage = Code { code: "contacted".to_owned(), sv: "Kontaktad".to_owned(), en: "Contacted".to_owned() };
    SetNames {
        lists: vec!["Mål 2026".to_owned(), "Säljer \"snart\"".to_owned()],
        labels: vec!["Familjeägt".to_owned()],
        stages: vec![stage],
    }
}

/// The text (caret at `|`), the words offered first, and what they replace.
const OFFERED: [(&str, &[&str], &str); 23] = [
    ("|", &["name", "status"], ""),
    ("sni = \"data|", &["62", "620", "6201"], "\"data"),
    ("reven|", &["revenue", "revenue_per_employee"], "reven"),
    ("nettooms|", &["revenue"], "nettooms"),
    ("solid|", &["equity_ratio"], "solid"),
    ("revenue >= 50m and ebitda_m|", &["ebitda_margin"], "ebitda_m"),
    ("revenue |", &[">=", "<="], ""),
    ("name st|", &["starts with"], "st"),
    ("name starts |", &["with"], ""),
    ("county not |", &["in"], ""),
    ("status = |", &["active", "dormant"], ""),
    ("status in active, d|", &["dormant", "deregistered"], "d"),
    ("status = avreg|", &["deregistered"], "avreg"),
    ("capital_flag = |", &["yes", "no"], ""),
    ("revenue >= 50m |", &["and", "or"], ""),
    ("revenue between 5 |", &["and"], ""),
    ("county = \"Skå|\"", &["12"], "\"Skå\""),
    ("sta| = active", &["status"], "sta"),
    ("in list |", &["\"Mål 2026\"", "\"Säljer \\\"snart\\\"\""], ""),
    ("in list må|", &["\"Mål 2026\""], "må"),
    ("not in label \"fam|", &["\"Familjeägt\""], "\"fam"),
    ("prospect = kon|", &["contacted"], "kon"),
    ("excluded = |", &["yes", "no"], ""),
];

#[test]
fn offers_what_fits() {
    for (marked, first, replaced) in OFFERED {
        let cursor = marked.find('|').expect("a caret");
        let text = marked.replace('|', "");
        let completion = complete(&text, cursor, 20, Vocabulary::builtin(), &names());
        let offered: Vec<&str> = completion.candidates.iter().map(|candidate| candidate.insert.as_str()).collect();
        assert_eq!(offered.get(..first.len()), Some(first), "{marked}: {offered:?}");
        assert_eq!(&text[completion.replaces], replaced, "{marked}");
    }
}

#[test]
fn offers_nothing_behind_an_error() {
    assert!(complete("revnue >= 5 and ", 16, 20, Vocabulary::builtin(), &names()).candidates.is_empty());
    assert!(complete("name contains \"a", 16, 20, Vocabulary::builtin(), &names()).candidates.is_empty());
}
