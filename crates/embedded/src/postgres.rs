//! One Postgres server on a free port of the loopback interface.

use std::os::unix::fs::{OpenOptionsExt, PermissionsExt};
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use nix::sys::signal::Signal;
use sqlx::postgres::{PgConnectOptions, PgSslMode};
use sqlx::{ConnectOptions, Connection, PgConnection};

use crate::account::{self, Account};
use crate::child::{self, Launch, Supervised};
use crate::error::Error;
use crate::{Profile, binaries, loopback, machine, orphan};
use std::os::unix::process::CommandExt;

const SERVER: &str = "Postgres";
/// Role and database of the product.
const NAME: &str = "lode";
/// Recovery after a crash replays at most `max_wal_size`; it takes seconds, this is for slow disks.
const READY_WITHIN: Duration = Duration::from_secs(120);
/// Fast shutdown, then immediate shutdown (recovered at the next start).
const STOP: [(Signal, Duration); 2] =
    [(Signal::SIGINT, Duration::from_secs(20)), (Signal::SIGQUIT, Duration::from_secs(5))];

/// A running Postgres.
pub struct Postgres {
    child: Supervised,
    port: u16,
    /// Folder of the Unix socket, where there is one.
    socket: Option<String>,
    password: String,
}

impl Postgres {
    /// Makes the cluster when there is none, recovers one that was killed, and returns when the server answers to our
    /// password from our data directory.
    ///
    /// # Errors
    /// Every [`Error`] but `InUse`.
    pub async fn start(place: &Path, account: Option<Account>, profile: Profile) -> Result<Self, Error> {
        let binary = binaries::postgres()?;
        let place = place.to_owned();
        let (program, cluster, password) = tokio::task::spawn_blocking(move || {
            let program = account::runnable(binary, account)?;
            let cluster = place.join("postgres");
            let password = prepare_cluster(&program, &place, &cluster, account)?;
            Ok::<_, Error>((program, cluster, password))
        })
        .await
        .map_err(|error| Error::Refused { server: SERVER, reason: error.to_string() })??;
        let mut last = None;
        // The free port may be taken between asking for it and using it.
        for _ in 0..3 {
            let port = loopback::free_port()?;
            let socket = socket_folder(&cluster, profile);
            let child = Supervised::start(launch(&program, &cluster, account, profile, port, socket.as_deref()))?;
            let server = Self { child, port, socket, password: password.clone() };
            match server.wait_until_ready(&cluster).await {
                Ok(()) => {
                    server.child.keep_running();
                    return Ok(server);
                }
                Err(error @ Error::NotStarted { .. }) if error.to_string().contains("in use") => last = Some(error),
                Err(error) => return Err(error),
            }
            tokio::time::sleep(Duration::from_millis(500)).await;
        }
        Err(last.unwrap_or(Error::Refused { server: SERVER, reason: "no port is free".to_owned() }))
    }

    /// Connection string of the product's database, with its password. It names the Unix socket where there is one: over TCP
    /// the driver waits about 40 ms for each COPY, because it leaves Nagle's algorithm on (sqlx 0.9, issue 4335).
    #[must_use]
    pub fn url(&self) -> String {
        let address = format!("postgres://{NAME}:{}@127.0.0.1:{}/{NAME}?sslmode=disable", self.password, self.port);
        match &self.socket {
            Some(folder) => format!("{address}&host={folder}"),
            None => address,
        }
    }

    /// The supervised process.
    #[must_use]
    pub fn child(&self) -> &Supervised {
        &self.child
    }

    async fn wait_until_ready(&self, cluster: &Path) -> Result<(), Error> {
        let until = Instant::now() + READY_WITHIN;
        let mut last = String::from("it never answered");
        while Instant::now() < until {
            if let Some(exit) = self.child.failure() {
                return Err(self.child.not_started(exit));
            }
            match self.probe(cluster).await {
                Ok(()) => return Ok(()),
                Err(error) => last = error.to_string(),
            }
            tokio::time::sleep(Duration::from_millis(25)).await;
        }
        Err(self.child.not_started(format!("not ready after {} s: {last}", READY_WITHIN.as_secs())))
    }

    /// Proves that the server behind the port is ours, and that the product's database is there.
    async fn probe(&self, cluster: &Path) -> Result<(), sqlx::Error> {
        let options = PgConnectOptions::new_without_pgpass()
            .host("127.0.0.1")
            .port(self.port)
            .username(NAME)
            .password(&self.password)
            .database("postgres")
            .ssl_mode(PgSslMode::Disable)
            .disable_statement_logging();
        let mut connection = PgConnection::connect_with(&options).await?;
        let directory: String = sqlx::query_scalar("SHOW data_directory").fetch_one(&mut connection).await?;
        if Path::new(&directory) != cluster {
            return Err(sqlx::Error::Protocol(format!("another server answers, with data in {directory}")));
        }
        let exists: bool = sqlx::query_scalar("SELECT EXISTS (SELECT FROM pg_database WHERE datname = $1)")
            .bind(NAME)
            .fetch_one(&mut connection)
            .await?;
        if !exists {
            sqlx::query("CREATE DATABASE lode").execute(&mut connection).await?;
        }
        connection.close().await
    }
}

/// The cluster's own folder, which nobody else can enter; `None` for servers of tests, which are reached as remote ones are, and
/// where the path is longer than the system allows or would have to be quoted in an address.
fn socket_folder(cluster: &Path, profile: Profile) -> Option<String> {
    /// `sun_path` has 104 bytes on macOS and 108 on Linux, with the 0 at its end; the name is `/.s.PGSQL.65535`.
    const LONGEST: usize = 103 - "/.s.PGSQL.65535".len();
    let path = cluster.to_str().filter(|path| path.starts_with('/') && path.len() <= LONGEST)?;
    let is_plain = path.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"/._-".contains(&byte));
    (is_plain && profile != Profile::Throwaway).then(|| path.to_owned())
}

/// Removes the sockets of servers that were killed.
fn remove_old_sockets(cluster: &Path) {
    for entry in std::fs::read_dir(cluster).into_iter().flatten().flatten() {
        if entry.file_name().to_string_lossy().starts_with(".s.PGSQL.") {
            let _ = std::fs::remove_file(entry.path());
        }
    }
}

fn launch(
    program: &Path,
    cluster: &Path,
    account: Option<Account>,
    profile: Profile,
    port: u16,
    socket: Option<&str>,
) -> Launch {
    let mark = cluster.display().to_string();
    let lock_file = cluster.join("postmaster.pid");
    let mut arguments = vec!["-D".to_owned(), mark.clone()];
    let sockets = ("unix_socket_directories", socket.unwrap_or_default().to_owned());
    for (name, value) in settings(profile, port).into_iter().chain([sockets]) {
        arguments.push("-c".to_owned());
        arguments.push(format!("{name}={value}"));
    }
    Launch {
        server: SERVER,
        program: program.to_owned(),
        arguments,
        account,
        log: cluster.with_extension("log"),
        directory: cluster.to_owned(),
        stop_signals: STOP.to_vec(),
        prepare: Box::new(move || {
            if let Some(pid) = orphan::read_pid(&lock_file) {
                orphan::end_if_ours(pid, &mark, &STOP);
                orphan::disarm_lock_file(&lock_file, &mark);
            }
            remove_old_sockets(Path::new(&mark));
        }),
    }
}

/// Settings for one machine that imports in bulk and answers few, short queries.
fn settings(profile: Profile, port: u16) -> Vec<(&'static str, String)> {
    let memory = machine::memory_megabytes();
    let shared = (memory / 8).clamp(64, 2048);
    let mut settings = vec![
        ("listen_addresses", "127.0.0.1".to_owned()),
        ("port", port.to_string()),
        ("max_connections", "100".to_owned()),
        ("shared_buffers", format!("{shared}MB")),
        ("effective_cache_size", format!("{}MB", (memory / 2).max(128))),
        ("work_mem", format!("{}MB", (memory / 256).clamp(8, 64))),
        ("maintenance_work_mem", format!("{}MB", (memory / 16).clamp(64, 512))),
        ("random_page_cost", "1.1".to_owned()),
        ("jit", "off".to_owned()),
        // Nothing replicates from here, so bulk loads may skip the log where that is safe.
        ("wal_level", "minimal".to_owned()),
        ("max_wal_senders", "0".to_owned()),
        ("max_wal_size", "2GB".to_owned()),
        ("checkpoint_timeout", "15min".to_owned()),
        ("wal_compression", "on".to_owned()),
        ("password_encryption", "scram-sha-256".to_owned()),
        ("timezone", "UTC".to_owned()),
        ("log_timezone", "UTC".to_owned()),
        ("log_line_prefix", "%m [%p] %u@%d ".to_owned()),
        ("shared_preload_libraries", String::new()),
    ];
    if profile == Profile::Throwaway {
        settings.extend([
            ("fsync", "off".to_owned()),
            ("synchronous_commit", "off".to_owned()),
            // Readers of the change feed wait until what they read is flushed.
            ("wal_writer_delay", "10ms".to_owned()),
            ("full_page_writes", "off".to_owned()),
            // A test that stops while it connects would hold up every DROP DATABASE for the default of a minute.
            ("authentication_timeout", "5s".to_owned()),
        ]);
        for (name, value) in &mut settings {
            match *name {
                "max_connections" => "300".clone_into(value),
                "shared_buffers" => *value = format!("{}MB", shared.min(256)),
                _ => {}
            }
        }
    }
    settings
}

/// Makes the cluster or checks its version; returns the password of our role.
fn prepare_cluster(program: &Path, place: &Path, cluster: &Path, account: Option<Account>) -> Result<String, Error> {
    let secret = place.join("postgres.password");
    let version_file = cluster.join("PG_VERSION");
    if !version_file.is_file() {
        return init(program, place, cluster, &secret, account);
    }
    let found = std::fs::read_to_string(&version_file).unwrap_or_default().trim().to_owned();
    let ours = major_version(program)?;
    if found != ours {
        return Err(Error::WrongVersion { data_dir: cluster.to_owned(), found, ours });
    }
    match std::fs::read_to_string(&secret) {
        Ok(password) if !password.trim().is_empty() => Ok(password.trim().to_owned()),
        _ => {
            end_orphan(cluster);
            let password = new_password();
            set_password(program, cluster, account, &password)?;
            write_secret(&secret, &password)?;
            Ok(password)
        }
    }
}

fn end_orphan(cluster: &Path) {
    if let Some(pid) = orphan::read_pid(&cluster.join("postmaster.pid")) {
        orphan::end_if_ours(pid, &cluster.display().to_string(), &STOP);
    }
}

fn init(
    program: &Path,
    place: &Path,
    cluster: &Path,
    secret: &Path,
    account: Option<Account>,
) -> Result<String, Error> {
    // A folder without PG_VERSION is what a killed initdb leaves; nothing of value can be in it.
    let partial = place.join("postgres.new");
    for leftover in [partial.as_path(), cluster] {
        if leftover.exists() {
            std::fs::remove_dir_all(leftover).map_err(Error::io(format!("cannot clear {}", leftover.display())))?;
        }
    }
    account::create_folder(&partial, 0o700)?;
    account::give(&partial, account)?;
    let password = new_password();
    let password_file = partial.with_extension("pw");
    write_secret(&password_file, &password)?;
    account::give(&password_file, account)?;
    let major = major_version(program)?;
    let mut command = as_account(&program.with_file_name("initdb"), account, place);
    command.arg("-D").arg(&partial).args(["-U", NAME, "--auth=scram-sha-256", "--encoding=UTF8", "--locale=C"]);
    if major.parse::<u32>().is_ok_and(|major| major >= 17) {
        // Letters beyond ASCII are letters, the same on every machine.
        command.args(["--locale-provider=builtin", "--builtin-locale=C.UTF-8"]);
    }
    command.arg(format!("--pwfile={}", password_file.display()));
    let output =
        command.output().map_err(Error::io(format!("cannot run {}", program.with_file_name("initdb").display())));
    let _ = std::fs::remove_file(&password_file);
    let output = output?;
    if !output.status.success() {
        let said = String::from_utf8_lossy(&output.stderr).trim().to_owned();
        return Err(Error::Refused { server: "initdb", reason: said });
    }
    write_secret(secret, &password)?;
    std::fs::rename(&partial, cluster).map_err(Error::io(format!("cannot create {}", cluster.display())))?;
    Ok(password)
}

/// Sets the password without a running server, for a data directory whose password file was lost.
fn set_password(program: &Path, cluster: &Path, account: Option<Account>, password: &str) -> Result<(), Error> {
    use std::io::Write;
    let mut child = as_account(program, account, cluster)
        .args(["--single", "-D"])
        .arg(cluster)
        .arg("postgres")
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .map_err(Error::io("cannot run postgres"))?;
    if let Some(mut input) = child.stdin.take() {
        writeln!(input, "ALTER ROLE {NAME} PASSWORD '{password}'").map_err(Error::io("cannot write to postgres"))?;
    }
    let status = child.wait().map_err(Error::io("cannot wait for postgres"))?;
    if status.success() {
        Ok(())
    } else {
        Err(Error::Refused { server: SERVER, reason: "its password could not be set anew".to_owned() })
    }
}

fn as_account(program: &Path, account: Option<Account>, directory: &Path) -> Command {
    let mut command = Command::new(program);
    command.env_clear().envs(child::bare_environment()).current_dir(directory).stdin(Stdio::null());
    if let Some(account) = account {
        command.uid(account.uid.as_raw()).gid(account.gid.as_raw());
    }
    command
}

/// `18` of `postgres (PostgreSQL) 18.6`.
fn major_version(program: &Path) -> Result<String, Error> {
    let output = Command::new(program)
        .arg("--version")
        .output()
        .map_err(Error::io(format!("cannot run {}", program.display())))?;
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    text.split_whitespace()
        .find(|word| word.starts_with(|c: char| c.is_ascii_digit()))
        .map(|version| version.chars().take_while(char::is_ascii_digit).collect())
        .ok_or_else(|| Error::Refused { server: SERVER, reason: format!("it gives its version as {text:?}") })
}

fn new_password() -> String {
    hex::encode(rand::random::<[u8; 24]>())
}

fn write_secret(path: &Path, secret: &str) -> Result<(), Error> {
    use std::io::Write;
    let _ = std::fs::remove_file(path);
    std::fs::OpenOptions::new()
        .write(true)
        .create_new(true)
        .mode(0o600)
        .open(path)
        .and_then(|mut file| {
            file.set_permissions(std::fs::Permissions::from_mode(0o600))?;
            file.write_all(secret.as_bytes())
        })
        .map_err(Error::io(format!("cannot write {}", path.display())))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_socket_lies_in_the_cluster_where_its_path_can_be_named() {
        let of = |path: &str, profile| socket_folder(Path::new(path), profile);
        assert_eq!(of("/var/lib/lode/postgres", Profile::Durable).as_deref(), Some("/var/lib/lode/postgres"));
        assert_eq!(of("/var/lib/lode/postgres", Profile::Throwaway), None);
        let (just, over) = (format!("/{}", "a".repeat(87)), format!("/{}", "a".repeat(88)));
        assert_eq!((of(&just, Profile::Durable), of(&over, Profile::Durable)), (Some(just), None));
        for path in ["relative/postgres", "/with space/postgres", "/a?b&c/postgres", "/över/postgres"] {
            assert_eq!(of(path, Profile::Durable), None, "{path}");
        }
    }
}
