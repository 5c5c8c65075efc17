//! Log lines: text for people on a terminal, JSON for machines; errors are reported where a server for them is set.

use std::io::IsTerminal;

use tracing_subscriber::EnvFilter;
use tracing_subscriber::layer::SubscriberExt;
use tracing_subscriber::util::SubscriberInitExt;

use crate::error_reports;
use crate::redaction::Redacting;
use crate::trace_export;
use config::{Config, LogFormat};

/// Starts logging to stderr; the first call of a process counts. `quiet` keeps ordinary requests out of a terminal.
pub fn start(config: &Config, quiet: bool) {
    begin(config, quiet, None);
}

/// As [`start`], for a process that stays: its errors and its traces are told as those of its role.
pub fn start_reporting(config: &Config, quiet: bool, role: &'static str) {
    begin(config, quiet, Some(role));
    if let Some(traces) = &config.traces {
        trace_export::start(traces, role);
    }
}

fn begin(config: &Config, quiet: bool, role: Option<&'static str>) {
    let default = if quiet { "warn,lode=warn" } else { "info,sqlx=warn,hyper=warn" };
    let filter = config.log_filter.as_deref().unwrap_or(default);
    let filter = EnvFilter::try_new(filter).unwrap_or_else(|_| EnvFilter::new(default));
    let is_terminal = std::io::stderr().is_terminal();
    let format = config.log_format.unwrap_or(if is_terminal { LogFormat::Text } else { LogFormat::Json });
    let reports = role.and_then(|role| error_reports::start(config, role));
    let builder = tracing_subscriber::fmt().with_env_filter(filter).with_writer(|| Redacting(std::io::stderr()));
    let _ = match format {
        LogFormat::Json => builder.json().flatten_event(true).with_span_list(false).finish().with(reports).try_init(),
        LogFormat::Text => builder.with_ansi(is_terminal).with_target(false).finish().with(reports).try_init(),
    };
}
