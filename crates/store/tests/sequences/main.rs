//! Random sequences of imports on a real Postgres against a naive model of what must come of them.
//!
//! `LODE_SEQUENCE_SECONDS` says how long to go on (60), `LODE_SEQUENCE_SEED` which sequences come first. A sequence that
//! fails is made small and printed with its seed; what it shows belongs into `regressions.rs`.

mod compare;
mod model;
mod regressions;
mod world;

use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use proptest::test_runner::{Config, RngAlgorithm, TestCaseError, TestError, TestRng, TestRunner};

const SECONDS: u64 = 60;
/// Sequences from one seed.
const CASES: u32 = 16;
/// Sequences at a time: most of a step is waiting for the server.
const AT_ONCE: usize = 12;

fn from_environment(name: &str) -> Option<u64> {
    std::env::var(name).ok().and_then(|text| text.parse().ok())
}

#[test]
fn random_sequences_of_imports_leave_what_the_model_says() {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
    let db = runtime.block_on(testing::database());
    let until = Instant::now() + Duration::from_secs(from_environment("LODE_SEQUENCE_SECONDS").unwrap_or(SECONDS));
    let clock = SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_secs();
    let first = from_environment("LODE_SEQUENCE_SEED").unwrap_or(clock * 1_000);
    let seeds = AtomicU64::new(first);
    let bench = compare::Bench::new(&db);
    let failures: Vec<String> = std::thread::scope(|scope| {
        let walker = || {
            while Instant::now() < until {
                let seed = seeds.fetch_add(1, Ordering::Relaxed);
                if let Err(failure) = walk(seed, |steps| runtime.block_on(bench.run(steps))) {
                    return Some(failure);
                }
            }
            None
        };
        let walkers: Vec<_> = (0..AT_ONCE).map(|_| scope.spawn(walker)).collect();
        walkers.into_iter().filter_map(|walker| walker.join().unwrap()).collect()
    });
    let (steps, sequences) = (bench.steps(), bench.sequences());
    assert!(failures.is_empty(), "{}\n({steps} steps in {sequences} sequences)", failures.join("\n\n"));
    println!("{steps} steps in {sequences} sequences, seeds {first} to {}", seeds.into_inner() - 1);
}

/// The sequences of one seed; of one that fails the smallest form, in words.
fn walk(seed: u64, run: impl Fn(&[world::Step]) -> Result<(), String>) -> Result<(), String> {
    let mut bytes = [0; 32];
    bytes[..8].copy_from_slice(&seed.to_le_bytes());
    let config = Config { cases: CASES, failure_persistence: None, max_shrink_iters: 1_000, ..Config::default() };
    let mut runner = TestRunner::new_with_rng(config, TestRng::from_seed(RngAlgorithm::ChaCha, &bytes));
    match runner.run(&world::sequences(), |steps| run(&steps).map_err(TestCaseError::fail)) {
        Ok(()) => Ok(()),
        Err(TestError::Fail(reason, steps)) => {
            Err(format!("LODE_SEQUENCE_SEED={seed}: {reason}\nthe smallest sequence:\n{steps:#?}"))
        }
        Err(TestError::Abort(reason)) => Err(format!("LODE_SEQUENCE_SEED={seed}: {reason}")),
    }
}
