//! Whether the collector of traces takes what processes send it.

use config::{TracesConfig, without_credentials};
use services::diagnosis::{Finding, Part};

use crate::trace_export;

/// Asks the collector, where one is set.
pub(super) async fn look(traces: Option<&TracesConfig>) -> Finding {
    let Some(traces) = traces else {
        return Finding::well(Part::Traces, "none are exported (OTEL_EXPORTER_OTLP_ENDPOINT is not set)");
    };
    let endpoint = without_credentials(&traces.endpoint);
    match trace_export::probe(traces).await {
        Ok(()) => Finding::well(Part::Traces, format!("{endpoint} takes them")),
        Err(reason) => Finding::warning(
            Part::Traces,
            format!("{endpoint} does not take them: {reason}"),
            "start the collector with its OTLP receiver over HTTP (port 4318), or correct OTEL_EXPORTER_OTLP_ENDPOINT and \
             OTEL_EXPORTER_OTLP_HEADERS; nothing but traces is lost meanwhile",
        ),
    }
}
