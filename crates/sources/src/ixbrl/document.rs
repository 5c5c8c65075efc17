//! One document as its tags say it: facts, contexts, units, references and the few texts that are kept.
//!
//! Texts pass by a list of what is wanted: company name, organisation number, dates, seat, currency and LEI.
//! Every other text fact, the signatories' names above all, is passed over without being read.

use std::ops::Range;

use chrono::NaiveDate;
use domain::currency::Currency;
use domain::filing::UnusedReason;

use super::date;
use super::namespace::Family;
use super::number::Format;
use crate::package::error::{PackageError, Problem};

/// How precise a fact says that it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Stated {
    /// Exact (`INF`), or nothing is said.
    Exact,
    /// Digits after the decimal point that can be relied on; negative for thousands.
    Decimals(i8),
    /// Significant digits, the older way.
    Precision(u8),
}

/// A tagged number as it stands in the document.
#[derive(Clone, Debug)]
pub(crate) struct RawFact<'a> {
    /// Index into [`Document::namespaces`] of the concept's namespace.
    pub namespace: usize,
    /// Local name of the concept.
    pub local: &'a [u8],
    /// Id of its context.
    pub context: &'a [u8],
    /// Id of its unit.
    pub unit: &'a [u8],
    /// Where its text stands in [`Document::text`].
    pub text: Range<usize>,
    /// Power of ten.
    pub scale: i8,
    /// Stated precision.
    pub stated: Stated,
    /// Sign attribute.
    pub negative: bool,
    /// Transformation.
    pub format: Format,
    /// Its name, for messages.
    pub format_name: &'a [u8],
    /// Byte offset of its tag.
    pub offset: usize,
}

/// A tag that is no number of this report, by the rules of Inline XBRL.
#[derive(Clone, Debug)]
pub(crate) struct LeftOut<'a> {
    /// Index into [`Document::namespaces`] of the concept's namespace.
    pub namespace: usize,
    /// Local name of the concept.
    pub local: &'a [u8],
    /// Id of its context.
    pub context: &'a [u8],
    /// Why it is none.
    pub reason: UnusedReason,
    /// What the reason is about, e.g. the name of the target document.
    pub detail: String,
    /// Byte offset of its tag.
    pub offset: usize,
}

/// A text that is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum TextKind {
    CompanyName,
    Orgnr,
    Lei,
    YearStart,
    YearEnd,
    Seat,
    Currency,
    /// Day of the general meeting that adopted the accounts.
    AdoptedOn,
    /// Day the report was signed.
    SignedOn,
}

impl TextKind {
    /// Words for messages.
    pub(crate) fn words(self) -> &'static str {
        match self {
            Self::CompanyName => "the company's name",
            Self::Orgnr => "the organisation number",
            Self::Lei => "the LEI",
            Self::YearStart => "the first day of the year",
            Self::YearEnd => "the last day of the year",
            Self::Seat => "the seat",
            Self::Currency => "the currency",
            Self::AdoptedOn => "the day of the general meeting",
            Self::SignedOn => "the day of signing",
        }
    }

    fn is_day(self) -> bool {
        matches!(self, Self::YearStart | Self::YearEnd | Self::AdoptedOn | Self::SignedOn)
    }
}

/// The only text facts that are read, by the family's prefix and the local name.
const WANTED: &[(&str, &[u8], TextKind)] = &[
    ("se-cd-base", b"ForetagetsNamn", TextKind::CompanyName),
    ("se-cd-base", b"Organisationsnummer", TextKind::Orgnr),
    ("se-cd-base", b"RakenskapsarForstaDag", TextKind::YearStart),
    ("se-cd-base", b"RakenskapsarSistaDag", TextKind::YearEnd),
    ("se-cd-base", b"ForetagetsSate", TextKind::Seat),
    ("se-cd-base", b"Redovisningsvaluta", TextKind::Currency),
    ("se-cd-base", b"RedovisningsvalutaHandlingList", TextKind::Currency),
    ("se-comp-base", b"ForetagLEIkod", TextKind::Lei),
    ("se-comp-base", b"Arsstamma", TextKind::AdoptedOn),
    ("se-gen-base", b"UndertecknandeArsredovisningDatum", TextKind::SignedOn),
    ("se-gen-base", b"UndertecknandeDatum", TextKind::SignedOn),
];

/// The kind of a text fact, if it is wanted.
pub(crate) fn wanted(family: Option<&str>, local: &[u8]) -> Option<TextKind> {
    let family = family?;
    WANTED.iter().find(|(prefix, concept, _)| *prefix == family && *concept == local).map(|(_, _, kind)| *kind)
}

/// A text fact that is kept: what stands in its own tag, and where it goes on.
#[derive(Clone, Debug)]
pub(crate) struct RawText<'a> {
    pub kind: TextKind,
    pub text: String,
    /// Transformation, as its local name; empty when there is none.
    pub format: &'a [u8],
    /// Whether the transformation is of a registry that is known.
    pub is_registry_known: bool,
    /// Id of the `ix:continuation` that follows.
    pub continued_at: Option<&'a [u8]>,
}

/// An `ix:continuation`: its bytes, read only when a text that is wanted goes on there.
#[derive(Clone, Debug)]
pub(crate) struct Continuation<'a> {
    pub id: &'a [u8],
    /// Prefix of Inline XBRL at this place.
    pub prefix: &'a [u8],
    /// The whole element.
    pub bytes: &'a [u8],
    /// Id of the next one.
    pub continued_at: Option<&'a [u8]>,
}

/// A dimension of a context.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Dimension<'a> {
    /// Whether its namespace is that of a taxonomy that is known.
    pub is_known: bool,
    /// Local name.
    pub name: &'a [u8],
    /// Local name of the member; empty for a typed dimension.
    pub member: String,
}

/// Who a context is about, and when.
#[derive(Clone, Debug, Default)]
pub(crate) struct RawContext<'a> {
    pub id: &'a [u8],
    pub scheme: &'a [u8],
    pub identifier: String,
    pub start: Option<NaiveDate>,
    pub end: Option<NaiveDate>,
    pub instant: Option<NaiveDate>,
    pub forever: bool,
    pub dimensions: Vec<Dimension<'a>>,
    /// Whether a segment or scenario holds anything that is no dimension.
    pub is_narrowed: bool,
    pub offset: usize,
}

impl RawContext<'_> {
    /// Whether both say the same, whatever their ids.
    pub(crate) fn says_the_same(&self, other: &RawContext<'_>) -> bool {
        (self.scheme, &self.identifier, self.start, self.end, self.instant, self.forever, self.is_narrowed)
            == (
                other.scheme,
                &other.identifier,
                other.start,
                other.end,
                other.instant,
                other.forever,
                other.is_narrowed,
            )
            && self.dimensions == other.dimensions
    }
}

/// What a unit measures.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Unit {
    Currency(Currency),
    /// A bare number, a ratio, a count: `pure`, `AntalAnstallda`, `SEK/shares`.
    Other(String),
}

impl Unit {
    pub(crate) fn label(&self) -> String {
        match self {
            Self::Currency(currency) => currency.code().to_owned(),
            Self::Other(label) => label.clone(),
        }
    }
}

/// A namespace declaration.
#[derive(Clone, Debug)]
pub(crate) struct Namespace<'a> {
    pub prefix: &'a [u8],
    pub uri: &'a str,
    pub family: Family,
}

/// Everything of one document that the figures need.
#[derive(Debug, Default)]
pub(crate) struct Document<'a> {
    pub entry: String,
    pub facts: Vec<RawFact<'a>>,
    pub left_out: Vec<LeftOut<'a>>,
    /// Texts of the facts, one after the other.
    pub text: String,
    pub raw_texts: Vec<RawText<'a>>,
    pub continuations: Vec<Continuation<'a>>,
    /// The texts once they are whole; see [`super::texts::join`].
    pub texts: Vec<(TextKind, String)>,
    pub contexts: Vec<RawContext<'a>>,
    pub units: Vec<(&'a [u8], Unit, usize)>,
    pub schema_refs: Vec<String>,
    pub namespaces: Vec<Namespace<'a>>,
    pub program: Option<String>,
    pub program_version: Option<String>,
    pub bytes: &'a [u8],
}

impl Document<'_> {
    /// The text of a fact, without the spaces around it.
    pub(crate) fn text_of(&self, fact: &RawFact<'_>) -> &str {
        self.text.get(fact.text.clone()).unwrap_or_default().trim()
    }

    /// The first text of a kind.
    pub(crate) fn first(&self, kind: TextKind) -> Option<&str> {
        self.texts.iter().find(|(found, _)| *found == kind).map(|(_, text)| text.as_str())
    }

    /// The IFRS namespace that its facts use, if any does.
    pub(crate) fn ifrs(&self) -> Option<&str> {
        self.facts
            .iter()
            .map(|fact| &self.namespaces[fact.namespace])
            .find(|ns| ns.family == Family::Ifrs)
            .map(|ns| ns.uri)
    }

    /// An error at a place in this document.
    pub(crate) fn error(&self, offset: usize, problem: Problem) -> PackageError {
        PackageError::at(&self.entry, self.bytes, offset, problem)
    }
}

impl RawText<'_> {
    /// The value of a whole text after its transformation; what is wrong with it otherwise.
    pub(crate) fn value(&self, whole: &str) -> Result<String, String> {
        let collapsed = whole.split_whitespace().collect::<Vec<_>>().join(" ");
        if self.format.is_empty() || !self.kind.is_day() {
            return Ok(collapsed.chars().take(200).collect());
        }
        let name = String::from_utf8_lossy(self.format).into_owned();
        if !self.is_registry_known || !date::is_known(&name) {
            return Err(format!("its transformation {name} is not known to Lode"));
        }
        date::read(&name, &collapsed)
            .map(|day| day.to_string())
            .ok_or_else(|| format!("its text is no day of the transformation {name}"))
    }
}
