//! Texts that go on elsewhere: an `ix:nonNumeric` and the `ix:continuation`s that follow, in whatever order they stand
//! and in whichever document of the set.

use std::collections::HashMap;

use super::document::{Continuation, Document};
use super::entity::decode_into;
use super::scan::{Scanner, Token};

/// Makes the texts of documents that are one set whole. A text whose chain ends nowhere or in a circle, or that does
/// not fit its transformation, is left out and told: half a name is a wrong name.
pub(crate) fn join(documents: &mut [&mut Document<'_>], warnings: &mut Vec<String>) {
    if documents.iter().all(|document| document.raw_texts.is_empty()) {
        return;
    }
    let continuations: HashMap<&[u8], &Continuation<'_>> = documents
        .iter()
        .flat_map(|document| &document.continuations)
        .map(|continuation| (continuation.id, continuation))
        .collect();
    let mut joined = Vec::with_capacity(documents.len());
    for document in documents.iter() {
        let mut texts = Vec::with_capacity(document.raw_texts.len());
        for raw in &document.raw_texts {
            let whole = chain(&raw.text, raw.continued_at, &continuations).and_then(|whole| raw.value(&whole));
            match whole {
                Ok(text) => texts.push((raw.kind, text)),
                Err(why) => warnings.push(format!("{} was left out: {why}", raw.kind.words())),
            }
        }
        joined.push(texts);
    }
    drop(continuations);
    for (document, texts) in documents.iter_mut().zip(joined) {
        document.texts = texts;
    }
}

/// A text with everything that continues it.
fn chain<'a>(
    first: &str,
    mut next: Option<&'a [u8]>,
    continuations: &HashMap<&[u8], &Continuation<'a>>,
) -> Result<String, String> {
    let mut whole = first.to_owned();
    let mut visited = std::collections::HashSet::new();
    while let Some(id) = next {
        let shown = String::from_utf8_lossy(&id[..id.len().min(60)]).into_owned();
        let Some(continuation) = continuations.get(id) else {
            return Err(format!("it goes on at “{shown}”, which the report does not hold"));
        };
        if !visited.insert(id) {
            return Err(format!("its continuations form a circle at “{shown}”"));
        }
        append(continuation, &mut whole).ok_or_else(|| format!("its continuation “{shown}” cannot be read"))?;
        next = continuation.continued_at;
    }
    Ok(whole)
}

/// Appends the text of a continuation without what it excludes.
fn append(continuation: &Continuation<'_>, out: &mut String) -> Option<()> {
    let mut scanner = Scanner::new(continuation.bytes, Vec::new());
    let mut excluded: Option<usize> = None;
    while let Some(token) = scanner.next(true).ok()? {
        match token {
            Token::Start(tag) => {
                if excluded.is_none() && tag.split() == (continuation.prefix, &b"exclude"[..]) {
                    excluded = Some(scanner.depth());
                }
            }
            Token::End => {
                if excluded.is_some_and(|depth| scanner.depth() < depth) {
                    excluded = None;
                }
            }
            Token::Text(text) if excluded.is_none() => decode_into(text, out).ok()?,
            Token::Literal(text) if excluded.is_none() => out.push_str(&String::from_utf8_lossy(text)),
            Token::Text(_) | Token::Literal(_) => {}
        }
    }
    Some(())
}
