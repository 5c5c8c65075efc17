//! One filing from the documents of one report: its statements, whose it is, and what is known of the document.

use std::collections::HashMap;

use chrono::NaiveDate;
use domain::filing::{Filing, FilingKind, Framework};
use domain::line::Line;
use domain::scope::Scope;
use domain::statement::{Contradiction, Statement};
use sha2::{Digest, Sha256};

use super::error::{PackageError, Problem};
use super::units::{self, Unit};
use super::{Loaded, ParsedPackage, owner};
use crate::ixbrl::classify::Kind;
use crate::ixbrl::document::{Document, TextKind};
use crate::ixbrl::scope;
use crate::ixbrl::statements::{self, Source};

/// Most sentences about one filing.
const MAX_WARNINGS: usize = 60;

/// Makes the filing of a unit. `bytes` are those of its package or of its own file.
pub(super) fn of(
    name: &str,
    bytes: &[u8],
    loaded: &[Loaded],
    documents: &mut [Option<(Document<'_>, Kind)>],
    unit: &Unit,
) -> Result<ParsedPackage, PackageError> {
    let members: Vec<usize> = {
        let mut all: Vec<usize> = unit.sets.iter().flatten().chain(&unit.companions).copied().collect();
        all.sort_unstable();
        all
    };
    let mut warnings: Vec<String> = members.iter().filter_map(|index| loaded[*index].warning.clone()).collect();
    units::join_texts(documents, unit, &mut warnings);
    let place: HashMap<usize, u16> =
        members.iter().enumerate().map(|(at, index)| (*index, u16::try_from(at).unwrap_or(u16::MAX))).collect();
    let get = |index: usize| documents.get(index).and_then(Option::as_ref);

    let (mut statements, mut unused, mut main) = (Vec::<Statement>::new(), Vec::new(), None);
    let mut owner_of_sets: Option<(String, &str)> = None;
    for set in &unit.sets {
        let sources: Vec<Source<'_, '_>> = set
            .iter()
            .filter_map(|index| {
                let (document, kind) = get(*index)?;
                Some(Source { document, kind: *kind, index: place.get(index).copied().unwrap_or(0) })
            })
            .collect();
        let in_set: Vec<&Document<'_>> = sources.iter().map(|source| source.document).collect();
        if let Some(entity) = scope::entity(&in_set)? {
            let plain = scope::plain_identifier(entity);
            match &owner_of_sets {
                Some((first, first_entity)) if *first != plain => {
                    let problem =
                        Problem::SeveralOwners { first: scope::shown(first_entity), other: scope::shown(entity) };
                    return Err(PackageError::of(name, problem));
                }
                Some(_) => {}
                None => owner_of_sets = Some((plain, entity)),
            }
        }
        let found = statements::statements(&sources, &mut warnings, &mut unused)?;
        if main.is_none() && !found.is_empty() {
            main = set.first().copied();
        }
        merge(&mut statements, found, &mut warnings);
    }
    let Some((main, (report, kind))) = main.and_then(|index| Some((index, get(index)?))) else {
        return Err(PackageError::of(&loaded[unit.first()].path, Problem::NoFigures));
    };
    let (filing_kind, framework, taxonomy) = match *kind {
        Kind::AnnualReport { framework, taxonomy, .. } => (FilingKind::AnnualReport, framework, taxonomy),
        Kind::Esef { taxonomy } => (FilingKind::EsefReport, Framework::Ifrs, taxonomy),
        _ => (FilingKind::AnnualReport, Framework::Unknown, None),
    };
    if framework == Framework::Unknown {
        warnings.push(format!(
            "{} refers to no taxonomy that Lode knows; its concepts were read all the same",
            loaded[main].entry
        ));
    }
    let reports: Vec<&Document<'_>> = std::iter::once(main)
        .chain(unit.sets.iter().flatten().copied().filter(|index| *index != main))
        .filter_map(|index| Some(&get(index)?.0))
        .collect();
    let beside: Vec<&Document<'_>> = unit.companions.iter().filter_map(|index| Some(&get(*index)?.0)).collect();
    let orgnr = owner::of(name, &reports, &beside, &mut warnings)?;
    // A certificate or an auditor's report of another company says nothing of this one.
    let beside: Vec<&Document<'_>> = beside
        .into_iter()
        .filter(|document| match owner::companion(document) {
            Some((other, _)) if other != orgnr => {
                warnings.push(format!("{} is about {} and was not read", document.entry, other.formatted()));
                false
            }
            _ => true,
        })
        .collect();
    // The report's own texts first, then those of the cover beside it.
    let all = || std::iter::once(report).chain(reports.iter().copied().skip(1)).chain(beside.iter().copied());
    let text =
        |kind| all().find_map(|document| document.first(kind)).filter(|text| !text.is_empty()).map(str::to_owned);
    let software = all()
        .find_map(|document| document.program.as_deref().map(|program| (program, document.program_version.as_deref())));
    let last = |kind| {
        let texts = all().flat_map(|document| &document.texts).filter(|(found, _)| *found == kind);
        texts.filter_map(|(_, text)| text.parse::<NaiveDate>().ok()).max()
    };
    warnings.truncate(MAX_WARNINGS);
    Ok(ParsedPackage {
        filing: Filing {
            orgnr,
            kind: filing_kind,
            framework,
            taxonomy,
            company_name: text(TextKind::CompanyName),
            seat: text(TextKind::Seat),
            software: software.map(|(program, version)| {
                version.map_or_else(|| program.to_owned(), |version| format!("{program} {version}"))
            }),
            documents: members.iter().map(|index| loaded[*index].entry.clone()).collect(),
            filed_at: None,
            sha256: hex::encode(Sha256::digest(bytes)),
            size_bytes: bytes.len() as u64,
            statements,
            warnings,
            unused,
        },
        lei: text(TextKind::Lei).filter(|lei| lei.len() == 20 && lei.bytes().all(|byte| byte.is_ascii_alphanumeric())),
        adopted_on: last(TextKind::AdoptedOn),
        signed_on: last(TextKind::SignedOn),
    })
}

/// Adds the statements of a further report of the same accounts (another language). What the first one says stays; where
/// the two contradict each other, the year says so.
fn merge(statements: &mut Vec<Statement>, found: Vec<Statement>, warnings: &mut Vec<String>) {
    for statement in found {
        let same =
            |known: &&mut Statement| known.scope == statement.scope && known.period.end() == statement.period.end();
        let Some(known) = statements.iter_mut().find(same) else {
            statements.push(statement);
            continue;
        };
        let unit = 10_i64.pow(u32::from(known.rounding.max(statement.rounding).min(9)));
        let differ = |line: &Line| {
            let (used, other) = (known.get(*line)?, statement.get(*line)?);
            let is_rounded = unit > 1 && used.abs_diff(other) <= unit.unsigned_abs();
            (used != other && !is_rounded).then_some(Contradiction { line: *line, used, other })
        };
        let differences: Vec<Contradiction> = Line::ALL.iter().filter_map(differ).collect();
        if let Some(first) = differences.first() {
            let scope = if known.scope == Scope::Group { " of the group" } else { "" };
            warnings.push(format!(
                "two reports in the package disagree about {} lines{scope} in the year that ends {}, e.g. {}: {} and {}; the first is used and the year marked suspect",
                differences.len(),
                known.period.end(),
                first.line.key(),
                first.used,
                first.other
            ));
        }
        known.contradictions.extend(differences);
    }
    statements.sort_by_key(|statement| (std::cmp::Reverse(statement.period.end()), statement.scope));
}
