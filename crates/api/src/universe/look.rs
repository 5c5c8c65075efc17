//! Statistics of fields in a selection, two fields against each other, and the self-check.

use std::collections::BTreeMap;

use axum::Json;
use axum::extract::State;
use axum::response::IntoResponse;
use domain::filter::FieldId;
use screen::RowId;
use screen::segment::{scale_of, scaled};

use super::dto::{PercentileDto, PointDto, ScatterRequest, ScatterResponse, StatsDto, StatsRequest, StatsResponse};
use super::selection;
use crate::body::values::Whole;
use crate::body::{JsonBody, at_most};
use crate::principal::Principal;
use crate::problem::{self, Problem};
use crate::state::AppState;
use universe::engines::{Screen, open};
use universe::index::{Check, check};

const MOST_FIELDS: usize = 80;
const MOST_PERCENTILES: usize = 100;
const PERCENTILES: [f64; 5] = [0.1, 0.25, 0.5, 0.75, 0.9];

/// Least, greatest, mean, median and percentiles of fields in the selection.
#[utoipa::path(post, path = "/api/universe/stats", tag = "universe", request_body = StatsRequest,
    responses((status = 200, body = StatsResponse), (status = 422, body = Problem), (status = 503, body = Problem)))]
pub async fn stats(
    person: Principal,
    State(state): State<AppState>,
    JsonBody(body): JsonBody<StatsRequest>,
) -> problem::Result<Json<StatsResponse>> {
    let selected = selection::read(body.selection())?;
    let names = body.fields.as_deref().unwrap_or_default();
    at_most(names, MOST_FIELDS, "fields")?;
    let fields =
        names.iter().enumerate().map(|(index, name)| selection::number_field(name, &format!("/fields/{index}")));
    let fields: Vec<FieldId> = fields.collect::<Result<_, _>>()?;
    let shares = body.percentiles.clone().unwrap_or_else(|| PERCENTILES.to_vec());
    at_most(&shares, MOST_PERCENTILES, "percentiles")?;
    if let Some(index) = shares.iter().position(|share| !(0.0..=1.0).contains(share)) {
        return Err(Problem::input(format!("/percentiles/{index}"), "a percentile is a share from 0 to 1"));
    }
    let screen = open(&state.index, selected.asked_by(&person), selected.whole).await?;
    let answer = screen.run("stats", move |screen| {
        let selection = screen.state.select(&screen.filter, &screen.sets);
        let total = selection.count();
        let fields: BTreeMap<String, StatsDto> = fields
            .into_iter()
            .map(|field| (field.field().key.to_owned(), statistics(screen, &selection, field, &shares)))
            .collect();
        StatsResponse { total, data_version: screen.state.version().to_string(), fields }
    });
    Ok(Json(answer.await?))
}

/// Statistics of one field with the median beside the asked shares.
pub fn statistics(screen: &Screen, selection: &screen::Selection, field: FieldId, shares: &[f64]) -> StatsDto {
    let with_median: Vec<f64> = shares.iter().copied().chain([0.5]).collect();
    match screen.state.statistics(field, selection, &with_median) {
        None => StatsDto {
            count: 0,
            nulls: selection.count(),
            min: None,
            max: None,
            mean: None,
            median: None,
            percentiles: Vec::new(),
        },
        Some(found) => StatsDto {
            count: found.count,
            nulls: found.missing,
            min: Some(found.min),
            max: Some(found.max),
            mean: Some(found.mean),
            median: found.percentiles.last().copied(),
            percentiles: shares
                .iter()
                .zip(&found.percentiles)
                .map(|(share, value)| PercentileDto { share: *share, value: *value })
                .collect(),
        },
    }
}

/// The companies of the selection by two fields; beyond `limit` a sample that is the same each time.
#[utoipa::path(post, path = "/api/universe/scatter", tag = "universe", request_body = ScatterRequest,
    responses((status = 200, body = ScatterResponse), (status = 422, body = Problem), (status = 503, body = Problem)))]
pub async fn scatter(
    person: Principal,
    State(state): State<AppState>,
    JsonBody(body): JsonBody<ScatterRequest>,
) -> problem::Result<Json<ScatterResponse>> {
    let selected = selection::read(body.selection())?;
    let (x, y) = (selection::number_field(&body.x, "/x")?, selection::number_field(&body.y, "/y")?);
    let limit = body.limit.map_or(2_000, Whole::count);
    let screen = open(&state.index, selected.asked_by(&person), selected.whole).await?;
    Ok(Json(screen.run("scatter", move |screen| points(screen, x, y, limit)).await?))
}

fn points(screen: &Screen, x: FieldId, y: FieldId, limit: usize) -> ScatterResponse {
    let state = &screen.state;
    let selection = screen.state.select(&screen.filter, &screen.sets);
    let value = |row: RowId, field: FieldId| {
        scaled(&state.value(row, field)).map(|value| value as f64 / scale_of(field.field().kind))
    };
    let mut found: Vec<(u64, RowId, f64, f64)> = state
        .rows(&selection)
        .filter_map(|row| Some((state.orgnr(row), row, value(row, x)?, value(row, y)?)))
        .collect();
    let with_both = found.len();
    if with_both > limit {
        found.select_nth_unstable_by_key(limit, |(orgnr, ..)| (spread(*orgnr), *orgnr));
        found.truncate(limit);
    }
    found.sort_unstable_by_key(|(orgnr, ..)| *orgnr);
    let points = found.into_iter().map(|(orgnr, row, x, y)| PointDto {
        orgnr: orgnr.to_string(),
        name: name(screen, row),
        x,
        y,
    });
    ScatterResponse {
        total: selection.count(),
        with_both: with_both as u64,
        is_sample: with_both > limit,
        points: points.collect(),
        data_version: state.version().to_string(),
    }
}

/// Spreads numbers evenly (splitmix64), so that those with the least result are a fair and repeatable sample.
fn spread(number: u64) -> u64 {
    let mut z = number.wrapping_add(0x9e37_79b9_7f4a_7c15);
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

/// The company's name.
pub fn name(screen: &Screen, row: RowId) -> Option<String> {
    match screen.state.value(row, FieldId::find("name")?) {
        domain::facts::FactValue::Text(name) => Some(name.into()),
        _ => None,
    }
}

/// How long a request waits for a comparison that it asked for.
const WAIT_FOR_CHECK: std::time::Duration = std::time::Duration::from_secs(20);

/// Compares every value of the index with Postgres, now. With many companies that takes longer than a request may: then the
/// answer is 202 without a body, the comparison goes on, and `/api/status` tells how far it is (`index.comparing_rows`) and
/// what it found (`index.check`).
#[utoipa::path(post, path = "/api/universe/check", tag = "universe",
    responses((status = 200, body = Check), (status = 202, description = "Comparing goes on; see index.check of /api/status"),
        (status = 503, body = Problem)))]
pub async fn check(State(state): State<AppState>) -> problem::Result<axum::response::Response> {
    if !state.index.is_ready() {
        return Err(Problem::unavailable("the screening index is still loading; try again in a moment"));
    }
    let index = state.index.clone();
    // A task of its own, so that it ends although nobody waits any more.
    let running = tokio::spawn(async move { check::run(&index).await });
    match tokio::time::timeout(WAIT_FOR_CHECK, running).await {
        Ok(Ok(checked)) => checked.map(|check| Json(check).into_response()).map_err(Problem::internal),
        Ok(Err(failed)) => Err(Problem::internal(failed)),
        Err(_) => Ok(http::StatusCode::ACCEPTED.into_response()),
    }
}
