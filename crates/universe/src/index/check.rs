//! The self-check: every value of every company in the index against Postgres, range by range, for ever in the background.
//!
//! A range is read from Postgres in one snapshot and compared with a state of the index that is not younger. Companies of
//! which the change feed tells something newer than that state are left for the next round, so writers need not pause.
//! What was not compared is a failure like a difference: it is told, never taken for well.

use std::collections::{BTreeMap, HashSet};
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;

use chrono::{DateTime, Utc};
use domain::catalogue::FIELDS;
use domain::facts::{CompanyFacts, FactValue};
use screen::Snapshot;
use serde::Serialize;
use store::universe::range::{self, Range};

use super::ScreenIndex;

/// Companies compared at once: some hundredths of a second of work.
const RANGE: i64 = 4_000;
/// A round in the background is spread over this time, so that everything is compared twice an hour.
const ROUND: Duration = Duration::from_secs(1_800);
/// Between two ranges, at most and at least.
const PAUSES: (Duration, Duration) = (Duration::from_secs(30), Duration::from_millis(50));
/// After a range that could not be compared, and while the index loads.
const AFTER_FAILURE: Duration = Duration::from_secs(15);
/// When no round has ended for so long, the index counts as not compared.
const COMPARED_WITHIN: Duration = Duration::from_secs(3_600);
/// Tries of a range before a round that somebody waits for gives up.
const TRIES: u32 = 5;

/// Outcome of a comparison.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// Everything was compared, and nothing differs.
    Equal,
    /// Something differs: the index is being loaded anew.
    Different,
    /// Not everything could be compared.
    NotCompared,
}

/// One comparison of the whole index.
#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
pub struct Check {
    /// What came out.
    pub outcome: Outcome,
    /// When it began.
    pub begun_at: DateTime<Utc>,
    /// When it ended.
    pub at: DateTime<Utc>,
    /// Version of the data of the last range; `None` when nothing was compared.
    pub data_version: Option<String>,
    /// Companies compared.
    pub rows: u64,
    /// Companies left for the next round, because they changed while this one ran.
    pub changed_meanwhile: u64,
    /// What differs, one sentence per field; empty when nothing does.
    pub differences: Vec<String>,
    /// Why not everything was compared.
    pub problem: Option<String>,
}

/// How far the present round is.
#[derive(Default)]
struct Round {
    begun_at: DateTime<Utc>,
    /// Last number compared.
    after: i64,
    rows: u64,
    changed: u64,
    version: Option<u64>,
    differences: Differences,
}

/// What differs, by field.
#[derive(Default)]
struct Differences {
    by_field: BTreeMap<&'static str, (u64, String)>,
}

impl Differences {
    fn add(&mut self, field: &'static str, example: impl FnOnce() -> String) {
        self.by_field.entry(field).or_insert_with(|| (0, example())).0 += 1;
    }

    fn is_empty(&self) -> bool {
        self.by_field.is_empty()
    }

    fn sentences(&self) -> Vec<String> {
        let sentence = |(field, (count, example)): (&&str, &(u64, String))| {
            format!("{field}: {example} (companies that differ: {count})")
        };
        self.by_field.iter().map(sentence).collect()
    }
}

impl Round {
    fn new() -> Self {
        Self { begun_at: Utc::now(), ..Self::default() }
    }

    fn end(self, problem: Option<String>) -> Check {
        let outcome = match (&problem, self.differences.is_empty()) {
            (_, false) => Outcome::Different,
            (Some(_), true) => Outcome::NotCompared,
            (None, true) => Outcome::Equal,
        };
        Check {
            outcome,
            begun_at: self.begun_at,
            at: Utc::now(),
            data_version: self.version.map(|version| version.to_string()),
            rows: self.rows,
            changed_meanwhile: self.changed,
            differences: self.differences.sentences(),
            problem,
        }
    }
}

/// Compares everything now, as fast as it goes. After a difference the follower loads the index anew, and the old one
/// answers until then. What could not be compared is said in the outcome. One comparison of this kind runs at a time.
///
/// # Errors
/// When the index is not ready.
pub async fn run(shared: &ScreenIndex) -> anyhow::Result<Check> {
    anyhow::ensure!(shared.is_ready(), "the index is still loading");
    let _turn = shared.check_turn.lock().await;
    let mut round = Round::new();
    let mut failures = 0;
    let problem = loop {
        shared.tell(|progress| progress.comparing = Some((round.begun_at, round.rows)));
        match step(shared, &mut round).await {
            Ok(true) => break None,
            Ok(false) => failures = 0,
            Err(error) => {
                failures += 1;
                if failures >= TRIES {
                    break Some(format!("{error:#}"));
                }
                tokio::time::sleep(Duration::from_millis(500)).await;
            }
        }
    };
    shared.tell(|progress| progress.comparing = None);
    Ok(conclude(shared, round.end(problem)))
}

/// Compares for ever, a range at a time.
pub(super) async fn keep_comparing(shared: Arc<ScreenIndex>) {
    shared.wait_until_ready().await;
    let mut last_failure = None;
    'rounds: loop {
        let mut round = Round::new();
        loop {
            match step(&shared, &mut round).await {
                Ok(true) => {
                    last_failure = None;
                    conclude(&shared, round.end(None));
                    tokio::time::sleep(pause(&shared)).await;
                    continue 'rounds;
                }
                Ok(false) => tokio::time::sleep(pause(&shared)).await,
                Err(error) => {
                    let error = format!("{error:#}");
                    metrics::counter!("lode_index_check_failures_total").increment(1);
                    if last_failure.as_ref() != Some(&error) {
                        tracing::warn!(error, "a part of the index could not be compared with Postgres; trying again");
                    }
                    last_failure = Some(error.clone());
                    let is_overdue = (Utc::now() - round.begun_at).to_std().is_ok_and(|age| age > COMPARED_WITHIN);
                    if is_overdue {
                        conclude(&shared, round.end(Some(error)));
                        tokio::time::sleep(AFTER_FAILURE).await;
                        continue 'rounds;
                    }
                    tokio::time::sleep(AFTER_FAILURE).await;
                }
            }
        }
    }
}

/// Spreads the ranges of a round evenly.
fn pause(shared: &ScreenIndex) -> Duration {
    let rows = shared.read().map_or(0, |state| state.len());
    let ranges = u32::try_from(rows / RANGE.unsigned_abs() + 1).unwrap_or(u32::MAX);
    (ROUND / ranges).clamp(PAUSES.1, PAUSES.0)
}

/// Why the index counts as not compared now; `None` while the last comparison is recent and whole.
pub(super) fn not_compared(last: Option<&Check>, ready_for: Option<Duration>) -> Option<String> {
    match last {
        Some(Check { outcome: Outcome::NotCompared, problem, at, .. }) => {
            Some(format!("the comparison that ended at {at} was cut off: {}", problem.as_deref().unwrap_or("unknown")))
        }
        Some(check) if (Utc::now() - check.at).to_std().is_ok_and(|age| age > COMPARED_WITHIN) => {
            Some(format!("no comparison has ended since {}", check.at))
        }
        None if ready_for.is_some_and(|time| time > COMPARED_WITHIN) => {
            Some("no comparison has ended since the index was loaded".to_owned())
        }
        _ => None,
    }
}

fn conclude(shared: &ScreenIndex, check: Check) -> Check {
    for difference in &check.differences {
        tracing::error!(difference, "the screening index differs from Postgres");
    }
    if let Some(problem) = &check.problem {
        tracing::error!(problem, "the screening index could not be compared with Postgres as a whole");
    }
    metrics::gauge!("lode_index_differences").set(check.differences.len() as f64);
    let outcome = match check.outcome {
        Outcome::Equal => "equal",
        Outcome::Different => "different",
        Outcome::NotCompared => "not_compared",
    };
    metrics::counter!("lode_index_checks_total", "outcome" => outcome).increment(1);
    if !check.differences.is_empty() {
        shared.doubt();
    }
    shared.tell(|progress| progress.check = Some(check.clone()));
    check
}

/// Compares the next range; true when it was the last one.
async fn step(shared: &ScreenIndex, round: &mut Round) -> anyhow::Result<bool> {
    anyhow::ensure!(!shared.needs_rebuild.load(Ordering::Acquire), "the index is being loaded anew");
    // In this order: the state knows at least what stands before the cursor, and Postgres at least what the state knows.
    let cursor = shared.place().ok_or_else(|| anyhow::anyhow!("the index is still loading"))?;
    let Some(state) = shared.read() else { anyhow::bail!("the index is still loading") };
    let version = state.version();
    let mut conn = shared.db.acquire().await?;
    let found = range::read(&mut conn, cursor, round.after, RANGE).await?;
    drop(conn);
    let Some(range) = found else { anyhow::bail!("the change feed has started anew") };
    let (after, until, changed) = (round.after, range.until, range.changed.len() as u64);
    let mut differences = std::mem::take(&mut round.differences);
    let (differences, rows) = tokio::task::spawn_blocking(move || {
        let rows = compare(&range, after, &state, &mut differences);
        (differences, rows)
    })
    .await?;
    round.differences = differences;
    round.rows += rows;
    round.changed += changed;
    round.version = Some(version);
    round.after = until;
    Ok(until == i64::MAX)
}

/// Compares each company of a range in both; returns how many.
fn compare(range: &Range, after: i64, state: &Snapshot, differences: &mut Differences) -> u64 {
    let changed: HashSet<u64> = range.changed.iter().map(|orgnr| orgnr.unsigned_abs()).collect();
    let (after, until) = (after.unsigned_abs(), range.until.unsigned_abs());
    let indexed = state.orgnrs_between(after, until);
    let mut compared = 0;
    let mut in_index = indexed.iter().copied().filter(|orgnr| !changed.contains(orgnr)).peekable();
    let present = range.rows.iter().filter(|row| !changed.contains(&row.orgnr.number()));
    for row in present {
        let orgnr = row.orgnr.number();
        while let Some(only) = in_index.next_if(|indexed| *indexed < orgnr) {
            differences.add("companies", || format!("the index has {only}, Postgres has not"));
        }
        compared += 1;
        if in_index.next_if_eq(&orgnr).is_none() {
            differences.add("companies", || format!("Postgres has {orgnr}, the index has not"));
            continue;
        }
        if let Some(facts) = state.find(orgnr).and_then(|found| state.facts(found)) {
            compare_values(row, &facts, differences);
        }
    }
    for only in in_index {
        differences.add("companies", || format!("the index has {only}, Postgres has not"));
    }
    compared
}

fn compare_values(postgres: &CompanyFacts, index: &CompanyFacts, differences: &mut Differences) {
    for (field, (ours, theirs)) in FIELDS.iter().zip(postgres.values.iter().zip(&index.values)) {
        if !is_equal(ours, theirs) {
            differences.add(field.key, || {
                format!("Postgres has {} of {}, the index {}", shown(ours), postgres.orgnr, shown(theirs))
            });
        }
    }
}

/// Equal in what the index keeps: numbers as integers, ratios to four decimals, and no number that is none.
fn is_equal(postgres: &FactValue, index: &FactValue) -> bool {
    match (postgres, index) {
        (FactValue::Text(a), FactValue::Text(b)) => a == b,
        (FactValue::Texts(a), FactValue::Texts(b)) => a == b,
        (FactValue::Text(_) | FactValue::Texts(_), _) | (_, FactValue::Text(_) | FactValue::Texts(_)) => false,
        (a, b) => screen::segment::scaled(a) == screen::segment::scaled(b),
    }
}

fn shown(value: &FactValue) -> String {
    match value {
        FactValue::Null => "nothing".to_owned(),
        FactValue::Integer(number) => number.to_string(),
        FactValue::Real(number) => number.to_string(),
        FactValue::Boolean(yes) => yes.to_string(),
        FactValue::Date(day) => day.to_string(),
        FactValue::Text(text) => format!("“{text}”"),
        FactValue::Texts(texts) => texts.join(", "),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(outcome: Outcome, age: chrono::TimeDelta) -> Check {
        let at = Utc::now() - age;
        let problem = (outcome == Outcome::NotCompared).then(|| "no connection".to_owned());
        let (rows, changed_meanwhile) = (1, 0);
        Check { outcome, begun_at: at, at, data_version: None, rows, changed_meanwhile, differences: vec![], problem }
    }

    #[test]
    fn an_index_that_was_not_compared_for_an_hour_or_in_part_is_told() {
        let minutes = chrono::TimeDelta::minutes;
        let hours = |hours: u64| Some(Duration::from_secs(hours * 3_600));
        assert_eq!(not_compared(None, None), None);
        assert_eq!(not_compared(None, hours(1)), None);
        assert!(not_compared(None, hours(2)).is_some());
        assert_eq!(not_compared(Some(&check(Outcome::Equal, minutes(59))), hours(9)), None);
        assert!(not_compared(Some(&check(Outcome::Equal, minutes(61))), hours(9)).is_some());
        let cut_off = not_compared(Some(&check(Outcome::NotCompared, minutes(1))), hours(9));
        assert!(cut_off.is_some_and(|told| told.contains("no connection")));
    }
}
