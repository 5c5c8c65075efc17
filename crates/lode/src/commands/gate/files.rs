//! The conditions that stand in files: results of the release's checks, the built web app, backups.

use std::path::{Path, PathBuf};

use chrono::{TimeDelta, Utc};
use serde_json::Value;

use super::super::backup_secret;
use super::super::smoke::frontend::names_local_server;
use super::table::{Condition, Table};
use crate::backup::place::Place;
use crate::backup::read;

/// Whether the release's own checks passed, each by its name.
pub(super) fn results(table: &mut Table, file: Option<&Path>) {
    let read = || -> Result<Value, String> {
        let file = file.ok_or("not looked at: give --results")?;
        let text = std::fs::read(file).map_err(|error| format!("cannot read {}: {error}", file.display()))?;
        serde_json::from_slice(&text).map_err(|error| format!("{} is no JSON: {error}", file.display()))
    };
    let found = read();
    for (condition, key) in [
        (Condition::Lint, "lint"),
        (Condition::TypeCheck, "typecheck"),
        (Condition::Build, "build"),
        (Condition::Tests, "tests"),
    ] {
        let outcome = found.clone().and_then(|results| {
            let commit = results["commit"].as_str().unwrap_or("unknown commit").to_owned();
            match results[key].as_str() {
                Some("passed") => Ok(format!("passed at {commit}")),
                Some(other) => Err(format!("{other} at {commit}")),
                None => Err(format!("the results do not say how {key} ended")),
            }
        });
        table.note(condition, outcome);
    }
}

/// Whether the built web app is free of addresses of the builder's own machine.
pub(super) fn bundle(table: &mut Table, folder: Option<&Path>) {
    let look = || -> Result<String, String> {
        let folder = folder.ok_or("not looked at: give --bundle")?;
        let mut files = Vec::new();
        gather(folder, &mut files).map_err(|error| format!("cannot read {}: {error}", folder.display()))?;
        if !files.iter().any(|file| file.ends_with("index.html")) {
            return Err(format!("{} holds no index.html: it is no built web app", folder.display()));
        }
        for file in &files {
            let bytes = std::fs::read(file).map_err(|error| format!("cannot read {}: {error}", file.display()))?;
            if names_local_server(&String::from_utf8_lossy(&bytes)) {
                return Err(format!("{} names a server on the builder's own machine", file.display()));
            }
        }
        Ok(format!("{} files", files.len()))
    };
    table.note(Condition::NoLocalHost, look());
}

fn gather(folder: &Path, files: &mut Vec<PathBuf>) -> std::io::Result<()> {
    for entry in std::fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            gather(&path, files)?;
        } else if ["html", "js", "css", "json"].iter().any(|ending| path.extension().is_some_and(|of| of == *ending)) {
            files.push(path);
        }
    }
    Ok(())
}

/// Whether the newest backup is whole and fresh, and whether one was restored lately.
pub(super) async fn backups(
    table: &mut Table,
    place: Option<&str>,
    secret: &backup_secret::BackupSecret,
    hours: u32,
    days: u32,
) {
    let (fresh, restored) = match place {
        None => {
            let reason = || Err("not looked at: give --backups".to_owned());
            (reason(), reason())
        }
        Some(place) => match secret.open(place, false).await {
            Ok(files) => (fresh(&files, hours).await, restored(&files, days).await),
            Err(error) => (Err(format!("{error:#}")), Err(format!("{error:#}"))),
        },
    };
    table.note(Condition::BackupFresh, fresh);
    table.note(Condition::BackupRestored, restored);
}

async fn fresh(files: &Place, hours: u32) -> Result<String, String> {
    let names = read::backups(files).await.map_err(|error| format!("{error:#}"))?;
    let name = names.last().ok_or_else(|| format!("there is none in {}", files.name()))?;
    let manifest = read::check(files, name).await.map_err(|error| format!("{error:#}"))?;
    let age = Utc::now() - manifest.created_at;
    if age > TimeDelta::hours(hours.into()) {
        return Err(format!("the newest, {name}, is {} hours old; at most {hours} are allowed", age.num_hours()));
    }
    let encrypted = if files.is_encrypted() { "encrypted" } else { "not encrypted" };
    Ok(format!("{name}, {} minutes old, {encrypted}", age.num_minutes()))
}

async fn restored(files: &Place, days: u32) -> Result<String, String> {
    let last = read::last_restored(files).await.map_err(|error| format!("{error:#}"))?;
    let last = last.ok_or("no backup was ever restored: lode restore into an empty database")?;
    let age = Utc::now() - last.at;
    if age > TimeDelta::days(days.into()) {
        return Err(format!("the last restore is {} days old; at most {days} are allowed", age.num_days()));
    }
    Ok(format!("{} tables, {} rows equal, {} minutes ago", last.tables, last.rows, age.num_minutes()))
}
