//! Companies: one in full, several at once, and the search box.

pub(super) mod record;

use std::collections::HashMap;

use axum::Json;
use axum::extract::State;
use chrono::NaiveDate;
use domain::codes::{place, sni};
use domain::facts::FactValue;
use domain::filter::FieldId;
use screen::{RowId, Snapshot};
use serde::{Deserialize, Serialize};
use universe::find_companies::{MOST_CHARACTERS, find_companies};
use utoipa::{IntoParams, ToSchema};

use super::input::{self, JsonBody, QueryParams};
use super::label::Coded;
use super::problem::{self, Problem};
use super::state::AppState;
use crate::body::values::Whole;
use services::companies::{self, CompanyLine, key, orgnr_of};

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
    #[param(inline)]
    pub limit: Option<Whole<1, 50>>,
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
    let limit = params.limit.map_or(10, |limit| limit.0);
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
    #[schema(max_items = 1000)]
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
