//! A backup restored into nothing is equal; one that was cut short, altered or robbed of a file is refused.

use std::path::{Path, PathBuf};

use artifacts::Artifacts;
use sha2::{Digest, Sha256};

use super::{run, said};

/// A database with something in it, two artifacts, and the settings that name both.
pub(super) struct Installation {
    pub(super) db: testing::TestDatabase,
    pub(super) folder: tempfile::TempDir,
    pub(super) backups: String,
}

impl Installation {
    pub(super) async fn new() -> Self {
        let (db, folder) = (testing::database().await, tempfile::tempdir().unwrap());
        lode::demo::load::load(db.pool(), lode::demo::load::DemoSet::Small, |_, _| {}).await.unwrap();
        sqlx::query(
            "INSERT INTO maintenance_facts (name, at, detail) VALUES ('text', '2026-01-02 03:04:05.678+02', $1)",
        )
        .bind(serde_json::json!({ "å": "\u{1f600} \\ ' \" \n", "n": 0.1 }))
        .execute(db.pool())
        .await
        .unwrap();
        let store = Artifacts::in_folder(&folder.path().join("artifacts")).unwrap();
        for content in ["first package", "second package"] {
            store.put(&hex::encode(Sha256::digest(content)), content.into()).await.unwrap();
        }
        let backups = folder.path().join("backups").display().to_string();
        Self { db, folder, backups }
    }

    fn back_up(&self, more: &[&str]) -> std::process::Output {
        self.back_up_with(more, &[("OPENAI_API_KEY", "sk-secret-of-a-model")])
    }

    pub(super) fn back_up_with(&self, more: &[&str], settings: &[(&str, &str)]) -> std::process::Output {
        let data = self.folder.path().display().to_string();
        let own = [("DATABASE_URL", self.db.url()), ("LODE_DATA_DIR", data.as_str())];
        run(&[&["backup", "--to", &self.backups], more].concat(), &[&own, settings].concat())
    }

    /// The folder of the only backup.
    pub(super) fn folder_of_backup(&self) -> PathBuf {
        let mut found: Vec<PathBuf> = std::fs::read_dir(&self.backups)
            .unwrap()
            .map(|entry| entry.unwrap().path())
            .filter(|path| path.file_name().unwrap().to_string_lossy().starts_with("lode-"))
            .collect();
        assert_eq!(found.len(), 1);
        found.remove(0)
    }

    fn restore(&self, url: &str, data: &Path, more: &[&str]) -> std::process::Output {
        self.restore_with(url, data, more, &[])
    }

    pub(super) fn restore_with(
        &self,
        url: &str,
        data: &Path,
        more: &[&str],
        settings: &[(&str, &str)],
    ) -> std::process::Output {
        let data = data.display().to_string();
        let own = [("DATABASE_URL", url), ("LODE_DATA_DIR", data.as_str())];
        run(&[&["restore", "--from", &self.backups], more].concat(), &[&own, settings].concat())
    }
}

/// Every row of every table, as text.
pub(super) async fn everything(url: &str) -> Vec<(String, String)> {
    let mut conn = <sqlx::PgConnection as sqlx::Connection>::connect(url).await.unwrap();
    let mut found = Vec::new();
    for table in store::table_contents::tables(&mut conn).await.unwrap() {
        let statement =
            format!("SELECT coalesce(string_agg(t::text, E'\\n' ORDER BY t::text COLLATE \"C\"), '') FROM {table} t");
        let text: String = sqlx::query_scalar(sqlx::AssertSqlSafe(statement)).fetch_one(&mut conn).await.unwrap();
        found.push((table, text));
    }
    found
}

#[tokio::test]
async fn backup_restored_into_an_empty_database_holds_the_same_rows_and_artifacts() {
    let installation = Installation::new().await;
    let before = everything(installation.db.url()).await;
    let output = installation.back_up(&["--json"]);
    assert!(output.status.success(), "{}", said(&output));
    let manifest = std::fs::read_to_string(installation.folder_of_backup().join("manifest.json")).unwrap();
    assert!(!manifest.contains("sk-secret") && manifest.contains("OPENAI_API_KEY"), "settings without secrets");

    let (target, elsewhere) = (testing::empty_database().await, tempfile::tempdir().unwrap());
    let checked = installation.restore(target.url(), elsewhere.path(), &["--check"]);
    assert!(checked.status.success() && said(&checked).contains("whole:"), "{}", said(&checked));
    let restored = installation.restore(target.url(), elsewhere.path(), &[]);
    assert!(restored.status.success(), "{}", said(&restored));
    assert!(said(&restored).contains("all equal"), "{}", said(&restored));
    assert_eq!(everything(target.url()).await, before);
    let store = Artifacts::in_folder(&elsewhere.path().join("artifacts")).unwrap();
    assert_eq!(store.list().await.unwrap().len(), 2);
    assert!(store.has(&hex::encode(Sha256::digest("first package"))).await.unwrap());

    let again = installation.restore(target.url(), elsewhere.path(), &[]);
    assert!(!again.status.success() && said(&again).contains("is not empty"), "{}", said(&again));
    let last = store::maintenance::last(&mut installation.db.pool().acquire().await.unwrap(), "backup").await.unwrap();
    assert!(last.unwrap().detail["bytes"].as_u64().unwrap() > 1_000, "metrics tell when the last backup was");
}

#[tokio::test]
async fn backup_that_was_cut_short_or_altered_anywhere_is_refused_and_nothing_is_written() {
    let installation = Installation::new().await;
    assert!(installation.back_up(&[]).status.success());
    let backup = installation.folder_of_backup();
    let dump = std::fs::read(backup.join("database.dump")).unwrap();
    let middle = dump.len() / 2;
    let altered = |at: usize| {
        let mut bytes = dump.clone();
        bytes[at] ^= 1;
        bytes
    };
    let artifact = hex::encode(Sha256::digest("first package"));
    let artifact =
        Path::new(&installation.backups).join("artifacts").join(&artifact[..2]).join(&artifact[2..4]).join(&artifact);
    let (manifest, list) = (backup.join("manifest.json"), backup.join("artifacts.txt"));
    let damages: Vec<(&str, PathBuf, Option<Vec<u8>>, &str)> = vec![
        (
            "cut by one byte",
            backup.join("database.dump"),
            Some(dump[..dump.len() - 1].to_vec()),
            "cut short or altered",
        ),
        ("cut in the middle", backup.join("database.dump"), Some(dump[..middle].to_vec()), "cut short or altered"),
        ("empty", backup.join("database.dump"), Some(Vec::new()), "cut short or altered"),
        ("a bit in the middle", backup.join("database.dump"), Some(altered(middle)), "cut short or altered"),
        ("the last bit", backup.join("database.dump"), Some(altered(dump.len() - 1)), "cut short or altered"),
        ("no dump", backup.join("database.dump"), None, "missing"),
        ("no manifest", manifest.clone(), None, "cut short, or it is no backup"),
        ("half a manifest", manifest, Some(b"{\"format\":1,".to_vec()), "cut short or altered"),
        ("no list", list.clone(), None, "missing"),
        ("another list", list, Some(b"x".to_vec()), "cut short or altered"),
        ("no artifact", artifact.clone(), None, "missing"),
        ("a shorter artifact", artifact, Some(b"first".to_vec()), "cut short or altered"),
    ];
    let (target, elsewhere) = (testing::empty_database().await, tempfile::tempdir().unwrap());
    for (name, file, bytes, expected) in damages {
        let before = std::fs::read(&file).unwrap();
        match bytes {
            Some(bytes) => std::fs::write(&file, bytes).unwrap(),
            None => std::fs::remove_file(&file).unwrap(),
        }
        let output = installation.restore(target.url(), elsewhere.path(), &[]);
        assert_eq!(output.status.code(), Some(1), "{name}: {}", said(&output));
        assert!(said(&output).contains(expected), "{name}: {}", said(&output));
        std::fs::write(&file, before).unwrap();
    }
    assert!(everything(target.url()).await.is_empty(), "nothing was restored");
    assert!(installation.restore(target.url(), elsewhere.path(), &[]).status.success(), "whole again");
}

#[tokio::test]
async fn damaged_artifact_of_the_store_fails_the_backup_by_name_and_old_backups_are_forgotten() {
    let installation = Installation::new().await;
    for _ in 0..3 {
        assert!(installation.back_up(&["--keep", "2"]).status.success());
    }
    let kept = std::fs::read_dir(&installation.backups).unwrap().count();
    assert_eq!(kept, 3, "two backups, and the artifacts beside them");
    let sha256 = hex::encode(Sha256::digest("third package"));
    let file = installation.folder.path().join("artifacts").join(&sha256[..2]).join(&sha256[2..4]).join(&sha256);
    std::fs::create_dir_all(file.parent().unwrap()).unwrap();
    std::fs::write(&file, "something else").unwrap();
    let output = installation.back_up(&[]);
    assert!(!output.status.success() && said(&output).contains(&sha256), "{}", said(&output));
}
