//! Whom a context is about: the company, its group, or a part of either; and whether a report is of one company alone.

use std::collections::{HashMap, HashSet};

use domain::orgnr::{Orgnr, OrgnrError};
use domain::scope::Scope;

use super::classify::Kind;
use super::document::{Dimension, Document, RawContext};
use super::statements::Source;
use crate::package::error::{PackageError, Problem};

/// How contexts tell the company from its group.
pub(super) struct ScopeRule {
    plain: Scope,
}

impl ScopeRule {
    /// ESEF reports tag the group's statements, plain contexts being consolidated. Under K3 the taxonomy for
    /// group accounts serves both; one of the two is marked by a dimension and the plain contexts are the other.
    pub(super) fn of(sources: &[Source<'_, '_>]) -> Self {
        let marked = |wanted| {
            sources.iter().flat_map(|source| &source.document.contexts).any(|context| {
                !context.is_narrowed
                    && matches!(context.dimensions.as_slice(), [one] if member_scope(one) == Some(wanted))
            })
        };
        let group_taxonomy = sources
            .iter()
            .any(|source| matches!(source.kind, Kind::AnnualReport { group: true, .. } | Kind::Esef { .. }));
        let plain = if group_taxonomy && !marked(Scope::Group) { Scope::Group } else { Scope::Company };
        Self { plain }
    }

    /// The scope of a context; `None` when anything in its segment or scenario narrows it to a part (a dimension, a
    /// class of equity, an element that nobody here knows).
    pub(super) fn scope(&self, context: &RawContext<'_>) -> Option<Scope> {
        match context.dimensions.as_slice() {
            _ if context.is_narrowed => None,
            [] => Some(self.plain),
            [dimension] => member_scope(dimension),
            _ => None,
        }
    }
}

/// Whether a member stands for the whole group or the whole company. Members such as “koncernföretag”
/// (a counterparty) do not, nor does any dimension of a report's own.
fn member_scope(dimension: &Dimension<'_>) -> Option<Scope> {
    if !dimension.is_known {
        return None;
    }
    let name = String::from_utf8_lossy(dimension.name).to_lowercase();
    if !["koncern", "moder", "redovisning", "consolidated"].iter().any(|word| name.contains(word)) {
        return None;
    }
    let member = dimension.member.to_lowercase();
    match member.strip_suffix("member").unwrap_or(&member) {
        "koncern" | "koncernen" | "koncernredovisning" | "consolidated" => Some(Scope::Group),
        "moderbolag" | "moderbolaget" | "moderforetag" | "moderforetaget" | "juridiskperson" | "separate" => {
            Some(Scope::Company)
        }
        _ => None,
    }
}

/// The company that the numbers of a report are about, as its contexts name it; `None` when there are no numbers.
/// A report whose numbers are about two is nobody's: it is refused.
pub(crate) fn entity<'d>(sources: &[&'d Document<'_>]) -> Result<Option<&'d str>, PackageError> {
    let mut found: Option<(&str, String)> = None;
    let contexts: HashMap<&[u8], &RawContext<'_>> =
        sources.iter().flat_map(|one| &one.contexts).map(|context| (context.id, context)).collect();
    let mut seen: HashSet<&[u8]> = HashSet::new();
    for document in sources {
        for fact in &document.facts {
            // Most figures of a report share a few contexts.
            let Some(context) = contexts.get(fact.context).filter(|_| seen.insert(fact.context)) else { continue };
            let plain = plain_identifier(&context.identifier);
            match &found {
                None => found = Some((&context.identifier, plain)),
                Some((_, first)) if *first == plain => {}
                Some((first, _)) => {
                    let problem = Problem::SeveralEntities {
                        first: shown(first),
                        other: shown(&context.identifier),
                        context: String::from_utf8_lossy(context.id).chars().take(60).collect(),
                    };
                    return Err(document.error(fact.offset, problem));
                }
            }
        }
    }
    Ok(found.map(|(identifier, _)| identifier))
}

/// An identifier in the one spelling that it is compared in: a number without hyphen and century, else as it is.
pub(crate) fn plain_identifier(identifier: &str) -> String {
    let digits: String = identifier.chars().filter(char::is_ascii_digit).collect();
    let has_letters = identifier.chars().any(char::is_alphabetic);
    match digits.len() {
        10 if !has_letters => digits,
        12 if !has_letters => digits.strip_prefix("16").map_or(digits.clone(), str::to_owned),
        _ => identifier.trim().to_uppercase(),
    }
}

/// An identifier in messages: a number as people know it, never one that is or may be a person's.
pub(crate) fn shown(identifier: &str) -> String {
    match Orgnr::parse_lenient(&plain_identifier(identifier)) {
        Ok((orgnr, _)) => orgnr.formatted(),
        Err(OrgnrError::Personal) => "a personal number".to_owned(),
        Err(_)
            if identifier.chars().filter(char::is_ascii_digit).count() >= 6
                && !identifier.chars().any(char::is_alphabetic) =>
        {
            "a number that is none".to_owned()
        }
        Err(_) => identifier.trim().chars().take(40).collect(),
    }
}
