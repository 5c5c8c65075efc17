//! A sentence over HTTP: its filter, what each phrase became, what was not understood, and that the screen takes the filter as it comes.

use crate::support;
use crate::universe::data::{fill, plain, post, ready, set};
use domain::facts::FactValue;
use serde_json::{Value, json};

#[tokio::test(flavor = "multi_thread")]
async fn a_sentence_becomes_a_filter_that_the_screen_takes_and_names_what_it_is_not() {
    let server = support::start(&[]).await;
    let mut companies = plain(6);
    set(&mut companies[..4], "sni", FactValue::Text("62010".into()));
    set(&mut companies[..2], "revenue", FactValue::Integer(80_000_000));
    fill(&server.db, &companies).await;
    ready(&server, Some(6)).await;

    let text = "🔎 Ägarledda IT-bolag med omsättning över 50 mkr, störst först";
    let (status, answer) = post(&server, "/api/ai-filter", &json!({ "text": text, "language": "en" })).await;
    assert_eq!(status, 200, "{answer}");
    assert_eq!(answer["text"], "sni = 62 and revenue > 50m");
    assert_eq!(answer["sort"], json!({ "by": "revenue", "dir": "desc" }));
    assert_eq!((&answer["complete"], &answer["method"]), (&json!(false), &json!("rules")));
    let words = |place: &Value| {
        let units: Vec<u16> = text.encode_utf16().collect();
        let start = place["start"].as_u64().unwrap() as usize;
        String::from_utf16(&units[start..start + place["length"].as_u64().unwrap() as usize]).unwrap()
    };
    let told: Vec<_> = answer["explanation"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| (words(one), one["condition"]["text"].clone()))
        .collect();
    assert_eq!(
        told,
        [
            ("IT-bolag".to_owned(), json!("sni = 62")),
            ("omsättning över 50 mkr".to_owned(), json!("revenue > 50m")),
            ("störst först".to_owned(), Value::Null),
        ]
    );
    let unread = &answer["not_understood"][0];
    assert_eq!((words(unread).as_str(), &unread["reason"]), ("Ägarledda", &json!("unknown")), "{answer}");
    assert_eq!(unread["message"], "Cannot be expressed as a condition");

    let question = json!({ "filter": answer["filter"], "sort": answer["sort"] });
    let (status, page) = post(&server, "/api/universe/query", &question).await;
    assert_eq!((status, &page["total"]), (200, &json!(2)), "{page}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_sentence_that_is_missing_too_long_or_in_another_language_is_refused_by_its_place() {
    let server = support::start(&[]).await;
    for (body, pointer) in [
        (json!({}), "/text"),
        (json!({ "text": "  " }), "/text"),
        (json!({ "text": 5 }), "/text"),
        (json!({ "text": "å".repeat(1_001) }), "/text"),
        (json!({ "text": "bygg", "language": "de" }), "/language"),
        (json!({ "text": "bygg", "prompt": "x" }), "/prompt"),
    ] {
        let (status, answer) = post(&server, "/api/ai-filter", &body).await;
        assert_eq!((status, &answer["errors"][0]["pointer"]), (422, &json!(pointer)), "{answer}");
    }
}
