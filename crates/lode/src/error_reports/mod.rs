//! Errors and panics, reported to a Sentry server: off without `SENTRY_DSN`. What leaves the machine is a line of the log of level ERROR
//! or a panic, without whatever could be a secret or of a person ([`scrub`]), with the build, the role, and the ids under which the
//! log has the rest.

mod layer;
mod scrub;
mod transport;

use std::borrow::Cow;
use std::panic::PanicHookInfo;
use std::sync::{Arc, OnceLock};
use std::time::Duration;

use sentry_core::protocol::{Event, Exception, Level, Values};
use sentry_core::types::Dsn;
use sentry_core::{Client, ClientOptions};

use crate::wiring::BUILD;
use config::Config;

pub use layer::Reports;

/// How long the last reports may take when the process ends.
const LAST_REPORTS: Duration = Duration::from_secs(2);

static CLIENT: OnceLock<Arc<Client>> = OnceLock::new();

/// What the reports of this build are filed under: `lode@0.1.0+3f2a…`, the same name as the web app's.
#[must_use]
pub fn release() -> String {
    match BUILD.commit {
        Some(commit) => format!("lode@{}+{commit}", BUILD.version),
        None => format!("lode@{}", BUILD.version),
    }
}

/// Begins reporting where the settings say so; the first call of a process counts. Returns what listens to the log.
///
/// Panics of any thread are reported too, and told on stderr as before.
#[must_use]
pub fn start(config: &Config, role: &'static str) -> Option<Reports> {
    let dsn: Dsn = config.sentry_dsn.as_deref()?.parse().ok()?;
    let mut options = ClientOptions::default();
    options.dsn = Some(dsn);
    options.release = Some(Cow::Owned(release()));
    options.environment = Some(Cow::Owned(config.sentry_environment.clone()));
    options.transport = Some(Arc::new(transport::Factory));
    options.shutdown_timeout = LAST_REPORTS;
    let client = Arc::new(Client::with_options(options));
    CLIENT.set(Arc::clone(&client)).ok()?;
    let before = std::panic::take_hook();
    let of_panics = Arc::clone(&client);
    std::panic::set_hook(Box::new(move |panic| {
        of_panics.capture_event(of_panic(panic, role), None);
        before(panic);
    }));
    Some(Reports::new(client, role))
}

/// Waits a moment until the last reports are gone; nothing is reported after that.
pub fn finish() {
    if let Some(client) = CLIENT.get() {
        client.close(Some(LAST_REPORTS));
    }
}

fn of_panic(panic: &PanicHookInfo<'_>, role: &'static str) -> Event<'static> {
    let payload = panic.payload();
    let text = payload.downcast_ref::<&str>().copied().or_else(|| payload.downcast_ref::<String>().map(String::as_str));
    let mut event = Event { level: Level::Fatal, ..Event::default() };
    let exception = Exception { ty: "panic".to_owned(), value: text.map(scrub::scrub), ..Exception::default() };
    event.exception = Values::from(vec![exception]);
    event.culprit = panic.location().map(|place| format!("{}:{}", place.file(), place.line()));
    event.tags.insert("role".to_owned(), role.to_owned());
    event
}
