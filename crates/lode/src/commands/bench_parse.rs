//! `lode bench parse`: how many annual reports one core reads, unzipping included, and what memory it takes.

use std::fs::File;
use std::io::BufReader;
use std::ops::ControlFlow;
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::{Duration, Instant};

use anyhow::Context;
use clap::Args;
use domain::filing::Framework;
use serde::Serialize;
use sources::ixbrl::writer::{Report, Style, package, package_name};
use sources::package::walk::{self, Found};
use sources::package::{Limits, Parser};

use super::console;
use super::process_cost::{PeakMemory, processor_time};
use crate::demo::generate::companies;
use ingest::{ImportKind, inputs};

/// Packages that are written before the measurement: more than the processor's caches hold.
const SAMPLES: u64 = 160;

/// How much to measure, and on what.
#[derive(Args)]
pub struct BenchParseArgs {
    /// How many reports to read; the packages are read in turns
    #[arg(long, default_value_t = 4_000, value_parser = clap::value_parser!(u64).range(1..=10_000_000))]
    reports: u64,
    /// Seed of the fictitious companies whose reports are written
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// Print JSON instead of a table
    #[arg(long)]
    json: bool,
    /// Packages, archives of packages or folders to read instead of written ones
    #[arg(value_name = "PATH")]
    paths: Vec<PathBuf>,
}

/// What was measured.
#[derive(Debug, Serialize)]
struct Measured {
    /// Distinct packages.
    packages: u64,
    /// Mean size of a package as filed, in bytes.
    package_bytes: u64,
    /// Mean size of its documents, unzipped, in bytes.
    document_bytes: u64,
    /// Reports read.
    reports: u64,
    /// Statements found in them.
    statements: u64,
    /// Seconds of processor time of the one thread that read them, where the system tells, else of the clock.
    processor_seconds: f64,
    /// Seconds by the clock.
    wall_seconds: f64,
    /// Reports per second of processor time: what one core manages that does nothing else.
    reports_per_second_and_core: f64,
    /// Megabytes (10⁶) of documents per second of processor time.
    megabytes_per_second: f64,
    /// Highest memory of the process beyond what it held before the first report, in bytes; null where the system
    /// does not tell.
    peak_memory_bytes: Option<u64>,
}

struct Sample {
    name: String,
    bytes: Vec<u8>,
}

/// Measures and prints.
///
/// # Errors
/// When a path cannot be read, or a package cannot be parsed: then there is nothing to measure.
pub fn run(arguments: &BenchParseArgs) -> anyhow::Result<ExitCode> {
    let samples = if arguments.paths.is_empty() { written(arguments.seed)? } else { given(&arguments.paths)? };
    console::progress(&format!("reading {} packages in turns", samples.len()));
    let measured = measure(&samples, arguments.reports)?;
    if arguments.json {
        console::say(&serde_json::to_string_pretty(&measured)?);
    } else {
        table(&measured).iter().for_each(|line| console::say(line));
    }
    Ok(ExitCode::SUCCESS)
}

/// K2 packages of fictitious companies in the two most usual styles, from 150 to 450 kB unzipped.
fn written(seed: u64) -> anyhow::Result<Vec<Sample>> {
    let mut samples = Vec::new();
    let filers = companies(seed, 0..SAMPLES * 4).filter(|company| company.framework == Framework::K2);
    for (index, company) in filers.filter(|company| !company.statements.is_empty()).take(SAMPLES as usize).enumerate() {
        let own: Vec<_> = company
            .statements
            .into_iter()
            .filter(|statement| statement.scope == domain::scope::Scope::Company)
            .take(4)
            .collect();
        let report = Report {
            orgnr: company.record.orgnr,
            name: company.record.name.as_deref().unwrap_or_default(),
            seat: "Umeå",
            framework: Framework::K2,
            taxonomy: chrono::NaiveDate::from_ymd_opt(2021, 10, 31).unwrap_or_default(),
            statements: &own,
        };
        let style = if index % 2 == 0 {
            // Pictures of every size.
            Style { bulk: 20_000 + (index % 10) * 20_000, ..Style::fortnox_like() }
        } else {
            Style { markup_rows: 250 + (index % 10) * 45, ..Style::wolters_kluwer_like() }
        };
        samples.push(Sample { name: package_name(&report), bytes: package(&report, &style)? });
    }
    Ok(samples)
}

fn given(paths: &[PathBuf]) -> anyhow::Result<Vec<Sample>> {
    let (limits, mut samples) = (Limits::default(), Vec::new());
    for input in inputs::find(ImportKind::Filings, paths)? {
        let cannot = || format!("cannot read {}", input.path.display());
        let file = BufReader::new(File::open(&input.path).with_context(cannot)?);
        let mut refused = None;
        let _ = walk::walk(&input.name, file, &limits, &mut |step| {
            match step.found {
                Some(Found::Package { name, bytes }) => {
                    let name = name.rsplit('!').next().unwrap_or(&name).to_owned();
                    samples.push(Sample { name, bytes });
                }
                Some(Found::Rejected { name, reason, .. }) => refused = Some(format!("{name}: {reason}")),
                Some(Found::PassedOver { .. }) | None => {}
            }
            if refused.is_some() { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
        });
        if let Some(refused) = refused {
            anyhow::bail!(refused);
        }
    }
    Ok(samples)
}

fn measure(samples: &[Sample], reports: u64) -> anyhow::Result<Measured> {
    let mut parser = Parser::default();
    let mut document_bytes = 0;
    // Every package once, unmeasured: a package that cannot be read is an error here and not a fast report.
    for sample in samples {
        let parsed =
            parser.parse(&sample.name, &sample.bytes).with_context(|| format!("{} cannot be read", sample.name))?;
        anyhow::ensure!(!parsed.filing.statements.is_empty(), "{} holds no statement", sample.name);
        document_bytes += parser.inflated_bytes();
    }
    let memory = PeakMemory::start();
    let (begun, processor) = (Instant::now(), processor_time());
    let (mut statements, mut bytes) = (0, 0);
    let mut parser = Parser::default();
    for sample in samples.iter().cycle().take(usize::try_from(reports)?) {
        statements += parser.parse(&sample.name, &sample.bytes)?.filing.statements.len() as u64;
        bytes += parser.inflated_bytes();
    }
    let wall = begun.elapsed();
    let processor = processor.and_then(|before| processor_time()?.checked_sub(before)).unwrap_or(wall);
    let seconds = processor.max(Duration::from_nanos(1)).as_secs_f64();
    let packages = samples.len() as u64;
    Ok(Measured {
        packages,
        package_bytes: samples.iter().map(|sample| sample.bytes.len() as u64).sum::<u64>() / packages.max(1),
        document_bytes: document_bytes / packages.max(1),
        reports,
        statements,
        processor_seconds: seconds,
        wall_seconds: wall.as_secs_f64(),
        reports_per_second_and_core: reports as f64 / seconds,
        megabytes_per_second: bytes as f64 / 1e6 / seconds,
        peak_memory_bytes: memory.and_then(|memory| memory.above_start()),
    })
}

fn table(measured: &Measured) -> Vec<String> {
    let memory = measured
        .peak_memory_bytes
        .map_or_else(|| "not told by this system".to_owned(), |bytes| format!("{:.1} MB", bytes as f64 / 1e6));
    vec![
        format!(
            "{} packages, {:.0} kB each as filed, {:.0} kB unzipped",
            measured.packages,
            measured.package_bytes as f64 / 1e3,
            measured.document_bytes as f64 / 1e3
        ),
        format!(
            "{} reports with {} statements in {:.2} s of one processor ({:.2} s by the clock)",
            measured.reports, measured.statements, measured.processor_seconds, measured.wall_seconds
        ),
        format!(
            "{:.0} reports per second and core, {:.0} MB/s of documents",
            measured.reports_per_second_and_core, measured.megabytes_per_second
        ),
        format!("peak memory beyond the packages themselves: {memory}"),
    ]
}
