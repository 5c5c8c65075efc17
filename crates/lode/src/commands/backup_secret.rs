//! The key or passphrase of encrypted backups, as the commands that read or write backups take it.

use std::path::PathBuf;

use anyhow::{bail, ensure};
use artifacts::Files;
use artifacts::encryption::Secret;

use crate::backup::place::Place;

/// What backups are encrypted with; at most one of them.
#[derive(clap::Args, Default)]
pub struct BackupSecret {
    /// File with the key of encrypted backups: 64 hexadecimal digits, as openssl rand -hex 32 makes them
    #[arg(long, env = "BACKUP_KEY_FILE", value_name = "FILE")]
    backup_key_file: Option<PathBuf>,
    /// File with the passphrase of encrypted backups, at least 16 characters on one line
    #[arg(long, env = "BACKUP_PASSPHRASE_FILE", value_name = "FILE")]
    backup_passphrase_file: Option<PathBuf>,
    /// The key itself; better in the environment than here, where every process of the machine can read it
    #[arg(long, env = "BACKUP_KEY", hide = true, hide_env_values = true)]
    backup_key: Option<String>,
    /// The passphrase itself; better in the environment than here
    #[arg(long, env = "BACKUP_PASSPHRASE", hide = true, hide_env_values = true)]
    backup_passphrase: Option<String>,
}

impl BackupSecret {
    /// The secret; `None` where none is given.
    ///
    /// # Errors
    /// When several are given, or one is empty or none of its kind: then nothing is written or read without it.
    fn secret(&self) -> anyhow::Result<Option<Secret>> {
        let mut found = Vec::new();
        if let Some(file) = given_file(self.backup_key_file.as_ref()) {
            found.push(("BACKUP_KEY_FILE", Secret::from_file(Secret::key, "BACKUP_KEY_FILE", file)));
        }
        if let Some(file) = given_file(self.backup_passphrase_file.as_ref()) {
            let read = Secret::from_file(Secret::passphrase, "BACKUP_PASSPHRASE_FILE", file);
            found.push(("BACKUP_PASSPHRASE_FILE", read));
        }
        // An empty variable is how environment files leave a setting out.
        if let Some(text) = self.backup_key.as_deref().filter(|text| !text.is_empty()) {
            found.push(("BACKUP_KEY", Secret::key("BACKUP_KEY", text)));
        }
        if let Some(text) = self.backup_passphrase.as_deref().filter(|text| !text.is_empty()) {
            found.push(("BACKUP_PASSPHRASE", Secret::passphrase("BACKUP_PASSPHRASE", text)));
        }
        let names: Vec<&str> = found.iter().map(|(name, _)| *name).collect();
        ensure!(found.len() <= 1, "{}: give one of them", names.join(" and "));
        found.pop().map(|(_, secret)| secret).transpose()
    }

    /// Opens a place of backups with the secret that is given.
    ///
    /// # Errors
    /// When the secret is none, the place cannot be read, or a secret is needed and none is given.
    pub async fn open(&self, place: &str, is_needed: bool) -> anyhow::Result<Place> {
        let secret = self.secret()?;
        if is_needed && secret.is_none() {
            bail!(
                "--encrypt needs a key or passphrase: BACKUP_KEY_FILE (openssl rand -hex 32 > FILE) or BACKUP_PASSPHRASE_FILE. \
                 Keep it elsewhere than the backups: without it nobody can restore them"
            );
        }
        Place::open(Files::open(place)?, secret).await
    }
}

fn given_file(file: Option<&PathBuf>) -> Option<&PathBuf> {
    file.filter(|file| !file.as_os_str().is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn secret_that_is_missing_doubled_or_bad_opens_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let place = folder.path().join("backups").display().to_string();
        let good = "0123456789abcdef".repeat(4);
        let key = || Some(good.clone());
        let words = || Some("correct horse battery".to_owned());
        let none = BackupSecret::default;
        for (arguments, is_needed, expected) in [
            (none(), true, "--encrypt needs a key"),
            (BackupSecret { backup_key: Some(String::new()), ..none() }, true, "--encrypt needs a key"),
            (BackupSecret { backup_key: Some("ab".to_owned()), ..none() }, false, "BACKUP_KEY must be"),
            (BackupSecret { backup_passphrase: Some("short".to_owned()), ..none() }, false, "BACKUP_PASSPHRASE has 5"),
            (BackupSecret { backup_key: key(), backup_passphrase: words(), ..none() }, false, "give one of them"),
            (BackupSecret { backup_key_file: Some(folder.path().join("no")), ..none() }, false, "cannot be read"),
        ] {
            let error = format!("{:#}", arguments.open(&place, is_needed).await.err().unwrap());
            assert!(error.contains(expected), "{expected}: {error}");
        }
        assert!(!none().open(&place, false).await.unwrap().is_encrypted());
        for arguments in
            [BackupSecret { backup_key: key(), ..none() }, BackupSecret { backup_passphrase: words(), ..none() }]
        {
            assert!(arguments.open(&place, true).await.unwrap().is_encrypted());
        }
    }
}
