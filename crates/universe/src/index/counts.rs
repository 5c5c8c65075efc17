//! How many companies filters pass, remembered for as long as neither the data nor a set that they name has changed.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

/// Counts kept; beyond them the cache starts anew.
const MOST_KEPT: usize = 10_000;

/// Counts by filter, the versions of its sets and of the data.
#[derive(Default)]
pub struct Counts(Mutex<HashMap<String, u64>>);

impl Counts {
    /// Forgets all counts.
    pub fn forget_everything(&self) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clear();
    }

    /// The count, when it was taken.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<u64> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).get(key).copied()
    }

    /// Remembers a count.
    pub fn put(&self, key: String, count: u64) {
        let mut counts = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if counts.len() >= MOST_KEPT {
            counts.clear();
        }
        counts.insert(key, count);
    }
}
