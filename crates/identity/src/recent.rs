//! Answers of the database that are good for a few seconds, so that a page's twenty requests ask once.

use std::collections::HashMap;
use std::hash::Hash;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

/// More entries than this are not kept; the oldest go first.
const CAPACITY: usize = 10_000;

/// A small cache whose entries expire.
pub struct Recent<K, V> {
    entries: Mutex<HashMap<K, (Instant, V)>>,
    lifetime: Duration,
}

impl<K: Hash + Eq + Clone, V: Clone> Recent<K, V> {
    /// An empty cache whose entries are good for that long.
    #[must_use]
    pub fn new(lifetime: Duration) -> Self {
        Self { entries: Mutex::new(HashMap::new()), lifetime }
    }

    /// The entry, while it is good.
    #[must_use]
    pub fn get(&self, key: &K) -> Option<V> {
        let entries = self.entries.lock().unwrap_or_else(PoisonError::into_inner);
        entries.get(key).filter(|(since, _)| since.elapsed() < self.lifetime).map(|(_, value)| value.clone())
    }

    /// Keeps an entry.
    pub fn put(&self, key: K, value: V) {
        let mut entries = self.entries.lock().unwrap_or_else(PoisonError::into_inner);
        if entries.len() >= CAPACITY {
            entries.retain(|_, (since, _)| since.elapsed() < self.lifetime);
            if entries.len() >= CAPACITY {
                entries.clear();
            }
        }
        entries.insert(key, (Instant::now(), value));
    }

    /// Forgets everything: something was taken back, which must count at once.
    pub fn clear(&self) {
        self.entries.lock().unwrap_or_else(PoisonError::into_inner).clear();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn entries_expire_and_can_be_forgotten() {
        let recent = Recent::new(Duration::from_secs(60));
        recent.put("a", 1);
        assert_eq!(recent.get(&"a"), Some(1));
        recent.clear();
        assert_eq!(recent.get(&"a"), None);
        let gone = Recent::new(Duration::ZERO);
        gone.put("a", 1);
        assert_eq!(gone.get(&"a"), None);
        for number in 0..3 * CAPACITY {
            recent.put("b", number);
        }
        assert_eq!(recent.get(&"b"), Some(3 * CAPACITY - 1));
    }
}
