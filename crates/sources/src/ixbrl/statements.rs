//! From the facts of a report to statements: whose scope, which days, which of several values, which line; and what of
//! it all was not used, and why.

use std::collections::HashMap;

use domain::currency::Currency;
use domain::filing::{UnusedFigure, UnusedFigures, UnusedReason};
use domain::scope::Scope;
use domain::statement::{ContextPeriod, Statement};
use domain::unused;

use super::choose::{self, Candidate, Chosen};
use super::classify::Kind;
use super::concepts;
use super::document::{Document, RawContext, TextKind, Unit};
use super::lay::{Concepts, Layout, Outcome};
use super::namespace::Family;
use super::number::{Format, digits};
use super::scope::ScopeRule;
use super::years::{Years, days};
use crate::package::error::{PackageError, Problem};

/// Most sentences about one filing; a thousand odd facts need not all be told.
const MAX_WARNINGS: usize = 40;

/// A document that holds figures.
pub(crate) struct Source<'d, 'a> {
    /// The document.
    pub document: &'d Document<'a>,
    /// What kind it is.
    pub kind: Kind,
    /// Its index within the filing.
    pub index: u16,
}

/// The statements of one report (one document, or several that are one set), newest first, and what it holds of known
/// lines that stands in none of them.
pub(crate) fn statements(
    sources: &[Source<'_, '_>],
    warnings: &mut Vec<String>,
    left_over: &mut Vec<UnusedFigures>,
) -> Result<Vec<Statement>, PackageError> {
    let is_ifrs = sources.iter().any(|source| matches!(source.kind, Kind::Esef { .. }));
    let mut layout = Layout { sources, is_ifrs, known: Concepts::default() };
    let mut not_used = Unused { sources, is_ifrs, groups: left_over, first_error: None };
    not_used.left_out();
    let mut candidates = candidates(&mut layout, &mut not_used, warnings)?;
    let first_error = not_used.first_error.take();
    let chosen = choose::most_precise(&mut candidates);
    let core = layout.core();
    let mut found = Vec::new();
    for scope in [Scope::Company, Scope::Group] {
        let figures: Vec<Chosen<'_>> = chosen.iter().filter(|one| one.best.scope == scope).cloned().collect();
        if figures.is_empty() {
            continue;
        }
        let facts: Vec<&Candidate<'_>> = figures.iter().map(|one| &one.best).collect();
        let Some(currency) = currency_of(sources, &facts, &core, &layout.known)? else { continue };
        let years = Years::of(sources, &facts, &core, warnings);
        for one in figures.iter().filter(|one| !years.has(one.best.period)) {
            let reason = if years.opens(one.best.period) { UnusedReason::OpeningBalance } else { UnusedReason::NoYear };
            for tag in std::iter::once(&one.best).chain(one.others.iter().map(|(other, _)| other)) {
                not_used.candidate(tag, reason, &days(one.best.period));
            }
        }
        for year in &years.chosen {
            let mut of_year: Vec<Chosen<'_>> =
                figures.iter().filter(|one| years.is_of(one.best.period, *year)).cloned().collect();
            let Outcome { statement, unused } = layout.statement(&mut of_year, *year, scope, currency, &core, warnings);
            for (candidate, reason, detail) in unused {
                not_used.candidate(&candidate, reason, &detail);
            }
            if !statement.figures.is_empty() || statement.employees.is_some() {
                found.push(statement);
            }
        }
    }
    if let (true, Some(error)) = (found.is_empty(), first_error) {
        return Err(error);
    }
    found.sort_by_key(|statement| (std::cmp::Reverse(statement.period.end()), statement.scope));
    Ok(found)
}

/// Contexts and units of a report by their ids. One id that means two things is refused: whatever is taken is guessed.
struct Resources<'d> {
    contexts: HashMap<&'d [u8], &'d RawContext<'d>>,
    units: HashMap<&'d [u8], &'d Unit>,
}

impl<'d> Resources<'d> {
    fn of(sources: &'d [Source<'d, '_>]) -> Result<Self, PackageError> {
        let (mut contexts, mut units) = (HashMap::new(), HashMap::new());
        for source in sources {
            let document = source.document;
            let twice = |what, id, offset| document.error(offset, Problem::DuplicateId { what, id: shown(id) });
            for context in &document.contexts {
                let first: &RawContext<'_> = contexts.entry(context.id).or_insert(context);
                if !first.says_the_same(context) {
                    return Err(twice("context", context.id, context.offset));
                }
            }
            for (id, unit, offset) in &document.units {
                if *units.entry(*id).or_insert(unit) != unit {
                    return Err(twice("unit", id, *offset));
                }
            }
        }
        Ok(Self { contexts, units })
    }
}

/// Reads every fact whose context is of the company or the group as a whole.
fn candidates<'d>(
    layout: &mut Layout<'d>,
    not_used: &mut Unused<'_, 'd>,
    warnings: &mut Vec<String>,
) -> Result<Vec<Candidate<'d>>, PackageError> {
    let sources = layout.sources;
    let mut found = Vec::with_capacity(sources.iter().map(|source| source.document.facts.len()).sum());
    let mut unread = 0_usize;
    let Resources { contexts, units } = Resources::of(sources)?;
    let rule = ScopeRule::of(sources);
    for (source_index, source) in sources.iter().enumerate() {
        let document = source.document;
        for (fact_index, fact) in document.facts.iter().enumerate() {
            let (prefix, name) = concept_of(document, fact.namespace, fact.local);
            let Some(context) = contexts.get(fact.context) else {
                return Err(document
                    .error(fact.offset, Problem::UnknownContext { concept: name(), context: shown(fact.context) }));
            };
            let Some(unit) = units.get(fact.unit) else {
                return Err(
                    document.error(fact.offset, Problem::UnknownUnit { concept: name(), unit: shown(fact.unit) })
                );
            };
            let (Some(scope), Some(period)) = (rule.scope(context), period_of(context)) else {
                let reason =
                    if period_of(context).is_none() { UnusedReason::NoYear } else { UnusedReason::PartOfCompany };
                not_used.fact(source_index, fact_index, period_of(context), reason, "");
                continue;
            };
            let value = digits(document.text_of(fact), fact.format)
                .and_then(|digits| Some((digits.value(fact.scale, fact.negative)?, digits.fraction)));
            let Some((value, fraction)) = value else {
                let format =
                    if fact.format_name.is_empty() { "xbrl (1234.5)".to_owned() } else { shown(fact.format_name) };
                let reason = if fact.format == Format::Unknown {
                    UnusedReason::UnknownTransformation
                } else {
                    UnusedReason::NotANumber
                };
                if not_used.fact(source_index, fact_index, Some(period), reason, &format) {
                    let problem = Problem::BadNumber { concept: name(), format };
                    not_used.first_error.get_or_insert_with(|| document.error(fact.offset, problem));
                } else {
                    unread += 1;
                }
                continue;
            };
            let decimals = choose::decimals(fact.stated, value);
            let stated = decimals.map_or(i16::MAX, i16::from);
            let written = i16::try_from(fraction).unwrap_or(0) - i16::from(fact.scale);
            found.push(Candidate {
                scope,
                period,
                concept: layout.known.number(prefix, fact.local, name),
                unit,
                value,
                precision: stated.min(written),
                order: u32::try_from(found.len()).unwrap_or(u32::MAX),
                source: source_index,
                fact: fact_index,
            });
        }
    }
    if unread > 0 {
        warnings.push(format!(
            "{unread} figures of concepts outside the core lines are not numbers of their format and were left out"
        ));
    }
    Ok(found)
}

/// The conventional prefix of a concept and, when asked, its whole name.
fn concept_of<'d>(
    document: &'d Document<'_>,
    namespace: usize,
    local: &'d [u8],
) -> (&'d [u8], impl Fn() -> String + 'd) {
    let namespace = &document.namespaces[namespace];
    let prefix = namespace.family.prefix().map_or(namespace.prefix, str::as_bytes);
    (prefix, move || format!("{}:{}", String::from_utf8_lossy(prefix), shown(local)))
}

/// Collects what was not used of the lines that are known.
struct Unused<'u, 'd> {
    sources: &'d [Source<'d, 'd>],
    is_ifrs: bool,
    groups: &'u mut Vec<UnusedFigures>,
    /// Why the first core figure could not be read, for a report that has no other.
    first_error: Option<PackageError>,
}

impl Unused<'_, '_> {
    /// Notes a fact if its concept is known; says whether it is.
    fn fact(
        &mut self,
        source: usize,
        fact: usize,
        period: Option<ContextPeriod>,
        reason: UnusedReason,
        detail: &str,
    ) -> bool {
        let document = self.sources[source].document;
        let raw = &document.facts[fact];
        let Some(line) = self.line(document, raw.namespace, raw.local) else { return false };
        let figure = UnusedFigure {
            concept: concept_of(document, raw.namespace, raw.local).1(),
            line: line.to_owned(),
            context: shown(raw.context),
            period,
            as_filed: text_kept(document.text_of(raw)),
            document: self.sources[source].index,
        };
        unused::add(self.groups, reason, detail, figure);
        true
    }

    fn candidate(&mut self, candidate: &Candidate<'_>, reason: UnusedReason, detail: &str) {
        self.fact(candidate.source, candidate.fact, Some(candidate.period), reason, detail);
    }

    /// Notes what the rules of Inline XBRL left out of the documents.
    fn left_out(&mut self) {
        for source in self.sources {
            let document = source.document;
            for left in &document.left_out {
                let Some(line) = self.line(document, left.namespace, left.local) else { continue };
                let concept = concept_of(document, left.namespace, left.local).1();
                let context = document.contexts.iter().find(|context| context.id == left.context);
                if left.reason == UnusedReason::NotANumber {
                    let problem = Problem::BadNumber { concept: concept.clone(), format: left.detail.clone() };
                    self.first_error.get_or_insert_with(|| document.error(left.offset, problem));
                }
                let figure = UnusedFigure {
                    concept,
                    line: line.to_owned(),
                    context: shown(left.context),
                    period: context.and_then(period_of),
                    as_filed: String::new(),
                    document: source.index,
                };
                unused::add(self.groups, left.reason, &left.detail, figure);
            }
        }
    }

    fn line(&self, document: &Document<'_>, namespace: usize, local: &[u8]) -> Option<&'static str> {
        let family = document.namespaces[namespace].family.prefix()?;
        (family == concepts::prefix(self.is_ifrs)).then(|| concepts::line_key(self.is_ifrs, local))?
    }
}

/// The text of a figure that was not used, when it is one: words may be anybody's name and are not kept.
fn text_kept(text: &str) -> String {
    if text.chars().any(char::is_alphabetic) { String::new() } else { text.chars().take(60).collect() }
}

pub(super) fn period_of(context: &RawContext<'_>) -> Option<ContextPeriod> {
    match (context.instant, context.start, context.end) {
        (Some(instant), _, _) => Some(ContextPeriod::Instant { instant }),
        (None, Some(start), Some(end)) => Some(ContextPeriod::Duration { start, end }),
        _ => None,
    }
}

/// The currency that most core amounts are in; the one that the report declares, then the first, breaks a tie.
fn currency_of(
    sources: &[Source<'_, '_>],
    facts: &[&Candidate<'_>],
    core: &[bool],
    known: &Concepts<'_>,
) -> Result<Option<Currency>, PackageError> {
    let declared =
        sources.iter().find_map(|source| source.document.first(TextKind::Currency)).and_then(declared_currency);
    let mut counts: Vec<(Currency, usize)> = Vec::new();
    let mut other = None;
    for fact in facts.iter().filter(|fact| core[fact.concept as usize]) {
        match fact.unit {
            Unit::Currency(currency) => match counts.iter_mut().find(|(found, _)| found == currency) {
                Some((_, count)) => *count += 1,
                None => counts.push((*currency, 1)),
            },
            Unit::Other(label) => other = other.or(Some((fact, label))),
        }
    }
    let best = counts
        .iter()
        .rev()
        .max_by_key(|(currency, count)| (*count, Some(*currency) == declared))
        .map(|(currency, _)| *currency);
    match (best, other) {
        (None, Some((fact, label))) => {
            let source = &sources[fact.source];
            let problem =
                Problem::NoCurrency { concept: known.names[fact.concept as usize].clone(), unit: label.clone() };
            Err(source.document.error(source.document.facts[fact.fact].offset, problem))
        }
        (best, _) => Ok(best),
    }
}

/// The currency that the text fact declares: a code since 2017, a member of a list since 2020.
fn declared_currency(text: &str) -> Option<Currency> {
    match text.rsplit(':').next().unwrap_or(text) {
        "ValutaSvenskaKronorMember" => Some(Currency::SEK),
        "ValutaEuroMember" => Some(Currency::EUR),
        code => code.parse().ok(),
    }
}

pub(super) fn warn(warnings: &mut Vec<String>, sentence: impl FnOnce() -> String) {
    if warnings.len() < MAX_WARNINGS {
        let sentence = sentence();
        if !warnings.contains(&sentence) {
            warnings.push(sentence);
        }
    }
}

pub(super) fn shown(bytes: &[u8]) -> String {
    String::from_utf8_lossy(&bytes[..bytes.len().min(200)]).into_owned()
}

/// Whether a namespace holds facts at all.
pub(crate) fn has_figures(document: &Document<'_>) -> bool {
    document
        .facts
        .iter()
        .any(|fact| matches!(document.namespaces[fact.namespace].family, Family::Swedish("se-gen-base") | Family::Ifrs))
}
