//! Whose report it is: the entity of its contexts and the number in its text; where it names none, the cover beside it
//! or the package's name. Two that contradict each other are not weighed: the report is refused, unless a third sides
//! with one of them or only one can be a number at all.

use domain::orgnr::{Orgnr, OrgnrError};

use super::error::{PackageError, Problem};
use crate::ixbrl::document::{Document, TextKind};
use crate::ixbrl::scope;

/// A number and whether its check digit is right.
type Named = (Orgnr, bool);

/// The owner of a report.
///
/// # Errors
/// When nobody says whose it is, or two say different things.
pub(super) fn of<'d, 'a: 'd>(
    name: &str,
    reports: &[&'d Document<'a>],
    companions: &[&'d Document<'a>],
    warnings: &mut Vec<String>,
) -> Result<Orgnr, PackageError> {
    let mut refused: Option<OrgnrError> = None;
    let mut number = |text: &str| match parse(text) {
        Ok(named) => Some(named),
        Err(error) => {
            refused.get_or_insert(error);
            None
        }
    };
    let entity = scope::entity(reports)?.filter(|entity| looks_like_a_number(entity));
    let entity = entity.or_else(|| reports.iter().find_map(|document| swedish_entity(document)));
    let entity = entity.and_then(&mut number);
    let printed = reports.iter().find_map(|document| document.first(TextKind::Orgnr)).and_then(&mut number);
    let cover = companions.iter().find_map(|document| companion(document));
    let base = name.rsplit(['/', '!']).next().unwrap_or(name);
    let file = base.split('_').next().filter(|part| looks_like_a_number(part)).and_then(|part| parse(part).ok());

    let chosen = match (entity, printed) {
        (Some(entity), Some(printed)) if entity.0 != printed.0 => {
            let third = [cover, file].into_iter().flatten().map(|named| named.0).collect::<Vec<_>>();
            let sides = |named: Named| third.contains(&named.0);
            let winner = match (entity.1, printed.1) {
                (true, false) => entity,
                (false, true) => printed,
                _ if sides(entity) && !sides(printed) => entity,
                _ if sides(printed) && !sides(entity) => printed,
                _ => {
                    let problem = Problem::Disputed { entity: entity.0.formatted(), printed: printed.0.formatted() };
                    return Err(PackageError::of(name, problem));
                }
            };
            warnings.push(format!(
                "the figures are tagged for {} and the report prints {}; {} is used, because {}",
                entity.0.formatted(),
                printed.0.formatted(),
                winner.0.formatted(),
                if entity.1 == printed.1 {
                    "what stands beside it says the same"
                } else {
                    "the other cannot be a number"
                }
            ));
            Some(winner)
        }
        (entity, printed) => entity.or(printed),
    };
    let own = chosen.is_some();
    let Some((orgnr, is_right)) = chosen.or(cover).or(file) else {
        return Err(PackageError::of(name, refused.map_or(Problem::NoOrgnr, Problem::BadOrgnr)));
    };
    if !own
        && let (Some(cover), Some(file)) = (cover, file)
        && cover.0 != file.0
    {
        let problem = Problem::Disputed { entity: cover.0.formatted(), printed: file.0.formatted() };
        return Err(PackageError::of(name, problem));
    }
    if !is_right {
        warnings.push(format!("the organisation number {} has a wrong check digit", orgnr.formatted()));
    }
    if let Some((other, _)) = file.filter(|file| file.0 != orgnr) {
        warnings.push(format!(
            "the package is named for {}, and its report is of {}; the report decides",
            other.formatted(),
            orgnr.formatted()
        ));
    }
    Ok(orgnr)
}

/// The company that a document without figures is about, if it says so.
pub(super) fn companion(document: &Document<'_>) -> Option<Named> {
    let entity = swedish_entity(document).and_then(|text| parse(text).ok());
    entity.or_else(|| document.first(TextKind::Orgnr).and_then(|text| parse(text).ok()))
}

fn swedish_entity<'d>(document: &'d Document<'_>) -> Option<&'d str> {
    let is_swedish = |scheme: &[u8]| memchr::memmem::find(scheme, b"bolagsverket").is_some();
    document.contexts.iter().find(|context| is_swedish(context.scheme)).map(|context| context.identifier.as_str())
}

fn looks_like_a_number(text: &str) -> bool {
    !text.chars().any(char::is_alphabetic) && text.bytes().filter(u8::is_ascii_digit).count() >= 10
}

fn parse(text: &str) -> Result<Named, OrgnrError> {
    let digits: String = text.chars().filter(char::is_ascii_digit).collect();
    let bare = if digits.len() == 12 { digits.strip_prefix("16").unwrap_or(&digits) } else { text.trim() };
    Orgnr::parse_lenient(bare)
}
