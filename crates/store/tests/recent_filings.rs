//! The newest filings of companies that somebody cares about are the same, whether one walks the newest filings or the companies.

use chrono::{TimeDelta, Utc};
use sqlx::PgPool;
use store::recent_filings::{among_newest, by_company, of_user};
use uuid::Uuid;

const OWNER: Uuid = Uuid::from_u128(0x00000000_0000_4000_8000_000000000001);

/// Eighty companies with up to three filings, many of the same moment; prospects and lists of two people, some of them gone.
async fn fill(db: &PgPool) -> Uuid {
    let sql =
        "INSERT INTO users (email, display_name, role) VALUES ('other@lode.invalid', 'Other', 'analyst') RETURNING id";
    let other: Uuid = sqlx::query_scalar(sql).fetch_one(db).await.unwrap();
    for sql in [
        "INSERT INTO companies (orgnr, name) SELECT 5560000000 + n, 'Bolag ' || n FROM generate_series(0, 79) AS n",
        "INSERT INTO filings (orgnr, kind, framework, sha256, size_bytes, known_on, filed_at, report_end, imported_at)
         SELECT 5560000000 + n, 'annual_report', 'k2', md5(n || ' ' || m), 10, date '2026-01-01', date '2026-01-01', date '2025-12-31',
                now() - ((n * 7 + m * 13) % 20) * interval '3 days'
         FROM generate_series(0, 79) AS n, generate_series(0, 2) AS m WHERE (n + m) % 4 <> 0",
        "INSERT INTO prospects (orgnr, scope, stage, created_by, removed_at)
         SELECT 5560000000 + n, 'team', 'contacted', NULL, CASE WHEN n % 15 = 0 THEN now() END FROM generate_series(0, 79, 5) AS n",
        "INSERT INTO prospects (orgnr, scope, stage, created_by)
         SELECT 5560000000 + n, 'private', 'new', (SELECT id FROM users WHERE email = 'other@lode.invalid') FROM generate_series(0, 79, 7) AS n",
        "INSERT INTO lists (name, scope, owner_id, deleted_at, archived_at)
         SELECT 'Lista ' || n, CASE WHEN n % 2 = 0 THEN 'team' ELSE 'private' END, u.id,
                CASE WHEN n = 2 THEN now() END, CASE WHEN n = 3 THEN now() END
         FROM generate_series(0, 5) AS n CROSS JOIN users AS u",
        "INSERT INTO list_items (list_id, orgnr)
         SELECT l.id, 5560000000 + n FROM lists AS l CROSS JOIN generate_series(0, 79) AS n
         WHERE n % 23 = right(l.name, 1)::integer",
    ] {
        sqlx::raw_sql(sql).execute(db).await.unwrap();
    }
    other
}

#[tokio::test]
async fn walking_the_newest_filings_finds_what_a_look_at_each_company_finds() {
    let db = testing::database().await;
    let other = fill(db.pool()).await;
    let mut conn = db.pool().acquire().await.unwrap();
    let since = Utc::now() - TimeDelta::days(31);
    let (mut enough, mut short) = (0, 0);
    for user in [OWNER, other, Uuid::from_u128(7)] {
        for limit in [1, 4, 30, 500] {
            let wanted = by_company(&mut conn, user, since, limit).await.unwrap();
            assert!(!wanted.is_empty(), "nothing to compare for {user}");
            for walked in [1, 3, 20, 60, 2_000] {
                match among_newest(&mut conn, user, since, limit, walked).await.unwrap() {
                    Some(found) => {
                        enough += 1;
                        assert_eq!(found, wanted, "{user}, limit {limit}, walked {walked}");
                    }
                    None => short += 1,
                }
            }
            assert_eq!(of_user(&mut conn, user, since, limit).await.unwrap(), wanted);
        }
    }
    assert!(enough > 10 && short > 10, "{enough} walks were enough, {short} were not");
    // Nothing was filed lately: known without a look at any company.
    let none = among_newest(&mut conn, other, Utc::now() + TimeDelta::days(1), 30, 2_000).await.unwrap();
    assert_eq!(none, Some(Vec::new()));
}
