//! Annual-report packages: found in files and in archives of archives, and parsed.

use std::cell::RefCell;
use std::fs::File;
use std::io::{BufReader, Cursor, Read, Seek};
use std::sync::Arc;

use bytes::Bytes;
use chrono::NaiveDate;
use domain::filing_date::archive_week;
use sources::package::{Limits, Parser};
use store::import_rejections::Rejection;
use tokio::runtime::Handle;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use zip::ZipArchive;

use super::inputs::Input;
use super::item::{Content, Item};

/// What packages that were read and not yet written may fill, in kilobytes.
pub(super) const MEMORY_KILOBYTES: u32 = 512 << 10;
/// How deep archives of archives are followed before the packages themselves.
const DEPTH: usize = 3;

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
    Rejected { file: usize, number: u64, rejection: Rejection },
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
        let limit = Limits::default().package;
        let opened = File::open(&self.input.path).map(BufReader::new);
        let mut file = match opened {
            Ok(file) => file,
            Err(error) => {
                return self.reject(self.input.name.clone(), &format!("the file cannot be read: {error}"), None);
            }
        };
        if let Ok(mut archive) = ZipArchive::new(&mut file)
            && is_archive(&mut archive)
        {
            return self.archive(&self.input.name.clone(), archive, 1, true);
        }
        let mut bytes = Vec::new();
        if let Err(error) = file.rewind().and_then(|()| file.take(limit + 1).read_to_end(&mut bytes)) {
            return self.reject(self.input.name.clone(), &format!("the file cannot be read: {error}"), None);
        }
        self.package(self.input.name.clone(), bytes, self.input.bytes)
    }

    fn archive<R: Read + Seek>(
        &mut self,
        name: &str,
        mut archive: ZipArchive<R>,
        depth: usize,
        is_outermost: bool,
    ) -> Result<(), Stopped> {
        let limit = Limits::default().package;
        for index in 0..archive.len() {
            let mut bytes = Vec::new();
            let (entry_name, share, read) = match archive.by_index(index) {
                Ok(mut entry) => {
                    let own_name = String::from_utf8_lossy(entry.name_raw()).into_owned();
                    if entry.is_dir() || is_junk(&own_name) {
                        continue;
                    }
                    let entry_name = format!("{name}!{own_name}");
                    let share = if is_outermost { entry.compressed_size() } else { 0 };
                    let read = if entry.size() > limit {
                        Err(format!("{} bytes unpacked is more than the limit of {limit}", entry.size()))
                    } else {
                        (&mut entry)
                            .take(limit + 1)
                            .read_to_end(&mut bytes)
                            .map_err(|error| format!("the entry cannot be unpacked: {error}"))
                    };
                    (entry_name, share, read)
                }
                Err(error) => {
                    (format!("{name}!entry {}", index + 1), 0, Err(format!("the entry cannot be read: {error}")))
                }
            };
            if let Err(reason) = read {
                (self.advance)(share);
                self.reject(
                    entry_name,
                    &reason,
                    Some("Download the archive again; if it stays, import this entry alone"),
                )?;
                continue;
            }
            if let Ok(mut inner) = ZipArchive::new(Cursor::new(&bytes))
                && is_archive(&mut inner)
            {
                if depth < DEPTH {
                    self.archive(&entry_name, inner, depth + 1, false)?;
                } else {
                    self.reject(entry_name, "archives are nested too deep", Some("Unpack the outer archive first"))?;
                }
                (self.advance)(share);
                continue;
            }
            self.package(entry_name, bytes, share)?;
        }
        Ok(())
    }

    fn package(&mut self, name: String, bytes: Vec<u8>, share: u64) -> Result<(), Stopped> {
        self.number += 1;
        (self.advance)(share);
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

    fn reject(&mut self, file: String, reason: &str, remedy: Option<&str>) -> Result<(), Stopped> {
        self.number += 1;
        if self.number <= self.skip {
            return Ok(());
        }
        let rejection = Rejection {
            file,
            item: self.number.cast_signed(),
            place: None,
            reason: reason.to_owned(),
            remedy: remedy.map(str::to_owned),
            sample: None,
        };
        (self.send)(Found::Rejected { file: self.file, number: self.number, rejection })
    }
}

/// Whether a zip holds packages rather than being one: zips inside, and no document beside them.
fn is_archive<R: Read + Seek>(archive: &mut ZipArchive<R>) -> bool {
    let has = |endings: &[&str]| {
        archive.file_names().flatten().any(|name| {
            let name = name.to_ascii_lowercase();
            !is_junk(&name) && endings.iter().any(|ending| name.ends_with(ending))
        })
    };
    has(&[".zip"]) && !has(&[".xhtml", ".html", ".htm", ".xml"])
}

/// What macOS and Windows leave in archives.
fn is_junk(name: &str) -> bool {
    let last = name.rsplit('/').next().unwrap_or(name);
    name.starts_with("__MACOSX/") || last.starts_with("._") || matches!(last, ".DS_Store" | "Thumbs.db")
}

thread_local! {
    /// Keeps its buffers from one package to the next.
    static PARSER: RefCell<Parser> = RefCell::default();
}

/// Parses a package; a package that cannot be used becomes a rejection.
pub(super) fn parse(package: Package) -> Item {
    let Package { file, number, name, archived_on, bytes, memory } = package;
    // The parser looks for `<orgnr>_…` in the package's own name.
    let entry = name.rsplit('!').next().unwrap_or(&name).to_owned();
    let (content, warnings) = match PARSER.with_borrow_mut(|parser| parser.parse(&entry, &bytes)) {
        Ok(parsed) => {
            let dated_on = parsed.adopted_on.max(parsed.signed_on);
            let warnings = parsed.filing.warnings.clone();
            let filing = Box::new(parsed.filing);
            (
                Content::Filing {
                    filing,
                    name: entry,
                    package: Some(bytes),
                    dated_on,
                    archived_on,
                    provenance: None,
                    company: None,
                },
                warnings,
            )
        }
        Err(error) => {
            let (reason, remedy) = split_remedy(&error.problem.to_string());
            let place = error.place.to_string();
            let rejection = Rejection {
                file: name,
                item: number.cast_signed(),
                place: Some(place).filter(|place| !place.is_empty()),
                reason,
                remedy,
                sample: None,
            };
            (Content::Rejected(rejection), Vec::new())
        }
    };
    Item { file, number, content, warnings, _memory: memory }
}

/// The texts of package errors end with a sentence on what to do.
fn split_remedy(text: &str) -> (String, Option<String>) {
    match text.rsplit_once(". ") {
        Some((reason, remedy)) => (reason.to_owned(), Some(remedy.to_owned())),
        None => (text.to_owned(), None),
    }
}
