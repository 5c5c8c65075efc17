//! Whether a program may run on a schema that is newer than it: so that the previous release can be put back.

use sqlx::PgConnection;

/// The first migration that must say which programs may run on it; what is older is known to every program that asks.
pub const FIRST_STATED: i64 = 171;

/// A migration that was applied and that this program does not know.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewerMigration {
    /// Its number.
    pub version: i64,
    /// The level that a program must have to run on it; `None` where the migration does not say.
    pub oldest_level: Option<i64>,
}

impl NewerMigration {
    /// Whether a program of this level may run on the migration.
    #[must_use]
    pub fn allows(&self, level: i64) -> bool {
        self.oldest_level.is_some_and(|oldest| oldest <= level)
    }

    /// Why a program of this level may not run, and what to do.
    #[must_use]
    pub fn refusal(&self, level: i64) -> String {
        let why = match self.oldest_level {
            Some(oldest) => format!("it needs a program that knows migration {oldest}, and this one knows {level}"),
            None => format!("it does not say that a program which knows {level} may run on it"),
        };
        format!(
            "the database is newer than this program: migration {} was applied, and {why}; \
             run the release that applied it, or restore the backup that was made before",
            self.version
        )
    }
}

/// Migrations that were applied and are not among `known`, oldest first.
///
/// # Errors
/// When the database does not answer.
pub(super) async fn newer(conn: &mut PgConnection, known: &[i64]) -> sqlx::Result<Vec<NewerMigration>> {
    let states: Option<bool> =
        sqlx::query_scalar("SELECT to_regclass('schema_requirements') IS NOT NULL").fetch_one(&mut *conn).await?;
    let statement = if states == Some(true) {
        "SELECT m.version, r.oldest_level FROM _sqlx_migrations m
         LEFT JOIN schema_requirements r ON r.migration = m.version
         WHERE m.success AND m.version <> ALL($1) ORDER BY m.version"
    } else {
        "SELECT version, NULL::bigint FROM _sqlx_migrations WHERE success AND version <> ALL($1) ORDER BY version"
    };
    let rows: Vec<(i64, Option<i64>)> = sqlx::query_as(statement).bind(known).fetch_all(conn).await?;
    Ok(rows.into_iter().map(|(version, oldest_level)| NewerMigration { version, oldest_level }).collect())
}
