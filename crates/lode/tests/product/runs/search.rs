//! The search provider: what it finds is visited and has to prove whose it is, and whatever it answers, nothing of it but addresses is used.

use std::time::Duration;

use outbound::search::{Kind, Search, SearchError, Settings as SearchSettings};
use queue::{Settings, Worker};
use serde_json::{Value, json};
use testing::search_server::{self, KEY, Protocol, SNIPPET};
use testing::website::{Reply, Website};
use tokio_util::sync::CancellationToken;

use super::{OWN, WITHOUT, ended, insert, post, registry_with, support};
use crate::support::Server;

/// found.test is WITHOUT's; anothers.test is another company's, directory.test prints both numbers, silent.test none.
async fn sites() -> Website {
    Website::start(|asked| match (asked.host.as_str(), asked.path.as_str()) {
        ("found.test", "/") => Reply::page("<html><body><p>Utan Webb bygger bryggor.</p><p>Org.nr 559085-2777</p></body></html>"),
        ("anothers.test", "/") => Reply::page("<html><body><p>Ett annat bolag.</p><p>Org.nr: 556016-0680</p></body></html>"),
        ("directory.test", "/") => Reply::page(
            "<html><body><p>Utan Webb AB, org.nr 559085-2777</p><p>Ett annat bolag, org.nr 556016-0680</p></body></html>",
        ),
        ("silent.test", "/") => Reply::page("<html><body><p>Utan Webb AB är ett fint bolag.</p></body></html>"),
        _ => Reply::status(404, Vec::new()),
    })
    .await
}

fn settings(protocol: Protocol, provider: &Website, daily_limit: i32) -> Vec<(&'static str, String)> {
    vec![
        ("SEARCH_PROVIDER", protocol.name().to_owned()),
        ("SEARCH_BASE_URL", format!("http://{}", provider.address())),
        ("SEARCH_API_KEY", KEY.to_owned()),
        ("SEARCH_ALLOW_PRIVATE", "true".to_owned()),
        ("SEARCH_DAILY_LIMIT", daily_limit.to_string()),
    ]
}

/// Runs an enrichment of homepages of these companies, without website or town, to its end.
async fn enrich(server: &Server, site: &Website, settings: &[(&str, String)], orgnrs: &[i64]) -> Value {
    let registry = registry_with(site.address(), server.db.pool().clone(), server.artifacts.clone(), settings);
    // Only this queue: the minute's look at the provider would count as a question.
    let queues = Settings::new(vec![jobs::ENRICHMENT.to_owned()], 1);
    let stop = CancellationToken::new();
    tokio::spawn(Worker::new(server.db.pool().clone(), None, registry, queues).run(stop.clone()));
    let orgnrs: Vec<String> = orgnrs.iter().map(ToString::to_string).collect();
    let started = post(server, "/api/enrichment/run", json!({ "orgnrs": orgnrs, "kinds": ["homepage"] }), 201).await;
    let run = ended(server, started["run_id"].as_str().unwrap()).await;
    stop.cancel();
    run
}

async fn with_companies(rows: &[(i64, &str)]) -> Server {
    let server = support::start(&[]).await;
    let rows: Vec<_> = rows.iter().map(|(orgnr, name)| (*orgnr, (*name).to_owned(), None)).collect();
    insert(&server, &rows).await;
    server
}

async fn homepage(server: &Server, orgnr: &str) -> Value {
    server.json(&format!("/api/companies/{orgnr}/findings"), 200).await["homepage"].clone()
}

async fn failure(server: &Server, run: &Value) -> (Value, Value) {
    let id = run["id"].as_str().unwrap();
    let found = server.json(&format!("/api/runs/{id}/companies?state=failed"), 200).await;
    let part = &found["items"][0]["parts"][0];
    (part["reason"].clone(), part["detail"].clone())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_site_that_a_search_finds_is_taken_by_the_number_on_it_and_by_nothing_of_the_answer() {
    let site = sites().await;
    for protocol in Protocol::ALL {
        let server = with_companies(&[(WITHOUT, "Utan Webb AB")]).await;
        let hits = vec![
            "https://www.allabolag.se/5590852777".to_owned(),
            site.named("anothers.test", "/referenser/utan-webb"),
            site.named("found.test", "/kontakt/skriv-till-oss"),
        ];
        let provider = search_server::start(protocol, hits).await;
        let run = enrich(&server, &site, &settings(protocol, &provider, 10), &[WITHOUT]).await;
        assert_eq!(run["completed"], 1, "{protocol:?}: {run}");
        let found = homepage(&server, "559085-2777").await;
        let own = site.named("found.test", "/");
        assert_eq!(
            (&found["status"], &found["url"], &found["proof"]),
            (&json!("verified"), &json!(own), &json!("orgnr")),
            "{found}"
        );
        let tried: Vec<_> =
            found["candidates"].as_array().unwrap().iter().filter(|one| one["source"] == "search").collect();
        let outcomes: Vec<_> = tried.iter().map(|one| &one["outcome"]).collect();
        assert_eq!(outcomes, [&json!("anothers_number"), &json!("orgnr")], "{found}");

        // Nothing that the provider said is kept anywhere.
        let kept: i64 = sqlx::query_scalar(
            "SELECT (SELECT count(*) FROM homepages t WHERE t::text LIKE $1) + (SELECT count(*) FROM search_providers t WHERE t::text LIKE $1)
                  + (SELECT count(*) FROM web_pages t WHERE t::text LIKE $1) + (SELECT count(*) FROM jobs t WHERE t::text LIKE $1)",
        )
        .bind(format!("%{SNIPPET}%"))
        .fetch_one(server.db.pool())
        .await
        .unwrap();
        assert_eq!((kept, provider.asked().len()), (0, 1), "{protocol:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_wrong_site_is_never_taken_whatever_a_search_says() {
    let (site, server) = (sites().await, with_companies(&[(WITHOUT, "Utan Webb AB")]).await);
    let hits = ["anothers.test", "directory.test", "silent.test"].map(|host| site.named(host, "/")).to_vec();
    let provider = search_server::start(Protocol::Searxng, hits).await;
    let run = enrich(&server, &site, &settings(Protocol::Searxng, &provider, 10), &[WITHOUT]).await;
    assert_eq!(run["failed"], 1, "{run}");
    assert_eq!(failure(&server, &run).await.0, "no_homepage");
    let found = homepage(&server, "559085-2777").await;
    assert_eq!((&found["status"], &found["url"]), (&json!("none"), &Value::Null), "{found}");
    let tried = found["candidates"].as_array().unwrap().iter().filter(|one| one["source"] == "search");
    let outcomes: Vec<_> = tried.map(|one| one["outcome"].as_str().unwrap().to_owned()).collect();
    assert_eq!(outcomes, ["anothers_number", "anothers_number", "no_proof"], "{found}");
}

#[tokio::test(flavor = "multi_thread")]
async fn hits_that_lead_inside_or_are_no_addresses_are_not_followed() {
    let (site, server) = (sites().await, with_companies(&[(WITHOUT, "Utan Webb AB")]).await);
    let hits = [
        "javascript:alert(1)",
        "file:///etc/passwd",
        "http://169.254.169.254/latest/meta-data/",
        "http://10.0.0.1/",
        "http://[::1]/",
        "https://user:word@found.test/",
    ];
    let provider = search_server::start(Protocol::Searxng, hits.map(str::to_owned).to_vec()).await;
    let run = enrich(&server, &site, &settings(Protocol::Searxng, &provider, 10), &[WITHOUT]).await;
    assert_eq!(failure(&server, &run).await.0, "no_homepage", "{run}");
    let found = homepage(&server, "559085-2777").await;
    let tried: Vec<_> =
        found["candidates"].as_array().unwrap().iter().filter(|one| one["source"] == "search").collect();
    assert_eq!(tried.len(), 3, "{found}");
    let outcomes: Vec<_> = tried.iter().map(|one| one["outcome"].as_str().unwrap()).collect();
    assert_eq!(outcomes, ["private_address", "private_address", "not_an_address"], "{found}");
    assert_eq!(site.asked().len(), 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_company_that_could_not_be_searched_says_so_and_is_not_fresh_afterwards() {
    let companies = [(OWN, "Nordfjäll Verkstad AB"), (WITHOUT, "Utan Webb AB")];
    let (site, server) = (sites().await, with_companies(&companies).await);
    let provider = search_server::start(Protocol::Searxng, Vec::new()).await;
    let run = enrich(&server, &site, &settings(Protocol::Searxng, &provider, 1), &[OWN, WITHOUT]).await;
    assert_eq!((&run["failed"], provider.asked().len()), (&json!(2), 1), "{run}");
    let found = server.json(&format!("/api/runs/{}/companies?state=failed", run["id"].as_str().unwrap()), 200).await;
    let mut reasons: Vec<_> =
        found["items"].as_array().unwrap().iter().map(|one| one["parts"][0]["reason"].to_string()).collect();
    reasons.sort();
    assert_eq!(reasons, ["\"no_homepage\"", "\"not_searched\""], "{found}");
    assert!(found.to_string().contains("SEARCH_DAILY_LIMIT"), "{found}");
    // The one that was searched is fresh, the other is due again; an answer that is no JSON is told the same way.
    let estimate = json!({ "orgnrs": [OWN.to_string(), WITHOUT.to_string()], "kinds": ["homepage"] });
    assert_eq!(post(&server, "/api/enrichment/estimate", estimate.clone(), 200).await["due"], 1);
    let broken = search_server::start_failing(Reply::page("<html><body>sign in</body></html>")).await;
    let run = enrich(&server, &site, &settings(Protocol::Searxng, &broken, 10), &[OWN, WITHOUT]).await;
    let (reason, detail) = failure(&server, &run).await;
    assert_eq!((&run["failed"], reason), (&json!(1), json!("not_searched")), "{run}");
    assert!(detail.as_str().unwrap().contains("text/html, not JSON"), "{detail}");
    assert_eq!(post(&server, "/api/enrichment/estimate", estimate, 200).await["due"], 1);
}

/// A database, and TLS set up as the program does at its start.
async fn database() -> testing::TestDatabase {
    let _ = rustls::crypto::ring::default_provider().install_default();
    testing::database().await
}

fn asked_by(base_url: String, daily_limit: i32) -> SearchSettings {
    let time_limit = Duration::from_millis(1_500);
    SearchSettings { kind: Kind::Searxng, base_url, api_key: None, allow_private: true, daily_limit, time_limit }
}

#[tokio::test(flavor = "multi_thread")]
async fn every_bad_answer_is_told_for_what_it_is_within_its_limits() {
    let db = database().await;
    let json = |text: &str| Reply::typed("application/json", text.as_bytes());
    let large = vec![b' '; 50 << 20];
    for (reply, expected) in [
        (Reply::typed("application/json", &large), "larger than 1024 kB"),
        (Reply::Endless, "text/html, not JSON"),
        (Reply::page("<html></html>"), "text/html, not JSON"),
        (json("{"), "no JSON of its protocol (line 1"),
        (json("[]"), "no JSON of its protocol"),
        (json(r#"{"results": "many"}"#), "no JSON of its protocol"),
        (json(r#"{"results": [{"url": 7}]}"#), "no JSON of its protocol"),
        (
            json(r#"{"results": [], "unresponsive_engines": [["google", "CAPTCHA"]]}"#),
            "the engines behind it do not answer",
        ),
        (Reply::redirect("http://169.254.169.254/"), "it answers 302"),
        (Reply::status(403, Vec::new()), "add json to search.formats"),
        (Reply::status(503, Vec::new()), "it answers 503"),
        (Reply::HangUp, "no connection"),
        (Reply::Broken(3, Box::new(json(r#"{"results": []}"#))), "no connection"),
        (Reply::Late(Duration::from_secs(20), Box::new(json("{}"))), "no answer in time"),
    ] {
        let provider = search_server::start_failing(reply).await;
        let search = Search::new(&asked_by(format!("http://{}", provider.address()), 10), db.pool().clone());
        let error = search.ask("Utan Webb AB").await.unwrap_err().to_string();
        assert!(error.contains(expected), "{expected}: {error}");
        assert_eq!(search.seen().await.unwrap().unwrap().problem, Some(error));
    }
    // Nobody there at all.
    let gone = { search_server::start(Protocol::Searxng, Vec::new()).await.address() };
    let search = Search::new(&asked_by(format!("http://{gone}"), 10), db.pool().clone());
    assert!(matches!(search.ask("x").await, Err(SearchError::Away(_))));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_private_provider_is_asked_only_where_a_setting_says_so() {
    let db = database().await;
    let provider = search_server::start(Protocol::Searxng, Vec::new()).await;
    for base_url in [
        format!("http://{}", provider.address()),
        format!("https://{}", provider.address()),
        "https://localhost:1/".to_owned(),
    ] {
        let settings = SearchSettings { allow_private: false, ..asked_by(base_url, 10) };
        let error = Search::new(&settings, db.pool().clone()).ask("x").await.unwrap_err();
        assert!(matches!(&error, SearchError::Refused(reason) if reason.contains("SEARCH_ALLOW_PRIVATE")), "{error}");
    }
    assert_eq!(provider.connections(), 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_provider_that_asks_for_a_rest_is_left_alone_by_everybody() {
    let db = database().await;
    let provider = search_server::start_failing(Reply::status(429, vec![("Retry-After", "70".to_owned())])).await;
    let settings = asked_by(format!("http://{}", provider.address()), 10);
    let (first, second) = (Search::new(&settings, db.pool().clone()), Search::new(&settings, db.pool().clone()));
    assert_eq!(first.ask("x").await, Err(SearchError::Resting(Duration::from_secs(70))));
    let again = second.ask("x").await;
    assert!(matches!(again, Err(SearchError::Resting(wait)) if wait > Duration::from_secs(60)), "{again:?}");
    assert_eq!(provider.asked().len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn questions_of_a_day_are_counted_for_all_processes_together() {
    let db = database().await;
    let provider = search_server::start(Protocol::Searxng, Vec::new()).await;
    let settings = asked_by(format!("http://{}", provider.address()), 7);
    let askers: Vec<_> = (0..4).map(|_| Search::new(&settings, db.pool().clone())).collect();
    let answers = futures::future::join_all((0..24).map(|n| askers[n % 4].ask("x"))).await;
    let spent = answers.iter().filter(|answer| **answer == Err(SearchError::Spent(7))).count();
    assert_eq!((spent, answers.iter().filter(|answer| answer.is_ok()).count(), provider.asked().len()), (17, 7, 7));
    // The next day they may ask again.
    sqlx::query("UPDATE search_providers SET day = day - 1").execute(db.pool()).await.unwrap();
    assert!(askers[0].ask("x").await.is_ok());
    assert_eq!(askers[1].seen().await.unwrap().unwrap().asked_today, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_capability_is_told_only_while_the_provider_answers() {
    let provider = search_server::start(Protocol::Searxng, Vec::new()).await;
    let base_url = format!("http://{}", provider.address());
    let given =
        [("SEARCH_PROVIDER", "searxng"), ("SEARCH_BASE_URL", base_url.as_str()), ("SEARCH_ALLOW_PRIVATE", "true")];
    let (with, without) = (support::start(&given).await, support::start(&[]).await);
    let told = async |server: &Server| server.json("/api/status/capabilities", 200).await["search"].clone();
    assert_eq!((told(&without).await, told(&with).await), (json!(false), json!(false)), "it was never asked");
    let search = || Search::new(&asked_by(base_url.clone(), 1_000), with.db.pool().clone());
    search().ask("x").await.unwrap();
    assert_eq!(told(&with).await, json!(true));
    drop(provider);
    search().ask("x").await.unwrap_err();
    assert_eq!(told(&with).await, json!(false), "it is gone");
}
