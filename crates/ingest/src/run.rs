//! One import from beginning to end: start or go on, read, write, report.

use std::collections::{HashMap, VecDeque};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Instant;

use anyhow::Context;
use futures::StreamExt;
use futures::stream::BoxStream;
use store::import_rejections::{self, Rejection};
use store::imports::{self, Ending};
use store::{PgConnection, PgPool, locks};
use tokio::sync::{Semaphore, mpsc};
use tokio_stream::wrappers::ReceiverStream;
use tokio_util::sync::CancellationToken;
use uuid::Uuid;

use super::batch::{Checkpoint, Writer};
use super::inputs::{self, Input};
use super::item::{Content, Event, Item};
use super::packages::{self, Found, MEMORY_KILOBYTES, Stopped, Walk};
use super::report::ImportReport;
use super::tables::Tables;
use super::{ImportKind, ImportRequest};
use artifacts::Artifacts;
use jobs::check_screens::CheckScreens;

/// Most items per transaction: enough that what a transaction costs by itself hardly counts.
const BATCH: usize = 4000;
/// A transaction is also ended when its packages fill this many kilobytes.
const BATCH_KILOBYTES: u64 = MEMORY_KILOBYTES as u64 / 4;
/// How many rejections come back with the result; all are in the database.
const REJECTIONS_RETURNED: i64 = 100;

/// Told how an import goes on; called between batches.
pub trait Progress: Send + Sync {
    /// The import begins, or goes on, with inputs of so many bytes.
    fn begin(&self, total_bytes: u64, is_resumed: bool);
    /// So many bytes have been read and counted.
    fn advance(&self, bytes: u64, report: &ImportReport);
}

/// How an import ended.
#[derive(Clone, Debug)]
pub struct Done {
    /// Identity of the run.
    pub id: Uuid,
    /// Whether everything was read, or a person stopped it.
    pub ending: Ending,
    /// What it did.
    pub report: ImportReport,
    /// The first rejections.
    pub rejections: Vec<Rejection>,
}

/// Runs an import. `cancel` stops it after the batch that is being written; the same request then goes on from there.
///
/// # Errors
/// When a path does not exist, or the database or the artifact store fails; what was committed stays, and the same
/// request goes on after it.
pub async fn run(
    pool: &PgPool,
    artifacts: &Artifacts,
    request: &ImportRequest,
    cancel: &CancellationToken,
    progress: &dyn Progress,
) -> anyhow::Result<Done> {
    let inputs = inputs::find(request.kind, &request.paths)?;
    let mapping = match &request.mapping {
        Some(path) => {
            Some(std::fs::read_to_string(path).with_context(|| format!("cannot read the mapping {}", path.display()))?)
        }
        None => None,
    };
    let input_key = inputs::key(request.kind, mapping.as_deref(), &inputs);
    // A connection of its own holds the lock that tells other processes that this run is alive.
    let mut holder = pool.acquire().await?.detach();
    let Started { id, mut report, checkpoint } = begin(&mut holder, request, &input_key, &inputs).await?;
    progress.begin(inputs.iter().map(|input| input.bytes).sum(), report.resumed > 0);

    let bytes_read = Arc::new(AtomicU64::new(0));
    let tables = Tables {
        kind: request.kind,
        mapping,
        seen: HashMap::new(),
        periods: HashMap::new(),
        bytes_read: Arc::clone(&bytes_read),
    };
    let events = if request.kind == ImportKind::Filings {
        read_packages(inputs.clone(), checkpoint, Arc::clone(&bytes_read))
    } else {
        read_tables(tables, inputs.clone(), checkpoint)
    };
    let artifacts = (!request.is_dry_run).then_some(artifacts);
    let writer = Writer { pool, artifacts, import: id, inputs: &inputs, is_dry_run: request.is_dry_run };
    let mut queue = Queue { steps: VecDeque::new(), kilobytes: 0, batch: request.batch.clamp(1, BATCH), checkpoint };
    let clock = Clock { begun: Instant::now(), before: report.seconds, bytes_read: &bytes_read };
    let outcome = write_all(events, &mut queue, &writer, &mut report, &clock, cancel, progress).await;
    clock.note(&mut report);
    match outcome {
        Ok(ending) => {
            let value = serde_json::to_value(&report)?;
            let mut tx = pool.begin().await?;
            imports::finish(&mut tx, id, ending, &value, None).await?;
            if ending == Ending::Completed && !request.is_dry_run {
                // Watched screens may have changed; a worker looks as soon as this commits.
                ::queue::enqueue(&mut tx, &CheckScreens {}).await?;
            }
            tx.commit().await?;
            let (rejections, _) =
                import_rejections::page(&mut *pool.acquire().await?, id, REJECTIONS_RETURNED, 0).await?;
            Ok(Done { id, ending, report, rejections })
        }
        Err(error) => {
            // The database itself may be what failed; then the run stays as it was and is found again by its input.
            if let (Ok(mut conn), Ok(value)) = (pool.acquire().await, serde_json::to_value(&report)) {
                let _ = imports::finish(&mut conn, id, Ending::Failed, &value, Some(&format!("{error:#}"))).await;
            }
            Err(error)
        }
    }
}

struct Started {
    id: Uuid,
    report: ImportReport,
    checkpoint: Checkpoint,
}

/// Takes up the newest interrupted run of the same input that no live process holds, or starts a new one.
async fn begin(
    holder: &mut PgConnection,
    request: &ImportRequest,
    input_key: &str,
    inputs: &[Input],
) -> anyhow::Result<Started> {
    if !request.is_dry_run {
        for run in imports::unfinished(holder, input_key).await? {
            if locks::try_hold_import(holder, run.id).await? {
                imports::resume(holder, run.id).await?;
                let mut report: ImportReport = serde_json::from_value(run.report)
                    .with_context(|| format!("the stored report of import {} cannot be read", run.id))?;
                report.resumed += 1;
                let checkpoint = serde_json::from_value(run.checkpoint)
                    .with_context(|| format!("the stored checkpoint of import {} cannot be read", run.id))?;
                return Ok(Started { id: run.id, report, checkpoint });
            }
        }
    }
    let id = Uuid::now_v7();
    locks::try_hold_import(holder, id).await?;
    let files: Vec<_> =
        inputs.iter().map(|input| serde_json::json!({ "name": input.name, "bytes": input.bytes })).collect();
    imports::start(holder, id, request.kind.name(), input_key, &files.into(), request.is_dry_run).await?;
    Ok(Started { id, report: ImportReport::default(), checkpoint: Checkpoint::default() })
}

/// Measures the run, interruptions left out.
struct Clock<'a> {
    begun: Instant,
    before: f64,
    bytes_read: &'a AtomicU64,
}

impl Clock<'_> {
    fn note(&self, report: &mut ImportReport) {
        report.seconds = self.before + self.begun.elapsed().as_secs_f64();
        report.bytes_read = self.bytes_read.load(Ordering::Relaxed);
    }
}

/// What was read and waits to be written, in the order of the input.
struct Queue {
    steps: VecDeque<Step>,
    kilobytes: u64,
    batch: usize,
    checkpoint: Checkpoint,
}

enum Step {
    Item(Item),
    FileEnd(usize, Option<Rejection>),
}

impl Queue {
    fn take(&mut self, event: Event) {
        match event {
            Event::Items(items) => {
                self.kilobytes += items.iter().map(Item::kilobytes).sum::<u64>();
                self.steps.extend(items.into_iter().map(Step::Item));
            }
            Event::FileDone(file) => self.steps.push_back(Step::FileEnd(file, None)),
            Event::FileFailed(file, rejection) => self.steps.push_back(Step::FileEnd(file, Some(rejection))),
        }
    }

    fn is_full(&self) -> bool {
        self.steps.len() >= self.batch || self.kilobytes >= BATCH_KILOBYTES
    }

    /// How many steps the next batch has: items of one package are never parted, because the checkpoint is its number.
    fn next_batch(&self) -> usize {
        let place = |step: Option<&Step>| match step {
            Some(Step::Item(item)) => Some((item.file, item.number)),
            _ => None,
        };
        let mut count = self.steps.len().min(self.batch);
        while count > 0
            && place(self.steps.get(count)).is_some()
            && place(self.steps.get(count)) == place(self.steps.get(count - 1))
        {
            count += 1;
        }
        count
    }

    /// Writes the next batch; the checkpoint moves with it or not at all.
    async fn write(&mut self, writer: &Writer<'_>, report: &mut ImportReport) -> anyhow::Result<()> {
        let (mut items, mut failures, mut checkpoint) = (Vec::new(), Vec::new(), self.checkpoint);
        for step in self.steps.drain(..self.next_batch()) {
            match step {
                Step::Item(item) => {
                    self.kilobytes -= item.kilobytes();
                    checkpoint = Checkpoint { file: item.file, done: item.number };
                    items.push(item);
                }
                Step::FileEnd(file, failure) => {
                    checkpoint = Checkpoint { file: file + 1, done: 0 };
                    report.files_done += 1;
                    failures.extend(failure);
                }
            }
        }
        writer.write(items, failures, checkpoint, report).await?;
        self.checkpoint = checkpoint;
        Ok(())
    }
}

async fn write_all(
    mut events: BoxStream<'_, Event>,
    queue: &mut Queue,
    writer: &Writer<'_>,
    report: &mut ImportReport,
    clock: &Clock<'_>,
    cancel: &CancellationToken,
    progress: &dyn Progress,
) -> anyhow::Result<Ending> {
    loop {
        let event = tokio::select! {
            biased;
            () = cancel.cancelled() => return Ok(Ending::Cancelled),
            event = events.next() => event,
        };
        let is_last = event.is_none();
        if let Some(event) = event {
            queue.take(event);
        }
        while queue.is_full() || (is_last && !queue.steps.is_empty()) {
            clock.note(report);
            queue.write(writer, report).await?;
            progress.advance(clock.bytes_read.load(Ordering::Relaxed), report);
            if cancel.is_cancelled() {
                return Ok(Ending::Cancelled);
            }
        }
        if is_last {
            return Ok(Ending::Completed);
        }
    }
}

/// Reads registers and tables on a thread of its own. What was done of a file is read again without sending anything, so
/// that a company that comes twice in it is noticed across an interruption.
fn read_tables(mut tables: Tables, inputs: Vec<Input>, from: Checkpoint) -> BoxStream<'static, Event> {
    let (sender, receiver) = mpsc::channel(8);
    tokio::task::spawn_blocking(move || {
        for (file, input) in inputs.iter().enumerate() {
            if file < from.file {
                tables.bytes_read.fetch_add(input.bytes, Ordering::Relaxed);
                continue;
            }
            let skip = if file == from.file { from.done } else { 0 };
            let mut send = |event: Event| sender.blocking_send(event).is_ok();
            if !tables.read(file, input, skip, &mut send) {
                return;
            }
        }
    });
    ReceiverStream::new(receiver).boxed()
}

/// Reads packages on one thread and parses them on several, keeping their order.
fn read_packages(inputs: Vec<Input>, from: Checkpoint, bytes_read: Arc<AtomicU64>) -> BoxStream<'static, Event> {
    let (sender, receiver) = mpsc::channel(64);
    let memory = Arc::new(Semaphore::new(MEMORY_KILOBYTES as usize));
    tokio::task::spawn_blocking(move || {
        let advance = |bytes| {
            bytes_read.fetch_add(bytes, Ordering::Relaxed);
        };
        for (file, input) in inputs.iter().enumerate() {
            if file < from.file {
                advance(input.bytes);
                continue;
            }
            let skip = if file == from.file { from.done } else { 0 };
            let send = |found| sender.blocking_send(Work::Found(found)).map_err(|_| Stopped);
            let walked = Walk { input, file, skip, number: 0, memory: &memory, advance: &advance, send }.run();
            if walked.is_err() || sender.blocking_send(Work::FileDone(file)).is_err() {
                return;
            }
        }
    });
    let parsers = std::thread::available_parallelism().map_or(2, usize::from) + 1;
    ReceiverStream::new(receiver).map(parse).buffered(parsers).boxed()
}

enum Work {
    Found(Found),
    FileDone(usize),
}

async fn parse(work: Work) -> Event {
    let package = match work {
        Work::FileDone(file) => return Event::FileDone(file),
        Work::Found(Found::Rejected { file, number, rejection }) => {
            let content = Content::Rejected(rejection);
            return Event::Items(vec![Item { file, number, content, warnings: Vec::new(), _memory: None }]);
        }
        Work::Found(Found::PassedOver { file, number, note }) => {
            let item = Item { file, number, content: Content::PassedOver, warnings: vec![note], _memory: None };
            return Event::Items(vec![item]);
        }
        Work::Found(Found::Package(package)) => package,
    };
    let (file, number, name) = (package.file, package.number, package.name.clone());
    // A fault in the parser costs one package, not the import.
    let items = tokio::task::spawn_blocking(move || packages::parse(package)).await.unwrap_or_else(|error| {
        let rejection = Rejection {
            file: name,
            item: number.cast_signed(),
            place: None,
            reason: format!("the parser failed: {error}"),
            remedy: Some("Please report this with the file; the rest of the import is not affected".to_owned()),
            sample: None,
        };
        vec![Item { file, number, content: Content::Rejected(rejection), warnings: Vec::new(), _memory: None }]
    });
    Event::Items(items)
}
