//! Listens to the log: each line of level ERROR becomes a report.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

use sentry_core::Client;
use sentry_core::protocol::{Event, Level};
use tracing::Subscriber;
use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id};
use tracing_subscriber::layer::{Context, Layer};
use tracing_subscriber::registry::LookupSpan;

use super::scrub::scrub;

/// Fields that are reported as they are: they name a request, a job or a kind, never a person or a company.
const TAGS: [&str; 9] = ["request_id", "job_id", "trace_id", "kind", "attempt", "queue", "outcome", "status", "method"];

/// Reports lines of the log of level ERROR.
pub struct Reports {
    client: Arc<Client>,
    role: &'static str,
}

impl Reports {
    pub(super) fn new(client: Arc<Client>, role: &'static str) -> Self {
        Self { client, role }
    }
}

/// The fields of a span or an event that a report may have.
#[derive(Default)]
struct Fields {
    message: String,
    error: Option<String>,
    tags: BTreeMap<&'static str, String>,
}

impl Fields {
    fn note(&mut self, field: &Field, value: String) {
        match field.name() {
            "message" => self.message = value,
            "error" => self.error = Some(value),
            name => {
                if let Some(tag) = TAGS.iter().find(|tag| **tag == name).filter(|_| !value.is_empty()) {
                    self.tags.insert(tag, value.chars().take(200).collect());
                }
            }
        }
    }
}

impl Visit for Fields {
    fn record_str(&mut self, field: &Field, value: &str) {
        self.note(field, value.to_owned());
    }

    fn record_debug(&mut self, field: &Field, value: &dyn fmt::Debug) {
        self.note(field, format!("{value:?}"));
    }
}

impl<S: Subscriber + for<'a> LookupSpan<'a>> Layer<S> for Reports {
    fn on_new_span(&self, attributes: &Attributes<'_>, id: &Id, context: Context<'_, S>) {
        let mut fields = Fields::default();
        attributes.record(&mut fields);
        if let Some(span) = context.span(id).filter(|_| !fields.tags.is_empty()) {
            span.extensions_mut().insert(fields);
        }
    }

    fn on_event(&self, line: &tracing::Event<'_>, context: Context<'_, S>) {
        if *line.metadata().level() != tracing::Level::ERROR {
            return;
        }
        let mut fields = Fields::default();
        for span in context.event_scope(line).into_iter().flatten() {
            if let Some(outer) = span.extensions().get::<Fields>() {
                for (tag, value) in &outer.tags {
                    fields.tags.entry(tag).or_insert_with(|| value.clone());
                }
            }
        }
        line.record(&mut fields);
        self.client.capture_event(report(fields, line.metadata(), self.role), None);
    }
}

fn report(fields: Fields, line: &tracing::Metadata<'_>, role: &'static str) -> Event<'static> {
    let message = scrub(&fields.message);
    let mut event = Event { level: Level::Error, ..Event::default() };
    event.logger = Some(line.target().to_owned());
    event.culprit = line.file().zip(line.line()).map(|(file, line)| format!("{file}:{line}"));
    // Lines of one place are one issue, whatever the error says.
    event.fingerprint = vec![line.target().to_owned().into(), message.clone().into()].into();
    event.message = Some(match &fields.error {
        Some(error) => format!("{message}: {}", scrub(error)),
        None => message,
    });
    event.tags = fields.tags.into_iter().map(|(tag, value)| (tag.to_owned(), value)).collect();
    event.tags.insert("role".to_owned(), role.to_owned());
    event
}
