//! The named queries by which the index is measured, over generated companies.

use std::hint::black_box;
use std::time::Instant;

use domain::filter::{Bound, Condition, FieldId, Filter, TextMatch};
use serde::Serialize;

use crate::builder::SegmentBuilder;
use crate::index::{Change, Index};
use crate::order::{Sort, SortBy};
use crate::scale::Scale;
use crate::select::NoSets;
use crate::snapshot::Snapshot;
use crate::synthetic;

/// What a benchmark measured.
#[derive(Clone, Debug, Serialize)]
pub struct Report {
    /// Companies in the index.
    pub rows: u64,
    /// Worker threads that a query may use.
    pub threads: usize,
    /// From rows in memory to an index that answers.
    pub build_seconds: f64,
    /// Bytes per company, text included, without orders and bins kept for repeated questions.
    pub bytes_per_row: f64,
    /// Bytes per company and field, largest first.
    pub bytes_by_field: Vec<(String, f64)>,
    /// The queries.
    pub queries: Vec<Measured>,
}

/// Times of one query in milliseconds.
#[derive(Clone, Debug, Serialize)]
pub struct Measured {
    /// Stable name.
    pub name: &'static str,
    /// Median, asked again and again.
    pub hot_p50_ms: f64,
    /// 95th percentile, asked again and again.
    pub hot_p95_ms: f64,
    /// Slowest, asked again and again.
    pub hot_max_ms: f64,
    /// Median with the processor's caches swept before each run.
    pub cold_p50_ms: f64,
    /// Slowest with the caches swept.
    pub cold_max_ms: f64,
    /// The first run, which makes orders and bins that later ones find.
    pub first_ms: f64,
    /// What the query found, to compare engines: a total, or a number of changes.
    pub result: u64,
}

/// How often and over how much.
#[derive(Clone, Copy, Debug)]
pub struct Settings {
    /// Companies to generate.
    pub rows: u64,
    /// Hot runs of each query.
    pub runs: usize,
    /// Runs with swept caches.
    pub cold_runs: usize,
    /// Seed of the companies.
    pub seed: u64,
}

/// Larger than the last-level cache of common servers.
const SWEEP_BYTES: usize = 256 << 20;

struct Sweep(Vec<u64>);

impl Sweep {
    fn run(&mut self) {
        for word in self.0.iter_mut().step_by(8) {
            *word = word.wrapping_add(1);
        }
        black_box(&self.0);
    }
}

/// [`run`] with a number of worker threads of its own.
///
/// # Errors
/// When the threads cannot be started.
pub fn run_on(
    threads: usize,
    settings: Settings,
    progress: impl FnMut(&str) + Send,
) -> Result<Report, rayon::ThreadPoolBuildError> {
    let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build()?;
    Ok(pool.install(|| run(settings, progress)))
}

/// Generates companies, builds the index and measures every query. `progress` hears what is being done.
pub fn run(settings: Settings, mut progress: impl FnMut(&str)) -> Report {
    progress(&format!("generating {} companies", settings.rows));
    let mut builder = SegmentBuilder::new();
    // Generating is not building: only the time inside the builder counts.
    let mut build = std::time::Duration::ZERO;
    let mut rows = synthetic::companies(settings.rows, settings.seed);
    loop {
        let batch: Vec<_> = rows.by_ref().take(10_000).collect();
        if batch.is_empty() {
            break;
        }
        let started = Instant::now();
        batch.iter().for_each(|row| builder.push(row));
        build += started.elapsed();
    }
    progress("building the index");
    let started = Instant::now();
    let index = Index::from_base(builder.finish(), 1);
    build += started.elapsed();

    let state = index.read();
    let count = state.len().max(1) as f64;
    let mut bytes: Vec<(String, f64)> =
        state.bytes().into_iter().map(|(field, bytes)| (field.field().key.to_owned(), bytes as f64 / count)).collect();
    bytes.sort_by(|a, b| b.1.total_cmp(&a.1));
    let bytes_per_row = bytes.iter().map(|(_, bytes)| bytes).sum::<f64>() + 8.0;

    let mut sweep = Sweep(vec![0; SWEEP_BYTES / 8]);
    let mut queries = Vec::new();
    for (name, query) in named_queries() {
        progress(name);
        queries.push(measure(name, settings, &mut sweep, || query(&state)));
    }
    progress("apply_10k");
    queries.push(measure_changes(settings, &index, &mut sweep));
    Report {
        rows: state.len(),
        threads: rayon::current_num_threads(),
        build_seconds: build.as_secs_f64(),
        bytes_per_row,
        bytes_by_field: bytes,
        queries,
    }
}

fn measure(name: &'static str, settings: Settings, sweep: &mut Sweep, mut query: impl FnMut() -> u64) -> Measured {
    let mut time = || {
        let started = Instant::now();
        let result = black_box(query());
        (started.elapsed().as_secs_f64() * 1e3, result)
    };
    let (first_ms, result) = time();
    let hot: Vec<f64> = (0..settings.runs.max(1)).map(|_| time().0).collect();
    let cold: Vec<f64> = (0..settings.cold_runs.max(1))
        .map(|_| {
            sweep.run();
            time().0
        })
        .collect();
    summary(name, first_ms, result, hot, cold)
}

fn summary(name: &'static str, first_ms: f64, result: u64, mut hot: Vec<f64>, mut cold: Vec<f64>) -> Measured {
    hot.sort_by(f64::total_cmp);
    cold.sort_by(f64::total_cmp);
    let at = |times: &[f64], share: f64| times[((times.len() - 1) as f64 * share).round() as usize];
    Measured {
        name,
        hot_p50_ms: at(&hot, 0.5),
        hot_p95_ms: at(&hot, 0.95),
        hot_max_ms: at(&hot, 1.0),
        cold_p50_ms: at(&cold, 0.5),
        cold_max_ms: at(&cold, 1.0),
        first_ms,
        result,
    }
}

fn measure_changes(settings: Settings, index: &Index, sweep: &mut Sweep) -> Measured {
    let count = 10_000.min(settings.rows);
    // The same companies each time, so that every run applies as much as the first.
    let changed: Vec<_> = synthetic::companies(count, settings.seed + 1).collect();
    let mut version = 1;
    let changes: Vec<Change> =
        changed.into_iter().map(|facts| Change { orgnr: facts.orgnr, facts: Some(facts) }).collect();
    let mut time = || {
        version += 1;
        let started = Instant::now();
        index.apply(&changes, version);
        started.elapsed().as_secs_f64() * 1e3
    };
    let first = time();
    let hot = (0..settings.cold_runs.max(1)).map(|_| time()).collect();
    let cold = (0..settings.cold_runs.max(1))
        .map(|_| {
            sweep.run();
            time()
        })
        .collect();
    summary("apply_10k", first, count, hot, cold)
}

fn field(key: &str) -> FieldId {
    FieldId::find(key).unwrap_or(FieldId(0))
}

fn at_least(key: &str, amount: i64) -> Filter {
    Filter::Condition(Condition::IntegerRange { field: field(key), min: Some(amount), max: None })
}

fn ratio_at_least(key: &str, ratio: f64) -> Filter {
    let min = Some(Bound { value: ratio, inclusive: true });
    Filter::Condition(Condition::RealRange { field: field(key), min, max: None })
}

fn code_in(key: &str, codes: &[&str]) -> Filter {
    Filter::Condition(Condition::CodeIn {
        field: field(key),
        codes: codes.iter().map(|code| (*code).to_owned()).collect(),
    })
}

fn named(matching: TextMatch, pattern: &str) -> Filter {
    Filter::Condition(Condition::Text { field: field("name"), matching, pattern: pattern.to_owned() })
}

/// The two filters that most queries share: revenue of at least 50 million and an EBITDA margin of at least 10 %.
#[must_use]
pub fn two_filters() -> Filter {
    Filter::All(vec![at_least("revenue", 50_000_000), ratio_at_least("ebitda_margin", 0.10)])
}

/// Five conditions with a group of alternatives, lists of codes and a test for missing values.
#[must_use]
pub fn five_filters() -> Filter {
    let known = Filter::Not(Box::new(Filter::Condition(Condition::IsNull { field: field("equity_ratio") })));
    Filter::All(vec![
        at_least("revenue", 2_000_000),
        Filter::Any(vec![ratio_at_least("ebit_margin", 0.15), ratio_at_least("cagr_3y", 0.20)]),
        code_in("sni", &["28", "43", "46", "62", "71"]),
        code_in("county", &["01", "12", "14"]),
        known,
    ])
}

/// The name search with a condition.
#[must_use]
pub fn text_filter(matching: TextMatch, pattern: &str) -> Filter {
    Filter::All(vec![named(matching, pattern), at_least("revenue", 1_000_000)])
}

fn page(state: &Snapshot, filter: &Filter, key: &str, offset: u64) -> u64 {
    let selection = state.select(filter, &NoSets);
    let total = selection.count();
    let sort = [Sort { by: SortBy::Field(field(key)), descending: true }];
    black_box(state.page(&selection, &sort, offset, 50));
    total
}

fn whole_screen(state: &Snapshot, filter: &Filter) -> u64 {
    let filtered = state.filtered(filter, &NoSets);
    let sort = [Sort { by: SortBy::Field(field("cagr_3y")), descending: true }];
    black_box(state.page(filtered.selection(), &sort, 0, 50));
    for (key, level) in [
        ("sni", Some(2)),
        ("county", None),
        ("legal_form", None),
        ("size_class", None),
        ("growth_class", None),
        ("data_quality", None),
    ] {
        black_box(state.facet(field(key), level, &filtered.without(field(key))));
    }
    for key in ["revenue", "ebitda_margin", "cagr_3y", "equity_ratio", "employees", "total_assets"] {
        let edges = state.edges(field(key), 24, Scale::Log);
        black_box(state.histogram(field(key), &edges, &filtered.without(field(key))));
    }
    filtered.selection().count()
}

type Query = (&'static str, Box<dyn Fn(&Snapshot) -> u64>);

fn named_queries() -> Vec<Query> {
    let everything = Filter::All(Vec::new());
    let wide = Filter::All(vec![at_least("revenue", 100_000)]);
    vec![
        (
            "sort_all",
            Box::new({
                let all = everything.clone();
                move |state| page(state, &all, "revenue", 0)
            }),
        ),
        ("two_filters", Box::new(|state| page(state, &two_filters(), "cagr_3y", 0))),
        ("five_filters_offset", Box::new(|state| page(state, &five_filters(), "revenue", 5_000))),
        ("text_contains", Box::new(|state| page(state, &text_filter(TextMatch::Contains, "tekn"), "revenue", 0))),
        ("text_typo", Box::new(|state| page(state, &text_filter(TextMatch::Fuzzy, "volvvo"), "revenue", 0))),
        ("facets_selective", Box::new(|state| whole_screen(state, &two_filters()))),
        ("facets_wide", Box::new(move |state| whole_screen(state, &wide))),
        ("deep_offset", Box::new(move |state| page(state, &everything, "revenue", 1_000_000.min(state.len() / 2)))),
        (
            "export_50k",
            Box::new(|state| {
                let selection = state.select(&two_filters(), &NoSets);
                state.orgnrs(&selection).len() as u64
            }),
        ),
    ]
}
