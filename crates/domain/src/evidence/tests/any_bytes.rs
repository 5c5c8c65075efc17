//! No dossier, claim or bytes make the checker panic, and every claim that is read has its answer, in order.

use proptest::prelude::*;

use crate::evidence::{check, read_claims, read_dossier};

/// Words of figures, years, names and quotes, and anything at all.
fn words() -> impl Strategy<Value = String> {
    let known = [
        "Omsättningen",
        "Revenue",
        "ökade",
        "fell",
        "med",
        "by",
        "12,3",
        "−1",
        "12.345,6",
        "1e9",
        "%",
        "mkr",
        "SEK",
        "miljoner",
        "2023",
        "2022/23",
        "i fjol",
        "last year",
        "drygt",
        "more than",
        "mellan",
        "och",
        "and",
        "inte",
        "not",
        "procentenheter",
        "dubblades",
        "highest",
        "sedan",
        "“",
        "”",
        "\"",
        "AB",
        "Nordvik",
        "koncernens",
        "https://a.example",
        "F1",
        "(",
        "–",
        "\u{200b}",
        "а",
        ".",
        ",",
        "45",
        "anställda",
        "99999999999999999999",
        "0",
    ];
    let word = prop_oneof![
        8 => proptest::sample::select(known.to_vec()).prop_map(str::to_owned),
        1 => "\\PC{0,8}",
        1 => any::<i64>().prop_map(|number| number.to_string()),
    ];
    proptest::collection::vec(word, 0..16).prop_map(|words| words.join(" "))
}

fn value() -> impl Strategy<Value = f64> {
    prop_oneof![
        any::<i32>().prop_map(f64::from),
        any::<f64>().prop_filter("JSON has no NaN", |value| value.is_finite()),
        Just(0.0),
        Just(0.12)
    ]
}

fn fact() -> impl Strategy<Value = serde_json::Value> {
    let field = proptest::sample::select(vec![
        "revenue",
        "ebit",
        "equity_ratio",
        "employees",
        "dso",
        "nonsense",
        "net_debt_to_ebitda",
    ]);
    let unit = proptest::sample::select(vec!["SEK", "share", "times", "days", "people", "number"]);
    (0..4_u8, field, unit, value(), 1_i32..9999, any::<bool>()).prop_map(|(id, field, unit, value, year, is_group)| {
        serde_json::json!({
            "id": format!("F{id}"), "field": field, "unit": unit, "value": value,
            "period_start": format!("{year:04}-01-01"), "period_end": format!("{year:04}-12-31"),
            "scope": if is_group { "group" } else { "company" },
        })
    })
}

fn dossier() -> impl Strategy<Value = String> {
    (proptest::collection::vec(fact(), 0..5), proptest::collection::vec(words(), 0..4)).prop_map(|(facts, sentences)| {
        let sentences: Vec<_> = sentences
            .iter()
            .enumerate()
            .map(|(index, text)| serde_json::json!({ "id": format!("P1.{index}"), "text": text }))
            .collect();
        let page = serde_json::json!({
            "id": "P1", "url": "https://a.example", "sha256": "00", "fetched_at": "2026-01-02T00:00:00Z", "sentences": sentences,
        });
        serde_json::json!({ "orgnr": "556000-0001", "name": "Nordvik AB", "facts": facts, "passages": [page] }).to_string()
    })
}

fn claims() -> impl Strategy<Value = (usize, String)> {
    let cite = (
        proptest::sample::select(vec!["F0", "F1", "F2", "P1", "P1.0", "P1.1", "F9", ""]),
        proptest::option::of(words()),
    );
    let claim = (words(), proptest::collection::vec(cite, 0..4), proptest::sample::select(vec!["sv", "en"]));
    proptest::collection::vec(claim, 1..5).prop_map(|claims| {
        let written: Vec<_> = claims
            .iter()
            .enumerate()
            .map(|(index, (text, cites, language))| {
                let cites: Vec<_> = cites
                    .iter()
                    .map(|(id, quote)| match quote {
                        Some(quote) => serde_json::json!({ "id": id, "quote": quote }),
                        None => serde_json::json!({ "id": id }),
                    })
                    .collect();
                serde_json::json!({ "id": format!("c{index}"), "language": language, "text": text, "cites": cites })
            })
            .collect();
        (written.len(), serde_json::Value::Array(written).to_string())
    })
}

/// A text with a few bytes changed, left out or put in.
fn broken(text: &str, changes: &[(u16, u8)]) -> String {
    let mut bytes = text.as_bytes().to_vec();
    for (place, byte) in changes {
        let at = usize::from(*place) % bytes.len().max(1);
        match byte % 3 {
            0 if !bytes.is_empty() => drop(bytes.remove(at)),
            1 if !bytes.is_empty() => bytes[at] = *byte,
            _ => bytes.insert(at.min(bytes.len()), *byte),
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1_500))]

    #[test]
    fn any_claims_about_any_dossier_are_answered_in_their_order((dossier, (count, claims)) in (dossier(), claims())) {
        // Two facts of one id, or an id of nothing, are malformed: told, never a panic.
        if let (Ok(dossier), Ok(claims)) = (read_dossier(&dossier), read_claims(&claims)) {
            let answers = check(&dossier, &claims);
            prop_assert_eq!(answers.len(), count);
            for (index, answer) in answers.iter().enumerate() {
                prop_assert_eq!(&answer.id, &format!("c{index}"));
            }
        }
    }

    #[test]
    fn any_bytes_give_a_reading_or_a_located_error(
        (dossier, (_, claims), changes) in (dossier(), claims(), proptest::collection::vec((any::<u16>(), any::<u8>()), 0..6))
    ) {
        let (dossier, claims) = (broken(&dossier, &changes), broken(&claims, &changes));
        for error in [read_dossier(&dossier).err(), read_claims(&claims).err()].into_iter().flatten() {
            prop_assert!(!error.to_string().is_empty());
        }
        if let (Ok(dossier), Ok(claims)) = (read_dossier(&dossier), read_claims(&claims)) {
            prop_assert_eq!(check(&dossier, &claims).len(), claims.len());
        }
    }
}
