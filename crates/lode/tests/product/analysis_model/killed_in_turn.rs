//! A run whose worker, API, Redis and Postgres are killed in turn, as real processes: complete at the end, and no company is analysed or
//! paid twice. `LODE_KILLED_COMPANIES` says how many companies (24 otherwise); the figures are printed.

use std::io::{BufRead, BufReader};
use std::process::Stdio;
use std::time::{Duration, Instant};

use nix::sys::signal::{Signal, kill};
use nix::unistd::Pid;
use serde_json::{Value, json};
use sqlx::PgPool;
use testing::model_server::{Act, ModelServer};

use super::{companies_in, server, settings, texts};
use crate::queue::rig::{self, Process, client, lode};

/// Calls of one worker at once.
const AT_ONCE: usize = 3;

/// Answers after a moment, so that a kill meets calls under way.
fn slow(body: &Value) -> String {
    std::thread::sleep(Duration::from_millis(120));
    server::answer(body)
}

/// The processes of one installation, on servers of the test's own.
pub(super) struct Installation {
    pub(super) rig: rig::Rig,
    model: ModelServer,
    folder: tempfile::TempDir,
    api: Option<(Process, String)>,
    pub(super) workers: Vec<Process>,
}

impl Installation {
    /// With an API, two workers and a model that answers so.
    pub(super) async fn start(think: fn(&Value) -> String) -> Self {
        let mut rig = rig::Rig::with_own_servers().await;
        // Whatever a server of the tests is spared otherwise: here a commit that was answered must outlive a kill.
        sqlx::query("ALTER DATABASE lode SET synchronous_commit = on").execute(&rig.pool).await.unwrap();
        rig.pool = sqlx::postgres::PgPoolOptions::new()
            .max_connections(3)
            .acquire_timeout(Duration::from_secs(60))
            .connect(&rig.database_url)
            .await
            .unwrap();
        let model = ModelServer::start(vec![Act::Think(think)]).await;
        let folder = tempfile::tempdir().unwrap();
        let mut made = Self { rig, model, folder, api: None, workers: Vec::new() };
        made.serve();
        made.work();
        made.work();
        made
    }

    fn command(&self) -> std::process::Command {
        let mut command = lode();
        command.envs(settings(&self.model.base_url())).env("DATABASE_URL", &self.rig.database_url);
        command.env("LODE_DATA_DIR", self.folder.path().join("data"));
        command.env("ARTIFACT_STORE_URL", format!("file://{}", self.folder.path().join("artifacts").display()));
        command.env("REDIS_URL", self.rig.redis_url.as_deref().unwrap());
        command.env("RUST_LOG", std::env::var("LODE_TEST_LOG").unwrap_or_else(|_| "off".to_owned()));
        command
    }

    fn serve(&mut self) {
        self.api = None;
        let mut command = self.command();
        command.args(["serve", "--port", "0"]).stdout(Stdio::piped());
        let mut api = Process(command.spawn().unwrap());
        let mut said = String::new();
        BufReader::new(api.0.stdout.take().unwrap()).read_line(&mut said).unwrap();
        let base = said.trim().strip_prefix("ready ").expect("the API says where it is").to_owned();
        self.api = Some((api, base));
    }

    fn work(&mut self) {
        let mut command = self.command();
        command.args(["worker", "ai_analysis", "monitors", "--concurrency", &AT_ONCE.to_string()]);
        command.args(["--url", self.rig.redis_url.as_deref().unwrap()]);
        self.workers.push(Process(command.stdout(Stdio::null()).spawn().unwrap()));
    }

    /// Kills the next of the four, and starts what nobody else starts.
    async fn kill(&mut self, turn: usize) {
        let signal = |pid: Option<u32>, signal| {
            kill(Pid::from_raw(pid.expect("the server runs").cast_signed()), signal).unwrap();
        };
        match turn % 4 {
            0 => {
                drop(self.workers.remove(0));
                self.work();
                // Its leases would run out in 20 s; a test need not wait for that.
                let ended = "UPDATE jobs SET lease_until = now() - interval '1 second' WHERE state = 'running'";
                sqlx::query(ended).execute(&self.rig.pool).await.unwrap();
            }
            1 => self.serve(),
            2 => signal(self.rig.servers.as_ref().unwrap().valkey().unwrap().pid(), Signal::SIGKILL),
            // Every process of Postgres ends at once, as at a crash: what is not in its log is lost.
            _ => signal(self.rig.servers.as_ref().unwrap().postgres().unwrap().pid(), Signal::SIGQUIT),
        }
    }

    /// An answer of the API; asked again while Postgres is away.
    pub(super) async fn call(&self, method: &str, path: &str, body: Option<&Value>) -> Value {
        let until = Instant::now() + Duration::from_secs(90);
        let (_, base) = self.api.as_ref().unwrap();
        loop {
            let mut request = client().request(method.parse().unwrap(), format!("{base}{path}"));
            if let Some(body) = body {
                request = request.json(body);
            }
            let answer = match request.send().await {
                Ok(answer) if answer.status().is_success() => {
                    let text = answer.text().await.unwrap_or_default();
                    return serde_json::from_str(&text).unwrap_or_default();
                }
                Ok(answer) => answer.text().await.unwrap_or_default(),
                Err(error) => error.to_string(),
            };
            assert!(Instant::now() < until, "{method} {path}: {answer}");
            tokio::time::sleep(Duration::from_millis(200)).await;
        }
    }

    /// Waits until the model was seen to answer.
    pub(super) async fn until_ready(&self) {
        self.call("POST", "/api/admin/models/default/probe", None).await;
        while self.call("GET", "/api/status/capabilities", None).await["ai"] != true {
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
    }

    /// Ends the processes and servers, and removes what they kept.
    pub(super) async fn end(mut self) {
        self.workers.clear();
        self.api = None;
        self.rig.servers.take().unwrap().stop_and_remove().await;
    }

    fn asked(&self) -> usize {
        self.model.requests().iter().filter(|request| server::is_about_a_company(&request.body)).count()
    }
}

/// Rows of a query; asked again while Postgres is away.
async fn count(pool: &PgPool, query: &'static str, purpose: &str) -> (i64, i64) {
    for _ in 0..300 {
        if let Ok(row) = sqlx::query_as(query).bind(purpose).fetch_one(pool).await {
            return row;
        }
        tokio::time::sleep(Duration::from_millis(200)).await;
    }
    panic!("Postgres does not come back");
}

#[tokio::test(flavor = "multi_thread")]
async fn run_is_complete_and_nothing_is_paid_twice_though_worker_api_redis_and_postgres_are_killed_in_turn() {
    let wanted: u64 = std::env::var("LODE_KILLED_COMPANIES").ok().and_then(|text| text.parse().ok()).unwrap_or(24);
    let kills = if wanted >= 200 { 20 } else { 4 };
    let mut made = Installation::start(slow).await;
    let orgnrs = companies_in(&made.rig.pool, 0..wanted).await;
    made.until_ready().await;
    let body = json!({ "orgnrs": texts(&orgnrs), "provider": "default", "template_key": "triage", "budget": 50.0 });
    let started = made.call("POST", "/api/analysis/start", Some(&body)).await;
    let id = started["run_id"].as_str().unwrap().to_owned();
    let begun = Instant::now();
    sqlx::query("UPDATE jobs SET max_attempts = 60").execute(&made.rig.pool).await.unwrap();
    for turn in 0..kills {
        let after = (turn + 1) * usize::try_from(wanted).unwrap() / (kills + 1);
        let until = Instant::now() + Duration::from_secs(120);
        while made.asked() < after && Instant::now() < until {
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        made.kill(turn).await;
    }
    let until = Instant::now() + Duration::from_secs(180);
    let run = loop {
        let run = made.call("GET", &format!("/api/runs/{id}"), None).await;
        if run["status"] == "completed" {
            break run;
        }
        assert!(Instant::now() < until, "the run does not end: {run}");
        tokio::time::sleep(Duration::from_millis(200)).await;
    };
    let seconds = begun.elapsed().as_secs_f64();
    assert_eq!((&run["completed"], &run["failed"]), (&json!(wanted), &json!(0)), "{run}");
    let purpose = format!("run:{id}");
    let pool = &made.rig.pool;
    let whole = i64::try_from(wanted).unwrap();
    let (subjects, most) = count(
        pool,
        "SELECT count(*), max(answers) FROM (SELECT count(*) AS answers FROM model_calls
         WHERE purpose = $1 AND outcome = 'answered' GROUP BY subject) a",
        &purpose,
    )
    .await;
    assert_eq!((subjects, most), (whole, 1), "each company was answered, and paid, once");
    let (analyses, _) =
        count(pool, "SELECT count(*), 0::bigint FROM analyses WHERE 'run:' || run_id = $1", &purpose).await;
    assert_eq!(analyses, whole);
    let (spent, called) = count(
        pool,
        "SELECT (SELECT spent FROM model_spending WHERE name = $1), coalesce(sum(cost), 0)::bigint FROM model_calls WHERE purpose = $1",
        &purpose,
    )
    .await;
    assert_eq!(spent, called, "what is shown as spent is the sum of the calls");
    assert_eq!(run["model"]["cost"].as_f64().map(|cost| (cost * 1e6).round()), Some(called as f64), "{run}");
    // Only calls that were under way at a kill are made again.
    let again = made.asked() - usize::try_from(wanted).unwrap();
    assert!(again <= kills * AT_ONCE * 2, "{again} calls were made again");
    println!("{wanted} companies, {kills} kills, {seconds:.1} s, {again} calls under way at a kill were made again");
    made.end().await;
}
