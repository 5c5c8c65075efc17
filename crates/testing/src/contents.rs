//! What stands in a test's database, and what its connections wait for.

use std::time::Duration;

use serde_json::Value;
use sqlx::PgPool;

/// The tables of companies and figures, each as one query, without ids, times and numbers of assertion.
pub const MAIN_TABLES: [&str; 4] = [
    "SELECT to_jsonb(c) - 'created_at' - 'updated_at' - 'sources' FROM companies c ORDER BY orgnr",
    "SELECT to_jsonb(f) - 'id' - 'import_id' - 'imported_at' - 'assertion' FROM filings f ORDER BY orgnr, sha256",
    "SELECT (to_jsonb(p) - 'filing_id') || jsonb_build_object('sha256', f.sha256)
     FROM financial_periods p JOIN filings f ON f.id = p.filing_id ORDER BY p.orgnr, f.sha256, p.period_end, p.scope",
    "SELECT to_jsonb(f) FROM company_facts f ORDER BY orgnr",
];

/// What each query finds, one text per query, so that two databases can be compared; a query gives one JSON value per row.
///
/// # Panics
/// When a query fails.
pub async fn dump(pool: &PgPool, queries: impl IntoIterator<Item = &'static str>) -> Vec<String> {
    let mut dumps = Vec::new();
    for query in queries {
        let rows: Vec<Value> = sqlx::query_scalar(query).fetch_all(pool).await.unwrap();
        dumps.push(rows.iter().map(|row| format!("{row}\n")).collect());
    }
    dumps
}

/// Returns once a connection to the database waits for a lock.
///
/// # Panics
/// When none does within a minute.
pub async fn until_a_lock_is_waited_for(pool: &PgPool) {
    for _ in 0..6_000 {
        let waiting: i64 = sqlx::query_scalar(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'",
        )
        .fetch_one(pool)
        .await
        .unwrap();
        if waiting > 0 {
            return;
        }
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    panic!("nothing waits for a lock");
}
