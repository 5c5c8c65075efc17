//! Rows of registers and tables on their way to the writer: numbered, skipped on resumption, each company once per file.

use std::collections::HashMap;
use std::io::Read;

use bytes::Bytes;
use chrono::NaiveDate;
use domain::company::CompanyRecord;
use domain::scope::Scope;
use sources::error::{Extent, SourceError};
use sources::row::{Content as RowContent, SourceRow};
use sources::table::AccountsRow;
use store::import_rejections::Rejection;

use super::item::{Content, Event, Item};

const CHUNK: usize = 250;

/// Whether a company may occur in several rows of one file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Repeats {
    /// A register lists further protected names in rows of their own: the first row is kept, the others are noted.
    Noted,
    /// A user's table: the second row is refused, because nobody can know which is right.
    Refused,
}

/// Sends the rows of one file.
pub(super) struct Sender<'a> {
    file: usize,
    name: String,
    skip: u64,
    number: u64,
    chunk: Vec<Item>,
    send: &'a mut dyn FnMut(Event) -> bool,
    stopped: bool,
}

impl<'a> Sender<'a> {
    pub(super) fn new(file: usize, name: String, skip: u64, send: &'a mut dyn FnMut(Event) -> bool) -> Self {
        Self { file, name, skip, number: 0, chunk: Vec::with_capacity(CHUNK), send, stopped: false }
    }

    /// Sends one row; false when nobody listens any more.
    pub(super) fn push(&mut self, content: Content, warnings: Vec<String>) -> bool {
        self.number += 1;
        if self.number > self.skip {
            self.chunk.push(Item { file: self.file, number: self.number, content, warnings, _memory: None });
            if self.chunk.len() >= CHUNK {
                self.flush();
            }
        }
        !self.stopped
    }

    /// Sends a row that cannot be used.
    pub(super) fn reject(&mut self, error: &SourceError) -> bool {
        let rejection = rejection(&self.name, self.number + 1, error);
        self.push(Content::Rejected(rejection), Vec::new())
    }

    /// Ends the file, in peace or with an error that takes the rest of it away.
    pub(super) fn end(mut self, failure: Option<&SourceError>) -> bool {
        self.flush();
        if self.stopped {
            return false;
        }
        let event = match failure {
            None => Event::FileDone(self.file),
            Some(error) => Event::FileFailed(self.file, rejection(&self.name, 0, error)),
        };
        (self.send)(event)
    }

    fn flush(&mut self) {
        if !self.chunk.is_empty() && !self.stopped {
            self.stopped = !(self.send)(Event::Items(std::mem::take(&mut self.chunk)));
        }
    }
}

/// Sends company rows, each company once; returns the error that ended the file early.
pub(super) fn send_companies(
    rows: impl Iterator<Item = Result<SourceRow<CompanyRecord>, SourceError>>,
    repeats: Repeats,
    seen: &mut HashMap<u64, u64>,
    sender: &mut Sender<'_>,
) -> Option<SourceError> {
    for row in rows {
        let goes_on = match row {
            Err(error) if error.extent() == Extent::Input => return Some(error),
            Err(error) => sender.reject(&error),
            Ok(row) => match row.content {
                RowContent::SoleTrader => sender.push(Content::SoleTrader, Vec::new()),
                RowContent::Record(record) => match seen.insert(record.orgnr.number(), row.row) {
                    None => sender.push(Content::Company(Box::new(record)), row.warnings),
                    Some(first) => {
                        seen.insert(record.orgnr.number(), first);
                        let text = format!("{} was already given in row {first}", record.orgnr.formatted());
                        match repeats {
                            Repeats::Noted => {
                                sender.push(Content::Repeated, vec![format!("{text}; this row is left out")])
                            }
                            Repeats::Refused => sender.reject(
                                &SourceError::item(text)
                                    .at_row(row.row)
                                    .at_line(row.line)
                                    .remedy("Keep one row per company"),
                            ),
                        }
                    }
                },
            },
        };
        if !goes_on {
            break;
        }
    }
    None
}

/// A company, the last day of a period, and whether it is the group's.
pub(super) type PeriodKey = (u64, NaiveDate, bool);

/// Sends rows of accounts; a company's period may occur once, because nobody can know which of two rows is right.
pub(super) fn send_accounts(
    rows: impl Iterator<Item = Result<SourceRow<AccountsRow>, SourceError>>,
    seen: &mut HashMap<PeriodKey, u64>,
    sender: &mut Sender<'_>,
) -> Option<SourceError> {
    for row in rows {
        let goes_on = match row {
            Err(error) if error.extent() == Extent::Input => return Some(error),
            Err(error) => sender.reject(&error),
            Ok(row) => match row.content {
                RowContent::SoleTrader => sender.push(Content::SoleTrader, Vec::new()),
                RowContent::Record(accounts) => {
                    let orgnr = accounts.filing.orgnr;
                    let period = accounts
                        .filing
                        .statements
                        .first()
                        .map(|s| (orgnr.number(), s.period.end(), s.scope == Scope::Group));
                    match period.and_then(|period| Some((period, seen.insert(period, row.row)?))) {
                        None => sender.push(accounts_content(accounts), row.warnings),
                        Some((period, first)) => {
                            seen.insert(period, first);
                            let text = format!(
                                "the period of {} that ends {} was already given in row {first}",
                                orgnr.formatted(),
                                period.1
                            );
                            let error = SourceError::item(text)
                                .at_row(row.row)
                                .at_line(row.line)
                                .remedy("Keep one row per company and period");
                            sender.reject(&error)
                        }
                    }
                }
            },
        };
        if !goes_on {
            break;
        }
    }
    None
}

/// Sends an answer of Regnskapsregisteret: one filing per company in it, the answer itself kept as its package.
///
/// The same year may come in several answers: the register corrects what it publishes, so the later one counts.
pub(super) fn send_register_accounts(text: impl Read, sender: &mut Sender<'_>) -> Result<(), SourceError> {
    let mut bytes = Vec::new();
    text.take(sources::brreg::LONGEST_ANSWER + 1).read_to_end(&mut bytes)?;
    let filings = sources::brreg::accounts::parse(&bytes[..])?;
    let bytes = Bytes::from(bytes);
    for filing in filings {
        let goes_on = match filing {
            Err(error) => sender.reject(&error),
            Ok(filing) => {
                let warnings = filing.warnings.clone();
                let content = Content::Filing {
                    name: sender.name.clone(),
                    package: Some(bytes.clone()),
                    dated_on: None,
                    archived_on: None,
                    provenance: Some("An answer of Regnskapsregisteret (Brønnøysundregistrene).".to_owned()),
                    company: None,
                    filing: Box::new(filing),
                };
                sender.push(content, warnings)
            }
        };
        if !goes_on {
            break;
        }
    }
    Ok(())
}

fn accounts_content(row: AccountsRow) -> Content {
    Content::Filing {
        name: String::new(),
        package: None,
        dated_on: None,
        archived_on: None,
        provenance: Some(row.provenance),
        company: Some(Box::new(row.company)),
        filing: Box::new(row.filing),
    }
}

fn rejection(file: &str, number: u64, error: &SourceError) -> Rejection {
    let mut place = error.place().clone();
    let name = match (place.file.take(), place.entry.take()) {
        (_, Some(entry)) => format!("{file}!{entry}"),
        (_, None) => file.to_owned(),
    };
    let words = place.to_string();
    Rejection {
        file: name,
        item: number.cast_signed(),
        place: Some(words).filter(|words| !words.is_empty()),
        reason: error.reason().to_owned(),
        remedy: error.remedy_text().map(str::to_owned),
        sample: error.sample_text().map(str::to_owned),
    }
}
