//! Why a filed package could not be read: what, where, and what to do about it.

use std::fmt;

/// Where in a package something is wrong.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Place {
    /// File and archive entry, outermost first, e.g. `a.zip!reports/x.xhtml`.
    pub entry: String,
    /// Byte offset in that entry (after decoding to UTF-8), where one place can be named.
    pub offset: Option<u64>,
    /// Line of that offset, counted from 1.
    pub line: Option<u64>,
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.entry)?;
        match (self.line, self.offset) {
            (Some(line), Some(offset)) => write!(f, ", line {line} (byte {offset})"),
            (None, Some(offset)) => write!(f, ", byte {offset}"),
            _ => Ok(()),
        }
    }
}

/// What is wrong. Texts of the document never stand here, only names of tags, concepts and ids, because a
/// text may be a signatory's name.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Problem {
    /// Nothing in it.
    #[error("the file is empty. Download it again")]
    Empty,
    /// Larger than the limit.
    #[error(
        "{size} bytes is more than the limit of {limit}. Check that it is an annual report; a bulk archive is imported package by package"
    )]
    TooLarge {
        /// Its size, in bytes.
        size: u64,
        /// The limit, in bytes.
        limit: u64,
    },
    /// Holds more facts, contexts or text than any report.
    #[error(
        "the document holds more than {parts} facts, contexts and references or {megabytes} MB of tagged text, more than any report. Check where the file comes from"
    )]
    TooMuch {
        /// The limit of facts, contexts, units, dimensions, references and declarations.
        parts: usize,
        /// The limit of their texts.
        megabytes: usize,
    },
    /// Neither a zip archive nor XHTML.
    #[error("this is {found}, not a zip package or an XHTML report. Import the package that the register delivers")]
    NotAPackage {
        /// What the first bytes look like.
        found: &'static str,
    },
    /// The archive ends before its directory.
    #[error("the zip archive is cut off: {what}. Download it again")]
    Truncated {
        /// Which part is missing.
        what: &'static str,
    },
    /// A zip structure that contradicts itself.
    #[error("the zip archive is damaged: {what}. Download it again")]
    DamagedZip {
        /// What contradicts.
        what: &'static str,
    },
    /// The entry is encrypted.
    #[error("the entry is encrypted. Ask for the package without a password")]
    Encrypted,
    /// Compressed in another way than stored or deflated.
    #[error("compression method {0} is not supported. Pack the report again with plain zip (deflate)")]
    Compression(u16),
    /// Inflates to far more than a report can be.
    #[error(
        "the entry inflates {ratio} times to {size} bytes, as a zip bomb does, and was not unpacked. Check where the file comes from"
    )]
    ZipBomb {
        /// Inflated by compressed size.
        ratio: u64,
        /// Inflated size, in bytes.
        size: u64,
    },
    /// An entry name that would leave the folder it is unpacked in.
    #[error(
        "the entry's name leaves the archive's folder (absolute, “..”, or control characters). Check where the file comes from"
    )]
    UnsafeName,
    /// Packages in packages in packages.
    #[error("archives are nested more than {limit} deep. Unpack the outer ones and import the package itself")]
    TooDeep {
        /// The limit.
        limit: usize,
    },
    /// An archive of packages rather than a package.
    #[error("this archive holds {packages} packages and no report of its own. Import it as a bulk archive")]
    BulkArchive {
        /// How many archives it holds.
        packages: usize,
    },
    /// An unknown or impossible character encoding.
    #[error("the encoding “{0}” that the document declares is not known. Save it as UTF-8")]
    UnknownEncoding(String),
    /// Bytes that are not what the encoding promises.
    #[error(
        "a byte here is not {encoding}, which the document is said to be. Save it as UTF-8, or declare the encoding it really has"
    )]
    WrongEncoding {
        /// The encoding that was tried.
        encoding: &'static str,
    },
    /// Not well-formed XML.
    #[error("the XML is broken: {0}. Ask the sender for a report that validates as XHTML")]
    BrokenXml(String),
    /// The document defines entities of its own.
    #[error(
        "the document declares entities of its own (<!ENTITY …>), which are never expanded. Replace them with characters"
    )]
    EntityDeclared,
    /// A reference to an entity that neither XML nor HTML knows, inside a figure.
    #[error("the entity reference is neither XML's nor HTML's. Replace it with the character")]
    UnknownEntity,
    /// A prefix without xmlns declaration.
    #[error(
        "the prefix “{0}” is not declared by any xmlns attribute. Ask the sender for a report that validates as inline XBRL"
    )]
    UnknownPrefix(String),
    /// A fact without one of its required attributes.
    #[error("the fact {concept} has no {attribute}. Ask the sender for a report that validates as inline XBRL")]
    MissingAttribute {
        /// Its concept.
        concept: String,
        /// The attribute.
        attribute: &'static str,
    },
    /// A fact whose context is not in the document.
    #[error(
        "the fact {concept} refers to the context “{context}”, which the report does not define. Ask the sender for a corrected report"
    )]
    UnknownContext {
        /// Its concept.
        concept: String,
        /// The id that is missing.
        context: String,
    },
    /// A fact whose unit is not in the document.
    #[error(
        "the fact {concept} refers to the unit “{unit}”, which the report does not define. Ask the sender for a corrected report"
    )]
    UnknownUnit {
        /// Its concept.
        concept: String,
        /// The id that is missing.
        unit: String,
    },
    /// No amount has a currency as its unit.
    #[error(
        "the unit of {concept} is {unit}, not a currency, and no currency is guessed. Ask the sender for a corrected report"
    )]
    NoCurrency {
        /// The first amount.
        concept: String,
        /// Its unit.
        unit: String,
    },
    /// A context without usable dates.
    #[error("the context “{0}” has no readable dates. Ask the sender for a corrected report")]
    BadContext(String),
    /// The text of a core figure is not a number of its format.
    #[error("the text of {concept} is not a number of the format {format}. Correct it at the source")]
    BadNumber {
        /// Its concept.
        concept: String,
        /// The transformation's name.
        format: String,
    },
    /// No document that holds figures.
    #[error("there is no annual report in it, only {found}. Import the package with the annual report")]
    NoReport {
        /// What was there.
        found: String,
    },
    /// A report without a single figure of a known concept.
    #[error("the annual report holds no figure that Lode knows. Check that it is tagged (inline XBRL)")]
    NoFigures,
    /// Nobody says whose report it is.
    #[error(
        "no organisation number is in the report or in the package's name. Name the package <orgnr>_<period end>.zip"
    )]
    NoOrgnr,
    /// The organisation number is none.
    #[error("the organisation number in the report cannot be used: {0}")]
    BadOrgnr(domain::orgnr::OrgnrError),
}

impl Problem {
    /// A short stable name for counting and filtering.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::Empty => "empty",
            Self::TooLarge { .. } => "too_large",
            Self::TooMuch { .. } => "too_much",
            Self::NotAPackage { .. } => "not_a_package",
            Self::Truncated { .. } => "truncated",
            Self::DamagedZip { .. } => "damaged_zip",
            Self::Encrypted => "encrypted",
            Self::Compression(_) => "compression",
            Self::ZipBomb { .. } => "zip_bomb",
            Self::UnsafeName => "unsafe_name",
            Self::TooDeep { .. } => "too_deep",
            Self::BulkArchive { .. } => "bulk_archive",
            Self::UnknownEncoding(_) => "unknown_encoding",
            Self::WrongEncoding { .. } => "wrong_encoding",
            Self::BrokenXml(_) => "broken_xml",
            Self::EntityDeclared => "entity_declared",
            Self::UnknownEntity => "unknown_entity",
            Self::UnknownPrefix(_) => "unknown_prefix",
            Self::MissingAttribute { .. } => "missing_attribute",
            Self::UnknownContext { .. } => "unknown_context",
            Self::UnknownUnit { .. } => "unknown_unit",
            Self::NoCurrency { .. } => "no_currency",
            Self::BadContext(_) => "bad_context",
            Self::BadNumber { .. } => "bad_number",
            Self::NoReport { .. } => "no_report",
            Self::NoFigures => "no_figures",
            Self::NoOrgnr => "no_orgnr",
            Self::BadOrgnr(_) => "bad_orgnr",
        }
    }
}

/// A package that could not be read, with the place and the remedy.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{place}: {problem}.")]
pub struct PackageError {
    /// Where.
    pub place: Place,
    /// What, and what to do.
    pub problem: Problem,
}

impl PackageError {
    /// An error about a whole file or entry.
    pub(crate) fn of(entry: &str, problem: Problem) -> Self {
        Self { place: Place { entry: entry.to_owned(), offset: None, line: None }, problem }
    }

    /// An error at a byte of an entry whose text is known: the line is counted here.
    pub(crate) fn at(entry: &str, text: &[u8], offset: usize, problem: Problem) -> Self {
        let before = text.get(..offset).unwrap_or(text);
        let line = memchr::memchr_iter(b'\n', before).count() as u64 + 1;
        Self { place: Place { entry: entry.to_owned(), offset: Some(offset as u64), line: Some(line) }, problem }
    }

    /// An error at a byte of an archive, which has no lines.
    pub(crate) fn at_byte(entry: &str, offset: usize, problem: Problem) -> Self {
        Self { place: Place { entry: entry.to_owned(), offset: Some(offset as u64), line: None }, problem }
    }
}
