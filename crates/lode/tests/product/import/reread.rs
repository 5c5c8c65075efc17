//! What is kept is read again by a newer reader.

use std::sync::Arc;

use artifacts::Artifacts;
use config::Config;
use ingest::ImportKind;
use ingest::reread::{self, Mode, RereadReport, Which};
use sqlx::PgPool;
use tokio_util::sync::CancellationToken;
use worker::JobState;

use super::fixtures::{dump, import, orgnr, package, request, write};

async fn read_again(pool: &PgPool, folder: &std::path::Path, which: Which, mode: Mode) -> RereadReport {
    let artifacts = Artifacts::in_folder(&folder.join("artifacts")).unwrap();
    reread::run(pool, &artifacts, which, mode, &CancellationToken::new(), &|_| ()).await.unwrap()
}

#[tokio::test]
async fn what_an_older_reader_read_otherwise_is_told_by_check_and_taken_over_by_apply() {
    let (db, folder) = (testing::database().await, tempfile::tempdir().unwrap());
    for company in [1, 2, 3] {
        let name = format!("{}_2021-12-31.zip", orgnr(company));
        write(&folder.path().join("week"), &name, package(orgnr(company), 10_000 * company));
    }
    import(&db, &request(ImportKind::Filings, &folder.path().join("week")), folder.path()).await;
    let right = dump(&db).await;
    let nothing = read_again(&db, folder.path(), Which::Outdated, Mode::Apply).await;
    assert_eq!(nothing.read, 0, "today's reader has just read them");
    let all = read_again(&db, folder.path(), Which::All, Mode::Apply).await;
    assert_eq!((all.read, all.unchanged, all.changed, all.failed), (3, 3, 0, 0), "{all}");
    assert_eq!(dump(&db).await, right);

    // An older reader knew neither a line of one filing nor the right sum of another; the package of a third is lost.
    let mut tx = db.begin().await.unwrap();
    for sql in [
        "UPDATE filings SET reader_version = NULL",
        "UPDATE financial_periods SET revenue = 1, lines = '{}', line_concepts = '{}' WHERE orgnr = $1",
        "UPDATE financial_periods SET equity = NULL WHERE orgnr = $2",
    ] {
        let sql = sql.replace("$1", &orgnr(1).to_string()).replace("$2", &orgnr(2).to_string());
        sqlx::query(sqlx::AssertSqlSafe(sql)).execute(&mut *tx).await.unwrap();
    }
    let keys: Vec<i64> = [1, 2, 3].map(|company| orgnr(company).cast_signed()).to_vec();
    store::ingest::recompute(&mut tx, &keys, chrono::Utc::now()).await.unwrap();
    tx.commit().await.unwrap();
    let artifacts = Artifacts::in_folder(&folder.path().join("artifacts")).unwrap();
    let lost: String = sqlx::query_scalar("SELECT sha256 FROM filings WHERE orgnr = $1")
        .bind(keys[2])
        .fetch_one(db.pool())
        .await
        .unwrap();
    artifacts.remove(&lost).await.unwrap();
    let wrong = dump(&db).await;

    let told = read_again(&db, folder.path(), Which::All, Mode::Check).await;
    assert_eq!((told.read, told.unchanged, told.changed, told.failed), (3, 0, 2, 1), "{told}");
    assert_eq!(dump(&db).await, wrong, "a check writes nothing");
    let text = told.to_string();
    for words in ["revenue: 1 → 10000", "equity: – → 10000", "tags: 0 tags → 4 tags", "missing from the artifact store"]
    {
        assert!(text.contains(words), "{words} in {text}");
    }
    let applied = read_again(&db, folder.path(), Which::Outdated, Mode::Apply).await;
    assert_eq!((applied.read, applied.changed, applied.facts_changed, applied.failed), (3, 2, 2, 1), "{applied}");
    assert_eq!(dump(&db).await, right);
    let noted: i64 = sqlx::query_scalar("SELECT count(*) FROM filing_readings WHERE changes <> '[]'")
        .fetch_one(db.pool())
        .await
        .unwrap();
    assert_eq!(noted, 2, "what was read before is noted");
    let again = read_again(&db, folder.path(), Which::Outdated, Mode::Apply).await;
    assert_eq!((again.read, again.failed), (1, 1), "what cannot be read stays to be read");
}

#[tokio::test(flavor = "multi_thread")]
async fn after_an_upgrade_one_job_reads_again_what_an_older_reader_read() {
    let (db, folder) = (testing::database().await, tempfile::tempdir().unwrap());
    for company in [1, 2] {
        let name = format!("{}_2021-12-31.zip", orgnr(company));
        write(&folder.path().join("week"), &name, package(orgnr(company), 10_000 * company));
    }
    import(&db, &request(ImportKind::Filings, &folder.path().join("week")), folder.path()).await;
    let right = dump(&db).await;
    let ask = || services::filing_readings::ask_for_reading(db.pool(), sources::package::READER_VERSION);
    assert_eq!(ask().await.unwrap(), 0, "today's reader has just read them");
    sqlx::query("UPDATE filings SET reader_version = NULL").execute(db.pool()).await.unwrap();
    sqlx::query("UPDATE financial_periods SET revenue = 1").execute(db.pool()).await.unwrap();
    assert_eq!((ask().await.unwrap(), ask().await.unwrap()), (2, 2));
    let states = || async {
        sqlx::query_scalar::<_, String>("SELECT state FROM jobs WHERE kind = 'read_filings_again'")
            .fetch_all(db.pool())
            .await
            .unwrap()
    };
    assert_eq!(states().await.len(), 1, "two servers that start ask once");

    let config = Arc::new(Config::from_values(|name| (name == "HOME").then(|| "/home/somebody".to_owned())).unwrap());
    let artifacts = Artifacts::in_folder(&folder.path().join("artifacts")).unwrap();
    let state = JobState {
        db: db.pool().clone(),
        bulk: db.pool().clone(),
        artifacts: artifacts.clone(),
        search: None,
        web: Arc::new(crawl::Web::new().unwrap()),
        models: Arc::new(services::models::Models::new(&config, None, db.pool().clone(), artifacts)),
        config,
    };
    let settings = queue::Settings::new(vec![jobs::IMPORTS.to_owned()], 1);
    let worker = queue::Worker::new(db.pool().clone(), None, worker::registry(Arc::new(state)).unwrap(), settings);
    let stop = CancellationToken::new();
    let working = tokio::spawn(worker.run(stop.clone()));
    for _ in 0..600 {
        if states().await == ["completed"] {
            break;
        }
        tokio::time::sleep(std::time::Duration::from_millis(100)).await;
    }
    stop.cancel();
    working.await.unwrap();
    assert_eq!(states().await, ["completed"]);
    assert_eq!(dump(&db).await, right);
    assert_eq!(ask().await.unwrap(), 0);
}
