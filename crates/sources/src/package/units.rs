//! Which documents of a package are one report: a document alone, or the set of a report package that share contexts.

use super::Loaded;
use super::error::{PackageError, Problem};
use crate::ixbrl::classify::{Kind, classify};
use crate::ixbrl::document::Document;
use crate::ixbrl::{reader, statements, texts};
use domain::filing::Framework;

/// Documents that share contexts, by their indexes; those with figures first.
pub(super) type Set = Vec<usize>;

/// What becomes one filing: a report, or the reports of one report package (one accounts in several languages).
#[derive(Debug)]
pub(super) struct Unit {
    pub sets: Vec<Set>,
    /// Documents without figures that stand beside it.
    pub companions: Vec<usize>,
}

impl Unit {
    /// The index of its first document with figures.
    pub(super) fn first(&self) -> usize {
        self.sets.first().and_then(|set| set.first()).copied().unwrap_or(0)
    }
}

/// The documents of a package, sorted.
pub(super) struct Found<'a> {
    /// Each document that could be read, at its index.
    pub documents: Vec<Option<(Document<'a>, Kind)>>,
    pub units: Vec<Unit>,
    /// Documents without figures, when there are several units and so nobody whose they are.
    pub companions: Vec<usize>,
    /// Tagged documents that could not be read.
    pub failed: Vec<PackageError>,
}

/// Reads the documents and finds the units among them.
pub(super) fn of<'a>(name: &str, loaded: &'a [Loaded]) -> Result<Found<'a>, PackageError> {
    let (mut documents, mut failed) = (Vec::with_capacity(loaded.len()), Vec::new());
    for one in loaded {
        // The auditor's report has no figures: its references are enough.
        let keep_going = |refs: &[String]| classify(refs, None) != Kind::Audit;
        match reader::read(&one.path, &one.bytes, keep_going) {
            Ok(document) => {
                let mut kind = classify(&document.schema_refs, document.ifrs());
                if kind == Kind::Unknown && statements::has_figures(&document) {
                    kind = Kind::AnnualReport { framework: Framework::Unknown, group: false, taxonomy: None };
                }
                documents.push(Some((document, kind)));
            }
            Err(error) => {
                documents.push(None);
                failed.push(error);
            }
        }
    }
    let mut units: Vec<(Option<&str>, Unit)> = Vec::new();
    let mut companions = Vec::new();
    for set in sets(loaded, &documents) {
        let has_report = set.iter().any(|index| is_report(&documents, *index));
        let Some(first) = set.first().filter(|_| has_report) else {
            companions.extend(set);
            continue;
        };
        let package = loaded[*first].report_package.as_ref().map(|(path, _)| path.as_str());
        match units.iter_mut().find(|(known, _)| package.is_some() && *known == package) {
            Some((_, unit)) => unit.sets.push(set),
            None => units.push((package, Unit { sets: vec![set], companions: Vec::new() })),
        }
    }
    let mut units: Vec<Unit> = units.into_iter().map(|(_, unit)| unit).collect();
    if units.is_empty() {
        return Err(failed.pop().unwrap_or_else(|| no_report(name, &documents)));
    }
    if let ([only], true) = (units.as_mut_slice(), failed.is_empty()) {
        only.companions = std::mem::take(&mut companions);
    }
    Ok(Found { documents, units, companions, failed })
}

fn is_report(documents: &[Option<(Document<'_>, Kind)>], index: usize) -> bool {
    matches!(documents[index], Some((_, Kind::AnnualReport { .. } | Kind::Esef { .. })))
}

/// The documents by the set that they are of. Files directly in `reports/` are reports of their own, unless one of them
/// has figures and no context at all: that one can only be read with those beside it.
fn sets(loaded: &[Loaded], documents: &[Option<(Document<'_>, Kind)>]) -> Vec<Set> {
    let has_no_contexts = |index: usize| {
        documents[index]
            .as_ref()
            .is_some_and(|(document, _)| !document.facts.is_empty() && document.contexts.is_empty())
    };
    let root_of = |index: usize| {
        let one = &loaded[index];
        one.report_package.as_ref().filter(|_| one.set.is_none()).map(|(path, _)| path.as_str())
    };
    let joined: Vec<&str> = (0..loaded.len()).filter(|index| has_no_contexts(*index)).filter_map(root_of).collect();
    let mut sets: Vec<(Option<(&str, &str)>, Set)> = Vec::new();
    for (index, one) in loaded.iter().enumerate().filter(|(index, _)| documents[*index].is_some()) {
        let package = one.report_package.as_ref().map(|(path, _)| path.as_str());
        let key = match (package, one.set.as_deref()) {
            (Some(package), Some(folder)) => Some((package, folder)),
            (Some(package), None) if joined.contains(&package) => Some((package, "")),
            _ => None,
        };
        match sets.iter_mut().find(|(known, _)| key.is_some() && *known == key) {
            Some((_, members)) if is_report(documents, index) => members.insert(0, index),
            Some((_, members)) => members.push(index),
            None => sets.push((key, vec![index])),
        }
    }
    sets.into_iter().map(|(_, members)| members).collect()
}

/// Makes the texts of a unit's documents whole, each set for itself.
pub(super) fn join_texts(documents: &mut [Option<(Document<'_>, Kind)>], unit: &Unit, warnings: &mut Vec<String>) {
    for set in unit.sets.iter().map(Vec::as_slice).chain(unit.companions.chunks(1)) {
        let mut members: Vec<&mut Document<'_>> = documents
            .iter_mut()
            .enumerate()
            .filter(|(index, _)| set.contains(index))
            .filter_map(|(_, document)| document.as_mut().map(|(document, _)| document))
            .collect();
        texts::join(&mut members, warnings);
    }
}

fn no_report(name: &str, documents: &[Option<(Document<'_>, Kind)>]) -> PackageError {
    let mut found: Vec<&str> = documents.iter().flatten().map(|(_, kind)| kind.words()).collect();
    found.dedup();
    let found = if found.is_empty() { "no document at all".to_owned() } else { found.join(" and ") };
    PackageError::of(name, Problem::NoReport { found })
}
