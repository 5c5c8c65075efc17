//! Which routes do costly work, and the layer that gives each of them its turn.

use axum::body::{Body, to_bytes};
use axum::extract::{MatchedPath, Request, State};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use http::{Method, StatusCode};
use http_body::Body as _;

use super::layers::BODY_LIMIT;
use super::principal::Principal;
use super::problem::Problem;
use super::state::AppState;
use identity::admission::{Cost, Turn};
use universe::blocking;
use uuid::Uuid;

use Cost::{Question, Upload};

/// Method, path as in the permission table, cost. Every other route reads or writes some rows by their keys ([`Cost::Rows`]).
const COSTLY: &[(&str, &str, Cost)] = &[
    ("GET", "/api/status", Question),
    ("GET", "/api/db/info", Question),
    ("GET", "/api/companies/search", Question),
    ("POST", "/api/companies/batch", Question),
    ("GET", "/api/companies/{orgnr}/peers", Question),
    ("GET", "/api/filings/{id}/document", Question),
    ("GET", "/api/sources/coverage", Question),
    ("POST", "/api/universe/query", Question),
    ("POST", "/api/universe/funnel", Question),
    ("POST", "/api/universe/scatter", Question),
    ("POST", "/api/universe/similar", Question),
    ("POST", "/api/universe/stats", Question),
    ("POST", "/api/universe/export", Question),
    ("GET", "/api/universe/export", Question),
    ("POST", "/api/universe/snapshots", Question),
    ("POST", "/api/universe/snapshots/{id}/rerun", Question),
    ("POST", "/api/exports", Question),
    ("POST", "/api/lists/from_query", Question),
    ("POST", "/api/lists/match", Question),
    ("POST", "/api/lists/combine", Question),
    ("POST", "/api/lists/combine/count", Question),
    ("POST", "/api/lists/{id}/items", Question),
    ("POST", "/api/lists/{id}/items/remove", Question),
    ("POST", "/api/lists/{id}/duplicate", Question),
    ("POST", "/api/lists/{id}/merge", Question),
    ("POST", "/api/labels/{id}/items", Question),
    ("POST", "/api/labels/{id}/items/remove", Question),
    ("POST", "/api/exclusions", Question),
    ("POST", "/api/exclusions/remove", Question),
    ("POST", "/api/changes/{id}/undo", Question),
    ("GET", "/api/prospects/export", Question),
    ("POST", "/api/prospects/bulk", Question),
    ("GET", "/api/home", Question),
    ("POST", "/api/monitors/{id}/check", Question),
    ("POST", "/api/enrichment/estimate", Question),
    ("POST", "/api/enrichment/run", Question),
    ("POST", "/api/analysis/estimate", Question),
    ("POST", "/api/analysis/start", Question),
    ("POST", "/api/analysis/preview", Question),
    ("GET", "/api/admin/audit", Question),
    ("GET", "/api/admin/audit/export", Question),
    ("POST", "/api/admin/audit/verify", Question),
    ("POST", "/api/lists/match/workbook", Upload),
    ("POST", "/api/prospects/import", Upload),
];

/// What tells of overload must be answered during one.
const METRICS: &str = "/metrics";
/// Routes that take a file as it comes, for as long as its sender's line is slow: they hold no place meanwhile.
const STREAMED: [&str; 2] = ["/api/imports", "/api/imports/preview"];

fn of(method: &Method, route: &str) -> Option<Cost> {
    let listed = COSTLY.iter().find(|(listed, path, _)| *listed == method.as_str() && *path == route);
    match listed {
        Some((_, _, cost)) => Some(*cost),
        None if route == METRICS => None,
        None if *method == Method::POST && STREAMED.contains(&route) => None,
        None => Some(Cost::Rows),
    }
}

/// The layer that waits for the turn of a request. The turn lasts until the answer begins, and as long as any blocking work
/// that was started for it, even when the request was given up. Who finds the queue full is told so at once, with 503; whatever asks
/// whether the process lives passes by.
pub async fn wait_for_turn(State(state): State<AppState>, mut request: Request, next: Next) -> Response {
    let route = request.extensions().get::<MatchedPath>();
    let cost = route.and_then(|route| of(request.method(), route.as_str()));
    let person = request.extensions().get::<Principal>().map(|person| person.user);
    let Some((cost, person)) = cost.zip(person) else {
        return blocking::for_request((), next.run(request)).await;
    };
    // Whoever sends slowly would otherwise hold the turn meanwhile. The body of a question is read by its handler, as before: its turn is
    // one of eight, and the time limit of a request ends it.
    if cost != Question && !request.body().is_end_stream() {
        let (parts, body) = request.into_parts();
        let Ok(body) = to_bytes(body, BODY_LIMIT).await else {
            let detail = format!("the body is larger than {} MB, or ended early", BODY_LIMIT >> 20);
            return Problem::new(StatusCode::PAYLOAD_TOO_LARGE, detail).into_response();
        };
        request = Request::from_parts(parts, Body::from(body));
    }
    match turn(&state, person, cost).await {
        Ok(turn) => blocking::for_request(turn, next.run(request)).await,
        Err(problem) => problem.into_response(),
    }
}

/// Waits for the turn of work that a request begins later than with its first byte, e.g. once its file has come.
///
/// # Errors
/// 503 when too much is under way.
pub async fn turn(state: &AppState, person: Uuid, cost: Cost) -> Result<Turn, Problem> {
    state.identity.admission.turn(person, cost).await.map_err(|busy| {
        metrics::counter!("lode_requests_refused_total", "cost" => cost.name()).increment(1);
        let detail = format!("too much is under way; try again in {} s", busy.retry_after_seconds);
        Problem { retry_after: Some(busy.retry_after_seconds), ..Problem::unavailable(detail) }
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::access;

    #[test]
    fn every_costly_route_is_one_of_the_permission_table() {
        for (method, path, _) in COSTLY {
            let is_listed = access::ROUTES.iter().any(|(listed, route, _)| listed == method && route == path);
            assert!(is_listed, "{method} {path} is gone");
            assert_ne!(of(&method.parse().unwrap(), path), Some(Cost::Rows), "{method} {path}");
        }
    }

    #[test]
    fn whatever_asks_about_every_company_is_costly() {
        for (method, path, _) in access::ROUTES {
            let asks = path.starts_with("/api/universe/") && *method == "POST" || path.ends_with("/estimate");
            let is_text_only = ["/check", "/complete", "/parse"].iter().any(|end| path.ends_with(end));
            if asks && !is_text_only {
                let cost = of(&method.parse().unwrap(), path);
                assert_ne!(cost, Some(Cost::Rows), "give {method} {path} its line in api/src/costs.rs");
            }
        }
    }
}
