//! What hostile files, heads, methods and questions cost a real process: it may hold 256 MB more than at rest, and go on answering others.
//!
//! `LODE_ATTACK_MEGABYTES` and `LODE_ATTACK_AT_ONCE` set the size of the files and how many come at once (25 and 64 for the whole; without the
//! first no file is sent), `LODE_ATTACK_HEADS` and `LODE_ATTACK_METHODS` how many of those (1 000 and 10 000), `LODE_ATTACK_BINARY` the program that is attacked (an optimised one, for the whole).

use std::fmt::Write as _;
use std::io::{Cursor, Write};
use std::process::Stdio;
use std::time::{Duration, Instant};

use bytes::Bytes;
use futures::StreamExt;
use tokio::io::AsyncWriteExt;
use tokio::net::TcpStream;
use zip::write::SimpleFileOptions;

use super::too_much::bomb;
use crate::queue::rig::{Process, client};

/// What a process may hold more than at rest.
const MORE_MEGABYTES: u64 = 256;

fn setting(name: &str, default: usize) -> usize {
    std::env::var(name).ok().and_then(|text| text.parse().ok()).unwrap_or(default)
}

/// An API process on a database of its own, and its worker.
struct Target {
    url: String,
    client: reqwest::Client,
    db: testing::TestDatabase,
    api: Process,
    worker: Process,
    _folder: tempfile::TempDir,
}

impl Target {
    async fn start() -> Self {
        let (db, folder) = (testing::database().await, tempfile::tempdir().unwrap());
        let program = std::env::var("LODE_ATTACK_BINARY").unwrap_or_else(|_| env!("CARGO_BIN_EXE_lode").to_owned());
        let command = |arguments: &[&str]| {
            let mut command = std::process::Command::new(&program);
            command.args(arguments).env_remove("REDIS_URL").env_remove("ARTIFACT_STORE_URL").env("RUST_LOG", "off");
            command.env("DATABASE_URL", db.url()).env("LODE_DATA_DIR", folder.path());
            command
        };
        let mut api = Process(command(&["serve", "--port", "0"]).stdout(Stdio::piped()).spawn().unwrap());
        let mut line = String::new();
        std::io::BufRead::read_line(&mut std::io::BufReader::new(api.0.stdout.take().unwrap()), &mut line).unwrap();
        let url = line.trim().strip_prefix("ready ").expect("it says where it is").to_owned();
        let worker = Process(command(&["worker"]).stdout(Stdio::null()).spawn().unwrap());
        let target = Self { url, client: client(), db, api, worker, _folder: folder };
        target.until_ready().await;
        target
    }

    async fn until_ready(&self) {
        for _ in 0..600 {
            let answer = self.client.get(format!("{}/ready", self.url)).send().await;
            if answer.is_ok_and(|answer| answer.status().is_success()) {
                tokio::time::sleep(Duration::from_secs(1)).await;
                return;
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        panic!("the server never became ready");
    }

    /// Sends a file to every route that takes one, so many times at once; returns the statuses.
    async fn upload(&self, route: &str, name: &str, file: &Bytes, at_once: usize) -> Vec<u16> {
        let one = |number: usize| {
            let request = self.client.post(format!("{}{route}", self.url)).timeout(Duration::from_secs(300));
            let request = if route.ends_with("/workbook") {
                request.header("content-type", "application/octet-stream").body(file.clone())
            } else {
                let head = format!(
                    "--edge\r\ncontent-disposition: form-data; name=\"file\"; filename=\"{number}{name}\"\r\n\r\n"
                );
                // The file is shared: 64 copies would be this test's own memory.
                let parts = [Bytes::from(head), file.clone(), Bytes::from_static(b"\r\n--edge--\r\n")];
                let parts = futures::stream::iter(parts.map(Ok::<_, std::io::Error>));
                request
                    .header("content-type", "multipart/form-data; boundary=edge")
                    .body(reqwest::Body::wrap_stream(parts))
            };
            async move { request.send().await.map_or(0, |answer| answer.status().as_u16()) }
        };
        futures::stream::iter(0..at_once).map(one).buffer_unordered(at_once).collect().await
    }

    /// How long a cheap request of somebody else takes now.
    async fn cheap(&self) -> Duration {
        let begun = Instant::now();
        let answer = self.client.get(format!("{}/api/me", self.url)).timeout(Duration::from_secs(30)).send().await;
        assert!(answer.is_ok_and(|answer| answer.status() == 200), "a cheap request is answered");
        begun.elapsed()
    }

    /// Waits until no job is left.
    async fn until_worked_off(&self) {
        let begun = Instant::now();
        loop {
            let left: i64 =
                sqlx::query_scalar("SELECT count(*) FROM jobs WHERE kind = 'import_files' AND finished_at IS NULL")
                    .fetch_one(self.db.pool())
                    .await
                    .unwrap();
            if left == 0 {
                return;
            }
            assert!(begun.elapsed() < Duration::from_secs(600), "{left} imports are left");
            tokio::time::sleep(Duration::from_millis(200)).await;
        }
    }
}

/// Megabytes that a process holds, or held at most since it was last asked to forget.
fn megabytes(process: &Process, what: &str) -> u64 {
    let status = std::fs::read_to_string(format!("/proc/{}/status", process.0.id())).expect("the process lives");
    let line = status.lines().find(|line| line.starts_with(what)).unwrap();
    line.split_whitespace().nth(1).unwrap().parse::<u64>().unwrap() / 1024
}

/// What it holds now is the most that it held.
fn forget_peak(process: &Process) {
    std::fs::write(format!("/proc/{}/clear_refs", process.0.id()), "5").unwrap();
}

/// Watches what attacks cost a process.
struct Watch {
    name: &'static str,
    rest: u64,
    worst: Vec<String>,
}

impl Watch {
    fn begin(name: &'static str, process: &Process) -> Self {
        forget_peak(process);
        Self { name, rest: megabytes(process, "VmRSS"), worst: Vec::new() }
    }

    fn note(&mut self, process: &Process, attack: &str) {
        let more = megabytes(process, "VmHWM").saturating_sub(self.rest);
        println!("{}: {more} MB more than the {} at rest: {attack}", self.name, self.rest);
        if more >= MORE_MEGABYTES {
            self.worst.push(format!("{attack}: {more} MB"));
        }
        forget_peak(process);
    }
}

fn zipped(name: &str, pieces: impl Iterator<Item = Vec<u8>>) -> Bytes {
    let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
    archive.start_file(name, SimpleFileOptions::default().large_file(true)).unwrap();
    for piece in pieces {
        archive.write_all(&piece).unwrap();
    }
    archive.finish().unwrap().into_inner().into()
}

/// Files that are worse than they look, each with its ending.
fn worst_files(megabytes: usize) -> Vec<(&'static str, &'static str, Bytes)> {
    let bytes = megabytes << 20;
    let of = |piece: &[u8]| Bytes::from(piece.repeat(bytes / piece.len()));
    let times =
        |piece: &'static [u8], count: usize| std::iter::repeat_n(piece.repeat(1 << 12), count.div_ceil(1 << 12));
    let mut many = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for number in 0..bytes / 120 {
        many.start_file(format!("{number:08}.xhtml"), SimpleFileOptions::default()).unwrap();
    }
    let mut deep = String::from("<html xmlns=\"http://www.w3.org/1999/xhtml\"><body>");
    let mut wide = deep.clone();
    while deep.len() < bytes {
        deep.push_str("<div>");
    }
    for number in 0.. {
        if wide.len() >= bytes {
            break;
        }
        write!(wide, "<p a{number}='{number}' b='x'>{number}</p>").unwrap();
    }
    let sheet = b"<row><c t=\"inlineStr\"><is><t>x</t></is></c></row>";
    let rows = times(sheet, bytes);
    vec![
        ("a shared text that every cell names", ".xlsx", bomb(12_000).into()),
        ("a sheet of a thousand times its size", ".xlsx", zipped("xl/worksheets/sheet1.xml", rows)),
        ("one line", ".csv", of(b"a")),
        ("one quote that is never closed", ".csv", Bytes::from(["\"".to_owned(), "a;b\n".repeat(bytes / 4)].concat())),
        ("separators alone", ".csv", of(b";")),
        ("short rows", ".csv", of(b"1;2\n")),
        (
            "a heading of all columns",
            ".csv",
            Bytes::from(
                [
                    (0..bytes / 9).fold(String::new(), |mut text, n| {
                        let _ = write!(text, "{n:08};");
                        text
                    }),
                    "\n1;2\n".to_owned(),
                ]
                .concat(),
            ),
        ),
        ("one line, packed", ".zip", zipped("a.txt", times(b"a", bytes * 40))),
        ("short lines, packed", ".zip", zipped("a.txt", times(b"x\ty\tz\n", bytes * 4))),
        ("a report that inflates", ".zip", zipped("a.xhtml", times(b"<p>1</p>", bytes * 4))),
        ("files without end", ".zip", many.finish().unwrap().into_inner().into()),
        ("elements without end", ".xhtml", deep.into()),
        ("elements side by side", ".xhtml", wide.into()),
        ("lists in lists", ".json", of(b"[")),
        ("one object after another", ".jsonl", of(b"{\"organisasjonsnummer\":\"1\"}\n")),
        ("numbers", ".json", Bytes::from(["[".to_owned(), "1,".repeat(bytes / 2), "1]".to_owned()].concat())),
    ]
}

/// Where a file of this ending may be sent.
fn routes_for(ending: &str) -> Vec<String> {
    let kinds: &[&str] = match ending {
        ".zip" => &["filings", "register", "scb", "accounts", "companies"],
        ".xhtml" => &["filings"],
        ".json" | ".jsonl" => &["organisations"],
        _ => &["accounts", "companies"],
    };
    let mut routes: Vec<_> = kinds.iter().map(|kind| format!("/api/imports?dry_run=true&kind={kind}")).collect();
    routes.extend(["accounts", "companies"].map(|kind| format!("/api/imports/preview?kind={kind}")));
    routes.extend(["/api/lists/match/workbook", "/api/prospects/import"].map(str::to_owned));
    routes
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn hostile_files_cost_neither_the_api_nor_the_worker_a_quarter_of_a_gigabyte() {
    // Minutes with a program that is not optimised.
    let size = setting("LODE_ATTACK_MEGABYTES", 0);
    if size == 0 {
        println!("skipped: LODE_ATTACK_MEGABYTES says of no size that files are to have (25 for the whole)");
        return;
    }
    let at_once = setting("LODE_ATTACK_AT_ONCE", 8);
    let target = Target::start().await;
    let (mut api, mut worker) = (Watch::begin("api", &target.api), Watch::begin("worker", &target.worker));
    for (what, ending, file) in worst_files(size) {
        assert!(file.len() <= (size << 20) + 1024 || size < 2, "{what}: {} bytes", file.len());
        for route in routes_for(ending) {
            let sent = target.upload(&route, ending, &file, at_once);
            let beside = async {
                tokio::time::sleep(Duration::from_millis(200)).await;
                target.cheap().await
            };
            let begun = Instant::now();
            let (statuses, took) = tokio::join!(sent, beside);
            let mut seen = statuses.clone();
            seen.sort_unstable();
            seen.dedup();
            let attack = format!("{what}, {} kB to {route}, {seen:?} in {:?}", file.len() >> 10, begun.elapsed());
            api.note(&target.api, &attack);
            assert!(!seen.contains(&500), "{attack}");
            assert!(took < Duration::from_secs(5), "{attack}: a cheap request took {took:?}");
        }
        target.until_worked_off().await;
        worker.note(&target.worker, what);
    }
    assert_eq!((api.worst, worker.worst), (Vec::<String>::new(), Vec::new()), "more than {MORE_MEGABYTES} MB");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn slow_heads_invented_methods_and_costly_questions_cost_no_memory_and_no_patience() {
    let (heads, methods) = (setting("LODE_ATTACK_HEADS", 300), setting("LODE_ATTACK_METHODS", 1_000));
    let target = Target::start().await;
    let mut watch = Watch::begin("api", &target.api);
    let address = target.url.trim_start_matches("http://").trim_end_matches('/').to_owned();
    let mut slow = Vec::new();
    for _ in 0..heads {
        if let Ok(mut stream) = TcpStream::connect(&address).await {
            let _ = stream.write_all(b"GET /api/me HTTP/1.1\r\nhost: 127.0.0.1\r\nx-long: aaaa").await;
            slow.push(stream);
        }
    }
    let health = target.client.get(format!("{}/health", target.url)).timeout(Duration::from_secs(1)).send().await;
    assert!(health.is_ok_and(|answer| answer.status() == 200), "health is answered beside {heads} slow heads");
    watch.note(&target.api, "slow heads");
    drop(slow);

    let invented = futures::stream::iter(0..methods).map(|number| {
        let method = http::Method::from_bytes(format!("M{number}").as_bytes()).unwrap();
        let request = target.client.request(method, format!("{}/api/none/{number}", target.url));
        async move { request.send().await.map_or(0, |answer| answer.status().as_u16()) }
    });
    let statuses: Vec<u16> = invented.buffer_unordered(32).collect().await;
    assert!(statuses.iter().all(|status| (400..500).contains(status)), "an invented method is refused");
    let metrics = target.client.get(format!("{}/metrics", target.url)).send().await.unwrap().text().await.unwrap();
    assert!(metrics.len() < 1 << 20, "{} bytes of metrics", metrics.len());
    watch.note(&target.api, "invented methods");

    let costly = (0..64).map(|number| {
        let request = match number % 4 {
            0 => target.client.get(format!("{}/api/companies/search?q={}{number}", target.url, "ab".repeat(60))),
            1 => target.client.get(format!("{}/api/sources/coverage", target.url)),
            2 => target.client.get(format!("{}/api/db/info", target.url)),
            _ => {
                let request = target.client.post(format!("{}/api/universe/query", target.url));
                request.header("content-type", "application/json").body("{\"filters\":[],\"limit\":500}")
            }
        };
        async move { request.send().await.map_or(0, |answer| answer.status().as_u16()) }
    });
    let beside = async {
        tokio::time::sleep(Duration::from_millis(20)).await;
        target.cheap().await
    };
    let (statuses, took) = tokio::join!(futures::future::join_all(costly), beside);
    assert!(took < Duration::from_secs(1), "a cheap request took {took:?}");
    assert!(statuses.iter().all(|status| [200, 422, 503].contains(status)), "{statuses:?}");
    watch.note(&target.api, "costly questions");
    assert_eq!(watch.worst, Vec::<String>::new());
}
