//! Extractors that answer wrong input with a [`Problem`] that names the place.

use axum::body::Bytes;
use axum::extract::{FromRequest, FromRequestParts, Path, Query, Request};
use chrono::{DateTime, Datelike, Utc};
use domain::orgnr::{Orgnr, OrgnrError};
use http::header::{CONTENT_TYPE, IF_MATCH};
use http::request::Parts;
use http::{HeaderValue, StatusCode};
use serde::de::DeserializeOwned;
use sources::json_size::{self, JsonFault, Sizes};

pub use super::body::JsonBody;
use super::problem::{InputError, Problem};

/// More wrong entries of a body than this are not named one by one.
const MOST_NAMED: usize = 100;

/// Values and keys of a JSON body: a value of one byte takes thirty-two in memory. The longest list that a route takes has 100 000 items.
const MOST_VALUES: usize = 150_000;
/// Bytes of the longest text of a JSON body, unless its route says otherwise.
pub const LONGEST_TEXT: usize = 64 << 10;
/// Characters of one query parameter, and of the search text `q`.
const LONGEST_PARAMETER: usize = 4_000;
const LONGEST_SEARCH: usize = 200;
/// Parameters of one query.
const MOST_PARAMETERS: usize = 100;

/// The bytes of a JSON body, judged before anything is made of them: sent as JSON, with no NUL character, and with no more values and no
/// longer texts than a route needs. An empty body is let through, for routes where everything can be left out.
pub struct JsonBytes<const LONGEST: usize = LONGEST_TEXT>(pub Bytes);

impl<S: Send + Sync, const LONGEST: usize> FromRequest<S> for JsonBytes<LONGEST> {
    type Rejection = Problem;

    async fn from_request(request: Request, state: &S) -> Result<Self, Problem> {
        let media_type = request.headers().get(CONTENT_TYPE).cloned();
        let bytes = Bytes::from_request(request, state).await.map_err(|rejection| {
            let status = rejection.status();
            Problem::new(
                status,
                if status == StatusCode::PAYLOAD_TOO_LARGE { TOO_LARGE.to_owned() } else { rejection.body_text() },
            )
        })?;
        check_json(media_type.as_ref(), &bytes, LONGEST)?;
        Ok(Self(bytes))
    }
}

const TOO_LARGE: &str = "the body is larger than this address takes; send it in parts";

/// Judges the bytes of a JSON body as [`JsonBytes`] does.
///
/// # Errors
/// 415 for another media type than JSON, 422 for the rest, with the place.
pub fn check_json(media_type: Option<&HeaderValue>, bytes: &[u8], longest: usize) -> Result<(), Problem> {
    if bytes.is_empty() {
        return Ok(());
    }
    // A page of another origin can send a few media types without being asked whether it may; JSON is none of them.
    let essence = media_type.and_then(|value| value.to_str().ok()).unwrap_or_default();
    let essence = essence.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    if essence != "application/json" && !(essence.starts_with("application/") && essence.ends_with("+json")) {
        let detail = "the body is read as JSON only when it is sent with content-type: application/json";
        return Err(Problem::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, detail));
    }
    json_size::check(bytes, &Sizes { values: MOST_VALUES, text_bytes: longest }).map_err(|fault| match fault {
        JsonFault::TooManyValues { most } => {
            Problem::input("", format!("the body holds more than {most} values; send them in parts"))
        }
        JsonFault::TextTooLong { at, most } => {
            Problem::input("", format!("the text that begins at byte {at} of the body is longer than {most} bytes"))
        }
        JsonFault::Nul { at } => Problem::input(
            "",
            format!("at byte {at} of the body stands a NUL character (\\u0000), which no text can hold"),
        ),
    })
}

/// Query parameters.
pub struct QueryParams<T>(pub T);

impl<T: DeserializeOwned, S: Send + Sync> FromRequestParts<S> for QueryParams<T> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        check_parameters(parts.uri.query().unwrap_or_default())?;
        let Query(query) = Query::from_request_parts(parts, state).await?;
        Ok(Self(query))
    }
}

fn check_parameters(query: &str) -> Result<(), Problem> {
    for (index, (name, value)) in url::form_urlencoded::parse(query.as_bytes()).enumerate() {
        if index >= MOST_PARAMETERS {
            return Err(Problem::input("", format!("at most {MOST_PARAMETERS} parameters at once")));
        }
        let longest = if name == "q" { LONGEST_SEARCH } else { LONGEST_PARAMETER };
        if value.len() > longest && value.chars().count() > longest {
            let shown: String = name.chars().take(60).collect();
            return Err(Problem::input(shown, format!("at most {longest} characters")));
        }
    }
    Ok(())
}

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

/// A moment of a query that the database knows: its calendar ends earlier than that of the text form.
///
/// # Errors
/// 422 for a year before 1 or after 9999.
pub fn moment(given: Option<DateTime<Utc>>, pointer: &str) -> Result<Option<DateTime<Utc>>, Problem> {
    match given {
        Some(moment) if !(1..=9999).contains(&moment.year()) => {
            Err(Problem::input(pointer, format!("{pointer} is a moment of the years 1 to 9999")))
        }
        moment => Ok(moment),
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
