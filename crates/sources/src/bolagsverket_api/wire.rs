//! The JSON of an organisation as the API sends it. Every part may be null or missing, and every part names the
//! authority it came from and whether that authority failed (`fel`).

use serde::de::IgnoredAny;
use serde::{Deserialize, Deserializer};

/// `{"organisationer": […]}`; a missing or null list is told apart from an empty one by the caller.
#[derive(Debug, Deserialize)]
pub(super) struct Answer {
    pub organisationer: Option<Vec<Organisation>>,
    /// There where the object is no answer but one of its organisations.
    pub organisationsidentitet: Option<IgnoredAny>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase", default)]
#[derive(Default)]
pub(super) struct Organisation {
    pub organisationsidentitet: Option<Identity>,
    pub organisationsnamn: Option<Names>,
    pub organisationsform: Option<Coded>,
    pub juridisk_form: Option<Coded>,
    pub organisationsdatum: Option<Dates>,
    pub avregistrerad_organisation: Option<Deregistered>,
    pub avregistreringsorsak: Option<Coded>,
    pub pagaende_avvecklings_eller_omstruktureringsforfarande: Option<Procedures>,
    pub verksam_organisation: Option<Coded>,
    pub reklamsparr: Option<Coded>,
    pub verksamhetsbeskrivning: Option<Description>,
    pub naringsgren_organisation: Option<Industries>,
    pub postadress_organisation: Option<PostalAddress>,
}

/// Why one authority's part is missing.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub(super) struct Failure {
    pub typ: Option<String>,
    pub fel_beskrivning: Option<String>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Identity {
    #[serde(deserialize_with = "digits")]
    pub identitetsbeteckning: Option<String>,
    pub typ: Option<Coded>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Coded {
    pub kod: Option<String>,
    pub dataproducent: Option<String>,
    pub fel: Option<Failure>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub(super) struct Names {
    pub organisationsnamn_lista: Option<Vec<Name>>,
    pub dataproducent: Option<String>,
    pub fel: Option<Failure>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Name {
    pub namn: Option<String>,
    pub organisationsnamntyp: Option<Coded>,
    pub registreringsdatum: Option<String>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Dates {
    pub registreringsdatum: Option<String>,
    pub dataproducent: Option<String>,
    pub fel: Option<Failure>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Deregistered {
    pub avregistreringsdatum: Option<String>,
    pub dataproducent: Option<String>,
    pub fel: Option<Failure>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub(super) struct Procedures {
    pub pagaende_avvecklings_eller_omstruktureringsforfarande_lista: Option<Vec<OpenProcedure>>,
    pub dataproducent: Option<String>,
    pub fel: Option<Failure>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub(super) struct OpenProcedure {
    pub kod: Option<String>,
    pub from_datum: Option<String>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Description {
    pub beskrivning: Option<String>,
    pub dataproducent: Option<String>,
    pub fel: Option<Failure>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Industries {
    pub sni: Option<Vec<Coded>>,
    pub dataproducent: Option<String>,
    pub fel: Option<Failure>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct PostalAddress {
    pub postadress: Option<Postal>,
    pub dataproducent: Option<String>,
    pub fel: Option<Failure>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub(super) struct Postal {
    pub utdelningsadress: Option<String>,
    pub co_adress: Option<String>,
    pub postnummer: Option<String>,
    pub postort: Option<String>,
    pub land: Option<String>,
}

/// A number as the text that the API sends, or as the JSON number that programs make of it on the way.
fn digits<'de, D: Deserializer<'de>>(from: D) -> Result<Option<String>, D::Error> {
    #[derive(Deserialize)]
    #[serde(untagged)]
    enum Digits {
        Text(String),
        Number(u64),
    }
    Ok(Option::<Digits>::deserialize(from)?.map(|digits| match digits {
        Digits::Text(text) => text,
        Digits::Number(number) => number.to_string(),
    }))
}
