//! Paging by key over HTTP, and what the self-check tells.

use domain::facts::FactValue;
use serde_json::{Value, json};

use super::orgnrs;
use crate::support;
use crate::universe::data::{fill, post, ready, set};

#[tokio::test(flavor = "multi_thread")]
async fn pages_by_key_meet_every_company_once_while_others_change() {
    let server = support::start(&[]).await;
    let companies: Vec<_> = screen::synthetic::companies(600, 19).collect();
    fill(&server.db, &companies).await;
    ready(&server, Some(600)).await;
    let sort = json!([{"by": "county", "dir": "asc"}, {"by": "name", "dir": "desc"}]);
    let whole = post(&server, "/api/universe/query", &json!({"sort": sort, "limit": 1_000})).await.1;
    assert_eq!(whole["next"], Value::Null, "the last page has no next");
    let (mut seen, mut after, mut pages) = (Vec::new(), Value::Null, 0);
    loop {
        let (status, answer) =
            post(&server, "/api/universe/query", &json!({"sort": sort, "limit": 70, "after": after})).await;
        assert_eq!(status, 200, "{answer}");
        assert_eq!(answer["offset"].as_u64(), Some(seen.len() as u64));
        assert_eq!(answer["data_changed"], if after.is_null() { Value::Null } else { json!(false) });
        seen.extend(orgnrs(&answer));
        pages += 1;
        after = answer["next"].clone();
        if after.is_null() {
            break;
        }
    }
    assert_eq!((pages, &seen), (9, &orgnrs(&whole)));

    // A company of the page that was read moves to the end: the next page goes on where the first ended, and says that data changed.
    let first = post(&server, "/api/universe/query", &json!({"sort": sort, "limit": 70})).await.1;
    let moved = orgnrs(&first)[3].clone();
    let mut changed: Vec<_> = companies.iter().filter(|facts| facts.orgnr.to_string() == moved).cloned().collect();
    set(&mut changed, "county", FactValue::Null);
    fill(&server.db, &changed).await;
    let body = json!({"sort": sort, "limit": 70, "after": first["next"]});
    let mut second = Value::Null;
    for _ in 0..300 {
        second = post(&server, "/api/universe/query", &body).await.1;
        if second["data_changed"] == true {
            break;
        }
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    }
    assert_eq!(second["data_changed"], true, "{second}");
    assert_eq!(orgnrs(&second), seen[70..140], "nobody is skipped and nobody is shown twice");
    assert_eq!(second["offset"], 69);

    let cursor = first["next"].as_str().unwrap();
    for (after, sort, words) in [
        ("zz", &sort, "no cursor"),
        ("7b7d", &sort, "no cursor"),
        (&cursor[..cursor.len() - 2], &sort, "no cursor"),
        (cursor, &json!({"by": "revenue"}), "belongs to the order"),
        ("åäö", &sort, "no cursor"),
    ] {
        let (status, answer) = post(&server, "/api/universe/query", &json!({"sort": sort, "after": after})).await;
        assert_eq!((status, &answer["errors"][0]["pointer"]), (422, &json!("/after")), "{answer}");
        assert!(answer["errors"][0]["message"].as_str().unwrap().contains(words), "{answer}");
    }
    let both = json!({"sort": sort, "after": cursor, "offset": 5});
    assert_eq!(post(&server, "/api/universe/query", &both).await.0, 422);
}

#[tokio::test(flavor = "multi_thread")]
async fn while_the_index_loads_postgres_pages_by_key_too() {
    let companies: Vec<_> = screen::synthetic::companies(400, 29).collect();
    let loading = support::without_index(&[]).await;
    fill(&loading.db, &companies).await;
    let loaded = support::beside(&loading, &[]).await;
    ready(&loaded, Some(400)).await;
    // Every kind of key, with missing values among them; the names of these companies are ordered alike by both.
    for sort in [
        json!([{"by": "county", "dir": "asc"}, {"by": "revenue", "dir": "desc"}]),
        json!([{"by": "equity_ratio", "dir": "asc"}, {"by": "employees", "dir": "desc"}]),
        json!([{"by": "registered_on", "dir": "desc"}]),
        json!([{"by": "is_demo", "dir": "desc"}, {"by": "orgnr", "dir": "desc"}]),
        json!([{"by": "sni", "dir": "asc"}, {"by": "cagr_3y", "dir": "asc"}]),
    ] {
        let body = json!({"text": "not revenue < 0", "sort": sort, "limit": 1_000, "facets": ["county"],
            "histograms": [{"field": "revenue"}]});
        let (_, by_index) = post(&loaded, "/api/universe/query", &body).await;
        let (status, whole) = post(&loading, "/api/universe/query", &body).await;
        assert_eq!(
            (status, &by_index["engine"], &whole["engine"]),
            (200, &json!("index"), &json!("postgres")),
            "{whole}"
        );
        assert_eq!(orgnrs(&whole), orgnrs(&by_index), "{sort}");
        for same in ["total", "facets", "data_version", "text"] {
            assert_eq!(whole[same], by_index[same], "{sort} {same}");
        }
        let (mut seen, mut after) = (Vec::new(), Value::Null);
        loop {
            let page = json!({"text": "not revenue < 0", "sort": sort, "limit": 37, "after": after});
            let (status, answer) = post(&loading, "/api/universe/query", &page).await;
            assert_eq!((status, answer["offset"].as_u64()), (200, Some(seen.len() as u64)), "{answer}");
            seen.extend(orgnrs(&answer));
            // Both ways to an answer take one another's cursors: the index may come between two pages.
            let (_, other) = post(&loaded, "/api/universe/query", &page).await;
            assert_eq!((&answer["next"], &answer["data_changed"]), (&other["next"], &other["data_changed"]));
            after = answer["next"].clone();
            if after.is_null() {
                break;
            }
        }
        assert_eq!(seen, orgnrs(&whole), "{sort}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_self_check_finds_a_planted_difference_and_the_index_is_loaded_anew() {
    let server = support::start(&[]).await;
    fill(&server.db, &screen::synthetic::companies(300, 23).collect::<Vec<_>>()).await;
    ready(&server, Some(300)).await;
    let (_, check) = post(&server, "/api/universe/check", &json!({})).await;
    assert_eq!(check["differences"], json!([]), "{check}");
    // Behind the back of the change feed: what a lost change would look like.
    sqlx::query("UPDATE company_facts SET revenue = coalesce(revenue, 0) + 1 WHERE orgnr = (SELECT min(orgnr) FROM company_facts)")
        .execute(server.db.pool())
        .await
        .unwrap();
    let (_, check) = post(&server, "/api/universe/check", &json!({})).await;
    let differences = check["differences"].as_array().unwrap();
    assert_eq!(differences.len(), 1, "{check}");
    assert!(differences[0].as_str().unwrap().starts_with("revenue: Postgres has"), "{check}");
    // The index is loaded anew, says so, and then tells what Postgres has.
    let until = std::time::Instant::now() + std::time::Duration::from_secs(30);
    while server.json("/api/status", 200).await["index"]["rebuilt_at"].is_null() {
        assert!(std::time::Instant::now() < until, "the index was not loaded anew");
        tokio::time::sleep(std::time::Duration::from_millis(100)).await;
    }
    let (_, check) = post(&server, "/api/universe/check", &json!({})).await;
    assert_eq!((&check["differences"], &check["rows"]), (&json!([]), &json!(300)), "{check}");
}
