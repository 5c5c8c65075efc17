//! kill -9 in the middle of fetching, validating and taking over: the tables end up as after an undisturbed run, and the budget
//! of requests holds all the same.

use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use serde_json::json;
use testing::contents::{MAIN_TABLES, dump, until_a_lock_is_waited_for};
use testing::website::Reply;

use super::protocol::{Protocol, orgnr, problem};
use super::service::{Caller, start};

/// Requests a minute in these tests; six seconds allow a tenth of it.
const PER_MINUTE: u32 = 300;

struct Process {
    child: Child,
    caller: Caller,
}

impl Drop for Process {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn spawn(database: &str, folder: &Path, settings: &[(&'static str, String)]) -> Process {
    let mut child = Command::new(env!("CARGO_BIN_EXE_lode"))
        .args(["scraper", "--port", "0"])
        .env("DATABASE_URL", database)
        .env("LODE_DATA_DIR", folder)
        .env_remove("ARTIFACT_STORE_URL")
        .envs(settings.iter().cloned())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let mut line = String::new();
    BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
    let url = line.trim().strip_prefix("ready ").unwrap_or_else(|| panic!("not ready: {line:?}")).to_owned();
    Process { child, caller: Caller { url, client: reqwest::Client::builder().no_proxy().build().unwrap() } }
}

/// Half of the first document of one company, and an outage, a partial answer and a request for patience elsewhere.
fn fail_some_requests(server: &Protocol) {
    let numbers = server.numbers();
    server.fail_once(&format!("/vdm/v1/organisationer {}", numbers[1]), problem(500, "internt fel"));
    let mut partial = server.companies[&numbers[2]].organisation.clone();
    partial["organisationer"][0]["juridiskForm"] = json!({ "kod": null, "klartext": null, "dataproducent": "SCB", "fel": { "typ": "OTILLGANGLIG_UPPGIFTSKALLA", "felBeskrivning": "x" } });
    server.fail_once(
        &format!("/vdm/v1/organisationer {}", numbers[2]),
        Reply::typed("application/json", partial.to_string().as_bytes()),
    );
    let wait = vec![("Retry-After", "1".to_owned())];
    server.fail_once(&format!("/vdm/v1/dokumentlista {}", numbers[3]), Reply::status(429, wait));
    server.fail_once(&format!("/vdm/v1/dokumentlista {}", numbers[0]), problem(401, "token har gått ut"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_session_that_is_killed_twice_ends_as_an_undisturbed_one() {
    let (clean, disturbed) = (testing::database().await, testing::database().await);
    let folder = tempfile::tempdir().unwrap();

    let calm = Protocol::start().await;
    let options = json!({ "orgnrs": calm.numbers() });
    let service = start(&clean, &folder.path().join("calm"), &calm.settings(60_000), None).await;
    let caller = service.caller();
    let id = caller.begin("bolagsverket_api", options.clone()).await;
    let session = caller.until_rest(&id).await;
    assert_eq!(session["items"], json!({ "done": calm.numbers().len() }), "{session}");
    let session = caller.take_over(&id).await;
    assert_eq!(session["resumed"], 0);

    let server = Protocol::start().await;
    fail_some_requests(&server);
    let settings = server.settings(PER_MINUTE);
    let data = folder.path().join("disturbed");
    let mut process = spawn(disturbed.url(), &data, &settings);
    let id = process.caller.begin("bolagsverket_api", options).await;
    for share in [3, 12] {
        while server.site.asked().len() < share {
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        process.child.kill().unwrap();
        process.child.wait().unwrap();
        drop(process);
        process = spawn(disturbed.url(), &data, &settings);
    }
    let session = process.caller.until_rest(&id).await;
    assert_eq!(session["items"], json!({ "done": server.numbers().len() }), "{session}");
    assert_eq!(session["resumed"], 2, "{session}");
    process.caller.take_over(&id).await;

    for (one, other) in dump(&clean, MAIN_TABLES).await.iter().zip(dump(&disturbed, MAIN_TABLES).await) {
        assert_eq!(*one, other);
    }
    let reports: i64 = sqlx::query_scalar("SELECT count(*) FROM filings").fetch_one(disturbed.pool()).await.unwrap();
    assert!(
        reports >= 9,
        "six companies with nine packages of our own making, and the real one where it is here: {reports}"
    );

    // Measured at the server: never more than a tenth of a minute's budget in a tenth of a minute, killed or not.
    let most = server.site.most_within(Duration::from_secs(6));
    assert!(most <= PER_MINUTE as usize / 10, "{most} requests within six seconds");
    // No document came twice: what was staged before a kill is not asked for again, except the one under way.
    let documents: Vec<_> = server.site.paths().into_iter().filter(|path| path.contains("/dokument/")).collect();
    let distinct: std::collections::BTreeSet<_> = documents.iter().collect();
    assert!(documents.len() <= distinct.len() + 2, "{documents:?}");
}

/// What validation said, and what the log tells of the taking over.
async fn judged(pool: &sqlx::PgPool) -> Vec<String> {
    let queries = [
        "SELECT jsonb_build_object('kind', kind, 'key', key, 'state', state, 'problems', problems, 'detail', detail)
         FROM scraper.staged ORDER BY kind, key, file_name",
        "SELECT jsonb_build_object('kind', detail->>'kind', 'events', count(*), 'count', sum((detail->>'count')::int))
         FROM audit_log WHERE action = 'scraper.promote' GROUP BY detail->>'kind' ORDER BY 1",
    ];
    dump(pool, queries).await
}

#[tokio::test(flavor = "multi_thread")]
async fn killed_while_validating_and_while_taking_over_it_ends_as_an_undisturbed_one() {
    let (clean, disturbed) = (testing::database().await, testing::database().await);
    let folder = tempfile::tempdir().unwrap();
    let server = Protocol::start().await;
    let settings = server.settings(60_000);
    let options = json!({ "orgnrs": server.numbers() });
    let calm = start(&clean, &folder.path().join("calm"), &settings, None).await;
    let caller = calm.caller();
    let id = caller.begin("bolagsverket_api", options.clone()).await;
    caller.until_rest(&id).await;
    caller.take_over(&id).await;

    let data = folder.path().join("disturbed");
    let mut process = spawn(disturbed.url(), &data, &settings);
    let id = process.caller.begin("bolagsverket_api", options).await;
    process.caller.until_rest(&id).await;
    // Where it is held up: at the verdict on the fifth thing, in the middle of the import, and right after the import, before
    // staging knows of it.
    for (phase, hold) in [
        ("validate", "SELECT id FROM scraper.staged ORDER BY id OFFSET 4 LIMIT 1 FOR UPDATE"),
        ("promote", "LOCK TABLE filings IN EXCLUSIVE MODE"),
        ("promote", "SELECT id FROM scraper.staged WHERE kind = 'package' ORDER BY id LIMIT 1 FOR UPDATE"),
    ] {
        let mut held = disturbed.pool().begin().await.unwrap();
        sqlx::query(hold).execute(&mut *held).await.unwrap();
        let session = process.caller.get(&format!("/sessions/{id}")).await;
        if session["state"] != "running" {
            process.caller.post(&format!("/sessions/{id}/{phase}"), json!({})).await;
        }
        // The process is in the middle of its work then, and stays there.
        until_a_lock_is_waited_for(disturbed.pool()).await;
        process.child.kill().unwrap();
        process.child.wait().unwrap();
        drop(process);
        held.rollback().await.unwrap();
        process = spawn(disturbed.url(), &data, &settings);
        // The last time something is held up again while it takes over, so the end of the phase is not waited for before.
        if hold.starts_with("LOCK") {
            continue;
        }
        let session = process.caller.until_rest(&id).await;
        assert_eq!(session["state"], "done", "{phase}: {session}");
    }
    let session = process.caller.get(&format!("/sessions/{id}")).await;
    assert_eq!((&session["phase"], &session["resumed"]), (&json!("promote"), &json!(3)), "{session}");
    for (one, other) in dump(&clean, MAIN_TABLES).await.iter().zip(dump(&disturbed, MAIN_TABLES).await) {
        assert_eq!(*one, other);
    }
    assert_eq!(judged(clean.pool()).await, judged(disturbed.pool()).await);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_download_that_breaks_off_goes_on_where_it_was() {
    let (db, folder) = (testing::database().await, tempfile::tempdir().unwrap());
    let server = Protocol::start().await;
    let path = "/arsredovisningar-bulkfiler/arsredovisningar/2024/02_1.zip";
    let whole = Reply::typed("application/zip", &server.archive).with(
        "ETag",
        format!("\"{}\"", {
            use md5::{Digest, Md5};
            hex::encode(Md5::digest(server.archive.as_slice()))
        }),
    );
    let half = server.archive.len() / 2;
    server.fail_once(path, Reply::Broken(half, Box::new(whole)));
    server.fail_once("/arsredovisningar-bulkfiler", problem(503, "stängt"));
    let service = start(&db, folder.path(), &server.settings(60_000), None).await;
    let caller = service.caller();
    let id = caller.begin("annual_reports", json!({ "from_week": "2024-01", "to_week": "2024-05" })).await;
    let session = caller.until_rest(&id).await;
    assert_eq!(session["items"], json!({ "done": 1 }), "{session}: only the week that was asked for");
    let ranges: Vec<_> = server
        .site
        .asked()
        .iter()
        .filter(|asked| asked.path == path)
        .map(|asked| asked.header("range").map(str::to_owned))
        .collect();
    assert_eq!(ranges, [None, Some(format!("bytes={half}-"))]);
    let staged = caller.get(&format!("/sessions/{id}/staged")).await;
    assert_eq!(staged["items"][0]["detail"]["is_checksum_verified"], true);
    assert_eq!(staged["items"][0]["bytes"], server.archive.len());
    caller.take_over(&id).await;
    let (reports, known): (i64, bool) = sqlx::query_as("SELECT count(*), bool_or(orgnr = $1) FROM filings")
        .bind(i64::try_from(orgnr(20)).unwrap())
        .fetch_one(db.pool())
        .await
        .unwrap();
    assert_eq!((reports, known), (6, true));
}
