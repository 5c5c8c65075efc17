//! One company in full, as the API shows it.

use std::collections::BTreeMap;

use axum::Json;
use axum::extract::State;
use chrono::{DateTime, NaiveDate, Utc};
use domain::catalogue::FIELDS;
use domain::codes::{legal_form, place, sni};
use domain::orgnr::Orgnr;
use serde::Serialize;
use services::companies::{self, StoredCompany};
use utoipa::ToSchema;

use crate::input::{self, PathParams};
use crate::label::{BilingualLabel, Coded};
use crate::problem::{self, Problem};
use crate::state::AppState;

/// A company in full.
#[derive(Debug, Serialize, ToSchema)]
pub struct Company {
    /// Ten digits (nine for Norway).
    pub orgnr: String,
    /// With its hyphen.
    pub orgnr_formatted: String,
    /// Name.
    pub name: Option<String>,
    /// Other registered names.
    pub other_names: Vec<OtherNameView>,
    /// Legal form.
    pub legal_form: Option<Coded>,
    /// active, dormant, winding, bankrupt, deregistered or unknown.
    pub status: String,
    /// Day of registration.
    pub registered_on: Option<NaiveDate>,
    /// Day of deregistration.
    pub deregistered_on: Option<NaiveDate>,
    /// Open procedures.
    pub procedures: Vec<ProcedureView>,
    /// Postal address.
    pub address: Option<AddressView>,
    /// County, by the postcode.
    pub county: Option<Coded>,
    /// Municipality, by the postcode.
    pub municipality: Option<Coded>,
    /// Industries, main one first.
    pub sni: Vec<Industry>,
    /// The company's own description of what it does.
    pub activity_description: Option<String>,
    /// Homepage, where a source names one.
    pub homepage: Option<String>,
    /// Whether the company asks not to receive advertising.
    pub advertising_block: Option<bool>,
    /// Every field of the catalogue: key → value in the catalogue's unit, null where not known.
    #[schema(value_type = Object)]
    pub facts: BTreeMap<&'static str, serde_json::Value>,
    /// What is known.
    pub coverage: CompanyCoverage,
    /// Whether the company is fictitious.
    pub is_demo: bool,
    /// Says so in words, in both languages, when it is.
    pub demo_note: Option<BilingualLabel>,
    /// Which source last said something, newest first.
    pub sources: Vec<SourceView>,
    /// Which source each field's value comes from.
    pub field_sources: BTreeMap<String, String>,
}

/// Another name.
#[derive(Debug, Serialize, ToSchema)]
pub struct OtherNameView {
    /// The name.
    pub name: String,
    /// The register's kind of name.
    pub kind: String,
    /// When it was registered.
    pub registered_on: Option<NaiveDate>,
}

/// An open procedure.
#[derive(Debug, Serialize, ToSchema)]
pub struct ProcedureView {
    /// The register's code, e.g. KK for bankruptcy.
    pub code: String,
    /// First day.
    pub from: Option<NaiveDate>,
}

/// A postal address.
#[derive(Debug, Serialize, ToSchema)]
pub struct AddressView {
    /// Street or box.
    pub street: Option<String>,
    /// Care of.
    pub care_of: Option<String>,
    /// Five digits.
    pub postcode: Option<String>,
    /// Post town.
    pub city: Option<String>,
    /// Country code.
    pub country: Option<String>,
}

/// One industry.
#[derive(Debug, Serialize, ToSchema)]
pub struct Industry {
    /// Five digits.
    pub code: String,
    /// `sni2007` or `sni2025`.
    pub edition: String,
    /// Its name, where the table has it.
    pub label: Option<String>,
    /// 1 for the main one.
    pub rank: usize,
}

/// What is known of a company.
#[derive(Debug, Serialize, ToSchema)]
pub struct CompanyCoverage {
    /// Whether there is a statement.
    pub has_financials: bool,
    /// Whether there are group accounts.
    pub has_group_accounts: bool,
    /// Fiscal years with figures.
    pub years_count: Option<i64>,
    /// End of the latest fiscal year.
    pub period_end: Option<NaiveDate>,
    /// ok, partial or suspect.
    pub data_quality: Option<String>,
}

/// A source that has spoken of the company.
#[derive(Debug, Serialize, ToSchema)]
pub struct SourceView {
    /// E.g. `bolagsverket_bulk`.
    pub source: String,
    /// When it last changed something.
    pub at: DateTime<Utc>,
}

/// One company: register data and every field of the catalogue.
#[utoipa::path(get, path = "/api/companies/{orgnr}", tag = "companies",
    params(("orgnr" = String, Path, description = "Organisation number, with or without hyphen")),
    responses((status = 200, body = Company), (status = 404, body = Problem), (status = 422, body = Problem)))]
pub async fn company(
    State(state): State<AppState>,
    PathParams(orgnr): PathParams<String>,
) -> problem::Result<Json<Company>> {
    let orgnr = input::orgnr(&orgnr, "orgnr")?;
    let (stored, facts) = companies::find(&state.db, orgnr).await?;
    let facts: BTreeMap<&'static str, serde_json::Value> = FIELDS
        .iter()
        .enumerate()
        .map(|(index, field)| {
            let value = facts.as_ref().and_then(|facts| facts.values.get(index));
            (field.key, value.and_then(|value| serde_json::to_value(value).ok()).unwrap_or_default())
        })
        .collect();
    Ok(Json(view(orgnr, stored, facts)))
}

fn view(orgnr: Orgnr, stored: StoredCompany, facts: BTreeMap<&'static str, serde_json::Value>) -> Company {
    let record = stored.record;
    let status = record.overall_status().as_str().to_owned();
    let text = |name: &str| facts.get(name).and_then(serde_json::Value::as_str).map(str::to_owned);
    let yes = |name: &str| facts.get(name).and_then(serde_json::Value::as_bool).unwrap_or(false);
    let mut sources: Vec<_> =
        stored.sources.iter().map(|(source, at)| SourceView { source: source.as_str().to_owned(), at: *at }).collect();
    sources.sort_by_key(|source| std::cmp::Reverse(source.at));
    let industries = record.sni.unwrap_or_default().into_iter().enumerate();
    Company {
        orgnr: orgnr.to_string(),
        orgnr_formatted: orgnr.formatted(),
        name: record.name,
        other_names: record
            .other_names
            .unwrap_or_default()
            .into_iter()
            .map(|other| OtherNameView { name: other.name, kind: other.kind, registered_on: other.registered_on })
            .collect(),
        legal_form: record.legal_form.map(|code| Coded::new(&code, legal_form::label(&code))),
        status,
        registered_on: record.registered_on,
        deregistered_on: record.deregistered_on,
        procedures: record
            .procedures
            .unwrap_or_default()
            .into_iter()
            .map(|procedure| ProcedureView { code: procedure.code, from: procedure.from })
            .collect(),
        address: record.address.map(|address| AddressView {
            street: address.street,
            care_of: address.care_of,
            postcode: address.postcode,
            city: address.city,
            country: address.country,
        }),
        county: text("county").map(|code| Coded::new(&code, place::county_name(&code))),
        municipality: text("municipality").map(|code| Coded::new(&code, place::municipality_name(&code))),
        sni: industries
            .map(|(index, code)| Industry {
                label: sni::label(&code.code).map(str::to_owned),
                edition: code.edition.as_str().to_owned(),
                code: code.code,
                rank: index + 1,
            })
            .collect(),
        activity_description: record.activity_description,
        homepage: record.homepage,
        advertising_block: record.advertising_block,
        coverage: CompanyCoverage {
            has_financials: yes("has_financials"),
            has_group_accounts: yes("has_group_accounts"),
            years_count: facts.get("years_count").and_then(serde_json::Value::as_i64),
            period_end: text("period_end").and_then(|day| day.parse().ok()),
            data_quality: text("data_quality"),
        },
        is_demo: record.is_demo,
        demo_note: record.is_demo.then(|| BilingualLabel {
            sv: "Påhittat företag för demonstration; numret kan inte tillhöra något verkligt företag.".to_owned(),
            en: "Fictitious company for demonstration; no real company can have this number.".to_owned(),
        }),
        sources,
        field_sources: stored
            .field_sources
            .into_iter()
            .map(|(field, source)| (field, source.as_str().to_owned()))
            .collect(),
        facts,
    }
}
