// Longer than 500 lines because the reader of one document is one state machine over one set of open elements.
//! One document scanned once: its facts, contexts, units, references and the few texts that are kept.
//!
//! Texts pass by a list of what is wanted: company name, organisation number, dates, seat, currency and LEI.
//! Every other text fact, the signatories' names above all, is passed over without being read.

use chrono::{Days, NaiveDate};
use domain::currency::Currency;
use memchr::memmem::Finder;

use super::entity::decode_into;
use super::namespace::Family;
use super::number::Format;
use super::scan::{Scanner, Tag, Token, split};
use crate::package::error::{PackageError, Problem};

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
    pub text: std::ops::Range<usize>,
    /// Power of ten.
    pub scale: i8,
    /// Stated precision; `None` is exact.
    pub decimals: Option<i8>,
    /// Sign attribute.
    pub negative: bool,
    /// Transformation.
    pub format: Format,
    /// Its name, for messages.
    pub format_name: &'a [u8],
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

/// Facts, contexts, units, dimensions, references and declarations of one document: the largest report that was seen has some tens of
/// thousands. Each takes several times the bytes it is written in.
const MOST_PARTS: usize = 300_000;
/// Bytes of the texts of facts, of one document.
const MOST_TEXT: usize = 32 << 20;

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
    /// Dimensions as pairs of local names; the member of a typed dimension is empty.
    pub dimensions: Vec<(&'a [u8], String)>,
    pub offset: usize,
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
    /// Texts of the facts, one after the other.
    pub text: String,
    pub texts: Vec<(TextKind, String)>,
    pub contexts: Vec<RawContext<'a>>,
    pub units: Vec<(&'a [u8], Unit)>,
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

/// What an open element means to us.
#[derive(Clone, Copy, Debug)]
enum Open {
    Fact {
        index: usize,
    },
    Text {
        kind: TextKind,
        start: usize,
    },
    Exclude,
    Context,
    Unit,
    Numerator,
    Denominator,
    /// An element whose own text is wanted.
    Leaf {
        what: Leaf,
        start: usize,
    },
    References,
}

#[derive(Clone, Copy, Debug)]
enum Leaf {
    Identifier,
    StartDate,
    EndDate,
    Instant,
    Measure,
    Member,
}

/// The parts of a unit while it is read.
#[derive(Default)]
struct UnitParts<'a> {
    id: &'a [u8],
    numerators: Vec<(Option<usize>, String)>,
    denominators: Vec<String>,
    below: bool,
}

struct Reader<'a> {
    document: Document<'a>,
    scanner: Scanner<'a>,
    /// Finds what begins a declaration: made once, because it is asked of every tag.
    declaration: Finder<'static>,
    /// Declarations in force: depth and index into the document's namespaces.
    active: Vec<(usize, usize)>,
    /// The prefix looked up last and what it meant.
    last_prefix: Option<(&'a [u8], usize)>,
    default_matters: bool,
    open: Vec<(usize, Open)>,
    /// How many open elements want text, and how many ix:exclude are open.
    wanting: usize,
    excluding: usize,
    unit: UnitParts<'a>,
    /// What was kept so far, against [`MOST_PARTS`].
    parts: usize,
}

type Fault = (usize, Problem);

/// Scans a document that is known to be UTF-8. `keep_going` is asked with the schemaRefs, once they are
/// known, whether the rest is wanted.
pub(crate) fn read<'a>(
    entry: &str,
    bytes: &'a [u8],
    keep_going: impl Fn(&[String]) -> bool,
) -> Result<Document<'a>, PackageError> {
    let mut reader = Reader {
        document: Document { entry: entry.to_owned(), bytes, ..Document::default() },
        scanner: Scanner::new(bytes, Vec::with_capacity(64)),
        declaration: Finder::new(b"xmlns"),
        active: Vec::with_capacity(32),
        last_prefix: None,
        default_matters: false,
        open: Vec::with_capacity(16),
        wanting: 0,
        excluding: 0,
        unit: UnitParts::default(),
        parts: 0,
    };
    reader.run(keep_going).map_err(|(offset, problem)| PackageError::at(entry, bytes, offset, problem))?;
    Ok(reader.document)
}

impl<'a> Reader<'a> {
    fn run(&mut self, keep_going: impl Fn(&[String]) -> bool) -> Result<(), Fault> {
        loop {
            match self.scanner.next(self.wanting > 0)? {
                None => return Ok(()),
                Some(Token::Start(tag)) => {
                    self.start(&tag)?;
                    if self.parts > MOST_PARTS || self.document.text.len() > MOST_TEXT {
                        return Err((tag.offset, Problem::TooMuch { parts: MOST_PARTS, megabytes: MOST_TEXT >> 20 }));
                    }
                }
                Some(Token::End) => {
                    if let Some(Open::References) = self.end()?
                        && !keep_going(&self.document.schema_refs)
                    {
                        return Ok(());
                    }
                }
                Some(Token::Text(text)) => {
                    if self.excluding == 0 {
                        let start = self.scanner.offset() - text.len();
                        decode_into(text, &mut self.document.text)
                            .map_err(|at| (start + at, Problem::UnknownEntity))?;
                    }
                }
                Some(Token::Literal(text)) => {
                    if self.excluding == 0 {
                        self.document.text.push_str(&String::from_utf8_lossy(text));
                    }
                }
            }
        }
    }

    fn push(&mut self, open: Open) {
        self.parts += 1;
        self.wanting += usize::from(matches!(open, Open::Fact { .. } | Open::Text { .. } | Open::Leaf { .. }));
        self.excluding += usize::from(matches!(open, Open::Exclude));
        self.open.push((self.scanner.depth(), open));
    }

    fn start(&mut self, tag: &Tag<'a>) -> Result<(), Fault> {
        if self.declaration.find(tag.attributes).is_some() {
            self.declare(tag);
        }
        let (prefix, local) = tag.split();
        if prefix.is_empty() && !self.default_matters {
            if local.eq_ignore_ascii_case(b"meta") {
                self.meta(tag);
            }
            return Ok(());
        }
        let Some(namespace) = self.lookup(prefix) else {
            return if prefix.is_empty() || prefix == b"xml" {
                Ok(())
            } else {
                Err((tag.offset, unknown_prefix(prefix)))
            };
        };
        match self.document.namespaces[namespace].family {
            Family::Inline => self.inline(tag, local),
            Family::Instance => {
                self.instance(tag, local);
                Ok(())
            }
            Family::Link if local == b"schemaRef" => {
                if let Some((_, href)) = tag.attributes().find(|(name, _)| split(name).1 == b"href") {
                    self.parts += 1;
                    self.document.schema_refs.push(lossy(href));
                }
                Ok(())
            }
            Family::Dimension if local == b"explicitMember" || local == b"typedMember" => {
                let dimension = tag
                    .attributes()
                    .find(|(name, _)| *name == b"dimension")
                    .map_or(&b""[..], |(_, value)| split(value).1);
                self.parts += 1;
                if let Some(context) = self.document.contexts.last_mut() {
                    context.dimensions.push((dimension, String::new()));
                }
                if local == b"explicitMember" {
                    self.leaf(Leaf::Member);
                }
                Ok(())
            }
            _ => Ok(()),
        }
    }

    fn declare(&mut self, tag: &Tag<'a>) {
        for (name, value) in tag.attributes() {
            let prefix = match name.strip_prefix(b"xmlns") {
                Some(b"") => &b""[..],
                Some(rest) if rest.starts_with(b":") => &rest[1..],
                _ => continue,
            };
            let Ok(uri) = std::str::from_utf8(value) else { continue };
            let family = Family::of(uri);
            self.default_matters |= prefix.is_empty() && family != Family::Other;
            self.parts += 1;
            self.active.push((self.scanner.depth(), self.document.namespaces.len()));
            self.document.namespaces.push(Namespace { prefix, uri, family });
        }
        self.last_prefix = None;
    }

    fn lookup(&mut self, prefix: &'a [u8]) -> Option<usize> {
        if let Some((last, namespace)) = self.last_prefix
            && last == prefix
        {
            return Some(namespace);
        }
        let found = self
            .active
            .iter()
            .rev()
            .map(|(_, index)| *index)
            .find(|index| self.document.namespaces[*index].prefix == prefix)?;
        self.last_prefix = Some((prefix, found));
        Some(found)
    }

    fn meta(&mut self, tag: &Tag<'a>) {
        let value = |wanted: &[u8]| tag.attributes().find(|(name, _)| *name == wanted).map(|(_, value)| value);
        let (Some(name), Some(content)) = (value(b"name"), value(b"content")) else { return };
        let slot = match name {
            b"programvara" => &mut self.document.program,
            b"programversion" => &mut self.document.program_version,
            _ => return,
        };
        let mut text = String::new();
        if decode_into(content, &mut text).is_ok() {
            *slot = Some(text.trim().chars().take(80).collect());
        }
    }

    fn inline(&mut self, tag: &Tag<'a>, local: &[u8]) -> Result<(), Fault> {
        match local {
            b"nonFraction" => self.number(tag),
            b"nonNumeric" => {
                if let Some((_, name)) = tag.attributes().find(|(name, _)| *name == b"name") {
                    let (prefix, local) = split(name);
                    let family = self.lookup(prefix).and_then(|index| self.document.namespaces[index].family.prefix());
                    let wanted = WANTED.iter().find(|(wanted, concept, _)| family == Some(wanted) && *concept == local);
                    if let Some((_, _, kind)) = wanted {
                        let start = self.document.text.len();
                        self.push(Open::Text { kind: *kind, start });
                    }
                }
                Ok(())
            }
            b"exclude" => {
                self.push(Open::Exclude);
                Ok(())
            }
            b"references" => {
                self.push(Open::References);
                Ok(())
            }
            // ix:fraction has no single text; continuations, footnotes and tuples hold no number of their own.
            _ => Ok(()),
        }
    }

    fn number(&mut self, tag: &Tag<'a>) -> Result<(), Fault> {
        let (mut name, mut context, mut unit, mut format) = (&b""[..], &b""[..], &b""[..], &b""[..]);
        let (mut scale, mut decimals, mut precision, mut negative, mut nil) =
            (&b"0"[..], &b""[..], &b""[..], false, false);
        for (attribute, value) in tag.attributes() {
            match attribute {
                b"name" => name = value,
                b"contextRef" => context = value,
                b"unitRef" => unit = value,
                b"format" => format = value,
                b"scale" => scale = value,
                b"decimals" => decimals = value,
                b"precision" => precision = value,
                b"sign" => negative = value == b"-",
                _ if split(attribute).1 == b"nil" => nil = matches!(value, b"true" | b"1"),
                _ => {}
            }
        }
        if nil {
            return Ok(());
        }
        let missing = |attribute| Err((tag.offset, Problem::MissingAttribute { concept: lossy(name), attribute }));
        if name.is_empty() {
            return missing("name");
        }
        if context.is_empty() {
            return missing("contextRef");
        }
        if unit.is_empty() {
            return missing("unitRef");
        }
        let (prefix, local) = split(name);
        let Some(namespace) = self.lookup(prefix) else { return Err((tag.offset, unknown_prefix(prefix))) };
        let number = |text: &[u8]| std::str::from_utf8(text).ok().and_then(|text| text.trim().parse::<i8>().ok());
        let Some(scale) = number(scale) else {
            return Err((
                tag.offset,
                Problem::BadNumber { concept: lossy(name), format: format!("scale “{}”", lossy(scale)) },
            ));
        };
        // Precision in significant digits is the older way and hardly occurs; without either, the text is taken at its word.
        let decimals = if precision.is_empty() { number(decimals) } else { None };
        let start = self.document.text.len();
        let index = self.document.facts.len();
        let text = start..start;
        let read_as = Format::of(format);
        let offset = tag.offset;
        let fact = RawFact {
            namespace,
            local,
            context,
            unit,
            text,
            scale,
            decimals,
            negative,
            format: read_as,
            format_name: format,
            offset,
        };
        self.document.facts.push(fact);
        self.push(Open::Fact { index });
        Ok(())
    }

    fn leaf(&mut self, what: Leaf) {
        let start = self.document.text.len();
        self.push(Open::Leaf { what, start });
    }

    fn instance(&mut self, tag: &Tag<'a>, local: &[u8]) {
        let attribute =
            |wanted: &[u8]| tag.attributes().find(|(name, _)| *name == wanted).map_or(&b""[..], |(_, value)| value);
        match local {
            b"context" => {
                self.document.contexts.push(RawContext {
                    id: attribute(b"id"),
                    offset: tag.offset,
                    ..RawContext::default()
                });
                self.push(Open::Context);
            }
            b"unit" => {
                self.unit = UnitParts { id: attribute(b"id"), ..UnitParts::default() };
                self.push(Open::Unit);
            }
            b"unitNumerator" => self.push(Open::Numerator),
            b"unitDenominator" => {
                self.unit.below = true;
                self.push(Open::Denominator);
            }
            b"measure" => self.leaf(Leaf::Measure),
            b"identifier" => {
                if let Some(context) = self.document.contexts.last_mut() {
                    context.scheme = attribute(b"scheme");
                }
                self.leaf(Leaf::Identifier);
            }
            b"startDate" => self.leaf(Leaf::StartDate),
            b"endDate" => self.leaf(Leaf::EndDate),
            b"instant" => self.leaf(Leaf::Instant),
            b"forever" => {
                if let Some(context) = self.document.contexts.last_mut() {
                    context.forever = true;
                }
            }
            _ => {}
        }
    }

    /// Handles the end of the innermost element; returns what it meant, if anything.
    fn end(&mut self) -> Result<Option<Open>, Fault> {
        let depth = self.scanner.depth();
        while self.active.last().is_some_and(|(declared, _)| *declared > depth) {
            self.active.pop();
            self.last_prefix = None;
        }
        let Some((_, open)) = self.open.pop_if(|(opened, _)| *opened > depth) else { return Ok(None) };
        match open {
            Open::Fact { index } => {
                self.wanting -= 1;
                let end = self.document.text.len();
                if let Some(fact) = self.document.facts.get_mut(index) {
                    fact.text.end = end;
                }
            }
            Open::Text { kind, start } => {
                self.wanting -= 1;
                let text = self.document.text.get(start..).unwrap_or_default();
                let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
                self.document.texts.push((kind, text.chars().take(200).collect()));
            }
            Open::Leaf { what, start } => {
                self.wanting -= 1;
                let text = self.document.text.get(start..).unwrap_or_default().trim().to_owned();
                self.document.text.truncate(start);
                self.leaf_end(what, &text)?;
            }
            Open::Exclude => self.excluding -= 1,
            Open::Context => self.context_end()?,
            Open::Unit => self.unit_end(),
            Open::Denominator => self.unit.below = false,
            Open::Numerator | Open::References => {}
        }
        Ok(Some(open))
    }

    fn leaf_end(&mut self, what: Leaf, text: &str) -> Result<(), Fault> {
        if let Leaf::Measure = what {
            let (prefix, local) = text.split_once(':').unwrap_or(("", text));
            let namespace = self
                .active
                .iter()
                .rev()
                .map(|(_, index)| *index)
                .find(|index| self.document.namespaces[*index].prefix == prefix.as_bytes());
            if self.unit.below {
                self.unit.denominators.push(local.to_owned());
            } else {
                self.unit.numerators.push((namespace, local.to_owned()));
            }
            return Ok(());
        }
        let Some(context) = self.document.contexts.last_mut() else { return Ok(()) };
        let (offset, id) = (context.offset, context.id);
        let date = || {
            let day = text.get(..10).and_then(|day| day.parse::<NaiveDate>().ok());
            day.ok_or_else(|| (offset, Problem::BadContext(lossy(id))))
        };
        // Midnight at the end of a period belongs to the day before it.
        let midnight = text.get(10..).is_some_and(|time| time.starts_with("T00:00:00"));
        let last = |day: NaiveDate| if midnight { day.checked_sub_days(Days::new(1)).unwrap_or(day) } else { day };
        match what {
            Leaf::Identifier => context.identifier = text.chars().take(40).collect(),
            Leaf::StartDate => context.start = Some(date()?),
            Leaf::EndDate => context.end = Some(last(date()?)),
            Leaf::Instant => context.instant = Some(last(date()?)),
            Leaf::Member => {
                if let Some((_, member)) = context.dimensions.last_mut() {
                    *member = text.rsplit(':').next().unwrap_or(text).chars().take(120).collect();
                }
            }
            Leaf::Measure => {}
        }
        Ok(())
    }

    fn context_end(&mut self) -> Result<(), Fault> {
        match self.document.contexts.last() {
            Some(context)
                if context.instant.is_none()
                    && !context.forever
                    && (context.start.is_none() || context.end.is_none()) =>
            {
                Err((context.offset, Problem::BadContext(lossy(context.id))))
            }
            _ => Ok(()),
        }
    }

    fn unit_end(&mut self) {
        let parts = std::mem::take(&mut self.unit);
        let currency = match parts.numerators.as_slice() {
            [(Some(namespace), code)]
                if parts.denominators.is_empty() && self.document.namespaces[*namespace].family == Family::Currency =>
            {
                code.parse().ok()
            }
            _ => None,
        };
        let unit = currency.map_or_else(
            || {
                let mut label = parts.numerators.iter().map(|(_, local)| local.as_str()).collect::<Vec<_>>().join("*");
                if !parts.denominators.is_empty() {
                    label = format!("{label}/{}", parts.denominators.join("*"));
                }
                Unit::Other(label.chars().take(60).collect())
            },
            Unit::Currency,
        );
        self.document.units.push((parts.id, unit));
    }
}

fn lossy(bytes: &[u8]) -> String {
    String::from_utf8_lossy(&bytes[..bytes.len().min(300)]).into_owned()
}

fn unknown_prefix(prefix: &[u8]) -> Problem {
    Problem::UnknownPrefix(lossy(prefix))
}
