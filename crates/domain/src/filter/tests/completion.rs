//! What the text box offers.

use crate::filter::complete::complete;
use crate::filter::vocabulary::Vocabulary;

/// The text (caret at `|`), the words offered first, and what they replace.
const OFFERED: [(&str, &[&str], &str); 18] = [
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
];

#[test]
fn offers_what_fits() {
    for (marked, first, replaced) in OFFERED {
        let cursor = marked.find('|').expect("a caret");
        let text = marked.replace('|', "");
        let completion = complete(&text, cursor, 20, Vocabulary::builtin());
        let offered: Vec<&str> = completion.candidates.iter().map(|candidate| candidate.insert.as_str()).collect();
        assert_eq!(offered.get(..first.len()), Some(first), "{marked}: {offered:?}");
        assert_eq!(&text[completion.replaces], replaced, "{marked}");
    }
}

#[test]
fn offers_nothing_behind_an_error() {
    assert!(complete("revnue >= 5 and ", 16, 20, Vocabulary::builtin()).candidates.is_empty());
    assert!(complete("name contains \"a", 16, 20, Vocabulary::builtin()).candidates.is_empty());
}
