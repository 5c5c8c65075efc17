//! What the registers say about a company.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::orgnr::Orgnr;

/// Whether the company is at work, as the registers put it together.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CompanyStatus {
    /// Registered and, as far as is known, at work.
    Active,
    /// Registered but not at work, as the statistics office has it; see [`CompanyRecord::overall_status`].
    Dormant,
    /// In liquidation, reconstruction, or a merger or division where it is the one that goes away.
    Winding,
    /// In bankruptcy (konkurs).
    Bankrupt,
    /// Struck off the register.
    Deregistered,
    /// No register has been read for it yet (known from a filing alone).
    Unknown,
}

impl CompanyStatus {
    /// The name used in the database, the API and the filter language.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Active => "active",
            Self::Dormant => "dormant",
            Self::Winding => "winding",
            Self::Bankrupt => "bankrupt",
            Self::Deregistered => "deregistered",
            Self::Unknown => "unknown",
        }
    }
}

/// The edition of the Swedish industry classification that a code belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum SniEdition {
    /// SNI 2007 = NACE Rev. 2.
    #[serde(rename = "sni2007")]
    Sni2007,
    /// SNI 2025 = NACE Rev. 2.1.
    #[serde(rename = "sni2025")]
    Sni2025,
}

impl SniEdition {
    /// The name used in the database and the API.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Sni2007 => "sni2007",
            Self::Sni2025 => "sni2025",
        }
    }
}

/// One industry code of a company.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct SniCode {
    /// Five digits; the leading zero matters.
    pub code: String,
    /// The edition.
    pub edition: SniEdition,
}

/// A postal address.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Address {
    /// Street or box.
    pub street: Option<String>,
    /// Care of.
    pub care_of: Option<String>,
    /// Five digits without a space.
    pub postcode: Option<String>,
    /// Post town.
    pub city: Option<String>,
    /// Country code of the register, e.g. `SE`.
    pub country: Option<String>,
}

/// An open procedure such as bankruptcy or reconstruction.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Procedure {
    /// Register code: KK, LI, FR, AC, RES, FUOL, FUOT, DEOL, DEOT, OM, GROM.
    pub code: String,
    /// First day, where known.
    pub from: Option<NaiveDate>,
}

/// Another name that the register lists beside the main one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OtherName {
    /// The name.
    pub name: String,
    /// Register code of the kind of name, e.g. `SARSKILT_FORETAGSNAMN`.
    pub kind: String,
    /// When it was registered.
    pub registered_on: Option<NaiveDate>,
}

/// Where a part of a company's record comes from; later writes by a weaker source do not overwrite a stronger one's.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CompanySource {
    /// Fictitious or bundled demonstration data.
    Demo,
    /// Named in a filing.
    Filing,
    /// A user's table.
    Table,
    /// SCB's bulk file.
    Scb,
    /// Bolagsverket's bulk file.
    BolagsverketBulk,
    /// Bolagsverket's API.
    BolagsverketApi,
    /// Brønnøysundregistrene (Norway).
    Brreg,
}

impl CompanySource {
    /// The name used in the database and the API.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Demo => "demo",
            Self::Filing => "filing",
            Self::Table => "table",
            Self::Scb => "scb",
            Self::BolagsverketBulk => "bolagsverket_bulk",
            Self::BolagsverketApi => "bolagsverket_api",
            Self::Brreg => "brreg",
        }
    }
}

/// A company as one source describes it. `None` means "this source does not say" and never erases what another
/// source said; an explicitly empty list does.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CompanyRecord {
    /// Identity.
    pub orgnr: Orgnr,
    /// Which source speaks.
    pub source: CompanySource,
    /// Main name.
    pub name: Option<String>,
    /// Further names.
    pub other_names: Option<Vec<OtherName>>,
    /// SCB's code of the legal form (juridisk form), e.g. `49` for an ordinary limited company.
    pub legal_form: Option<String>,
    /// Where the company stands in the register of companies, put together from dates and procedures. Whether a
    /// registered company is at work is [`Self::is_operating`]'s to say.
    pub status: Option<CompanyStatus>,
    /// Whether the company is at work, as the statistics office has it (SCB's FtgStat and JEStat,
    /// `verksamOrganisation` of the API).
    pub is_operating: Option<bool>,
    /// Day of registration.
    pub registered_on: Option<NaiveDate>,
    /// Day of deregistration.
    pub deregistered_on: Option<NaiveDate>,
    /// Code of the reason for deregistration.
    pub deregistration_reason: Option<String>,
    /// Open procedures.
    pub procedures: Option<Vec<Procedure>>,
    /// The company's own description of what it does.
    pub activity_description: Option<String>,
    /// Industry codes, main one first.
    pub sni: Option<Vec<SniCode>>,
    /// Postal address.
    pub address: Option<Address>,
    /// Whether the company asks not to receive advertising.
    pub advertising_block: Option<bool>,
    /// Homepage, where a source names one.
    pub homepage: Option<String>,
    /// Whether the company is fictitious.
    pub is_demo: bool,
}

impl CompanyRecord {
    /// A record that says nothing but the identity.
    #[must_use]
    pub fn empty(orgnr: Orgnr, source: CompanySource) -> Self {
        Self {
            orgnr,
            source,
            name: None,
            other_names: None,
            legal_form: None,
            status: None,
            is_operating: None,
            registered_on: None,
            deregistered_on: None,
            deregistration_reason: None,
            procedures: None,
            activity_description: None,
            sni: None,
            address: None,
            advertising_block: None,
            homepage: None,
            is_demo: false,
        }
    }

    /// What the register of companies and the statistics office together say, whatever order they were read in.
    ///
    /// The register knows whether a company exists and which procedures are open; it calls a company that sleeps
    /// active. The statistics office knows whether a company is at work, and nothing of bankruptcies. So deregistered,
    /// bankrupt and winding up stand by themselves, and of the others the statistics office's word decides.
    #[must_use]
    pub fn overall_status(&self) -> CompanyStatus {
        use CompanyStatus::{Active, Dormant, Unknown};
        let registered = self.status.unwrap_or(Unknown);
        match (registered, self.is_operating) {
            (Active | Dormant | Unknown, Some(true)) => Active,
            (Active | Dormant | Unknown, Some(false)) => Dormant,
            (registered, _) => registered,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sleeping_company_is_dormant_though_it_is_registered_and_a_bankrupt_one_bankrupt_though_it_works() {
        use CompanyStatus::{Active, Bankrupt, Deregistered, Dormant, Unknown, Winding};
        for (registered, is_operating, overall) in [
            (Some(Active), None, Active),
            (Some(Active), Some(true), Active),
            (Some(Active), Some(false), Dormant),
            (Some(Dormant), Some(true), Active),
            (Some(Bankrupt), Some(true), Bankrupt),
            (Some(Winding), Some(false), Winding),
            (Some(Deregistered), Some(false), Deregistered),
            (None, Some(false), Dormant),
            (None, Some(true), Active),
            (None, None, Unknown),
        ] {
            let orgnr = Orgnr::from_number(5_590_852_777).unwrap();
            let mut record = CompanyRecord::empty(orgnr, CompanySource::Scb);
            (record.status, record.is_operating) = (registered, is_operating);
            assert_eq!(record.overall_status(), overall, "{registered:?} {is_operating:?}");
        }
    }
}
