//! The tags of an XML document, one after the other, straight from its bytes.
//!
//! Checks what a reader of figures depends on: that every tag is closed by its own name and every quote ends.
//! Text is handed out raw; whoever wants it decodes it.

use memchr::{memchr, memchr3, memmem};

use crate::package::error::Problem;

/// Elements nested deeper than this are refused; real reports stay below 100.
const MAX_DEPTH: usize = 4096;

/// One piece of the document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Token<'a> {
    /// A start tag; an empty element (`<br/>`) is followed by its own [`Token::End`].
    Start(Tag<'a>),
    /// The end of the innermost open element.
    End,
    /// Characters, still with their references.
    Text(&'a [u8]),
    /// Characters of a CDATA section, to be taken as they are.
    Literal(&'a [u8]),
}

/// A start tag.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Tag<'a> {
    /// Byte offset of its `<`.
    pub offset: usize,
    /// Name with prefix.
    pub name: &'a [u8],
    /// The bytes between the name and the closing bracket.
    pub attributes: &'a [u8],
}

impl<'a> Tag<'a> {
    /// The name's prefix (empty when there is none) and local part.
    pub(crate) fn split(&self) -> (&'a [u8], &'a [u8]) {
        split(self.name)
    }

    /// Every attribute as name and raw value without the white space around it: XML Schema collapses it in every
    /// type that an attribute of Inline XBRL has (`NCName`, `QName`, integers), so ` period0 ` refers to `period0`.
    pub(crate) fn attributes(&self) -> Attributes<'a> {
        Attributes { rest: self.attributes }
    }
}

/// Splits a qualified name at its colon.
pub(crate) fn split(name: &[u8]) -> (&[u8], &[u8]) {
    match memchr(b':', name) {
        Some(at) => (&name[..at], &name[at + 1..]),
        None => (&[], name),
    }
}

/// Iterator over the attributes of a tag whose quotes are known to match.
#[derive(Clone, Debug)]
pub(crate) struct Attributes<'a> {
    rest: &'a [u8],
}

impl<'a> Iterator for Attributes<'a> {
    type Item = (&'a [u8], &'a [u8]);

    fn next(&mut self) -> Option<Self::Item> {
        let rest = self.rest.trim_ascii_start();
        let equals = memchr(b'=', rest)?;
        let name = rest[..equals].trim_ascii_end();
        let value = rest[equals + 1..].trim_ascii_start();
        let (&quote, value) = value.split_first()?;
        let end = memchr(quote, value)?;
        self.rest = &value[end + 1..];
        Some((name, value[..end].trim_ascii()))
    }
}

/// Walks through a document. After an error it yields nothing more.
#[derive(Debug)]
pub(crate) struct Scanner<'a> {
    bytes: &'a [u8],
    at: usize,
    open: Vec<&'a [u8]>,
    /// The tag just handed out was empty: its end comes next.
    pending_end: bool,
    seen_root: bool,
}

/// What is wrong and at which byte.
pub(crate) type ScanError = (usize, Problem);

fn broken(at: usize, what: impl Into<String>) -> ScanError {
    (at, Problem::BrokenXml(what.into()))
}

fn shown(name: &[u8]) -> String {
    String::from_utf8_lossy(&name[..name.len().min(60)]).into_owned()
}

impl<'a> Scanner<'a> {
    pub(crate) fn new(bytes: &'a [u8], open: Vec<&'a [u8]>) -> Self {
        Self { bytes, at: 0, open, pending_end: false, seen_root: false }
    }

    /// How many elements are open.
    pub(crate) fn depth(&self) -> usize {
        self.open.len()
    }

    /// The byte that the next token starts at.
    pub(crate) fn offset(&self) -> usize {
        self.at
    }

    /// The next token; `None` at the end of a document whose tags are all closed. Unless `want_text`, text is
    /// passed over.
    pub(crate) fn next(&mut self, want_text: bool) -> Result<Option<Token<'a>>, ScanError> {
        if self.pending_end {
            self.pending_end = false;
            self.open.pop();
            return Ok(Some(Token::End));
        }
        loop {
            let rest = &self.bytes[self.at..];
            let Some(skip) = memchr(b'<', rest) else { return self.finish(rest) };
            if skip > 0 {
                if self.open.is_empty() && !rest[..skip].trim_ascii().is_empty() {
                    return Err(broken(self.at, "there is text outside the root element"));
                }
                self.at += skip;
                if want_text {
                    return Ok(Some(Token::Text(&rest[..skip])));
                }
            }
            let rest = &self.bytes[self.at..];
            match rest.get(1) {
                Some(b'/') => return self.end_tag(rest).map(Some),
                Some(b'?') => self.pass(rest, b"?>", 2, "a processing instruction is never closed")?,
                Some(b'!') if rest.starts_with(b"<!--") => self.pass(rest, b"-->", 4, "a comment is never closed")?,
                Some(b'!') if rest.starts_with(b"<![CDATA[") => {
                    let start = self.at + 9;
                    self.pass(rest, b"]]>", 9, "a CDATA section is never closed")?;
                    if self.open.is_empty() {
                        return Err(broken(start, "there is text outside the root element"));
                    }
                    if want_text {
                        return Ok(Some(Token::Literal(&self.bytes[start..self.at - 3])));
                    }
                }
                Some(b'!') => self.doctype(rest)?,
                _ => return self.start_tag(rest).map(Some),
            }
        }
    }

    fn finish(&mut self, rest: &[u8]) -> Result<Option<Token<'a>>, ScanError> {
        if let Some(name) = self.open.last() {
            return Err(broken(self.bytes.len(), format!("the document ends inside <{}>", shown(name))));
        }
        if !self.seen_root {
            return Err(broken(self.at, "there is no element in it"));
        }
        if !rest.trim_ascii().is_empty() {
            return Err(broken(self.at, "there is text after the root element"));
        }
        self.at = self.bytes.len();
        Ok(None)
    }

    fn pass(&mut self, rest: &[u8], end: &[u8], from: usize, unclosed: &'static str) -> Result<(), ScanError> {
        let found =
            rest.get(from..).and_then(|body| memmem::find(body, end)).ok_or_else(|| broken(self.at, unclosed))?;
        self.at += from + found + end.len();
        Ok(())
    }

    /// A document type is passed over; one that defines entities is refused unread.
    fn doctype(&mut self, rest: &[u8]) -> Result<(), ScanError> {
        if !rest.starts_with(b"<!DOCTYPE") && !rest.starts_with(b"<!doctype") {
            return Err(broken(self.at, "an unknown declaration (<!…)"));
        }
        let mut depth = 0_usize;
        let mut at = 2;
        while at < rest.len() {
            match rest[at] {
                b'<' if rest[at..].starts_with(b"<!ENTITY") => return Err((self.at + at, Problem::EntityDeclared)),
                b'<' if rest[at..].starts_with(b"<!--") => {
                    at += memmem::find(&rest[at..], b"-->")
                        .ok_or_else(|| broken(self.at + at, "a comment is never closed"))?;
                }
                b'<' => depth += 1,
                b'>' if depth == 0 => {
                    self.at += at + 1;
                    return Ok(());
                }
                b'>' => depth -= 1,
                quote @ (b'"' | b'\'') => {
                    let body = &rest[at + 1..];
                    at += 1 + memchr(quote, body)
                        .ok_or_else(|| broken(self.at + at, "a quote in the document type never ends"))?;
                }
                _ => {}
            }
            at += 1;
        }
        Err(broken(self.at, "the document type is never closed"))
    }

    fn end_tag(&mut self, rest: &'a [u8]) -> Result<Token<'a>, ScanError> {
        let close = memchr(b'>', rest).ok_or_else(|| broken(self.at, "an end tag is never closed"))?;
        let name = rest[2..close].trim_ascii_end();
        match self.open.pop() {
            Some(open) if open == name => {
                self.at += close + 1;
                Ok(Token::End)
            }
            Some(open) => Err(broken(self.at, format!("</{}> closes <{}>", shown(name), shown(open)))),
            None => Err(broken(self.at, format!("</{}> closes nothing", shown(name)))),
        }
    }

    fn start_tag(&mut self, rest: &'a [u8]) -> Result<Token<'a>, ScanError> {
        let name_end = rest
            .iter()
            .position(|byte| matches!(byte, b' ' | b'\t' | b'\r' | b'\n' | b'/' | b'>'))
            .ok_or_else(|| broken(self.at, "a tag is never closed"))?;
        let name = &rest[1..name_end];
        if !name.first().is_some_and(|first| first.is_ascii_alphabetic() || *first == b'_' || *first >= 0x80)
            || memchr3(b'<', b'"', b'&', name).is_some()
        {
            return Err(broken(self.at, "a “<” that begins no tag"));
        }
        let close = self.tag_close(rest, name_end)?;
        if self.open.is_empty() && self.seen_root {
            return Err(broken(self.at, "there is more than one root element"));
        }
        if self.open.len() >= MAX_DEPTH {
            return Err(broken(self.at, format!("elements are nested more than {MAX_DEPTH} deep")));
        }
        let mut attributes = &rest[name_end..close];
        if let Some(without) = attributes.strip_suffix(b"/") {
            attributes = without;
            self.pending_end = true;
        }
        self.seen_root = true;
        self.open.push(name);
        let tag = Tag { offset: self.at, name, attributes };
        self.at += close + 1;
        Ok(Token::Start(tag))
    }

    /// Position of the bracket that closes a start tag, past every quoted value.
    fn tag_close(&self, rest: &[u8], from: usize) -> Result<usize, ScanError> {
        let mut at = from;
        loop {
            let unclosed = || broken(self.at, format!("the tag <{}> is never closed", shown(&rest[1..from])));
            let found = at + memchr3(b'>', b'"', b'\'', &rest[at..]).ok_or_else(unclosed)?;
            match rest[found] {
                b'>' => return Ok(found),
                quote => at = found + 2 + memchr(quote, &rest[found + 1..]).ok_or_else(unclosed)?,
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tokens(text: &str) -> Result<Vec<String>, ScanError> {
        let mut scanner = Scanner::new(text.as_bytes(), Vec::new());
        let mut seen = Vec::new();
        while let Some(token) = scanner.next(true)? {
            seen.push(match token {
                Token::Start(tag) => format!("<{}>", String::from_utf8_lossy(tag.name)),
                Token::End => "</>".to_owned(),
                Token::Text(text) | Token::Literal(text) => String::from_utf8_lossy(text).into_owned(),
            });
        }
        Ok(seen)
    }

    #[test]
    fn tags_text_comments_and_cdata_are_told_apart() {
        let seen =
            tokens("<?xml version='1.0'?><!DOCTYPE html><a x='>'>t<!-- <b> --><b y=\"'\"/><![CDATA[<c>]]></a>\n")
                .unwrap();
        assert_eq!(seen, ["<a>", "t", "<b>", "</>", "<c>", "</>"]);
    }

    #[test]
    fn broken_xml_is_refused_where_it_breaks() {
        for (text, at) in [
            ("<a><b></a>", 6),
            ("<a", 0),
            ("<a x='1>", 0),
            ("<a>", 3),
            ("", 0),
            ("<a/><b/>", 4),
            ("x<a/>", 0),
            ("<a>< b</a>", 3),
            ("<a><!-- </a>", 3),
        ] {
            assert_eq!(tokens(text).unwrap_err().0, at, "{text}");
        }
    }

    #[test]
    fn attributes_are_read_whatever_their_quotes_and_spaces() {
        let mut scanner = Scanner::new(b"<a one = \" 1\n\"\n two='>\"'/>", Vec::new());
        let Some(Token::Start(tag)) = scanner.next(false).unwrap() else { panic!() };
        let all: Vec<_> = tag.attributes().collect();
        assert_eq!(all, [(&b"one"[..], &b"1"[..]), (b"two", b">\"")]);
    }

    #[test]
    fn declared_entities_are_refused_unread() {
        let bomb = "<!DOCTYPE l [<!ENTITY a \"ha\"><!ENTITY b \"&a;&a;\">]><l>&b;</l>";
        assert_eq!(tokens(bomb).unwrap_err(), (13, Problem::EntityDeclared));
    }
}
