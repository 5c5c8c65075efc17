//! A Postgres of a test's own, for what happens to whole servers: killed at once, restored from a dump, copied, promoted.

use std::io::Read;
use std::net::{Ipv4Addr, TcpListener};
use std::os::unix::fs::PermissionsExt;
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use embedded::account::{self, Account};
use nix::sys::signal::{Signal, kill};
use nix::unistd::Pid;
use sqlx::{Connection, PgConnection};
use tempfile::TempDir;

/// Settings of every server: fast, with room for standbys; the port and the rest are given at the start.
const SETTINGS: [&str; 9] = [
    "listen_addresses=127.0.0.1",
    "unix_socket_directories=",
    "fsync=off",
    "full_page_writes=off",
    "shared_buffers=32MB",
    "max_connections=60",
    "wal_level=replica",
    "max_wal_senders=4",
    "timezone=UTC",
];

/// A server with its data; killed and removed when dropped.
pub struct Cluster {
    folder: TempDir,
    program: PathBuf,
    account: Option<Account>,
    port: u16,
    settings: Vec<String>,
    server: Option<Child>,
}

impl Cluster {
    /// A running server with an empty database `lode`, to which every migration was applied.
    ///
    /// # Panics
    /// When it cannot be made or started, with the reason.
    pub async fn start(settings: &[&str]) -> Self {
        let mut cluster = Self::empty(settings);
        let data = cluster.data();
        let locale = ["--encoding=UTF8", "--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"];
        let mut initdb = cluster.command("initdb");
        run(initdb.arg("-D").arg(&data).args(["-U", "lode", "--auth=trust", "-N"]).args(locale));
        cluster.run_server().await;
        let mut admin = cluster.admin().await;
        sqlx::raw_sql("CREATE DATABASE lode").execute(&mut admin).await.expect("a database");
        let pool = sqlx::PgPool::connect(&cluster.url()).await.expect("the server accepts connections");
        store::schema::migrate(&pool).await.expect("every migration applies");
        pool.close().await;
        cluster
    }

    fn empty(settings: &[&str]) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        std::fs::set_permissions(folder.path(), std::fs::Permissions::from_mode(0o711)).expect("its mode");
        let account = account::unprivileged().expect("an account for servers");
        let binary = embedded::binaries::postgres().expect("the programs of Postgres");
        let program = account::runnable(binary, account).expect("programs that the account can run");
        let cluster = Self {
            folder,
            program,
            account,
            port: free_port(),
            settings: settings.iter().map(|setting| (*setting).to_owned()).collect(),
            server: None,
        };
        account::create_folder(&cluster.data(), 0o700).expect("a folder");
        account::give(&cluster.data(), account).expect("a folder of the account");
        cluster
    }

    fn data(&self) -> PathBuf {
        self.folder.path().join("data")
    }

    /// Connection string of the database `lode`.
    #[must_use]
    pub fn url(&self) -> String {
        format!("postgres://lode@127.0.0.1:{}/lode?sslmode=disable", self.port)
    }

    /// A connection to the database `postgres`.
    ///
    /// # Panics
    /// When the server does not answer.
    pub async fn admin(&self) -> PgConnection {
        let url = format!("postgres://lode@127.0.0.1:{}/postgres?sslmode=disable", self.port);
        PgConnection::connect(&url).await.expect("the server accepts connections")
    }

    fn command(&self, name: &str) -> Command {
        let mut command = Command::new(self.program.with_file_name(name));
        command.current_dir(self.folder.path()).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::piped());
        command.env("PGHOST", "127.0.0.1").env("PGPORT", self.port.to_string()).env("PGUSER", "lode");
        if let Some(account) = self.account {
            command.uid(account.uid.as_raw()).gid(account.gid.as_raw());
        }
        command
    }

    /// Starts a server that was killed or stopped, on its old port, and waits until it answers.
    ///
    /// # Panics
    /// When it does not come within a minute.
    pub async fn run_server(&mut self) {
        let log = std::fs::File::create(self.folder.path().join("log")).expect("a log");
        let mut command = self.command("postgres");
        command.arg("-D").arg(self.data()).arg("-c").arg(format!("port={}", self.port)).stderr(log);
        for setting in SETTINGS.iter().copied().chain(self.settings.iter().map(String::as_str)) {
            command.arg("-c").arg(setting);
        }
        let mut server = command.spawn().expect("a server");
        let until = Instant::now() + Duration::from_secs(60);
        let url = format!("postgres://lode@127.0.0.1:{}/postgres?sslmode=disable", self.port);
        loop {
            if let Ok(connection) = PgConnection::connect(&url).await {
                let _ = connection.close().await;
                break;
            }
            let has_ended = server.try_wait().expect("a child").is_some();
            if has_ended || Instant::now() > until {
                let log = std::fs::read_to_string(self.folder.path().join("log")).unwrap_or_default();
                panic!("the server did not start: {log}");
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        self.server = Some(server);
    }

    /// SIGKILL to every process of the server at once: what is not on disk is lost.
    pub fn kill(&mut self) {
        // Stopped first, so that none is born meanwhile and none does anything on learning of another's end.
        let all = self.pause();
        let Some(mut server) = self.server.take() else { return };
        signal_all(&all, Signal::SIGKILL);
        let _ = server.wait();
        // Their memory is free again a moment later.
        let until = Instant::now() + Duration::from_secs(10);
        while all.iter().any(|process| is_alive(*process)) && Instant::now() < until {
            std::thread::sleep(Duration::from_millis(5));
        }
    }

    /// SIGSTOP to every process of the server: connections stay open, and nothing answers. Returns the processes.
    pub fn pause(&self) -> Vec<Pid> {
        let Some(server) = &self.server else { return Vec::new() };
        let own = Pid::from_raw(server.id().cast_signed());
        let _ = kill(own, Signal::SIGSTOP);
        let children = children(server.id()).into_iter().map(|id| Pid::from_raw(id.cast_signed()));
        let all: Vec<Pid> = children.chain([own]).collect();
        signal_all(&all, Signal::SIGSTOP);
        all
    }

    /// Lets processes that [`Self::pause`] stopped go on.
    pub fn resume(paused: &[Pid]) {
        signal_all(paused, Signal::SIGCONT);
    }

    /// Ends the server in order, connections included.
    ///
    /// # Panics
    /// When it is not running.
    pub fn stop(&mut self) {
        let mut server = self.server.take().expect("a running server");
        let _ = kill(Pid::from_raw(server.id().cast_signed()), Signal::SIGINT);
        let _ = server.wait();
    }

    /// Copies the data of a stopped server.
    ///
    /// # Panics
    /// When a file cannot be copied.
    #[must_use]
    pub fn copy(&self) -> TempDir {
        assert!(self.server.is_none(), "the data of a running server is copied by pg_basebackup");
        let copy = tempfile::tempdir().expect("a folder");
        run(Command::new("cp").args(["-a", "--"]).arg(self.data()).arg(copy.path()).stderr(Stdio::piped()));
        copy
    }

    /// Puts a copy in the place of a stopped server's data.
    ///
    /// # Panics
    /// When a file cannot be copied.
    pub fn put_back(&self, copy: &TempDir) {
        assert!(self.server.is_none(), "the server must not run");
        std::fs::remove_dir_all(self.data()).expect("removed");
        let from = copy.path().join("data");
        run(Command::new("cp").args(["-a", "--"]).arg(from).arg(self.data()).stderr(Stdio::piped()));
    }

    /// A base backup of the running server, ready to be a standby.
    ///
    /// # Panics
    /// When it cannot be made.
    #[must_use]
    pub fn standby(&self) -> Self {
        let settings: Vec<&str> = self.settings.iter().map(String::as_str).collect();
        let standby = Self::empty(&settings);
        run(self
            .command("pg_basebackup")
            .arg("-D")
            .arg(standby.data())
            .args(["-R", "-X", "stream", "-c", "fast", "-N"]));
        standby
    }

    /// Takes over the port of another, which was killed: applications find this server under the old address.
    pub fn take_over(&mut self, port_of: &Self) {
        self.port = port_of.port;
    }

    /// Makes a running standby the primary.
    ///
    /// # Panics
    /// When it does not become one.
    pub async fn promote(&self) {
        let promoted: bool = sqlx::query_scalar("SELECT pg_promote(true, 60)")
            .fetch_one(&mut self.admin().await)
            .await
            .expect("a standby");
        assert!(promoted);
    }

    /// Dumps the database, drops it, and restores it under the same name on `to`.
    ///
    /// # Panics
    /// When a step fails.
    pub async fn dump_and_restore(&self, to: &Self) {
        let file = self.folder.path().join(format!("dump-{}", to.port));
        account::create_folder(&file, 0o700).expect("a folder");
        account::give(&file, self.account).expect("a folder of the account");
        let dump = file.join("all");
        run(self.command("pg_dump").args(["-d", "lode", "-Fc", "-f"]).arg(&dump));
        let mut admin = to.admin().await;
        sqlx::raw_sql("DROP DATABASE lode WITH (FORCE)").execute(&mut admin).await.expect("dropped");
        sqlx::raw_sql("CREATE DATABASE lode").execute(&mut admin).await.expect("created");
        run(to.command("pg_restore").args(["-d", "lode", "--no-owner", "--exit-on-error"]).arg(&dump));
        std::fs::remove_dir_all(&file).expect("removed");
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        self.kill();
    }
}

/// One that has ended meanwhile needs no signal.
fn signal_all(processes: &[Pid], signal: Signal) {
    for process in processes {
        let _ = kill(*process, signal);
    }
}

fn free_port() -> u16 {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).expect("a port");
    listener.local_addr().expect("an address").port()
}

/// Runs a command to its end.
fn run(command: &mut Command) {
    let mut child = command.spawn().expect("a program");
    let mut told = String::new();
    if let Some(mut errors) = child.stderr.take() {
        let _ = errors.read_to_string(&mut told);
    }
    assert!(child.wait().expect("an end").success(), "{command:?}: {told}");
}

/// State and parent of a process.
fn state_and_parent(id: u32) -> Option<(String, u32)> {
    let stat = std::fs::read_to_string(Path::new("/proc").join(id.to_string()).join("stat")).ok()?;
    // They stand after the name, which is in brackets.
    let mut rest = stat.rsplit_once(") ")?.1.split(' ');
    Some((rest.next()?.to_owned(), rest.next()?.parse().ok()?))
}

fn is_alive(process: Pid) -> bool {
    state_and_parent(process.as_raw().cast_unsigned()).is_some_and(|(state, _)| state != "Z")
}

/// The processes whose parent is this one.
fn children(of: u32) -> Vec<u32> {
    let is_child = |id: u32| state_and_parent(id).is_some_and(|(_, parent)| parent == of);
    let entries = std::fs::read_dir("/proc").into_iter().flatten().flatten();
    entries.filter_map(|entry| entry.file_name().to_str()?.parse().ok()).filter(|id| is_child(*id)).collect()
}
