//! `lode bench screen --engine postgres`: the named queries as SQL, on the same companies, beside the index's answers.

use std::time::Instant;

use domain::filter::FieldId;
use screen::benchmark::{BINS, FACETS, HISTOGRAMS, NamedQuery, Report, Settings, Wants, named_queries};
use screen::segment::scale_of;
use serde::Serialize;
use store::PgConnection;
use store::universe::page::{SortBy, SortKey, all, page};
use store::universe::{Where, count, distribution};

use super::bench_database::BenchDatabase;
use super::console;

/// Runs of each query; the first, which fills Postgres's buffers, does not count.
pub const RUNS: usize = 3;
/// Changed companies of `apply_10k`.
const CHANGED: u64 = 10_000;

/// One query on another engine.
#[derive(Debug, Serialize)]
pub struct Measured {
    /// As in the index's table.
    pub name: String,
    /// Median of the runs after the first.
    pub hot_p50_ms: f64,
    /// The first run.
    pub first_ms: f64,
    /// What it found.
    pub result: u64,
}

/// Loads the companies into a Postgres of its own and asks every query.
///
/// # Errors
/// When Postgres cannot be started, loaded or asked.
pub async fn run(settings: Settings) -> anyhow::Result<Vec<Measured>> {
    let database = BenchDatabase::with_companies(settings.rows, settings.seed).await?;
    let measured = ask_all(&database, settings).await;
    database.remove().await;
    measured
}

async fn ask_all(database: &BenchDatabase, settings: Settings) -> anyhow::Result<Vec<Measured>> {
    let mut conn = database.pool.acquire().await?;
    let mut measured = Vec::new();
    for query in named_queries(settings.rows) {
        console::progress(&format!("{} on Postgres", query.name));
        let mut times = Vec::new();
        let mut result = 0;
        for _ in 0..=RUNS {
            let begun = Instant::now();
            result = ask(&mut conn, &query).await?;
            times.push(begun.elapsed().as_secs_f64() * 1e3);
        }
        measured.push(summary(query.name, times, result));
    }
    console::progress("apply_10k on Postgres");
    let mut times = Vec::new();
    for run in 0..=RUNS as u64 {
        let count = CHANGED.min(settings.rows);
        let changed: Vec<_> = screen::synthetic::companies(count, settings.seed + 1 + run).collect();
        let begun = Instant::now();
        let mut tx = database.pool.begin().await?;
        store::company_facts::upsert(&mut tx, &changed).await?;
        tx.commit().await?;
        times.push(begun.elapsed().as_secs_f64() * 1e3);
    }
    measured.push(summary("apply_10k", times, CHANGED.min(settings.rows)));
    Ok(measured)
}

/// The median of the runs after the first.
pub fn summary(name: &str, times: Vec<f64>, result: u64) -> Measured {
    let (first_ms, mut hot) = (times[0], times[1..].to_vec());
    hot.sort_by(f64::total_cmp);
    Measured { name: name.to_owned(), hot_p50_ms: hot[hot.len() / 2], first_ms, result }
}

fn field(key: &str) -> FieldId {
    FieldId::find(key).unwrap_or(FieldId(0))
}

async fn ask(conn: &mut PgConnection, query: &NamedQuery) -> anyhow::Result<u64> {
    let filter = &query.filter;
    let by = |key| [SortKey { by: SortBy::Field(field(key)), descending: true }];
    match query.wants {
        Wants::Page { by: key, offset } => {
            let offset = i64::try_from(offset)?;
            Ok(page(conn, Where(filter), &by(key), offset, 50).await?.total)
        }
        Wants::Numbers => Ok(all(conn, Where(filter), &[]).await?.len() as u64),
        Wants::Screen => {
            let total = page(&mut *conn, Where(filter), &by("cagr_3y"), 0, 50).await?.total;
            for (key, level) in FACETS {
                let level = level.map_or(count::Level::Value, count::Level::Sni);
                count::facet(&mut *conn, Where(&filter.without_field(field(key))), field(key), level).await?;
            }
            for key in HISTOGRAMS {
                let edges = edges(key);
                distribution::bins(&mut *conn, Where(&filter.without_field(field(key))), field(key), &edges).await?;
            }
            Ok(total)
        }
    }
}

/// Edges of equal ratio; where exactly they lie does not change what the query costs.
fn edges(key: &str) -> Vec<f64> {
    let least = if scale_of(field(key).field().kind) > 1.0 { 0.01 } else { 1e4 };
    (0..=i32::from(BINS)).map(|step| least * 1.8_f64.powi(step)).collect()
}

/// Both engines side by side.
///
/// # Errors
/// When they found different companies, or the reports cannot be written as JSON.
pub fn print(index: &Report, engine: &str, theirs: &[Measured], is_json: bool) -> anyhow::Result<()> {
    let mut pairs = Vec::new();
    for theirs in theirs {
        let Some(ours) = index.queries.iter().find(|ours| ours.name == theirs.name) else { continue };
        anyhow::ensure!(ours.result == theirs.result, "{}: {} and {} differ", ours.name, ours.result, theirs.result);
        pairs.push((ours, theirs));
    }
    if is_json {
        let both = serde_json::json!({"rows": index.rows, "index": index, engine: theirs});
        console::say(&serde_json::to_string_pretty(&both)?);
        return Ok(());
    }
    console::say(&format!("{} companies; milliseconds, median of asking again", index.rows));
    console::say(&format!("{:<20} {:>10} {:>12} {:>10} {:>12}", "query", "index", engine, "times", "result"));
    for (ours, theirs) in pairs {
        let times = theirs.hot_p50_ms / ours.hot_p50_ms.max(1e-6);
        console::say(&format!(
            "{:<20} {:>10.2} {:>12.1} {:>10.0} {:>12}",
            ours.name, ours.hot_p50_ms, theirs.hot_p50_ms, times, ours.result
        ));
    }
    Ok(())
}
