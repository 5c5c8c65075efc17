//! The schema: forward-only migrations and a read-only verification of what they should have left behind.

use domain::catalogue::{FIELDS, FieldKind};
use domain::line::Line;
use sqlx::migrate::{MigrateError, Migrator};
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

/// Applies every migration that is missing. Several processes may call it at once: a lock lets one at a time.
///
/// # Errors
/// When the database cannot be reached, a migration fails, or one that was applied differs from this binary's.
pub async fn migrate(pool: &PgPool) -> Result<(), MigrateError> {
    MIGRATOR.run(pool).await
}

/// Compares the database with what this binary expects, in a read-only transaction.
///
/// # Errors
/// When the database cannot be reached.
pub async fn verify(conn: &mut PgConnection) -> sqlx::Result<Verification> {
    let mut tx = conn.begin().await?;
    sqlx::query("SET TRANSACTION READ ONLY").execute(&mut *tx).await?;
    let mut found =
        Verification { latest: MIGRATOR.iter().map(|m| m.version).max().unwrap_or(0), ..Verification::default() };
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
            .fetch_all(conn)
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
    // A newer database is fine: migrations are backward-compatible, so the previous image runs on it.
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
