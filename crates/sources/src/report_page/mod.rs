//! A filed document as a page that is safe to show: its text, tables and styles, and nothing that runs, loads or sends.
//!
//! What is kept is listed, everything else goes: elements and attributes of a list, pictures that stand in the document itself,
//! links within it. The page carries a policy of its own besides (`Content-Security-Policy` as a `meta` element), so that even a
//! style could load nothing. The tags of Inline XBRL go too, with the hidden facts of `ix:header`; the tagged number that is asked
//! for is marked.

mod markup;

use crate::ixbrl::scan::{Scanner, Tag, Token};
use crate::package::Parser;
use crate::package::error::{PackageError, Problem};
use markup::{Keep, fate_of, is_void, keep_attribute, push_style, push_text};

/// The id of the first marked number in the page.
pub const MARK_ID: &str = "lode-figure";

/// What the page may do, whoever shows it: use its own styles, pictures and fonts.
pub const POLICY: &str =
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; font-src data:; base-uri 'none'; form-action 'none'";

/// How a marked number looks: the one thing in the page that is not the filer's.
const MARK_STYLE: &str = "mark{background:#ffe27a!important;color:#1a1a1a!important;outline:2px solid #b46a00;outline-offset:1px;scroll-margin:40vh}";

/// A tagged number of a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Wanted<'a> {
    /// Its concept; the prefix does not matter, because every document chooses its own.
    pub concept: &'a str,
    /// The id of its context, as in the document.
    pub context: &'a str,
}

/// A page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Page {
    /// The whole page.
    pub html: String,
    /// How many numbers are marked in it.
    pub marks: usize,
}

/// The document of a package as a page. `documents` are the entries of the filing as they were noted when it was read, `wanted` is
/// the place of one of them.
///
/// # Errors
/// When the package or the document cannot be read: where, what and the remedy.
pub fn of_package(
    name: &str,
    bytes: &[u8],
    documents: &[String],
    wanted: usize,
    figure: Option<Wanted<'_>>,
) -> Result<Page, PackageError> {
    let loaded = Parser::default().load(name, bytes, &mut Vec::new())?;
    let entry = documents.get(wanted).map(String::as_str);
    // A report of its own file is kept without the archive around it, so its entries may be named by their ends.
    let is_it =
        |known: &str| entry.is_some_and(|entry| entry == known || entry.ends_with(known) || known.ends_with(entry));
    let found = loaded.iter().find(|one| Some(one.entry.as_str()) == entry);
    let found = found.or_else(|| loaded.iter().find(|one| is_it(&one.entry)));
    let found = found.or_else(|| loaded.get(wanted)).or_else(|| loaded.first());
    let document = found.ok_or_else(|| PackageError::of(name, Problem::NoFigures))?;
    of_document(&document.bytes, figure)
        .map_err(|(at, problem)| PackageError::at(&document.path, &document.bytes, at, problem))
}

/// A document, as UTF-8, as a page; or the byte at which it breaks.
fn of_document(bytes: &[u8], figure: Option<Wanted<'_>>) -> Result<Page, (usize, Problem)> {
    let mut styles = String::new();
    let mut body = String::with_capacity(bytes.len());
    let mut marks = 0;
    let mut scanner = Scanner::new(bytes, Vec::new());
    // What is done at the end of each open element.
    let mut open: Vec<Ending> = Vec::new();
    // Inside of how many elements whose content is left out.
    let mut hidden = 0_usize;
    let mut in_style = 0_usize;
    while let Some(token) = scanner.next(true)? {
        match token {
            Token::Start(tag) => {
                let ending = start(&tag, &mut body, hidden > 0, figure, &mut marks);
                match ending {
                    Ending::Hidden => hidden += 1,
                    Ending::Style => in_style += 1,
                    _ => {}
                }
                open.push(ending);
            }
            Token::End => match open.pop() {
                Some(Ending::Hidden) => hidden -= 1,
                Some(Ending::Style) => in_style -= 1,
                Some(Ending::Close(name)) => {
                    body.push_str("</");
                    body.push_str(name);
                    body.push('>');
                }
                Some(Ending::Nothing) | None => {}
            },
            Token::Text(text) if in_style > 0 => push_style(&mut styles, text),
            Token::Literal(text) if in_style > 0 => push_style(&mut styles, text),
            Token::Text(text) if hidden == 0 => push_text(&mut body, text, true),
            Token::Literal(text) if hidden == 0 => push_text(&mut body, text, false),
            Token::Text(_) | Token::Literal(_) => {}
        }
    }
    let html = format!(
        "<!DOCTYPE html><html><head><meta charset=\"utf-8\"><meta http-equiv=\"Content-Security-Policy\" content=\"{POLICY}\">\
         <meta name=\"referrer\" content=\"no-referrer\"><style>{styles}</style><style>{MARK_STYLE}</style></head><body>{body}</body></html>"
    );
    Ok(Page { html, marks })
}

/// What happens at the end of an element.
enum Ending {
    /// Its end tag is written.
    Close(&'static str),
    /// Its content was left out.
    Hidden,
    /// Its content was a style sheet.
    Style,
    /// Nothing: its tags are left out, or it can have no content.
    Nothing,
}

/// Writes a start tag, as far as it is kept.
fn start(tag: &Tag<'_>, body: &mut String, is_hidden: bool, figure: Option<Wanted<'_>>, marks: &mut usize) -> Ending {
    let (prefix, local) = tag.split();
    if !prefix.is_empty() && local == b"nonFraction" {
        if is_hidden || !figure.is_some_and(|wanted| is_figure(tag, wanted)) {
            return Ending::Nothing;
        }
        *marks += 1;
        body.push_str(if *marks == 1 { "<mark id=\"lode-figure\">" } else { "<mark>" });
        return Ending::Close("mark");
    }
    match fate_of(prefix, local) {
        Keep::Nothing => Ending::Hidden,
        Keep::Style => Ending::Style,
        Keep::Content => Ending::Nothing,
        Keep::Element(_) if is_hidden => Ending::Nothing,
        Keep::Element(name) => {
            body.push('<');
            body.push_str(name);
            for (attribute, value) in tag.attributes() {
                keep_attribute(body, name, attribute, value);
            }
            body.push('>');
            if is_void(name) { Ending::Nothing } else { Ending::Close(name) }
        }
    }
}

/// Whether a tag is the number that is asked for.
fn is_figure(tag: &Tag<'_>, wanted: Wanted<'_>) -> bool {
    let local = |name: &str| name.rsplit(':').next().unwrap_or_default().to_owned();
    let value = |of: &[u8]| {
        let found = tag.attributes().find(|(name, _)| *name == of)?;
        Some(String::from_utf8_lossy(found.1).trim().to_owned())
    };
    value(b"contextRef").as_deref() == Some(wanted.context)
        && value(b"name").is_some_and(|name| local(&name) == local(wanted.concept))
}

#[cfg(test)]
mod tests;
