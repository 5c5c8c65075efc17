//! What a pasted text or an uploaded table means, before anything is written.

use axum::Json;
use axum::extract::State;
use domain::access::Permission;
use domain::codes::place;
use domain::orgnr::Orgnr;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use crate::input::JsonBody;
use crate::principal::Principal;
use crate::problem::{Problem, Result};
use crate::state::AppState;
use services::lists::as_key;
use services::lists::match_companies::Outcome;
use services::lists::match_text::{self, Matched};

/// Bytes of one text, as JSON writes it.
const LONGEST_TABLE: usize = 2 << 20;

/// A text with a company on each line.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct MatchRequest {
    /// Organisation numbers, names, or a table (cells parted by tabs or semicolons) with either; at most 20 000 lines.
    text: String,
    /// The list that they are meant for: companies that are in it are marked.
    list_id: Option<Uuid>,
}

/// A company, as far as it helps to tell it from others.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct MatchedCompany {
    orgnr: String,
    name: Option<String>,
    /// Municipality.
    municipality: Option<String>,
    /// active, dormant, winding, bankrupt, deregistered or unknown.
    status: Option<String>,
    /// Annualised net revenue, SEK.
    revenue: Option<i64>,
    /// Whether it is in the list already.
    is_on_list: bool,
}

/// What one line means.
#[derive(Debug, Serialize, ToSchema)]
pub struct MatchedLine {
    /// Counted from 1.
    line: usize,
    /// As given; digits of personal numbers are left out.
    text: String,
    /// found, repeated, ambiguous, not_found, sole_trader, heading or unreadable.
    status: String,
    /// `orgnr` or `name`, of a found company.
    matched_by: Option<String>,
    /// The company, when it is found or repeated.
    company: Option<MatchedCompany>,
    /// Companies to choose from, when it is ambiguous.
    candidates: Vec<MatchedCompany>,
    /// More to know: that a check digit is wrong, on which line the company stands already, that the candidates only resemble
    /// the name.
    hint: Option<String>,
}

/// What a text means, line by line; empty lines are left out.
#[derive(Debug, Serialize, ToSchema)]
pub struct MatchReport {
    lines: Vec<MatchedLine>,
    /// Lines with a company.
    found: usize,
    /// Lines to choose for.
    ambiguous: usize,
    /// Lines without a company.
    not_found: usize,
    /// Lines with a personal number.
    sole_traders: usize,
    /// Lines with a company that stands on an earlier line.
    repeated: usize,
    /// Found companies that are in the list already.
    on_list: usize,
    /// The found companies, each once.
    orgnrs: Vec<String>,
}

/// Says which companies a text means, and writes nothing.
#[utoipa::path(post, path = "/api/lists/match", tag = "lists", request_body = MatchRequest,
    responses((status = 200, body = MatchReport), (status = 422, body = Problem), (status = 503, body = Problem)))]
pub async fn match_text(
    person: Principal,
    State(state): State<AppState>,
    JsonBody(request): JsonBody<MatchRequest, LONGEST_TABLE>,
) -> Result<Json<MatchReport>> {
    person.require(Permission::ReadWork)?;
    let matched = match_text::match_text(&state.db, &state.index, &person, &request.text, request.list_id).await?;
    Ok(Json(report(matched)))
}

fn matched_company(orgnr: Orgnr, matched: &Matched) -> MatchedCompany {
    let line = matched.companies.get(&as_key(orgnr));
    MatchedCompany {
        orgnr: orgnr.to_string(),
        name: line.and_then(|line| line.name.clone()),
        municipality: line
            .and_then(|line| line.municipality.as_deref())
            .and_then(place::municipality_name)
            .map(str::to_owned),
        status: line.and_then(|line| line.status.clone()),
        revenue: line.and_then(|line| line.revenue),
        is_on_list: matched.on_list.contains(&as_key(orgnr)),
    }
}

fn report(mut matched: Matched) -> MatchReport {
    let lines = std::mem::take(&mut matched.lines);
    let company = |orgnr: &Orgnr| matched_company(*orgnr, &matched);
    let mut report = MatchReport {
        lines: Vec::with_capacity(lines.len()),
        found: 0,
        ambiguous: 0,
        not_found: 0,
        sole_traders: 0,
        repeated: 0,
        on_list: 0,
        orgnrs: Vec::new(),
    };
    for (line, outcome) in lines {
        let mut shown = MatchedLine {
            line: line.number,
            text: line.text,
            status: String::new(),
            matched_by: None,
            company: None,
            candidates: Vec::new(),
            hint: None,
        };
        let status = match &outcome {
            Outcome::Found { orgnr, by_name } => {
                report.found += 1;
                report.orgnrs.push(orgnr.to_string());
                shown.matched_by = Some(if *by_name { "name" } else { "orgnr" }.to_owned());
                let company = company(orgnr);
                report.on_list += usize::from(company.is_on_list);
                shown.company = Some(company);
                "found"
            }
            Outcome::Repeated { orgnr, line } => {
                report.repeated += 1;
                shown.company = Some(company(orgnr));
                shown.hint = Some(format!("the same company as on line {line}"));
                "repeated"
            }
            Outcome::Ambiguous { candidates, have_the_name } => {
                report.ambiguous += 1;
                shown.candidates = candidates.iter().map(&company).collect();
                shown.hint = (!have_the_name).then(|| "no company has this name; these resemble it".to_owned());
                "ambiguous"
            }
            Outcome::NotFound { is_checked } => {
                report.not_found += 1;
                shown.hint = (*is_checked == Some(false)).then(|| "the check digit is wrong".to_owned());
                "not_found"
            }
            Outcome::SoleTrader => {
                report.sole_traders += 1;
                "sole_trader"
            }
            Outcome::Heading => "heading",
            Outcome::Unreadable => {
                report.not_found += 1;
                "unreadable"
            }
        };
        status.clone_into(&mut shown.status);
        report.lines.push(shown);
    }
    report
}
