//! Asks that models are asked what they can do, where nobody knows or long ago.

use std::time::Duration;

use queue::Job;
use serde::{Deserialize, Serialize};

use crate::MONITORS;

/// One look over the providers of the worker's settings.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct ProbeModels {
    /// These providers, whatever is known of them; those that are due when none is named.
    #[serde(default)]
    pub names: Vec<String>,
}

impl Job for ProbeModels {
    const KIND: &'static str = "probe_models";
    const QUEUE: &'static str = MONITORS;
    const MAX_ATTEMPTS: u16 = 1;
    const TIMEOUT: Duration = Duration::from_secs(900);

    fn unique_key(&self) -> Option<String> {
        Some(if self.names.is_empty() { "due".to_owned() } else { self.names.join(",") })
    }
}
