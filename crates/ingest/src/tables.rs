//! The files of registers and tables, opened and read row by row.

use std::collections::HashMap;
use std::fs::File;
use std::io::{BufReader, Cursor, Read, Seek, SeekFrom};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use sources::error::SourceError;
use sources::register_file::RegisterFile;
use sources::table::Input as Table;

use super::ImportKind;
use super::inputs::Input;
use super::item::Event;
use super::table_rows::{PeriodKey, Repeats, Sender, send_accounts, send_companies, send_register_accounts};

const BUFFER_BYTES: usize = 1 << 18;
/// White space before a bracket that is looked past.
const JSON_WITHIN: u64 = 4_096;

/// What is common to the files of one import.
pub(super) struct Tables {
    pub kind: ImportKind,
    /// Text of the mapping file.
    pub mapping: Option<String>,
    /// Row of the file in which a company was first given.
    pub seen: HashMap<u64, u64>,
    /// Row of the file in which a company's period was first given.
    pub periods: HashMap<PeriodKey, u64>,
    pub bytes_read: Arc<AtomicU64>,
}

impl Tables {
    /// Sends the rows of one file, leaving out the first `skip`; false when nobody listens any more.
    pub(super) fn read(&mut self, file: usize, input: &Input, skip: u64, send: &mut dyn FnMut(Event) -> bool) -> bool {
        // Several files are several words on the same companies, applied in the order given; within one file nobody can know
        // which of two rows is right.
        self.seen.clear();
        self.periods.clear();
        let mut entry = None;
        let opened = File::open(&input.path).map_err(SourceError::from).and_then(|opened| {
            RegisterFile::open(BufReader::with_capacity(
                BUFFER_BYTES,
                Counted { inner: opened, bytes: Arc::clone(&self.bytes_read) },
            ))
        });
        let mut register = match opened {
            Ok(register) => register,
            Err(error) => return Sender::new(file, input.name.clone(), skip, send).end(Some(&error.of_input())),
        };
        if let Some(name) = register.entry_name() {
            entry = Some(format!("{}!{name}", input.name));
        }
        let mut sender = Sender::new(file, entry.unwrap_or_else(|| input.name.clone()), skip, send);
        let failure = match self.kind {
            ImportKind::Companies | ImportKind::Accounts => self.table(&mut register, &mut sender).err(),
            _ => match register.text() {
                Ok(text) => self.rows(text, &mut sender),
                Err(error) => Some(error),
            },
        };
        sender.end(failure.as_ref())
    }

    /// A table of companies or accounts, or answers of the Norwegian registers as JSON.
    fn table(
        &mut self,
        register: &mut RegisterFile<impl Read + Seek>,
        sender: &mut Sender<'_>,
    ) -> Result<(), SourceError> {
        let input = match register.table()? {
            Table::Sheet(sheet) => Table::Sheet(sheet),
            Table::Text(text) => {
                let (is_json, text) = look_for_json(text)?;
                if is_json {
                    return self.answers(text, sender);
                }
                Table::Text(text)
            }
        };
        let mapping = self.mapping.as_deref();
        let failure = match self.kind {
            ImportKind::Companies => {
                let rows = sources::table::companies_of(input, mapping)?;
                send_companies(rows, Repeats::Refused, &mut self.seen, sender)
            }
            _ => send_accounts(sources::table::accounts_of(input, mapping)?, &mut self.periods, sender),
        };
        failure.map_or(Ok(()), Err)
    }

    fn answers(&mut self, text: impl Read, sender: &mut Sender<'_>) -> Result<(), SourceError> {
        match self.kind {
            ImportKind::Companies => {
                let entities = sources::brreg::entity::read(text);
                send_companies(entities, Repeats::Noted, &mut self.seen, sender).map_or(Ok(()), Err)
            }
            _ => send_register_accounts(text, sender),
        }
    }

    fn rows(&mut self, text: Box<dyn Read + '_>, sender: &mut Sender<'_>) -> Option<SourceError> {
        match self.kind {
            ImportKind::Register => match sources::bolagsverket_bulk::read(text) {
                Ok(rows) => send_companies(rows, Repeats::Noted, &mut self.seen, sender),
                Err(error) => Some(error),
            },
            ImportKind::Scb => match sources::scb_bulk::read(text) {
                Ok(rows) => send_companies(rows, Repeats::Noted, &mut self.seen, sender),
                Err(error) => Some(error),
            },
            ImportKind::Organisations => {
                let rows = sources::bolagsverket_api::answers::read(text);
                send_companies(rows, Repeats::Noted, &mut self.seen, sender)
            }
            ImportKind::Companies | ImportKind::Accounts | ImportKind::Filings => {
                Some(SourceError::input("this is no file of a register"))
            }
        }
    }
}

/// Whether the text is a JSON object or array: no table's header begins so. Gives the text back from its beginning.
pub(super) fn look_for_json<R: Read>(mut text: R) -> std::io::Result<(bool, impl Read + use<R>)> {
    let mut start = Vec::new();
    text.by_ref().take(JSON_WITHIN).read_to_end(&mut start)?;
    let trimmed = start.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(&start).trim_ascii_start();
    let is_json = matches!(trimmed.first(), Some(b'{' | b'['));
    Ok((is_json, BufReader::new(Cursor::new(start).chain(text))))
}

/// Counts what is read, for the progress bar.
struct Counted<R> {
    inner: R,
    bytes: Arc<AtomicU64>,
}

impl<R: Read> Read for Counted<R> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let count = self.inner.read(buffer)?;
        self.bytes.fetch_add(count as u64, Ordering::Relaxed);
        Ok(count)
    }
}

impl<R: Seek> Seek for Counted<R> {
    fn seek(&mut self, to: SeekFrom) -> std::io::Result<u64> {
        self.inner.seek(to)
    }
}
