//! What the running process has cost so far: processor time of a thread, peak memory. Linux tells; other systems do not.

use std::time::Duration;

/// Processor time that the calling thread has used, waiting left out; `None` where the system does not tell.
#[must_use]
pub fn processor_time() -> Option<Duration> {
    let text = std::fs::read_to_string("/proc/thread-self/schedstat").ok()?;
    text.split_whitespace().next()?.parse().ok().map(Duration::from_nanos)
}

/// Watches how high the memory of the process rises.
#[derive(Clone, Copy, Debug)]
pub struct PeakMemory {
    resident_at_start: u64,
}

impl PeakMemory {
    /// Begins to watch: forgets earlier peaks. `None` where the system cannot.
    #[must_use]
    pub fn start() -> Option<Self> {
        std::fs::write("/proc/self/clear_refs", "5").ok()?;
        Some(Self { resident_at_start: status("VmRSS:")? })
    }

    /// The highest resident memory since the start beyond what was resident then, in bytes.
    #[must_use]
    pub fn above_start(&self) -> Option<u64> {
        Some(status("VmHWM:")?.saturating_sub(self.resident_at_start))
    }
}

/// A line of `/proc/self/status` that is in kB, in bytes.
fn status(name: &str) -> Option<u64> {
    let text = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = text.lines().find_map(|line| line.strip_prefix(name))?;
    line.split_whitespace().next()?.parse::<u64>().ok().map(|kilobytes| kilobytes * 1024)
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use super::*;

    #[test]
    fn memory_that_was_given_back_is_in_the_peak() {
        let memory = PeakMemory::start().unwrap();
        let before = processor_time().unwrap();
        // Much more than other tests of this process (keys from passphrases take 64 MB) can give back meanwhile.
        drop(std::hint::black_box(vec![1_u8; 512 << 20]));
        assert!(memory.above_start().unwrap() >= 256 << 20);
        assert!(processor_time().unwrap() > before);
    }
}
