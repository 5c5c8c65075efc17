//! Reading sections, and comparing their checksums.

use std::io::{ErrorKind, Read};

use super::StreamError;

/// A number of fixed width.
pub(crate) trait Fixed: Sized {
    const BYTES: usize;
    /// Numbers out of their bytes, least byte first.
    fn take(bytes: &[u8], numbers: &mut Vec<Self>);
}

macro_rules! fixed {
    ($($number:ty)*) => {$(
        impl Fixed for $number {
            const BYTES: usize = size_of::<Self>();
            fn take(bytes: &[u8], numbers: &mut Vec<Self>) {
                let (all, _) = bytes.as_chunks::<{ size_of::<Self>() }>();
                numbers.extend(all.iter().map(|bytes| Self::from_le_bytes(*bytes)));
            }
        }
    )*};
}

fixed!(u16 u32 u64 i64);

impl Fixed for [u8; 3] {
    const BYTES: usize = 3;
    fn take(bytes: &[u8], numbers: &mut Vec<Self>) {
        numbers.extend_from_slice(bytes.as_chunks::<3>().0);
    }
}

/// Bytes that are turned into numbers at a time: a multiple of every width.
const AT_ONCE: u64 = 3 << 16;

/// A stream that is being read.
pub(crate) struct Input<R> {
    inner: R,
    /// Bytes that are left: no length that goes beyond is believed.
    left: u64,
    checksum: crc32fast::Hasher,
    buffer: Vec<u8>,
}

impl<R: Read> Input<R> {
    pub(crate) fn new(inner: R, length: u64) -> Self {
        Self { inner, left: length, checksum: crc32fast::Hasher::new(), buffer: Vec::new() }
    }

    fn fill(&mut self, bytes: &mut [u8]) -> Result<(), StreamError> {
        self.left = self.left.checked_sub(bytes.len() as u64).ok_or(StreamError::Damaged("it is too short"))?;
        self.inner.read_exact(bytes).map_err(|error| match error.kind() {
            ErrorKind::UnexpectedEof => StreamError::Damaged("it is too short"),
            _ => StreamError::Io(error),
        })?;
        self.checksum.update(bytes);
        Ok(())
    }

    /// A length in items of so many bytes, when there are so many left.
    fn length(&mut self, size: usize) -> Result<u64, StreamError> {
        let count = self.number()?;
        match count.checked_mul(size as u64) {
            Some(bytes) if bytes <= self.left => Ok(count),
            _ => Err(StreamError::Damaged("a length goes beyond its end")),
        }
    }

    /// One number.
    pub(crate) fn number(&mut self) -> Result<u64, StreamError> {
        let mut bytes = [0; 8];
        self.fill(&mut bytes)?;
        Ok(u64::from_le_bytes(bytes))
    }

    /// Bytes with their number before them.
    pub(crate) fn bytes(&mut self) -> Result<Vec<u8>, StreamError> {
        let mut bytes = vec![0; self.length(1)? as usize];
        self.fill(&mut bytes)?;
        Ok(bytes)
    }

    /// A text with its length before it.
    pub(crate) fn text(&mut self) -> Result<Box<str>, StreamError> {
        let bytes = self.bytes()?;
        String::from_utf8(bytes).map(Into::into).map_err(|_| StreamError::Damaged("a text is not UTF-8"))
    }

    /// Numbers of one width with their count before them.
    pub(crate) fn array<T: Fixed>(&mut self) -> Result<Vec<T>, StreamError> {
        let count = self.length(T::BYTES)?;
        let mut numbers = Vec::with_capacity(count as usize);
        let mut left = count * T::BYTES as u64;
        let mut buffer = std::mem::take(&mut self.buffer);
        while left > 0 {
            buffer.resize(left.min(AT_ONCE) as usize, 0);
            self.fill(&mut buffer)?;
            T::take(&buffer, &mut numbers);
            left -= buffer.len() as u64;
        }
        self.buffer = buffer;
        Ok(numbers)
    }

    /// Compares the checksum of all since the last one.
    pub(crate) fn end_section(&mut self) -> Result<(), StreamError> {
        let checksum = std::mem::take(&mut self.checksum).finalize();
        let mut bytes = [0; 4];
        self.fill(&mut bytes)?;
        self.checksum = crc32fast::Hasher::new();
        if u32::from_le_bytes(bytes) == checksum { Ok(()) } else { Err(StreamError::Damaged("its checksum is wrong")) }
    }

    /// Whether every byte was read.
    pub(crate) fn is_at_end(&self) -> bool {
        self.left == 0
    }
}
