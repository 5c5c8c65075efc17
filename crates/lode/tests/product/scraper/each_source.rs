//! What each source stages, and what validation says of it.

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use artifacts::Artifacts;
use config::Config;
use crawl::resolve::Resolver;
use crawl::{Guard, Web};
use futures::TryStreamExt;
use jobs::enrich_company;
use serde_json::{Value, json};
use testing::website::{Reply, Website};
use tokio_util::sync::CancellationToken;
use worker::JobState;

use super::protocol::{Protocol, orgnr, package, problem};
use super::service::start;

#[tokio::test(flavor = "multi_thread")]
async fn validation_tells_the_good_from_the_wrong() {
    let (db, folder) = (testing::database().await, tempfile::tempdir().unwrap());
    let server = Protocol::start().await;
    let number = format!("{:010}", orgnr(1));
    // Somebody else's report under this company's name, and a report that is no zip.
    let ids: Vec<_> = server.companies[&number].documents.iter().map(|(id, ..)| id.clone()).collect();
    server.fail_once(
        &format!("/vdm/v1/dokument/{}", ids[0]),
        Reply::typed("application/zip", &package(orgnr(9), 2022, 1_000)),
    );
    server.fail_once(&format!("/vdm/v1/dokument/{}", ids[1]), Reply::typed("application/zip", b"not a zip"));
    let unknown = format!("{:010}", orgnr(99));
    let service = start(&db, folder.path(), &server.settings(60_000), None).await;
    let caller = service.caller();
    let id =
        caller.begin("bolagsverket_api", json!({ "orgnrs": [number, unknown, format!("{:010}", orgnr(2))] })).await;
    let session = caller.until_rest(&id).await;
    assert_eq!(session["items"], json!({ "done": 2, "failed": 1 }), "{session}");
    let failed = caller.get(&format!("/sessions/{id}/items?state=failed")).await;
    assert!(failed["items"][0]["reason"].as_str().unwrap().contains("no authority knows"), "{failed}");

    caller.post(&format!("/sessions/{id}/validate"), json!({})).await;
    let session = caller.until_rest(&id).await;
    assert_eq!(session["staged"]["rejected"], 2, "{session}");
    let rejected = caller.get(&format!("/sessions/{id}/staged?state=rejected")).await.to_string();
    assert!(rejected.contains("it is the report of"), "{rejected}");
    caller.post(&format!("/sessions/{id}/promote"), json!({})).await;
    let session = caller.until_rest(&id).await;
    assert_eq!(session["staged"], json!({ "promoted": 3, "rejected": 2 }), "{session}");

    // The same companies again: what is in the database already is not taken over twice.
    let id = caller.begin("bolagsverket_api", json!({ "orgnrs": [format!("{:010}", orgnr(2))] })).await;
    caller.until_rest(&id).await;
    caller.post(&format!("/sessions/{id}/validate"), json!({})).await;
    assert_eq!(caller.until_rest(&id).await["staged"], json!({ "duplicate": 1, "valid": 1 }));
    let log: Vec<String> =
        sqlx::query_scalar("SELECT DISTINCT action FROM audit_log ORDER BY 1").fetch_all(db.pool()).await.unwrap();
    assert_eq!(log, ["scraper.create", "scraper.promote", "scraper.validate"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn wrong_credentials_and_lasting_outages_fail_with_their_reason() {
    let (db, folder) = (testing::database().await, tempfile::tempdir().unwrap());
    let server = Protocol::start().await;
    let mut settings = server.settings(60_000);
    for (name, value) in &mut settings {
        if *name == "SCRAPER_BOLAGSVERKET_CLIENT_SECRET" {
            *value = "wrong".to_owned();
        }
    }
    let service = start(&db, folder.path(), &settings, None).await;
    let caller = service.caller();
    let id = caller.begin("bolagsverket_api", json!({ "orgnrs": [format!("{:010}", orgnr(1))] })).await;
    let session = caller.until_rest(&id).await;
    assert_eq!(session["items"], json!({ "failed": 1 }));
    let items = caller.get(&format!("/sessions/{id}/items")).await.to_string();
    assert!(items.contains("check the client id and secret") && !items.contains("wrong"), "{items}");
    server.fail_once("/arsredovisningar-bulkfiler", problem(403, "nej"));
    let id = caller.begin("annual_reports", json!({ "from_week": "2024-01", "to_week": "2024-05" })).await;
    let session = caller.until_rest(&id).await;
    assert_eq!(
        (session["state"].as_str(), session["error"].as_str()),
        (Some("failed"), Some("the listing answered 403"))
    );
}

struct Names(std::net::IpAddr);

impl Resolver for Names {
    fn resolve<'a>(&'a self, _: &'a str) -> futures::future::BoxFuture<'a, Result<Vec<std::net::IpAddr>, String>> {
        Box::pin(async { Ok(vec![self.0]) })
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_website_is_the_companys_when_it_prints_its_number() {
    let (db, folder) = (testing::database().await, tempfile::tempdir().unwrap());
    let site = Website::start(|asked| match (asked.host.as_str(), asked.path.as_str()) {
        (_, "/robots.txt" | "/sitemap.xml") => Reply::status(404, Vec::new()),
        ("ours.example", "/") => Reply::page("<html><body><main><p>Vi bygger bryggor åt kommuner i hela landet.</p></main><footer>Org.nr 556016-0680</footer></body></html>"),
        ("other.example", "/") => Reply::page("<html><body><p>Någon annan firma.</p><footer>Org.nr 559085-2777</footer></body></html>"),
        _ => Reply::page("<html><body><p>En sida utan nummer.</p></body></html>"),
    })
    .await;
    // Sessions take addresses on ports 80 and 443 only, so the name alone leads here.
    let service = start(&db, folder.path(), &[], Some(reaching(&site))).await;
    let caller = service.caller();
    let sites = ["ours", "other", "mute"]
        .map(|name| json!({ "orgnr": "556016-0680", "url": format!("http://{name}.example/") }));
    let id = caller.begin("websites", json!({ "sites": sites, "max_pages": 1 })).await;
    let session = caller.until_rest(&id).await;
    assert_eq!(session["items"], json!({ "done": 3 }), "{session}");
    let session = caller.take_over(&id).await;
    assert_eq!(session["staged"], json!({ "promoted": 2, "rejected": 1 }), "{session}");
    let homepage: Option<String> = sqlx::query_scalar("SELECT homepage FROM companies WHERE orgnr = 5560160680")
        .fetch_one(db.pool())
        .await
        .unwrap();
    assert!(homepage.is_some_and(|homepage| homepage.contains("ours.example")));
}

/// Pages of the site that prints 556016-0680, as many as an enrichment reads.
const PATHS: [&str; 6] = ["/", "/kontakt", "/kunder", "/om-oss", "/produkter", "/tjanster"];

/// A site that prints 556016-0680 and knows when its pages have not changed, and one that prints nothing.
async fn site_with_validators(version: Arc<AtomicU32>) -> Website {
    Website::start(move |asked| {
        let version = version.load(Ordering::SeqCst);
        let tag = format!("\"{}{version}\"", asked.path);
        if asked.header("if-none-match") == Some(tag.as_str()) {
            return Reply::status(304, Vec::new());
        }
        match (asked.host.as_str(), asked.path.as_str()) {
            ("ours.example", "/") => Reply::page(&format!(
                "<html lang=sv><head><title>Bryggan</title><meta name=generator content='WordPress 6.8'></head><body>
                 <main><p>Vi bygger bryggor åt kommuner i hela landet, utgåva {version}.</p></main><a href='/om-oss'>Om oss</a>
                 <a href='/kontakt'>Kontakt</a> <a href='/kunder'>Kunder</a> <a href='/produkter'>Produkter</a> <a href='/tjanster'>Tjänster</a>
                 <footer>Org.nr 556016-0680</footer></body></html>"
            ))
            .with("ETag", tag),
            ("ours.example", "/om-oss") => Reply::page(
                "<html lang=sv><body><main><p>Bryggan grundades 1974 och är ett familjeföretag i Borås.</p>
                 <p>Vi är 23 medarbetare och bygger allt i egen verkstad.</p></main></body></html>",
            )
            .with("ETag", tag),
            ("ours.example", path) if PATHS.contains(&path) => Reply::page(&format!(
                "<html lang=sv><body><main><p>Mer om {} och allt som hör dit, år efter år.</p></main></body></html>",
                &path[1..]
            ))
            .with("ETag", tag),
            ("mute.example", "/") => Reply::page("<html><body><p>En sida utan nummer och utan länkar.</p></body></html>"),
            _ => Reply::status(404, Vec::new()),
        }
    })
    .await
}

fn reaching(site: &Website) -> Arc<AtPort> {
    let web = Web::with(Guard::reaching_test_server(site.address()), Arc::new(Names(site.ip()))).unwrap();
    Arc::new(AtPort { web, port: site.address().port() })
}

#[tokio::test(flavor = "multi_thread")]
async fn proved_pages_are_kept_and_the_next_enrichment_asks_only_whether_they_changed() {
    let (db, folder) = (testing::database().await, tempfile::tempdir().unwrap());
    let site = site_with_validators(Arc::default()).await;
    let web = reaching(&site);
    let service = start(&db, folder.path(), &[], Some(web.clone())).await;
    let caller = service.caller();
    let sites = json!([{ "orgnr": "556016-0680", "url": "http://ours.example/" },
        { "orgnr": "559085-2777", "url": "http://mute.example/" }]);
    let id = caller.begin("websites", json!({ "sites": sites, "max_pages": PATHS.len() })).await;
    caller.until_rest(&id).await;
    let session = caller.take_over(&id).await;
    assert_eq!(session["staged"], json!({ "promoted": 7 }), "{session}");

    // The proved site's pages with all that an enrichment keeps of a page, and not one of the other's.
    let pages: Vec<Value> =
        sqlx::query_scalar("SELECT to_jsonb(p) FROM web_pages p ORDER BY url").fetch_all(db.pool()).await.unwrap();
    let shown: Vec<_> = pages.iter().map(|page| json!([page["orgnr"], page["url"], page["etag"]])).collect();
    let ours = 5_560_160_680_i64;
    let tag = |path: &str| format!("\"{path}0\"");
    let expected = PATHS.map(|path| json!([ours, format!("http://ours.example{path}"), tag(path)]));
    assert_eq!(shown, expected);
    assert!(pages[0]["markers"].to_string().contains("WordPress"), "{}", pages[0]);
    let artifacts = Artifacts::in_folder(&folder.path().join("artifacts")).unwrap();
    let about = pages[3]["sha256"].as_str().unwrap();
    let (_, text) = artifacts.get(about).await.unwrap().expect("the text is in the artifact store");
    let text: Vec<bytes::Bytes> = text.try_collect().await.unwrap();
    assert!(String::from_utf8(text.concat()).unwrap().contains("grundades 1974"));
    assert!(store::web_pages::knows_text(&mut db.acquire().await.unwrap(), about).await.unwrap());
    let proof: (String, Option<String>, Option<String>) =
        sqlx::query_as("SELECT status, proof, proof_quote FROM homepages").fetch_one(db.pool()).await.unwrap();
    assert_eq!((proof.0.as_str(), proof.1.as_deref()), ("verified", Some("orgnr")));
    assert!(proof.2.unwrap().contains("556016-0680"));
    let has: bool = sqlx::query_scalar("SELECT has_homepage FROM company_facts WHERE orgnr = $1")
        .bind(ours)
        .fetch_one(db.pool())
        .await
        .unwrap();
    assert!(has);

    // An enrichment finds the homepage fresh, and of the pages asks only whether they still stand.
    let before = site.asked().len();
    enrich(&db, &artifacts, web.clone(), false).await;
    let parts: Vec<(String, String)> =
        sqlx::query_as("SELECT part, state FROM run_items ORDER BY part").fetch_all(db.pool()).await.unwrap();
    let state = |part: &str| parts.iter().find(|(name, _)| name == part).map(|(_, state)| state.as_str());
    assert_eq!((state("homepage"), state("company_profile")), (Some("skipped"), Some("completed")), "{parts:?}");
    let asked = tags_asked(&site, before);
    assert_eq!(asked, PATHS.map(|path| (path.to_owned(), Some(tag(path)))));
    let pages: Vec<(Value, bool)> = sqlx::query_as("SELECT to_jsonb(p), checked_at > fetched_at FROM web_pages p")
        .fetch_all(db.pool())
        .await
        .unwrap();
    let confirmed = pages.iter().filter(|(_, is_confirmed)| *is_confirmed).count();
    assert_eq!(confirmed, 6, "{pages:?} were asked for at {:?}", site.asked());
    let founded: Value = sqlx::query_scalar("SELECT data -> 'founded' FROM enrichments WHERE kind = 'company_profile'")
        .fetch_one(db.pool())
        .await
        .unwrap();
    assert_eq!(founded["value"], 1974, "read from the text that the session had kept");
    let proof: String = sqlx::query_scalar("SELECT proof FROM homepages").fetch_one(db.pool()).await.unwrap();
    assert_eq!(proof, "orgnr", "what still stands still proves");

    // A text that the artifact store has lost is fetched anew, although its page has not changed.
    artifacts.remove(about).await.unwrap();
    let before = site.asked().len();
    enrich(&db, &artifacts, web, true).await;
    let asked = tags_asked(&site, before);
    assert_eq!(asked, PATHS.map(|path| (path.to_owned(), (path != "/om-oss").then(|| tag(path)))));
    assert!(artifacts.has(about).await.unwrap());
}

/// The pages that were asked for since, by path, with the entity tag that was sent along.
fn tags_asked(site: &Website, since: usize) -> Vec<(String, Option<String>)> {
    let pages = site.asked().into_iter().skip(since).filter(|asked| !asked.path.contains('.'));
    let mut pages: Vec<_> =
        pages.map(|asked| (asked.path.clone(), asked.header("if-none-match").map(str::to_owned))).collect();
    pages.sort();
    pages
}

/// Enriches 556016-0680 by the product's jobs.
async fn enrich(db: &testing::TestDatabase, artifacts: &Artifacts, web: Arc<dyn crawl::Fetch>, is_forced: bool) {
    let new = store::runs::NewRun {
        kind: "enrichment",
        name: "Efter sessionen".to_owned(),
        owner: "00000000-0000-4000-8000-000000000001".parse().unwrap(),
        scope: domain::access::Visibility::Team,
        parts: enrich_company::PARTS.map(str::to_owned).to_vec(),
        is_forced,
        selection: json!({ "orgnrs": 1 }),
        template: None,
        model: None,
        auto_approval: None,
        keeps_approved: false,
        stages: None,
    };
    let event = store::audit::Event::new("enrichment.start");
    let orgnrs = ["5560160680".parse().unwrap()];
    let started = services::runs::start(db.pool(), &new, &orgnrs, event, chrono::Utc::now()).await.unwrap();
    assert_eq!(started.queued, 1);
    let config = Config::from_values(|name| (name == "HOME").then(|| "/home/somebody".to_owned())).unwrap();
    let state = JobState {
        db: db.pool().clone(),
        bulk: db.pool().clone(),
        artifacts: artifacts.clone(),
        search: None,
        web,
        models: Arc::new(services::models::Models::new(&config, None, db.pool().clone(), artifacts.clone())),
        config: Arc::new(config),
    };
    let settings = queue::Settings::new(vec![jobs::ENRICHMENT.to_owned()], 1);
    let worker = queue::Worker::new(db.pool().clone(), None, worker::registry(Arc::new(state)).unwrap(), settings);
    let stop = CancellationToken::new();
    let working = tokio::spawn(worker.run(stop.clone()));
    for _ in 0..600 {
        let ended: bool = sqlx::query_scalar("SELECT finished_at IS NOT NULL FROM runs WHERE id = $1")
            .bind(started.id)
            .fetch_one(db.pool())
            .await
            .unwrap();
        if ended {
            stop.cancel();
            working.await.unwrap();
            return;
        }
        tokio::time::sleep(std::time::Duration::from_millis(100)).await;
    }
    panic!("the enrichment does not end");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_older_session_that_is_taken_over_later_does_not_undo_a_newer_one() {
    let (db, folder) = (testing::database().await, tempfile::tempdir().unwrap());
    let version = Arc::new(AtomicU32::new(1));
    let site = site_with_validators(version.clone()).await;
    let service = start(&db, folder.path(), &[], Some(reaching(&site))).await;
    let caller = service.caller();
    let options = json!({ "sites": [{ "orgnr": "556016-0680", "url": "http://ours.example/" }], "max_pages": 1 });
    let older = caller.begin("websites", options.clone()).await;
    caller.until_rest(&older).await;
    version.store(2, Ordering::SeqCst);
    let newer = caller.begin("websites", options).await;
    caller.until_rest(&newer).await;
    for session in [&newer, &older] {
        caller.take_over(session).await;
        let tags: Vec<String> = sqlx::query_scalar("SELECT etag FROM web_pages").fetch_all(db.pool()).await.unwrap();
        assert_eq!(tags, ["\"/2\""]);
    }
    // Both texts may be quoted.
    let texts: i64 = sqlx::query_scalar("SELECT count(*) FROM page_texts").fetch_one(db.pool()).await.unwrap();
    assert_eq!(texts, 2);
}

/// Sends requests for port 80 to the test's own server.
struct AtPort {
    web: Web,
    port: u16,
}

impl crawl::Fetch for AtPort {
    fn fetch<'a>(
        &'a self,
        request: &'a crawl::Request,
    ) -> futures::future::BoxFuture<'a, Result<crawl::Response, crawl::FetchError>> {
        Box::pin(async move {
            let mut there = request.clone();
            there.url.set_port(Some(self.port)).unwrap();
            there.delay = std::time::Duration::from_millis(20);
            let mut response = self.web.fetch(&there).await?;
            response.url = request.url.clone();
            Ok(response)
        })
    }
}
