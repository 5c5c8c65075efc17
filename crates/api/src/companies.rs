//! Companies: one in full, several at once, and the search box.

use std::collections::{BTreeMap, HashMap};

use axum::Json;
use axum::extract::State;
use chrono::{DateTime, NaiveDate, Utc};
use domain::catalogue::FIELDS;
use domain::codes::{legal_form, place, sni};
use domain::facts::FactValue;
use domain::filter::FieldId;
use domain::orgnr::Orgnr;
use screen::{RowId, Snapshot};
use serde::{Deserialize, Serialize};
use universe::find_companies::{MOST_CHARACTERS, find_companies};
use utoipa::{IntoParams, ToSchema};

use super::input::{self, JsonBody, PathParams, QueryParams};
use super::label::Coded;
use super::problem::{self, Problem};
use super::state::AppState;
use services::companies::{self, CompanyLine, StoredCompany, key, orgnr_of};

/// Most numbers of one batch.
const BATCH_LIMIT: usize = 1000;

/// A company as lists show it.
#[derive(Debug, Serialize, ToSchema)]
pub struct CompanySummary {
    /// Ten digits (nine for Norway).
    pub orgnr: String,
    /// Name.
    pub name: Option<String>,
    /// active, dormant, winding, bankrupt, deregistered or unknown.
    pub status: Option<String>,
    /// Municipality.
    pub municipality: Option<Coded>,
    /// Main industry.
    pub sni: Option<Coded>,
    /// Annualised net revenue, SEK.
    pub revenue: Option<i64>,
    /// EBITDA margin; 12 % is 0.12.
    pub ebitda_margin: Option<f64>,
    /// Annualised result after financial items, SEK.
    pub result_after_financial_items: Option<i64>,
    /// Employees.
    pub employees: Option<f64>,
    /// End of the latest fiscal year.
    pub period_end: Option<NaiveDate>,
    /// Whether the company is fictitious.
    pub is_demo: bool,
}

impl TryFrom<CompanyLine> for CompanySummary {
    type Error = Problem;

    fn try_from(line: CompanyLine) -> Result<Self, Problem> {
        Ok(Self {
            orgnr: orgnr_of(line.orgnr).map_err(services::error::ServiceError::from)?.to_string(),
            name: line.name,
            status: line.status,
            municipality: line.municipality.map(|code| Coded::new(&code, place::municipality_name(&code))),
            sni: line.sni.map(|code| Coded::new(&code, sni::label(&code))),
            revenue: line.revenue,
            ebitda_margin: line.ebitda_margin,
            result_after_financial_items: line.result_after_financial_items,
            employees: line.employees,
            period_end: line.period_end,
            is_demo: line.is_demo.unwrap_or(false),
        })
    }
}

/// What to search for.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct SearchParams {
    /// Words of the name, or the beginning of an organisation number, also as `16…` or `SE…01`; at most 200 characters.
    pub q: String,
    /// Most companies to answer, 1–50; 10 when left out.
    pub limit: Option<u32>,
}

/// Answer of the search box.
#[derive(Debug, Serialize, ToSchema)]
pub struct SearchResponse {
    /// Best match first.
    pub items: Vec<CompanySummary>,
    /// Number of items.
    pub count: usize,
}

/// Companies by name or number, best match first.
#[utoipa::path(get, path = "/api/companies/search", tag = "companies", params(SearchParams),
    responses((status = 200, body = SearchResponse), (status = 422, body = Problem)))]
pub async fn search(
    State(state): State<AppState>,
    QueryParams(params): QueryParams<SearchParams>,
) -> problem::Result<Json<SearchResponse>> {
    let limit = i64::from(params.limit.unwrap_or(10));
    if !(1..=50).contains(&limit) {
        return Err(Problem::input("limit", "limit must be from 1 to 50"));
    }
    let words = params.q.trim();
    if words.is_empty() {
        return Ok(Json(SearchResponse { items: Vec::new(), count: 0 }));
    }
    if words.chars().count() > MOST_CHARACTERS {
        return Err(Problem::input("q", format!("at most {MOST_CHARACTERS} characters")));
    }
    let lines = match state.index.read() {
        Some(index) => {
            let (words, limit) = (words.to_owned(), usize::try_from(limit).unwrap_or(0));
            let found =
                move || find_companies(&index, &words, limit).into_iter().map(|row| line(&index, row)).collect();
            tokio::task::spawn_blocking(found).await.map_err(Problem::internal)?
        }
        None => companies::search(&state.db, words, limit).await?,
    };
    let items = lines.into_iter().map(CompanySummary::try_from).collect::<Result<Vec<_>, _>>()?;
    Ok(Json(SearchResponse { count: items.len(), items }))
}

/// A company as the index has it.
fn line(index: &Snapshot, row: RowId) -> CompanyLine {
    let value = |key: &str| FieldId::find(key).map_or(FactValue::Null, |field| index.value(row, field));
    let text = |key: &str| if let FactValue::Text(text) = value(key) { Some(text.into()) } else { None };
    let integer = |key: &str| if let FactValue::Integer(number) = value(key) { Some(number) } else { None };
    let real = |key: &str| if let FactValue::Real(number) = value(key) { Some(number) } else { None };
    CompanyLine {
        orgnr: index.orgnr(row).cast_signed(),
        name: text("name"),
        status: text("status"),
        sni: text("sni"),
        municipality: text("municipality"),
        revenue: integer("revenue"),
        ebitda_margin: real("ebitda_margin"),
        result_after_financial_items: integer("result_after_financial_items"),
        employees: real("employees"),
        period_end: if let FactValue::Date(day) = value("period_end") { Some(day) } else { None },
        is_demo: if let FactValue::Boolean(is_demo) = value("is_demo") { Some(is_demo) } else { None },
    }
}

/// Which companies.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct BatchRequest {
    /// Up to 1000 organisation numbers, with or without hyphen.
    pub orgnrs: Vec<String>,
}

/// Several companies at once.
#[derive(Debug, Serialize, ToSchema)]
pub struct BatchResponse {
    /// In the order they were asked for, each once.
    pub companies: Vec<CompanySummary>,
    /// Number of companies.
    pub count: usize,
    /// Numbers that no company has, as they were written.
    pub not_found: Vec<String>,
}

/// Several companies at once.
#[utoipa::path(post, path = "/api/companies/batch", tag = "companies", request_body = BatchRequest,
    responses((status = 200, body = BatchResponse), (status = 422, body = Problem)))]
pub async fn batch(
    State(state): State<AppState>,
    JsonBody(request): JsonBody<BatchRequest>,
) -> problem::Result<Json<BatchResponse>> {
    if request.orgnrs.len() > BATCH_LIMIT {
        return Err(Problem::input("/orgnrs", format!("at most {BATCH_LIMIT} numbers at a time")));
    }
    let mut asked: Vec<(i64, &str)> = Vec::with_capacity(request.orgnrs.len());
    for (orgnr, text) in input::orgnrs(&request.orgnrs)?.into_iter().zip(&request.orgnrs) {
        let number = key(orgnr);
        if !asked.iter().any(|(known, _)| *known == number) {
            asked.push((number, text));
        }
    }
    let numbers: Vec<i64> = asked.iter().map(|(number, _)| *number).collect();
    let found = companies::by_numbers(&state.db, &numbers).await?;
    let mut by_number: HashMap<i64, CompanyLine> = found.into_iter().map(|line| (line.orgnr, line)).collect();
    let (mut known, mut not_found) = (Vec::new(), Vec::new());
    for (number, text) in asked {
        match by_number.remove(&number) {
            Some(line) => known.push(CompanySummary::try_from(line)?),
            None => not_found.push(text.to_owned()),
        }
    }
    Ok(Json(BatchResponse { count: known.len(), companies: known, not_found }))
}

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
    pub demo_note: Option<super::label::BilingualLabel>,
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
        demo_note: record.is_demo.then(|| super::label::BilingualLabel {
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
