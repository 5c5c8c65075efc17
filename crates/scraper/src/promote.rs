//! Taking over: what is valid goes into the main tables, by the same imports as on the command line and, for pages of websites,
//! as an enrichment keeps them.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use anyhow::Context;
use chrono::Utc;
use domain::orgnr::Orgnr;
use serde_json::{Value, json};
use store::companies::{self, key};
use store::homepages::Homepage;
use store::imports::Ending;
use store::scraper::staged::{self, Staged};
use store::{PgConnection, audit};
use tokio_util::sync::CancellationToken;

use super::source::{FetchError, Work};
use super::validate::{Silent, kind_of, read, write_file};
use super::websites::StagedPage;
use ingest::ImportRequest;
use ingest::websites::{self, Reading};

/// Small things that one import takes over together; a multiple of nothing, only small enough to be redone quickly.
const TOGETHER: i64 = 500;
const USABLE: [&str; 2] = ["valid", "suspect"];

/// Takes everything over that is valid or suspect; `None` when it was left. What was rejected stays in staging.
pub async fn run(work: &Work<'_>, left: &CancellationToken) -> Result<Option<Value>, FetchError> {
    // Registers first: a report then finds its company's name and form already there.
    for kind in ["register", "scb", "organisation", "archive", "package", "page"] {
        let limit = if matches!(kind, "register" | "scb" | "archive") { 1 } else { TOGETHER };
        loop {
            // What was taken over is not found again, so the first ones are always the next ones.
            let rows =
                staged::after(&mut *work.connection().await?, work.session.id, &USABLE, Some(kind), 0, limit).await?;
            if rows.is_empty() {
                break;
            }
            if !take_over(work, kind, &rows, left).await? {
                return Ok(None);
            }
        }
    }
    let counts = store::scraper::sessions::counts(&mut *work.connection().await?, work.session.id).await?;
    Ok(Some(json!({ "promote": counts.staged.into_iter().collect::<std::collections::BTreeMap<_, _>>() })))
}

/// False when it was stopped in the middle; the same call then goes on from there.
async fn take_over(work: &Work<'_>, kind: &str, rows: &[Staged], left: &CancellationToken) -> Result<bool, FetchError> {
    let first = rows.first().map_or(0, |row| row.id);
    let folder = work.scraper.work_dir.join("promote").join(format!("{}-{kind}-{first}", work.session.id));
    tokio::fs::remove_dir_all(&folder).await.ok();
    let paths = match kind {
        "organisation" => organisations(work, rows, &folder).await?,
        "page" => homepages(rows, &folder).await?,
        _ => {
            for row in rows {
                write_file(work, row, &folder).await?;
            }
            vec![folder.clone()]
        }
    };
    if !paths.is_empty() {
        let request = ImportRequest { kind: kind_of(kind), paths, mapping: None, is_dry_run: false, batch: 1000 };
        let done = ingest::run(&work.scraper.db, &work.scraper.artifacts, &request, left, &Silent).await?;
        if done.ending != Ending::Completed {
            return Ok(false);
        }
        tracing::info!(session = %work.session.id, kind, import = %done.id, new = done.report.new, changed = done.report.changed, "taken over");
    }
    let ids: Vec<i64> = rows.iter().map(|row| row.id).collect();
    let mut tx = work.scraper.db.begin().await?;
    if kind == "page" {
        keep_pages(&mut tx, rows).await?;
    }
    staged::promoted(&mut tx, &ids).await?;
    let event = audit::Event {
        actor: work.session.created_by,
        subject: Some(format!("scraper_session:{}", work.session.id)),
        detail: json!({ "kind": kind, "count": ids.len() }),
        ..audit::Event::new("scraper.promote")
    };
    audit::record(&mut tx, &event).await?;
    tx.commit().await?;
    tokio::fs::remove_dir_all(&folder).await.ok();
    Ok(true)
}

/// All answers in one file, one per line.
async fn organisations(work: &Work<'_>, rows: &[Staged], folder: &Path) -> Result<Vec<PathBuf>, FetchError> {
    let mut lines = Vec::new();
    for row in rows {
        let answer: Value = serde_json::from_slice(&read(work, row).await?)
            .with_context(|| format!("the staged answer for {} is no JSON", row.key))?;
        lines.extend_from_slice(answer.to_string().as_bytes());
        lines.push(b'\n');
    }
    write(folder, "organisations.jsonl", lines).await
}

/// The staged pages of sites that print their company's number; a site without that proof is not anybody's.
fn proved(rows: &[Staged]) -> Result<Vec<(Orgnr, StagedPage)>, FetchError> {
    let mut found = Vec::new();
    for row in rows.iter().filter(|row| row.detail["is_proven"] == true) {
        let Some(orgnr) = row.orgnr.and_then(|number| Orgnr::from_number(number.cast_unsigned()).ok()) else {
            continue;
        };
        let page = serde_json::from_value(row.detail.clone()).map_err(|error| {
            FetchError::Never(format!("what is staged of {} cannot be read ({error}); fetch the site again", row.key))
        })?;
        found.push((orgnr, page));
    }
    Ok(found)
}

/// The homepages of the companies whose number their site prints.
async fn homepages(rows: &[Staged], folder: &Path) -> Result<Vec<PathBuf>, FetchError> {
    let mut table = csv::Writer::from_writer(Vec::new());
    let wrong = |error: csv::Error| FetchError::Broken(error.into());
    table.write_record(["orgnr", "homepage"]).map_err(wrong)?;
    let mut seen = std::collections::BTreeSet::new();
    for (orgnr, page) in proved(rows)? {
        let Some(homepage) = page.homepage else { continue };
        if seen.insert(orgnr) {
            table.write_record([orgnr.formatted(), homepage]).map_err(wrong)?;
        }
    }
    if seen.is_empty() {
        return Ok(Vec::new());
    }
    let bytes = table.into_inner().map_err(|error| FetchError::Broken(anyhow::anyhow!("{error}")))?;
    write(folder, "homepages.csv", bytes).await
}

/// Keeps the proved pages, with the proof, as an enrichment keeps those that it reads; the import before has made sure of the
/// companies. Staging put the texts into the artifact store under the same hashes.
async fn keep_pages(conn: &mut PgConnection, rows: &[Staged]) -> Result<(), FetchError> {
    let mut by_company: BTreeMap<i64, (Homepage, Reading)> = BTreeMap::new();
    for (orgnr, page) in proved(rows)? {
        let Some(homepage) = proof(orgnr, &page) else { continue };
        let (_, reading) = by_company.entry(key(orgnr)).or_insert((homepage, Reading::default()));
        reading.read.push(page.row());
    }
    let numbers: Vec<i64> = by_company.keys().copied().collect();
    companies::lock(conn, &numbers).await?;
    // One that the import did not take, because a person's number is in the place of a company's, has no pages either.
    let known: Vec<i64> =
        companies::read(conn, &numbers).await?.iter().map(|company| key(company.record.orgnr)).collect();
    for (_, (homepage, reading)) in by_company.iter().filter(|(number, _)| known.contains(number)) {
        websites::keep(conn, homepage, reading).await?;
    }
    store::ingest::recompute(conn, &known, Utc::now()).await?;
    Ok(())
}

/// The site as the company's, with the words that prove it.
fn proof(orgnr: Orgnr, page: &StagedPage) -> Option<Homepage> {
    let printed = page.orgnrs.iter().find(|printed| printed.orgnr == orgnr.number())?;
    let url = page.homepage.clone()?;
    Some(Homepage {
        orgnr,
        status: "verified".to_owned(),
        candidates: json!([{ "url": url, "source": "scraper", "outcome": "orgnr" }]),
        url: Some(url),
        proof: Some("orgnr".to_owned()),
        proof_quote: Some(printed.quote.clone()),
        proof_url: Some(printed.url.clone()),
        checked_at: page.fetched_at,
    })
}

async fn write(folder: &Path, name: &str, bytes: Vec<u8>) -> Result<Vec<PathBuf>, FetchError> {
    let cannot = || format!("cannot write to {}", folder.display());
    tokio::fs::create_dir_all(folder).await.with_context(cannot)?;
    let path = folder.join(name);
    tokio::fs::write(&path, bytes).await.with_context(cannot)?;
    let file = std::fs::File::options().append(true).open(&path).with_context(cannot)?;
    file.set_modified(std::time::UNIX_EPOCH).with_context(cannot)?;
    Ok(vec![path])
}
