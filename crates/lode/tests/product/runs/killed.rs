//! kill -9 of the worker at several moments of an enrichment: while it waits for a website, between two pages, in the middle of its
//! transaction, and after the last commit. The tables end up as after an undisturbed run, and no website notices more than a visitor
//! who leaves and comes again.

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use artifacts::Artifacts;
use domain::orgnr::check_digit;
use jobs::QUEUES;
use queue::{Settings, Worker};
use serde_json::{Value, json};
use testing::contents::until_a_lock_is_waited_for;
use testing::website::{Reply, Website};
use tokio_util::sync::CancellationToken;

use super::{insert, post, registry};
use crate::support::{self, Server};

/// How long a killed worker's jobs are left alone; 20 s for those of `lode worker`.
const LEASE: Duration = Duration::from_secs(5);
/// How long the site thinks about each answer.
const SLOW: Duration = Duration::from_millis(250);
/// Companies with a site of their own; two more share one, as companies of a group do.
const ALONE: i64 = 6;

fn number(at: i64) -> i64 {
    let first_nine = 556_100_000 + at.unsigned_abs();
    (first_nine * 10 + u64::from(check_digit(first_nine))).cast_signed()
}

fn page(name: &str, at: i64, text: &str) -> Reply {
    let numbers = if at <= ALONE { vec![number(at)] } else { vec![number(ALONE + 1), number(ALONE + 2)] };
    let printed: String =
        numbers.iter().map(|number| format!("<p>Org.nr {:06}-{:04}</p>", number / 10_000, number % 10_000)).collect();
    let html = format!(
        "<html lang=\"sv\"><head><title>{name}</title><meta name=\"generator\" content=\"WordPress 6.8\"></head><body><main>
         <h1>{name}</h1>{text}</main><a href=\"/om-oss\">Om oss</a> <a href=\"/kontakt\">Kontakt</a><footer>{printed}</footer></body></html>"
    );
    Reply::Late(SLOW, Box::new(Reply::page(&html)))
}

async fn site() -> Website {
    Website::start(|asked| {
        let at: i64 = asked.host.trim_start_matches("bolag").split('.').next().unwrap().parse().unwrap();
        let name = format!("Bolag {at}");
        match asked.path.as_str() {
            "/" => page(
                &name,
                at,
                "<p>Vi levererar svetsade konstruktioner till verkstadsindustrin i hela landet.</p>
                 <p>Vi är certifierade enligt ISO 9001 och ISO 14001 sedan många år tillbaka.</p>",
            ),
            "/om-oss" => page(
                &name,
                at,
                &format!(
                    "<p>{name} grundades {} och är ett familjeföretag i Skellefteå.</p>
                     <p>Vi är {} medarbetare och tillverkar allt i egen fabrik utanför staden.</p>",
                    1970 + at,
                    40 + at
                ),
            ),
            "/kontakt" => page(&name, at, "<p>Välkommen att ringa oss om nästa projekt, stort som smått.</p>"),
            _ => Reply::Late(SLOW, Box::new(Reply::status(404, Vec::new()))),
        }
    })
    .await
}

/// A worker in a process of its own: this program again, which runs [`worker_process`] alone. It is the product's worker with the
/// product's jobs; only its guard lets the test's website in, which the product has no setting for.
struct Process(Child);

impl Process {
    fn start(server: &Server, site: &Website) -> Self {
        let child = Command::new(std::env::current_exe().unwrap())
            .args(["--exact", "runs::killed::worker_process", "--ignored", "--nocapture"])
            .env("LODE_TEST_WORKER_DATABASE", server.db.url())
            .env("LODE_TEST_WORKER_ARTIFACTS", server.artifacts.place())
            .env("LODE_TEST_WORKER_SITE", site.address().to_string())
            .stdout(Stdio::null())
            .spawn()
            .unwrap();
        Self(child)
    }

    /// SIGKILL.
    fn kill(mut self) {
        self.0.kill().unwrap();
        self.0.wait().unwrap();
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "no test: the worker that the test below starts in a process of its own"]
async fn worker_process() {
    let given =
        |name: &str| std::env::var(name).unwrap_or_else(|_| panic!("{name} is set by the test that starts this"));
    let site: SocketAddr = given("LODE_TEST_WORKER_SITE").parse().unwrap();
    let pool = sqlx::postgres::PgPoolOptions::new()
        .max_connections(8)
        .connect(&given("LODE_TEST_WORKER_DATABASE"))
        .await
        .unwrap();
    let artifacts = Artifacts::open(&given("LODE_TEST_WORKER_ARTIFACTS")).unwrap();
    let mut settings = Settings::new(QUEUES.map(str::to_owned).to_vec(), 3);
    settings.lease = LEASE;
    let worker = Worker::new(pool.clone(), None, registry(site, pool, artifacts), settings);
    // Until it is killed.
    worker.run(CancellationToken::new()).await;
}

async fn started(site: &Website) -> (Server, String) {
    let server = support::start(&[]).await;
    let numbers: Vec<i64> = (1..=ALONE + 2).map(number).collect();
    let rows: Vec<_> = (1..)
        .zip(&numbers)
        .map(|(at, orgnr)| {
            let host = format!("bolag{}.test", at.min(ALONE + 1));
            (*orgnr, format!("Bolag {at} AB"), Some(site.named(&host, "/")))
        })
        .collect();
    insert(&server, &rows).await;
    let orgnrs: Vec<String> = numbers.iter().map(ToString::to_string).collect();
    let started = post(&server, "/api/enrichment/run", json!({ "orgnrs": orgnrs, "name": "Alla" }), 201).await;
    assert_eq!(started["queued_count"], ALONE + 2, "{started}");
    // However often one job is hit: this is not about giving up.
    sqlx::query("UPDATE jobs SET max_attempts = 20").execute(server.db.pool()).await.unwrap();
    (server, started["run_id"].as_str().unwrap().to_owned())
}

async fn ended(server: &Server, id: &str) -> Value {
    // A run whose last worker was killed after the last commit is ended by the look over runs, once a minute.
    let begun = Instant::now();
    loop {
        let run = server.json(&format!("/api/runs/{id}"), 200).await;
        if run["status"] == "completed" {
            return run;
        }
        assert!(begun.elapsed() < Duration::from_secs(180), "the run does not end: {run}");
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
}

/// What the run left behind, without what differs from run to run: ids, times, and the port of the site.
async fn dump(server: &Server, site: &Website) -> BTreeMap<&'static str, String> {
    let port = format!(":{}", site.address().port());
    let mut found = BTreeMap::new();
    for (table, query) in [
        ("homepages", "SELECT to_jsonb(h) - 'checked_at' FROM homepages h ORDER BY orgnr"),
        ("web_pages", "SELECT to_jsonb(p) - 'fetched_at' - 'checked_at' FROM web_pages p ORDER BY orgnr, url"),
        ("page_texts", "SELECT to_jsonb(t) - 'kept_at' FROM page_texts t ORDER BY sha256"),
        ("enrichments", "SELECT to_jsonb(e) - 'run_id' - 'made_at' FROM enrichments e ORDER BY orgnr, kind"),
        ("run_items", "SELECT to_jsonb(i) - 'run_id' - 'job_id' - 'updated_at' FROM run_items i ORDER BY orgnr, part"),
        (
            "jobs",
            "SELECT jsonb_build_object('subject', payload -> 'orgnr', 'state', state, 'lease_until', lease_until)
             FROM jobs WHERE kind = 'enrich_company' ORDER BY payload ->> 'orgnr', id",
        ),
        ("runs", "SELECT jsonb_build_object('name', name, 'count', company_count, 'counts', counts) FROM runs"),
        ("company_facts", "SELECT to_jsonb(f) FROM company_facts f ORDER BY orgnr"),
    ] {
        let rows: Vec<Value> = sqlx::query_scalar(query).fetch_all(server.db.pool()).await.unwrap();
        let lines = rows.into_iter().map(|row| format!("{}\n", without_times(row)).replace(&port, ""));
        found.insert(table, lines.collect());
    }
    found
}

/// The value without the times at which pages were fetched.
fn without_times(value: Value) -> Value {
    match value {
        Value::Object(fields) => fields
            .into_iter()
            .filter(|(name, _)| name != "fetched_at")
            .map(|(name, value)| (name, without_times(value)))
            .collect(),
        Value::Array(items) => items.into_iter().map(without_times).collect(),
        other => other,
    }
}

/// Waits until the site was asked so often.
async fn until_asked(site: &Website, count: usize) {
    let begun = Instant::now();
    while site.asked().len() < count {
        assert!(begun.elapsed() < Duration::from_secs(60), "{:?}", site.paths());
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_enrichment_whose_worker_is_killed_again_and_again_ends_as_an_undisturbed_one() {
    let calm_site = site().await;
    let (calm, id) = started(&calm_site).await;
    let worker = Process::start(&calm, &calm_site);
    let run = ended(&calm, &id).await;
    assert_eq!((&run["completed"], &run["failed"]), (&json!(4 * (ALONE + 2)), &json!(0)), "{run}");
    worker.kill();

    let site = site().await;
    let (server, id) = started(&site).await;
    let mut worker = Process::start(&server, &site);
    // While the first answers are awaited, and between two pages.
    for more in [2, 12] {
        until_asked(&site, site.asked().len() + more).await;
        worker.kill();
        worker = Process::start(&server, &site);
    }
    // In the transaction of the effect, at its first page and at its last statement but one; and after the last commit of all, when
    // only the run's end is still to be written.
    let run = format!("SELECT id FROM runs WHERE id = '{id}' FOR NO KEY UPDATE");
    for hold in ["LOCK TABLE web_pages IN EXCLUSIVE MODE", "LOCK TABLE company_facts IN EXCLUSIVE MODE", run.as_str()] {
        let mut held = server.db.begin().await.unwrap();
        sqlx::query(sqlx::AssertSqlSafe(hold)).execute(&mut *held).await.unwrap();
        // The worker is in the middle of its work then, and stays there.
        until_a_lock_is_waited_for(server.db.pool()).await;
        worker.kill();
        held.rollback().await.unwrap();
        worker = Process::start(&server, &site);
    }
    ended(&server, &id).await;
    worker.kill();

    let (expected, found) = (dump(&calm, &calm_site).await, dump(&server, &site).await);
    for (table, rows) in &expected {
        assert!(!rows.is_empty(), "{table} of the undisturbed run is empty, so comparing it says nothing");
        assert_eq!(rows, &found[table], "{table}");
    }
    let per_company: (i64, i64, i64) = sqlx::query_as(
        "SELECT count(*), count(DISTINCT payload ->> 'orgnr'), count(*) FILTER (WHERE errors @> '[{\"kind\": \"lost\"}]')
         FROM jobs WHERE kind = 'enrich_company' AND state = 'completed'",
    )
    .fetch_one(server.db.pool())
    .await
    .unwrap();
    assert_eq!((per_company.0, per_company.1), (ALONE + 2, ALONE + 2), "each company's job once");
    assert!(per_company.2 >= 4, "the kills hit {} jobs only", per_company.2);
    // Measured at the server: a visit that was cut off is over before another begins, also where two companies share a site.
    for site in [&calm_site, &site] {
        for host in site.hosts() {
            assert_eq!(site.most_at_once_at(&host), 1, "requests at the same time at {host}");
        }
    }
    assert_eq!(site.hosts().len(), usize::try_from(ALONE).unwrap() + 1);
}
