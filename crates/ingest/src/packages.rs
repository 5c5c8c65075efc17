//! Annual-report packages: found in files and in archives of archives, and parsed.

use std::cell::RefCell;
use std::fs::File;
use std::io::BufReader;
use std::ops::ControlFlow;
use std::sync::Arc;

use bytes::Bytes;
use chrono::NaiveDate;
use domain::filing_date::archive_week;
use sources::package::walk::{self, Step};
use sources::package::{Limits, PackageError, Parser, Report, Reports};
use store::import_rejections::Rejection;
use tokio::runtime::Handle;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use super::inputs::Input;
use super::item::{Content, Item};

/// What packages that were read and not yet written may fill, in kilobytes.
pub(super) const MEMORY_KILOBYTES: u32 = 512 << 10;

/// A package to be parsed.
pub(super) struct Package {
    pub file: usize,
    pub number: u64,
    /// File and entries, joined by `!`.
    pub name: String,
    /// The last day of the week whose archive it came in.
    pub archived_on: Option<NaiveDate>,
    pub bytes: Bytes,
    pub memory: Option<OwnedSemaphorePermit>,
}

/// What the reader of packages sends.
pub(super) enum Found {
    Package(Package),
    Rejected {
        file: usize,
        number: u64,
        rejection: Rejection,
    },
    /// Files that are no reports, in a sentence.
    PassedOver {
        file: usize,
        number: u64,
        note: String,
    },
}

/// The receiver is gone: the import stops.
pub(super) struct Stopped;

/// Walks through one input file, leaving out the first `skip` packages.
pub(super) struct Walk<'a, S> {
    pub input: &'a Input,
    pub file: usize,
    pub skip: u64,
    pub number: u64,
    pub memory: &'a Arc<Semaphore>,
    /// Bytes of the input that an entry stands for, for the progress bar.
    pub advance: &'a dyn Fn(u64),
    pub send: S,
}

impl<S: FnMut(Found) -> Result<(), Stopped>> Walk<'_, S> {
    /// Sends every package of the file.
    pub(super) fn run(&mut self) -> Result<(), Stopped> {
        let name = self.input.name.clone();
        let file = match File::open(&self.input.path).map(BufReader::new) {
            Ok(file) => file,
            Err(error) => return self.reject(name, &format!("the file cannot be read: {error}"), None),
        };
        let mut visit = |step: Step| {
            (self.advance)(step.share);
            match step.found.map_or(Ok(()), |found| self.found(found)) {
                Ok(()) => ControlFlow::Continue(()),
                Err(Stopped) => ControlFlow::Break(()),
            }
        };
        match walk::walk(&name, file, &Limits::default(), &mut visit) {
            ControlFlow::Continue(()) => Ok(()),
            ControlFlow::Break(()) => Err(Stopped),
        }
    }

    fn found(&mut self, found: walk::Found) -> Result<(), Stopped> {
        match found {
            walk::Found::Package { name, bytes } => self.package(name, bytes),
            walk::Found::Rejected { name, reason, remedy } => {
                let (reason, said) = split_remedy(&reason);
                self.reject(name, &reason, said.or(remedy.map(str::to_owned)))
            }
            walk::Found::PassedOver { name, note } => {
                self.number += 1;
                if self.number <= self.skip {
                    return Ok(());
                }
                let note = format!("{name}: {note}");
                (self.send)(Found::PassedOver { file: self.file, number: self.number, note })
            }
        }
    }

    fn package(&mut self, name: String, bytes: Vec<u8>) -> Result<(), Stopped> {
        self.number += 1;
        if self.number <= self.skip {
            return Ok(());
        }
        let kilobytes = u32::try_from(bytes.len() / 1024 + 1).unwrap_or(u32::MAX).min(MEMORY_KILOBYTES);
        let memory = Handle::current().block_on(Arc::clone(self.memory).acquire_many_owned(kilobytes)).ok();
        let archived_on = self.week_of(&name);
        let package = Package { file: self.file, number: self.number, name, archived_on, bytes: bytes.into(), memory };
        (self.send)(Found::Package(package))
    }

    /// The week that the innermost of the archives around a package names.
    fn week_of(&self, name: &str) -> Option<NaiveDate> {
        let (containers, _) = name.rsplit_once('!')?;
        let mut inner = containers.rsplit('!').collect::<Vec<_>>();
        // The input itself is looked at with its folder, which may be the year.
        inner.pop();
        inner.into_iter().find_map(archive_week).or_else(|| archive_week(&self.input.path.to_string_lossy()))
    }

    fn reject(&mut self, file: String, reason: &str, remedy: Option<String>) -> Result<(), Stopped> {
        self.number += 1;
        if self.number <= self.skip {
            return Ok(());
        }
        let rejection = Rejection {
            file,
            item: self.number.cast_signed(),
            place: None,
            reason: reason.to_owned(),
            remedy,
            sample: None,
        };
        (self.send)(Found::Rejected { file: self.file, number: self.number, rejection })
    }
}

thread_local! {
    /// Keeps its buffers from one package to the next.
    static PARSER: RefCell<Parser> = RefCell::default();
}

/// Parses a package: an item for each report in it, a rejection for one that cannot be used.
pub(super) fn parse(package: Package) -> Vec<Item> {
    let Package { file, number, name, archived_on, bytes, memory } = package;
    // The parser looks for `<orgnr>_…` in the package's own name.
    let entry = name.rsplit('!').next().unwrap_or(&name).to_owned();
    let read = PARSER.with_borrow_mut(|parser| parser.reports(&entry, &bytes));
    let Reports { reports, notes } = match read {
        Ok(reports) => reports,
        Err(error) => Reports { reports: vec![Err(error)], notes: Vec::new() },
    };
    let mut items: Vec<Item> = reports
        .into_iter()
        .map(|report| match report {
            Ok(report) => filing(file, number, &entry, &bytes, archived_on, report),
            Err(error) => {
                let content = Content::Rejected(rejection(&name, number, &error));
                Item { file, number, content, warnings: Vec::new(), _memory: None }
            }
        })
        .collect();
    if let Some(first) = items.first_mut() {
        first.warnings.extend(notes);
        first._memory = memory;
    }
    items
}

fn filing(
    file: usize,
    number: u64,
    entry: &str,
    package: &Bytes,
    archived_on: Option<NaiveDate>,
    report: Report,
) -> Item {
    let Report { parsed, own_file } = report;
    let dated_on = parsed.adopted_on.max(parsed.signed_on);
    let mut warnings = parsed.filing.warnings.clone();
    let unused = &parsed.filing.unused;
    warnings.extend(unused.iter().filter(|group| !group.reason.is_usual()).map(|group| group.sentence()));
    let (name, package) = match own_file {
        Some((path, bytes)) => (format!("{entry}!{path}"), Bytes::from(bytes)),
        None => (entry.to_owned(), package.clone()),
    };
    let content = Content::Filing {
        filing: Box::new(parsed.filing),
        name,
        package: Some(package),
        dated_on,
        archived_on,
        provenance: None,
        company: None,
    };
    Item { file, number, content, warnings, _memory: None }
}

fn rejection(name: &str, number: u64, error: &PackageError) -> Rejection {
    let (reason, remedy) = split_remedy(&error.problem.to_string());
    let place = error.place.to_string();
    Rejection {
        file: name.to_owned(),
        item: number.cast_signed(),
        place: Some(place).filter(|place| !place.is_empty()),
        reason,
        remedy,
        sample: None,
    }
}

/// The texts of package errors end with a sentence on what to do.
fn split_remedy(text: &str) -> (String, Option<String>) {
    match text.rsplit_once(". ") {
        Some((reason, remedy)) => (reason.to_owned(), Some(remedy.to_owned())),
        None => (text.to_owned(), None),
    }
}
