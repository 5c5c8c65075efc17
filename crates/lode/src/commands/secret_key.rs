//! The key that seals secrets in the database, which an installation on one machine makes for itself.

use std::fs::OpenOptions;
use std::io::{ErrorKind, Write};
use std::os::unix::fs::OpenOptionsExt;

use anyhow::Context;

use config::Config;
use identity::secret;

/// Makes the key in the data directory where no setting names one and none is there: readable by the program's user alone. Secrets from
/// before stay as they are until `lode admin seal-secrets`.
///
/// # Errors
/// When the file cannot be written.
pub fn ensure(config: &Config) -> anyhow::Result<()> {
    let Some(file) = config.sign_in.own_key_file(&config.data_dir) else { return Ok(()) };
    let key = hex::encode(secret::random_bytes());
    let opened = OpenOptions::new().write(true).create_new(true).mode(0o600).open(&file);
    match opened {
        Ok(mut opened) => {
            let written = opened.write_all(format!("{key}\n").as_bytes()).and_then(|()| opened.sync_all());
            written.with_context(|| format!("the key of secrets cannot be written to {}", file.display()))
        }
        Err(error) if error.kind() == ErrorKind::AlreadyExists => Ok(()),
        Err(error) => Err(error).with_context(|| format!("the key of secrets cannot be made at {}", file.display())),
    }
}
