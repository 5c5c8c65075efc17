//! Loads the demonstration data through the same batches as every import, so that it can be loaded again without
//! harm and a killed load goes on where it stopped.

use std::time::Instant;

use anyhow::Context;
use chrono::Utc;
use domain::filing::{Filing, FilingKind};
use futures::{StreamExt, TryStreamExt};
use sha2::{Digest, Sha256};
use store::filings::NewFiling;
use store::imports::{self, Ending};
use store::ingest::{Applied, Effect, Incoming};
use store::{PgPool, Postgres, Transaction};
use uuid::Uuid;

use super::figures;
use super::generate::{Generated, companies};
use ingest::report::ImportReport;

/// How many fictitious companies the full set adds.
pub const FULL_COMPANIES: u64 = 20_000;
/// The seed of the full set.
pub const FULL_SEED: u64 = 2026;
/// Companies per transaction.
const BATCH: u64 = 1_000;
/// Transactions at a time; companies of different batches are different, so none waits for another.
const WRITERS: usize = 2;

/// Which demonstration data.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum DemoSet {
    /// Real figures of a few companies.
    Small,
    /// These and 20 000 fictitious companies.
    Full,
}

/// Loads a set; `progress` is told how many companies of how many are written.
///
/// # Errors
/// When the database fails; what was committed stays, and loading again completes it.
pub async fn load(pool: &PgPool, set: DemoSet, progress: impl Fn(u64, u64)) -> anyhow::Result<ImportReport> {
    let fictitious = if set == DemoSet::Full { FULL_COMPANIES } else { 0 };
    load_companies(pool, FULL_SEED, fictitious, progress).await
}

/// Loads the real figures and the first `fictitious` companies of a seed.
///
/// # Errors
/// When the database fails; what was committed stays, and loading again completes it.
pub async fn load_companies(
    pool: &PgPool,
    seed: u64,
    fictitious: u64,
    progress: impl Fn(u64, u64),
) -> anyhow::Result<ImportReport> {
    let begun = Instant::now();
    let id = Uuid::now_v7();
    let inputs = serde_json::json!([{ "name": format!("{fictitious} fictitious companies of seed {seed}, and the bundled real figures") }]);
    imports::start(&mut *pool.acquire().await?, id, "demo", &format!("demo {seed} {fictitious}"), &inputs, false)
        .await?;
    let mut report = ImportReport::default();
    let outcome = load_all(pool, id, seed, fictitious, &mut report, &progress).await;
    report.seconds = begun.elapsed().as_secs_f64();
    let (ending, error) = match &outcome {
        Ok(()) => (Ending::Completed, None),
        Err(error) => (Ending::Failed, Some(format!("{error:#}"))),
    };
    // Where the database itself failed, noting that fails as well; the first error is the one to tell.
    if let Ok(mut conn) = pool.acquire().await {
        let noted = imports::finish(&mut conn, id, ending, &serde_json::to_value(&report)?, error.as_deref()).await;
        outcome.and(noted.context("the end of the run could not be noted"))?;
    } else {
        outcome?;
    }
    Ok(report)
}

async fn load_all(
    pool: &PgPool,
    import: Uuid,
    seed: u64,
    fictitious: u64,
    report: &mut ImportReport,
    progress: &impl Fn(u64, u64),
) -> anyhow::Result<()> {
    let real = real_companies()?;
    let total = real.iter().filter(|incoming| incoming.company.is_some()).count() as u64 + fictitious;
    let mut done = total - fictitious;
    let applied = write(pool, import, real).await?;
    count(report, &applied);
    progress(done, total);

    let ranges = (0..fictitious).step_by(BATCH as usize).map(|from| from..(from + BATCH).min(fictitious));
    let mut batches = futures::stream::iter(ranges)
        .map(|range| async move {
            let size = range.end - range.start;
            let batch = tokio::task::spawn_blocking(move || {
                companies(seed, range).map(|company| fictitious_company(seed, company)).collect::<Vec<_>>()
            })
            .await?;
            write(pool, import, batch).await.map(|applied| (size, applied))
        })
        .buffer_unordered(WRITERS);
    while let Some((size, applied)) = batches.try_next().await? {
        count(report, &applied);
        done += size;
        progress(done, total);
    }
    Ok(())
}

async fn write(pool: &PgPool, import: Uuid, batch: Vec<Incoming>) -> anyhow::Result<Applied> {
    let mut transaction: Transaction<'_, Postgres> = pool.begin().await?;
    let applied = store::ingest::apply(&mut transaction, &batch, Some(import), Utc::now()).await?;
    transaction.commit().await?;
    Ok(applied)
}

fn count(report: &mut ImportReport, applied: &Applied) {
    report.read += applied.effects.len() as u64;
    for effect in &applied.effects {
        match effect {
            Effect::New => report.new += 1,
            Effect::Changed => report.changed += 1,
            Effect::Unchanged => report.unchanged += 1,
        }
    }
    report.periods += applied.periods;
    report.facts_changed += applied.facts;
}

/// The bundled real figures: the company with its first report, then its other reports.
fn real_companies() -> anyhow::Result<Vec<Incoming>> {
    let mut all = Vec::new();
    for company in figures::companies()? {
        let mut record = Some(company.record);
        if company.reports.is_empty() {
            all.push(Incoming { company: record.take(), filing: None });
        }
        for (filing, provenance) in company.reports {
            all.push(Incoming { company: record.take(), filing: Some(new_filing(filing, provenance)) });
        }
    }
    Ok(all)
}

/// A fictitious company with one filing that holds all its years.
fn fictitious_company(seed: u64, company: Generated) -> Incoming {
    let orgnr = company.record.orgnr;
    let filing = (!company.statements.is_empty()).then(|| {
        let filing = Filing {
            orgnr,
            kind: FilingKind::Demo,
            framework: company.framework,
            taxonomy: None,
            company_name: company.record.name.clone(),
            seat: company.record.address.as_ref().and_then(|address| address.city.clone()),
            software: None,
            documents: Vec::new(),
            filed_at: None,
            sha256: hex::encode(Sha256::digest(format!("lode demo 1, seed {seed}, {orgnr}"))),
            size_bytes: 0,
            statements: company.statements,
            warnings: Vec::new(),
        };
        new_filing(filing, format!("Fictitious figures made by Lode (seed {seed}); the company does not exist."))
    });
    Incoming { company: Some(company.record), filing }
}

fn new_filing(filing: Filing, provenance: String) -> NewFiling {
    NewFiling {
        id: Uuid::now_v7(),
        filing,
        file_name: None,
        dated_on: None,
        archived_on: None,
        is_stored: false,
        provenance: Some(provenance),
    }
}
