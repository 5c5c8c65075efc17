//! A server as a direct child process: reaped, restarted with back-off when it crashes, stopped in steps.
//!
//! One thread per server starts the child and waits for it. The child has its own process group, so a Ctrl-C at the
//! terminal reaches only the supervisor; on Linux the kernel stops the child when that thread ends with its process,
//! even by SIGKILL.

use std::fs::{File, OpenOptions};
use std::io::{Read, Seek, SeekFrom};
use std::os::unix::fs::OpenOptionsExt;
use std::os::unix::process::{CommandExt, ExitStatusExt};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use nix::sys::signal::{Signal, kill};
use nix::unistd::Pid;

use crate::account::Account;
use crate::error::Error;

const LOOK_INTERVAL: Duration = Duration::from_millis(50);
const FIRST_BACK_OFF: Duration = Duration::from_millis(100);
const LONGEST_BACK_OFF: Duration = Duration::from_secs(5);
/// A child that lived this long starts again without back-off.
const STEADY: Duration = Duration::from_secs(30);
/// A log longer than this is started anew at the next start.
const LOG_LIMIT: u64 = 16 << 20;

/// How a server is launched and ended.
pub struct Launch {
    /// For messages: `Postgres` or `Valkey`.
    pub server: &'static str,
    /// The program.
    pub program: PathBuf,
    /// Its arguments.
    pub arguments: Vec<String>,
    /// The account it runs under; `None` for this process's own.
    pub account: Option<Account>,
    /// Where its output goes.
    pub log: PathBuf,
    /// Working directory.
    pub directory: PathBuf,
    /// Signals in the order they are sent to stop it, each with how long it may take.
    pub stop_signals: Vec<(Signal, Duration)>,
    /// Runs before every start, e.g. to clear what a killed server left behind.
    pub prepare: Box<dyn Fn() + Send + Sync>,
}

struct State {
    child: Option<Child>,
    stopping: bool,
    /// Before the server was ready once, it is not restarted: the caller reports the failure.
    restarts_wanted: bool,
    restarts: u32,
    last_exit: Option<String>,
    ended: bool,
}

struct Shared {
    launch: Launch,
    state: Mutex<State>,
    changed: Condvar,
}

impl Shared {
    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A server that is kept running until it is stopped.
pub struct Supervised {
    shared: Arc<Shared>,
    thread: Mutex<Option<JoinHandle<()>>>,
}

impl Supervised {
    /// Starts the child and its supervising thread.
    ///
    /// # Errors
    /// When the thread cannot be made. A child that cannot be started shows in [`Supervised::failure`].
    pub fn start(launch: Launch) -> Result<Self, Error> {
        let server = launch.server;
        let shared = Arc::new(Shared {
            launch,
            state: Mutex::new(State {
                child: None,
                stopping: false,
                restarts_wanted: false,
                restarts: 0,
                last_exit: None,
                ended: false,
            }),
            changed: Condvar::new(),
        });
        let supervised = Arc::clone(&shared);
        let thread = std::thread::Builder::new()
            .name(format!("{server} supervisor"))
            .spawn(move || supervise(&supervised))
            .map_err(Error::io("cannot start a thread"))?;
        Ok(Self { shared, thread: Mutex::new(Some(thread)) })
    }

    /// Process id of the child while it runs.
    #[must_use]
    pub fn pid(&self) -> Option<u32> {
        self.shared.lock().child.as_ref().map(Child::id)
    }

    /// How often the child was started again after a crash.
    #[must_use]
    pub fn restarts(&self) -> u32 {
        self.shared.lock().restarts
    }

    /// From now on the child is started again when it ends.
    pub fn keep_running(&self) {
        self.shared.lock().restarts_wanted = true;
    }

    /// Why the child is gone permanently, when it is.
    #[must_use]
    pub fn failure(&self) -> Option<String> {
        let state = self.shared.lock();
        state.ended.then(|| state.last_exit.clone().unwrap_or_else(|| "it was stopped".to_owned()))
    }

    /// Stops the child and waits until it is gone. Calling it again does nothing.
    pub fn stop(&self) {
        self.shared.lock().stopping = true;
        self.shared.changed.notify_all();
        let thread = self.thread.lock().unwrap_or_else(PoisonError::into_inner).take();
        if let Some(thread) = thread {
            let _ = thread.join();
        }
    }

    /// An error with what was seen and the end of the log.
    #[must_use]
    pub fn not_started(&self, reason: String) -> Error {
        let log = self.shared.launch.log.clone();
        Error::NotStarted { server: self.shared.launch.server, reason, log_tail: log_tail(&log), log }
    }
}

impl Drop for Supervised {
    fn drop(&mut self) {
        self.stop();
    }
}

fn supervise(shared: &Shared) {
    let launch = &shared.launch;
    let mut back_off = FIRST_BACK_OFF;
    loop {
        (launch.prepare)();
        let begun = Instant::now();
        let exit = match spawn(launch) {
            Ok(child) => {
                shared.lock().child = Some(child);
                wait(shared)
            }
            Err(error) => format!("{} could not be run: {error}", launch.program.display()),
        };
        let mut state = shared.lock();
        state.last_exit = Some(exit.clone());
        if state.stopping || !state.restarts_wanted {
            state.ended = true;
            return;
        }
        state.restarts += 1;
        if begun.elapsed() >= STEADY {
            back_off = FIRST_BACK_OFF;
        }
        tracing::warn!(
            server = launch.server,
            exit,
            back_off_ms = back_off.as_millis(),
            "server ended; starting it again"
        );
        let (state, _) = shared
            .changed
            .wait_timeout_while(state, back_off, |state| !state.stopping)
            .unwrap_or_else(PoisonError::into_inner);
        if state.stopping {
            drop(state);
            shared.lock().ended = true;
            return;
        }
        back_off = (back_off * 2).min(LONGEST_BACK_OFF);
    }
}

/// Waits for the child to end by itself or, when stopping, ends it; says how it ended.
fn wait(shared: &Shared) -> String {
    loop {
        let mut state = shared.lock();
        let Some(child) = state.child.as_mut() else { return "it was not running".to_owned() };
        match child.try_wait() {
            Ok(Some(status)) => {
                state.child = None;
                return describe(status);
            }
            Ok(None) => {}
            Err(error) => {
                state.child = None;
                return format!("waiting for it failed: {error}");
            }
        }
        if state.stopping {
            drop(state);
            return end(shared);
        }
        drop(shared.changed.wait_timeout(state, LOOK_INTERVAL).unwrap_or_else(PoisonError::into_inner));
    }
}

fn end(shared: &Shared) -> String {
    let steps = shared.launch.stop_signals.iter().copied().chain([(Signal::SIGKILL, Duration::from_secs(10))]);
    for (signal, patience) in steps {
        let until = Instant::now() + patience;
        if let Some(pid) = shared.lock().child.as_ref().map(Child::id) {
            // The child is not reaped yet, so its id cannot belong to another process.
            let _ = kill(Pid::from_raw(pid.cast_signed()), signal);
        }
        while Instant::now() < until {
            let mut state = shared.lock();
            if let Some(Ok(Some(status))) = state.child.as_mut().map(Child::try_wait) {
                state.child = None;
                return describe(status);
            }
            drop(state);
            std::thread::sleep(Duration::from_millis(10));
        }
        tracing::warn!(server = shared.launch.server, signal = signal.as_str(), "server did not stop in time");
    }
    "it could not be stopped".to_owned()
}

fn describe(status: ExitStatus) -> String {
    match (status.code(), status.signal()) {
        (Some(code), _) => format!("it ended with exit status {code}"),
        (None, Some(signal)) => format!("it was ended by signal {signal}"),
        (None, None) => "it ended".to_owned(),
    }
}

fn spawn(launch: &Launch) -> std::io::Result<Child> {
    let log = open_log(&launch.log)?;
    let mut command = Command::new(&launch.program);
    command
        .args(&launch.arguments)
        .current_dir(&launch.directory)
        .env_clear()
        .envs(bare_environment())
        .stdin(Stdio::null())
        .stdout(log.try_clone()?)
        .stderr(log)
        .process_group(0);
    if let Some(account) = launch.account {
        command.uid(account.uid.as_raw()).gid(account.gid.as_raw());
    }
    #[cfg(target_os = "linux")]
    {
        let parent = nix::unistd::getpid();
        let signal = launch.stop_signals.first().map_or(Signal::SIGTERM, |step| step.0);
        // SAFETY: between fork and exec only prctl, getppid and the making of an error number happen, which are
        // async-signal-safe and allocate nothing.
        unsafe {
            command.pre_exec(move || {
                nix::sys::prctl::set_pdeathsig(signal)?;
                // The supervisor may have died before the line above.
                if nix::unistd::getppid() == parent { Ok(()) } else { Err(nix::errno::Errno::ESRCH.into()) }
            });
        }
    }
    command.spawn()
}

/// What a server needs of the environment: never `PGDATA`, `PGOPTIONS` and the like of whoever starts it.
pub(crate) fn bare_environment() -> Vec<(&'static str, String)> {
    let path = std::env::var("PATH").unwrap_or_else(|_| "/usr/bin:/bin".to_owned());
    vec![("PATH", path), ("LANG", "C".to_owned()), ("LC_ALL", "C".to_owned())]
}

pub(crate) fn open_log(path: &Path) -> std::io::Result<File> {
    let is_long = std::fs::metadata(path).is_ok_and(|meta| meta.len() > LOG_LIMIT);
    let mut options = OpenOptions::new();
    options.create(true).mode(0o600);
    if is_long {
        options.write(true).truncate(true)
    } else {
        options.append(true)
    };
    options.open(path)
}

fn log_tail(path: &Path) -> String {
    let mut bytes = Vec::new();
    if let Ok(mut file) = File::open(path) {
        let length = file.metadata().map_or(0, |meta| meta.len());
        let _ = file.seek(SeekFrom::Start(length.saturating_sub(4096)));
        let _ = file.read_to_end(&mut bytes);
    }
    let text = String::from_utf8_lossy(&bytes);
    let lines: Vec<_> = text.lines().rev().take(12).collect();
    lines.into_iter().rev().map(|line| format!("    {line}")).collect::<Vec<_>>().join("\n")
}
