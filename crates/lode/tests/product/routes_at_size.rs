//! No route that a page calls reads a table of the register from end to end, once the register has the size of a country.
//!
//! The tables are small, but Postgres is told that they are large (`pg_restore_relation_stats`), so it plans as it would then;
//! its own counters tell which tables were read in sequence.

use std::time::Duration;

use serde_json::{Value, json};
use sqlx::PgPool;
use testing::cluster::Cluster;

use crate::support;
use crate::universe::data::{address, post, ready, serve_on};

/// One row or more for each company.
const REGISTER: [&str; 4] = ["companies", "company_facts", "filings", "financial_periods"];
/// How many times as large the tables are said to be as they are.
const TIMES: i64 = 700;

/// Sequential scans of each table of the register so far; what other connections did is told after a moment.
async fn scans(db: &PgPool) -> Vec<i64> {
    tokio::time::sleep(Duration::from_millis(1_500)).await;
    let sql = "SELECT coalesce(s.seq_scan, 0) FROM unnest($1::text[]) WITH ORDINALITY AS wanted(name, place)
               JOIN pg_stat_user_tables AS s ON s.relname = wanted.name ORDER BY wanted.place";
    sqlx::query_scalar(sql).bind(REGISTER.map(str::to_owned).to_vec()).fetch_all(db).await.unwrap()
}

async fn fill(db: &PgPool) {
    let companies: Vec<_> = screen::synthetic::companies(2_000, 3).collect();
    store::company_facts::fill(&mut db.acquire().await.unwrap(), companies.into_iter()).await.unwrap();
    for sql in [
        "UPDATE companies SET name = f.name FROM company_facts AS f WHERE f.orgnr = companies.orgnr",
        "INSERT INTO filings (id, orgnr, kind, framework, sha256, size_bytes, known_on, report_end, imported_at)
         SELECT gen_random_uuid(), orgnr, 'annual_report', 'k2', md5(orgnr || ' ' || n), 10, date '2024-06-01', date '2023-12-31',
                now() - n * interval '5 days'
         FROM companies, generate_series(1, 3) AS n",
        "INSERT INTO financial_periods (orgnr, period_start, period_end, scope, filing_id, months, currency, rounding, quality, revenue)
         SELECT orgnr, make_date(2019 + n, 1, 1), make_date(2019 + n, 12, 31), 'company', id, 12, 'SEK', 0, 'ok', 1000
         FROM filings, generate_series(1, 3) AS n",
    ] {
        sqlx::query(sql).execute(db).await.unwrap();
    }
    for table in REGISTER {
        let sql = format!("ANALYZE {table}");
        sqlx::query(sqlx::AssertSqlSafe(sql)).execute(db).await.unwrap();
        let sql = "SELECT pg_restore_relation_stats('schemaname', current_schema()::text, 'relname', $1, 'relpages', c.relpages,
                       'reltuples', (c.reltuples * $2)::real) FROM pg_class AS c WHERE c.oid = $1::regclass";
        sqlx::query(sql).bind(table).bind(TIMES).execute(db).await.unwrap();
    }
}

/// Every GET of the API, with sample values in its path.
fn routes(orgnr: &str, list: &str) -> Vec<String> {
    let contract: Value = serde_json::from_str(include_str!("../../../../openapi.json")).unwrap();
    let paths = contract["paths"].as_object().unwrap();
    let reads = paths.iter().filter(|(_, methods)| methods.get("get").is_some()).map(|(path, _)| path);
    let sample = |path: &String| {
        let path = path
            .replace("{orgnr}", orgnr)
            .replace("{line}", "revenue")
            .replace("/lists/{id}", &format!("/lists/{list}"));
        path.replace("{id}", "00000000-0000-7000-8000-000000000000")
    };
    // Streams do not end, and what is still open in a path has no sample.
    let ends = |path: &String| !path.contains("events") && !path.contains("stream") && !path.contains('{');
    reads.map(sample).filter(ends).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn no_route_reads_a_table_of_the_register_in_sequence() {
    let server = support::start(&[]).await;
    fill(&server.db).await;
    // The index loads by reading everything, which is no route's doing.
    let index = support::beside(&server, &[]).await;
    ready(&index, Some(2_000)).await;
    let orgnr: i64 = sqlx::query_scalar("SELECT min(orgnr) FROM companies").fetch_one(server.db.pool()).await.unwrap();
    let orgnr = format!("{orgnr:010}");
    let (status, list) = post(&index, "/api/lists", &json!({"name": "Sample"})).await;
    assert_eq!(status, 201, "{list}");
    let list = list["id"].as_str().unwrap().to_owned();
    post(&index, &format!("/api/lists/{list}/items"), &json!({"orgnrs": [orgnr]})).await;

    let mut calls: Vec<(String, Option<Value>)> = routes(&orgnr, &list).into_iter().map(|path| (path, None)).collect();
    assert!(calls.len() > 40, "only {} routes", calls.len());
    for query in ["Exempel", "5560", "SE556012579001", "bygg ab"] {
        calls.push((format!("/api/companies/search?q={query}"), None));
    }
    let screen = json!({"filter": {"any": [{"field": "list", "op": "in_list", "value": list}, {"field": "revenue", "op": ">=", "value": 1_000_000}]}, "sort": [{"by": "name"}], "facets": ["county"], "limit": 50});
    for (path, body) in [
        ("/api/universe/query", screen.clone()),
        ("/api/universe/query", json!({"limit": 100, "sort": [{"by": "revenue", "dir": "desc"}]})),
        ("/api/universe/stats", json!({"fields": ["revenue"]})),
        ("/api/companies/batch", json!({"orgnrs": [orgnr]})),
        ("/api/lists/match", json!({"text": format!("{orgnr}\nExempel AB")})),
    ] {
        calls.push((path.to_owned(), Some(body)));
    }

    // The measure works: Postgres takes the tables for large, and a count is told as a scan.
    let plan: Vec<(String,)> = sqlx::query_as("EXPLAIN SELECT FROM filings").fetch_all(server.db.pool()).await.unwrap();
    assert!(plan[0].0.contains(&format!("rows={}", 6_000 * TIMES)), "{plan:?}");
    let without_a_count = scans(&server.db).await;
    sqlx::query("SELECT count(*) FROM filings WHERE size_bytes = 1").execute(server.db.pool()).await.unwrap();
    let mut before = scans(&server.db).await;
    assert_ne!(before, without_a_count);
    // All first, then one by one to name the one at fault.
    for (path, body) in &calls {
        call(&index, path, body.as_ref()).await;
    }
    if scans(&server.db).await == before {
        return;
    }
    let mut wrong = Vec::new();
    before = scans(&server.db).await;
    for (path, body) in &calls {
        call(&index, path, body.as_ref()).await;
        let after = scans(&server.db).await;
        let read = REGISTER.iter().zip(before.iter().zip(&after)).filter(|(_, (before, after))| before != after);
        wrong.extend(read.map(|(table, _)| format!("{path} reads {table}")));
        before = after;
    }
    assert!(wrong.is_empty(), "in sequence: {wrong:#?}");
}

async fn call(server: &support::Server, path: &str, body: Option<&Value>) {
    let url = format!("{}{path}", server.url);
    let request = match body {
        Some(body) => server.client.post(url).json(body),
        None => server.client.get(url),
    };
    let answer =
        request.timeout(Duration::from_secs(20)).send().await.unwrap_or_else(|error| panic!("{path}: {error}"));
    let status = answer.status().as_u16();
    assert!(status < 500, "{path}: {status}");
    // A body that is refused would measure nothing.
    assert!(body.is_none() || status < 400, "{path}: {}", answer.text().await.unwrap_or_default());
}

#[tokio::test(flavor = "multi_thread")]
async fn without_the_database_the_default_screen_and_the_search_answer_at_once_and_say_what_is_missing() {
    let _ = rustls::crypto::ring::default_provider().install_default();
    let cluster = Cluster::start(&[]).await;
    let pool = PgPool::connect(&cluster.url()).await.unwrap();
    let companies: Vec<_> = screen::synthetic::companies(200, 3).collect();
    store::company_facts::fill(&mut pool.acquire().await.unwrap(), companies.into_iter()).await.unwrap();
    pool.close().await;
    let folder = tempfile::tempdir().unwrap();
    let mut server = serve_on(&cluster.url(), folder.path());
    let address = address(&mut server).await;
    let client = reqwest::Client::builder().no_proxy().build().unwrap();
    let is_ready =
        async || client.get(format!("{address}/ready")).send().await.is_ok_and(|answer| answer.status().is_success());
    for _ in 0..600 {
        if is_ready().await {
            break;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    let ask = json!({"columns": ["revenue", "revenue_series"], "limit": 20});
    let url = format!("{address}/api/universe/query");
    let query = async || {
        let begun = std::time::Instant::now();
        let answer = client.post(&url).json(&ask).send().await.unwrap();
        let status = answer.status().as_u16();
        (status, answer.json::<Value>().await.unwrap(), begun.elapsed())
    };
    let (status, whole, _) = query().await;
    assert_eq!((status, whole["total"].as_u64(), &whole["missing"]), (200, Some(200), &Value::Null), "{whole}");
    // Postgres stands still: connections are open, and nothing answers.
    let paused = cluster.pause();
    let (status, first, took) = query().await;
    assert_eq!(status, 200, "{first}");
    assert!(took < Duration::from_secs(4), "{took:?}");
    for _ in 0..5 {
        let (status, answer, took) = query().await;
        assert_eq!((status, answer["total"].as_u64()), (200, Some(200)), "{answer}");
        assert_eq!(answer["missing"], json!(["exclusions", "revenue_series"]));
        assert_eq!(answer["rows"][0]["revenue"], whole["rows"][0]["revenue"]);
        assert!(took < Duration::from_millis(1_000), "{took:?}");
    }
    let found = client.get(format!("{address}/api/companies/search?q=ab")).send().await.unwrap();
    assert_eq!(found.status().as_u16(), 200);
    Cluster::resume(&paused);
    for _ in 0..100 {
        tokio::time::sleep(Duration::from_millis(200)).await;
        if query().await.1["missing"].is_null() {
            server.kill().unwrap();
            server.wait().unwrap();
            return;
        }
    }
    panic!("the database answers again, and the screen does not know");
}
