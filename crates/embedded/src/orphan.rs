//! Servers that outlived a killed supervisor: recognised by their own data directory, then ended.

use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};

use nix::errno::Errno;
use nix::sys::signal::{Signal, kill};
use nix::unistd::Pid;

/// A process id that no system hands out; Postgres takes a lock file that names it for a stale one.
const NO_SUCH_PROCESS: i32 = 999_999_999;

/// Ends the process when it is alive and its command line holds `mark` (its data directory or configuration file).
/// Returns whether such a process was there.
pub fn end_if_ours(pid: i32, mark: &str, signals: &[(Signal, Duration)]) -> bool {
    if !is_ours(pid, mark) {
        return false;
    }
    let last = (Signal::SIGKILL, Duration::from_secs(5));
    for (signal, patience) in signals.iter().copied().chain([last]) {
        tracing::info!(pid, signal = signal.as_str(), "ending a server that a killed process left behind");
        let _ = kill(Pid::from_raw(pid), signal);
        let until = Instant::now() + patience;
        while Instant::now() < until {
            if !is_ours(pid, mark) {
                return true;
            }
            std::thread::sleep(Duration::from_millis(20));
        }
    }
    true
}

/// Whether the process is alive and was started with `mark` in its command line.
#[must_use]
pub fn is_ours(pid: i32, mark: &str) -> bool {
    is_alive(pid) && command_line(pid).is_some_and(|line| line.contains(mark))
}

/// When the lock file of a cluster names a process that lives but is not its server (ids are used again), the name
/// is replaced by an impossible one. Postgres then still checks that nobody uses its old shared memory.
pub fn disarm_lock_file(postmaster_pid: &Path, mark: &str) {
    let Some(pid) = read_pid(postmaster_pid) else { return };
    if !is_alive(pid) || is_ours(pid, mark) {
        return;
    }
    let Ok(text) = std::fs::read_to_string(postmaster_pid) else { return };
    let rest = text.split_once('\n').map_or("", |(_, rest)| rest);
    if let Err(error) = std::fs::write(postmaster_pid, format!("{NO_SUCH_PROCESS}\n{rest}")) {
        tracing::warn!(%error, "a stale lock file could not be cleared");
    }
}

/// The process id on the first line of a pid file.
#[must_use]
pub fn read_pid(path: &Path) -> Option<i32> {
    std::fs::read_to_string(path).ok()?.lines().next()?.trim().parse().ok().filter(|pid| *pid > 1)
}

fn is_alive(pid: i32) -> bool {
    match kill(Pid::from_raw(pid), None) {
        Ok(()) => !is_zombie(pid),
        Err(errno) => errno == Errno::EPERM,
    }
}

fn is_zombie(pid: i32) -> bool {
    let Ok(stat) = std::fs::read_to_string(format!("/proc/{pid}/stat")) else { return false };
    stat.rsplit_once(')').is_some_and(|(_, rest)| rest.trim_start().starts_with('Z'))
}

fn command_line(pid: i32) -> Option<String> {
    if let Ok(bytes) = std::fs::read(format!("/proc/{pid}/cmdline")) {
        return Some(String::from_utf8_lossy(&bytes).replace('\0', " "));
    }
    let output = Command::new("ps").args(["-o", "command=", "-p", &pid.to_string()]).output().ok()?;
    Some(String::from_utf8_lossy(&output.stdout).into_owned())
}
