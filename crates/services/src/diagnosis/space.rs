//! Space on the disks of this machine, and the artifact store.

use std::path::Path;

use config::Config;
use tokio::time::error::Elapsed;

use super::finding::{Finding, Part, Words};

/// Space of the disks that this machine's folders are on.
#[must_use]
pub fn look(config: &Config) -> Vec<Finding> {
    let store = config.artifact_store_url.as_deref();
    let store =
        store.map(|url| url.strip_prefix("file://").unwrap_or(url)).filter(|path| path.starts_with('/')).map(Path::new);
    let mut seen = Vec::new();
    for folder in std::iter::once(config.data_dir.as_path()).chain(store) {
        // A folder that is not there yet will be made on the disk of the nearest one that is.
        let Some(there) = folder.ancestors().find(|path| path.is_dir()) else { continue };
        let finding = match nix::sys::statvfs::statvfs(there) {
            #[allow(clippy::useless_conversion, reason = "the width differs by system")]
            Ok(disk) => {
                let block = u64::from(disk.fragment_size());
                space(there, u64::from(disk.blocks_available()) * block, u64::from(disk.blocks()) * block)
            }
            Err(error) => Finding::unknown(
                Part::Disk,
                format!("{}: {error}", there.display()),
                Words::new("let this program read the folder", "låt programmet läsa mappen"),
            ),
        };
        if !seen.contains(&finding) {
            seen.push(finding);
        }
    }
    seen
}

fn space(folder: &Path, free: u64, all: u64) -> Finding {
    let (folder, free_gb, all_gb) = (folder.display(), free as f64 / 1e9, all as f64 / 1e9);
    let decimal = |value: f64| format!("{value:.1}").replace('.', ",");
    let found = Words::new(
        format!("{folder}: {free_gb:.1} of {all_gb:.1} GB are free"),
        format!("{folder}: {} av {} GB är ledigt", decimal(free_gb), decimal(all_gb)),
    );
    let is_roomy = free > 20 << 30 || free.saturating_mul(100) >= all.saturating_mul(15) && free > 2 << 30;
    if is_roomy {
        return Finding::well(Part::Disk, found);
    }
    let is_bad = free.saturating_mul(100) < all.saturating_mul(5) || free < 1 << 30;
    let remedy = Words::new(
        "delete old exports and backups, or enlarge the disk: Postgres stops when it is full",
        "ta bort gamla exporter och säkerhetskopior eller utöka disken: Postgres stannar när den är full",
    );
    Finding::of(is_bad, Part::Disk, found, remedy)
}

/// Whether the artifact store answered a question.
pub(super) fn artifacts(place: &str, answer: Result<anyhow::Result<()>, Elapsed>) -> Finding {
    let remedy = Words::new(
        "let this program read, write and delete there; imports and exports fail meanwhile",
        "låt programmet läsa, skriva och ta bort där; importer och exporter misslyckas under tiden",
    );
    match answer {
        Ok(Ok(())) => Finding::well(Part::Artifacts, Words::new(format!("{place} answers"), format!("{place} svarar"))),
        Ok(Err(error)) => Finding::failure(Part::Artifacts, format!("{place}: {error:#}"), remedy),
        Err(_) => Finding::failure(
            Part::Artifacts,
            Words::new(format!("{place} does not answer"), format!("{place} svarar inte")),
            remedy,
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::super::finding::Level;
    use super::*;

    #[test]
    fn disk_that_fills_is_a_warning_first() {
        let folder = Path::new("/");
        for (free, level) in [(50_u64, Level::Well), (10, Level::Warning), (4, Level::Failure)] {
            assert_eq!(space(folder, free << 30, 100 << 30).level, level, "{free}");
        }
        assert_eq!(space(folder, 500 << 20, 1 << 30).level, Level::Failure, "little, though half of it");
    }

    #[tokio::test]
    async fn store_that_fails_or_is_silent_is_a_failure() {
        assert_eq!(artifacts("/a", Ok(Ok(()))).level, Level::Well);
        assert_eq!(artifacts("/a", Ok(Err(anyhow::anyhow!("no such bucket")))).level, Level::Failure);
        let silent = tokio::time::timeout(std::time::Duration::ZERO, std::future::pending()).await;
        assert_eq!(artifacts("/a", silent).level, Level::Failure);
    }
}
