//! The screen: page, exact total, facets and histograms together.

use std::time::Instant;

use axum::Json;
use axum::extract::State;
use domain::access::Permission;
use domain::catalogue::FieldKind;
use domain::facet::ValueCount;
use domain::filter::FieldId;
use domain::filter::print::print;
use domain::filter::vocabulary::Vocabulary;
use serde_json::Value;

use super::cursor::Cursor;
use super::dto::{FacetValueDto, HistogramDto, QueryRequest, QueryResponse};
use super::question::{PageRequest, read, scale_name};
use super::{language, rows};
use crate::body::JsonBody;
use crate::lists::memberships::MarksDto;
use crate::principal::Principal;
use crate::problem::{self, Problem};
use crate::state::AppState;
use universe::answer::answer;
use universe::question::{HistogramCounts, HistogramQuestion, Question, Start};

/// One page of a screen with its exact total, and facets and histograms that leave out the conditions on their own field.
#[utoipa::path(post, path = "/api/universe/query", tag = "universe", request_body = QueryRequest,
    responses((status = 200, body = QueryResponse), (status = 422, body = Problem), (status = 503, body = Problem)))]
pub async fn query(
    person: Principal,
    State(state): State<AppState>,
    JsonBody(body): JsonBody<QueryRequest>,
) -> problem::Result<Json<QueryResponse>> {
    let begun = Instant::now();
    let request = read(&body)?;
    let found = answer(&state.index, &state.db, question(&request, &person)).await?;
    let asks_marks = request.tells_marks && person.may(Permission::ReadWork);
    let orgnrs: Vec<i64> = found.rows.iter().map(|(orgnr, _)| orgnr.number().cast_signed()).collect();
    let marks = if asks_marks { noted(&state, &person, &orgnrs).await } else { None };
    let shown = rows::show(&state, found.rows, &request.columns, request.form).await;
    let missing = [
        (found.are_exclusions_old, "exclusions"),
        (shown.is_partial, "revenue_series"),
        (asks_marks && marks.is_none(), "marks"),
    ];
    let facets = request.facets.into_iter().zip(found.facets);
    let facets = facets.map(|((name, facet), counts)| (name, labelled(facet.field, counts))).collect();
    let histograms = request.histograms.iter().zip(found.histograms).map(histogram).collect();
    let cursor = |place| Cursor { place, data_version: found.version.clone() }.print(&request.sorts);
    Ok(Json(QueryResponse {
        rows: shown.rows,
        columns: shown.columns,
        total: found.total,
        limit: request.limit,
        offset: found.offset,
        next: found.next.map(cursor),
        data_changed: request.after.map(|after| after.data_version != found.version),
        data_version: found.version,
        took_ms: (begun.elapsed().as_secs_f64() * 1e6).round() / 1e3,
        engine: found.engine.name().to_owned(),
        text: print(&request.selected.filter),
        parsed: request.tells_parsed.then(|| language::parsed(&request.selected.filter)),
        marks,
        hidden_by_exclusions: found.hidden,
        missing: missing.iter().filter(|(is_missing, _)| *is_missing).map(|(_, name)| (*name).to_owned()).collect(),
        facets: Some(facets).filter(|facets: &std::collections::BTreeMap<_, _>| !facets.is_empty()),
        histograms: Some(histograms).filter(|histograms: &std::collections::BTreeMap<_, _>| !histograms.is_empty()),
    }))
}

/// What is noted about the companies; `None` while the database does not answer, for a screen does not wait for it.
async fn noted(state: &AppState, person: &Principal, orgnrs: &[i64]) -> Option<Vec<MarksDto>> {
    let look_up = services::lists::marks::marks(&state.db, person, orgnrs, None);
    let found = state.index.sets.optional.ask(look_up).await?;
    Some(found.into_iter().map(MarksDto::from).collect())
}

fn question(request: &PageRequest, person: &Principal) -> Question {
    Question {
        asker: request.selected.asked_by(person),
        filter: request.selected.whole.clone(),
        sorts: request.sorts.clone(),
        limit: request.limit,
        start: request.after.as_ref().map_or(Start::Offset(request.offset), |after| Start::After(after.place.clone())),
        fields: rows::fields_of(&request.columns),
        facets: request.facets.iter().map(|(_, facet)| *facet).collect(),
        histograms: request.histograms.clone(),
    }
}

fn histogram((asked, counted): (&HistogramQuestion, HistogramCounts)) -> (String, HistogramDto) {
    let shown = HistogramDto {
        edges: counted.edges,
        counts: counted.counts,
        below: counted.below,
        above: counted.above,
        nulls: counted.nulls,
        min: counted.min,
        max: counted.max,
        scale: scale_name(asked).to_owned(),
    };
    (asked.field.field().key.to_owned(), shown)
}

/// Facet values with the labels of their codes.
fn labelled(field: FieldId, counts: Vec<ValueCount>) -> Vec<FacetValueDto> {
    counts
        .into_iter()
        .map(|(value, count)| FacetValueDto {
            label: value.as_deref().and_then(|code| Vocabulary::builtin().find(field, code)).map(Into::into),
            value: match (field.field().kind, value) {
                (FieldKind::Boolean, Some(value)) => (value == "true").into(),
                (_, Some(value)) => value.into(),
                (_, None) => Value::Null,
            },
            count,
        })
        .collect()
}
