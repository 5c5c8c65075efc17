//! The state machine that makes a [`Document`] of the tags of one report, by the rules of Inline XBRL 1.1:
//! `target`, `ix:exclude`, `ix:continuation`, `ix:tuple` and `ix:fraction` included.

use memchr::memmem::Finder;

use super::document::{Continuation, Document, Namespace};
use super::entity::decode_into;
use super::namespace::Family;
use super::number::Format;
use super::resources::{Leaf, UnitParts};
use super::scan::{Scanner, Tag, Token, split};
use crate::package::error::{PackageError, Problem};

/// Facts, contexts, units, dimensions, texts, references and declarations of one document: the largest report that was seen has some tens
/// of thousands. Each takes several times the bytes it is written in.
const MOST_PARTS: usize = 300_000;
/// Bytes of the texts of facts, of one document.
const MOST_TEXT: usize = 32 << 20;

/// What an open element means to us.
#[derive(Clone, Copy, Debug)]
pub(super) enum Open {
    Fact {
        index: usize,
    },
    Text {
        index: usize,
        start: usize,
    },
    Exclude {
        start: usize,
    },
    Continuation {
        index: usize,
        start: usize,
    },
    Tuple,
    Context,
    /// A segment or a scenario.
    Narrowing,
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

pub(super) struct Reader<'a> {
    pub document: Document<'a>,
    pub scanner: Scanner<'a>,
    /// Finds what begins a declaration: made once, because it is asked of every tag.
    declaration: Finder<'static>,
    /// Declarations in force: depth and index into the document's namespaces.
    pub active: Vec<(usize, usize)>,
    /// The prefix looked up last and what it meant.
    last_prefix: Option<(&'a [u8], usize)>,
    /// The transformation looked up last.
    pub last_format: Option<(&'a [u8], Format)>,
    default_matters: bool,
    open: Vec<(usize, Open)>,
    /// How many open elements want text.
    wanting: usize,
    /// How many elements wanted text when each open `ix:exclude` began: they get none of what it holds.
    floors: Vec<usize>,
    /// Parts of the document's text that were in an `ix:exclude`.
    pub excluded: Vec<std::ops::Range<usize>>,
    pub tuples: usize,
    /// Depth of the open segment or scenario.
    narrowing: Option<usize>,
    /// Whether the open `ix:references` is of another target document.
    other_target: bool,
    pub unit: UnitParts<'a>,
    /// What was kept so far, against [`MOST_PARTS`].
    pub parts: usize,
}

pub(super) type Fault = (usize, Problem);

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
        last_format: None,
        default_matters: false,
        open: Vec::with_capacity(16),
        wanting: 0,
        floors: Vec::new(),
        excluded: Vec::new(),
        tuples: 0,
        narrowing: None,
        other_target: false,
        unit: UnitParts::default(),
        parts: 0,
    };
    reader.run(keep_going).map_err(|(offset, problem)| PackageError::at(entry, bytes, offset, problem))?;
    Ok(reader.document)
}

impl<'a> Reader<'a> {
    fn run(&mut self, keep_going: impl Fn(&[String]) -> bool) -> Result<(), Fault> {
        loop {
            let wants_text = self.wanting > self.floors.last().copied().unwrap_or(0);
            match self.scanner.next(wants_text)? {
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
                    let start = self.scanner.offset() - text.len();
                    decode_into(text, &mut self.document.text).map_err(|at| (start + at, Problem::UnknownEntity))?;
                }
                Some(Token::Literal(text)) => self.document.text.push_str(&String::from_utf8_lossy(text)),
            }
        }
    }

    pub fn push(&mut self, open: Open) {
        self.parts += 1;
        self.wanting += usize::from(matches!(open, Open::Fact { .. } | Open::Text { .. } | Open::Leaf { .. }));
        self.open.push((self.scanner.depth(), open));
    }

    fn start(&mut self, tag: &Tag<'a>) -> Result<(), Fault> {
        if self.declaration.find(tag.attributes).is_some() {
            self.declare(tag);
        }
        let (prefix, local) = tag.split();
        if let Some(depth) = self.narrowing {
            return self.narrow(tag, prefix, local, depth);
        }
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
            Family::Inline => self.inline(tag, prefix, local),
            Family::Instance => {
                self.instance(tag, local);
                Ok(())
            }
            Family::Link if local == b"schemaRef" && !self.other_target => {
                if let Some((_, href)) = tag.attributes().find(|(name, _)| split(name).1 == b"href") {
                    self.parts += 1;
                    self.document.schema_refs.push(lossy(href));
                }
                Ok(())
            }
            _ => Ok(()),
        }
    }

    /// An element somewhere in a segment or scenario: a dimension, or anything else, which narrows the context
    /// in a way that nobody here knows.
    fn narrow(&mut self, tag: &Tag<'a>, prefix: &'a [u8], local: &[u8], depth: usize) -> Result<(), Fault> {
        if self.scanner.depth() != depth + 1 {
            return Ok(());
        }
        let Some(namespace) = self.lookup(prefix) else {
            return if prefix.is_empty() {
                self.mark_narrowed();
                Ok(())
            } else {
                Err((tag.offset, unknown_prefix(prefix)))
            };
        };
        let is_dimension = self.document.namespaces[namespace].family == Family::Dimension;
        if is_dimension && (local == b"explicitMember" || local == b"typedMember") {
            self.dimension(tag, local == b"explicitMember");
        } else {
            self.mark_narrowed();
        }
        Ok(())
    }

    fn mark_narrowed(&mut self) {
        if let Some(context) = self.document.contexts.last_mut() {
            context.is_narrowed = true;
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
        self.last_format = None;
    }

    pub fn lookup(&mut self, prefix: &'a [u8]) -> Option<usize> {
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

    fn inline(&mut self, tag: &Tag<'a>, prefix: &'a [u8], local: &[u8]) -> Result<(), Fault> {
        let attribute = |wanted: &[u8]| tag.attributes().find(|(name, _)| *name == wanted).map(|(_, value)| value);
        match local {
            b"nonFraction" => self.number(tag),
            b"nonNumeric" => {
                self.text(tag);
                Ok(())
            }
            b"fraction" => self.fraction(tag),
            b"continuation" => {
                let continuation = Continuation {
                    id: attribute(b"id").unwrap_or_default(),
                    prefix,
                    bytes: &[],
                    continued_at: attribute(b"continuedAt"),
                };
                let index = self.document.continuations.len();
                self.document.continuations.push(continuation);
                self.push(Open::Continuation { index, start: tag.offset });
                Ok(())
            }
            b"exclude" => {
                self.floors.push(self.wanting);
                let start = self.document.text.len();
                self.push(Open::Exclude { start });
                Ok(())
            }
            b"tuple" => {
                self.tuples += 1;
                self.push(Open::Tuple);
                Ok(())
            }
            b"references" => {
                self.other_target = attribute(b"target").is_some_and(|target| !target.is_empty());
                self.push(Open::References);
                Ok(())
            }
            // Footnotes and relationships hold no number of their own.
            _ => Ok(()),
        }
    }

    pub fn leaf(&mut self, what: Leaf) {
        let start = self.document.text.len();
        self.push(Open::Leaf { what, start });
    }

    pub fn begin_narrowing(&mut self) {
        self.narrowing = Some(self.scanner.depth());
        self.push(Open::Narrowing);
    }

    /// Handles the end of the innermost element; returns what it meant, if anything.
    fn end(&mut self) -> Result<Option<Open>, Fault> {
        let depth = self.scanner.depth();
        while self.active.last().is_some_and(|(declared, _)| *declared > depth) {
            self.active.pop();
            self.last_prefix = None;
            self.last_format = None;
        }
        let Some((_, open)) = self.open.pop_if(|(opened, _)| *opened > depth) else { return Ok(None) };
        match open {
            Open::Fact { index } => {
                self.wanting -= 1;
                self.fact_end(index);
            }
            Open::Text { index, start } => {
                self.wanting -= 1;
                let text = self.without_excluded(start);
                if let Some(raw) = self.document.raw_texts.get_mut(index) {
                    raw.text = text;
                }
            }
            Open::Leaf { what, start } => {
                self.wanting -= 1;
                let text = self.document.text.get(start..).unwrap_or_default().trim().to_owned();
                self.document.text.truncate(start);
                self.leaf_end(what, &text)?;
            }
            Open::Exclude { start } => {
                self.floors.pop();
                let end = self.document.text.len();
                if end > start {
                    self.excluded.push(start..end);
                }
            }
            Open::Continuation { index, start } => {
                let end = self.scanner.offset();
                if let Some(continuation) = self.document.continuations.get_mut(index) {
                    continuation.bytes = self.document.bytes.get(start..end).unwrap_or_default();
                }
            }
            Open::Tuple => self.tuples -= 1,
            Open::Narrowing => self.narrowing = None,
            Open::Context => self.context_end()?,
            Open::Unit => self.unit_end(),
            Open::Denominator => self.unit.below = false,
            Open::References => self.other_target = false,
            Open::Numerator => {}
        }
        if self.wanting == 0 {
            self.excluded.clear();
        }
        Ok(Some(open))
    }
}

pub(super) fn lossy(bytes: &[u8]) -> String {
    String::from_utf8_lossy(&bytes[..bytes.len().min(300)]).into_owned()
}

pub(super) fn unknown_prefix(prefix: &[u8]) -> Problem {
    Problem::UnknownPrefix(lossy(prefix))
}
