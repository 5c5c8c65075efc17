//! The funnel: what each condition removes, and who nearly passes.

use axum::Json;
use axum::extract::State;
use domain::filter::{Condition, FieldId, Filter};
use screen::segment::{scale_of, scaled};
use screen::{RowId, Selection};

use super::dto::{FunnelRequest, FunnelResponse, FunnelStepDto, NearMissDto};
use super::language::part;
use super::look::name;
use super::selection;
use crate::body::JsonBody;
use crate::body::values::Whole;
use crate::principal::Principal;
use crate::problem::{self, Problem};
use crate::state::AppState;
use universe::engines::{Screen, open};

const MOST_PARTS: usize = 100;

/// How many companies each condition removes, alone and in order, and those that fail one condition by little.
#[utoipa::path(post, path = "/api/universe/funnel", tag = "universe", request_body = FunnelRequest,
    responses((status = 200, body = FunnelResponse), (status = 422, body = Problem), (status = 503, body = Problem)))]
pub async fn funnel(
    person: Principal,
    State(state): State<AppState>,
    JsonBody(body): JsonBody<FunnelRequest>,
) -> problem::Result<Json<FunnelResponse>> {
    let selected = selection::read(body.selection())?;
    let limit = body.near_misses.map_or(10, Whole::count);
    if selected.whole.parts().len() > MOST_PARTS {
        return Err(Problem::input("", format!("a funnel has at most {MOST_PARTS} conditions")));
    }
    let screen = open(&state.index, selected.asked_by(&person), selected.whole).await?;
    Ok(Json(screen.run("funnel", move |screen| steps(screen, limit)).await?))
}

fn steps(screen: &Screen, limit: usize) -> FunnelResponse {
    let state = &screen.state;
    let parts = screen.filter.parts();
    let alone: Vec<Selection> = parts.iter().map(|part| state.select(part, &screen.sets)).collect();
    let all = state.all();
    let universe = state.len();
    let mut remaining = all.clone();
    let mut left = universe;
    let mut steps = Vec::with_capacity(parts.len());
    for (index, filter) in parts.iter().enumerate() {
        remaining.and(&alone[index]);
        let now = remaining.count();
        let mut others = all.clone();
        for (_, selection) in alone.iter().enumerate().filter(|(other, _)| *other != index) {
            others.and(selection);
        }
        let without = others.count();
        let mut missed = others;
        missed.and_not(&alone[index]);
        steps.push(FunnelStepDto {
            part: part(filter),
            alone: alone[index].count(),
            remaining: now,
            removed: left - now,
            without,
            near_misses: near_misses(screen, filter, &missed, limit),
        });
        left = now;
    }
    FunnelResponse { universe, total: remaining.count(), steps, data_version: state.version().to_string() }
}

/// The ends of a range of one field, in the field's unit.
fn range(filter: &Filter) -> Option<(FieldId, Option<f64>, Option<f64>)> {
    let Filter::Condition(condition) = filter else { return None };
    let day = |day: chrono::NaiveDate| f64::from(day.to_epoch_days());
    match condition {
        Condition::IntegerRange { field, min, max } => {
            Some((*field, min.map(|min| min as f64), max.map(|max| max as f64)))
        }
        Condition::RealRange { field, min, max } => Some((*field, min.map(|min| min.value), max.map(|max| max.value))),
        Condition::DateRange { field, min, max } => Some((*field, min.map(day), max.map(day))),
        _ => None,
    }
}

fn near_misses(screen: &Screen, filter: &Filter, missed: &Selection, limit: usize) -> Vec<NearMissDto> {
    let state = &screen.state;
    let Some((field, min, max)) = range(filter) else { return Vec::new() };
    let unit = scale_of(field.field().kind);
    let mut near: Vec<(f64, u64, RowId)> = state
        .rows(missed)
        .filter_map(|row| {
            let value = scaled(&state.value(row, field))? as f64 / unit;
            let below = min.map_or(0.0, |min| min - value);
            let above = max.map_or(0.0, |max| value - max);
            Some((below.max(above).max(0.0), state.orgnr(row), row))
        })
        .collect();
    let order = |a: &(f64, u64, RowId), b: &(f64, u64, RowId)| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1));
    if limit < near.len() {
        near.select_nth_unstable_by(limit, order);
        near.truncate(limit);
    }
    near.sort_unstable_by(order);
    near.into_iter()
        .map(|(distance, orgnr, row)| NearMissDto {
            orgnr: orgnr.to_string(),
            name: name(screen, row),
            field: Some(field.field().key.to_owned()),
            value: serde_json::to_value(state.value(row, field)).ok(),
            distance: Some((distance * 1e4).round() / 1e4),
        })
        .collect()
}
