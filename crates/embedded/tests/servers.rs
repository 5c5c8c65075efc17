//! The supervisor with real servers: ready, crash, second start, orphans, lost password, unreachable home folder.

use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::time::{Duration, Instant};

use embedded::{Error, Options, Profile, Servers};
use sqlx::{Connection, PgConnection};

fn options(data_dir: &Path) -> Options {
    Options { data_dir: data_dir.to_owned(), profile: Profile::Throwaway, postgres: true, valkey: true }
}

fn folder() -> tempfile::TempDir {
    let folder = tempfile::Builder::new().prefix("lode-embedded-").tempdir().unwrap();
    std::fs::set_permissions(folder.path(), std::fs::Permissions::from_mode(0o711)).unwrap();
    folder
}

async fn connect(servers: &Servers) -> PgConnection {
    PgConnection::connect(&servers.database_url().unwrap()).await.unwrap()
}

/// Tries until the server answers again.
async fn reconnect(servers: &Servers) -> PgConnection {
    let until = Instant::now() + Duration::from_secs(60);
    loop {
        match PgConnection::connect(&servers.database_url().unwrap()).await {
            Ok(connection) => return connection,
            Err(error) => assert!(Instant::now() < until, "Postgres did not come back: {error}"),
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
}

fn kill_hard(pid: u32) {
    nix::sys::signal::kill(nix::unistd::Pid::from_raw(pid.cast_signed()), nix::sys::signal::Signal::SIGKILL).unwrap();
}

#[tokio::test]
async fn data_survives_a_killed_server_and_a_restart() {
    let folder = folder();
    // Throw-away servers may lose the last commits by design.
    let durable = Options { profile: Profile::Durable, ..options(folder.path()) };
    let servers = Servers::start(&durable, |_| {}).await.unwrap();
    let mut connection = connect(&servers).await;
    sqlx::raw_sql("CREATE TABLE kept (id int); INSERT INTO kept VALUES (1)").execute(&mut connection).await.unwrap();
    drop(connection);

    kill_hard(servers.postgres().unwrap().pid().unwrap());
    let mut connection = reconnect(&servers).await;
    let kept: i64 = sqlx::query_scalar("SELECT count(*) FROM kept").fetch_one(&mut connection).await.unwrap();
    assert_eq!(kept, 1);
    assert_eq!(servers.postgres().unwrap().restarts(), 1);
    drop(connection);

    kill_hard(servers.valkey().unwrap().pid().unwrap());
    let until = Instant::now() + Duration::from_secs(60);
    let client = redis::Client::open(servers.redis_url().unwrap()).unwrap();
    while client.get_multiplexed_async_connection().await.is_err() {
        assert!(Instant::now() < until, "Valkey did not come back");
        tokio::time::sleep(Duration::from_millis(50)).await;
    }

    let pid = servers.postgres().unwrap().pid().unwrap();
    servers.stop().await;
    assert!(nix::sys::signal::kill(nix::unistd::Pid::from_raw(pid.cast_signed()), None).is_err(), "Postgres is gone");

    let servers = Servers::start(&durable, |_| {}).await.unwrap();
    let mut connection = connect(&servers).await;
    let kept: i64 = sqlx::query_scalar("SELECT count(*) FROM kept").fetch_one(&mut connection).await.unwrap();
    assert_eq!(kept, 1);
    drop(connection);
    servers.stop_and_remove().await;
}

#[tokio::test]
async fn a_second_start_names_the_process_and_its_address() {
    let folder = folder();
    let servers = Servers::start(&Options { valkey: false, ..options(folder.path()) }, |_| {}).await.unwrap();
    let running = embedded::running::Running {
        pid: std::process::id(),
        database_url: servers.database_url().unwrap(),
        redis_url: None,
        http_url: Some("http://127.0.0.1:1234".to_owned()),
        started_at: "2026-01-01T00:00:00Z".to_owned(),
    };
    embedded::running::write(folder.path(), &running).unwrap();
    let mode = std::fs::metadata(folder.path().join("running.json")).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o600);
    assert_eq!(embedded::running::find(folder.path()), Some(running));

    let error = Servers::start(&options(folder.path()), |_| {}).await.err().expect("the second start is refused");
    assert!(matches!(&error, Error::InUse { pid, .. } if *pid == std::process::id()), "{error}");
    assert!(error.to_string().contains("http://127.0.0.1:1234"), "{error}");
    servers.stop().await;
    assert_eq!(embedded::running::find(folder.path()), None, "a stopped installation does not run");
}

#[tokio::test]
async fn a_lost_password_is_replaced() {
    let folder = folder();
    let only_postgres = Options { valkey: false, ..options(folder.path()) };
    let servers = Servers::start(&only_postgres, |_| {}).await.unwrap();
    let before = servers.database_url();
    servers.stop().await;
    std::fs::remove_file(folder.path().join("postgres.password")).unwrap();
    let servers = Servers::start(&only_postgres, |_| {}).await.unwrap();
    assert_ne!(before, servers.database_url());
    connect(&servers).await.close().await.unwrap();
    servers.stop().await;
}

#[tokio::test]
async fn a_lock_file_that_names_a_stranger_does_not_stop_the_start() {
    let folder = folder();
    let only_postgres = Options { valkey: false, ..options(folder.path()) };
    let servers = Servers::start(&only_postgres, |_| {}).await.unwrap();
    servers.stop().await;
    // A living process that is not Postgres: this test.
    let lock_file = folder.path().join("postgres/postmaster.pid");
    std::fs::write(&lock_file, format!("{}\n/nowhere\n", std::process::id())).unwrap();
    let account = embedded::account::unprivileged().unwrap();
    embedded::account::give(&lock_file, account).unwrap();
    let servers = Servers::start(&only_postgres, |_| {}).await.unwrap();
    servers.stop().await;
}

#[tokio::test]
async fn a_folder_that_the_servers_cannot_reach_is_no_obstacle() {
    let home = folder();
    std::fs::set_permissions(home.path(), std::fs::Permissions::from_mode(0o700)).unwrap();
    let data_dir = home.path().join("share/lode");
    let servers = Servers::start(&Options { valkey: false, ..options(&data_dir) }, |_| {}).await.unwrap();
    connect(&servers).await.close().await.unwrap();
    if nix::unistd::Uid::effective().is_root() {
        let outside = std::fs::read_to_string(data_dir.join("servers.path")).unwrap();
        assert!(Path::new(outside.trim()).join("postgres/PG_VERSION").is_file());
    }
    servers.stop_and_remove().await;
}
