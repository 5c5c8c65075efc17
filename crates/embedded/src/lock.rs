//! One process per data directory: an advisory file lock that the kernel releases however the process ends.

use std::fs::{File, OpenOptions};
use std::io::{Read, Seek, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;

use nix::errno::Errno;
use nix::fcntl::{Flock, FlockArg};

use crate::error::Error;
use crate::running;

/// Name of the lock file in the data directory.
pub(crate) const FILE: &str = "lode.lock";

/// The lock on a data directory; released when dropped.
#[derive(Debug)]
pub struct DataDirLock {
    _file: Flock<File>,
}

impl DataDirLock {
    /// Takes the lock at once or says who holds it.
    ///
    /// # Errors
    /// [`Error::InUse`] with process id and address of the holder; [`Error::Io`] when the file cannot be written.
    pub fn take(data_dir: &Path) -> Result<Self, Error> {
        let path = data_dir.join(FILE);
        let file = OpenOptions::new()
            .read(true)
            .write(true)
            .create(true)
            .truncate(false)
            .mode(0o600)
            .open(&path)
            .map_err(Error::io(format!("cannot open {}", path.display())))?;
        match Flock::lock(file, FlockArg::LockExclusiveNonblock) {
            Ok(mut file) => {
                let written = file.set_len(0).and_then(|()| file.rewind()).and_then(|()| {
                    write!(file, "{}", std::process::id())?;
                    file.flush()
                });
                written.map_err(Error::io(format!("cannot write {}", path.display())))?;
                Ok(Self { _file: file })
            }
            Err((mut file, Errno::EWOULDBLOCK)) => {
                let mut text = String::new();
                let _ = file.read_to_string(&mut text);
                let pid = text.trim().parse().unwrap_or(0);
                let url = running::read(data_dir).filter(|running| running.pid == pid).and_then(|r| r.http_url);
                Err(Error::InUse { data_dir: data_dir.to_owned(), pid, url })
            }
            Err((_, errno)) => Err(Error::io(format!("cannot lock {}", path.display()))(errno.into())),
        }
    }
}

/// Whether some live process holds the lock of this data directory.
#[must_use]
pub fn is_held(data_dir: &Path) -> bool {
    let Ok(file) = OpenOptions::new().read(true).write(true).open(data_dir.join(FILE)) else { return false };
    matches!(Flock::lock(file, FlockArg::LockExclusiveNonblock), Err((_, Errno::EWOULDBLOCK)))
}
