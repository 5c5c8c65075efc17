//! The packages in a file: found in archives of archives, one after the other, without ever holding more than one
//! package and the archives around it in memory.
//!
//! Everything that reads archives walks this way: the import, the benchmark, the fuzzer. An archive that holds archives
//! is a collection; an archive of documents is one package, unless it holds so many that it must be a collection too;
//! a report package with its cover beside it (as the register delivers ESEF) is one package. What is neither report nor
//! archive is passed over and named.

use std::io::{Cursor, Read, Seek, SeekFrom};
use std::ops::ControlFlow;

use zip::ZipArchive;

use super::Limits;
use super::entries::{below_reports, is_archive, is_document, is_junk, may_be_tagged};
use super::error::Problem;
use crate::ixbrl::classify::{Kind, classify};
use crate::ixbrl::reader;

/// Documents in one archive beyond which each is a package of its own.
const MOST_IN_A_PACKAGE: usize = 16;
/// Files passed over that a note names.
const MOST_NAMED: usize = 5;

/// What the walk comes upon.
#[derive(Debug)]
pub enum Found {
    /// A package.
    Package {
        /// File and entries, joined by `!`.
        name: String,
        /// Its bytes.
        bytes: Vec<u8>,
    },
    /// Something that should be a package and cannot be unpacked.
    Rejected {
        /// File and entries, joined by `!`.
        name: String,
        /// Why, and what to do.
        reason: String,
        /// What to do, where the reason does not say it.
        remedy: Option<&'static str>,
    },
    /// Files that are no reports.
    PassedOver {
        /// The archive that they are in.
        name: String,
        /// How many, and which, in a sentence.
        note: String,
    },
}

/// One step of the walk: what was found, and how many bytes of the outermost file it stands for.
#[derive(Debug)]
pub struct Step {
    /// What was found; `None` when bytes are merely done with.
    pub found: Option<Found>,
    /// Bytes of the outermost file that are done with it.
    pub share: u64,
}

/// Walks through a file. `visit` may stop the walk.
pub fn walk<R: Read + Seek>(
    name: &str,
    mut reader: R,
    limits: &Limits,
    visit: &mut dyn FnMut(Step) -> ControlFlow<()>,
) -> ControlFlow<()> {
    let size = reader.seek(SeekFrom::End(0)).and_then(|size| reader.rewind().map(|()| size));
    let mut walker = Walker { limits, visit };
    let unreadable = |error: std::io::Error| Found::Rejected {
        name: name.to_owned(),
        reason: format!("the file cannot be read: {error}"),
        remedy: None,
    };
    let size = match size {
        Ok(size) => size,
        Err(error) => return walker.send(unreadable(error), 0),
    };
    if let Ok(mut archive) = ZipArchive::new(&mut reader) {
        let listed = Listed::of(&mut archive);
        if listed.is_collection(limits) || walker.is_mixed(&mut archive, &listed) {
            return walker.collection(name, &mut archive, &listed, 1, true);
        }
    }
    let mut bytes = Vec::new();
    match reader.rewind().and_then(|()| reader.take(limits.package.saturating_add(1)).read_to_end(&mut bytes)) {
        Ok(_) => walker.send(Found::Package { name: name.to_owned(), bytes }, size),
        Err(error) => walker.send(unreadable(error), size),
    }
}

/// The entries of an archive by what they are.
#[derive(Default)]
struct Listed {
    archives: Vec<usize>,
    documents: Vec<usize>,
    others: Vec<String>,
    /// Bytes of all documents, unpacked.
    document_bytes: u64,
    is_report_package: bool,
}

impl Listed {
    fn of<R: Read + Seek>(archive: &mut ZipArchive<R>) -> Self {
        let mut listed = Self::default();
        let names: Vec<String> =
            archive.file_names_raw().map(|name| String::from_utf8_lossy(name).replace('\\', "/")).collect();
        for (index, name) in names.into_iter().enumerate() {
            if name.ends_with('/') || is_junk(&name) {
                continue;
            }
            listed.is_report_package |= below_reports(&name).is_some();
            if is_archive(&name) {
                listed.archives.push(index);
            } else if is_document(&name) {
                listed.documents.push(index);
                // An entry whose header is broken is refused where it is read.
                let size = archive.by_index_raw(index).map_or(0, |entry| entry.size());
                listed.document_bytes = listed.document_bytes.saturating_add(size);
            } else {
                listed.others.push(name);
            }
        }
        listed
    }

    /// Whether it certainly holds packages rather than being one.
    fn is_collection(&self, limits: &Limits) -> bool {
        let only_archives = self.documents.is_empty() && !self.archives.is_empty();
        let is_large = self.documents.len() > MOST_IN_A_PACKAGE.min(limits.documents)
            || (self.documents.len() > 1 && self.document_bytes > limits.total);
        !self.is_report_package && (only_archives || is_large)
    }
}

struct Walker<'w> {
    limits: &'w Limits,
    visit: &'w mut dyn FnMut(Step) -> ControlFlow<()>,
}

impl Walker<'_> {
    fn send(&mut self, found: Found, share: u64) -> ControlFlow<()> {
        (self.visit)(Step { found: Some(found), share })
    }

    /// Whether an archive of both archives and documents is a collection. One archive with its cover beside it is a
    /// package; pages without tags make no package of a collection, and a report beside archives is a package itself.
    fn is_mixed<R: Read + Seek>(&self, archive: &mut ZipArchive<R>, listed: &Listed) -> bool {
        if listed.archives.is_empty() || listed.documents.is_empty() || listed.is_report_package {
            return false;
        }
        let mut has_cover = false;
        for index in &listed.documents {
            match self.read(archive, *index).ok().filter(|(_, bytes)| may_be_tagged(bytes)) {
                Some((_, bytes)) if is_report(&bytes) => return true,
                Some(_) => has_cover = true,
                None => {}
            }
        }
        !has_cover || listed.archives.len() > 1
    }

    /// Goes through an archive that holds packages.
    fn collection<R: Read + Seek>(
        &mut self,
        name: &str,
        archive: &mut ZipArchive<R>,
        listed: &Listed,
        depth: usize,
        is_outermost: bool,
    ) -> ControlFlow<()> {
        let mut passed_over = listed.others.clone();
        let mut indexes: Vec<usize> = listed.archives.iter().chain(&listed.documents).copied().collect();
        indexes.sort_unstable();
        for index in indexes {
            let is_document = listed.documents.contains(&index);
            let share =
                if is_outermost { archive.by_index_raw(index).map_or(0, |entry| entry.compressed_size()) } else { 0 };
            let (entry, bytes) = match self.read(archive, index) {
                Ok(read) => read,
                Err((entry, reason)) => {
                    let found = Found::Rejected {
                        name: format!("{name}!{entry}"),
                        reason,
                        remedy: Some("Download the archive again; if it stays, import this entry alone"),
                    };
                    self.send(found, share)?;
                    continue;
                }
            };
            let full = format!("{name}!{entry}");
            if is_document {
                // Of the documents in a collection only reports are packages: a cover or a page has no figures.
                if may_be_tagged(&bytes) && !is_companion(&bytes) {
                    self.send(Found::Package { name: full, bytes }, share)?;
                } else {
                    passed_over.push(entry);
                }
                continue;
            }
            if let Ok(mut inner) = ZipArchive::new(Cursor::new(&bytes)) {
                let inside = Listed::of(&mut inner);
                if inside.is_collection(self.limits) || self.is_mixed(&mut inner, &inside) {
                    if depth < self.limits.depth {
                        self.collection(&full, &mut inner, &inside, depth + 1, false)?;
                        self.advance(share)?;
                    } else {
                        let reason = Problem::TooDeep { limit: self.limits.depth }.to_string();
                        self.send(Found::Rejected { name: full, reason, remedy: None }, share)?;
                    }
                    continue;
                }
            }
            self.send(Found::Package { name: full, bytes }, share)?;
        }
        if !passed_over.is_empty() {
            let named = passed_over.iter().take(MOST_NAMED).cloned().collect::<Vec<_>>().join(", ");
            let more = if passed_over.len() > MOST_NAMED { " …" } else { "" };
            let count = passed_over.len();
            let note = format!(
                "{count} {} no annual report and no archive and {} passed over: {named}{more}",
                if count == 1 { "file is" } else { "files are" },
                if count == 1 { "was" } else { "were" }
            );
            self.send(Found::PassedOver { name: name.to_owned(), note }, 0)?;
        }
        ControlFlow::Continue(())
    }

    /// Tells the share of an archive whose packages were sent without one.
    fn advance(&mut self, share: u64) -> ControlFlow<()> {
        (self.visit)(Step { found: None, share })
    }

    /// Unpacks an entry within the limit: its name and bytes, or its name and why not.
    fn read<R: Read + Seek>(
        &self,
        archive: &mut ZipArchive<R>,
        index: usize,
    ) -> Result<(String, Vec<u8>), (String, String)> {
        let limit = self.limits.package;
        let mut entry = archive
            .by_index(index)
            .map_err(|error| (format!("entry {}", index + 1), format!("the entry cannot be read: {error}")))?;
        let name = String::from_utf8_lossy(entry.name_raw()).replace('\\', "/");
        let too_large = |size: u64| Problem::TooLarge { size, limit }.to_string();
        if entry.size() > limit {
            return Err((name, too_large(entry.size())));
        }
        let mut bytes = Vec::new();
        match (&mut entry).take(limit.saturating_add(1)).read_to_end(&mut bytes) {
            Ok(_) if bytes.len() as u64 > limit => Err((name, too_large(bytes.len() as u64))),
            Ok(_) => Ok((name, bytes)),
            Err(error) => Err((name, format!("the entry cannot be unpacked: {error}"))),
        }
    }
}

/// The kind of a document by its references, as far as it can be told without a whole reading.
fn kind(bytes: &[u8]) -> Option<Kind> {
    let document = reader::read("", bytes, |refs| classify(refs, None) != Kind::Audit).ok()?;
    Some(classify(&document.schema_refs, document.ifrs()))
}

fn is_report(bytes: &[u8]) -> bool {
    matches!(kind(bytes), Some(Kind::AnnualReport { .. } | Kind::Esef { .. }))
}

/// Whether a document is known to have no figures: an auditor's report or a certificate.
fn is_companion(bytes: &[u8]) -> bool {
    matches!(kind(bytes), Some(Kind::Audit | Kind::Certificate))
}
