//! The progress bar of an import: share done, rate, remaining time, counts.

use std::io::IsTerminal;
use std::sync::Mutex;
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressStyle};

use super::console;
use ingest::Progress;
use ingest::report::ImportReport;

const LINE_EVERY: Duration = Duration::from_secs(10);

/// A bar on a terminal; elsewhere a line every ten seconds.
pub struct Bar {
    bar: ProgressBar,
    total: Mutex<u64>,
    last_line: Mutex<Instant>,
    is_quiet: bool,
}

impl Bar {
    /// Nothing is shown when quiet.
    #[must_use]
    pub fn new(is_quiet: bool) -> Self {
        let bar =
            if is_quiet || !std::io::stderr().is_terminal() { ProgressBar::hidden() } else { ProgressBar::new(0) };
        let style = ProgressStyle::with_template("{bar:32} {percent:>3} %  {binary_bytes_per_sec}  {eta} left  {msg}");
        bar.set_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()));
        Self { bar, total: Mutex::new(0), last_line: Mutex::new(Instant::now()), is_quiet }
    }

    /// Takes the bar away.
    pub fn finish(&self) {
        self.bar.finish_and_clear();
    }
}

impl Progress for Bar {
    fn begin(&self, total_bytes: u64, is_resumed: bool) {
        self.bar.set_length(total_bytes);
        self.bar.enable_steady_tick(Duration::from_millis(250));
        if let Ok(mut total) = self.total.lock() {
            *total = total_bytes;
        }
        if is_resumed && !self.is_quiet {
            console::progress("going on after the last committed batch");
        }
    }

    fn advance(&self, bytes: u64, report: &ImportReport) {
        let total = self.total.lock().map_or(0, |total| *total);
        let counts = format!(
            "{} read, {} new, {} changed, {} unchanged, {} rejected",
            report.read, report.new, report.changed, report.unchanged, report.rejected
        );
        self.bar.set_position(bytes.min(total));
        self.bar.set_message(counts.clone());
        if self.is_quiet || !self.bar.is_hidden() {
            return;
        }
        if let Ok(mut last) = self.last_line.lock()
            && last.elapsed() >= LINE_EVERY
        {
            *last = Instant::now();
            console::progress(&format!("{} %: {counts}", bytes.min(total) * 100 / total.max(1)));
        }
    }
}
