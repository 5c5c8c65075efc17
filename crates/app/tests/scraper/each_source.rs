//! What each source stages, and what validation says of it.

use std::sync::Arc;

use crawl::resolve::Resolver;
use crawl::{Guard, Web};
use serde_json::json;
use testing::website::{Reply, Website};

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
    let web = Web::with(Guard::reaching_test_server(site.address()), Arc::new(Names(site.ip()))).unwrap();
    let web = Arc::new(AtPort { web, port: site.address().port() });
    let service = start(&db, folder.path(), &[], Some(web)).await;
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
