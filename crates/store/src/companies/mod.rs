//! Companies: one row per organisation number, merged field by field from every source that speaks of it.

pub mod merge;
pub mod write;

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use domain::company::{Address, CompanyRecord, CompanySource, CompanyStatus, OtherName, Procedure, SniCode};
use domain::orgnr::Orgnr;
use sqlx::PgConnection;
use sqlx::types::Json;

/// A company as it is kept: the merged record, and who said what.
#[derive(Clone, Debug, PartialEq)]
pub struct StoredCompany {
    /// The merged values; its `source` is the strongest source that has spoken.
    pub record: CompanyRecord,
    /// Which source each field's value comes from, by the field's name in [`CompanyRecord`].
    pub field_sources: BTreeMap<String, CompanySource>,
    /// When each source last changed something here.
    pub sources: BTreeMap<CompanySource, DateTime<Utc>>,
}

impl StoredCompany {
    /// A company that no source has described yet.
    #[must_use]
    pub fn unknown(orgnr: Orgnr) -> Self {
        Self {
            record: CompanyRecord::empty(orgnr, CompanySource::Demo),
            field_sources: BTreeMap::new(),
            sources: BTreeMap::new(),
        }
    }
}

/// The number as the database keeps it.
#[must_use]
pub fn key(orgnr: Orgnr) -> i64 {
    orgnr.number().cast_signed()
}

/// Reads [`key`] back.
///
/// # Errors
/// When the number cannot be an organisation number, which a foreign writer must have put there.
pub fn orgnr_of(number: i64) -> sqlx::Result<Orgnr> {
    u64::try_from(number)
        .ok()
        .and_then(|number| Orgnr::from_number(number).ok())
        .ok_or_else(|| sqlx::Error::Decode(format!("{number} in the database is not an organisation number").into()))
}

/// Reads companies, in the order of their numbers; unknown numbers are left out.
///
/// # Errors
/// When the database does not answer.
pub async fn read(conn: &mut PgConnection, orgnrs: &[i64]) -> sqlx::Result<Vec<StoredCompany>> {
    sqlx::query_as!(
        Row,
        r#"SELECT orgnr, name, other_names AS "other_names: Json<Vec<OtherName>>", legal_form, registered_status,
                  is_operating, registered_on, deregistered_on, deregistration_reason, procedures AS "procedures: Json<Vec<Procedure>>",
                  activity_description, sni AS "sni: Json<Vec<SniCode>>", street, care_of, postcode, city, country,
                  advertising_block, homepage, is_demo,
                  sources AS "sources: Json<BTreeMap<CompanySource, DateTime<Utc>>>",
                  field_sources AS "field_sources: Json<BTreeMap<String, CompanySource>>"
           FROM companies WHERE orgnr = ANY($1) ORDER BY orgnr"#,
        orgnrs
    )
    .fetch_all(conn)
    .await?
    .into_iter()
    .map(Row::into_stored)
    .collect()
}

/// Locks the rows of companies in the order of their numbers, so that two writers never wait for each other in a
/// circle, until the transaction ends.
///
/// # Errors
/// When the database does not answer or the lock timeout passes.
pub async fn lock(conn: &mut PgConnection, orgnrs: &[i64]) -> sqlx::Result<()> {
    sqlx::query_scalar!("SELECT orgnr FROM companies WHERE orgnr = ANY($1) ORDER BY orgnr FOR UPDATE", orgnrs)
        .fetch_all(conn)
        .await?;
    Ok(())
}

/// The fields that came to be null by no source speaking of them are told apart from empty lists by `field_sources`.
struct Row {
    orgnr: i64,
    name: Option<String>,
    other_names: Json<Vec<OtherName>>,
    legal_form: Option<String>,
    registered_status: Option<String>,
    is_operating: Option<bool>,
    registered_on: Option<chrono::NaiveDate>,
    deregistered_on: Option<chrono::NaiveDate>,
    deregistration_reason: Option<String>,
    procedures: Json<Vec<Procedure>>,
    activity_description: Option<String>,
    sni: Json<Vec<SniCode>>,
    street: Option<String>,
    care_of: Option<String>,
    postcode: Option<String>,
    city: Option<String>,
    country: Option<String>,
    advertising_block: Option<bool>,
    homepage: Option<String>,
    is_demo: bool,
    sources: Json<BTreeMap<CompanySource, DateTime<Utc>>>,
    field_sources: Json<BTreeMap<String, CompanySource>>,
}

impl Row {
    fn into_stored(self) -> sqlx::Result<StoredCompany> {
        let said = |field: &str| self.field_sources.0.contains_key(field);
        let address = said("address").then(|| Address {
            street: self.street.clone(),
            care_of: self.care_of.clone(),
            postcode: self.postcode.clone(),
            city: self.city.clone(),
            country: self.country.clone(),
        });
        let record = CompanyRecord {
            orgnr: orgnr_of(self.orgnr)?,
            source: self.sources.0.keys().next_back().copied().unwrap_or(CompanySource::Demo),
            other_names: said("other_names").then_some(self.other_names.0),
            status: self.registered_status.as_deref().map(status_from_name),
            is_operating: self.is_operating,
            procedures: said("procedures").then_some(self.procedures.0),
            sni: said("sni").then_some(self.sni.0),
            name: self.name,
            legal_form: self.legal_form,
            registered_on: self.registered_on,
            deregistered_on: self.deregistered_on,
            deregistration_reason: self.deregistration_reason,
            activity_description: self.activity_description,
            address,
            advertising_block: self.advertising_block,
            homepage: self.homepage,
            is_demo: self.is_demo,
        };
        Ok(StoredCompany { record, field_sources: self.field_sources.0, sources: self.sources.0 })
    }
}

/// Reads `CompanyStatus::as_str` back; a name of a newer version reads as unknown.
#[must_use]
pub fn status_from_name(name: &str) -> CompanyStatus {
    use CompanyStatus::{Active, Bankrupt, Deregistered, Dormant, Unknown, Winding};
    [Active, Dormant, Winding, Bankrupt, Deregistered]
        .into_iter()
        .find(|status| status.as_str() == name)
        .unwrap_or(Unknown)
}
