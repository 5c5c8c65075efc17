//! Being told to stop: Ctrl-C, SIGTERM or the end of the terminal.

use anyhow::Context;
use tokio::signal::unix::{Signal, SignalKind, signal};
use tokio_util::sync::CancellationToken;

/// The signals that tell a process to stop, caught from the moment this exists. Before that each of them ends the process
/// at once: make it before starting what must not be left behind, and before saying that anything is ready.
pub struct StopSignals {
    interrupt: Signal,
    terminate: Signal,
    hangup: Signal,
}

impl StopSignals {
    /// Listens from now on.
    ///
    /// # Errors
    /// When the system does not let the process listen for signals.
    pub fn listen() -> anyhow::Result<Self> {
        let listen = |kind| signal(kind).context("cannot listen for the signals that stop a process");
        Ok(Self {
            interrupt: listen(SignalKind::interrupt())?,
            terminate: listen(SignalKind::terminate())?,
            hangup: listen(SignalKind::hangup())?,
        })
    }

    /// Waits for the next one.
    pub async fn next(&mut self) -> Stop {
        tokio::select! {
            _ = self.interrupt.recv() => Stop::Interrupt,
            _ = self.terminate.recv() => Stop::Terminate,
            _ = self.hangup.recv() => Stop::Interrupt,
        }
    }
}

/// Who tells the process to stop.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stop {
    /// Somebody at the terminal: Ctrl-C, or the terminal's end.
    Interrupt,
    /// Whoever runs it: SIGTERM.
    Terminate,
}

/// Cancelled by the first signal to stop from now on. Every part of the process waits for this one token: a part that
/// listened for the signals itself would miss one that came while it was still starting, and the process would never end.
///
/// # Errors
/// As [`StopSignals::listen`].
pub fn stop_when_told() -> anyhow::Result<CancellationToken> {
    let mut signals = StopSignals::listen()?;
    let stop = CancellationToken::new();
    let told = stop.clone();
    tokio::spawn(async move {
        signals.next().await;
        told.cancel();
    });
    Ok(stop)
}
