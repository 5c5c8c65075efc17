//! Server-sent events: bytes in any pieces → the `data` of each event.

use bytes::Bytes;

/// Collects bytes until events are whole.
#[derive(Debug, Default)]
pub(crate) struct Events {
    rest: Vec<u8>,
}

/// Longest line of an event. A server that sends more is not read on.
const LONGEST: usize = 4 << 20;

impl Events {
    /// Adds bytes; returns the data lines that are whole now.
    ///
    /// # Errors
    /// When a line is too long to be one.
    pub(crate) fn push(&mut self, bytes: &Bytes) -> Result<Vec<String>, String> {
        self.rest.extend_from_slice(bytes);
        let mut out = Vec::new();
        let mut start = 0;
        while let Some(length) = self.rest[start..].iter().position(|byte| *byte == b'\n') {
            let line = &self.rest[start..start + length];
            let line = line.strip_suffix(b"\r").unwrap_or(line);
            if let Some(data) = line.strip_prefix(b"data:") {
                out.push(String::from_utf8_lossy(data.trim_ascii()).into_owned());
            }
            start += length + 1;
        }
        self.rest.drain(..start);
        if self.rest.len() > LONGEST {
            return Err("an event has no end".to_owned());
        }
        Ok(out)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn events_are_the_same_however_the_bytes_are_cut(cuts in prop::collection::vec(1_usize..9, 1..40)) {
            let text = ": hello\n\ndata: {\"a\":\"å\"}\r\n\r\nevent: x\ndata:{\"b\":2}\n\ndata: [DONE]\n\n".as_bytes();
            let mut events = Events::default();
            let mut out = Vec::new();
            let (mut at, mut turn) = (0, 0);
            while at < text.len() {
                let end = (at + cuts[turn % cuts.len()]).min(text.len());
                out.extend(events.push(&Bytes::copy_from_slice(&text[at..end])).unwrap());
                (at, turn) = (end, turn + 1);
            }
            prop_assert_eq!(out, vec!["{\"a\":\"å\"}", "{\"b\":2}", "[DONE]"]);
        }
    }
}
