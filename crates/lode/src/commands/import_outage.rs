//! An import that goes on over a restart of Postgres: the same run, from its last committed batch.

use std::sync::Mutex;
use std::time::{Duration, Instant};

use anyhow::Context;
use store::PgPool;
use store::outage::Outage;
use tokio_util::sync::CancellationToken;

use super::console;
use artifacts::Artifacts;
use ingest::report::ImportReport;
use ingest::{Done, ImportRequest, Progress};

/// How long the database may be away, counted from the last batch that was written.
pub(super) const PATIENCE: Duration = Duration::from_secs(300);
const FIRST_PAUSE: Duration = Duration::from_millis(500);
const LONGEST_PAUSE: Duration = Duration::from_secs(10);

/// Notes when something was written, beside showing it.
struct Noted<'a> {
    shown: &'a dyn Progress,
    last: Mutex<Instant>,
}

impl Noted<'_> {
    fn note(&self) {
        if let Ok(mut last) = self.last.lock() {
            *last = Instant::now();
        }
    }

    fn since_last(&self) -> Duration {
        self.last.lock().map_or(Duration::MAX, |last| last.elapsed())
    }
}

impl Progress for Noted<'_> {
    fn begin(&self, total_bytes: u64, is_resumed: bool) {
        self.shown.begin(total_bytes, is_resumed);
    }

    fn advance(&self, bytes: u64, report: &ImportReport) {
        self.note();
        self.shown.advance(bytes, report);
    }
}

/// As [`ingest::run`], but an outage that passes only interrupts it, for as long as `patience`.
///
/// # Errors
/// As [`ingest::run`]; an outage is named, with what was kept and how to go on.
pub(super) async fn run(
    pool: &PgPool,
    artifacts: &Artifacts,
    request: &ImportRequest,
    cancel: &CancellationToken,
    shown: &dyn Progress,
    patience: Duration,
) -> anyhow::Result<Done> {
    let progress = Noted { shown, last: Mutex::new(Instant::now()) };
    let mut pause = FIRST_PAUSE;
    loop {
        let error = match ingest::run(pool, artifacts, request, cancel, &progress).await {
            Ok(done) => return Ok(done),
            Err(error) => error,
        };
        let Some(outage) = Outage::in_chain(error.as_ref()) else { return Err(error) };
        let is_over = progress.since_last() >= patience || cancel.is_cancelled();
        if request.is_dry_run || !outage.passes() || is_over {
            return Err(error).context(format!(
                "{}. What was committed is kept; the same command goes on after it",
                outage.explanation().split(';').next().unwrap_or_default()
            ));
        }
        // A batch was written since the last outage: this is another one.
        if progress.since_last() < pause {
            pause = FIRST_PAUSE;
        }
        console::progress(&format!(
            "{} ({error:#}); the import goes on in {:.1} s",
            outage.explanation().split(';').next().unwrap_or_default(),
            pause.as_secs_f64()
        ));
        tokio::select! {
            () = tokio::time::sleep(pause) => {}
            () = cancel.cancelled() => {}
        }
        pause = (pause * 2).min(LONGEST_PAUSE);
    }
}
