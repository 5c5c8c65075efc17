//! Extractors that answer wrong input with a [`Problem`] that names the place.

use axum::extract::{FromRequest, FromRequestParts, Json, Path, Query};
use domain::orgnr::{Orgnr, OrgnrError};
use http::header::IF_MATCH;
use http::request::Parts;

use super::problem::{InputError, Problem};

/// More wrong entries of a body than this are not named one by one.
const MOST_NAMED: usize = 100;

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
        .map_err(|error| Problem::inputs(vec![not_a_number(text, pointer, &error)]))
}

/// Reads the organisation numbers under `/orgnrs` of a body as [`orgnr`] does, in their order.
///
/// # Errors
/// 422 that names every wrong one, of many the first hundred.
pub fn orgnrs<T: AsRef<str>>(given: &[T]) -> Result<Vec<Orgnr>, Problem> {
    let (mut numbers, mut wrong) = (Vec::with_capacity(given.len()), Vec::new());
    for (index, text) in given.iter().map(AsRef::as_ref).enumerate() {
        match Orgnr::parse_lenient(text.trim()) {
            Ok((number, _)) => numbers.push(number),
            Err(error) if wrong.len() < MOST_NAMED => {
                wrong.push(not_a_number(text, &format!("/orgnrs/{index}"), &error));
            }
            Err(_) => {}
        }
    }
    if wrong.is_empty() { Ok(numbers) } else { Err(Problem::inputs(wrong)) }
}

fn not_a_number(text: &str, pointer: &str, error: &OrgnrError) -> InputError {
    // A whole document pasted in the place of a number is not sent back.
    let shown: String = text.chars().take(40).collect();
    InputError {
        pointer: pointer.to_owned(),
        message: format!("“{shown}” is not an organisation number: {error}"),
        ..InputError::default()
    }
}

/// The version of an object that a change was made from.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Expected {
    /// `None`: the change is wanted whatever happened meanwhile.
    pub version: Option<i32>,
    /// Whether it stood in the header `If-Match`.
    pub in_header: bool,
}

impl Expected {
    /// The header's version, or else that of the body.
    #[must_use]
    pub fn or(self, version: Option<i32>) -> Self {
        if self.version.is_some() { self } else { Self { version, in_header: false } }
    }
}

/// `If-Match: "7"`, the `version` of the object that was read; `*` and no header expect nothing.
impl<S: Send + Sync> FromRequestParts<S> for Expected {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Problem> {
        let Some(value) = parts.headers.get(IF_MATCH) else { return Ok(Self::default()) };
        let text = value.to_str().unwrap_or_default().trim();
        let bare = text.trim_start_matches("W/").trim_matches('"');
        match bare.parse() {
            _ if bare == "*" => Ok(Self::default()),
            Ok(version) => Ok(Self { version: Some(version), in_header: true }),
            Err(_) => {
                Err(Problem::input("If-Match", "If-Match takes the object's `version` in quotes, such as \"7\", or *"))
            }
        }
    }
}
