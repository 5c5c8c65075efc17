//! What the entries of archives are, told by their names: documents, archives, and what systems leave behind.

/// Whether the name is that of an XHTML document.
pub(super) fn is_document(name: &str) -> bool {
    has_suffix(name, &[".xhtml", ".html", ".htm"]) && !is_junk(name)
}

/// Whether the name is that of an archive: a zip or a report package.
pub(super) fn is_archive(name: &str) -> bool {
    has_suffix(name, &[".zip", ".xbri", ".xbr"]) && !is_junk(name)
}

/// What macOS and Windows leave in archives: folders of resource forks, `._name` beside each file, indexes of pictures.
pub(super) fn is_junk(name: &str) -> bool {
    let mut parts = name.split('/');
    let last = parts.next_back().unwrap_or(name);
    parts.any(|folder| folder == "__MACOSX")
        || last.starts_with("._")
        || [".DS_Store", "Thumbs.db", "desktop.ini"].iter().any(|known| last.eq_ignore_ascii_case(known))
}

/// The part of a name behind the folder `reports/`, where a report package keeps its reports; `None` elsewhere.
pub(super) fn below_reports(name: &str) -> Option<&str> {
    if let Some(rest) = name.strip_prefix("reports/") {
        return Some(rest);
    }
    name.find("/reports/").map(|at| &name[at + "/reports/".len()..])
}

pub(super) fn has_suffix(name: &str, suffixes: &[&str]) -> bool {
    let bytes = name.as_bytes();
    suffixes.iter().any(|suffix| {
        bytes.len() > suffix.len() && bytes[bytes.len() - suffix.len()..].eq_ignore_ascii_case(suffix.as_bytes())
    })
}

/// Whether bytes can be tagged at all: they name Inline XBRL, or are in an encoding that has to be turned first.
pub(super) fn may_be_tagged(bytes: &[u8]) -> bool {
    matches!(bytes, [0xff, 0xfe, ..] | [0xfe, 0xff, ..] | [b'<', 0, ..] | [0, b'<', ..])
        || memchr::memmem::find(bytes, b"inlineXBRL").is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sidecars_of_file_systems_are_neither_documents_nor_archives() {
        for name in ["._r.xhtml", "a/._r.xhtml", "__MACOSX/r.xhtml", "a/__MACOSX/b/r.xhtml", "__MACOSX/._a.zip"] {
            assert!(is_junk(name) && !is_document(name) && !is_archive(name), "{name}");
        }
        assert!(is_junk("x/THUMBS.DB") && is_document("a/R.XHTML") && is_archive("k.xbri"));
    }

    #[test]
    fn reports_stand_below_their_folder() {
        assert_eq!(below_reports("lei-sv/reports/a.xhtml"), Some("a.xhtml"));
        assert_eq!(below_reports("reports/sv/a.xhtml"), Some("sv/a.xhtml"));
        assert_eq!(below_reports("my-reports/a.xhtml"), None);
    }
}
