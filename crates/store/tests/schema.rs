//! The schema and what the code expects of it.

use domain::catalogue::FIELDS;
use domain::line::Line;
use store::schema;

#[tokio::test]
async fn a_migrated_database_verifies_and_an_empty_one_says_what_to_do() {
    let migrated = testing::database().await;
    let found = schema::verify(&mut migrated.acquire().await.unwrap()).await.unwrap();
    assert_eq!(found.problems, Vec::<String>::new());
    assert_eq!(found.applied, Some(found.latest));

    let empty = testing::empty_database().await;
    let found = schema::verify(&mut empty.acquire().await.unwrap()).await.unwrap();
    assert!(found.problems[0].contains("lode migrate"), "{:?}", found.problems);
    schema::migrate(&empty).await.unwrap();
    schema::migrate(&empty).await.unwrap();
    assert!(schema::verify(&mut empty.acquire().await.unwrap()).await.unwrap().problems.is_empty());
}

#[tokio::test]
async fn verification_names_a_missing_column_and_a_wrong_type() {
    let db = testing::database().await;
    sqlx::raw_sql("ALTER TABLE company_facts DROP COLUMN roe, ALTER COLUMN revenue TYPE double precision")
        .execute(db.pool())
        .await
        .unwrap();
    let problems = schema::verify(&mut db.acquire().await.unwrap()).await.unwrap().problems.join("\n");
    assert!(problems.contains("no column roe") && problems.contains("revenue is float8"), "{problems}");
}

#[tokio::test]
async fn the_tables_have_one_column_per_field_and_line_and_no_others() {
    let db = testing::database().await;
    let columns = |table: &'static str| {
        let pool = db.pool().clone();
        async move {
            sqlx::query_scalar::<_, String>(
                "SELECT column_name::text FROM information_schema.columns WHERE table_name = $1 ORDER BY ordinal_position",
            )
            .bind(table)
            .fetch_all(&pool)
            .await
            .unwrap()
        }
    };
    let expected: Vec<&str> = std::iter::once("orgnr").chain(FIELDS.iter().map(|field| field.key)).collect();
    assert_eq!(columns("company_facts").await, expected);
    let bigints: Vec<String> = sqlx::query_scalar(
        "SELECT column_name::text FROM information_schema.columns
         WHERE table_name = 'financial_periods' AND data_type = 'bigint' AND column_name <> 'orgnr' ORDER BY ordinal_position",
    )
    .fetch_all(db.pool())
    .await
    .unwrap();
    assert_eq!(bigints, Line::ALL.iter().map(|line| line.key()).collect::<Vec<_>>());
}

#[tokio::test]
async fn time_limits_reach_the_server() {
    let db = testing::database().await;
    let settings = store::pool::PoolSettings::serving(db.url()).named("limit test");
    let pool = store::pool::connect(&settings).await.unwrap();
    let shown: (String, String, String) = sqlx::query_as(
        "SELECT current_setting('statement_timeout'), current_setting('lock_timeout'), current_setting('application_name')",
    )
    .fetch_one(&pool)
    .await
    .unwrap();
    assert_eq!(shown, ("30s".into(), "5s".into(), "limit test".into()));
    let info = store::status::database(&mut pool.acquire().await.unwrap()).await.unwrap();
    assert!(info.size_bytes > 0);
    let counts = store::status::counts(&mut pool.acquire().await.unwrap()).await.unwrap();
    assert!(counts.iter().all(|(_, count)| *count == Some(0)), "{counts:?}");
    pool.close().await;
}

/// As a newer release would leave the database: one more migration, with or without its row of requirements.
async fn apply_newer(db: &sqlx::PgPool, version: i64, oldest_level: Option<i64>) {
    sqlx::query("INSERT INTO _sqlx_migrations (version, description, success, checksum, execution_time) VALUES ($1, 'newer', true, 'x', 1)")
        .bind(version)
        .execute(db)
        .await
        .unwrap();
    if let Some(oldest) = oldest_level {
        sqlx::query("INSERT INTO schema_requirements VALUES ($1, $2)")
            .bind(version)
            .bind(oldest)
            .execute(db)
            .await
            .unwrap();
    }
}

#[tokio::test]
async fn an_older_program_runs_on_a_newer_schema_that_allows_it() {
    let db = testing::database().await;
    apply_newer(db.pool(), 9_001, Some(schema::latest())).await;
    schema::migrate(db.pool()).await.unwrap();
    let found = schema::verify(&mut db.acquire().await.unwrap()).await.unwrap();
    assert_eq!(found.problems, Vec::<String>::new());
    assert_eq!(found.applied, Some(9_001));
}

#[tokio::test]
async fn a_newer_schema_that_does_not_allow_an_older_program_refuses_it_with_the_remedy() {
    for oldest_level in [Some(9_001), None] {
        let db = testing::database().await;
        apply_newer(db.pool(), 9_001, oldest_level).await;
        let refused = schema::migrate(db.pool()).await.unwrap_err().to_string();
        let found = schema::verify(&mut db.acquire().await.unwrap()).await.unwrap();
        for text in [refused, found.problems.join("; ")] {
            assert!(text.contains("9001") && text.contains("restore the backup"), "{oldest_level:?}: {text}");
        }
    }
}

#[tokio::test]
async fn every_migration_states_which_programs_may_run_on_it() {
    let db = testing::database().await;
    let stated: Vec<i64> =
        sqlx::query_scalar("SELECT migration FROM schema_requirements").fetch_all(db.pool()).await.unwrap();
    let silent: Vec<i64> = schema::MIGRATOR
        .iter()
        .map(|migration| migration.version)
        .filter(|version| *version >= schema::compatibility::FIRST_STATED && !stated.contains(version))
        .collect();
    assert!(silent.is_empty(), "migrations without a row in schema_requirements: {silent:?}");
}

/// Somebody who holds a table for longer than one try may wait delays a migration; it does not make it fail.
#[tokio::test]
async fn a_migration_waits_for_a_lock_in_short_tries() {
    let db = testing::database().await;
    sqlx::raw_sql("DROP TABLE schema_requirements; DELETE FROM _sqlx_migrations WHERE version = 170")
        .execute(db.pool())
        .await
        .unwrap();
    let mut holder = db.pool().begin().await.unwrap();
    sqlx::raw_sql("LOCK TABLE _sqlx_migrations IN SHARE MODE").execute(&mut *holder).await.unwrap();
    let pool = db.pool().clone();
    let migrating = tokio::spawn(async move { schema::migrate(&pool).await });
    tokio::time::sleep(std::time::Duration::from_secs(4)).await;
    assert!(!migrating.is_finished(), "it did not wait for the lock");
    holder.rollback().await.unwrap();
    migrating.await.unwrap().unwrap();
    assert_eq!(schema::verify(&mut db.acquire().await.unwrap()).await.unwrap().problems, Vec::<String>::new());
}
