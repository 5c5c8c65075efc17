//! The checker by example; `tests/evidence` measures it on thousands of claims.

mod any_bytes;
mod by_hand;

use super::{Claim, Verdict, check, read_claims, read_dossier};

/// A company of five years; what is written below is true of it.
const SERIES: &str = r#"{"orgnr": "556000-0001", "facts": [FACTS], "passages": []}"#;

fn series() -> super::Dossier {
    let rows: [(&str, &str, [f64; 5]); 14] = [
        ("revenue", "SEK", [8_200_000.0, 9_100_000.0, 10_050_000.0, 11_000_000.0, 12_345_678.0]),
        ("ebitda", "SEK", [900_000.0, 1_100_000.0, 1_500_000.0, 1_300_000.0, 1_850_000.0]),
        ("ebit", "SEK", [700_000.0, 800_000.0, 1_100_000.0, 900_000.0, 1_400_000.0]),
        ("net_income", "SEK", [300_000.0, -250_000.0, 600_000.0, 500_000.0, 1_000_000.0]),
        ("total_assets", "SEK", [6_000_000.0, 6_100_000.0, 6_400_000.0, 6_500_000.0, 7_040_000.0]),
        ("equity", "SEK", [2_000_000.0, 2_100_000.0, 2_500_000.0, 2_600_000.0, 3_500_000.0]),
        ("cash", "SEK", [400_000.0, 500_000.0, 650_000.0, 1_200_000.0, 600_000.0]),
        ("personnel_costs", "SEK", [-3_000_000.0, -3_100_000.0, -3_400_000.0, -3_900_000.0, -4_200_000.0]),
        ("employees", "people", [9.0, 10.0, 12.0, 14.0, 15.0]),
        ("equity_ratio", "share", [0.333, 0.344, 0.391, 0.4, 0.5]),
        ("ebitda_margin", "share", [0.1098, 0.1209, 0.1493, 0.1182, 0.1498]),
        ("dso", "days", [41.0, 40.0, 44.0, 38.0, 36.0]),
        ("interest_cover", "times", [4.1, 3.3, 6.2, 5.0, 7.5]),
        ("net_debt", "SEK", [1_500_000.0, 1_400_000.0, 1_000_000.0, 800_000.0, 700_000.0]),
    ];
    let mut facts = Vec::new();
    for (field, unit, values) in rows {
        for (year, value) in (2020..).zip(values) {
            let two = year - 2000;
            facts.push(format!(
                r#"{{"id":"{field}{two}","field":"{field}","period_start":"{year}-01-01","period_end":"{year}-12-31","scope":"company","value":{value},"unit":"{unit}"}}"#
            ));
        }
    }
    read_dossier(&SERIES.replace("FACTS", &facts.join(","))).unwrap()
}

/// Every fact is cited, so that only the words decide.
fn judged(language: &str, text: &str) -> (Verdict, String) {
    let dossier = series();
    let cites: Vec<String> = dossier.facts.iter().map(|fact| format!(r#"{{"id":"{}"}}"#, fact.id)).collect();
    let text = serde_json::to_string(text).unwrap();
    let claims = format!(r#"[{{"id":"c","language":"{language}","text":{text},"cites":[{}]}}]"#, cites.join(","));
    let answer = check(&dossier, &read_claims(&claims).unwrap()).remove(0);
    (answer.verdict, serde_json::to_string(&answer.checks).unwrap())
}

#[test]
fn many_ways_of_saying_a_truth_are_understood() {
    let mut wrong = Vec::new();
    for (language, texts) in [("sv", include_str!("tests/true_sv.txt")), ("en", include_str!("tests/true_en.txt"))] {
        for text in texts.lines().filter(|line| !line.is_empty()) {
            let (verdict, checks) = judged(language, text);
            if verdict != Verdict::Verified {
                wrong.push(format!("{text}\n    {checks}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{} rejected:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn many_ways_of_saying_a_falsehood_are_caught() {
    let mut wrong = Vec::new();
    for (language, texts) in [("sv", include_str!("tests/false_sv.txt")), ("en", include_str!("tests/false_en.txt"))] {
        for text in texts.lines().filter(|line| !line.is_empty()) {
            let (verdict, checks) = judged(language, text);
            if verdict == Verdict::Verified {
                wrong.push(format!("{text}\n    {checks}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{} passed:\n{}", wrong.len(), wrong.join("\n"));
}

const DOSSIER: &str = r#"{"orgnr": "556000-0001", "name": "Nordvik Plåt AB", "facts": [
  {"id":"F1","field":"revenue","period_start":"2022-01-01","period_end":"2022-12-31","scope":"company","value":11000000,"unit":"SEK"},
  {"id":"F2","field":"revenue","period_start":"2023-01-01","period_end":"2023-12-31","scope":"company","value":12345000,"unit":"SEK"},
  {"id":"F3","field":"ebit","period_end":"2023-12-31","scope":"company","value":-1200000,"unit":"SEK"},
  {"id":"F4","field":"employees","period_end":"2023-12-31","value":45,"unit":"people"},
  {"id":"F5","field":"equity_ratio","period_end":"2023-12-31","value":0.412,"unit":"share"},
  {"id":"F6","field":"equity_ratio","period_end":"2022-12-31","value":0.392,"unit":"share"},
  {"id":"F7","field":"personnel_costs","period_end":"2023-12-31","value":-5200000,"unit":"SEK"},
  {"id":"F8","field":"revenue","period_start":"2023-01-01","period_end":"2023-12-31","scope":"group","value":40500000,"unit":"SEK"}],
  "passages": [{"id":"P1","url":"https://nordvik.example/om","sha256":"00","fetched_at":"2026-01-02T00:00:00Z","sentences":[
    {"id":"P1.1","text":"Vi är inte störst, men vi har 45 anställda i Malmö."},
    {"id":"P1.2","text":"Nordvik grundades 1987 av Karin Ek."}]}]}"#;

fn verdict(language: &str, text: &str, cites: &str) -> (Verdict, String) {
    let dossier = read_dossier(DOSSIER).unwrap();
    let text = serde_json::to_string(text).unwrap();
    let claims: Vec<Claim> =
        read_claims(&format!(r#"[{{"id":"c","language":"{language}","text":{text},"cites":[{cites}]}}]"#)).unwrap();
    let answer = check(&dossier, &claims).remove(0);
    (answer.verdict, serde_json::to_string_pretty(&answer.checks).unwrap())
}

#[track_caller]
fn expect(wanted: Verdict, language: &str, text: &str, ids: &str) {
    let cites: Vec<String> = ids.split_whitespace().map(|id| format!(r#"{{"id":"{id}"}}"#)).collect();
    let (found, checks) = verdict(language, text, &cites.join(","));
    assert_eq!(found, wanted, "{text}\n{checks}");
}

#[test]
fn true_statements_about_figures_are_verified() {
    for (language, text, ids) in [
        ("sv", "Omsättningen ökade med 12 % till 12,3 mkr 2023.", "F2 F1"),
        ("sv", "Omsättningen uppgick till 12 345 tkr 2023.", "F2"),
        ("sv", "Nordvik Plåt omsatte drygt 12 miljoner kronor 2023.", "F2"),
        ("sv", "Omsättningen ökade från 11,0 till 12,3 mkr mellan 2022 och 2023.", "F1 F2"),
        ("sv", "Rörelseförlusten uppgick till 1,2 mkr 2023.", "F3"),
        ("sv", "Rörelseresultatet var −1,2 mkr i fjol.", "F3"),
        ("sv", "Bolaget hade 45 anställda 2023.", "F4"),
        ("sv", "Soliditeten stärktes med 2 procentenheter till 41,2 % 2023.", "F5 F6"),
        ("sv", "Personalkostnaderna var 5,2 mkr 2023.", "F7"),
        ("sv", "Koncernens omsättning uppgick till 40,5 mkr 2023.", "F8"),
        ("en", "Revenue grew by 12% to SEK 12.3 million in 2023.", "F2 F1"),
        ("en", "Net sales were just over SEK 12 million last year.", "F2"),
        ("en", "The company had 45 employees in 2023 and an equity ratio of 41%.", "F4 F5"),
        ("en", "Revenue did not fall in 2023.", "F1 F2"),
        ("en", "Personnel costs corresponded to 42% of revenue in 2023.", "F7 F2"),
    ] {
        expect(Verdict::Verified, language, text, ids);
    }
}

#[test]
fn false_statements_about_figures_are_contradicted() {
    for (language, text, ids) in [
        ("sv", "Omsättningen minskade med 12 % till 12,3 mkr 2023.", "F2 F1"),
        ("sv", "Omsättningen uppgick till 12,4 mkr 2023.", "F2"),
        ("sv", "Omsättningen uppgick till 12,3 tkr 2023.", "F2"),
        ("sv", "Omsättningen uppgick till 12,3 mkr 2022.", "F2"),
        ("sv", "Rörelseresultatet var 1,2 mkr 2023.", "F3"),
        ("sv", "Omsättningen uppgick inte till 12,3 mkr 2023.", "F2"),
        ("sv", "Omsättningen fördubblades 2023.", "F1 F2"),
        ("sv", "Soliditeten stärktes med 2 % till 41,2 % 2023.", "F5 F6"),
        ("sv", "Sydvik Plåt omsatte 12,3 mkr 2023.", "F2"),
        ("sv", "Knappt 12 miljoner kronor omsatte bolaget 2023.", "F2"),
        ("en", "The group's revenue was SEK 12.3 million in 2023.", "F8"),
        ("en", "Revenue was lower in 2023 than in 2022.", "F1 F2"),
    ] {
        expect(Verdict::Contradicted, language, text, ids);
    }
}

#[test]
fn what_is_not_cited_or_not_known_is_not_found() {
    for (language, text, ids) in [
        ("sv", "Omsättningen ökade 2023.", "F2"),
        ("sv", "Omsättningen uppgick till 12,3 mkr 2023.", "F1"),
        ("sv", "Omsättningen uppgick till 12,3 mkr 2023.", ""),
        ("sv", "Omsättningen uppgick till 12,3 mkr 2023.", "F99"),
        ("sv", "Omsättningen uppgick till 12,3 mkr 2019.", "F2"),
        ("sv", "Omsättningen uppgick till 12,3 mkr 2023 och bolaget är marknadsledande.", "F2"),
        ("sv", "Omsättningen uppgick till 12,3 mkr 2023 tack vare nya kunder.", "F2"),
        ("en", "Revenue was the highest ever in 2023.", "F1 F2"),
        ("en", "Revenue was SEK 12.3 million in the third quarter of 2023.", "F2"),
        ("en", "Recurring revenue was SEK 12.3 million in 2023.", "F2"),
    ] {
        expect(Verdict::NotFound, language, text, ids);
    }
}

#[test]
fn quotes_prove_what_they_say_and_no_more() {
    let cases = [
        (
            Verdict::Verified,
            "sv",
            "Webbplatsen anger: ”vi har 45 anställda i Malmö”.",
            "P1.1",
            "vi har 45 anställda i Malmö",
        ),
        (Verdict::Verified, "sv", "Bolaget har 45 anställda i Malmö.", "P1.1", "vi har 45 anställda i Malmö."),
        (
            Verdict::Verified,
            "en",
            "The company was founded in 1987 by Karin Ek.",
            "P1.2",
            "Nordvik grundades 1987 av Karin Ek.",
        ),
        (Verdict::NotFound, "sv", "Bolaget är störst.", "P1.1", "störst, men vi"),
        (Verdict::Contradicted, "sv", "Bolaget har 54 anställda i Malmö.", "P1.1", "vi har 45 anställda i Malmö."),
        (Verdict::Contradicted, "sv", "Bolaget har 45 anställda i Lund.", "P1.1", "vi har 45 anställda i Malmö."),
        (
            Verdict::Contradicted,
            "en",
            "The company was founded in 1978 by Karin Ek.",
            "P1.2",
            "Nordvik grundades 1987 av Karin Ek.",
        ),
        (Verdict::NotFound, "sv", "Bolaget har 45 anställda i Malmö.", "P1.2", "vi har 45 anställda i Malmö."),
        (
            Verdict::NotFound,
            "sv",
            "Webbplatsen anger: ”vi har 145 anställda i Malmö”.",
            "P1.1",
            "vi har 145 anställda i Malmö",
        ),
    ];
    for (wanted, language, text, id, quote) in cases {
        let quote = serde_json::to_string(quote).unwrap();
        let (found, checks) = verdict(language, text, &format!(r#"{{"id":"{id}","quote":{quote}}}"#));
        assert_eq!(found, wanted, "{text}\n{checks}");
    }
}

#[test]
fn malformed_input_is_told_with_its_place() {
    let dossier = |fact: &str| read_dossier(&format!(r#"{{"orgnr":"1","facts":[{fact}]}}"#)).unwrap_err().to_string();
    assert!(read_dossier("{").unwrap_err().message.starts_with("not JSON"));
    assert_eq!(dossier(r#"{"id":"F1"}"#), "/facts/0: `value` is missing");
    let null = r#"{"id":"F1","field":"revenue","period_end":"2023-12-31","value":null,"unit":"SEK"}"#;
    assert_eq!(dossier(null), "/facts/0/value: is null; leave out what is missing");
    let unit = r#"{"id":"F1","field":"revenue","period_end":"2023-12-31","value":1,"unit":"tkr"}"#;
    assert!(dossier(unit).starts_with("/facts/0/unit: `tkr` is no unit"));
    assert_eq!(
        read_claims("{}").unwrap_err().to_string(),
        "the document: expected an array of claims, found an object"
    );
    let twice = r#"[{"id":"c","text":"a","cites":[]},{"id":"c","text":"b","cites":[]}]"#;
    assert_eq!(read_claims(twice).unwrap_err().pointer, "/1/id");
}
