//! Which routes do costly work, and the layer that gives each of them its turn.

use axum::body::{Body, to_bytes};
use axum::extract::{MatchedPath, Request, State};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use http::{Method, StatusCode};

use super::layers::BODY_LIMIT;
use super::principal::{Principal, too_many};
use super::problem::Problem;
use super::state::AppState;
use identity::admission::Cost;
use universe::blocking;

use Cost::{Question, Upload};

/// Method, path as in the permission table, cost. Every other route reads or writes some rows by their keys.
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

fn of(method: &Method, route: &str) -> Option<Cost> {
    COSTLY.iter().find(|(listed, path, _)| *listed == method.as_str() && *path == route).map(|(_, _, cost)| *cost)
}

/// The layer that waits for the turn of a costly request. The turn lasts until the answer begins, and as long as any blocking work
/// that was started for it, even when the request was given up.
pub async fn wait_for_turn(State(state): State<AppState>, mut request: Request, next: Next) -> Response {
    let route = request.extensions().get::<MatchedPath>();
    let cost = route.and_then(|route| of(request.method(), route.as_str()));
    let person = request.extensions().get::<Principal>().map(|person| person.user);
    let Some((cost, person)) = cost.zip(person) else {
        return blocking::for_request((), next.run(request)).await;
    };
    if cost == Upload {
        // Whoever sends slowly would otherwise hold the turn meanwhile.
        let (parts, body) = request.into_parts();
        let Ok(body) = to_bytes(body, BODY_LIMIT).await else {
            let detail = format!("the body is larger than {} MB, or ended early", BODY_LIMIT >> 20);
            return Problem::new(StatusCode::PAYLOAD_TOO_LARGE, detail).into_response();
        };
        request = Request::from_parts(parts, Body::from(body));
    }
    match state.identity.admission.turn(person, cost).await {
        Ok(turn) => blocking::for_request(turn, next.run(request)).await,
        Err(wait) => too_many(wait),
    }
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
            assert!(of(&method.parse().unwrap(), path).is_some(), "{method} {path}");
        }
    }

    #[test]
    fn whatever_asks_about_every_company_is_costly() {
        for (method, path, _) in access::ROUTES {
            let asks = path.starts_with("/api/universe/") && *method == "POST" || path.ends_with("/estimate");
            let is_text_only = ["/check", "/complete", "/parse"].iter().any(|end| path.ends_with(end));
            if asks && !is_text_only {
                assert!(of(&method.parse().unwrap(), path).is_some(), "give {method} {path} its line in http/costs.rs");
            }
        }
    }
}
