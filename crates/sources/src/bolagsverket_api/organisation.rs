//! `POST /organisationer`: what an answer with status 200 really says.
//!
//! A 200 may mean "there is no such organisation" or "one of the two authorities did not answer". `fel` is therefore
//! read before any value: what a failed authority left null stays `None`, which never overwrites anything.

use domain::company::{Address, CompanyRecord, CompanySource, OtherName, Procedure};
use domain::orgnr::Orgnr;

use super::{unreadable, wire};
use crate::error::SourceError;
use crate::register_values as values;

/// What the API says about one organisation.
#[derive(Clone, Debug, PartialEq)]
pub struct OrganisationAnswer {
    /// The outcome.
    pub outcome: Outcome,
    /// Parts that an authority could not give, in the order of the answer.
    pub failures: Vec<Failure>,
    /// What was noticed and gone past.
    pub warnings: Vec<String>,
}

/// The outcome for one organisation.
#[derive(Clone, Debug, PartialEq)]
pub enum Outcome {
    /// A company; parts in [`OrganisationAnswer::failures`] are missing from the record.
    Company(Box<CompanyRecord>),
    /// A natural person's business or an estate: the number is personal, nothing is kept.
    SoleTrader,
    /// No authority knows the number.
    NotFound,
    /// The sources did not answer: ask again later, keep what is known.
    Unavailable,
}

/// One part of an answer that an authority failed to give.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure {
    /// Name of the part, e.g. `juridiskForm`.
    pub part: &'static str,
    /// `Bolagsverket` or `SCB`.
    pub authority: Option<String>,
    /// Why.
    pub kind: FailureKind,
}

/// Why an authority gave nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FailureKind {
    /// `ORGANISATION_FINNS_EJ`: this authority does not know the organisation.
    NotFound,
    /// `OTILLGANGLIG_UPPGIFTSKALLA` or `TIMEOUT`: worth asking again.
    Unavailable,
    /// `OGILTIG_BEGARAN`: the request was wrong.
    InvalidRequest,
    /// Any other word.
    Other(String),
}

impl FailureKind {
    fn from_word(word: &str) -> Self {
        match word {
            "ORGANISATION_FINNS_EJ" => Self::NotFound,
            "OTILLGANGLIG_UPPGIFTSKALLA" | "TIMEOUT" => Self::Unavailable,
            "OGILTIG_BEGARAN" => Self::InvalidRequest,
            other => Self::Other(other.chars().take(80).collect()),
        }
    }
}

/// Reads an answer, or one organisation taken out of its answer. One number may give several organisations (namnskyddslöpnummer); none at all means not found.
///
/// # Errors
/// When the bytes are not an answer of this kind; an error answer of the API is quoted.
pub fn parse(bytes: &[u8]) -> Result<Vec<OrganisationAnswer>, SourceError> {
    let answer: wire::Answer = serde_json::from_slice(bytes).map_err(|error| unreadable(&error, bytes))?;
    match answer.organisationer {
        Some(organisations) => Ok(organisations.into_iter().map(read).collect()),
        None if answer.organisationsidentitet.is_some() => {
            let organisation = serde_json::from_slice(bytes).map_err(|error| unreadable(&error, bytes))?;
            Ok(vec![read(organisation)])
        }
        None => match super::problem::parse(bytes) {
            Ok(problem) => {
                Err(SourceError::input(format!("the API answered with error {}: {}", problem.status, problem.detail)))
            }
            Err(_) => Err(SourceError::input("the answer has no list of organisations")
                .in_field("organisationer")
                .remedy("Give the answers of /organisationer as they came")),
        },
    }
}

/// Collects failures while parts are looked at.
struct Parts {
    failures: Vec<Failure>,
}

impl Parts {
    /// Notes the failure, if there is one; true when the part's values may be used.
    fn usable(&mut self, part: &'static str, authority: Option<&String>, failure: Option<&wire::Failure>) -> bool {
        let Some(failure) = failure else { return true };
        let kind = FailureKind::from_word(failure.typ.as_deref().unwrap_or_default());
        self.failures.push(Failure { part, authority: authority.cloned(), kind });
        false
    }

    fn code(&mut self, part: &'static str, coded: Option<&wire::Coded>) -> Part<String> {
        let Some(coded) = coded else { return Part::Silent };
        if !self.usable(part, coded.dataproducent.as_ref(), coded.fel.as_ref()) {
            return Part::Failed;
        }
        coded.kod.as_deref().and_then(values::filled).map_or(Part::Silent, Part::Said)
    }
}

/// What a part of the answer says.
enum Part<T> {
    /// A value.
    Said(T),
    /// Nothing, and no authority failed.
    Silent,
    /// Nothing, because an authority failed.
    Failed,
}

impl<T> Part<T> {
    fn said(self) -> Option<T> {
        match self {
            Self::Said(value) => Some(value),
            Self::Silent | Self::Failed => None,
        }
    }

    fn has_failed(&self) -> bool {
        matches!(self, Self::Failed)
    }
}

fn read(organisation: wire::Organisation) -> OrganisationAnswer {
    let mut parts = Parts { failures: Vec::new() };
    let names = names(&mut parts, organisation.organisationsnamn);
    let form = parts.code("organisationsform", organisation.organisationsform.as_ref());
    let legal_form = parts.code("juridiskForm", organisation.juridisk_form.as_ref());
    let registered = organisation.organisationsdatum.and_then(|dates| {
        let usable = parts.usable("organisationsdatum", dates.dataproducent.as_ref(), dates.fel.as_ref());
        dates.registreringsdatum.filter(|_| usable)
    });
    let deregistered = match organisation.avregistrerad_organisation {
        None => Part::Silent,
        Some(part) if !parts.usable("avregistreradOrganisation", part.dataproducent.as_ref(), part.fel.as_ref()) => {
            Part::Failed
        }
        Some(part) => part.avregistreringsdatum.map_or(Part::Silent, Part::Said),
    };
    let reason = parts.code("avregistreringsorsak", organisation.avregistreringsorsak.as_ref());
    let procedures = procedures(&mut parts, organisation.pagaende_avvecklings_eller_omstruktureringsforfarande);
    let activity = parts.code("verksamOrganisation", organisation.verksam_organisation.as_ref());
    let advertising = parts.code("reklamsparr", organisation.reklamsparr.as_ref());
    let description = organisation.verksamhetsbeskrivning.and_then(|part| {
        let usable = parts.usable("verksamhetsbeskrivning", part.dataproducent.as_ref(), part.fel.as_ref());
        part.beskrivning.filter(|_| usable)
    });
    let industries = organisation.naringsgren_organisation.and_then(|part| {
        let usable = parts.usable("naringsgrenOrganisation", part.dataproducent.as_ref(), part.fel.as_ref());
        part.sni.filter(|_| usable)
    });
    let address = organisation.postadress_organisation.and_then(|part| {
        let usable = parts.usable("postadressOrganisation", part.dataproducent.as_ref(), part.fel.as_ref());
        part.postadress.filter(|_| usable)
    });

    let mut warnings = Vec::new();
    let outcome = match identity(organisation.organisationsidentitet, form.as_said(), &mut warnings) {
        Identity::Missing => missing(&parts.failures),
        Identity::Person => Outcome::SoleTrader,
        Identity::Organisation(orgnr) => {
            let mut record = CompanyRecord::empty(orgnr, CompanySource::BolagsverketApi);
            (record.name, record.other_names) = names;
            let from_form = form.as_said().and_then(|form| values::legal_form(form)).map(str::to_owned);
            record.legal_form = legal_form.said().filter(|code| code.len() == 2).or(from_form);
            record.registered_on = registered.as_deref().and_then(values::date);
            record.advertising_block = advertising.said().and_then(|word| yes_or_no(&word));
            record.activity_description = description.as_deref().and_then(values::filled_text);
            record.sni = industries
                .map(|list| list.iter().filter_map(|code| code.kod.as_deref().and_then(values::sni)).collect());
            record.address = address.as_ref().and_then(postal);
            record.is_operating = activity.as_said().and_then(|word| yes_or_no(word));
            let dates_failed = deregistered.has_failed();
            record.deregistered_on = deregistered.said().as_deref().and_then(values::date);
            record.deregistration_reason = reason.said();
            let procedures_failed = procedures.has_failed();
            let open = procedures.said();
            let is_deregistered = record.deregistered_on.is_some() || record.deregistration_reason.is_some();
            let status = values::status(is_deregistered, open.as_deref().unwrap_or_default());
            // A calm status is a statement about parts that may be missing; a bad one stands by itself.
            let is_calm = status == domain::company::CompanyStatus::Active;
            let is_certain = !is_calm || !(dates_failed || procedures_failed);
            record.status = is_certain.then_some(status);
            record.procedures = open;
            if record == CompanyRecord::empty(orgnr, CompanySource::BolagsverketApi) {
                missing(&parts.failures)
            } else {
                Outcome::Company(Box::new(record))
            }
        }
    };
    OrganisationAnswer { outcome, failures: parts.failures, warnings }
}

impl Part<String> {
    fn as_said(&self) -> Option<&String> {
        match self {
            Self::Said(text) => Some(text),
            Self::Silent | Self::Failed => None,
        }
    }
}

fn missing(failures: &[Failure]) -> Outcome {
    let is_unknown = |failure: &Failure| failure.kind == FailureKind::NotFound;
    if !failures.is_empty() && !failures.iter().all(is_unknown) { Outcome::Unavailable } else { Outcome::NotFound }
}

enum Identity {
    Missing,
    Person,
    Organisation(Orgnr),
}

fn identity(identity: Option<wire::Identity>, form: Option<&String>, warnings: &mut Vec<String>) -> Identity {
    let Some(identity) = identity else { return Identity::Missing };
    let kind = identity.typ.and_then(|typ| typ.kod).unwrap_or_default();
    if form.is_some_and(|form| form == "E") || !matches!(kind.as_str(), "" | "ORGNR" | "ORGANISATIONSNUMMER") {
        return Identity::Person;
    }
    match Orgnr::parse_lenient(identity.identitetsbeteckning.as_deref().unwrap_or_default()) {
        Ok((orgnr, is_valid)) => {
            if !is_valid {
                warnings.push("the organisation number's check digit is wrong".to_owned());
            }
            Identity::Organisation(orgnr)
        }
        Err(domain::orgnr::OrgnrError::Personal) => Identity::Person,
        Err(_) => Identity::Missing,
    }
}

fn names(parts: &mut Parts, names: Option<wire::Names>) -> (Option<String>, Option<Vec<OtherName>>) {
    let Some(names) = names else { return (None, None) };
    if !parts.usable("organisationsnamn", names.dataproducent.as_ref(), names.fel.as_ref()) {
        return (None, None);
    }
    let mut all: Vec<OtherName> = names
        .organisationsnamn_lista
        .unwrap_or_default()
        .into_iter()
        .filter_map(|name| {
            Some(OtherName {
                name: name.namn.as_deref().and_then(values::filled_line)?,
                kind: name.organisationsnamntyp.and_then(|kind| kind.kod).unwrap_or_default(),
                registered_on: name.registreringsdatum.as_deref().and_then(values::date),
            })
        })
        .collect();
    if all.is_empty() {
        return (None, None);
    }
    let position = |kind: &str| all.iter().position(|name| name.kind == kind);
    let main = position("FORETAGSNAMN").or_else(|| position("NAMN")).unwrap_or(0);
    let main = all.remove(main);
    (Some(main.name), Some(all))
}

fn procedures(parts: &mut Parts, part: Option<wire::Procedures>) -> Part<Vec<Procedure>> {
    // Null means that nothing is open: the register says so by leaving the part out.
    let Some(part) = part else { return Part::Said(Vec::new()) };
    let name = "pagaendeAvvecklingsEllerOmstruktureringsforfarande";
    if !parts.usable(name, part.dataproducent.as_ref(), part.fel.as_ref()) {
        return Part::Failed;
    }
    let list = part.pagaende_avvecklings_eller_omstruktureringsforfarande_lista.unwrap_or_default();
    Part::Said(
        list.into_iter()
            .filter_map(|open| {
                Some(Procedure {
                    code: values::procedure_code(open.kod.as_deref()?)?,
                    from: open.from_datum.as_deref().and_then(values::date),
                })
            })
            .collect(),
    )
}

fn postal(postal: &wire::Postal) -> Option<Address> {
    let filled = |text: &Option<String>| text.as_deref().and_then(values::filled_line);
    let address = Address {
        street: filled(&postal.utdelningsadress),
        care_of: filled(&postal.co_adress),
        postcode: postal.postnummer.as_deref().and_then(values::postcode),
        city: filled(&postal.postort),
        country: postal.land.as_deref().and_then(values::country),
    };
    (address != Address::default()).then_some(address)
}

fn yes_or_no(word: &str) -> Option<bool> {
    match word {
        "JA" => Some(true),
        "NEJ" => Some(false),
        _ => None,
    }
}
