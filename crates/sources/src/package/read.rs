//! Which entries of a package are documents, inflated and turned into UTF-8.

use super::entries::{below_reports, has_suffix, is_archive, is_document, may_be_tagged};
use super::error::{PackageError, Problem};
use super::zip::{self, Entry};
use super::{Loaded, Parser, encoding};

/// A package or a nested archive of it.
#[derive(Clone, Copy)]
struct Archive<'b> {
    path: &'b str,
    inner: &'b str,
    bytes: &'b [u8],
    at: &'b [usize],
}

impl Parser {
    /// Loads every document of a package, nested archives included, in the order of its directory.
    pub(crate) fn load(
        &mut self,
        name: &str,
        bytes: &[u8],
        notes: &mut Vec<String>,
    ) -> Result<Vec<Loaded>, PackageError> {
        let size = bytes.len() as u64;
        if size > self.limits.package {
            return Err(PackageError::of(name, Problem::TooLarge { size, limit: self.limits.package }));
        }
        let mut loaded = Vec::new();
        if zip::is_zip(bytes) || looks_like_prefixed_zip(name, bytes) {
            self.load_archive(Archive { path: name, inner: "", bytes, at: &[] }, &mut loaded)?;
            pass_over_pages(&mut loaded, notes);
        } else {
            if let Some(problem) = not_a_document(bytes) {
                return Err(PackageError::of(name, problem));
            }
            let mut buffer = self.spare.pop().unwrap_or_default();
            buffer.clear();
            buffer.extend_from_slice(bytes);
            let entry = name.rsplit('/').next().unwrap_or(name).to_owned();
            loaded.push(Loaded {
                path: name.to_owned(),
                entry,
                at: Vec::new(),
                report_package: None,
                set: None,
                bytes: buffer,
                warning: None,
            });
        }
        for one in &mut loaded {
            if one.bytes.is_empty() {
                return Err(PackageError::of(&one.path, Problem::Empty));
            }
            one.warning = encoding::to_utf8(&one.path, &mut one.bytes, self.limits.entry)?;
        }
        Ok(loaded)
    }

    fn load_archive(&mut self, archive: Archive<'_>, loaded: &mut Vec<Loaded>) -> Result<(), PackageError> {
        if archive.at.len() >= self.limits.depth {
            return Err(PackageError::of(archive.path, Problem::TooDeep { limit: self.limits.depth }));
        }
        let entries = zip::entries(archive.path, archive.bytes)?;
        // A report package keeps its documents in reports/; what else it holds is taxonomy and pictures.
        let is_report_package = entries.iter().any(|entry| below_reports(&entry.name).is_some());
        let is_wanted = |name: &str| is_document(name) && (!is_report_package || below_reports(name).is_some());
        let documents = entries.iter().filter(|entry| is_wanted(&entry.name)).count();
        let packages = entries.iter().filter(|entry| is_archive(&entry.name)).count();
        if documents == 0 && packages > 1 && archive.at.is_empty() {
            return Err(PackageError::of(archive.path, Problem::BulkArchive { packages }));
        }
        for (index, entry) in entries.iter().enumerate() {
            let inner =
                if archive.inner.is_empty() { entry.name.clone() } else { format!("{}!{}", archive.inner, entry.name) };
            let path = || format!("{}!{}", archive.path, entry.name);
            let at = || archive.at.iter().copied().chain([index]).collect::<Vec<_>>();
            if is_archive(&entry.name) {
                let nested = self.take(archive, entry, loaded)?;
                let (path, at) = (path(), at());
                let outcome =
                    self.load_archive(Archive { path: &path, inner: &inner, bytes: &nested, at: &at }, loaded);
                self.spare.push(nested);
                outcome?;
            } else if is_wanted(&entry.name) {
                if loaded.len() >= self.limits.documents {
                    let problem = Problem::TooManyDocuments { limit: self.limits.documents };
                    return Err(PackageError::of(archive.path, problem));
                }
                let bytes = self.take(archive, entry, loaded)?;
                let folder = below_reports(&entry.name).and_then(|rest| rest.split_once('/')).map(|(folder, rest)| {
                    let before = inner.len() - folder.len() - 1 - rest.len();
                    inner[..before + folder.len()].to_owned()
                });
                let report_package = is_report_package.then(|| (archive.inner.to_owned(), archive.at.len()));
                loaded.push(Loaded {
                    path: path(),
                    entry: inner,
                    at: at(),
                    report_package,
                    set: folder,
                    bytes,
                    warning: None,
                });
            }
        }
        Ok(())
    }

    /// Inflates an entry, within the limit of everything inflated so far.
    fn take(&mut self, archive: Archive<'_>, entry: &Entry, loaded: &[Loaded]) -> Result<Vec<u8>, PackageError> {
        let so_far: u64 = loaded.iter().map(|one| one.bytes.len() as u64).sum::<u64>()
            + if archive.at.is_empty() { 0 } else { archive.bytes.len() as u64 };
        if so_far.saturating_add(entry.size) > self.limits.total {
            let problem = Problem::TooLarge { size: so_far.saturating_add(entry.size), limit: self.limits.total };
            return Err(PackageError::of(&format!("{}!{}", archive.path, entry.name), problem));
        }
        let mut buffer = self.spare.pop().unwrap_or_default();
        zip::inflate(archive.path, archive.bytes, entry, &self.limits, &mut self.decompressor, &mut buffer)?;
        Ok(buffer)
    }

    /// Inflates the entry at a place: an index in each archive, outermost first.
    pub(super) fn entry_at(&mut self, name: &str, bytes: &[u8], at: &[usize]) -> Result<Vec<u8>, PackageError> {
        let mut current = bytes.to_vec();
        for index in at {
            let entries = zip::entries(name, &current)?;
            let entry = entries.get(*index).ok_or_else(|| {
                PackageError::of(name, Problem::DamagedZip { what: "an entry of its directory is gone" })
            })?;
            let mut inner = Vec::new();
            zip::inflate(name, &current, entry, &self.limits, &mut self.decompressor, &mut inner)?;
            current = inner;
        }
        Ok(current)
    }
}

/// Takes out pages without tags that stand beside tagged ones (an index, a readme): they need be neither XHTML nor in
/// any known encoding. Documents whose bytes are already there are taken out too.
fn pass_over_pages(loaded: &mut Vec<Loaded>, notes: &mut Vec<String>) {
    if loaded.len() < 2 {
        return;
    }
    let tagged: Vec<bool> = loaded.iter().map(|one| may_be_tagged(&one.bytes)).collect();
    if tagged.contains(&true) && tagged.contains(&false) {
        let mut at = 0;
        loaded.retain(|one| {
            let is_tagged = tagged[at];
            at += 1;
            if !is_tagged {
                notes.push(format!("{} holds no tags and was passed over", one.entry));
            }
            is_tagged
        });
    }
    let mut at = 1;
    while at < loaded.len() {
        let first = loaded[..at].iter().find(|one| one.bytes == loaded[at].bytes);
        match first.map(|one| one.entry.clone()) {
            Some(first) => {
                let one = loaded.remove(at);
                notes.push(format!("{} is the same file as {first} and was read once", one.entry));
            }
            None => at += 1,
        }
    }
}

/// A zip may have bytes before it; only a file that is called one is searched for its end.
fn looks_like_prefixed_zip(name: &str, bytes: &[u8]) -> bool {
    has_suffix(name, &[".zip"]) && zip::entries(name, bytes).is_ok_and(|entries| !entries.is_empty())
}

/// Why the bytes are no XHTML document, judged by how they begin.
fn not_a_document(bytes: &[u8]) -> Option<Problem> {
    let is = |found| Some(Problem::NotAPackage { found });
    let start = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes).trim_ascii_start();
    match start {
        [] => Some(Problem::Empty),
        _ if bytes.starts_with(b"%PDF") => is("a PDF document"),
        _ if bytes.starts_with(b"\x1f\x8b") => is("a gzip file"),
        _ if bytes.starts_with(b"Rar!") || bytes.starts_with(b"7z\xbc\xaf") => is("another kind of archive"),
        _ if bytes.starts_with(b"\xd0\xcf\x11\xe0") => is("an old Office document"),
        _ if bytes.starts_with(b"\x89PNG") || bytes.starts_with(b"\xff\xd8\xff") => is("a picture"),
        _ if bytes.starts_with(b"PK") => Some(Problem::Truncated { what: "it does not even hold its first entry" }),
        _ if matches!(bytes, [0xff, 0xfe, ..] | [0xfe, 0xff, ..] | [b'<', 0, ..] | [0, b'<', ..]) => None,
        [b'<', ..] => None,
        [b'{' | b'[', ..] => is("JSON"),
        _ => is("something else"),
    }
}
