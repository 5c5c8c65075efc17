//! The artifact store: raw packages under their SHA-256, in a folder or a bucket.
//!
//! An object's path is its hash, split so that no folder grows too large: `ab/cd/abcd….zip` without an ending. What is
//! there under a hash never changes, so writing twice is harmless and nothing is ever overwritten. Only finished exports are removed.

pub mod encryption;
mod files;

use std::path::Path;
use std::sync::Arc;

use anyhow::{Context, bail};
use bytes::Bytes;
use futures::stream::BoxStream;
use futures::{StreamExt, TryStreamExt};
use object_store::local::LocalFileSystem;
use object_store::{ObjectStore, ObjectStoreExt, PutMode, PutOptions, PutPayload};

pub use files::Files;

/// Where raw packages are kept.
#[derive(Clone, Debug)]
pub struct Artifacts {
    store: Arc<dyn ObjectStore>,
    place: String,
}

impl Artifacts {
    /// Opens the store that `ARTIFACT_STORE_URL` names: `file:///folder`, a folder, or `s3://bucket/prefix`, which takes
    /// its credentials and region from the usual `AWS_…` variables.
    ///
    /// # Errors
    /// When the address is of an unknown kind or the folder cannot be created.
    pub fn open(url: &str) -> anyhow::Result<Self> {
        match url.split_once("://") {
            Some(("file", path)) => Self::in_folder(Path::new(path)),
            Some(("s3" | "s3a", _)) => Self::in_bucket(url),
            Some((scheme, _)) => {
                bail!("ARTIFACT_STORE_URL: “{scheme}” is not supported; use file:///folder or s3://bucket/prefix")
            }
            None => Self::in_folder(Path::new(url)),
        }
    }

    /// Opens a folder, creating it when it is missing.
    ///
    /// # Errors
    /// When the folder cannot be created.
    pub fn in_folder(folder: &Path) -> anyhow::Result<Self> {
        std::fs::create_dir_all(folder)
            .with_context(|| format!("cannot create the artifact folder {}", folder.display()))?;
        let store = LocalFileSystem::new_with_prefix(folder)
            .with_context(|| format!("cannot open the artifact folder {}", folder.display()))?
            .with_fsync(true);
        Ok(Self { store: Arc::new(store), place: folder.display().to_string() })
    }

    fn in_bucket(url: &str) -> anyhow::Result<Self> {
        let store = bucket(url).with_context(|| format!("ARTIFACT_STORE_URL: cannot use {url}"))?;
        Ok(Self { store, place: url.to_owned() })
    }

    /// Everything that is kept, by its hash, with its size. What is no artifact is passed over.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub async fn list(&self) -> anyhow::Result<Vec<(String, u64)>> {
        let found: Vec<_> = self
            .store
            .list(None)
            .try_collect()
            .await
            .with_context(|| format!("cannot read the artifact store {}", self.place))?;
        let mut kept: Vec<(String, u64)> = found
            .into_iter()
            .filter_map(|file| {
                let name = file.location.filename()?.to_owned();
                (path_of(&name).ok()? == file.location).then_some((name, file.size))
            })
            .collect();
        kept.sort();
        Ok(kept)
    }

    /// Where it is, for messages.
    #[must_use]
    pub fn place(&self) -> &str {
        &self.place
    }

    /// Keeps the bytes under their hash; false when they were there already.
    ///
    /// # Errors
    /// When the store cannot be written.
    pub async fn put(&self, sha256: &str, bytes: Bytes) -> anyhow::Result<bool> {
        let path = path_of(sha256)?;
        if self.store.head(&path).await.is_ok() {
            return Ok(false);
        }
        let options = PutOptions { mode: PutMode::Create, ..PutOptions::default() };
        match self.store.put_opts(&path, PutPayload::from_bytes(bytes), options).await {
            Ok(_) => Ok(true),
            Err(object_store::Error::AlreadyExists { .. }) => Ok(false),
            Err(error) => {
                Err(error).with_context(|| format!("cannot write {path} to the artifact store {}", self.place))
            }
        }
    }

    /// Keeps a file of any size under its hash, which the caller has computed; false when it was there already.
    ///
    /// # Errors
    /// When the file cannot be read or the store cannot be written.
    pub async fn put_file(&self, sha256: &str, file: &Path) -> anyhow::Result<bool> {
        let from = tokio::fs::File::open(file).await.with_context(|| format!("cannot read {}", file.display()))?;
        self.put_from(sha256, from).await
    }

    /// Keeps what a file holds from its place on under the hash of that; false when it was there already.
    ///
    /// # Errors
    /// When the file cannot be read or the store cannot be written.
    pub async fn put_from(&self, sha256: &str, mut from: tokio::fs::File) -> anyhow::Result<bool> {
        let path = path_of(sha256)?;
        if self.store.head(&path).await.is_ok() {
            return Ok(false);
        }
        // In parts, so that a large file never stands in memory; nothing is there before the last part is.
        let mut to = object_store::buffered::BufWriter::new(self.store.clone(), path.clone());
        let written = async {
            tokio::io::copy(&mut from, &mut to).await?;
            tokio::io::AsyncWriteExt::shutdown(&mut to).await
        };
        written.await.with_context(|| format!("cannot write {path} to the artifact store {}", self.place))?;
        Ok(true)
    }

    /// Writes what is under a hash to a file; false when there is nothing.
    ///
    /// # Errors
    /// When the store cannot be read or the file cannot be written.
    pub async fn fetch(&self, sha256: &str, file: &Path) -> anyhow::Result<bool> {
        let Some((_, mut pieces)) = self.get(sha256).await? else { return Ok(false) };
        let cannot = || format!("cannot write {}", file.display());
        let mut to = tokio::fs::File::create(file).await.with_context(cannot)?;
        while let Some(piece) = pieces.try_next().await? {
            tokio::io::AsyncWriteExt::write_all(&mut to, &piece).await.with_context(cannot)?;
        }
        tokio::io::AsyncWriteExt::flush(&mut to).await.with_context(cannot)?;
        Ok(true)
    }

    /// Whether something is under the hash.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn has(&self, sha256: &str) -> anyhow::Result<bool> {
        let path = path_of(sha256)?;
        match self.store.head(&path).await {
            Ok(_) => Ok(true),
            Err(object_store::Error::NotFound { .. }) => Ok(false),
            Err(error) => {
                Err(error).with_context(|| format!("cannot look for {path} in the artifact store {}", self.place))
            }
        }
    }

    /// Removes what is under a hash; nothing there is no error. The caller has made sure that nobody names it
    /// (`store::artifact_references`).
    ///
    /// # Errors
    /// When the store cannot be written.
    pub async fn remove(&self, sha256: &str) -> anyhow::Result<()> {
        let path = path_of(sha256)?;
        match self.store.delete(&path).await {
            Ok(()) | Err(object_store::Error::NotFound { .. }) => Ok(()),
            Err(error) => {
                Err(error).with_context(|| format!("cannot remove {path} from the artifact store {}", self.place))
            }
        }
    }

    /// The bytes under a hash as a stream with their size; `None` when there are none.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub async fn get(&self, sha256: &str) -> anyhow::Result<Option<(u64, BoxStream<'static, anyhow::Result<Bytes>>)>> {
        let path = path_of(sha256)?;
        match self.store.get(&path).await {
            Ok(found) => Ok(Some((found.meta.size, found.into_stream().map_err(anyhow::Error::from).boxed()))),
            Err(object_store::Error::NotFound { .. }) => Ok(None),
            Err(error) => {
                Err(error).with_context(|| format!("cannot read {path} from the artifact store {}", self.place))
            }
        }
    }
}

/// A bucket, or a folder of one, with the credentials and region of the usual `AWS_…` variables.
fn bucket(url: &str) -> object_store::Result<Arc<dyn ObjectStore>> {
    let bucket = object_store::aws::AmazonS3Builder::from_env().with_url(url).build()?;
    let prefix = url.splitn(4, '/').nth(3).unwrap_or_default().trim_matches('/').to_owned();
    if prefix.is_empty() {
        return Ok(Arc::new(bucket));
    }
    Ok(Arc::new(object_store::prefix::PrefixStore::new(bucket, prefix)))
}

fn path_of(sha256: &str) -> anyhow::Result<object_store::path::Path> {
    if sha256.len() != 64 || !sha256.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        bail!("“{sha256}” is not a SHA-256 in hexadecimal");
    }
    Ok(object_store::path::Path::from_iter([&sha256[..2], &sha256[2..4], sha256]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn bytes_come_back_under_their_hash_and_are_written_once() {
        let folder = tempfile::tempdir().unwrap();
        let store = Artifacts::in_folder(folder.path()).unwrap();
        let hash = "ab".repeat(32);
        assert!(store.put(&hash, Bytes::from_static(b"zip")).await.unwrap());
        assert!(!store.put(&hash, Bytes::from_static(b"zip")).await.unwrap());
        let (size, stream) = store.get(&hash).await.unwrap().unwrap();
        let pieces: Vec<Bytes> = stream.try_collect().await.unwrap();
        assert_eq!((size, pieces.concat()), (3, b"zip".to_vec()));
        assert!(store.get(&"cd".repeat(32)).await.unwrap().is_none());
        assert!(store.put("../x", Bytes::new()).await.is_err());
        store.remove(&hash).await.unwrap();
        store.remove(&hash).await.unwrap();
        assert!(store.get(&hash).await.unwrap().is_none());
    }

    #[test]
    fn an_unknown_address_is_refused_by_name() {
        let error = Artifacts::open("ftp://x").unwrap_err().to_string();
        assert!(error.contains("ftp"), "{error}");
    }
}
