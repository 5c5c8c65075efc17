//! Which entries of a package are documents, inflated and turned into UTF-8.

use super::error::{PackageError, Problem};
use super::zip::{self, Entry};
use super::{Loaded, Parser, encoding};

/// A package or a nested archive of it.
#[derive(Clone, Copy)]
struct Archive<'b> {
    path: &'b str,
    inner: &'b str,
    bytes: &'b [u8],
    depth: usize,
}

impl Parser {
    /// Loads every document of a package, nested archives included, in the order of its directory.
    pub(super) fn load(&mut self, name: &str, bytes: &[u8]) -> Result<Vec<Loaded>, PackageError> {
        let size = bytes.len() as u64;
        if size > self.limits.package {
            return Err(PackageError::of(name, Problem::TooLarge { size, limit: self.limits.package }));
        }
        let mut loaded = Vec::new();
        if zip::is_zip(bytes) || looks_like_prefixed_zip(name, bytes) {
            self.load_archive(Archive { path: name, inner: "", bytes, depth: 1 }, &mut loaded)?;
        } else {
            if let Some(problem) = not_a_document(bytes) {
                return Err(PackageError::of(name, problem));
            }
            let mut buffer = self.spare.pop().unwrap_or_default();
            buffer.clear();
            buffer.extend_from_slice(bytes);
            let entry = name.rsplit('/').next().unwrap_or(name).to_owned();
            loaded.push(self.document(name.to_owned(), entry, None, buffer)?);
        }
        Ok(loaded)
    }

    fn document(
        &self,
        path: String,
        entry: String,
        set: Option<String>,
        mut bytes: Vec<u8>,
    ) -> Result<Loaded, PackageError> {
        let warning = encoding::to_utf8(&path, &mut bytes, self.limits.entry)?;
        Ok(Loaded { path, entry, set, bytes, warning })
    }

    fn load_archive(&mut self, archive: Archive<'_>, loaded: &mut Vec<Loaded>) -> Result<(), PackageError> {
        if archive.depth > self.limits.depth {
            return Err(PackageError::of(archive.path, Problem::TooDeep { limit: self.limits.depth }));
        }
        let entries = zip::entries(archive.path, archive.bytes)?;
        // A report package keeps its documents in reports/; what else it holds is taxonomy and pictures.
        let is_report_package =
            entries.iter().any(|entry| entry.name.contains("/reports/") || entry.name.starts_with("reports/"));
        let documents = entries
            .iter()
            .filter(|entry| is_document(entry) && (!is_report_package || in_reports(&entry.name)))
            .count();
        let packages = entries.iter().filter(|entry| is_archive(entry)).count();
        if documents == 0 && packages > 1 && archive.depth == 1 {
            return Err(PackageError::of(archive.path, Problem::BulkArchive { packages }));
        }
        for entry in &entries {
            let inner =
                if archive.inner.is_empty() { entry.name.clone() } else { format!("{}!{}", archive.inner, entry.name) };
            let path = || format!("{}!{}", archive.path, entry.name);
            if is_archive(entry) {
                let nested = self.take(archive, entry, loaded)?;
                let path = path();
                let outcome = self.load_archive(
                    Archive { path: &path, inner: &inner, bytes: &nested, depth: archive.depth + 1 },
                    loaded,
                );
                self.spare.push(nested);
                outcome?;
            } else if is_document(entry) && (!is_report_package || in_reports(&entry.name)) {
                if loaded.len() >= self.limits.documents {
                    break;
                }
                let bytes = self.take(archive, entry, loaded)?;
                if bytes.is_empty() {
                    return Err(PackageError::of(&path(), Problem::Empty));
                }
                let set = is_report_package
                    .then(|| inner.rsplit_once('/').map_or(String::new(), |(folder, _)| folder.to_owned()));
                loaded.push(self.document(path(), inner, set, bytes)?);
            }
        }
        Ok(())
    }

    /// Inflates an entry, within the limit of everything inflated so far.
    fn take(&mut self, archive: Archive<'_>, entry: &Entry, loaded: &[Loaded]) -> Result<Vec<u8>, PackageError> {
        let so_far: u64 = loaded.iter().map(|one| one.bytes.len() as u64).sum::<u64>()
            + if archive.depth > 1 { archive.bytes.len() as u64 } else { 0 };
        if so_far.saturating_add(entry.size) > self.limits.total {
            let problem = Problem::TooLarge { size: so_far.saturating_add(entry.size), limit: self.limits.total };
            return Err(PackageError::of(&format!("{}!{}", archive.path, entry.name), problem));
        }
        let mut buffer = self.spare.pop().unwrap_or_default();
        zip::inflate(archive.path, archive.bytes, entry, &self.limits, &mut self.decompressor, &mut buffer)?;
        Ok(buffer)
    }
}

fn has_suffix(name: &str, suffixes: &[&str]) -> bool {
    suffixes.iter().any(|suffix| {
        name.len() > suffix.len()
            && name.as_bytes()[name.len() - suffix.len()..].eq_ignore_ascii_case(suffix.as_bytes())
    })
}

fn is_document(entry: &Entry) -> bool {
    has_suffix(&entry.name, &[".xhtml", ".html", ".htm"]) && !entry.name.starts_with("__MACOSX/")
}

pub(super) fn is_archive(entry: &Entry) -> bool {
    has_suffix(&entry.name, &[".zip", ".xbri", ".xbr"]) && !entry.name.starts_with("__MACOSX/")
}

fn in_reports(name: &str) -> bool {
    name.starts_with("reports/") || name.contains("/reports/")
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
