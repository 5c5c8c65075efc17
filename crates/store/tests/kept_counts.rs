//! Counts that are kept equal what a count finds, whatever was written and taken away.

mod support;

use domain::company::CompanySource;
use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};
use sqlx::PgConnection;
use store::kept_counts::{self, Kept, Subject};
use support::{apply, filing, full_year, named, orgnr};

/// What a count finds, in the form of the kept counts.
async fn counted(conn: &mut PgConnection, subject: Subject) -> Vec<Kept> {
    let sql = match subject {
        Subject::Table => {
            "SELECT * FROM (SELECT 'change_feed' AS key, count(*) AS rows, 0::bigint AS companies, 0::bigint AS suspect FROM change_feed
             UNION ALL SELECT 'companies', count(*), 0, 0 FROM companies
             UNION ALL SELECT 'company_facts', count(*), 0, 0 FROM company_facts
             UNION ALL SELECT 'filings', count(*), 0, 0 FROM filings
             UNION ALL SELECT 'financial_periods', count(*), 0, 0 FROM financial_periods
             UNION ALL SELECT 'imports', count(*), 0, 0 FROM imports) AS t WHERE rows > 0 ORDER BY key"
        }
        Subject::Facts => {
            "SELECT key, 0::bigint AS rows, count(*) AS companies, 0::bigint AS suspect FROM company_facts AS r,
                 LATERAL (VALUES ('has_financials', has_financials), ('has_3y_financials', has_3y_financials),
                     ('has_group_accounts', has_group_accounts), ('is_stale', is_stale), ('is_demo', is_demo)) AS flag(key, is_set)
             WHERE is_set GROUP BY key ORDER BY key"
        }
        Subject::Year => {
            "SELECT extract(year FROM period_end)::integer::text AS key, 0::bigint AS rows, count(DISTINCT orgnr) AS companies,
                    count(DISTINCT orgnr) FILTER (WHERE quality = 'suspect') AS suspect
             FROM financial_periods GROUP BY 1 ORDER BY 1"
        }
        Subject::Filings => {
            "SELECT kind || ' ' || framework AS key, count(*) AS rows, count(DISTINCT orgnr) AS companies, 0::bigint AS suspect
             FROM filings GROUP BY kind, framework ORDER BY 1"
        }
    };
    let rows: Vec<(String, i64, i64, i64)> = sqlx::query_as(sql).fetch_all(conn).await.unwrap();
    let kept = |(key, rows, companies, suspect)| Kept { key, rows, companies, suspect, latest_at: None };
    rows.into_iter().map(kept).collect()
}

async fn assert_equal(conn: &mut PgConnection, when: &str) {
    for subject in [Subject::Table, Subject::Facts, Subject::Year, Subject::Filings] {
        let kept = kept_counts::of(conn, subject).await.unwrap();
        if subject == Subject::Filings {
            let newest: Option<chrono::DateTime<chrono::Utc>> =
                sqlx::query_scalar("SELECT max(imported_at) FROM filings").fetch_one(&mut *conn).await.unwrap();
            assert!(kept.iter().filter_map(|kept| kept.latest_at).max() >= newest, "{when}");
        }
        let kept: Vec<Kept> = kept.into_iter().map(|kept| Kept { latest_at: None, ..kept }).collect();
        assert_eq!(kept, counted(conn, subject).await, "{when}: {subject:?}");
    }
}

#[tokio::test]
async fn kept_counts_equal_a_count_after_every_step_of_a_random_sequence() {
    let db = testing::database().await;
    let mut random = StdRng::seed_from_u64(5);
    let mut conn = db.acquire().await.unwrap();
    for step in 0..40 {
        let name = match random.random_range(0..7) {
            0 | 1 => {
                let many: Vec<_> = (0..random.random_range(1..8))
                    .map(|_| named(orgnr(random.random_range(0..20)), CompanySource::Scb, &format!("Namn {step}")))
                    .collect();
                apply(&db, &many).await;
                "companies"
            }
            2 | 3 => {
                let mut many = Vec::new();
                for number in 0..random.random_range(1..6) {
                    let year = random.random_range(2018..2024);
                    let statements = [full_year(year, 1_000 + step), full_year(year - 1, 900 + step)];
                    many.push(filing(
                        orgnr(random.random_range(0..20)),
                        &format!("{step} {number}"),
                        None,
                        statements.to_vec(),
                    ));
                }
                apply(&db, &many).await;
                "filings"
            }
            4 => {
                let sql =
                    "UPDATE financial_periods SET quality = CASE quality WHEN 'suspect' THEN 'ok' ELSE 'suspect' END
                           WHERE orgnr % 3 = $1";
                sqlx::query(sql).bind(random.random_range(0..3i64)).execute(&mut *conn).await.unwrap();
                "another quality"
            }
            5 => {
                let sql = "DELETE FROM filings WHERE id IN (SELECT id FROM filings ORDER BY random() LIMIT 3)";
                sqlx::query(sql).execute(&mut *conn).await.unwrap();
                let sql = "UPDATE company_facts SET is_demo = NOT coalesce(is_demo, false) WHERE orgnr % 2 = $1";
                sqlx::query(sql).bind(random.random_range(0..2i64)).execute(&mut *conn).await.unwrap();
                "filings taken away, facts changed"
            }
            _ => {
                for table in ["filings", "company_facts", "companies"] {
                    let sql = format!("DELETE FROM {table} WHERE orgnr = (SELECT min(orgnr) FROM companies)");
                    sqlx::query(sqlx::AssertSqlSafe(sql)).execute(&mut *conn).await.unwrap();
                }
                kept_counts::compact(&mut conn).await.unwrap();
                "a company removed, the counts summed up"
            }
        };
        assert_equal(&mut conn, &format!("step {step}: {name}")).await;
    }
}

#[tokio::test]
async fn two_writers_keep_one_count_without_waiting_for_each_other() {
    let db = testing::database().await;
    let (mut first, mut second) = (db.begin().await.unwrap(), db.begin().await.unwrap());
    for (tx, number) in [(&mut first, 1), (&mut second, 2)] {
        sqlx::query("SET LOCAL lock_timeout = '2s'").execute(&mut **tx).await.unwrap();
        let row = [named(orgnr(number), CompanySource::Scb, "Namn")];
        store::ingest::apply(tx, &row, None, support::now()).await.unwrap();
    }
    first.commit().await.unwrap();
    second.rollback().await.unwrap();
    let mut conn = db.acquire().await.unwrap();
    assert_equal(&mut conn, "after one of two").await;
    assert!(kept_counts::compact(&mut conn).await.unwrap() > 0);
    assert_equal(&mut conn, "after summing up").await;
}
