//! kill -9 in the middle, again and again: the database ends up as after one clean run.

use std::collections::BTreeMap;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use ingest::ImportKind;
use sqlx::PgPool;

use super::fixtures::{dump, import, orgnr, package, request, write, zip_of};

const KILLS: usize = 4;

fn start(kind: &str, path: &Path, url: &str, data_dir: &Path) -> Child {
    Command::new(env!("CARGO_BIN_EXE_lode"))
        .args(["import", kind, "--batch", "20", "--json", "--data-dir"])
        .arg(data_dir)
        .arg(path)
        .env("DATABASE_URL", url)
        .env_remove("ARTIFACT_STORE_URL")
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap()
}

async fn read_so_far(pool: &PgPool) -> i64 {
    sqlx::query_scalar("SELECT coalesce(max((report->>'read')::bigint), 0) FROM imports").fetch_one(pool).await.unwrap()
}

/// Kills the import each time it has committed something new; returns how often it was killed.
async fn import_with_kills(kind: &str, path: &Path, db: &testing::TestDatabase, data_dir: &Path) -> usize {
    let mut kills = 0;
    while kills < KILLS {
        let before = read_so_far(db).await;
        let mut child = start(kind, path, db.url(), data_dir);
        loop {
            if child.try_wait().unwrap().is_some() {
                return kills;
            }
            if read_so_far(db).await > before {
                child.kill().unwrap();
                child.wait().unwrap();
                kills += 1;
                break;
            }
            tokio::time::sleep(Duration::from_millis(2)).await;
        }
    }
    // 3: finished, with rejections, which the report of the clean run has as well.
    let status = start(kind, path, db.url(), data_dir).wait().unwrap();
    assert!(matches!(status.code(), Some(0 | 3)), "{status}");
    kills
}

async fn compare(kind: ImportKind, path: &Path) {
    let folder = tempfile::tempdir().unwrap();
    let (clean, killed) = (testing::database().await, testing::database().await);
    let undisturbed = import(&clean, &request(kind, path), folder.path()).await;
    let kills = import_with_kills(kind.name(), path, &killed, &folder.path().join("killed")).await;
    assert!(kills > 0, "the import was over before it could be killed");
    for (one, other) in dump(&clean).await.iter().zip(dump(&killed).await) {
        assert_eq!(*one, other);
    }
    let kept = packages_in(&folder.path().join("killed/artifacts"));
    for (name, bytes) in packages_in(&folder.path().join("artifacts")) {
        assert!(kept.get(&name) == Some(&bytes), "the package {name} is not kept whole");
    }
    let reports: Vec<(String, serde_json::Value)> =
        sqlx::query_as("SELECT status, report FROM imports").fetch_all(killed.pool()).await.unwrap();
    assert_eq!(reports.len(), 1, "one run, taken up again");
    let (status, report) = &reports[0];
    assert_eq!(status, "completed");
    assert_eq!(report["resumed"], serde_json::json!(kills));
    let wanted = serde_json::to_value(&undisturbed.report).unwrap();
    for count in ["read", "new", "changed", "unchanged", "rejected", "periods"] {
        assert_eq!(report[count], wanted[count], "{count}");
    }
}

/// Every file under a folder by its path in it; none when there is no folder.
fn packages_in(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut found = BTreeMap::new();
    for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        if entry.path().is_dir() {
            found.extend(
                packages_in(&entry.path()).into_iter().map(|(inner, bytes)| (format!("{name}/{inner}"), bytes)),
            );
        } else {
            found.insert(name, std::fs::read(entry.path()).unwrap());
        }
    }
    found
}

#[tokio::test]
async fn an_import_of_accounts_that_is_killed_ends_as_if_it_had_not_been() {
    let folder = tempfile::tempdir().unwrap();
    let mut text = "orgnr;name;period_start;period_end;revenue;total_assets;equity;net_income\n".to_owned();
    for n in 0..300 {
        for year in [2019, 2020, 2021] {
            text += &format!(
                "{};Bolag {n} AB;{year}-01-01;{year}-12-31;{};{};50;10\n",
                orgnr(n),
                1000 + n * 7 + year,
                100 + n
            );
        }
        if n % 50 == 0 {
            text += &format!("{};Bolag {n} AB;2021-01-01;2021-12-31;1;1;1;1\n", orgnr(n));
        }
    }
    compare(ImportKind::Accounts, &write(folder.path(), "bokslut.csv", text)).await;
}

#[tokio::test]
async fn an_import_of_packages_that_is_killed_ends_as_if_it_had_not_been() {
    let folder = tempfile::tempdir().unwrap();
    let packages: Vec<(String, Vec<u8>)> = (0..400)
        .map(|n| {
            (
                format!("{}_2021-12-31.zip", orgnr(n)),
                if n % 90 == 7 { b"trasig".to_vec() } else { package(orgnr(n), 1000 + n) },
            )
        })
        .collect();
    let entries: Vec<(&str, &[u8])> = packages.iter().map(|(name, bytes)| (name.as_str(), bytes.as_slice())).collect();
    let (first, second) = entries.split_at(150);
    write(folder.path(), "2022_26_1.zip", zip_of(first));
    write(folder.path(), "2022_27.zip", zip_of(&[("2022_27_1.zip", zip_of(second))]));
    compare(ImportKind::Filings, folder.path()).await;
}

#[tokio::test]
async fn archives_of_archives_are_followed_and_broken_packages_named() {
    let (db, folder) = (testing::database().await, tempfile::tempdir().unwrap());
    let week = zip_of(&[
        ("5561000001_2021-12-31.zip", package(orgnr(1), 10_000)),
        ("._skräp.zip", b"x".to_vec()),
        ("trasig.zip", b"trasig".to_vec()),
    ]);
    let path = write(
        folder.path(),
        "2022.zip",
        zip_of(&[
            ("26_1.zip", week),
            ("26_2.zip", zip_of(&[("b.zip", package(orgnr(2), 20_000)), ("c.zip", package(orgnr(3), 1))])),
        ]),
    );
    let done = import(&db, &request(ImportKind::Filings, &path), folder.path()).await;
    assert_eq!((done.report.read, done.report.new, done.report.rejected), (4, 3, 1));
    assert_eq!(done.rejections[0].file, "2022.zip!26_1.zip!trasig.zip");
}
