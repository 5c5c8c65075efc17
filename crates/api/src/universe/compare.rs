//! Look-alikes of companies, and a company among its peers.

use axum::Json;
use axum::extract::State;
use domain::catalogue::{Better, FIELDS, FieldKind};
use domain::codes::sni;
use domain::facts::FactValue;
use domain::filter::print::print;
use domain::filter::vocabulary::Vocabulary;
use domain::filter::{Condition, FieldId, Filter};
use domain::orgnr::Orgnr;
use screen::segment::{scale_of, scaled};
use screen::{Feature, RowId};
use std::collections::BTreeMap;
use std::time::Instant;

use super::dto::{
    LabelDto, PeerGroupDto, PeerMetricDto, PeersResponse, SimilarDto, SimilarFeatureDto, SimilarReasonDto,
    SimilarRequest, SimilarResponse,
};
use super::look::{name, statistics};
use super::selection;
use crate::body::values::Whole;
use crate::body::{JsonBody, at_most};
use crate::input::{self, PathParams};
use crate::principal::Principal;
use crate::problem::{self, Problem};
use crate::state::AppState;
use universe::engines::{Screen, open};
use universe::sets::Asker;

/// Features and weights when the request names none.
const DEFAULT_WEIGHTS: [(&str, f64); 8] = [
    ("sni", 3.0),
    ("revenue", 2.0),
    ("employees", 1.0),
    ("ebitda_margin", 1.5),
    ("cagr_3y", 1.0),
    ("equity_ratio", 1.0),
    ("asset_turnover", 0.5),
    ("revenue_per_employee", 0.5),
];

/// Most companies to compare with.
const MOST_SEEDS: usize = 1_000;

/// A peer group should hold this many companies; until it does its industry is taken coarser.
const PEERS_WANTED: u64 = 20;

/// The companies most like one company or a list of seeds.
#[utoipa::path(post, path = "/api/universe/similar", tag = "universe", request_body = SimilarRequest,
    responses((status = 200, body = SimilarResponse), (status = 422, body = Problem), (status = 503, body = Problem)))]
pub async fn similar(
    person: Principal,
    State(state): State<AppState>,
    JsonBody(body): JsonBody<SimilarRequest>,
) -> problem::Result<Json<SimilarResponse>> {
    let begun = Instant::now();
    let selected = selection::read(body.selection())?;
    let limit = body.limit.map_or(20, Whole::count);
    at_most(&body.orgnrs, MOST_SEEDS, "orgnrs")?;
    if body.orgnrs.is_empty() {
        return Err(Problem::input("/orgnrs", "at least one company to compare with"));
    }
    let seeds: Vec<_> = input::orgnrs(&body.orgnrs)?.into_iter().map(Orgnr::number).collect();
    let features = features(body.weights.as_ref())?;
    let screen = open(&state.index, selected.asked_by(&person), selected.whole).await?;
    let mut answer = screen.run("similar", move |screen| alike(screen, &seeds, &features, limit)).await?;
    answer.took_ms = (begun.elapsed().as_secs_f64() * 1e6).round() / 1e3;
    Ok(Json(answer))
}

fn features(weights: Option<&BTreeMap<String, f64>>) -> Result<Vec<Feature>, Problem> {
    let Some(weights) = weights else {
        let known = DEFAULT_WEIGHTS
            .iter()
            .filter_map(|(key, weight)| Some(Feature { field: FieldId::find(key)?, weight: *weight }));
        return Ok(known.collect());
    };
    let mut features = Vec::new();
    for (key, weight) in weights {
        let pointer = format!("/weights/{}", domain::filter::error::pointer_token(key));
        let field = selection::field(key, &pointer)?;
        if !selection::is_number(field) && field.field().kind != FieldKind::Category {
            return Err(Problem::input(pointer, format!("{key} cannot be compared")));
        }
        if !(0.0..=1e6).contains(weight) {
            return Err(Problem::input(pointer, "a weight is a number from 0 to 1 000 000"));
        }
        if *weight > 0.0 {
            features.push(Feature { field, weight: *weight });
        }
    }
    if features.is_empty() { Err(Problem::input("/weights", "at least one weight above 0")) } else { Ok(features) }
}

fn alike(screen: &Screen, seeds: &[u64], features: &[Feature], limit: usize) -> SimilarResponse {
    let state = &screen.state;
    let (mut rows, mut not_found) = (Vec::new(), Vec::new());
    for seed in seeds {
        match state.find(*seed) {
            Some(row) => rows.push(row),
            None => not_found.push(seed.to_string()),
        }
    }
    let among = state.select(&screen.filter, &screen.sets);
    let matches = if rows.is_empty() { Vec::new() } else { state.similar(&rows, features, &among, limit) };
    let total: f64 = features.iter().map(|feature| feature.weight).sum();
    let items = matches.into_iter().map(|found| {
        let explanation = features.iter().zip(&found.parts).map(|(feature, part)| {
            // The part is the weighted square distance over all weights: undone, it is the feature's own.
            let distance = part * total / feature.weight;
            SimilarReasonDto {
                field: feature.field.field().key.to_owned(),
                value: serde_json::to_value(state.value(found.row, feature.field)).unwrap_or_default(),
                likeness: rounded(1.0 / (1.0 + distance.max(0.0))),
                contribution: rounded(if found.distance > 0.0 { part / found.distance } else { 0.0 }),
            }
        });
        SimilarDto {
            orgnr: state.orgnr(found.row).to_string(),
            name: name(screen, found.row),
            score: rounded(1.0 / (1.0 + found.distance)),
            explanation: explanation.collect(),
        }
    });
    let items = items.collect();
    let features = features.iter().map(|feature| SimilarFeatureDto {
        field: feature.field.field().key.to_owned(),
        weight: feature.weight,
        seed: seed_value(screen, &rows, feature.field),
    });
    SimilarResponse {
        features: features.collect(),
        items,
        not_found,
        data_version: state.version().to_string(),
        took_ms: 0.0,
    }
}

/// The median of numbers, the most frequent code.
fn seed_value(screen: &Screen, rows: &[RowId], field: FieldId) -> serde_json::Value {
    let values: Vec<FactValue> =
        rows.iter().map(|row| screen.state.value(*row, field)).filter(|v| !v.is_null()).collect();
    let mut numbers: Vec<i64> = values.iter().filter_map(scaled).collect();
    if !numbers.is_empty() && selection::is_number(field) {
        numbers.sort_unstable();
        return serde_json::json!(numbers[(numbers.len() - 1) / 2] as f64 / scale_of(field.field().kind));
    }
    let same = |value: &FactValue| values.iter().filter(|other| *other == value).count();
    values.iter().max_by_key(|value| same(value)).and_then(|value| serde_json::to_value(value).ok()).unwrap_or_default()
}

fn rounded(value: f64) -> f64 {
    (value * 1e4).round() / 1e4
}

/// Where a company stands among companies of its industry and size, in every ratio.
#[utoipa::path(get, path = "/api/companies/{orgnr}/peers", tag = "companies",
    params(("orgnr" = String, Path, description = "Organisation number, with or without hyphen")),
    responses((status = 200, body = PeersResponse), (status = 404, body = Problem), (status = 503, body = Problem)))]
pub async fn peers(
    person: Principal,
    State(state): State<AppState>,
    PathParams(text): PathParams<String>,
) -> problem::Result<Json<PeersResponse>> {
    let orgnr = input::orgnr(&text, "orgnr")?;
    // A company that the organisation does not want to see is still its competitors' peer.
    let asker = Asker { user: person.user, include_excluded: true };
    let screen = open(&state.index, asker, Filter::EVERYTHING).await?;
    let found = screen.run("peers", move |screen| {
        let row = screen.state.find(orgnr.number())?;
        Some(among_peers(screen, row, orgnr.to_string()))
    });
    found.await?.map(Json).ok_or_else(|| Problem::not_found(format!("no company has the number {orgnr}")))
}

fn code(screen: &Screen, row: RowId, key: &str) -> Option<String> {
    match screen.state.value(row, FieldId::find(key)?) {
        FactValue::Text(code) => Some(code.into()),
        _ => None,
    }
}

fn is_code(key: &str, code: &str) -> Option<Filter> {
    let field = FieldId::find(key)?;
    Some(Filter::Condition(Condition::CodeIn { field, codes: vec![code.to_owned()] }))
}

/// Groups from the narrowest to the widest: five digits of the industry down to its section, each with the size class,
/// then the section alone. Companies of every industry are no peers: only where the own industry is not known they are those of
/// the size.
fn groups(own: Option<&str>, size: Option<&str>) -> Vec<(Option<String>, Option<String>)> {
    let mut industries: Vec<String> =
        own.map(|code| sni::ancestors(code).into_iter().chain([code.to_owned()]).collect()).unwrap_or_default();
    industries.reverse();
    let Some(section) = industries.last().cloned() else { return vec![(None, size.map(str::to_owned))] };
    let with_size = industries.into_iter().map(|code| (Some(code), size.map(str::to_owned)));
    with_size.chain([(Some(section), None)]).collect()
}

fn among_peers(screen: &Screen, row: RowId, orgnr: String) -> PeersResponse {
    let state = &screen.state;
    let (own, size) = (code(screen, row, "sni"), code(screen, row, "size_class"));
    let own = own.filter(|code| sni::section_of(code).is_some());
    let mut chosen = (Filter::EVERYTHING, state.all(), None, None);
    for (industry, size) in groups(own.as_deref(), size.as_deref()) {
        let parts = [
            industry.as_deref().and_then(|code| is_code("sni", code)),
            size.as_deref().and_then(|code| is_code("size_class", code)),
        ];
        let filter = Filter::all(parts.into_iter().flatten());
        let selection = state.select(&filter, &screen.sets);
        let is_enough = selection.count() >= PEERS_WANTED;
        chosen = (filter, selection, industry, size);
        if is_enough {
            break;
        }
    }
    let (filter, selection, industry, size_class) = chosen;
    let metrics = FIELDS
        .iter()
        .filter(|field| field.kind == FieldKind::Ratio)
        .filter_map(|field| FieldId::find(field.key))
        .map(|field| metric(screen, row, &selection, field));
    let sni_label = industry
        .as_deref()
        .and_then(|code| Vocabulary::builtin().find(FieldId::find("sni")?, code))
        .map(LabelDto::from);
    PeersResponse {
        orgnr,
        metrics: metrics.collect(),
        group: PeerGroupDto { count: selection.count(), sni: industry, sni_label, size_class, text: print(&filter) },
        data_version: state.version().to_string(),
    }
}

fn metric(screen: &Screen, row: RowId, selection: &screen::Selection, field: FieldId) -> PeerMetricDto {
    let stats = statistics(screen, selection, field, &[0.1, 0.25, 0.75, 0.9]);
    let own = scaled(&screen.state.value(row, field));
    let at = |index: usize| stats.percentiles.get(index).map(|percentile| percentile.value);
    PeerMetricDto {
        field: field.field().key.to_owned(),
        value: own.map(|value| value as f64 / scale_of(field.field().kind)),
        percentile: own
            .and_then(|value| screen.state.standing(field, selection, value))
            .map(|(share, _)| rounded(share)),
        count: stats.count,
        p10: at(0),
        p25: at(1),
        median: stats.median,
        p75: at(2),
        p90: at(3),
        better: match field.field().better {
            Better::Higher => "higher",
            Better::Lower => "lower",
            Better::Neutral => "neutral",
        }
        .to_owned(),
    }
}
