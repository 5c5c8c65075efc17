//! What files are encrypted with: a key, or a passphrase that a key is made of.

use std::fmt;
use std::path::Path;

use anyhow::{Context, bail, ensure};

/// Characters that a passphrase has at least.
const LEAST_PASSPHRASE: usize = 16;

/// A key of 32 bytes, or a passphrase. It is never printed.
#[derive(Clone, PartialEq, Eq)]
pub enum Secret {
    /// 32 random bytes.
    Key([u8; 32]),
    /// Words that argon2id makes a key of.
    Passphrase(String),
}

impl fmt::Debug for Secret {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::Key(_) => "Key(…)",
            Self::Passphrase(_) => "Passphrase(…)",
        })
    }
}

impl Secret {
    /// Reads a key: 64 hexadecimal digits. `name` says in the error where it came from; the text itself is never in it.
    ///
    /// # Errors
    /// When it is anything else.
    pub fn key(name: &str, text: &str) -> anyhow::Result<Self> {
        let text = text.trim();
        let mut key = [0; 32];
        // The cause is not told: it would repeat a part of what is nearly a key.
        ensure!(
            hex::decode_to_slice(text, &mut key).is_ok(),
            "{name} must be 64 hexadecimal digits; openssl rand -hex 32 makes one"
        );
        ensure!(key.iter().any(|byte| *byte != key[0]), "{name} is one byte repeated, which anybody can guess");
        Ok(Self::Key(key))
    }

    /// Reads a passphrase: what stands on the first line.
    ///
    /// # Errors
    /// When it is short, or has several lines.
    pub fn passphrase(name: &str, text: &str) -> anyhow::Result<Self> {
        let text = text.trim_end_matches(['\r', '\n']);
        ensure!(!text.contains('\n'), "{name} must be one line");
        let count = text.chars().count();
        ensure!(
            count >= LEAST_PASSPHRASE,
            "{name} has {count} characters, and needs at least {LEAST_PASSPHRASE}: some unrelated words, or a key (openssl rand -hex 32) instead"
        );
        Ok(Self::Passphrase(text.to_owned()))
    }

    /// Reads a secret from a file by `parse`, [`Self::key`] or [`Self::passphrase`].
    ///
    /// # Errors
    /// When the file cannot be read, is no text, or holds no such secret.
    pub fn from_file(parse: fn(&str, &str) -> anyhow::Result<Self>, name: &str, file: &Path) -> anyhow::Result<Self> {
        let place = format!("{name} ({})", file.display());
        let length = std::fs::metadata(file).with_context(|| format!("{place} cannot be read"))?.len();
        if length > 4_096 {
            bail!("{place} has {length} bytes; a key or passphrase is shorter than 4 KiB");
        }
        let text = std::fs::read_to_string(file).with_context(|| format!("{place} cannot be read"))?;
        parse(&place, &text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bad_key_or_passphrase_is_refused_by_name_without_being_repeated() {
        let good = "0123456789abcdef".repeat(4);
        assert!(matches!(Secret::key("K", &format!("{good}\n")).unwrap(), Secret::Key(_)));
        for bad in ["", "ab", &good[..63], &format!("{good}0"), &"zz".repeat(32), &"é".repeat(32), &"00".repeat(32)] {
            let error = Secret::key("BACKUP_KEY", bad).unwrap_err().to_string();
            assert!(error.contains("BACKUP_KEY") && (bad.len() < 3 || !error.contains(bad)), "{error}");
        }
        assert!(
            matches!(Secret::passphrase("P", "correct horse battery\n").unwrap(), Secret::Passphrase(text) if text == "correct horse battery")
        );
        for bad in ["", "short", "correct horse\nbattery staple"] {
            let error = Secret::passphrase("BACKUP_PASSPHRASE", bad).unwrap_err().to_string();
            assert!(error.contains("BACKUP_PASSPHRASE") && (bad.is_empty() || !error.contains(bad)), "{error}");
        }
        assert!(!format!("{:?}", Secret::key("K", &good).unwrap()).contains("23"));
    }

    #[test]
    fn secret_file_that_is_missing_large_or_no_text_is_refused_with_its_place() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("key");
        let read = || Secret::from_file(Secret::key, "BACKUP_KEY_FILE", &file);
        for content in [None, Some(vec![b'a'; 5_000]), Some(vec![0xff; 64])] {
            if let Some(content) = content {
                std::fs::write(&file, content).unwrap();
            }
            let error = read().unwrap_err().to_string();
            assert!(error.contains("BACKUP_KEY_FILE") && error.contains(file.to_str().unwrap()), "{error}");
        }
        std::fs::write(&file, "0123456789abcdef".repeat(4) + "\n").unwrap();
        assert!(read().is_ok());
    }
}
