//! The schema: forward-only migrations and a read-only verification of what they should have left behind.
//!
//! A program may be older than the schema when every migration that it does not know allows it; see [`compatibility`].

pub mod compatibility;

use std::borrow::Cow;
use std::time::Duration;

use domain::catalogue::{FIELDS, FieldKind};
use domain::line::Line;
use sqlx::migrate::{MigrateError, Migrator};
use sqlx::postgres::PgPoolOptions;
use sqlx::{Connection, PgConnection, PgPool};

/// Every migration, compiled into the binary.
pub static MIGRATOR: Migrator = sqlx::migrate!();

/// What [`verify`] found; the schema is good when `problems` is empty.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize)]
pub struct Verification {
    /// Newest migration that was applied, e.g. 1.
    pub applied: Option<i64>,
    /// Newest migration that this binary knows.
    pub latest: i64,
    /// One sentence each.
    pub problems: Vec<String>,
}

/// How long one try may wait for a table's lock. A statement that waits keeps every later reader of the table waiting, so
/// the tries are short and many.
const LOCK_WAIT: Duration = Duration::from_secs(3);
/// Pause between two tries, in which those who waited behind are answered.
const LOCK_PAUSE: Duration = Duration::from_secs(2);
/// How many tries there are: ten minutes of them.
const LOCK_TRIES: u32 = 120;

/// Why the schema was not brought up to date.
#[derive(Debug, thiserror::Error)]
pub enum MigrationError {
    /// A migration failed; nothing of it was kept.
    #[error("a migration failed, and nothing of it was kept: {0}")]
    Failed(#[from] MigrateError),
    /// The database does not answer.
    #[error(transparent)]
    Database(#[from] sqlx::Error),
    /// The schema is newer than this program and does not allow it.
    #[error("{0}")]
    TooNew(String),
}

/// Applies every migration that is missing. Several processes may call it at once: a lock lets one at a time. A newer
/// schema is left alone where it allows this program.
///
/// # Errors
/// When the database cannot be reached, a migration fails, one that was applied differs from this binary's, or one that
/// this binary does not know does not allow it.
pub async fn migrate(pool: &PgPool) -> Result<(), MigrationError> {
    refuse_too_new(&mut *pool.acquire().await?).await?;
    let migrator =
        Migrator { ignore_missing: true, migrations: Cow::Borrowed(&MIGRATOR.migrations), ..Migrator::DEFAULT };
    // A pool of its own, so that the short wait is nobody else's setting.
    let lock_timeout = format!("{}ms", LOCK_WAIT.as_millis());
    let options = (*pool.connect_options()).clone().options([("lock_timeout", lock_timeout.as_str())]);
    let alone = PgPoolOptions::new().max_connections(1).connect_with(options).await?;
    let mut tries = 1;
    let done = loop {
        match migrator.run(&alone).await {
            Err(error) if tries < LOCK_TRIES && waited_too_long(&error) => {
                tracing::info!(tries, "a table or another migration is in the way; trying again");
                tries += 1;
                tokio::time::sleep(LOCK_PAUSE).await;
            }
            done => break done,
        }
    };
    alone.close().await;
    Ok(done?)
}

async fn refuse_too_new(conn: &mut PgConnection) -> Result<(), MigrationError> {
    if level(conn).await?.is_none() {
        return Ok(());
    }
    match newer_than_this(conn).await?.iter().find(|newer| !newer.allows(latest())) {
        Some(newer) => Err(MigrationError::TooNew(newer.refusal(latest()))),
        None => Ok(()),
    }
}

/// SQLSTATE `lock_not_available`: `lock_timeout` ended the wait.
fn waited_too_long(error: &MigrateError) -> bool {
    let database = match error {
        MigrateError::Execute(error) | MigrateError::ExecuteMigration(error, _) => error,
        _ => return false,
    };
    database.as_database_error().and_then(|error| error.code()).is_some_and(|code| code == "55P03")
}

/// The newest migration that this binary knows: its level.
#[must_use]
pub fn latest() -> i64 {
    MIGRATOR.iter().map(|migration| migration.version).max().unwrap_or(0)
}

async fn newer_than_this(conn: &mut PgConnection) -> sqlx::Result<Vec<compatibility::NewerMigration>> {
    let known: Vec<i64> = MIGRATOR.iter().map(|migration| migration.version).collect();
    compatibility::newer(conn, &known).await
}

/// Compares the database with what this binary expects, in a read-only transaction.
///
/// # Errors
/// When the database cannot be reached.
pub async fn verify(conn: &mut PgConnection) -> sqlx::Result<Verification> {
    let mut tx = conn.begin().await?;
    sqlx::query("SET TRANSACTION READ ONLY").execute(&mut *tx).await?;
    let mut found = Verification { latest: latest(), ..Verification::default() };
    check_migrations(&mut tx, &mut found).await?;
    if found.applied.is_some() {
        check_columns(&mut tx, &mut found).await?;
    }
    tx.rollback().await?;
    Ok(found)
}

/// The newest applied migration; `None` in an empty database.
///
/// # Errors
/// When the database cannot be reached.
pub async fn level(conn: &mut PgConnection) -> sqlx::Result<Option<i64>> {
    let exists: Option<bool> =
        sqlx::query_scalar("SELECT to_regclass('_sqlx_migrations') IS NOT NULL").fetch_one(&mut *conn).await?;
    if exists != Some(true) {
        return Ok(None);
    }
    sqlx::query_scalar("SELECT max(version) FROM _sqlx_migrations WHERE success").fetch_one(conn).await
}

async fn check_migrations(conn: &mut PgConnection, found: &mut Verification) -> sqlx::Result<()> {
    found.applied = level(conn).await?;
    if found.applied.is_none() {
        found.problems.push("no migration has been applied: run `lode migrate`".to_owned());
        return Ok(());
    }
    let rows: Vec<(i64, bool, Vec<u8>)> =
        sqlx::query_as("SELECT version, success, checksum FROM _sqlx_migrations ORDER BY version")
            .fetch_all(&mut *conn)
            .await?;
    for migration in MIGRATOR.iter() {
        match rows.iter().find(|(version, _, _)| *version == migration.version) {
            None => {
                found.problems.push(format!("migration {} ({}) is missing", migration.version, migration.description))
            }
            Some((_, false, _)) => found.problems.push(format!("migration {} did not finish", migration.version)),
            Some((_, _, sum)) if sum[..] != migration.checksum[..] => {
                found.problems.push(format!("migration {} differs from the one in this binary", migration.version));
            }
            Some(_) => {}
        }
    }
    let newer = newer_than_this(conn).await?;
    found
        .problems
        .extend(newer.iter().filter(|newer| !newer.allows(found.latest)).map(|newer| newer.refusal(found.latest)));
    Ok(())
}

async fn check_columns(conn: &mut PgConnection, found: &mut Verification) -> sqlx::Result<()> {
    let rows: Vec<(String, String, String)> = sqlx::query_as(
        "SELECT table_name::text, column_name::text, udt_name::text FROM information_schema.columns
         WHERE table_schema = current_schema() AND table_name IN ('company_facts', 'financial_periods')",
    )
    .fetch_all(conn)
    .await?;
    let type_of = |table: &str, column: &str| {
        rows.iter().find(|(t, c, _)| t == table && c == column).map(|(_, _, udt)| udt.as_str())
    };
    for field in FIELDS {
        let expected = column_type(field.kind);
        match type_of("company_facts", field.key) {
            None => found.problems.push(format!("company_facts has no column {}", field.key)),
            Some(actual) if actual != expected => {
                found.problems.push(format!("company_facts.{} is {actual}, not {expected}", field.key));
            }
            Some(_) => {}
        }
    }
    for line in Line::ALL {
        if type_of("financial_periods", line.key()) != Some("int8") {
            found.problems.push(format!("financial_periods has no bigint column {}", line.key()));
        }
    }
    Ok(())
}

/// Postgres' own name of the type that a kind of field is stored as.
fn column_type(kind: FieldKind) -> &'static str {
    match kind {
        FieldKind::Amount => "int8",
        FieldKind::Ratio | FieldKind::Count => "float8",
        FieldKind::Integer => "int4",
        FieldKind::Category | FieldKind::Text => "text",
        FieldKind::Categories => "_text",
        FieldKind::Boolean => "bool",
        FieldKind::Date => "date",
    }
}
