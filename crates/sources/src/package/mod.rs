//! Filed packages: from the bytes as the register delivers them to the filing with its statements.
//!
//! A package is a zip with one or two XHTML documents, a zip around an ESEF report package (a zip itself), or
//! a bare XHTML document. Documents are told apart by the taxonomies they refer to. Nothing is read from or
//! written to disk, nothing is fetched, and whatever the bytes say, memory stays within [`Limits`].

pub mod error;
pub mod limits;

mod bulk;
mod encoding;
mod read;
pub(crate) mod zip;

use std::cell::RefCell;

use chrono::NaiveDate;
use domain::filing::{Filing, FilingKind, Framework};
use domain::orgnr::Orgnr;
use domain::statement::Statement;
use libdeflater::Decompressor;
use sha2::{Digest, Sha256};

pub use bulk::InnerPackage;
pub use error::{PackageError, Place, Problem};
pub use limits::Limits;

use crate::ixbrl::classify::{Kind, classify};
use crate::ixbrl::document::{self, Document, TextKind};
use crate::ixbrl::statements::{self, Source};

/// A filed package, read.
#[derive(Clone, Debug, PartialEq)]
pub struct ParsedPackage {
    /// The filing with its statements and lineage; `filed_at` is left to whoever knows it.
    pub filing: Filing,
    /// Legal entity identifier, in a listed company's package.
    pub lei: Option<String>,
    /// Day of the general meeting that adopted the accounts.
    pub adopted_on: Option<NaiveDate>,
    /// Latest day the report was signed: of two reports for one year, the later is the amended one.
    pub signed_on: Option<NaiveDate>,
}

/// The version of the reader of packages. Raise it whenever a package may be read otherwise than before: an installation then
/// reads again what it keeps.
pub const READER_VERSION: i32 = 2;

/// Reads packages one after the other, keeping its buffers. One per thread.
pub struct Parser {
    limits: Limits,
    decompressor: Decompressor,
    /// Buffers of inflated entries, kept for the next package.
    spare: Vec<Vec<u8>>,
    /// Bytes of the documents of the last package.
    inflated: u64,
}

impl Default for Parser {
    fn default() -> Self {
        Self::new(Limits::default())
    }
}

impl std::fmt::Debug for Parser {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Parser").field("limits", &self.limits).finish_non_exhaustive()
    }
}

/// Reads one package with the usual limits.
///
/// # Errors
/// When it cannot be read: where, what and the remedy.
pub fn parse(name: &str, bytes: &[u8]) -> Result<ParsedPackage, PackageError> {
    Parser::default().parse(name, bytes)
}

/// Reads one package with a parser of the calling thread, whose buffers are kept.
///
/// # Errors
/// When it cannot be read: where, what and the remedy.
pub fn read(name: &str, bytes: &[u8], limits: &Limits) -> Result<Filing, PackageError> {
    thread_local!(static PARSER: RefCell<Parser> = RefCell::new(Parser::default()));
    PARSER.with_borrow_mut(|parser| {
        parser.limits = *limits;
        parser.parse(name, bytes).map(|parsed| parsed.filing)
    })
}

impl Parser {
    /// A parser with the given limits.
    #[must_use]
    pub fn new(limits: Limits) -> Self {
        Self { limits, decompressor: Decompressor::new(), spare: Vec::new(), inflated: 0 }
    }

    /// The limits it keeps.
    #[must_use]
    pub fn limits(&self) -> &Limits {
        &self.limits
    }

    /// Bytes of the documents of the package that was read last, unzipped, as UTF-8.
    #[must_use]
    pub fn inflated_bytes(&self) -> u64 {
        self.inflated
    }

    /// Reads one package. `name` is its file name: it stands in messages, and `<orgnr>_…` in it tells whose
    /// report it is when the report does not.
    ///
    /// # Errors
    /// When it cannot be read: where, what and the remedy.
    pub fn parse(&mut self, name: &str, bytes: &[u8]) -> Result<ParsedPackage, PackageError> {
        self.inflated = 0;
        let loaded = self.load(name, bytes)?;
        self.inflated = loaded.iter().map(|one| one.bytes.len() as u64).sum();
        let parsed = read_all(name, bytes, &loaded);
        self.spare.extend(loaded.into_iter().map(|one| one.bytes));
        // Keep what ordinary packages need; give back what one giant took.
        self.spare.retain(|buffer| buffer.capacity() <= 4 << 20);
        self.spare.truncate(4);
        parsed
    }
}

/// One document of a package, as UTF-8.
pub(crate) struct Loaded {
    /// Path for messages: package and entries.
    pub path: String,
    /// Path within the package.
    pub entry: String,
    /// Documents that may share contexts have the same set: the folder of a nested report package.
    pub set: Option<String>,
    /// Its text.
    pub bytes: Vec<u8>,
    /// Something odd about its encoding.
    pub warning: Option<String>,
}

fn read_all(name: &str, bytes: &[u8], loaded: &[Loaded]) -> Result<ParsedPackage, PackageError> {
    let mut documents = Vec::with_capacity(loaded.len());
    for one in loaded {
        // The auditor's report has no figures: its references are enough.
        let keep_going = |refs: &[String]| classify(refs, None) != Kind::Audit;
        let document = document::read(&one.path, &one.bytes, keep_going)?;
        let mut kind = classify(&document.schema_refs, document.ifrs());
        if kind == Kind::Unknown && statements::has_figures(&document) {
            kind = Kind::AnnualReport { framework: Framework::Unknown, group: false, taxonomy: None };
        }
        documents.push((document, kind));
    }
    assemble(name, bytes, loaded, &documents)
}

fn assemble(
    name: &str,
    bytes: &[u8],
    loaded: &[Loaded],
    documents: &[(Document<'_>, Kind)],
) -> Result<ParsedPackage, PackageError> {
    let mut warnings: Vec<String> = loaded.iter().filter_map(|one| one.warning.clone()).collect();
    let (mut statements, mut main) = (Vec::<Statement>::new(), None);
    for set in report_sets(loaded, documents) {
        let found = statements::statements(&set, &mut warnings)?;
        if main.is_none() && !found.is_empty() {
            main = set.first().map(|source| usize::from(source.index));
        }
        merge(&mut statements, found);
    }
    let Some(main) = main else {
        return Err(no_report(name, documents));
    };
    let (report, kind) = &documents[main];
    let (filing_kind, framework, taxonomy) = match *kind {
        Kind::AnnualReport { framework, taxonomy, .. } => (FilingKind::AnnualReport, framework, taxonomy),
        Kind::Esef { taxonomy } => (FilingKind::EsefReport, Framework::Ifrs, taxonomy),
        _ => (FilingKind::AnnualReport, Framework::Unknown, None),
    };
    if framework == Framework::Unknown {
        warnings.push(format!(
            "{} refers to no taxonomy that Lode knows; its concepts were read all the same",
            loaded[main].entry
        ));
    }
    // The report's own texts first, then those of the cover beside it.
    let in_order = || {
        std::iter::once(report)
            .chain(documents.iter().map(|(document, _)| document).filter(|other| !std::ptr::eq(*other, report)))
    };
    let text =
        |kind| in_order().find_map(|document| document.first(kind)).filter(|text| !text.is_empty()).map(str::to_owned);
    let software = in_order()
        .find_map(|document| document.program.as_deref().map(|program| (program, document.program_version.as_deref())));
    let last = |kind| {
        documents
            .iter()
            .flat_map(|(document, _)| &document.texts)
            .filter(|(found, _)| *found == kind)
            .filter_map(|(_, text)| text.parse::<NaiveDate>().ok())
            .max()
    };
    let orgnr = whose(name, in_order(), &mut warnings)?;
    warnings.truncate(60);
    Ok(ParsedPackage {
        filing: Filing {
            orgnr,
            kind: filing_kind,
            framework,
            taxonomy,
            company_name: text(TextKind::CompanyName),
            seat: text(TextKind::Seat),
            software: software.map(|(program, version)| {
                version.map_or_else(|| program.to_owned(), |version| format!("{program} {version}"))
            }),
            documents: loaded.iter().map(|one| one.entry.clone()).collect(),
            filed_at: None,
            sha256: hex::encode(Sha256::digest(bytes)),
            size_bytes: bytes.len() as u64,
            statements,
            warnings,
        },
        lei: text(TextKind::Lei).filter(|lei| lei.len() == 20 && lei.bytes().all(|byte| byte.is_ascii_alphanumeric())),
        adopted_on: last(TextKind::AdoptedOn),
        signed_on: last(TextKind::SignedOn),
    })
}

/// The documents with figures, those that share contexts together.
fn report_sets<'d, 'a>(loaded: &[Loaded], documents: &'d [(Document<'a>, Kind)]) -> Vec<Vec<Source<'d, 'a>>> {
    let mut sets: Vec<(Option<&str>, Vec<Source<'d, 'a>>)> = Vec::new();
    for (index, (document, kind)) in documents.iter().enumerate() {
        let set = loaded[index].set.as_deref();
        let has_figures = matches!(kind, Kind::AnnualReport { .. } | Kind::Esef { .. });
        // A set's file may hold only contexts; a lone document without figures is of no use.
        if !has_figures && set.is_none() {
            continue;
        }
        let source = Source { document, kind: *kind, index: u16::try_from(index).unwrap_or(u16::MAX) };
        match sets.iter_mut().find(|(known, _)| set.is_some() && *known == set) {
            Some((_, members)) if has_figures => members.insert(0, source),
            Some((_, members)) => members.push(source),
            None => sets.push((set, vec![source])),
        }
    }
    sets.into_iter().map(|(_, members)| members).collect()
}

/// Adds statements of a second report in the package; what the first one said stays.
fn merge(statements: &mut Vec<Statement>, found: Vec<Statement>) {
    for statement in found {
        let same = statements
            .iter()
            .any(|known| known.scope == statement.scope && known.period.end() == statement.period.end());
        if !same {
            statements.push(statement);
        }
    }
    statements.sort_by_key(|statement| (std::cmp::Reverse(statement.period.end()), statement.scope));
}

fn no_report(name: &str, documents: &[(Document<'_>, Kind)]) -> PackageError {
    let report = documents.iter().find(|(_, kind)| matches!(kind, Kind::AnnualReport { .. } | Kind::Esef { .. }));
    if let Some((document, _)) = report {
        return PackageError::of(&document.entry, Problem::NoFigures);
    }
    let mut found: Vec<&str> = documents.iter().map(|(_, kind)| kind.words()).collect();
    found.dedup();
    let found = if found.is_empty() { "no document at all".to_owned() } else { found.join(" and ") };
    PackageError::of(name, Problem::NoReport { found })
}

/// Whose report it is: the entity of its contexts, the number in its text, that of the cover, or the package's name.
fn whose<'d, 'a: 'd>(
    name: &str,
    documents: impl Iterator<Item = &'d Document<'a>>,
    warnings: &mut Vec<String>,
) -> Result<Orgnr, PackageError> {
    let mut given: Vec<String> = Vec::new();
    for document in documents {
        let swedish =
            document.contexts.iter().find(|context| memchr::memmem::find(context.scheme, b"bolagsverket").is_some());
        given.extend(swedish.map(|context| context.identifier.clone()));
        given.extend(document.first(TextKind::Orgnr).map(str::to_owned));
    }
    let base = name.rsplit(['/', '!']).next().unwrap_or(name);
    given.extend(
        base.split('_').next().filter(|part| part.bytes().filter(u8::is_ascii_digit).count() >= 10).map(str::to_owned),
    );
    let mut refused = None;
    let mut found: Option<Orgnr> = None;
    for text in given {
        let digits: String = text.chars().filter(char::is_ascii_digit).collect();
        let bare = if digits.len() == 12 { digits.strip_prefix("16").unwrap_or(&digits) } else { text.trim() };
        match (Orgnr::parse_lenient(bare), found) {
            (Ok((orgnr, right)), None) => {
                if !right {
                    warnings.push(format!("the organisation number {} has a wrong check digit", orgnr.formatted()));
                }
                found = Some(orgnr);
            }
            (Ok((orgnr, _)), Some(first)) if orgnr != first => {
                warnings.push(format!(
                    "the package names {} as well as {}; the first, from the report itself, is used",
                    orgnr.formatted(),
                    first.formatted()
                ));
            }
            (Ok(_), Some(_)) => {}
            (Err(error), _) => refused = refused.or(Some(error)),
        }
    }
    found.ok_or_else(|| PackageError::of(name, refused.map_or(Problem::NoOrgnr, Problem::BadOrgnr)))
}
