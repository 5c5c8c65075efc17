//! An encrypted backup shows nothing without its key, is restored equal with it, and is refused when it was cut, altered or exchanged.

use std::path::{Path, PathBuf};

use artifacts::Artifacts;

use super::backup::{Installation, everything};
use super::said;

const KEY: (&str, &str) = ("BACKUP_KEY", "00112233445566778899aabbccddeeff0123456789abcdef0123456789abcdef");
const OTHER_KEY: (&str, &str) = ("BACKUP_KEY", "ff112233445566778899aabbccddeeff0123456789abcdef0123456789abcdef");
const WORDS: (&str, &str) = ("BACKUP_PASSPHRASE", "four words nobody guesses");

/// Every file below a folder.
fn files_below(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(files_below(&path));
        } else {
            found.push(path);
        }
    }
    found.sort();
    found
}

#[tokio::test]
async fn encrypted_backup_shows_nothing_without_its_secret_and_is_restored_equal_with_it() {
    for secret in [KEY, WORDS] {
        let installation = Installation::new().await;
        let before = everything(installation.db.url()).await;
        let output = installation.back_up_with(&["--encrypt"], &[secret]);
        assert!(output.status.success() && said(&output).contains(", encrypted:"), "{}", said(&output));
        assert!(!said(&output).contains(secret.1));
        let place = Path::new(&installation.backups);
        let written = files_below(place);
        assert_eq!(written.len(), 3 + 2, "dump, list and manifest; two artifacts: {written:?}");
        for file in &written {
            let bytes = std::fs::read(file).unwrap();
            assert!(bytes.starts_with(b"lode-enc"), "{}", file.display());
            for plain in ["PGDMP", "package", "database", "companies", "sha256"] {
                let is_there = bytes.windows(plain.len()).any(|window| window == plain.as_bytes());
                // Five letters turn up by chance in a file of megabytes once in a thousand runs; the dump's mark stands first.
                assert!(!is_there || bytes.len() > 100_000 && plain == "PGDMP", "{plain} in {}", file.display());
            }
        }
        // A second backup copies no artifact again: the names are the same.
        assert!(installation.back_up_with(&[], &[secret]).status.success());
        assert_eq!(files_below(&place.join("artifacts-encrypted")).len(), 2);

        let (target, elsewhere) = (testing::empty_database().await, tempfile::tempdir().unwrap());
        let other = if secret == KEY { WORDS } else { KEY };
        for (given, expected) in
            [(&[][..], "is encrypted: give its key"), (&[other], "is given"), (&[OTHER_KEY], "encrypted with")]
        {
            let refused = installation.restore_with(target.url(), elsewhere.path(), &[], given);
            assert!(!refused.status.success() && said(&refused).contains(expected), "{}", said(&refused));
        }
        assert!(everything(target.url()).await.is_empty(), "nothing was restored");
        let restored = installation.restore_with(target.url(), elsewhere.path(), &[], &[secret]);
        assert!(restored.status.success() && said(&restored).contains("all equal"), "{}", said(&restored));
        let fresh: Vec<_> = everything(target.url()).await;
        let changed = |rows: &[(String, String)]| {
            // The second backup noted the first.
            rows.iter().filter(|(table, _)| !table.contains("maintenance_facts")).cloned().collect::<Vec<_>>()
        };
        assert_eq!(changed(&fresh), changed(&before));
        let store = Artifacts::in_folder(&elsewhere.path().join("artifacts")).unwrap();
        assert_eq!(store.list().await.unwrap().len(), 2);
        let last =
            store::maintenance::last(&mut installation.db.pool().acquire().await.unwrap(), "backup").await.unwrap();
        assert_eq!(last.unwrap().detail["encrypted"], true, "lode doctor tells it");
    }
}

#[tokio::test]
async fn encrypted_backup_that_was_cut_altered_or_exchanged_is_refused_and_nothing_is_written() {
    let installation = Installation::new().await;
    assert!(installation.back_up_with(&[], &[KEY]).status.success());
    let backup = installation.folder_of_backup();
    let at = |name: &str| backup.join(name);
    let (dump, manifest, list) = (at("database.dump.enc"), at("manifest.json.enc"), at("artifacts.txt.enc"));
    let whole = std::fs::read(&dump).unwrap();
    let flipped = |place: usize| {
        let mut bytes = whole.clone();
        bytes[place] ^= 1;
        bytes
    };
    let artifacts = files_below(&Path::new(&installation.backups).join("artifacts-encrypted"));
    let (first, second) = (std::fs::read(&artifacts[0]).unwrap(), std::fs::read(&artifacts[1]).unwrap());
    // A part of 64 KiB and its tag, after the header of 74 bytes.
    let boundary = 74 + (64 << 10) + 16;
    assert!(whole.len() > boundary, "the dump has several parts");
    let damages: Vec<(&str, &Path, Option<Vec<u8>>)> = vec![
        ("dump cut by a byte", &dump, Some(whole[..whole.len() - 1].to_vec())),
        ("dump cut between two parts", &dump, Some(whole[..boundary].to_vec())),
        ("dump without parts", &dump, Some(whole[..74].to_vec())),
        ("half a header", &dump, Some(whole[..40].to_vec())),
        ("empty dump", &dump, Some(Vec::new())),
        ("a bit of the header", &dump, Some(flipped(60))),
        ("a bit of the first part", &dump, Some(flipped(80))),
        ("a bit of a tag", &dump, Some(flipped(boundary - 1))),
        ("the last bit", &dump, Some(flipped(whole.len() - 1))),
        ("no dump", &dump, None),
        ("the manifest in place of the dump", &dump, Some(std::fs::read(&manifest).unwrap())),
        ("no manifest", &manifest, None),
        ("another file in place of the manifest", &manifest, Some(first.clone())),
        ("no list", &list, None),
        ("a shorter artifact", &artifacts[0], Some(first[..first.len() - 1].to_vec())),
        ("no artifact", &artifacts[1], None),
    ];
    let (target, elsewhere) = (testing::empty_database().await, tempfile::tempdir().unwrap());
    for (name, file, bytes) in damages {
        let before = std::fs::read(file).unwrap();
        match bytes {
            Some(bytes) => std::fs::write(file, bytes).unwrap(),
            None => std::fs::remove_file(file).unwrap(),
        }
        let output = installation.restore_with(target.url(), elsewhere.path(), &[], &[KEY]);
        assert_eq!(output.status.code(), Some(1), "{name}: {}", said(&output));
        let checked = installation.restore_with(target.url(), elsewhere.path(), &["--check"], &[KEY]);
        assert_eq!(checked.status.code(), Some(1), "{name}: {}", said(&checked));
        std::fs::write(file, before).unwrap();
    }
    assert!(everything(target.url()).await.is_empty(), "nothing was restored");
    // The older backup under the name of a newer one.
    let later = Path::new(&installation.backups).join("lode-20990101T000000000Z");
    std::fs::create_dir(&later).unwrap();
    for file in files_below(&backup) {
        std::fs::copy(&file, later.join(file.file_name().unwrap())).unwrap();
    }
    let renamed = installation.restore_with(target.url(), elsewhere.path(), &[], &[KEY]);
    assert!(!renamed.status.success() && said(&renamed).contains("cut short or altered"), "{}", said(&renamed));
    std::fs::remove_dir_all(&later).unwrap();
    // An artifact in place of another of the same length is found when it is copied.
    if first.len() == second.len() {
        std::fs::write(&artifacts[0], &second).unwrap();
    } else {
        let mut bytes = first.clone();
        *bytes.last_mut().unwrap() ^= 1;
        std::fs::write(&artifacts[0], bytes).unwrap();
    }
    let into = testing::empty_database().await;
    let exchanged = installation.restore_with(into.url(), elsewhere.path(), &[], &[KEY]);
    assert!(!exchanged.status.success() && said(&exchanged).contains("cut short or altered"), "{}", said(&exchanged));
    std::fs::write(&artifacts[0], &first).unwrap();
    assert!(installation.restore_with(target.url(), elsewhere.path(), &[], &[KEY]).status.success(), "whole again");
}

#[tokio::test]
async fn backup_that_is_not_encrypted_is_neither_written_with_encrypt_nor_read_with_a_key() {
    let installation = Installation::new().await;
    let refused = installation.back_up_with(&["--encrypt"], &[]);
    assert!(!refused.status.success() && said(&refused).contains("--encrypt needs a key"), "{}", said(&refused));
    let bad = installation.back_up_with(&[], &[("BACKUP_KEY", "too short")]);
    assert!(!bad.status.success() && said(&bad).contains("openssl rand -hex 32"), "{}", said(&bad));
    assert!(!Path::new(&installation.backups).exists(), "nothing was written");

    assert!(installation.back_up_with(&[], &[]).status.success());
    let (target, elsewhere) = (testing::empty_database().await, tempfile::tempdir().unwrap());
    let planted = installation.restore_with(target.url(), elsewhere.path(), &[], &[KEY]);
    assert!(!planted.status.success() && said(&planted).contains("is not encrypted"), "{}", said(&planted));
    let gate = |secret: &[(&str, &str)]| {
        let output = super::run(&["gate", "--json", "--backups", &installation.backups], secret);
        let table: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
        let rows = table["conditions"].as_array().unwrap().clone();
        let row = rows.into_iter().find(|row| row["condition"] == "backup is fresh and whole").unwrap();
        (row["ok"].as_bool().unwrap(), row["detail"].as_str().unwrap().to_owned())
    };
    let (is_well, told) = gate(&[]);
    assert!(is_well && told.ends_with("not encrypted"), "{told}");
    let (is_well, told) = gate(&[KEY]);
    assert!(!is_well && told.contains("is not encrypted"), "{told}");
    assert!(installation.back_up_with(&[], &[KEY]).status.success());
    let (is_well, told) = gate(&[KEY]);
    assert!(is_well && told.ends_with(", encrypted"), "{told}");
    let (is_well, told) = gate(&[]);
    assert!(!is_well && told.contains("is encrypted: give its key"), "{told}");
    let without = installation.restore_with(target.url(), elsewhere.path(), &["--check"], &[KEY]);
    assert!(without.status.success(), "{}", said(&without));
}
