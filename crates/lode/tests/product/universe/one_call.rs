//! An edit of the filter in one call: how it was read, rows and counts together; and rows by columns, equal to rows as objects.

use proptest::strategy::{Strategy, ValueTree};
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};
use serde_json::{Map, Value, json};

use crate::support;
use crate::universe::data::{self, fill, post, ready};

const QUERY: &str = "/api/universe/query";

/// The rows as objects that an answer by columns stands for.
fn rows_of(columns: &Value) -> Vec<Value> {
    let columns = columns.as_object().unwrap();
    let count = columns["orgnr"].as_array().unwrap().len();
    assert!(columns.values().all(|values| values.as_array().unwrap().len() == count), "{columns:?}");
    let year = |year: &Value| json!({ "period_end": year[0], "revenue": year[1] });
    let cell = |key: &String, value: &Value| match value.as_array() {
        Some(years) if key == "revenue_series" => years.iter().map(year).collect(),
        _ => value.clone(),
    };
    let row = |place: usize| -> Map<String, Value> {
        columns.iter().map(|(key, values)| (key.clone(), cell(key, &values[place]))).collect()
    };
    (0..count).map(|place| Value::Object(row(place))).collect()
}

/// The answer without what differs from call to call.
fn settled(mut answer: Value) -> Value {
    answer.as_object_mut().unwrap().remove("took_ms");
    answer
}

#[tokio::test(flavor = "multi_thread")]
async fn rows_by_columns_equal_rows_as_objects() {
    let server = support::start(&[]).await;
    let mut runner = TestRunner::new_with_rng(Config::default(), TestRng::from_seed(RngAlgorithm::ChaCha, &[5; 32]));
    let companies = data::random(&mut runner, 300);
    fill(&server.db, &companies).await;
    ready(&server, Some(300)).await;
    let catalogue = server.client.get(format!("{}/api/universe/filters", server.url)).send().await.unwrap();
    let catalogue: Value = catalogue.json().await.unwrap();
    let fields = catalogue["fields"].as_array().unwrap();
    let every: Vec<&Value> =
        fields.iter().filter(|field| field["is_column"] == true).map(|field| &field["key"]).collect();
    assert!(every.len() > 30, "{every:?}");
    let filters = data::arbitrary::any_filter_without_sets();
    let mut shown = 0;
    for round in 0..40 {
        let filter = domain::filter::json::to_json(&filters.new_tree(&mut runner).unwrap().current());
        let mut body = json!({ "filter": filter, "limit": 1 + round * 7, "facets": ["sni:2"] });
        match round % 3 {
            0 => body["columns"] = json!(every),
            1 => body["columns"] = json!(["revenue", "revenue_series", "sni_all", "revenue", "name", "orgnr"]),
            _ => {}
        }
        let (status, objects) = post(&server, QUERY, &body).await;
        assert_eq!(status, 200, "{objects}");
        body["form"] = json!("columns");
        let (status, mut columns) = post(&server, QUERY, &body).await;
        assert_eq!((status, &columns["rows"]), (200, &json!([])), "{columns}");
        columns["rows"] = json!(rows_of(&columns["columns"]));
        columns.as_object_mut().unwrap().remove("columns");
        shown += columns["rows"].as_array().unwrap().len();
        assert_eq!(settled(columns), settled(objects), "{body}");
    }
    assert!(shown > 500, "too few rows were compared: {shown}");
    let (status, answer) = post(&server, QUERY, &json!({ "form": "tables" })).await;
    assert_eq!((status, &answer["errors"][0]["pointer"]), (422, &json!("/form")), "{answer}");
}

#[tokio::test(flavor = "multi_thread")]
async fn one_call_reads_the_filter_as_parse_does_and_answers_with_rows_and_counts() {
    let server = support::start(&[]).await;
    let mut runner = TestRunner::new_with_rng(Config::default(), TestRng::from_seed(RngAlgorithm::ChaCha, &[6; 32]));
    let companies = data::random(&mut runner, 200);
    fill(&server.db, &companies).await;
    ready(&server, Some(200)).await;
    let filters = data::arbitrary::any_filter_without_sets();
    for round in 0..40 {
        let filter = filters.new_tree(&mut runner).unwrap().current();
        let selection = if round % 2 == 0 {
            json!({ "filter": domain::filter::json::to_json(&filter) })
        } else {
            json!({ "text": domain::filter::print::print(&filter) })
        };
        let (_, read) = post(&server, "/api/universe/parse", &selection).await;
        let mut body = selection;
        body["histograms"] = json!([{ "field": "revenue" }]);
        body["facets"] = json!(["county"]);
        // Free words choose companies, and are no part of the filter that is shown.
        body["q"] = json!("ab");
        let (_, without) = post(&server, QUERY, &body).await;
        assert_eq!(without.get("parsed"), None, "{without}");
        body["parsed"] = json!(true);
        let (status, mut answer) = post(&server, QUERY, &body).await;
        assert_eq!(status, 200, "{answer}");
        assert_eq!(answer.as_object_mut().unwrap().remove("parsed"), Some(read.clone()), "{body}");
        assert_eq!(answer["text"], read["text"]);
        assert!(answer["histograms"]["revenue"].is_object() && answer["facets"]["county"].is_array(), "{answer}");
        assert_eq!(settled(answer), settled(without), "{body}");
    }
    // What cannot be read is refused with the place, as by the other call.
    let wrong = json!({ "text": "revenue >= 5m and revenu > 1", "parsed": true });
    let (status, answer) = post(&server, QUERY, &wrong).await;
    let error = &answer["errors"][0];
    assert_eq!(
        (status, &error["pointer"], &error["offset"], &error["length"]),
        (422, &json!("/text"), &json!(18), &json!(6))
    );
    assert_eq!(error["suggestions"][0], "revenue", "{answer}");
}
