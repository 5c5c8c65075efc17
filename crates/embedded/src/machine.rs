//! The size of this machine, as far as the servers' settings depend on it.

/// Memory that may be used, in megabytes: the smaller of the machine's and the container's; 2048 when unknown.
#[must_use]
pub fn memory_megabytes() -> u64 {
    let machine = std::fs::read_to_string("/proc/meminfo")
        .ok()
        .and_then(|text| text.lines().next()?.split_whitespace().nth(1)?.parse::<u64>().ok())
        .map_or(2048, |kilobytes| kilobytes / 1024);
    let container = ["/sys/fs/cgroup/memory.max", "/sys/fs/cgroup/memory/memory.limit_in_bytes"]
        .iter()
        .find_map(|path| std::fs::read_to_string(path).ok()?.trim().parse::<u64>().ok())
        .map_or(u64::MAX, |bytes| bytes >> 20);
    machine.min(container).max(256)
}
