//! Large files: taken up where an interruption left them, and checked against what the server says of them.

use std::path::{Path, PathBuf};
use std::time::Duration;

use anyhow::Context;
use md5::Md5;
use reqwest::{StatusCode, header};
use serde_json::json;
use sha2::{Digest, Sha256};
use store::scraper::items::Item;
use tokio::io::{AsyncReadExt, AsyncWriteExt};

use super::source::{FetchError, Work};

/// Where the checkpoint follows the file.
const NOTE_EVERY: u64 = 4 << 20;
const MAX_BYTES: u64 = 8 << 30;
/// What S3 stores make their ETags of when a file came in parts: all parts but the last have this size.
const PART_SIZES: [u64; 4] = [5 << 20, 8 << 20, 16 << 20, 64 << 20];

/// A whole file on this machine; the caller removes it when it is in the artifact store.
pub struct Downloaded {
    pub path: PathBuf,
    pub bytes: u64,
    pub sha256: String,
    /// Whether the server gave a checksum that the bytes were held against.
    pub is_checked: bool,
}

/// Downloads a file. Half of it may be here already: then the rest is asked for, if the server still has the same file.
pub async fn download(work: &Work<'_>, item: &Item, url: &str) -> Result<Downloaded, FetchError> {
    let folder = work.scraper.work_dir.join("partial");
    tokio::fs::create_dir_all(&folder).await.with_context(|| format!("cannot create {}", folder.display()))?;
    let path = folder.join(format!("{}-{}.part", work.session.id, item.id));
    let known = work.checkpoint(item).await?;
    let known_etag = known.as_ref().and_then(|data| data["etag"].as_str()).map(str::to_owned);
    // The file may be longer than the note, never shorter where the disk keeps its word; what is there counts.
    let have = match &known_etag {
        Some(_) => tokio::fs::metadata(&path).await.map_or(0, |about| about.len()),
        None => 0,
    };
    let mut request = work.scraper.client.get(url);
    if let (true, Some(etag)) = (have > 0, &known_etag) {
        request = request.header(header::RANGE, format!("bytes={have}-")).header(header::IF_RANGE, etag);
    }
    let failed = |error: reqwest::Error| FetchError::later(format!("the download broke off: {}", error.without_url()));
    let mut answer = request.send().await.map_err(failed)?;
    let begins_at = match answer.status() {
        StatusCode::PARTIAL_CONTENT => have,
        StatusCode::OK => 0,
        StatusCode::RANGE_NOT_SATISFIABLE => {
            tokio::fs::remove_file(&path).await.ok();
            return Err(FetchError::later("the server has another file now; the download begins anew"));
        }
        status => {
            let after = answer
                .headers()
                .get(header::RETRY_AFTER)
                .and_then(|value| value.to_str().ok()?.trim().parse().ok())
                .map(Duration::from_secs);
            let reason = format!("the server answered {}", status.as_u16());
            let is_passing = status.is_server_error() || status == StatusCode::TOO_MANY_REQUESTS;
            return Err(if is_passing { FetchError::Later { reason, after } } else { FetchError::Never(reason) });
        }
    };
    let etag = answer.headers().get(header::ETAG).and_then(|value| value.to_str().ok()).map(str::to_owned);
    let total = answer.content_length().map(|rest| begins_at + rest);
    let cannot = || format!("cannot write {}", path.display());
    let mut file = tokio::fs::OpenOptions::new()
        .create(true)
        .write(true)
        .truncate(false)
        .open(&path)
        .await
        .with_context(cannot)?;
    file.set_len(begins_at).await.with_context(cannot)?;
    tokio::io::AsyncSeekExt::seek(&mut file, std::io::SeekFrom::End(0)).await.with_context(cannot)?;
    work.save_checkpoint(item, &json!({ "etag": etag, "bytes": begins_at, "total": total })).await?;
    let (mut bytes, mut noted) = (begins_at, begins_at);
    while let Some(piece) = answer.chunk().await.map_err(failed)? {
        file.write_all(&piece).await.with_context(cannot)?;
        bytes += piece.len() as u64;
        if bytes > MAX_BYTES {
            return Err(FetchError::Never(format!("the file is larger than {} GB", MAX_BYTES >> 30)));
        }
        if bytes - noted >= NOTE_EVERY {
            file.sync_data().await.with_context(cannot)?;
            work.save_checkpoint(item, &json!({ "etag": etag, "bytes": bytes, "total": total })).await?;
            noted = bytes;
        }
    }
    file.sync_all().await.with_context(cannot)?;
    drop(file);
    work.count(bytes - begins_at).await?;
    if total.is_some_and(|total| total != bytes) {
        return Err(FetchError::later("the download ended early"));
    }
    let sums = sums(&path).await?;
    match etag.as_deref().and_then(|etag| matches(etag, &sums)) {
        Some(false) => {
            tokio::fs::remove_file(&path).await.ok();
            Err(FetchError::later("the file does not have the checksum that the server gives for it"))
        }
        checked => Ok(Downloaded { path, bytes, sha256: sums.sha256, is_checked: checked.is_some() }),
    }
}

struct Sums {
    sha256: String,
    md5: String,
    /// For each part size: the ETag that a store would give.
    in_parts: Vec<String>,
}

async fn sums(path: &Path) -> Result<Sums, FetchError> {
    struct Parts {
        size: u64,
        filled: u64,
        part: Md5,
        all: Md5,
        count: u64,
    }
    let cannot = || format!("cannot read {}", path.display());
    let mut file = tokio::fs::File::open(path).await.with_context(cannot)?;
    let (mut sha256, mut md5) = (Sha256::new(), Md5::new());
    let mut parts: Vec<_> = PART_SIZES
        .into_iter()
        .map(|size| Parts { size, filled: 0, part: Md5::new(), all: Md5::new(), count: 0 })
        .collect();
    let mut buffer = vec![0; 1 << 20];
    loop {
        let count = file.read(&mut buffer).await.with_context(cannot)?;
        if count == 0 {
            break;
        }
        sha256.update(&buffer[..count]);
        md5.update(&buffer[..count]);
        for one in &mut parts {
            let mut rest = &buffer[..count];
            while !rest.is_empty() {
                let room = usize::try_from(one.size - one.filled).unwrap_or(usize::MAX).min(rest.len());
                one.part.update(&rest[..room]);
                one.filled += room as u64;
                rest = &rest[room..];
                if one.filled == one.size {
                    one.all.update(std::mem::take(&mut one.part).finalize());
                    (one.filled, one.count) = (0, one.count + 1);
                }
            }
        }
    }
    let in_parts = parts
        .into_iter()
        .map(|mut one| {
            if one.filled > 0 {
                one.all.update(one.part.finalize());
                one.count += 1;
            }
            format!("{}-{}", hex::encode(one.all.finalize()), one.count)
        })
        .collect();
    Ok(Sums { sha256: hex::encode(sha256.finalize()), md5: hex::encode(md5.finalize()), in_parts })
}

/// Whether the ETag is a checksum of these bytes; `None` when it is no checksum that can be recomputed.
fn matches(etag: &str, sums: &Sums) -> Option<bool> {
    let etag = etag.trim().trim_start_matches("W/").trim_matches('"').to_ascii_lowercase();
    let (sum, parts) = etag.split_once('-').map_or((etag.as_str(), None), |(sum, parts)| (sum, Some(parts)));
    if sum.len() != 32 || !sum.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        return None;
    }
    match parts {
        None => Some(sum == sums.md5),
        // Only a store that parts files in one of the known sizes can be held to its word.
        Some(_) => sums.in_parts.contains(&etag).then_some(true),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn checksums_of_whole_and_parted_files() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("file");
        let bytes: Vec<u8> = (0..(11 << 20)).map(|n: u32| (n % 251) as u8).collect();
        std::fs::write(&path, &bytes).unwrap();
        let sums = sums(&path).await.ok().unwrap();
        assert_eq!(sums.sha256, hex::encode(Sha256::digest(&bytes)));
        assert_eq!(matches(&format!("\"{}\"", hex::encode(Md5::digest(&bytes))), &sums), Some(true));
        assert_eq!(matches(&format!("\"{}\"", hex::encode(Md5::digest(b"other"))), &sums), Some(false));
        let whole: Vec<u8> = bytes.chunks(5 << 20).flat_map(|part| Md5::digest(part).to_vec()).collect();
        assert_eq!(matches(&format!("\"{}-3\"", hex::encode(Md5::digest(&whole))), &sums), Some(true));
        assert_eq!(matches("\"some-version\"", &sums), None);
    }
}
