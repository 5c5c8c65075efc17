//! The parts of an encrypted file, written and read one at a time.

use anyhow::{Context, bail, ensure};
use bytes::{Bytes, BytesMut};
use futures::stream::BoxStream;
use futures::{StreamExt, TryStreamExt};
use ring::aead::{Aad, LessSafeKey, NONCE_LEN, Nonce};
use tokio::io::{AsyncWrite, AsyncWriteExt};

/// Bytes of a part before it is encrypted; only the last may have fewer.
pub(super) const PART: usize = 64 << 10;
/// Bytes by which encryption lengthens a part.
pub(super) const TAG: usize = 16;

/// Never the same twice under one key: the part's number, and whether it is the last.
fn nonce(part: u64, is_last: bool) -> Nonce {
    let mut bytes = [0; NONCE_LEN];
    bytes[3..11].copy_from_slice(&part.to_be_bytes());
    bytes[11] = u8::from(is_last);
    Nonce::assume_unique_for_key(bytes)
}

/// Encrypts what is written. Without [`Self::finish`] the last part is missing, so what was written is refused when it is read.
pub struct EncryptingWriter<W> {
    to: W,
    key: LessSafeKey,
    /// The header until it is written, then what waits for a whole part.
    header: Option<Vec<u8>>,
    waiting: Vec<u8>,
    part: u64,
}

impl<W: AsyncWrite + Unpin> EncryptingWriter<W> {
    pub(super) fn new(to: W, header: Vec<u8>, key: LessSafeKey) -> Self {
        Self { to, key, header: Some(header), waiting: Vec::with_capacity(PART + TAG), part: 0 }
    }

    /// Takes all of it.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub async fn write_all(&mut self, mut bytes: &[u8]) -> anyhow::Result<()> {
        while !bytes.is_empty() {
            // A whole part waits until more comes: it may be the last one.
            if self.waiting.len() == PART {
                self.write_part(false).await?;
            }
            let (now, later) = bytes.split_at(bytes.len().min(PART - self.waiting.len()));
            self.waiting.extend_from_slice(now);
            bytes = later;
        }
        Ok(())
    }

    /// Writes the last part and closes the file.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub async fn finish(mut self) -> anyhow::Result<()> {
        self.write_part(true).await?;
        Ok(self.to.shutdown().await?)
    }

    async fn write_part(&mut self, is_last: bool) -> anyhow::Result<()> {
        if let Some(header) = self.header.take() {
            self.to.write_all(&header).await?;
        }
        let sealed = self.key.seal_in_place_append_tag(nonce(self.part, is_last), Aad::empty(), &mut self.waiting);
        sealed.map_err(|_| anyhow::anyhow!("part {} cannot be encrypted", self.part))?;
        self.to.write_all(&self.waiting).await?;
        self.waiting.clear();
        self.part = self.part.checked_add(1).context("a file of so many parts cannot be encrypted")?;
        Ok(())
    }
}

/// What is left to decrypt of a file.
struct Reading<'a, F> {
    name: String,
    pieces: BoxStream<'a, anyhow::Result<Bytes>>,
    /// Makes the key of the header.
    open: F,
    key: Option<LessSafeKey>,
    waiting: BytesMut,
    has_ended: bool,
    part: u64,
    is_over: bool,
}

/// The decrypted parts; `open` makes the file's key of its header.
pub(super) fn decrypted<'a>(
    name: String,
    pieces: BoxStream<'a, anyhow::Result<Bytes>>,
    open: impl Fn(&[u8]) -> anyhow::Result<LessSafeKey> + Send + 'a,
) -> BoxStream<'a, anyhow::Result<Bytes>> {
    let reading =
        Reading { name, pieces, open, key: None, waiting: BytesMut::new(), has_ended: false, part: 0, is_over: false };
    futures::stream::try_unfold(reading, |mut reading| async move {
        let next = reading.next().await?;
        Ok(next.map(|part| (part, reading)))
    })
    .boxed()
}

impl<F: Fn(&[u8]) -> anyhow::Result<LessSafeKey>> Reading<'_, F> {
    async fn next(&mut self) -> anyhow::Result<Option<Bytes>> {
        if self.is_over {
            return Ok(None);
        }
        if self.key.is_none() {
            self.gather(super::HEADER_LENGTH).await?;
            let header = self.waiting.split_to(self.waiting.len().min(super::HEADER_LENGTH));
            self.key = Some((self.open)(&header)?);
        }
        // One byte more than a part tells whether another follows.
        self.gather(PART + TAG + 1).await?;
        self.is_over = self.waiting.len() <= PART + TAG;
        let mut part = self.waiting.split_to(self.waiting.len().min(PART + TAG));
        let refusal =
            || format!("{} was cut short or altered: part {} of it does not prove itself", self.name, self.part);
        // An empty last part belongs to an empty file alone.
        ensure!(part.len() > TAG || self.part == 0 && part.len() == TAG, refusal());
        let Some(key) = &self.key else { bail!(refusal()) };
        let opened = key.open_in_place(nonce(self.part, self.is_over), Aad::empty(), &mut part);
        let length = opened.map_err(|_| anyhow::anyhow!(refusal()))?.len();
        part.truncate(length);
        self.part = self.part.saturating_add(1);
        Ok(Some(part.freeze()))
    }

    async fn gather(&mut self, at_least: usize) -> anyhow::Result<()> {
        while self.waiting.len() < at_least && !self.has_ended {
            match self.pieces.try_next().await? {
                Some(piece) => self.waiting.extend_from_slice(&piece),
                None => self.has_ended = true,
            }
        }
        Ok(())
    }
}
