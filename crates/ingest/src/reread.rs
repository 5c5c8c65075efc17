//! Reading again what is in the artifact store, with today's reader: what it reads otherwise, and taking that over.

use std::fmt;

use artifacts::Artifacts;
use chrono::{NaiveDate, Utc};
use domain::filing::Filing;
use domain::line::Line;
use domain::statement::Statement;
use futures::TryStreamExt;
use serde::Serialize;
use sources::package::Parser;
pub use sources::package::READER_VERSION;
use store::PgPool;
use store::filing_readings::{self, KeptPackage, Tags};
use store::financial_periods::{StoredPeriod, tags_of};
use store::ingest;
use tokio_util::sync::CancellationToken;
use uuid::Uuid;

/// Filings per transaction.
const BATCH: i64 = 100;
/// How many of those the printed text shows.
const TOLD: usize = 20;
/// How many filings come back with their changes word for word; all are counted.
const SHOWN: usize = 200;

/// Which filings are read again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Which {
    /// Every kept report.
    All,
    /// Those that an older reader read last.
    Outdated,
}

/// Whether anything is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    /// Only say what would change.
    Check,
    /// Take the new reading over, with its lineage; what was read before is noted.
    Apply,
}

/// What was found.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct RereadReport {
    /// The version of today's reader.
    pub reader_version: i32,
    /// Filings that were read.
    pub read: u64,
    /// Read as before.
    pub unchanged: u64,
    /// Read otherwise.
    pub changed: u64,
    /// Not read: the package is missing, or today's reader refuses it or gives it to another company. What is kept stays.
    pub failed: u64,
    /// Companies whose facts changed.
    pub facts_changed: u64,
    /// The first filings that are read otherwise.
    pub changes: Vec<FilingChanges>,
    /// The first filings that were not read.
    pub failures: Vec<Failure>,
}

/// What is read otherwise in one filing.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct FilingChanges {
    /// The filing.
    pub filing_id: Uuid,
    /// Whose accounts.
    pub orgnr: i64,
    /// Name of the package.
    pub file_name: Option<String>,
    /// What changed, period by period.
    pub changes: Vec<Change>,
}

/// One difference between two readings.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Change {
    /// Last day of the period.
    pub period_end: NaiveDate,
    /// company or group.
    pub scope: &'static str,
    /// The key of a line, or `employees`, `period`, `first_day`, `currency`, `rounding`, `quality`, `tags`.
    pub what: &'static str,
    /// As it was read before; null when it was not there.
    pub old: Option<String>,
    /// As it is read now.
    pub new: Option<String>,
}

/// A filing that cannot be read again.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Failure {
    /// The filing.
    pub filing_id: Uuid,
    /// Whose accounts.
    pub orgnr: i64,
    /// Name of the package.
    pub file_name: Option<String>,
    /// Why, and what to do.
    pub reason: String,
}

/// Reads filings again, and tells `on_batch` what was found so far. `cancel` stops it between batches; what was taken over stays, and the
/// next run goes on.
///
/// # Errors
/// When the database or the artifact store fails.
pub async fn run(
    pool: &PgPool,
    artifacts: &Artifacts,
    which: Which,
    mode: Mode,
    cancel: &CancellationToken,
    on_batch: &(dyn Fn(&RereadReport) + Sync),
) -> anyhow::Result<RereadReport> {
    let mut report = RereadReport { reader_version: READER_VERSION, ..RereadReport::default() };
    let below = (which == Which::Outdated).then_some(READER_VERSION);
    let mut after = Uuid::nil();
    while !cancel.is_cancelled() {
        let packages = filing_readings::kept_packages(&mut *pool.acquire().await?, below, after, BATCH).await?;
        let Some(last) = packages.last() else { break };
        after = last.id;
        let mut readings = Vec::with_capacity(packages.len());
        for package in &packages {
            report.read += 1;
            match read(artifacts, package).await? {
                Ok(reading) => readings.push((package, reading)),
                Err(reason) => report.fail(package, reason),
            }
        }
        batch(pool, &packages, readings, mode, &mut report).await?;
        on_batch(&report);
    }
    Ok(report)
}

/// A filing as today's reader reads it.
struct Reading {
    filing: Filing,
    dated_on: Option<NaiveDate>,
}

async fn read(artifacts: &Artifacts, package: &KeptPackage) -> anyhow::Result<Result<Reading, String>> {
    let Some((_, content)) = artifacts.get(&package.sha256).await? else {
        return Ok(Err("the package is missing from the artifact store; import it again".to_owned()));
    };
    let bytes: Vec<u8> = content
        .try_fold(Vec::new(), |mut all, piece| async move {
            all.extend_from_slice(&piece);
            Ok(all)
        })
        .await?;
    let name = package.file_name.clone().unwrap_or_default();
    let parsed = tokio::task::spawn_blocking(move || Parser::default().parse(&name, &bytes)).await?;
    Ok(match parsed {
        Ok(parsed) if store::companies::key(parsed.filing.orgnr) != package.orgnr => Err(format!(
            "today's reader gives it to {}; import the package again, then look at both companies",
            parsed.filing.orgnr.formatted()
        )),
        Ok(parsed) => Ok(Reading { dated_on: parsed.adopted_on.max(parsed.signed_on), filing: parsed.filing }),
        Err(error) => Err(format!("today's reader refuses it: {error}")),
    })
}

async fn batch(
    pool: &PgPool,
    packages: &[KeptPackage],
    readings: Vec<(&KeptPackage, Reading)>,
    mode: Mode,
    report: &mut RereadReport,
) -> anyhow::Result<()> {
    let mut tx = pool.begin().await?;
    let mut orgnrs: Vec<i64> = readings.iter().map(|(package, _)| package.orgnr).collect();
    orgnrs.sort_unstable();
    orgnrs.dedup();
    if mode == Mode::Apply {
        store::companies::lock(&mut tx, &orgnrs).await?;
    }
    let mut kept = filing_readings::kept_periods(&mut tx, packages).await?;
    let (mut same, mut touched) = (Vec::new(), Vec::new());
    for (package, reading) in &readings {
        let changes = differences(&kept.remove(&package.id).unwrap_or_default(), &reading.filing.statements);
        if changes.is_empty() {
            report.unchanged += 1;
            same.push(package.id);
            continue;
        }
        report.changed += 1;
        if mode == Mode::Apply {
            let noted = serde_json::to_value(&changes)?;
            filing_readings::replace(&mut tx, package, &reading.filing, reading.dated_on, READER_VERSION, &noted)
                .await?;
            touched.push(package.orgnr);
        }
        if report.changes.len() < SHOWN {
            report.changes.push(FilingChanges {
                filing_id: package.id,
                orgnr: package.orgnr,
                file_name: package.file_name.clone(),
                changes,
            });
        }
    }
    if mode == Mode::Apply {
        filing_readings::confirm(&mut tx, &same, READER_VERSION).await?;
        touched.sort_unstable();
        touched.dedup();
        report.facts_changed += ingest::recompute(&mut tx, &touched, Utc::now()).await?;
        tx.commit().await?;
    }
    Ok(())
}

impl fmt::Display for RereadReport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (name, count) in [
            ("read again", self.read),
            ("unchanged", self.unchanged),
            ("changed", self.changed),
            ("not read", self.failed),
            ("companies updated", self.facts_changed),
        ] {
            writeln!(f, "  {name:<22}{count:>12}")?;
        }
        for filing in self.changes.iter().take(TOLD) {
            let name = filing.file_name.as_deref().unwrap_or("");
            writeln!(f, "changed {} {name} ({})", filing.orgnr, filing.filing_id)?;
            for change in &filing.changes {
                let (old, new) = (change.old.as_deref().unwrap_or("–"), change.new.as_deref().unwrap_or("–"));
                writeln!(f, "  {} {} {}: {old} → {new}", change.period_end, change.scope, change.what)?;
            }
        }
        for failure in self.failures.iter().take(TOLD) {
            let name = failure.file_name.as_deref().unwrap_or("");
            writeln!(f, "not read {} {name}: {}", failure.orgnr, failure.reason)?;
        }
        Ok(())
    }
}

impl RereadReport {
    fn fail(&mut self, package: &KeptPackage, reason: String) {
        self.failed += 1;
        if self.failures.len() < SHOWN {
            self.failures.push(Failure {
                filing_id: package.id,
                orgnr: package.orgnr,
                file_name: package.file_name.clone(),
                reason,
            });
        }
    }
}

/// What two readings of one filing have otherwise.
fn differences(kept: &[(StoredPeriod, Tags)], read: &[Statement]) -> Vec<Change> {
    let mut changes = Vec::new();
    let is_same = |one: &Statement, other: &Statement| (one.period, one.scope) == (other.period, other.scope);
    for (old, tags) in kept {
        let was = &old.statement;
        let mut note = |what, old: Option<String>, new: Option<String>| {
            if old != new {
                changes.push(Change { period_end: was.period.end(), scope: was.scope.as_str(), what, old, new });
            }
        };
        let Some(new) = read.iter().find(|new| is_same(new, was)) else {
            note("period", Some(days(was)), None);
            continue;
        };
        for line in Line::ALL {
            let text = |statement: &Statement| statement.get(*line).map(|amount| amount.to_string());
            note(line.key(), text(was), text(new));
        }
        let people = |statement: &Statement| statement.employees.map(|count| count.normalize().to_string());
        note("employees", people(was), people(new));
        note("currency", Some(was.currency.code().to_owned()), Some(new.currency.code().to_owned()));
        note("rounding", Some(was.rounding.to_string()), Some(new.rounding.to_string()));
        let quality = ingest::rules::judge(new).quality;
        note("quality", Some(old.judgement.quality.as_str().to_owned()), Some(quality.as_str().to_owned()));
        if tags_of(new) != *tags {
            let count = |tags: &Tags| Some(format!("{} tags", tags.facts.as_object().map_or(0, serde_json::Map::len)));
            let (before, now) = (count(tags), count(&tags_of(new)));
            if before == now {
                note("tags", before, now.map(|text| format!("{text}, read otherwise")));
            } else {
                note("tags", before, now);
            }
        }
    }
    for new in read {
        if !kept.iter().any(|(old, _)| is_same(&old.statement, new)) {
            changes.push(Change {
                period_end: new.period.end(),
                scope: new.scope.as_str(),
                what: "period",
                old: None,
                new: Some(days(new)),
            });
        }
    }
    changes
}

fn days(statement: &Statement) -> String {
    format!("{}–{}", statement.period.start(), statement.period.end())
}
