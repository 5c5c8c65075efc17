//! Writing sections with checksums.

use std::io::{self, BufWriter, Write};

/// A number of fixed width.
pub(crate) trait Fixed: Copy {
    /// Its bytes, least first.
    fn put(self, bytes: &mut Vec<u8>);
}

macro_rules! fixed {
    ($($number:ty)*) => {$(
        impl Fixed for $number {
            fn put(self, bytes: &mut Vec<u8>) {
                bytes.extend_from_slice(&self.to_le_bytes());
            }
        }
    )*};
}

fixed!(u16 u32 u64 i64);

impl Fixed for [u8; 3] {
    fn put(self, bytes: &mut Vec<u8>) {
        bytes.extend_from_slice(&self);
    }
}

/// So many numbers are turned into bytes at a time.
const AT_ONCE: usize = 1 << 14;

/// A stream that is being written.
pub(crate) struct Output<W: Write> {
    inner: BufWriter<W>,
    checksum: crc32fast::Hasher,
    bytes: u64,
    buffer: Vec<u8>,
}

impl<W: Write> Output<W> {
    pub(crate) fn new(inner: W) -> Self {
        let inner = BufWriter::with_capacity(1 << 18, inner);
        Self { inner, checksum: crc32fast::Hasher::new(), bytes: 0, buffer: Vec::new() }
    }

    fn put(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.checksum.update(bytes);
        self.bytes += bytes.len() as u64;
        self.inner.write_all(bytes)
    }

    /// One number.
    pub(crate) fn number(&mut self, number: u64) -> io::Result<()> {
        self.put(&number.to_le_bytes())
    }

    /// A text, with its length.
    pub(crate) fn text(&mut self, text: &str) -> io::Result<()> {
        self.bytes(text.as_bytes())
    }

    /// Bytes, with their number.
    pub(crate) fn bytes(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.number(bytes.len() as u64)?;
        self.put(bytes)
    }

    /// Numbers of one width, with their count.
    pub(crate) fn array<T: Fixed>(&mut self, numbers: &[T]) -> io::Result<()> {
        self.number(numbers.len() as u64)?;
        let mut buffer = std::mem::take(&mut self.buffer);
        for numbers in numbers.chunks(AT_ONCE) {
            buffer.clear();
            numbers.iter().for_each(|number| number.put(&mut buffer));
            self.put(&buffer)?;
        }
        self.buffer = buffer;
        Ok(())
    }

    /// The checksum of all since the last one.
    pub(crate) fn end_section(&mut self) -> io::Result<()> {
        let checksum = std::mem::take(&mut self.checksum).finalize();
        self.bytes += 4;
        self.inner.write_all(&checksum.to_le_bytes())
    }

    /// Hands everything to the writer; returns the number of bytes.
    pub(crate) fn finish(mut self) -> io::Result<u64> {
        self.inner.flush()?;
        Ok(self.bytes)
    }
}
