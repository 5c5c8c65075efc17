//! Extractors that answer wrong input with a [`Problem`] that names the place.

use axum::extract::{FromRequest, FromRequestParts, Json, Path, Query};
use domain::orgnr::Orgnr;

use super::problem::Problem;

/// A JSON body.
#[derive(FromRequest)]
#[from_request(via(Json), rejection(Problem))]
pub struct JsonBody<T>(pub T);

/// Query parameters.
#[derive(FromRequestParts)]
#[from_request(via(Query), rejection(Problem))]
pub struct QueryParams<T>(pub T);

/// Parameters of the path.
#[derive(FromRequestParts)]
#[from_request(via(Path), rejection(Problem))]
pub struct PathParams<T>(pub T);

/// Reads an organisation number of a path or body, with or without its hyphen; a wrong check digit is let through,
/// because registers hold such numbers, and simply finds nothing.
///
/// # Errors
/// 422 that names the place.
pub fn orgnr(text: &str, pointer: &str) -> Result<Orgnr, Problem> {
    Orgnr::parse_lenient(text.trim())
        .map(|(orgnr, _)| orgnr)
        .map_err(|error| Problem::input(pointer, format!("{text:?} is not an organisation number: {error}")))
}
