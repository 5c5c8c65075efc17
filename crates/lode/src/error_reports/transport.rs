//! Sends reports by the HTTP client that the rest of the program uses, from a thread of its own: a panic and the end of the program leave
//! their reports too. What does not fit is dropped; reporting never holds up the work.

use std::sync::Arc;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::time::{Duration, Instant};

use sentry_core::types::Dsn;
use sentry_core::{Envelope, Transport, TransportFactory, TransportOptions};

/// Reports that wait; those beyond are dropped.
const WAITING: usize = 100;
/// How long the server may take.
const PATIENCE: Duration = Duration::from_secs(5);
/// How long nothing is sent to a server that asks for a pause without saying how long.
const PAUSE: Duration = Duration::from_secs(60);
/// The longest pause that is kept.
const LONGEST_PAUSE: Duration = Duration::from_secs(3_600);
const CLIENT_NAME: &str = concat!("lode/", env!("CARGO_PKG_VERSION"));

/// Makes the connection to the server of a DSN.
pub(super) struct Factory;

impl TransportFactory for Factory {
    fn create_transport_with_options(&self, options: TransportOptions) -> Arc<dyn Transport> {
        let (sender, receiver) = sync_channel(WAITING);
        let dsn = options.dsn;
        let started = std::thread::Builder::new().name("error reports".to_owned()).spawn(move || run(&dsn, &receiver));
        if let Err(error) = started {
            tracing::warn!(%error, "errors are not reported: no thread could be started");
        }
        Arc::new(Sending(sender))
    }
}

enum Work {
    Send(Box<Envelope>),
    Tell(SyncSender<()>),
}

struct Sending(SyncSender<Work>);

impl Transport for Sending {
    fn send_envelope(&self, envelope: Envelope) {
        if self.0.try_send(Work::Send(Box::new(envelope))).is_err() {
            count("dropped");
        }
    }

    fn flush(&self, timeout: Duration) -> bool {
        let (sender, receiver) = sync_channel(1);
        self.0.try_send(Work::Tell(sender)).is_ok() && receiver.recv_timeout(timeout).is_ok()
    }
}

fn count(outcome: &'static str) {
    metrics::counter!("lode_error_reports_total", "outcome" => outcome).increment(1);
}

/// Sends what comes, until nobody can send any more.
fn run(dsn: &Dsn, work: &Receiver<Work>) {
    let Ok(runtime) = tokio::runtime::Builder::new_current_thread().enable_all().build() else { return };
    let Ok(client) = reqwest::Client::builder().timeout(PATIENCE).build() else { return };
    let mut silent_until = Instant::now();
    for work in work {
        match work {
            Work::Tell(done) => drop(done.try_send(())),
            Work::Send(_) if Instant::now() < silent_until => count("dropped"),
            Work::Send(envelope) => match runtime.block_on(send(&client, dsn, &envelope)) {
                Ok(None) => count("sent"),
                Ok(Some(pause)) => {
                    count("dropped");
                    silent_until = Instant::now() + pause;
                }
                Err(()) => count("failed"),
            },
        }
    }
}

/// Sends one; returns for how long the server wants nothing.
async fn send(client: &reqwest::Client, dsn: &Dsn, envelope: &Envelope) -> Result<Option<Duration>, ()> {
    let mut body = Vec::new();
    envelope.to_writer(&mut body).map_err(drop)?;
    let request = client
        .post(dsn.envelope_api_url().as_str())
        .header("x-sentry-auth", dsn.to_auth(Some(CLIENT_NAME)).to_string())
        .header("content-type", "application/x-sentry-envelope")
        .body(body);
    // An error of reporting is no line of the log: it would be reported.
    let answer = request.send().await.map_err(drop)?;
    if answer.status() != reqwest::StatusCode::TOO_MANY_REQUESTS {
        return if answer.status().is_success() { Ok(None) } else { Err(()) };
    }
    let pause = answer.headers().get("retry-after").and_then(|value| value.to_str().ok()?.parse().ok());
    Ok(Some(pause.map_or(PAUSE, Duration::from_secs).min(LONGEST_PAUSE)))
}
