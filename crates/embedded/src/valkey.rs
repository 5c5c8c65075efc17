//! One Valkey server on a free port of the loopback interface, for transient queue state: nothing is saved.

use std::os::unix::fs::{OpenOptionsExt, PermissionsExt};
use std::path::Path;
use std::time::{Duration, Instant};

use nix::sys::signal::Signal;

use crate::account::{self, Account};
use crate::child::{Launch, Supervised};
use crate::error::Error;
use crate::{Profile, binaries, loopback, machine, orphan};

const SERVER: &str = "Valkey";
const READY_WITHIN: Duration = Duration::from_secs(30);
const STOP: [(Signal, Duration); 1] = [(Signal::SIGTERM, Duration::from_secs(5))];

/// A running Valkey (or Redis).
pub struct Valkey {
    child: Supervised,
    port: u16,
    password: String,
}

impl Valkey {
    /// Starts the server and returns when it answers to our password from our folder.
    ///
    /// # Errors
    /// Every [`Error`] but `InUse`.
    pub async fn start(place: &Path, account: Option<Account>, profile: Profile) -> Result<Self, Error> {
        let program = account::runnable(binaries::valkey()?, account)?;
        let directory = place.join("valkey");
        account::create_folder(&directory, 0o700)?;
        account::give(&directory, account)?;
        let password = hex::encode(rand::random::<[u8; 24]>());
        let mut last = None;
        for _ in 0..3 {
            let port = loopback::free_port()?;
            let configuration = directory.join("valkey.conf");
            write_configuration(&configuration, &directory, port, &password, profile, account)?;
            let child = Supervised::start(launch(&program, &directory, &configuration, account))?;
            let server = Self { child, port, password: password.clone() };
            match server.wait_until_ready(&directory).await {
                Ok(()) => {
                    server.child.keep_running();
                    return Ok(server);
                }
                Err(error @ Error::NotStarted { .. }) if error.to_string().contains("in use") => last = Some(error),
                Err(error) => return Err(error),
            }
        }
        Err(last.unwrap_or(Error::Refused { server: SERVER, reason: "no port is free".to_owned() }))
    }

    /// Connection string with its password.
    #[must_use]
    pub fn url(&self) -> String {
        format!("redis://:{}@127.0.0.1:{}/0", self.password, self.port)
    }

    /// The supervised process.
    #[must_use]
    pub fn child(&self) -> &Supervised {
        &self.child
    }

    async fn wait_until_ready(&self, directory: &Path) -> Result<(), Error> {
        let until = Instant::now() + READY_WITHIN;
        let mut last = String::from("it never answered");
        while Instant::now() < until {
            if let Some(exit) = self.child.failure() {
                return Err(self.child.not_started(exit));
            }
            match self.probe().await {
                Ok(found) if Path::new(&found) == directory => return Ok(()),
                Ok(found) => last = format!("another server answers, with its folder at {found}"),
                Err(error) => last = error.to_string(),
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        Err(self.child.not_started(format!("not ready after {} s: {last}", READY_WITHIN.as_secs())))
    }

    async fn probe(&self) -> redis::RedisResult<String> {
        let mut connection = redis::Client::open(self.url())?.get_multiplexed_async_connection().await?;
        let (_, directory): (String, String) =
            redis::cmd("CONFIG").arg("GET").arg("dir").query_async(&mut connection).await?;
        Ok(directory)
    }
}

fn launch(program: &Path, directory: &Path, configuration: &Path, account: Option<Account>) -> Launch {
    let mark = configuration.display().to_string();
    let pid_file = directory.join("valkey.pid");
    Launch {
        server: SERVER,
        program: program.to_owned(),
        arguments: vec![mark.clone()],
        account,
        log: directory.with_extension("log"),
        directory: directory.to_owned(),
        stop_signals: STOP.to_vec(),
        prepare: Box::new(move || {
            if let Some(pid) = orphan::read_pid(&pid_file) {
                orphan::end_if_ours(pid, &mark, &STOP);
            }
        }),
    }
}

fn write_configuration(
    path: &Path,
    directory: &Path,
    port: u16,
    password: &str,
    profile: Profile,
    account: Option<Account>,
) -> Result<(), Error> {
    use std::io::Write;
    let memory = (machine::memory_megabytes() / 16).clamp(64, 512);
    // Tests take a logical database each.
    let databases = if profile == Profile::Throwaway { 1024 } else { 16 };
    let directory = directory.display();
    let text = format!(
        "bind 127.0.0.1\nprotected-mode yes\nport {port}\nrequirepass {password}\ndir \"{directory}\"\n\
         pidfile \"{directory}/valkey.pid\"\nset-proc-title no\nsave \"\"\nappendonly no\n\
         maxmemory {memory}mb\nmaxmemory-policy noeviction\ndatabases {databases}\ntcp-keepalive 60\n"
    );
    let _ = std::fs::remove_file(path);
    std::fs::OpenOptions::new()
        .write(true)
        .create_new(true)
        .mode(0o600)
        .open(path)
        .and_then(|mut file| {
            file.set_permissions(std::fs::Permissions::from_mode(0o600))?;
            file.write_all(text.as_bytes())
        })
        .map_err(Error::io(format!("cannot write {}", path.display())))?;
    account::give(path, account)
}
