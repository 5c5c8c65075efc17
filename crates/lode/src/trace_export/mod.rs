//! Traces, exported to an OpenTelemetry collector: off without `OTEL_EXPORTER_OTLP_ENDPOINT`. Steps of requests, jobs and calls of models go
//! to a thread of its own by a bounded queue; what does not fit, and what the collector does not take, is lost and counted. Neither holds
//! up the work. What leaves the machine are names, numbers and codes; a step knows no text that somebody wrote ([`Step`]).
//!
//! [`Step`]: services::trace::Step

mod sender;
mod wire;

use std::sync::OnceLock;
use std::sync::mpsc::{SyncSender, sync_channel};
use std::time::Duration;

use config::TracesConfig;
use services::trace::{FinishedStep, send_steps_to};

pub use sender::probe;

/// Steps that wait; those beyond are lost.
const WAITING: usize = 2_048;
/// How long the last steps may take when the process ends.
const LAST_STEPS: Duration = Duration::from_secs(2);

static WORK: OnceLock<SyncSender<Work>> = OnceLock::new();

enum Work {
    Send(Box<FinishedStep>),
    Finish(SyncSender<()>),
}

/// Begins to export; the first call of a process counts.
pub fn start(config: &TracesConfig, role: &'static str) {
    let (sender, receiver) = sync_channel(WAITING);
    let (settings, ratio) = (config.clone(), config.ratio);
    let started = std::thread::Builder::new().name("trace export".to_owned()).spawn(move || {
        sender::run(&settings, role, &receiver);
    });
    if let Err(error) = started {
        tracing::warn!(%error, "no traces are exported: no thread could be started");
        return;
    }
    if WORK.set(sender.clone()).is_err() {
        return;
    }
    send_steps_to(move |step| {
        if is_chosen(step.context.ids().0, ratio) && sender.try_send(Work::Send(Box::new(step))).is_err() {
            count("queue_full", 1);
        }
    });
}

/// Waits a moment until the last steps are gone.
pub fn finish() {
    let Some(work) = WORK.get() else { return };
    let (done, is_done) = sync_channel(1);
    if work.try_send(Work::Finish(done)).is_ok() {
        let _ = is_done.recv_timeout(LAST_STEPS);
    }
}

/// Whether the trace is one of those that are kept: by its id, so that every process chooses the same.
fn is_chosen(trace_id: [u8; 16], ratio: f64) -> bool {
    let low = u64::from_be_bytes([
        0,
        trace_id[9],
        trace_id[10],
        trace_id[11],
        trace_id[12],
        trace_id[13],
        trace_id[14],
        trace_id[15],
    ]);
    // 56 random bits: exact as a double to 53, which is more than any ratio needs.
    #[allow(clippy::cast_precision_loss, reason = "which of 2^53 traces is the border matters to nobody")]
    let place = low as f64 / (1_u64 << 56) as f64;
    place < ratio
}

fn count(outcome: &'static str, steps: usize) {
    metrics::counter!("lode_trace_steps_total", "outcome" => outcome).increment(steps as u64);
}

#[cfg(test)]
mod tests {
    use services::trace::TraceContext;

    use super::*;

    #[test]
    fn ratio_keeps_its_part_of_the_traces_and_whole_ones() {
        let contexts: Vec<TraceContext> = (0..4_000).map(|_| TraceContext::new()).collect();
        let kept = |ratio: f64| contexts.iter().filter(|context| is_chosen(context.ids().0, ratio)).count();
        assert_eq!((kept(0.0), kept(1.0)), (0, 4_000));
        assert!((800..1_200).contains(&kept(0.25)), "{}", kept(0.25));
        assert!(contexts.iter().all(|one| is_chosen(one.ids().0, 0.5) == is_chosen(one.next().ids().0, 0.5)));
    }
}
