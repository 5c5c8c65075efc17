//! Validation: what was staged is held against what it should be, before anybody takes it over.

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::Context;
use domain::orgnr::Orgnr;
use futures::TryStreamExt;
use serde_json::{Value, json};
use sources::bolagsverket_api::organisation::{self, Outcome};
use store::scraper::staged::{self, Staged};
use tokio::io::AsyncWriteExt;
use tokio_util::sync::CancellationToken;

use super::source::{FetchError, Work};
use ingest::{ImportKind, ImportRequest, Progress, report::ImportReport};

const PAGE: i64 = 200;
/// A file of which more than this share is rejected is the wrong file.
const TOLERATED_REJECTIONS: f64 = 0.5;

/// What validation says of one staged thing.
pub struct Verdict {
    state: &'static str,
    problems: Vec<String>,
    detail: Value,
}

impl Verdict {
    fn valid() -> Self {
        Self { state: "valid", problems: Vec::new(), detail: json!({}) }
    }

    fn with(state: &'static str, problem: impl Into<String>) -> Self {
        Self { state, problems: vec![problem.into()], detail: json!({}) }
    }

    /// Usable, with something to know.
    fn suspect_if(problems: Vec<String>, detail: Value) -> Self {
        Self { state: if problems.is_empty() { "valid" } else { "suspect" }, problems, detail }
    }
}

/// Validates everything that is staged and not yet judged.
pub async fn run(work: &Work<'_>) -> Result<Option<Value>, FetchError> {
    let (session, mut after) = (work.session.id, 0);
    loop {
        let rows = staged::after(&mut *work.connection().await?, session, &["staged"], None, after, PAGE).await?;
        let Some(last) = rows.last() else { break };
        after = last.id;
        for row in &rows {
            let verdict = judge(work, row).await?;
            let problems = json!(verdict.problems);
            staged::judge(&mut *work.connection().await?, row.id, verdict.state, &problems, &verdict.detail).await?;
        }
    }
    let counts = store::scraper::sessions::counts(&mut *work.connection().await?, session).await?;
    Ok(Some(json!({ "validate": counts.staged.into_iter().collect::<BTreeMap<_, _>>() })))
}

async fn judge(work: &Work<'_>, row: &Staged) -> Result<Verdict, FetchError> {
    Ok(match row.kind.as_str() {
        "organisation" => organisation_of(row, &read(work, row).await?),
        "package" => {
            let twin =
                staged::earlier_twin(&mut *work.connection().await?, work.session.id, row.id, &row.sha256).await?;
            if let Some(twin) = twin {
                return Ok(Verdict::with("duplicate", format!("the same bytes as {twin}")));
            }
            let orgnr = row.orgnr.unwrap_or_default();
            let known = store::filings::known(&mut *work.connection().await?, &[orgnr]).await?;
            if known.iter().any(|filing| filing.sha256 == row.sha256) {
                return Ok(Verdict::with("duplicate", "this report is in the database already"));
            }
            let (name, bytes) = (row.file_name.clone(), read(work, row).await?);
            // The parser takes a while and may not hold up the renewal of the lease.
            tokio::task::spawn_blocking(move || package(&name, &bytes, orgnr))
                .await
                .unwrap_or_else(|error| Verdict::with("rejected", format!("the parser failed: {error}")))
        }
        "register" | "scb" | "archive" => file(work, row).await?,
        "page" => page(row),
        other => Verdict::with("rejected", format!("nobody knows what a {other} is")),
    })
}

fn organisation_of(row: &Staged, bytes: &[u8]) -> Verdict {
    let answers = match organisation::parse(bytes) {
        Ok(answers) => answers,
        Err(error) => return Verdict::with("rejected", error.to_string()),
    };
    let Some(Outcome::Company(record)) = answers.first().map(|answer| &answer.outcome) else {
        return Verdict::with("rejected", "the answer holds no company");
    };
    if row.orgnr != Some(record.orgnr.number().cast_signed()) {
        return Verdict::with(
            "rejected",
            format!("asked for {}, answered about {}", row.key, record.orgnr.formatted()),
        );
    }
    let mut problems = Vec::new();
    if !record.orgnr.has_valid_check_digit() {
        problems.push("the number's check digit is wrong".to_owned());
    }
    for part in row.detail["missing_parts"].as_array().into_iter().flatten().filter_map(Value::as_str) {
        problems.push(format!("{part} is missing: its source did not answer; what is known stays"));
    }
    Verdict::suspect_if(problems, json!({ "name": record.name }))
}

fn package(name: &str, bytes: &[u8], orgnr: i64) -> Verdict {
    let parsed = match sources::package::parse(name, bytes) {
        Ok(parsed) => parsed,
        Err(error) => return Verdict::with("rejected", error.to_string()),
    };
    let filing = parsed.filing;
    if filing.orgnr.number().cast_signed() != orgnr {
        let asked = u64::try_from(orgnr)
            .ok()
            .and_then(|number| Orgnr::from_number(number).ok())
            .map_or_else(String::new, Orgnr::formatted);
        return Verdict::with(
            "rejected",
            format!("fetched for {asked}, but it is the report of {}", filing.orgnr.formatted()),
        );
    }
    let mut problems = Vec::new();
    for statement in &filing.statements {
        let (_, broken) = domain::identity::quality(statement);
        problems.extend(broken.iter().map(|broken| {
            format!("{} {}: {} does not hold", statement.scope.as_str(), statement.period.end(), broken.identity.key())
        }));
    }
    let detail = json!({ "name": filing.company_name, "framework": filing.framework.as_str(), "periods": filing.statements.len() });
    Verdict::suspect_if(problems, detail)
}

/// A whole file is judged by a dry run of the import that would take it over.
async fn file(work: &Work<'_>, row: &Staged) -> Result<Verdict, FetchError> {
    let folder = work.scraper.work_dir.join("validate").join(row.id.to_string());
    let path = write_file(work, row, &folder).await?;
    let request =
        ImportRequest { kind: kind_of(&row.kind), paths: vec![path], mapping: None, is_dry_run: true, batch: 1000 };
    let never = CancellationToken::new();
    let done = ingest::run(&work.scraper.db, &work.scraper.artifacts, &request, &never, &Silent).await;
    tokio::fs::remove_dir_all(&folder).await.ok();
    let done = match done {
        Ok(done) => done,
        Err(error) if error.downcast_ref::<sqlx::Error>().is_some() => return Err(FetchError::Broken(error)),
        Err(error) => return Ok(Verdict::with("rejected", format!("{error:#}"))),
    };
    let report = done.report;
    let detail = json!({ "read": report.read, "new": report.new, "changed": report.changed, "unchanged": report.unchanged, "rejected": report.rejected, "excluded_sole_traders": report.excluded_sole_traders });
    let first = done
        .rejections
        .first()
        .map_or_else(String::new, |rejection| format!(", the first because {}", rejection.reason));
    let share = report.rejected as f64 / report.read.max(1) as f64;
    Ok(if report.read == 0 || share > TOLERATED_REJECTIONS {
        Verdict {
            state: "rejected",
            problems: vec![format!("{} of {} entries cannot be used{first}", report.rejected, report.read)],
            detail,
        }
    } else if report.rejected > 0 {
        Verdict::suspect_if(
            vec![format!("{} of {} entries cannot be used{first}", report.rejected, report.read)],
            detail,
        )
    } else {
        Verdict { detail, ..Verdict::valid() }
    })
}

/// A website belongs to the company whose number it prints.
fn page(row: &Staged) -> Verdict {
    let printed = row.detail["orgnrs"].as_array().cloned().unwrap_or_default();
    if printed.iter().any(|one| one["orgnr"].as_i64() == row.orgnr) {
        return Verdict { detail: json!({ "is_proven": true }), ..Verdict::valid() };
    }
    let others: Vec<_> =
        printed.iter().filter(|one| one["is_labelled"] == true).filter_map(|one| one["orgnr"].as_u64()).collect();
    match others.first().and_then(|number| Orgnr::from_number(*number).ok()) {
        Some(other) => {
            Verdict::with("rejected", format!("the site prints the number of another company, {}", other.formatted()))
        }
        None => {
            Verdict::suspect_if(vec!["no page prints the company's number".to_owned()], json!({ "is_proven": false }))
        }
    }
}

/// The import that takes over a staged file.
pub fn kind_of(kind: &str) -> ImportKind {
    match kind {
        "register" => ImportKind::Register,
        "scb" => ImportKind::Scb,
        "organisation" => ImportKind::Organisations,
        "page" => ImportKind::Companies,
        _ => ImportKind::Filings,
    }
}

/// The bytes of something small.
pub async fn read(work: &Work<'_>, row: &Staged) -> Result<Vec<u8>, FetchError> {
    let found = work.scraper.artifacts.get(&row.sha256).await?;
    let (_, stream) = found.with_context(|| format!("the artifact store has lost {}", row.sha256))?;
    Ok(stream.try_collect::<Vec<_>>().await?.concat())
}

/// Writes something staged to a folder. Its time is always the same, so that an import that was interrupted is known again.
pub async fn write_file(work: &Work<'_>, row: &Staged, folder: &Path) -> Result<std::path::PathBuf, FetchError> {
    let cannot = || format!("cannot write to {}", folder.display());
    tokio::fs::create_dir_all(folder).await.with_context(cannot)?;
    let path = folder.join(row.file_name.replace(['/', '\\'], "_"));
    let found = work.scraper.artifacts.get(&row.sha256).await?;
    let (_, mut stream) = found.with_context(|| format!("the artifact store has lost {}", row.sha256))?;
    let mut file = tokio::fs::File::create(&path).await.with_context(cannot)?;
    while let Some(piece) = stream.try_next().await? {
        file.write_all(&piece).await.with_context(cannot)?;
    }
    file.flush().await.with_context(cannot)?;
    file.into_std().await.set_modified(std::time::UNIX_EPOCH).with_context(cannot)?;
    Ok(path)
}

/// Nobody watches.
pub struct Silent;

impl Progress for Silent {
    fn begin(&self, _: u64, _: bool) {}

    fn advance(&self, _: u64, _: &ImportReport) {}
}
