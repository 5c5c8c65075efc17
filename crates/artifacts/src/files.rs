//! Named files in a folder or a bucket: what backups are written to and read from.

use std::path::Path;
use std::sync::Arc;

use anyhow::{Context, bail};
use bytes::Bytes;
use futures::stream::BoxStream;
use futures::{StreamExt, TryStreamExt};
use object_store::buffered::BufWriter;
use object_store::local::LocalFileSystem;
use object_store::path::Path as Name;
use object_store::{ObjectStore, ObjectStoreExt, PutPayload};

/// Files by their names in a folder or a bucket. A file is there whole or not at all.
#[derive(Clone, Debug)]
pub struct Files {
    store: Arc<dyn ObjectStore>,
    place: String,
}

impl Files {
    /// Opens a folder (made when it is missing) or a bucket, as [`crate::Artifacts::open`].
    ///
    /// # Errors
    /// When the address is of an unknown kind or the folder cannot be created.
    pub fn open(url: &str) -> anyhow::Result<Self> {
        let folder = match url.split_once("://") {
            Some(("file", path)) => path,
            Some(("s3" | "s3a", _)) => {
                let store = super::bucket(url).with_context(|| format!("cannot use {url}"))?;
                return Ok(Self { store, place: url.to_owned() });
            }
            Some((scheme, _)) => {
                bail!("“{scheme}” is not supported; use a folder, file:///folder or s3://bucket/prefix")
            }
            None => url,
        };
        std::fs::create_dir_all(folder).with_context(|| format!("cannot create the folder {folder}"))?;
        let store = LocalFileSystem::new_with_prefix(Path::new(folder))
            .with_context(|| format!("cannot open the folder {folder}"))?
            .with_fsync(true);
        Ok(Self { store: Arc::new(store), place: folder.to_owned() })
    }

    /// Where it is, for messages.
    #[must_use]
    pub fn place(&self) -> &str {
        &self.place
    }

    /// Writes a file in parts, so that a large one never stands in memory. It is there once the writer was shut down.
    #[must_use]
    pub fn writer(&self, name: &str) -> BufWriter {
        BufWriter::new(Arc::clone(&self.store), Name::from(name))
    }

    /// Writes a small file at once, over one that is there.
    ///
    /// # Errors
    /// When it cannot be written.
    pub async fn put(&self, name: &str, bytes: Vec<u8>) -> anyhow::Result<()> {
        let written = self.store.put(&Name::from(name), PutPayload::from(bytes)).await;
        written.with_context(|| format!("cannot write {name} to {}", self.place))?;
        Ok(())
    }

    /// A file's size and bytes; `None` when there is none.
    ///
    /// # Errors
    /// When it cannot be read.
    pub async fn get(&self, name: &str) -> anyhow::Result<Option<(u64, BoxStream<'static, anyhow::Result<Bytes>>)>> {
        match self.store.get(&Name::from(name)).await {
            Ok(found) => Ok(Some((found.meta.size, found.into_stream().map_err(anyhow::Error::from).boxed()))),
            Err(object_store::Error::NotFound { .. }) => Ok(None),
            Err(error) => Err(error).with_context(|| format!("cannot read {name} from {}", self.place)),
        }
    }

    /// A small file, whole; `None` when there is none.
    ///
    /// # Errors
    /// When it cannot be read.
    pub async fn read(&self, name: &str) -> anyhow::Result<Option<Vec<u8>>> {
        let Some((_, pieces)) = self.get(name).await? else { return Ok(None) };
        let pieces: Vec<Bytes> = pieces.try_collect().await.with_context(|| format!("cannot read {name}"))?;
        Ok(Some(pieces.concat()))
    }

    /// The size of a file; `None` when there is none.
    ///
    /// # Errors
    /// When the place does not answer.
    pub async fn size(&self, name: &str) -> anyhow::Result<Option<u64>> {
        match self.store.head(&Name::from(name)).await {
            Ok(found) => Ok(Some(found.size)),
            Err(object_store::Error::NotFound { .. }) => Ok(None),
            Err(error) => Err(error).with_context(|| format!("cannot look for {name} in {}", self.place)),
        }
    }

    /// The names of the folders at the top, in order.
    ///
    /// # Errors
    /// When the place cannot be read.
    pub async fn folders(&self) -> anyhow::Result<Vec<String>> {
        let found = self.store.list_with_delimiter(None).await;
        let found = found.with_context(|| format!("cannot read {}", self.place))?;
        let mut names: Vec<String> =
            found.common_prefixes.iter().filter_map(|path| path.filename().map(str::to_owned)).collect();
        names.sort();
        Ok(names)
    }

    /// Removes a folder of the top with everything in it.
    ///
    /// # Errors
    /// When it cannot be removed.
    pub async fn remove_folder(&self, name: &str) -> anyhow::Result<()> {
        let files: Vec<_> = self.store.list(Some(&Name::from(name))).try_collect().await?;
        for file in files {
            self.store.delete(&file.location).await.with_context(|| format!("cannot remove {}", file.location))?;
        }
        // A folder on a disk stays when its files are gone; in a bucket there is none.
        let folder = Path::new(&self.place).join(name);
        if folder.is_dir() {
            std::fs::remove_dir_all(&folder).with_context(|| format!("cannot remove {}", folder.display()))?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use tokio::io::AsyncWriteExt;

    use super::*;

    #[tokio::test]
    async fn files_are_there_whole_or_not_at_all() {
        let folder = tempfile::tempdir().unwrap();
        let files = Files::open(folder.path().join("new").to_str().unwrap()).unwrap();
        let mut writer = files.writer("one/large");
        writer.write_all(&vec![7; 1 << 20]).await.unwrap();
        assert_eq!(files.size("one/large").await.unwrap(), None, "not before the end");
        writer.shutdown().await.unwrap();
        assert_eq!(files.size("one/large").await.unwrap(), Some(1 << 20));
        files.put("two/small", b"x".to_vec()).await.unwrap();
        assert_eq!(files.folders().await.unwrap(), ["one", "two"]);
        assert_eq!(files.read("two/small").await.unwrap().unwrap(), b"x");
        files.remove_folder("one").await.unwrap();
        assert_eq!(files.folders().await.unwrap(), ["two"]);
        assert!(Files::open("ftp://x").is_err());
    }
}
