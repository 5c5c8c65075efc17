//! `lode up` as its user meets it: ready, a second start, a taken port, SIGKILL and recovery, Ctrl-C.

use std::io::{BufRead, BufReader};
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::{Child, Command, ExitStatus, Output, Stdio};
use std::time::{Duration, Instant};

use nix::sys::signal::{Signal, kill};
use nix::unistd::Pid;

/// Longer than any step takes on a slow machine; a hang then fails here instead of holding up everything after it.
const PATIENCE: Duration = Duration::from_secs(120);

struct Up {
    child: Child,
    url: String,
}

impl Drop for Up {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn command(data_dir: &Path, port: &str) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_lode"));
    command.args(["up", "--no-open", "--demo", "none", "--port", port, "--data-dir"]).arg(data_dir);
    for name in config::NAMES.iter().filter(|name| **name != "LODE_EMBEDDED_DIR") {
        command.env_remove(name);
    }
    // The settings file of whoever runs the tests is not theirs to read.
    command.current_dir(data_dir).env("LODE_EMBEDDED_DIR", bundle());
    command
}

/// The unpacked servers, found from the folder of the crate; empty means PATH.
fn bundle() -> std::ffi::OsString {
    embedded::binaries::bundle_directory().map(Into::into).unwrap_or_default()
}

/// Starts and waits for the line that says it is ready.
fn start(data_dir: &Path) -> Up {
    let log = std::fs::File::create(data_dir.join("up.log")).unwrap();
    let mut child = command(data_dir, "0").stdout(Stdio::piped()).stderr(log).spawn().unwrap();
    let output = BufReader::new(child.stdout.take().unwrap());
    let mut up = Up { child, url: String::new() };
    let (told, wait) = std::sync::mpsc::channel();
    std::thread::spawn(move || told.send(output.lines().next()));
    let line = match wait.recv_timeout(PATIENCE) {
        Ok(Some(Ok(line))) => line,
        other => panic!("lode up did not say that it is ready: {other:?}\n{}", log_of(data_dir)),
    };
    line.strip_prefix("ready ").unwrap_or_else(|| panic!("unexpected: {line}")).clone_into(&mut up.url);
    up
}

fn log_of(data_dir: &Path) -> String {
    std::fs::read_to_string(data_dir.join("up.log")).unwrap_or_default()
}

impl Up {
    fn signal(&self, signal: Signal) {
        kill(Pid::from_raw(self.child.id().cast_signed()), signal).unwrap();
    }

    /// How it ended, which it does in time.
    fn ended(&mut self, data_dir: &Path) -> ExitStatus {
        let until = Instant::now() + PATIENCE;
        loop {
            if let Some(status) = self.child.try_wait().unwrap() {
                return status;
            }
            assert!(Instant::now() < until, "lode up did not end\n{}", log_of(data_dir));
            std::thread::sleep(Duration::from_millis(20));
        }
    }
}

fn text(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

async fn is_ready(url: &str) -> bool {
    let _ = rustls::crypto::ring::default_provider().install_default();
    let client = reqwest::Client::builder().no_proxy().build().unwrap();
    client.get(format!("{url}/ready")).send().await.is_ok_and(|answer| answer.status().is_success())
}

/// Processes whose command line names the folder.
fn servers_of(data_dir: &Path) -> usize {
    let output = Command::new("ps").args(["-A", "-o", "command="]).output().unwrap();
    let needle = data_dir.display().to_string();
    String::from_utf8_lossy(&output.stdout)
        .lines()
        .filter(|line| line.contains(&needle) && !line.contains(" up "))
        .count()
}

#[tokio::test(flavor = "multi_thread")]
async fn an_installation_lives_through_everything_that_happens_to_one() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::set_permissions(folder.path(), std::fs::Permissions::from_mode(0o711)).unwrap();
    let data_dir = folder.path().canonicalize().unwrap();
    let mut up = start(&data_dir);
    assert!(is_ready(&up.url).await, "it said that it was ready");
    let running = embedded::running::find(&data_dir).expect("running.json names it");
    assert_eq!((running.pid, running.http_url.as_deref()), (up.child.id(), Some(up.url.as_str())));

    let second = command(&data_dir, "0").output().unwrap();
    assert!(!second.status.success());
    assert!(text(&second).contains(&up.child.id().to_string()) && text(&second).contains(&up.url), "{}", text(&second));

    let other = tempfile::tempdir().unwrap();
    let port = up.url.rsplit(':').next().unwrap().to_owned();
    let taken = command(other.path(), &port).output().unwrap();
    assert!(!taken.status.success());
    assert!(text(&taken).contains("--port"), "a taken port comes with its remedy: {}", text(&taken));

    let url = running.database_url;
    let migrated = Command::new(env!("CARGO_BIN_EXE_lode"))
        .args(["migrate", "--verify"])
        .current_dir(&data_dir)
        .env("DATABASE_URL", &url)
        .output()
        .unwrap();
    assert!(migrated.status.success(), "{}", text(&migrated));

    up.signal(Signal::SIGKILL);
    up.ended(&data_dir);
    assert_eq!(embedded::running::find(&data_dir), None, "a killed installation does not run");

    let mut up = start(&data_dir);
    assert!(is_ready(&up.url).await, "it recovers by itself");
    up.signal(Signal::SIGINT);
    let status = up.ended(&data_dir);
    assert!(status.success(), "Ctrl-C is an orderly end: {status}\n{}", log_of(&data_dir));
    let until = Instant::now() + Duration::from_secs(20);
    while servers_of(&data_dir) > 0 {
        assert!(Instant::now() < until, "servers outlive the installation");
        std::thread::sleep(Duration::from_millis(50));
    }
    assert!(!data_dir.join("running.json").exists());
    stopped_at_any_moment(&data_dir);
}

/// Ctrl-C while the parts are still starting ends all of them: each waits for the same signal. The time counts from its
/// first words: before them a slow machine is still loading the program, and the signal ends it like any other.
fn stopped_at_any_moment(data_dir: &Path) {
    for milliseconds in [0, 150, 400, 700, 1_000, 1_400, 2_000] {
        let log = std::fs::File::create(data_dir.join("up.log")).unwrap();
        let child = command(data_dir, "0").stdout(Stdio::null()).stderr(log).spawn().unwrap();
        let mut up = Up { child, url: String::new() };
        let until = Instant::now() + PATIENCE;
        while log_of(data_dir).is_empty() {
            assert!(Instant::now() < until, "lode up said nothing");
            std::thread::sleep(Duration::from_millis(1));
        }
        std::thread::sleep(Duration::from_millis(milliseconds));
        up.signal(Signal::SIGINT);
        let status = up.ended(data_dir);
        assert!(status.success(), "Ctrl-C after {milliseconds} ms: {status}\n{}", log_of(data_dir));
    }
}
