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
use crate::similar::Feature;
use crate::snapshot::{Selection, Snapshot};
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

/// Generates companies, builds the index and measures every query. `progress` is told what is being done.
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
    for query in named_queries(state.len()) {
        progress(query.name);
        queries.push(measure(query.name, settings, &mut sweep, || query.run(&state)));
    }
    progress("funnel");
    let (conditions, alike) = (five_filters(), likeness());
    queries.push(measure("funnel", settings, &mut sweep, || {
        let filtered = state.filtered(&conditions, &NoSets);
        black_box(filtered.funnel().len() + state.near_misses(&filtered, 50).len()) as u64
    }));
    progress("similar");
    let everyone = state.all();
    let seeds: Vec<_> = state.rows(&everyone).take(1).collect();
    queries.push(measure("similar", settings, &mut sweep, || {
        black_box(state.similar(&seeds, &alike, &everyone, 20)).len() as u64
    }));
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

/// The features by which look-alikes are found when nobody says otherwise.
fn likeness() -> Vec<Feature> {
    let keys = [
        "sni",
        "revenue",
        "employees",
        "ebitda_margin",
        "cagr_3y",
        "equity_ratio",
        "asset_turnover",
        "revenue_per_employee",
    ];
    keys.map(|key| Feature { field: field(key), weight: 1.0 }).to_vec()
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

/// The facets of a whole screen, each with its level of a hierarchy.
pub const FACETS: [(&str, Option<u8>); 6] = [
    ("sni", Some(2)),
    ("county", None),
    ("legal_form", None),
    ("size_class", None),
    ("growth_class", None),
    ("data_quality", None),
];

/// The histograms of a whole screen, of [`BINS`] bins each.
pub const HISTOGRAMS: [&str; 6] = ["revenue", "ebitda_margin", "cagr_3y", "equity_ratio", "employees", "total_assets"];

/// Bins of each histogram.
pub const BINS: u16 = 24;

/// A query of the table, for any engine.
#[derive(Clone, Debug)]
pub struct NamedQuery {
    /// Stable name.
    pub name: &'static str,
    /// Which companies.
    pub filter: Filter,
    /// What is read of them.
    pub wants: Wants,
}

/// What a query reads beside the exact total.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wants {
    /// Fifty rows from an offset on, by a field, greatest first.
    Page {
        /// The field that orders the rows.
        by: &'static str,
        /// Rows to skip.
        offset: u64,
    },
    /// The first fifty rows by growth, and [`FACETS`] and [`HISTOGRAMS`] that leave out the conditions on their own field.
    Screen,
    /// Every organisation number.
    Numbers,
}

/// The queries, over so many companies.
#[must_use]
pub fn named_queries(rows: u64) -> Vec<NamedQuery> {
    let everything = Filter::All(Vec::new());
    let page = |by, offset| Wants::Page { by, offset };
    [
        ("sort_all", everything.clone(), page("revenue", 0)),
        ("two_filters", two_filters(), page("cagr_3y", 0)),
        ("five_filters_offset", five_filters(), page("revenue", 5_000)),
        ("text_contains", text_filter(TextMatch::Contains, "tekn"), page("revenue", 0)),
        ("text_typo", text_filter(TextMatch::Fuzzy, "volvvo"), page("revenue", 0)),
        ("facets_selective", two_filters(), Wants::Screen),
        ("facets_wide", Filter::All(vec![at_least("revenue", 100_000)]), Wants::Screen),
        ("deep_offset", everything, page("revenue", 1_000_000.min(rows / 2))),
        ("export_50k", two_filters(), Wants::Numbers),
    ]
    .into_iter()
    .map(|(name, filter, wants)| NamedQuery { name, filter, wants })
    .collect()
}

impl NamedQuery {
    /// Answers it from the index; returns the total.
    #[must_use]
    pub fn run(&self, state: &Snapshot) -> u64 {
        let page = |selection: &Selection, by, offset| {
            let sort = [Sort { by: SortBy::Field(field(by)), descending: true }];
            black_box(state.page(selection, &sort, offset, 50));
        };
        match self.wants {
            Wants::Page { by, offset } => {
                let selection = state.select(&self.filter, &NoSets);
                page(&selection, by, offset);
                selection.count()
            }
            Wants::Numbers => state.orgnrs(&state.select(&self.filter, &NoSets)).len() as u64,
            Wants::Screen => {
                let filtered = state.filtered(&self.filter, &NoSets);
                page(filtered.selection(), "cagr_3y", 0);
                for (key, level) in FACETS {
                    black_box(state.facet(field(key), level, &filtered.without(field(key))));
                }
                for key in HISTOGRAMS {
                    let edges = state.edges(field(key), BINS, Scale::Log);
                    black_box(state.histogram(field(key), &edges, &filtered.without(field(key))));
                }
                filtered.selection().count()
            }
        }
    }
}
