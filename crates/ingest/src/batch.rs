//! Writing one batch: packages to the artifact store, then everything else in one transaction with the checkpoint.

use chrono::Utc;
use domain::one_line::{filled_line, one_line};
use futures::future::BoxFuture;
use futures::{StreamExt, TryStreamExt};
use serde::{Deserialize, Serialize};
use sqlx::{Connection, PgConnection};
use store::filings::NewFiling;
use store::import_rejections::{self, Rejection};
use store::ingest::{self, Effect, Incoming};
use store::{PgPool, imports};
use uuid::Uuid;

use super::inputs::Input;
use super::item::{Content, Item};
use super::report::ImportReport;
use artifacts::Artifacts;

const ATTEMPTS: u32 = 6;
const PACKAGES_AT_ONCE: usize = 8;
/// Rejections of an import that are kept with place and reason; the rest is counted (`rejected` of the report). Who has that many mends the
/// file, not rows.
const REJECTIONS_KEPT: u64 = 10_000;

/// Where an import stands: every file before `file` is done, and of it the first `done` items.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct Checkpoint {
    pub file: usize,
    pub done: u64,
}

/// What every batch of an import needs.
pub(super) struct Writer<'a> {
    pub pool: &'a PgPool,
    /// `None` in a dry run.
    pub artifacts: Option<&'a Artifacts>,
    pub import: Uuid,
    pub inputs: &'a [Input],
    pub is_dry_run: bool,
}

/// What a batch did, to be added to the report once it is committed.
#[derive(Default)]
struct Tally {
    report: ImportReport,
    rejections: Vec<Rejection>,
}

impl Writer<'_> {
    /// Writes the items and the checkpoint; the report counts them only when the transaction has committed.
    pub(super) async fn write(
        &self,
        items: Vec<Item>,
        file_failures: Vec<Rejection>,
        checkpoint: Checkpoint,
        report: &mut ImportReport,
    ) -> anyhow::Result<()> {
        self.keep_packages(&items).await?;
        let (items, incoming, index) = self.prepare(items);
        for attempt in 1.. {
            match self.attempt(&items, &incoming, &index, &file_failures, checkpoint, report).await {
                Ok(after) => {
                    *report = after;
                    return Ok(());
                }
                // Somebody else stood in the way; the batch was rolled back as a whole and can be tried again.
                Err(error) if attempt < ATTEMPTS && is_conflict(&error) => {
                    tracing::debug!(%error, attempt, "trying the batch again");
                    tokio::time::sleep(std::time::Duration::from_millis(50 << attempt)).await;
                }
                Err(error) => return Err(error.into()),
            }
        }
        Ok(())
    }

    async fn attempt(
        &self,
        items: &[Item],
        incoming: &[Incoming],
        index: &[usize],
        file_failures: &[Rejection],
        checkpoint: Checkpoint,
        report: &ImportReport,
    ) -> sqlx::Result<ImportReport> {
        let mut tally = Tally { report: report.clone(), rejections: Vec::new() };
        for item in items {
            self.count(item, &mut tally);
        }
        // The filings have been taken out of the items by now.
        let filings = incoming.iter().filter_map(|incoming| incoming.filing.as_ref());
        let unused = filings.flat_map(|new| &new.filing.unused).map(|group| u64::from(group.count));
        tally.report.figures_not_used += unused.sum::<u64>();
        for failure in file_failures {
            tally.report.read += 1;
            tally.report.rejected += 1;
            tally.rejections.push(failure.clone());
        }
        let mut tx = self.pool.begin().await?;
        self.apply(&mut tx, items, incoming, index, &mut tally).await?;
        if self.is_dry_run {
            tx.rollback().await?;
            tx = self.pool.begin().await?;
        }
        keep_first(&mut tally.rejections, report.rejected);
        import_rejections::insert(&mut tx, self.import, &tally.rejections).await?;
        let (place, so_far) = (serde_json::json!(checkpoint), serde_json::json!(tally.report));
        imports::save_progress(&mut tx, self.import, &place, &so_far).await?;
        tx.commit().await?;
        Ok(tally.report)
    }

    /// Counts what needs no database.
    fn count(&self, item: &Item, tally: &mut Tally) {
        tally.report.read += u64::from(!matches!(item.content, Content::PassedOver));
        let file = self.inputs.get(item.file).map_or("", |input| input.name.as_str());
        for warning in &item.warnings {
            tally.report.warn(file, item.number, warning.clone());
        }
        match &item.content {
            Content::SoleTrader => tally.report.excluded_sole_traders += 1,
            Content::Repeated => tally.report.unchanged += 1,
            Content::Rejected(rejection) => {
                tally.report.rejected += 1;
                tally.rejections.push(rejection.clone());
            }
            Content::Company(_) | Content::Filing { .. } | Content::PassedOver => {}
        }
    }

    /// Applies what is there to write. Should the database refuse a value, the batch is halved until the one item that
    /// holds it is found and rejected; the rest is written.
    fn apply<'b>(
        &'b self,
        conn: &'b mut PgConnection,
        items: &'b [Item],
        incoming: &'b [Incoming],
        index: &'b [usize],
        tally: &'b mut Tally,
    ) -> BoxFuture<'b, sqlx::Result<()>> {
        Box::pin(async move {
            if incoming.is_empty() {
                return Ok(());
            }
            let mut part = conn.begin().await?;
            let error = match ingest::apply(&mut part, incoming, Some(self.import), Utc::now()).await {
                Ok(applied) => {
                    part.commit().await?;
                    self.add(&applied, items, index, tally);
                    return Ok(());
                }
                Err(error) => error,
            };
            part.rollback().await?;
            if !is_refused_value(&error) {
                return Err(error);
            }
            if let ([only], [_]) = (index, incoming) {
                if let Some(item) = items.get(*only) {
                    tally.report.rejected += 1;
                    tally.rejections.push(self.refused(item, &error));
                }
                return Ok(());
            }
            let middle = incoming.len() / 2;
            self.apply(conn, items, &incoming[..middle], &index[..middle], tally).await?;
            self.apply(conn, items, &incoming[middle..], &index[middle..], tally).await
        })
    }

    fn add(&self, applied: &ingest::Applied, items: &[Item], index: &[usize], tally: &mut Tally) {
        let report = &mut tally.report;
        for effect in &applied.effects {
            match effect {
                Effect::New => report.new += 1,
                Effect::Changed => report.changed += 1,
                Effect::Unchanged => report.unchanged += 1,
            }
        }
        report.periods += applied.periods;
        report.facts_changed += applied.facts;
        for (position, warning) in &applied.warnings {
            if let Some(item) = index.get(*position).and_then(|at| items.get(*at)) {
                let file = self.inputs.get(item.file).map_or("", |input| input.name.as_str());
                report.warn(file, item.number, warning.clone());
            }
        }
    }

    fn refused(&self, item: &Item, error: &sqlx::Error) -> Rejection {
        Rejection {
            file: self.inputs.get(item.file).map_or_else(String::new, |input| input.name.clone()),
            item: item.number.cast_signed(),
            place: None,
            reason: format!("the database refuses a value: {error}"),
            remedy: Some("Please report this with the file; the rest of the import is not affected".to_owned()),
            sample: None,
        }
    }

    /// Packages are written before the rows that name them commit; a package without a row does no harm.
    async fn keep_packages(&self, items: &[Item]) -> anyhow::Result<()> {
        let Some(artifacts) = self.artifacts else { return Ok(()) };
        let packages = items.iter().filter_map(|item| match &item.content {
            Content::Filing { filing, package: Some(bytes), .. } => Some((filing.sha256.clone(), bytes.clone())),
            _ => None,
        });
        let puts: Vec<_> = packages.map(|(sha256, bytes)| async move { artifacts.put(&sha256, bytes).await }).collect();
        futures::stream::iter(puts).buffer_unordered(PACKAGES_AT_ONCE).try_for_each(|_| async { Ok(()) }).await
    }

    /// Takes out of the items what the database is to get, remembering which item each came from.
    fn prepare(&self, mut items: Vec<Item>) -> (Vec<Item>, Vec<Incoming>, Vec<usize>) {
        let (mut incoming, mut index) = (Vec::with_capacity(items.len()), Vec::with_capacity(items.len()));
        for (position, item) in items.iter_mut().enumerate() {
            tidy_names(&mut item.content);
            let next = match &mut item.content {
                Content::Company(record) => Incoming { company: Some((**record).clone()), filing: None },
                Content::Filing { filing, name, package, dated_on, archived_on, provenance, company } => {
                    let hollow = hollow(filing.orgnr);
                    let is_read_as_package = filing.kind.has_tags() && package.is_some();
                    let new = NewFiling {
                        id: Uuid::now_v7(),
                        filing: std::mem::replace(&mut **filing, hollow),
                        file_name: package.is_some().then(|| std::mem::take(name)),
                        is_stored: package.take().is_some() && self.artifacts.is_some(),
                        dated_on: dated_on.take(),
                        archived_on: archived_on.take(),
                        reader_version: is_read_as_package.then_some(sources::package::READER_VERSION),
                        provenance: provenance.take(),
                    };
                    Incoming { company: company.take().map(|company| *company), filing: Some(new) }
                }
                Content::SoleTrader | Content::Repeated | Content::PassedOver | Content::Rejected(_) => continue,
            };
            incoming.push(next);
            index.push(position);
        }
        (items, incoming, index)
    }
}

/// Names are kept on one line in one spelling, whichever source they come from.
fn tidy_names(content: &mut Content) {
    let (record, filing) = match content {
        Content::Company(record) => (Some(record), None),
        Content::Filing { company, filing, .. } => (company.as_mut(), Some(filing)),
        Content::SoleTrader | Content::Repeated | Content::PassedOver | Content::Rejected(_) => return,
    };
    if let Some(record) = record {
        record.name = record.name.take().and_then(|name| filled_line(&name));
        for other in record.other_names.iter_mut().flatten() {
            other.name = one_line(&other.name);
        }
    }
    if let Some(filing) = filing {
        filing.company_name = filing.company_name.take().and_then(|name| filled_line(&name));
    }
}

/// What stands in an item once its filing has been taken out.
fn hollow(orgnr: domain::orgnr::Orgnr) -> domain::filing::Filing {
    domain::filing::Filing {
        orgnr,
        kind: domain::filing::FilingKind::Table,
        framework: domain::filing::Framework::Unknown,
        taxonomy: None,
        company_name: None,
        seat: None,
        software: None,
        documents: Vec::new(),
        filed_at: None,
        sha256: String::new(),
        size_bytes: 0,
        statements: Vec::new(),
        warnings: Vec::new(),
        unused: Vec::new(),
    }
}

/// Deadlock, serialisation failure, lock timeout, or the same row written by somebody else.
fn is_conflict(error: &sqlx::Error) -> bool {
    matches!(code(error).as_deref(), Some("40P01" | "40001" | "55P03" | "23505"))
}

/// Data exceptions (class 22), and checks and nulls that the schema forbids.
fn is_refused_value(error: &sqlx::Error) -> bool {
    code(error).is_some_and(|code| code.starts_with("22") || matches!(code.as_str(), "23502" | "23514"))
}

fn code(error: &sqlx::Error) -> Option<String> {
    error.as_database_error()?.code().map(|code| code.into_owned())
}

/// Leaves as many of a batch's rejections as there is room for, after those that came before it.
fn keep_first(rejections: &mut Vec<Rejection>, before: u64) {
    let room = REJECTIONS_KEPT.saturating_sub(before);
    rejections.truncate(usize::try_from(room).unwrap_or(usize::MAX));
}
