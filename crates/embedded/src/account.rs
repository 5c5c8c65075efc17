//! The account that servers run under, and folders that this account can reach.
//!
//! Postgres refuses to run as root. Root therefore starts the servers under an unprivileged account; when that
//! account cannot reach the data directory (a home folder with mode 0700), the servers' files live under
//! `/var/lib/lode/<hash>` and the data directory holds a file that says so.

use std::hash::{DefaultHasher, Hash, Hasher};
use std::os::unix::fs::{DirBuilderExt, MetadataExt, PermissionsExt, chown};
use std::path::{Path, PathBuf};

use nix::unistd::{Gid, Uid, User};

use crate::binaries::Binary;
use crate::error::Error;

/// Accounts that are tried in this order when started as root.
const ACCOUNTS: [&str; 3] = ["lode", "postgres", "nobody"];
/// Where root keeps what the unprivileged account cannot reach elsewhere.
const OUTSIDE: &str = "/var/lib/lode";
/// In the data directory: the path of the folder outside.
const POINTER: &str = "servers.path";

/// An unprivileged account.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Account {
    /// User id.
    pub uid: Uid,
    /// Group id.
    pub gid: Gid,
}

/// The account to drop to; `None` when this process is not root and needs none.
///
/// # Errors
/// [`Error::NoAccount`] when this is root and none of the accounts exists.
pub fn unprivileged() -> Result<Option<Account>, Error> {
    if !Uid::effective().is_root() {
        return Ok(None);
    }
    ACCOUNTS
        .iter()
        .find_map(|name| User::from_name(name).ok().flatten())
        .filter(|user| !user.uid.is_root())
        .map(|user| Some(Account { uid: user.uid, gid: user.gid }))
        .ok_or_else(|| Error::NoAccount(format!("none of {} exists", ACCOUNTS.join(", "))))
}

/// Whether the account may pass through a folder and all above it. Access control lists are not looked at.
#[must_use]
pub fn can_reach(account: Account, folder: &Path) -> bool {
    folder.ancestors().all(|ancestor| {
        std::fs::metadata(ancestor).is_ok_and(|meta| {
            let bit = if meta.uid() == account.uid.as_raw() {
                0o100
            } else if meta.gid() == account.gid.as_raw() {
                0o010
            } else {
                0o001
            };
            meta.mode() & bit != 0
        })
    })
}

/// Creates a folder (and those above it) with this mode when it is not there.
///
/// # Errors
/// When it cannot be created.
pub fn create_folder(folder: &Path, mode: u32) -> Result<(), Error> {
    std::fs::DirBuilder::new()
        .recursive(true)
        .mode(mode)
        .create(folder)
        .map_err(Error::io(format!("cannot create the folder {}", folder.display())))
}

/// The folder that holds the servers' own files for this data directory: inside it where the account can reach it.
///
/// # Errors
/// When a folder or the pointer file cannot be written.
pub fn place_for(data_dir: &Path, account: Option<Account>) -> Result<PathBuf, Error> {
    let Some(account) = account else { return Ok(data_dir.to_owned()) };
    if can_reach(account, data_dir) {
        return Ok(data_dir.to_owned());
    }
    let mut hasher = DefaultHasher::new();
    data_dir.hash(&mut hasher);
    let place = Path::new(OUTSIDE).join(format!("{:016x}", hasher.finish()));
    create_folder(&place, 0o711)?;
    open_to_others(Path::new(OUTSIDE))?;
    let pointer = data_dir.join(POINTER);
    std::fs::write(&pointer, format!("{}\n", place.display()))
        .map_err(Error::io(format!("cannot write {}", pointer.display())))?;
    Ok(place)
}

/// The folder that [`place_for`] chose for this data directory when it was last started.
#[must_use]
pub fn known_place(data_dir: &Path) -> PathBuf {
    match std::fs::read_to_string(data_dir.join(POINTER)) {
        Ok(place) if !place.trim().is_empty() => PathBuf::from(place.trim()),
        _ => data_dir.to_owned(),
    }
}

/// Whether [`place_for`] put the servers' files outside the data directory.
#[must_use]
pub fn is_outside(place: &Path) -> bool {
    place.starts_with(OUTSIDE)
}

/// The program at a path that the account can run: itself, or a copy of its bundle under `/var/lib/lode`.
///
/// # Errors
/// When the bundle must be copied and cannot be, or a program on PATH cannot be reached.
pub fn runnable(binary: Binary, account: Option<Account>) -> Result<PathBuf, Error> {
    let Some(account) = account else { return Ok(binary.program) };
    if binary.program.parent().is_some_and(|folder| can_reach(account, folder)) {
        return Ok(binary.program);
    }
    let Some(bundle) = binary.bundle else {
        return Err(Error::NoAccount(format!("it cannot reach {}", binary.program.display())));
    };
    let stamp = std::fs::read(bundle.join(".installed")).unwrap_or_default();
    let mut hasher = DefaultHasher::new();
    (&bundle, &stamp).hash(&mut hasher);
    let copy = Path::new(OUTSIDE).join(format!("servers-{:016x}", hasher.finish()));
    if !copy.is_dir() {
        let partial = copy.with_extension(format!("partial-{}", std::process::id()));
        create_folder(&partial, 0o755)?;
        open_to_others(Path::new(OUTSIDE))?;
        copy_tree(&bundle, &partial).map_err(Error::io(format!("cannot copy the servers to {}", partial.display())))?;
        if let Err(error) = std::fs::rename(&partial, &copy) {
            // Another process finished the same copy first.
            let _ = std::fs::remove_dir_all(&partial);
            if !copy.is_dir() {
                return Err(Error::io(format!("cannot create {}", copy.display()))(error));
            }
        }
    }
    let inside = binary.program.strip_prefix(&bundle).unwrap_or(&binary.program);
    Ok(copy.join(inside))
}

/// Gives a folder or file to the account; does nothing when there is none.
///
/// # Errors
/// When the owner cannot be changed.
pub fn give(path: &Path, account: Option<Account>) -> Result<(), Error> {
    let Some(account) = account else { return Ok(()) };
    chown(path, Some(account.uid.as_raw()), Some(account.gid.as_raw()))
        .map_err(Error::io(format!("cannot change the owner of {}", path.display())))
}

fn open_to_others(folder: &Path) -> Result<(), Error> {
    std::fs::set_permissions(folder, std::fs::Permissions::from_mode(0o711))
        .map_err(Error::io(format!("cannot change the mode of {}", folder.display())))
}

fn copy_tree(from: &Path, to: &Path) -> std::io::Result<()> {
    std::fs::create_dir_all(to)?;
    std::fs::set_permissions(to, std::fs::Permissions::from_mode(0o755))?;
    for entry in std::fs::read_dir(from)? {
        let entry = entry?;
        let target = to.join(entry.file_name());
        if entry.file_type()?.is_dir() {
            copy_tree(&entry.path(), &target)?;
        } else {
            std::fs::copy(entry.path(), &target)?;
        }
    }
    Ok(())
}
