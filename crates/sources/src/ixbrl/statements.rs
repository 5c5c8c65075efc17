// Longer than 500 lines because choosing facts, years and lines share one numbering of concepts and one table.
//! From the facts of a report to statements: which days, whose scope, which of several values, which line.

use std::collections::HashMap;

use chrono::NaiveDate;
use domain::currency::Currency;
use domain::fiscal_period::FiscalPeriod;
use domain::line::Part;
use domain::scope::Scope;
use domain::statement::{ContextPeriod, Fact, Statement};
use rust_decimal::prelude::ToPrimitive;
use rust_decimal::{Decimal, RoundingStrategy};

use super::classify::Kind;
use super::concepts::{self, Row, Take};
use super::document::{Document, RawContext, TextKind, Unit};
use super::ifrs;
use super::namespace::Family;
use super::number::{Format, digits};
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

/// Everything about one number once its context and unit are known.
struct Candidate<'d> {
    scope: Scope,
    period: ContextPeriod,
    concept: u32,
    unit: &'d Unit,
    value: Decimal,
    /// Digits after the decimal point that can be relied on; negative for thousands.
    precision: i16,
    order: u32,
    source: usize,
    fact: usize,
}

/// The concepts met so far, numbered.
#[derive(Default)]
struct Concepts<'d> {
    numbers: HashMap<(&'d [u8], &'d [u8]), u32>,
    names: Vec<String>,
}

/// The statements of one report (one document, or several that share their contexts), newest first.
pub(crate) fn statements(
    sources: &[Source<'_, '_>],
    warnings: &mut Vec<String>,
) -> Result<Vec<Statement>, PackageError> {
    let table = if sources.iter().any(|source| matches!(source.kind, Kind::Esef { .. })) {
        ifrs::IFRS
    } else {
        concepts::SWEDISH
    };
    let mut known = Concepts::default();
    let mut candidates = candidates(sources, table, &mut known, warnings)?;
    let best = most_precise(&mut candidates, table, &known, warnings);
    let core = core_of(table, &known);
    let mut found = Vec::new();
    for scope in [Scope::Company, Scope::Group] {
        let facts: Vec<&Candidate<'_>> = best.iter().filter(|candidate| candidate.scope == scope).collect();
        if facts.is_empty() {
            continue;
        }
        let Some(currency) = currency_of(sources, &facts, &core, &known)? else { continue };
        for period in periods(sources, &facts, &core, warnings) {
            let statement = build(sources, table, &known, &facts, period, scope, currency, warnings);
            if !statement.figures.is_empty() || statement.employees.is_some() {
                found.push(statement);
            }
        }
    }
    found.sort_by_key(|statement| (std::cmp::Reverse(statement.period.end()), statement.scope));
    Ok(found)
}

/// Reads every fact whose context is of the company or the group as a whole.
fn candidates<'d>(
    sources: &'d [Source<'d, '_>],
    table: &[Row],
    known: &mut Concepts<'d>,
    warnings: &mut Vec<String>,
) -> Result<Vec<Candidate<'d>>, PackageError> {
    let mut found = Vec::with_capacity(sources.iter().map(|source| source.document.facts.len()).sum());
    let mut unread = 0_usize;
    let contexts: HashMap<&[u8], &RawContext<'_>> = sources
        .iter()
        .rev()
        .flat_map(|source| &source.document.contexts)
        .map(|context| (context.id, context))
        .collect();
    let units: HashMap<&[u8], &Unit> =
        sources.iter().rev().flat_map(|source| &source.document.units).map(|(id, unit)| (*id, unit)).collect();
    let rule = ScopeRule::of(sources);
    for (source_index, source) in sources.iter().enumerate() {
        let document = source.document;
        for (fact_index, fact) in document.facts.iter().enumerate() {
            let namespace = &document.namespaces[fact.namespace];
            let prefix = namespace.family.prefix().map_or(namespace.prefix, str::as_bytes);
            let name = || format!("{}:{}", String::from_utf8_lossy(prefix), shown(fact.local));
            // A file's own contexts come first; a set of files shares them.
            let Some(context) = contexts.get(fact.context) else {
                return Err(document
                    .error(fact.offset, Problem::UnknownContext { concept: name(), context: shown(fact.context) }));
            };
            let Some(unit) = units.get(fact.unit) else {
                return Err(
                    document.error(fact.offset, Problem::UnknownUnit { concept: name(), unit: shown(fact.unit) })
                );
            };
            let (Some(scope), Some(period)) = (rule.scope(context), period_of(context)) else { continue };
            let value = digits(document.text_of(fact), fact.format)
                .and_then(|digits| Some((digits.value(fact.scale, fact.negative)?, digits.fraction)));
            let Some((value, fraction)) = value else {
                if is_core(table, namespace.family.prefix(), fact.local) {
                    let format =
                        if fact.format_name.is_empty() { "xbrl (1234.5)".to_owned() } else { shown(fact.format_name) };
                    return Err(document.error(fact.offset, Problem::BadNumber { concept: name(), format }));
                }
                unread += 1;
                continue;
            };
            let stated = fact.decimals.map_or(i16::MAX, i16::from);
            let written = i16::try_from(fraction).unwrap_or(0) - i16::from(fact.scale);
            let concept = *known.numbers.entry((prefix, fact.local)).or_insert_with(|| {
                known.names.push(name());
                u32::try_from(known.names.len() - 1).unwrap_or(u32::MAX)
            });
            found.push(Candidate {
                scope,
                period,
                concept,
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

/// How contexts tell the company from its group.
struct ScopeRule {
    plain: Scope,
}

impl ScopeRule {
    /// ESEF reports tag the group's statements, plain contexts being consolidated. Under K3 the taxonomy for
    /// group accounts serves both; one of the two is marked by a dimension and the plain contexts are the other.
    fn of(sources: &[Source<'_, '_>]) -> Self {
        let marked = |wanted| {
            sources.iter().flat_map(|source| &source.document.contexts).any(|context| {
                context.dimensions.iter().any(|(dimension, member)| member_scope(dimension, member) == Some(wanted))
            })
        };
        let group_taxonomy = sources
            .iter()
            .any(|source| matches!(source.kind, Kind::AnnualReport { group: true, .. } | Kind::Esef { .. }));
        let plain = if group_taxonomy && !marked(Scope::Group) { Scope::Group } else { Scope::Company };
        Self { plain }
    }

    /// The scope of a context; `None` when a dimension narrows it to a part (a segment, a class of equity …).
    fn scope(&self, context: &RawContext<'_>) -> Option<Scope> {
        match context.dimensions.as_slice() {
            [] => Some(self.plain),
            [(dimension, member)] => member_scope(dimension, member),
            _ => None,
        }
    }
}

/// Whether a member stands for the whole group or the whole company. Members such as “koncernföretag”
/// (a counterparty) do not.
fn member_scope(dimension: &[u8], member: &str) -> Option<Scope> {
    let dimension = String::from_utf8_lossy(dimension).to_lowercase();
    if !["koncern", "moder", "redovisning", "consolidated"].iter().any(|word| dimension.contains(word)) {
        return None;
    }
    let member = member.to_lowercase();
    match member.strip_suffix("member").unwrap_or(&member) {
        "koncern" | "koncernen" | "koncernredovisning" | "consolidated" => Some(Scope::Group),
        "moderbolag" | "moderbolaget" | "moderforetag" | "moderforetaget" | "juridiskperson" | "separate" => {
            Some(Scope::Company)
        }
        _ => None,
    }
}

fn period_of(context: &RawContext<'_>) -> Option<ContextPeriod> {
    match (context.instant, context.start, context.end) {
        (Some(instant), _, _) => Some(ContextPeriod::Instant { instant }),
        (None, Some(start), Some(end)) => Some(ContextPeriod::Duration { start, end }),
        _ => None,
    }
}

fn names(table: &'static [Row]) -> impl Iterator<Item = &'static str> {
    table.iter().flat_map(|row| row.terms).flat_map(|text| concepts::term(text).1)
}

/// The prefix of the concepts that a table is about.
fn table_prefix(table: &[Row]) -> &'static str {
    if std::ptr::eq(table.as_ptr(), ifrs::IFRS.as_ptr()) { "ifrs-full" } else { "se-gen-base" }
}

fn is_core(table: &[Row], prefix: Option<&str>, local: &[u8]) -> bool {
    prefix == Some(table_prefix(table))
        && table
            .iter()
            .flat_map(|row| row.terms)
            .any(|text| concepts::term(text).1.any(|name| name.as_bytes() == local))
}

/// For each numbered concept, whether it is in the table.
fn core_of(table: &'static [Row], known: &Concepts<'_>) -> Vec<bool> {
    let mut core = vec![false; known.names.len()];
    let prefix = table_prefix(table).as_bytes();
    for name in names(table) {
        if let Some(number) = known.numbers.get(&(prefix, name.as_bytes())) {
            core[*number as usize] = true;
        }
    }
    core
}

/// Keeps one value per scope, period, concept and unit: the most precise. Where equally precise ones disagree
/// the value given most often wins, then the last, because the statements follow the overview in a report.
fn most_precise<'d>(
    candidates: &mut [Candidate<'d>],
    table: &'static [Row],
    known: &Concepts<'_>,
    warnings: &mut Vec<String>,
) -> Vec<Candidate<'d>> {
    candidates.sort_by(|a, b| {
        (a.scope, key(a.period), a.concept, a.unit.label())
            .cmp(&(b.scope, key(b.period), b.concept, b.unit.label()))
            .then(b.precision.cmp(&a.precision))
            .then(a.order.cmp(&b.order))
    });
    let core = core_of(table, known);
    let mut best = Vec::new();
    for group in candidates
        .chunk_by(|a, b| a.scope == b.scope && a.period == b.period && a.concept == b.concept && a.unit == b.unit)
    {
        let precise = group.iter().filter(|one| one.precision == group[0].precision);
        let votes = |value: Decimal| precise.clone().filter(|one| one.value == value).count();
        let Some(chosen) = precise.clone().max_by_key(|one| (votes(one.value), one.order)) else { continue };
        let clash =
            group.iter().find(|one| (one.value - chosen.value).abs() > tolerance(one.precision, chosen.precision));
        if let Some(other) = clash
            && core[chosen.concept as usize]
        {
            let when = match chosen.period {
                ContextPeriod::Duration { end, .. } => end,
                ContextPeriod::Instant { instant } => instant,
            };
            warnings.push(format!(
                "{} at {when} is filed both as {} and as {}; the more precise is used",
                known.names[chosen.concept as usize],
                chosen.value.normalize(),
                other.value.normalize()
            ));
        }
        best.push(Candidate { ..*chosen });
    }
    best.sort_by_key(|one| one.order);
    best
}

fn key(period: ContextPeriod) -> (NaiveDate, Option<NaiveDate>) {
    match period {
        ContextPeriod::Duration { start, end } => (end, Some(start)),
        ContextPeriod::Instant { instant } => (instant, None),
    }
}

/// How far a rougher value may lie from a more precise one: one unit of its last digit. Two values of one
/// precision must be equal.
fn tolerance(rougher: i16, precise: i16) -> Decimal {
    match u32::try_from(-rougher) {
        Ok(power) if rougher < precise => {
            let unit = 10_i128.checked_pow(power).and_then(|unit| Decimal::try_from_i128_with_scale(unit, 0).ok());
            unit.unwrap_or(Decimal::MAX)
        }
        Err(_) if rougher < precise => Decimal::ONE,
        _ => Decimal::ZERO,
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

/// The fiscal years that the facts are about, none overlapping another: first the one that the report names,
/// then those with most core figures.
fn periods(
    sources: &[Source<'_, '_>],
    facts: &[&Candidate<'_>],
    core: &[bool],
    warnings: &mut Vec<String>,
) -> Vec<FiscalPeriod> {
    let declared = declared_year(sources);
    let mut counts: HashMap<(NaiveDate, NaiveDate), usize> = HashMap::new();
    for source in sources {
        for context in source.document.contexts.iter().filter(|context| context.dimensions.is_empty()) {
            if let Some(ContextPeriod::Duration { start, end }) = period_of(context) {
                counts.entry((start, end)).or_default();
            }
        }
    }
    if let Some(year) = declared {
        counts.entry(year).or_default();
    }
    for fact in facts.iter().filter(|fact| core[fact.concept as usize]) {
        match fact.period {
            ContextPeriod::Duration { start, end } => *counts.entry((start, end)).or_default() += 1,
            ContextPeriod::Instant { instant } => {
                counts.iter_mut().filter(|((_, end), _)| *end == instant).for_each(|(_, count)| *count += 1);
            }
        }
    }
    if counts.is_empty() {
        counts.extend(assumed_years(facts, warnings).into_iter().map(|year| (year, 1)));
    }
    let mut all: Vec<((NaiveDate, NaiveDate), usize)> = counts.into_iter().collect();
    all.sort_by_key(|((start, end), count)| {
        let whole = FiscalPeriod::new(*start, *end).map_or(0, |period| period.months());
        (
            Some((*start, *end)) != declared,
            std::cmp::Reverse(*count),
            whole.abs_diff(12),
            std::cmp::Reverse(*end),
            *start,
        )
    });
    let mut chosen: Vec<FiscalPeriod> = Vec::new();
    for ((start, end), count) in all {
        match FiscalPeriod::new(start, end) {
            Ok(period) if chosen.iter().all(|other| period.end() < other.start() || other.end() < period.start()) => {
                chosen.push(period);
            }
            Ok(_) => {}
            Err(error) if count > 0 => warn(warnings, || format!("{count} figures were left out: {error}")),
            Err(_) => {}
        }
        if chosen.len() == 20 {
            break;
        }
    }
    chosen
}

fn declared_year(sources: &[Source<'_, '_>]) -> Option<(NaiveDate, NaiveDate)> {
    sources.iter().find_map(|source| {
        let day = |kind| source.document.first(kind)?.parse::<NaiveDate>().ok();
        Some((day(TextKind::YearStart)?, day(TextKind::YearEnd)?))
    })
}

/// A report with balance sheets alone: years of twelve months are assumed, and said to be.
fn assumed_years(facts: &[&Candidate<'_>], warnings: &mut Vec<String>) -> Vec<(NaiveDate, NaiveDate)> {
    let mut ends: Vec<NaiveDate> = facts.iter().map(|fact| key(fact.period).0).collect();
    ends.sort_unstable();
    ends.dedup();
    warn(warnings, || "the report does not say when its year starts; twelve months are assumed".to_owned());
    let year_before = |end: NaiveDate| end.succ_opt()?.checked_sub_months(chrono::Months::new(12));
    ends.into_iter().filter_map(|end| Some((year_before(end)?, end))).collect()
}

#[expect(clippy::too_many_arguments, reason = "one call, and each is a different thing the statement is made of")]
fn build(
    sources: &[Source<'_, '_>],
    table: &'static [Row],
    known: &Concepts<'_>,
    facts: &[&Candidate<'_>],
    period: FiscalPeriod,
    scope: Scope,
    currency: Currency,
    warnings: &mut Vec<String>,
) -> Statement {
    let mut statement = Statement::empty(period, scope, currency);
    let chosen: Vec<&&Candidate<'_>> = facts
        .iter()
        .filter(|fact| match fact.period {
            ContextPeriod::Duration { start, end } => start == period.start() && end == period.end(),
            ContextPeriod::Instant { instant } => instant == period.end(),
        })
        .collect();
    let mut amounts: HashMap<u32, usize> = HashMap::with_capacity(chosen.len());
    for (index, fact) in chosen.iter().enumerate() {
        if *fact.unit == Unit::Currency(currency) {
            amounts.entry(fact.concept).or_insert(index);
        }
    }
    let prefix = table_prefix(table).as_bytes();
    let find =
        |name: &str| known.numbers.get(&(prefix, name.as_bytes())).and_then(|concept| amounts.get(concept)).copied();
    let mut roughest = 0_i16;
    for row in table {
        if statement.figures.get(row.line).is_some() {
            continue;
        }
        let terms = row.terms.iter().filter_map(|text| {
            let (sign, mut names) = concepts::term(text);
            names.find_map(find).map(|index| (sign, index))
        });
        let used: Vec<(char, usize)> = if row.take == Take::First { terms.take(1).collect() } else { terms.collect() };
        let total: Decimal = used.iter().map(|(sign, index)| signed(*sign, chosen[*index].value)).sum();
        if used.is_empty() {
            continue;
        }
        let Some(amount) = total.round_dp_with_strategy(0, RoundingStrategy::MidpointAwayFromZero).to_i64() else {
            warn(warnings, || format!("{} at {} is too large a number and was left out", row.line.key(), period.end()));
            continue;
        };
        statement.figures.set(row.line, Some(amount));
        if row.line.part() != Part::Other {
            roughest = used.iter().map(|(_, index)| -chosen[*index].precision).fold(roughest, i16::max);
        }
        // A line comes straight from a fact when that alone makes its amount; a true sum has no single origin.
        let mut origins = used.iter().filter(|(_, index)| used.len() == 1 || !chosen[*index].value.is_zero());
        if let (Some((_, index)), None) = (origins.next(), origins.next()) {
            statement.line_facts.push((row.line, u32::try_from(*index).unwrap_or(u32::MAX)));
        }
    }
    statement.rounding = match roughest {
        ..=0 => 0,
        1..=3 => 3,
        _ => 6,
    };
    let employees = if table_prefix(table) == "ifrs-full" { ifrs::EMPLOYEES } else { concepts::EMPLOYEES };
    statement.employees = employees.iter().find_map(|name| {
        let concept = known.numbers.get(&(prefix, name.as_bytes()))?;
        chosen
            .iter()
            .find(|fact| fact.concept == *concept && matches!(fact.unit, Unit::Other(_)))
            .map(|fact| fact.value.normalize())
    });
    statement.facts = chosen.iter().map(|fact| lineage(sources, known, fact)).collect();
    statement
}

fn signed(sign: char, value: Decimal) -> Decimal {
    match sign {
        '-' => -value,
        '~' => -value.abs(),
        _ => value,
    }
}

/// The fact as the product keeps it: everything needed to find it again in the document.
fn lineage(sources: &[Source<'_, '_>], known: &Concepts<'_>, candidate: &Candidate<'_>) -> Fact {
    let source = &sources[candidate.source];
    let fact = &source.document.facts[candidate.fact];
    // Text of a fact whose format makes anything a zero is not repeated: it need not be a number.
    let text = source.document.text_of(fact);
    let as_filed = if fact.format == Format::Zero && text.chars().count() > 3 { "–" } else { text };
    Fact {
        concept: known.names[candidate.concept as usize].clone(),
        value: candidate.value.normalize(),
        context: shown(fact.context),
        period: candidate.period,
        unit: candidate.unit.label(),
        as_filed: as_filed.chars().take(60).collect(),
        scale: fact.scale,
        decimals: fact.decimals,
        negative: fact.negative,
        document: source.index,
    }
}

fn warn(warnings: &mut Vec<String>, sentence: impl FnOnce() -> String) {
    if warnings.len() < MAX_WARNINGS {
        warnings.push(sentence());
    }
}

fn shown(bytes: &[u8]) -> String {
    String::from_utf8_lossy(&bytes[..bytes.len().min(200)]).into_owned()
}

/// Whether a namespace holds facts at all.
pub(crate) fn has_figures(document: &Document<'_>) -> bool {
    document
        .facts
        .iter()
        .any(|fact| matches!(document.namespaces[fact.namespace].family, Family::Swedish("se-gen-base") | Family::Ifrs))
}
