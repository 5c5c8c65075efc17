//! The screen over HTTP: the real server, real Postgres, the index that follows it.

use crate::support;
pub mod data;
mod one_call;
mod paging;

use data::{fill, post, ready};
use domain::filter::evaluate::holds;
use domain::filter::json::to_json;
use domain::filter::print::print;
use proptest::strategy::{Strategy, ValueTree};
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};
use serde_json::{Value, json};

fn orgnrs(answer: &Value) -> Vec<String> {
    answer["rows"].as_array().unwrap().iter().map(|row| row["orgnr"].as_str().unwrap().to_owned()).collect()
}

/// Sends a text as JSON, whatever it is.
async fn post_text(server: &support::Server, text: String) -> reqwest::Response {
    let request = server.client.post(format!("{}/api/universe/query", server.url));
    request.header("content-type", "application/json").body(text).send().await.unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn bad_filters_are_refused_by_name_and_place() {
    let server = support::start(&[]).await;
    let refused = [
        (json!({"filters": [{"field": "revenu", "op": ">", "value": 1}]}), "/filters/0/field", "revenu"),
        (json!({"filters": [{"field": "revenue", "op": "like", "value": 1}]}), "/filters/0/op", "like"),
        (
            json!({"filters": [{"field": "revenue", "op": ">", "value": 1, "type": "colour"}]}),
            "/filters/0/type",
            "colour",
        ),
        (json!({"filters": [{"field": "revenue", "op": ">", "value": "much"}]}), "/filters/0/value", "needs a number"),
        (json!({"filters": [{"field": "revenue", "op": ">", "value": 1, "x": 1}]}), "/filters/0/x", "no key"),
        (json!({"filters": [{"op": ">", "value": 1}]}), "/filters/0/field", "needs field"),
        (json!({"filters": [5]}), "/filters/0", "object"),
        (json!({"filters": {}}), "/filters", "list"),
        (json!({"filters": [], "logic": "xor"}), "/logic", "xor"),
        (json!({"filtres": []}), "/filtres", "filtres"),
        (json!({"filter": {"all": {}}}), "/filter/all", "list of filters"),
        (json!({"filter": {"field": "name", "op": "~"}}), "/filter/op", "one value"),
        (json!({"filter": {"field": "revenue", "op": ">=", "value": "NaN"}}), "/filter/value", "NaN"),
        (json!({"text": "revenue >= "}), "/text", "a value of revenue"),
        (json!({"text": "åäö > 5"}), "/text", "åäö"),
        (json!({"sort": {"by": "revenu"}}), "/sort/by", "revenu"),
        (json!({"sort": [{"by": "revenue", "dir": "up"}]}), "/sort/0/dir", "asc or desc"),
        (json!({"sort": {"by": "sni_all"}}), "/sort/by", "ordered"),
        (json!({"limit": -1}), "/limit", "whole number"),
        (json!({"limit": 100_000}), "/limit", "1000"),
        (json!({"offset": "x"}), "/offset", "whole number"),
        (json!({"columns": ["nam3"]}), "/columns/0", "nam3"),
        (json!({"facets": ["revenue"]}), "/facets/0", "histogram"),
        (json!({"facets": ["county:2"]}), "/facets/0", "no levels"),
        (json!({"histograms": [{"field": "county"}]}), "/histograms/0/field", "no numbers"),
        (json!({"histograms": [{"field": "revenue", "bins": 0}]}), "/histograms/0/bins", "1 to 200"),
        (json!({"scope": "group"}), "/scope", "company"),
        (json!([]), "", "object"),
    ];
    for (body, pointer, words) in refused {
        let (status, answer) = post(&server, "/api/universe/query", &body).await;
        assert_eq!(status, 422, "{body}: {answer}");
        assert_eq!(answer["errors"][0]["pointer"], pointer, "{body}: {answer}");
        assert!(answer["errors"][0]["message"].as_str().unwrap().contains(words), "{body}: {answer}");
        assert!(answer["request_id"].is_string());
    }
    let (_, answer) = post(&server, "/api/universe/parse", &json!({"text": "\"å\" = 1 and revenue >= 5q"})).await;
    assert_eq!((&answer["errors"][0]["offset"], &answer["errors"][0]["length"]), (&json!(0), &json!(3)));
    let deep = format!("{}{{\"all\":[]}}{}", "{\"not\":".repeat(1_000), "}".repeat(1_000));
    for body in [format!("{{\"filter\":{deep}}}"), format!("{{\"text\":\"{}\"}}", "(".repeat(1_000))] {
        let answer = post_text(&server, body).await;
        assert_eq!(answer.status().as_u16(), 422);
        assert!(answer.text().await.unwrap().contains("64 levels deep"));
    }
    for body in ["{", "{\"filter\": NaN}", "{\"limit\": 1e999}", "\u{0}"] {
        let answer = post_text(&server, body.to_owned()).await;
        assert_eq!(answer.status().as_u16(), 422, "{body}");
    }
    // Right answers, not errors.
    let many: Vec<i64> = (0..10_000).collect();
    for body in [
        json!({"filter": {"field": "revenue", "op": "in", "value": many}}),
        json!({"filter": {"all": []}}),
        json!({"filter": {"any": []}}),
        json!({"filters": [{"field": "name", "op": "contains", "value": "'; DROP TABLE companies; --"}]}),
        json!({"q": "' or 1=1 --"}),
        json!({}),
    ] {
        let (status, answer) = post(&server, "/api/universe/query", &body).await;
        assert_eq!((status, &answer["total"]), (200, &json!(0)), "{answer}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn index_sql_and_reference_agree_over_http() {
    let server = support::start(&[]).await;
    let mut runner = TestRunner::new_with_rng(Config::default(), TestRng::from_seed(RngAlgorithm::ChaCha, &[9; 32]));
    let companies = data::random(&mut runner, 300);
    fill(&server.db, &companies).await;
    ready(&server, Some(300)).await;
    let filters = data::arbitrary::any_filter_without_sets();
    let fields = ["revenue", "cagr_3y", "registered_on", "is_demo", "health_score"];
    for round in 0..150 {
        let filter = filters.new_tree(&mut runner).unwrap().current();
        let field = fields[round % fields.len()];
        let body = match round % 2 {
            0 => {
                json!({"filter": to_json(&filter), "limit": 1000, "sort": {"by": field}, "facets": ["status", "sni:2", "sni_all", "is_demo"]})
            }
            _ => {
                json!({"text": print(&filter), "limit": 1000, "sort": {"by": field}, "facets": ["status", "sni:2", "sni_all", "is_demo"]})
            }
        };
        let (status, answer) = post(&server, "/api/universe/query", &body).await;
        assert_eq!((status, &answer["engine"]), (200, &json!("index")), "{answer}");
        let mut found = orgnrs(&answer);
        let sort = [store::universe::page::SortKey {
            by: store::universe::page::SortBy::Field(domain::filter::FieldId::find(field).unwrap()),
            descending: !matches!(field, "is_demo"),
        }];
        let mut conn = server.db.acquire().await.unwrap();
        let where_ = store::universe::Where(&filter);
        let by_sql = store::universe::page::all(&mut conn, where_, &sort).await.unwrap();
        let by_sql: Vec<String> = by_sql.iter().map(ToString::to_string).collect();
        assert_eq!(found, by_sql, "{}", print(&filter));
        for (name, key, level) in [
            ("status", "status", None),
            ("sni:2", "sni", Some(2)),
            ("sni_all", "sni_all", None),
            ("is_demo", "is_demo", None),
        ] {
            use store::universe::count::{Level, facet};
            let id = domain::filter::FieldId::find(key).unwrap();
            let without = filter.without_field(id);
            let expected =
                facet(&mut conn, store::universe::Where(&without), id, level.map_or(Level::Value, Level::Sni))
                    .await
                    .unwrap();
            let counted: Vec<(Option<String>, u64)> = answer["facets"][name]
                .as_array()
                .unwrap()
                .iter()
                .map(|entry| {
                    let value = match &entry["value"] {
                        Value::Null => None,
                        Value::Bool(yes) => Some(yes.to_string()),
                        value => value.as_str().map(str::to_owned),
                    };
                    (value, entry["count"].as_u64().unwrap())
                })
                .collect();
            assert_eq!(counted, expected, "{name} of {}", print(&filter));
        }
        let expected: Vec<String> =
            companies.iter().filter(|facts| holds(&filter, *facts)).map(|facts| facts.orgnr.to_string()).collect();
        found.sort();
        assert_eq!(found, expected, "{}", print(&filter));
        assert_eq!(answer["total"], expected.len());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn changes_of_another_process_are_seen_and_two_indexes_tell_the_same() {
    let server = support::start(&[]).await;
    let companies: Vec<_> = screen::synthetic::companies(12_000, 3).collect();
    fill(&server.db, &companies).await;
    ready(&server, Some(12_000)).await;
    let second = universe::index::ScreenIndex::start(server.db.pool().clone(), None);
    second.wait_until_ready().await;
    let revenue = domain::filter::FieldId::find("revenue").unwrap();
    let mut changed = companies[..10_000].to_vec();
    for facts in &mut changed {
        facts.values[usize::from(revenue.0)] = domain::facts::FactValue::Integer(77_777_777);
    }
    fill(&server.db, &changed).await;
    let body = json!({"text": "revenue = 77777777", "limit": 5});
    let mut answer = Value::Null;
    // A change is seen within two seconds; a slow machine is given more before it counts as lost.
    for _ in 0..300 {
        answer = post(&server, "/api/universe/query", &body).await.1;
        if answer["total"].as_u64() >= Some(10_000) {
            break;
        }
        // Never a part of one commit.
        assert_eq!(answer["total"], 0, "a torn batch");
        tokio::time::sleep(std::time::Duration::from_millis(100)).await;
    }
    assert_eq!(answer["total"], 10_000);
    let (_, check) = post(&server, "/api/universe/check", &json!({})).await;
    assert_eq!(check["differences"], json!([]), "{check}");
    assert!(check["data_version"].is_string(), "{check}");
    for _ in 0..300 {
        if second.status().data_version.as_deref() == answer["data_version"].as_str() {
            break;
        }
        tokio::time::sleep(std::time::Duration::from_millis(100)).await;
    }
    let state = second.read().unwrap();
    assert_eq!(Some(state.version().to_string().as_str()), answer["data_version"].as_str());
    let filter = domain::filter::parse::parse("revenue = 77777777").unwrap();
    assert_eq!(state.select(&filter, &screen::NoSets).count(), 10_000);
    let (_, status) = (0, server.json("/api/status", 200).await);
    assert_eq!(status["index"]["rows"], 12_000);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_snapshot_tells_who_entered_and_left_because_of_which_figure() {
    let server = support::start(&[]).await;
    let mut companies = data::plain(40);
    data::set(&mut companies[..10], "revenue", domain::facts::FactValue::Integer(60_000_000));
    fill(&server.db, &companies).await;
    ready(&server, Some(40)).await;
    let (status, taken) =
        post(&server, "/api/universe/snapshots", &json!({"text": "revenue >= 50m", "name": "Stora"})).await;
    assert_eq!((status, &taken["count"]), (201, &json!(10)), "{taken}");
    let url = format!("/api/universe/snapshots/{}", taken["id"].as_str().unwrap());
    let detail = server.json(&url, 200).await;
    assert_eq!((detail["orgnrs"].as_array().unwrap().len(), &detail["hash"]), (10, &taken["hash"]));
    let (_, same) = post(&server, &format!("{url}/rerun"), &json!({})).await;
    assert_eq!((&same["entered_count"], &same["left_count"], &same["hash"]), (&json!(0), &json!(0), &taken["hash"]));

    data::set(&mut companies[..2], "revenue", domain::facts::FactValue::Integer(49_999_999));
    data::set(&mut companies[20..21], "revenue", domain::facts::FactValue::Integer(55_000_000));
    fill(&server.db, &companies).await;
    // A second change after the first must not hide what the figure was at the snapshot.
    data::set(&mut companies[20..21], "revenue", domain::facts::FactValue::Integer(70_000_000));
    data::set(&mut companies[5..6], "employees", domain::facts::FactValue::Real(9.0));
    fill(&server.db, &companies).await;
    let (_, after) = post(&server, &format!("{url}/rerun"), &json!({})).await;
    assert_eq!(
        (&after["entered_count"], &after["left_count"], &after["total"]),
        (&json!(1), &json!(2), &json!(9)),
        "{after}"
    );
    let entered = &after["entered"][0];
    assert_eq!(entered["orgnr"], companies[20].orgnr.to_string());
    let cause = json!([{"condition": "revenue >= 50m", "field": "revenue", "before": 1_000_000, "after": 70_000_000}]);
    assert_eq!((&entered["reason"], &entered["causes"]), (&json!("changed"), &cause));
    assert_eq!(after["left"][0]["causes"][0]["before"], 60_000_000);
    assert_eq!(after["left"][0]["causes"][0]["after"], 49_999_999);
    let list = server.json("/api/universe/snapshots", 200).await;
    assert_eq!(list["items"][0]["name"], "Stora");
    let gone = server.client.delete(format!("{}{url}", server.url)).send().await.unwrap();
    assert_eq!(gone.status().as_u16(), 204);
    server.json(&url, 404).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_export_is_the_screen() {
    let server = support::start(&[]).await;
    let mut companies: Vec<_> = screen::synthetic::companies(3_000, 5).collect();
    data::set(&mut companies[7..8], "name", domain::facts::FactValue::Text("=HYPERLINK(\"x\")".into()));
    data::set(&mut companies[7..8], "revenue", domain::facts::FactValue::Integer(999_999_999_999));
    fill(&server.db, &companies).await;
    ready(&server, Some(3_000)).await;
    let screen = json!({"text": "revenue > 0", "sort": [{"by": "revenue", "dir": "desc"}], "columns": ["revenue", "ebitda_margin", "municipality"]});
    let mut query = screen.clone();
    query["limit"] = json!(1000);
    let (_, page) = post(&server, "/api/universe/query", &query).await;
    let answer = server.client.post(format!("{}/api/universe/export", server.url)).json(&screen).send().await.unwrap();
    assert_eq!(answer.status().as_u16(), 200);
    assert_eq!(answer.headers()["x-total-count"].to_str().unwrap(), page["total"].to_string());
    assert_eq!(answer.headers()["x-data-version"].to_str().unwrap(), page["data_version"].as_str().unwrap());
    let text = answer.text().await.unwrap();
    let lines: Vec<&str> = text.trim_start_matches('\u{feff}').lines().collect();
    let headings = "Organisationsnummer,Namn,Nettoomsättning (kr),EBITDA-marginal,Kommun (kod),Kommun,Inkommen";
    assert_eq!(lines[0], format!("{headings},Etiketter,Senaste anteckning,Länk"));
    assert_eq!(lines.len() as u64, 1 + page["total"].as_u64().unwrap());
    assert!(lines[1].contains("\"'=HYPERLINK(\"\"x\"\")\",999999999999"), "{}", lines[1]);
    for (line, orgnr) in lines[1..].iter().zip(orgnrs(&page)) {
        assert!(line.starts_with(&orgnr));
    }
    let link = "/api/universe/export?text=revenue%20%3E%200&sort=-revenue&columns=revenue,ebitda_margin,municipality&format=xlsx&language=en";
    let answer = server.get(link).await;
    assert_eq!(answer.status().as_u16(), 200);
    let bytes = answer.bytes().await.unwrap();
    assert_eq!(&bytes[..4], b"PK\x03\x04");
    assert!(bytes.len() > 10_000);
    let refused = json!({"format": "pdf"});
    assert_eq!(post(&server, "/api/universe/export", &refused).await.0, 422);
}

#[tokio::test(flavor = "multi_thread")]
async fn every_other_view_of_a_selection_answers() {
    let server = support::start(&[]).await;
    let mut companies: Vec<_> = screen::synthetic::companies(4_000, 11).collect();
    // The engine's synthetic rows name their classes otherwise than the catalogue does.
    for (company, class) in companies.iter_mut().zip(["micro", "small", "medium", "large"].into_iter().cycle()) {
        data::set(std::slice::from_mut(company), "size_class", domain::facts::FactValue::Text(class.into()));
    }
    fill(&server.db, &companies).await;
    ready(&server, Some(4_000)).await;
    let filters = server.json("/api/universe/filters", 200).await;
    assert_eq!(filters["fields"].as_array().unwrap().len(), domain::catalogue::FIELDS.len() + 6);
    let (_, parsed) = post(
        &server,
        "/api/universe/parse",
        &json!({"filters": [{"field": "revenue_latest", "op": ">=", "value": 1e6}, {"field": "sni", "op": "in", "value": ["J"]}]}),
    )
    .await;
    assert_eq!(parsed["text"], "revenue >= 1m and sni = J");
    assert_eq!(parsed["parts"][1]["fields"], json!(["sni"]));
    let (_, completed) =
        post(&server, "/api/universe/complete", &json!({"text": "revenue >= 5 and soliditet", "cursor": 22})).await;
    assert_eq!((&completed["from"], &completed["to"]), (&json!(17), &json!(26)));
    assert_eq!(completed["candidates"][0]["insert"], "equity_ratio");

    let text = "revenue >= 5m and ebitda_margin >= 5% and employees between 2 and 80";
    let (_, page) = post(
        &server,
        "/api/universe/query",
        &json!({"text": text, "limit": 5, "facets": ["county", "sni:1"], "histograms": [{"field": "revenue", "scale": "log"}, {"field": "equity_ratio", "bins": 10}]}),
    )
    .await;
    let total = page["total"].as_u64().unwrap();
    assert!(total > 0, "{page}");
    let histogram = &page["histograms"]["equity_ratio"];
    let sum = |bins: &Value| bins.as_array().unwrap().iter().map(|count| count.as_u64().unwrap()).sum::<u64>();
    let beside = ["below", "above", "nulls"].iter().map(|key| histogram[key].as_u64().unwrap()).sum::<u64>();
    assert_eq!(sum(&histogram["counts"]) + beside, total);
    assert_eq!(
        page["facets"]["county"].as_array().unwrap().iter().map(|f| f["count"].as_u64().unwrap()).sum::<u64>(),
        total
    );
    assert!(page["rows"][0]["revenue_series"].is_array());

    let (_, funnel) = post(&server, "/api/universe/funnel", &json!({"text": text, "near_misses": 3})).await;
    assert_eq!((&funnel["universe"], &funnel["total"]), (&json!(4_000), &json!(total)));
    let steps = funnel["steps"].as_array().unwrap();
    assert_eq!(steps.last().unwrap()["remaining"], total);
    assert_eq!(steps[0]["remaining"], steps[0]["alone"]);
    assert!(steps.iter().all(|step| step["without"].as_u64().unwrap() >= total));
    let misses = steps[0]["near_misses"].as_array().unwrap();
    assert!(misses.iter().all(|miss| miss["value"].as_i64().unwrap() < 5_000_000));
    assert!(misses.windows(2).all(|pair| pair[0]["distance"].as_f64() <= pair[1]["distance"].as_f64()));

    let (_, stats) =
        post(&server, "/api/universe/stats", &json!({"text": text, "fields": ["revenue", "period_end"]})).await;
    assert_eq!(stats["total"], total);
    assert!(stats["fields"]["revenue"]["min"].as_f64().unwrap() >= 5e6);
    let scatter = json!({"x": "revenue", "y": "ebitda_margin", "limit": 50});
    let (_, points) = post(&server, "/api/universe/scatter", &scatter).await;
    assert_eq!((points["points"].as_array().unwrap().len(), &points["is_sample"]), (50, &json!(true)));
    assert_eq!(post(&server, "/api/universe/scatter", &scatter).await.1, points);

    let seed = page["rows"][0]["orgnr"].as_str().unwrap();
    let (_, similar) =
        post(&server, "/api/universe/similar", &json!({"orgnrs": [seed, "5560125790"], "limit": 7})).await;
    let items = similar["items"].as_array().unwrap();
    assert_eq!((items.len(), &similar["not_found"]), (7, &json!(["5560125790"])));
    assert!(items.iter().all(|item| item["orgnr"] != seed));
    assert!(items.windows(2).all(|pair| pair[0]["score"].as_f64() >= pair[1]["score"].as_f64()));
    let peers = server.json(&format!("/api/companies/{seed}/peers"), 200).await;
    assert!(peers["group"]["count"].as_u64().unwrap() >= 20, "{peers}");
    let text = peers["group"]["text"].as_str().unwrap();
    let (_, group) = post(&server, "/api/universe/query", &json!({"text": text, "limit": 0})).await;
    assert_eq!(group["total"], peers["group"]["count"], "{text}: {group}");
    server.json("/api/companies/5560125790/peers", 404).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_damaged_index_file_is_told_and_rebuilt() {
    let db = testing::database().await;
    let companies: Vec<_> = screen::synthetic::companies(2_000, 13).collect();
    fill(&db, &companies).await;
    let folder = tempfile::tempdir().unwrap();
    let first = universe::index::ScreenIndex::start(db.pool().clone(), Some(folder.path().to_owned()));
    first.wait_until_ready().await;
    let path = folder.path().join("index.lode");
    for _ in 0..300 {
        if path.exists() {
            break;
        }
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    }
    let from_file = universe::index::ScreenIndex::start(db.pool().clone(), Some(folder.path().to_owned()));
    from_file.wait_until_ready().await;
    assert!(from_file.status().loaded.unwrap().contains("from the index file"));
    let mut bytes = std::fs::read(&path).unwrap();
    let middle = bytes.len() / 2;
    bytes[middle] ^= 0x40;
    let other = tempfile::tempdir().unwrap();
    std::fs::write(other.path().join("index.lode"), &bytes).unwrap();
    // What a killed writer leaves behind.
    std::fs::write(other.path().join("index.lode.4711"), &bytes[..middle]).unwrap();
    let rebuilt = universe::index::ScreenIndex::start(db.pool().clone(), Some(other.path().to_owned()));
    rebuilt.wait_until_ready().await;
    let status = rebuilt.status();
    assert!(status.file_problem.unwrap().contains("damaged"), "{:?}", status.loaded);
    assert!(status.loaded.unwrap().contains("from Postgres"));
    let (a, b) = (from_file.read().unwrap(), rebuilt.read().unwrap());
    assert_eq!(a.orgnrs(&a.all()), b.orgnrs(&b.all()));
    assert_eq!(universe::index::check::run(&rebuilt).await.unwrap().differences, Vec::<String>::new());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_killed_at_any_moment_starts_right() {
    let db = testing::database().await;
    let companies: Vec<_> = screen::synthetic::companies(20_000, 17).collect();
    fill(&db, &companies).await;
    let folder = tempfile::tempdir().unwrap();
    for pause in [100u64, 250, 400, 550, 700, 900, 1_200] {
        let mut server = data::serve(&db, folder.path());
        tokio::time::sleep(std::time::Duration::from_millis(pause)).await;
        // SIGKILL.
        server.kill().unwrap();
        server.wait().unwrap();
    }
    let mut server = data::serve(&db, folder.path());
    let url = data::address(&mut server).await;
    let client = reqwest::Client::builder().no_proxy().build().unwrap();
    for _ in 0..600 {
        if client.get(format!("{url}/ready")).send().await.is_ok_and(|answer| answer.status().is_success()) {
            break;
        }
        tokio::time::sleep(std::time::Duration::from_millis(100)).await;
    }
    let check: Value = client.post(format!("{url}/api/universe/check")).send().await.unwrap().json().await.unwrap();
    assert_eq!((&check["differences"], &check["rows"]), (&json!([]), &json!(20_000)), "{check}");
    server.kill().unwrap();
    server.wait().unwrap();
}
