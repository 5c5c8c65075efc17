//! The second week: what came before comes again, with something new, something corrected, something taken back.

use std::path::{Path, PathBuf};

use ingest::{Done, ImportKind, ImportRequest};
use sqlx::PgPool;

use super::fixtures::{import, orgnr, package, request, write, zip_of};

/// A table of revenues: company, last day, amount.
fn table(folder: &Path, name: &str, rows: &[(u64, &str, u64)]) -> PathBuf {
    let mut text = "orgnr;name;period_end;revenue\n".to_owned();
    for (company, day, revenue) in rows {
        text += &format!("{};Bolag {company} AB;{day};{revenue}\n", orgnr(*company));
    }
    write(folder, name, text)
}

fn counts(done: &Done) -> (u64, u64, u64, u64) {
    let report = &done.report;
    (report.new, report.changed, report.unchanged, report.rejected)
}

async fn revenue(pool: &PgPool, company: u64) -> Option<i64> {
    sqlx::query_scalar("SELECT revenue FROM company_facts WHERE orgnr = $1")
        .bind(orgnr(company).cast_signed())
        .fetch_one(pool)
        .await
        .unwrap()
}

#[tokio::test]
async fn second_import_with_one_new_company_adds_only_that_one_whatever_the_batch() {
    for batch in [1, 2, 1000] {
        let (db, folder) = (testing::database().await, tempfile::tempdir().unwrap());
        let first = table(folder.path(), "a.csv", &[(1, "2023-12-31", 100), (2, "2023-12-31", 100)]);
        let rows = [(1, "2023-12-31", 100), (3, "2023-12-31", 100), (2, "2023-12-31", 200)];
        let second = table(folder.path(), "b.csv", &rows);
        let of = |path: &Path| ImportRequest { batch, ..request(ImportKind::Accounts, path) };
        assert_eq!(counts(&import(&db, &of(&first), folder.path()).await), (2, 0, 0, 0));
        assert_eq!(counts(&import(&db, &of(&second), folder.path()).await), (1, 1, 1, 0), "batches of {batch}");
        for (company, right) in [(1, 100), (2, 200), (3, 100)] {
            assert_eq!(revenue(&db, company).await, Some(right));
        }
    }
}

#[tokio::test]
async fn a_correction_that_is_taken_back_is_shown_again_and_counts_as_changed() {
    let (db, folder) = (testing::database().await, tempfile::tempdir().unwrap());
    let wrong = table(folder.path(), "a.csv", &[(1, "2023-12-31", 100)]);
    let right = table(folder.path(), "b.csv", &[(1, "2023-12-31", 200)]);
    let steps = [(&wrong, (1, 0, 0, 0), 100), (&right, (0, 1, 0, 0), 200), (&wrong, (0, 1, 0, 0), 100)];
    for (path, told, shown) in steps.into_iter().chain([(&wrong, (0, 0, 1, 0), 100)]) {
        let done = import(&db, &request(ImportKind::Accounts, path), folder.path()).await;
        assert_eq!(counts(&done), told);
        assert_eq!(revenue(&db, 1).await, Some(shown));
    }
}

#[tokio::test]
async fn files_of_one_command_are_applied_in_the_order_given_and_the_second_time_nothing_is_new() {
    let (db, folder) = (testing::database().await, tempfile::tempdir().unwrap());
    let later = table(folder.path(), "a.csv", &[(1, "2023-12-31", 200)]);
    let earlier = table(folder.path(), "b.csv", &[(1, "2023-12-31", 100)]);
    let both = ImportRequest { paths: vec![earlier, later], ..request(ImportKind::Accounts, folder.path()) };
    assert_eq!(counts(&import(&db, &both, folder.path()).await), (1, 1, 0, 0));
    assert_eq!(revenue(&db, 1).await, Some(200), "a.csv was given last");
    assert_eq!(counts(&import(&db, &both, folder.path()).await), (0, 0, 2, 0));
    assert_eq!(revenue(&db, 1).await, Some(200));
}

#[tokio::test]
async fn the_next_week_of_reports_is_taken_beside_the_last_one_and_the_archive_tells_the_day() {
    let (db, folder) = (testing::database().await, tempfile::tempdir().unwrap());
    let name = |company: u64| format!("{}_2021-12-31.zip", orgnr(company));
    let loose = write(folder.path(), &name(1), package(orgnr(1), 10_000));
    let done = import(&db, &request(ImportKind::Filings, &loose), folder.path()).await;
    assert_eq!(counts(&done), (1, 0, 0, 0));
    let week = zip_of(&[(name(1).as_str(), package(orgnr(1), 10_000)), (name(2).as_str(), package(orgnr(2), 20_000))]);
    let path = write(&folder.path().join("2022"), "26_1.zip", week);
    let done = import(&db, &request(ImportKind::Filings, &path), folder.path()).await;
    assert_eq!(counts(&done), (1, 0, 1, 0));
    let days: Vec<(String, String)> = sqlx::query_as("SELECT known_on::text, known_by FROM filings ORDER BY orgnr")
        .fetch_all(db.pool())
        .await
        .unwrap();
    let of_week = ("2022-07-03".to_owned(), "archive".to_owned());
    assert_eq!(days, [of_week.clone(), of_week]);
}
