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
