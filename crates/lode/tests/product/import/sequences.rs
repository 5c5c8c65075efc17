//! Random sequences of imports by processes that are killed, each followed by a question to a running server.
//!
//! `crates/store/tests/sequences` holds the rules against a naive model; here the parts around them are real: `lode import`
//! dies by SIGKILL at any moment, is run again or left, two run at once, and the index of a running server must show
//! what the tables hold. `LODE_SEQUENCE_SECONDS` says how long to go on (25), `LODE_SEQUENCE_SEED` which sequence comes first.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::Arc;
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use proptest::collection::{btree_map, vec};
use proptest::prelude::*;
use proptest::test_runner::{Config, RngAlgorithm, TestCaseError, TestError, TestRng, TestRunner};
use serde_json::json;

use super::fixtures::{orgnr, write};
use crate::support::{Server, start_on};

const SECONDS: u64 = 25;
const COMPANIES: u64 = 24;
/// An import of two dozen companies, or a comparison, that takes longer is stuck.
const LONGEST: Duration = Duration::from_secs(90);
const FIRST_YEAR: u64 = 2021;
const YEARS: u64 = 3;
/// Companies of a batch: a killed import has written some batches and not others.
const BATCH: &str = "5";

/// What one file says: the revenue of a company and year, in SEK.
type Table = BTreeMap<(u64, u64), i64>;

#[derive(Clone, Debug)]
enum Step {
    /// One file, undisturbed.
    Import(Table),
    /// Killed after so many thousandths of what the last whole import took, then run again until it ends.
    KilledAndAgain(Table, u32),
    /// Killed, and not run again: what it had written stays, whole companies at a time.
    KilledAndLeft(Table, u32),
    /// Two files by two processes.
    TwoAtOnce(Table, Table),
}

fn sequences() -> impl Strategy<Value = Vec<Step>> {
    let table = || btree_map((0..COMPANIES, 0..YEARS), 1_000_000..9_000_000_i64, 1..40);
    let moment = || 0..1_000_u32;
    vec(
        prop_oneof![
            3 => table().prop_map(Step::Import),
            3 => (table(), moment()).prop_map(|(table, after)| Step::KilledAndAgain(table, after)),
            3 => (table(), moment()).prop_map(|(table, after)| Step::KilledAndLeft(table, after)),
            2 => (table(), table()).prop_map(|(one, other)| Step::TwoAtOnce(one, other)),
        ],
        1..7,
    )
}

/// What each company and year may show: one value where it is certain, several after a kill or two at once.
#[derive(Default)]
struct Model(BTreeMap<(u64, u64), BTreeSet<Option<i64>>>);

impl Model {
    fn certain(&mut self, table: &Table) {
        for (&key, &revenue) in table {
            self.0.insert(key, [Some(revenue)].into());
        }
    }

    fn possible(&mut self, table: &Table) {
        for (&key, &revenue) in table {
            self.0.entry(key).or_insert_with(|| [None].into()).insert(Some(revenue));
        }
    }

    /// What was seen is certain from now on; what may not be is told.
    fn observe(&mut self, seen: &Table) -> Result<(), String> {
        for (key, allowed) in &mut self.0 {
            let shown = seen.get(key).copied();
            if !allowed.contains(&shown) {
                return Err(format!("company {} in {}: {shown:?} is shown, not of {allowed:?}", key.0, year(key.1)));
            }
            *allowed = [shown].into();
        }
        match seen.keys().find(|key| !self.0.contains_key(key)) {
            Some(key) => Err(format!("company {} has a year {} that nobody wrote", key.0, year(key.1))),
            None => Ok(()),
        }
    }
}

fn year(n: u64) -> u64 {
    FIRST_YEAR + n
}

struct World {
    server: Server,
    db: Arc<testing::TestDatabase>,
    folder: PathBuf,
    /// Files so far: each has a name and bytes of its own.
    files: u64,
    /// The first company of this sequence; each sequence has its own.
    base: u64,
    steps: u64,
    /// What the last whole import took: a busy machine needs longer, and a kill is to meet the writing.
    took: Duration,
}

impl World {
    fn file(&mut self, table: &Table) -> PathBuf {
        self.files += 1;
        let mut text = "orgnr;name;period_start;period_end;revenue;total_assets;equity;net_income\n".to_owned();
        for (&(company, n), revenue) in table {
            let (number, year) = (orgnr(self.base + company), year(n));
            text += &format!(
                "{number};Serie{} {company} AB;{year}-01-01;{year}-12-31;{revenue};{};",
                self.base,
                2 * revenue
            );
            text += &format!("{revenue};{}\n", self.files);
        }
        write(&self.folder, &format!("{}.csv", self.files), text)
    }

    fn import(&self, file: &Path) -> Child {
        Command::new(env!("CARGO_BIN_EXE_lode"))
            .args(["import", "accounts", "--batch", BATCH, "--json", "--data-dir"])
            .arg(self.folder.join("data"))
            .arg(file)
            .env("DATABASE_URL", self.db.url())
            .env_remove("ARTIFACT_STORE_URL")
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap()
    }

    fn finish(&mut self, file: &Path) -> Result<(), String> {
        let began = Instant::now();
        let status = wait(&mut self.import(file))?;
        self.took = began.elapsed();
        if status.success() { Ok(()) } else { Err(format!("the import of {} ended with {status}", file.display())) }
    }

    fn kill(&self, file: &Path, after: u32) {
        let mut child = self.import(file);
        std::thread::sleep(self.took.mul_f64(f64::from(after) / 1_000.0));
        // SIGKILL; it may have ended before.
        let _ = child.kill();
        child.wait().unwrap();
    }

    async fn run(&mut self, steps: &[Step]) -> Result<(), String> {
        self.base += COMPANIES;
        let mut model = Model::default();
        for (at, step) in steps.iter().enumerate() {
            self.steps += 1;
            match step {
                Step::Import(table) => {
                    let file = self.file(table);
                    self.finish(&file)?;
                    model.certain(table);
                }
                Step::KilledAndAgain(table, after) => {
                    let file = self.file(table);
                    self.kill(&file, *after);
                    self.finish(&file)?;
                    model.certain(table);
                }
                Step::KilledAndLeft(table, after) => {
                    let file = self.file(table);
                    self.kill(&file, *after);
                    model.possible(table);
                }
                Step::TwoAtOnce(one, other) => {
                    let (first, second) = (self.file(one), self.file(other));
                    let mut beside = self.import(&first);
                    let finished = self.finish(&second);
                    let status = wait(&mut beside)?;
                    finished?;
                    if !status.success() {
                        return Err(format!("the import beside another ended with {status}"));
                    }
                    model.certain(one);
                    for (key, &revenue) in other {
                        let allowed = [Some(revenue)].into_iter().chain(one.get(key).map(|&value| Some(value)));
                        model.0.insert(*key, allowed.collect());
                    }
                }
            }
            let compared = tokio::time::timeout(LONGEST, self.compare(&mut model)).await;
            let compared = compared.unwrap_or_else(|_| Err("the server does not answer".to_owned()));
            compared.map_err(|difference| format!("after step {}: {difference}", at + 1))?;
        }
        Ok(())
    }

    /// The pages of the companies show what the model allows, and the screen comes to show the same.
    async fn compare(&mut self, model: &mut Model) -> Result<(), String> {
        let mut seen = Table::new();
        for company in 0..COMPANIES {
            let path = format!("/api/companies/{}/financials", orgnr(self.base + company));
            let (status, answer) = self.server.send_until_admitted(None, "GET", &path, None).await;
            match status {
                200 => {}
                404 => continue,
                other => return Err(format!("{path}: {other} {answer}")),
            }
            for period in answer["financials"].as_array().into_iter().flatten() {
                let ends = period["period_end"].as_str().and_then(|day| day[..4].parse::<u64>().ok());
                let (Some(ends), Some(revenue)) = (ends, period["revenue"].as_i64()) else {
                    return Err(format!("{path}: a period without an end or revenue: {period}"));
                };
                if seen.insert((company, ends - FIRST_YEAR), revenue).is_some() {
                    return Err(format!("{path}: {ends} stands there twice"));
                }
            }
        }
        model.observe(&seen)?;
        // The newest year of each company is what the screen shows.
        let newest: BTreeMap<u64, i64> = seen.iter().map(|(&(company, _), &revenue)| (company, revenue)).collect();
        let until = Instant::now() + Duration::from_secs(20);
        loop {
            let shown = self.screen().await?;
            if shown == newest {
                return Ok(());
            }
            if Instant::now() > until {
                return Err(format!("the screen shows {shown:?}, the pages {newest:?}"));
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }

    /// Company → revenue, as the index answers.
    async fn screen(&self) -> Result<BTreeMap<u64, i64>, String> {
        let numbers: Vec<String> = (0..COMPANIES).map(|company| orgnr(self.base + company).to_string()).collect();
        let body = json!({"q": format!("Serie{}", self.base), "columns": ["revenue"], "limit": 500});
        let (status, answer) = self.server.send_until_admitted(None, "POST", "/api/universe/query", Some(&body)).await;
        if status != 200 || answer["engine"] == "sql" {
            return Err(format!("the index did not answer: {status} {answer}"));
        }
        let mut shown = BTreeMap::new();
        for row in answer["rows"].as_array().into_iter().flatten() {
            let company = numbers.iter().position(|number| row["orgnr"] == **number);
            if let (Some(company), Some(revenue)) = (company, row["revenue"].as_i64()) {
                shown.insert(company as u64, revenue);
            }
        }
        Ok(shown)
    }
}

/// Waits for a process; one that hangs is killed and told of.
fn wait(child: &mut Child) -> Result<ExitStatus, String> {
    let until = Instant::now() + LONGEST;
    while Instant::now() < until {
        if let Some(status) = child.try_wait().unwrap() {
            return Ok(status);
        }
        std::thread::sleep(Duration::from_millis(10));
    }
    let _ = child.kill();
    child.wait().unwrap();
    Err(format!("an import hung for {} s", LONGEST.as_secs()))
}

#[test]
fn killed_imports_in_any_order_leave_what_pages_and_screen_show_alike() {
    let from_environment = |name: &str| std::env::var(name).ok().and_then(|text| text.parse::<u64>().ok());
    let seconds = from_environment("LODE_SEQUENCE_SECONDS").unwrap_or(SECONDS);
    let clock = SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_secs();
    let first = from_environment("LODE_SEQUENCE_SEED").unwrap_or(clock * 1_000);
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
    let folder = tempfile::tempdir().unwrap();
    let db = Arc::new(runtime.block_on(testing::database()));
    let server = runtime.block_on(async {
        let server = start_on(db.clone(), &[]).await;
        server.until_ready().await;
        server
    });
    let took = Duration::from_millis(400);
    let world = World { server, db, folder: folder.path().to_owned(), files: 0, base: 0, steps: 0, took };
    let world = std::cell::RefCell::new(world);
    let until = Instant::now() + Duration::from_secs(seconds);
    // Making a sequence small takes minutes: it is done when a seed is given.
    let max_shrink_iters = if from_environment("LODE_SEQUENCE_SEED").is_some() { 40 } else { 0 };
    let mut seed = first;
    while Instant::now() < until {
        let mut bytes = [0; 32];
        bytes[..8].copy_from_slice(&seed.to_le_bytes());
        let config = Config { cases: 1, failure_persistence: None, max_shrink_iters, ..Config::default() };
        let mut runner = TestRunner::new_with_rng(config, TestRng::from_seed(RngAlgorithm::ChaCha, &bytes));
        let outcome = runner
            .run(&sequences(), |steps| runtime.block_on(world.borrow_mut().run(&steps)).map_err(TestCaseError::fail));
        match outcome {
            Ok(()) => {}
            Err(TestError::Fail(reason, steps)) => {
                panic!("LODE_SEQUENCE_SEED={seed}: {reason}\nthe smallest sequence:\n{steps:#?}")
            }
            Err(TestError::Abort(reason)) => panic!("LODE_SEQUENCE_SEED={seed}: {reason}"),
        }
        seed += 1;
    }
    println!("{} steps in {} sequences, seeds {first} to {}", world.borrow().steps, seed - first, seed - 1);
}
