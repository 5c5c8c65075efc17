//! Runs a command on a throw-away Postgres that has every migration: `with_schema MIGRATIONS-DIR COMMAND…`.
//!
//! It depends on nothing that has checked queries, so it works while their cache is stale.

use std::path::Path;
use std::process::ExitCode;

use embedded::{Options, Profile, Servers};
use sqlx::{Connection, PgConnection};

#[tokio::main]
async fn main() -> ExitCode {
    match run().await {
        Ok(code) => ExitCode::from(code),
        Err(error) => {
            println!("{error}");
            ExitCode::FAILURE
        }
    }
}

async fn run() -> Result<u8, Box<dyn std::error::Error>> {
    let mut arguments = std::env::args().skip(1);
    let migrations = arguments.next().ok_or("usage: with_schema MIGRATIONS-DIR COMMAND…")?;
    let program = arguments.next().ok_or("usage: with_schema MIGRATIONS-DIR COMMAND…")?;
    let data_dir = std::env::temp_dir().join(format!("lode-schema-{}", std::process::id()));
    let options = Options { data_dir, profile: Profile::Throwaway, postgres: true, valkey: false };
    let servers = Servers::start(&options, |_| {}).await?;
    let url = servers.database_url().unwrap_or_default();
    let result = match migrate(&url, Path::new(&migrations)).await {
        Ok(()) => {
            let status = tokio::process::Command::new(program).args(arguments).env("DATABASE_URL", &url).status().await;
            status.map(|status| status.code().and_then(|code| u8::try_from(code).ok()).unwrap_or(1)).map_err(Into::into)
        }
        Err(error) => Err(error),
    };
    servers.stop_and_remove().await;
    result
}

async fn migrate(url: &str, folder: &Path) -> Result<(), Box<dyn std::error::Error>> {
    let mut connection = PgConnection::connect(url).await?;
    let mut files: Vec<_> =
        std::fs::read_dir(folder)?.map(|entry| entry.map(|e| e.path())).collect::<Result<_, _>>()?;
    files.sort();
    for file in files.iter().filter(|file| file.extension().is_some_and(|extension| extension == "sql")) {
        let sql = std::fs::read_to_string(file)?;
        sqlx::raw_sql(sqlx::AssertSqlSafe(sql))
            .execute(&mut connection)
            .await
            .map_err(|error| format!("{}: {error}", file.display()))?;
    }
    Ok(connection.close().await?)
}
