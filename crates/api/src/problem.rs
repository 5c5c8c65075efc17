//! Errors as `application/problem+json` (RFC 9457), each with the request's id and, for input, the place that is wrong.

use axum::extract::rejection::{PathRejection, QueryRejection};
use axum::response::{IntoResponse, Response};
use http::{HeaderValue, StatusCode, header};
use serde::Serialize;
use services::error::{DatabaseError, FailureClass, Outage, ServiceError};
use sources::error::SourceError;
use utoipa::ToSchema;

use super::body::expected;
use super::input::Expected;
use super::request_id;

/// The media type of every error body.
pub const MEDIA_TYPE: &str = "application/problem+json";

/// One wrong place of the input.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, ToSchema)]
pub struct InputError {
    /// JSON pointer into the body (`/filters/0/op`), or the name of a path or query parameter.
    pub pointer: String,
    /// What is wrong and what is expected.
    pub message: String,
    /// Inside a text: the first wrong UTF-16 unit, as JavaScript counts.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub offset: Option<usize>,
    /// Inside a text: how many UTF-16 units are wrong; 0 at its end.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub length: Option<usize>,
    /// What could stand there instead, best first.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub suggestions: Vec<String>,
}

/// The body of every error.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Problem {
    /// Kind of problem; `about:blank` when the status says it all.
    #[serde(rename = "type")]
    pub kind: &'static str,
    /// Short and the same for every problem of the kind.
    pub title: String,
    /// HTTP status.
    pub status: u16,
    /// What happened this time, with a remedy where there is one.
    pub detail: String,
    /// Id of the request, as in `x-request-id` and the log.
    pub request_id: Option<String>,
    /// The wrong places of the input.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub errors: Option<Vec<InputError>>,
    /// Of a conflict: the object as it is now, so that nothing that was written has to be lost.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<Object>)]
    pub current: Option<Box<serde_json::Value>>,
    /// Of an outage: after how many seconds another try makes sense; it stands in `Retry-After`.
    #[serde(skip)]
    pub retry_after: Option<u32>,
}

/// What handlers return.
pub type Result<T> = std::result::Result<T, Problem>;

impl Problem {
    /// A problem that its status and a sentence describe.
    #[must_use]
    pub fn new(status: StatusCode, detail: impl Into<String>) -> Self {
        Self {
            kind: "about:blank",
            title: status.canonical_reason().unwrap_or("Error").to_owned(),
            status: status.as_u16(),
            detail: detail.into(),
            request_id: None,
            errors: None,
            current: None,
            retry_after: None,
        }
    }

    /// 412 (the version stood in `If-Match`) or 409 (it stood in the body): somebody changed the object meanwhile. The answer
    /// carries the object as it is now.
    #[must_use]
    pub fn conflict(expected: Expected, what: &str, current: impl Serialize) -> Self {
        let status = if expected.in_header { StatusCode::PRECONDITION_FAILED } else { StatusCode::CONFLICT };
        let mut problem = Self::new(
            status,
            format!(
                "{what} was changed by somebody else meanwhile; `current` holds it as it is now: compare, then send again"
            ),
        );
        problem.current = serde_json::to_value(current).ok().map(Box::new);
        problem
    }

    /// 404: the sentence says what was looked for.
    #[must_use]
    pub fn not_found(detail: impl Into<String>) -> Self {
        Self::new(StatusCode::NOT_FOUND, detail)
    }

    /// 422 with one wrong place.
    #[must_use]
    pub fn input(pointer: impl Into<String>, message: impl Into<String>) -> Self {
        let message = message.into();
        let mut problem = Self::new(StatusCode::UNPROCESSABLE_ENTITY, message.clone());
        problem.errors = Some(vec![InputError { pointer: pointer.into(), message, ..InputError::default() }]);
        problem
    }

    /// 422 for a file that cannot be read: what is wrong with it, and what to do about it.
    #[must_use]
    pub fn source(pointer: &str, error: &SourceError) -> Self {
        let remedy = error.remedy_text().map(|remedy| format!(". {remedy}")).unwrap_or_default();
        Self::input(pointer, format!("{}{remedy}", error.reason()))
    }

    /// 422 with every wrong place.
    #[must_use]
    pub fn inputs(errors: Vec<InputError>) -> Self {
        let detail = errors.first().map_or_else(|| "the input is not right".to_owned(), |first| first.message.clone());
        let mut problem = Self::new(StatusCode::UNPROCESSABLE_ENTITY, detail);
        problem.errors = Some(errors);
        problem
    }

    /// 503: the sentence says what is missing.
    #[must_use]
    pub fn unavailable(detail: impl Into<String>) -> Self {
        Self::new(StatusCode::SERVICE_UNAVAILABLE, detail)
    }

    /// 503 with the time of another try, or 507 where a disk is full: what Postgres cannot do right now.
    #[must_use]
    pub fn outage(outage: Outage) -> Self {
        let status = match outage {
            Outage::DiskFull => StatusCode::INSUFFICIENT_STORAGE,
            _ => StatusCode::SERVICE_UNAVAILABLE,
        };
        Self { retry_after: Some(outage.retry_after_seconds()), ..Self::new(status, outage.explanation()) }
    }

    /// 500; the cause goes to the log, not to the caller.
    pub fn internal(cause: impl std::fmt::Display) -> Self {
        tracing::error!(error = %cause, "request failed");
        Self::new(
            StatusCode::INTERNAL_SERVER_ERROR,
            "the server could not answer; the log has the cause under this request id",
        )
    }
}

impl IntoResponse for Problem {
    fn into_response(mut self) -> Response {
        self.request_id = self.request_id.or_else(request_id::current);
        let status = StatusCode::from_u16(self.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let body = serde_json::to_vec(&self).unwrap_or_default();
        let mut response = (status, body).into_response();
        response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static(MEDIA_TYPE));
        if status == StatusCode::SERVICE_UNAVAILABLE || self.retry_after.is_some() {
            let seconds = HeaderValue::from(self.retry_after.unwrap_or(2));
            response.headers_mut().insert(header::RETRY_AFTER, seconds);
        }
        response
    }
}

impl From<DatabaseError> for Problem {
    fn from(error: DatabaseError) -> Self {
        match error.class {
            FailureClass::Outage(outage) => {
                tracing::error!(%error, ?outage, "the database cannot do this right now");
                Self::outage(outage)
            }
            FailureClass::TooSlow => Self::unavailable("the question took the database too long; narrow it down"),
            FailureClass::Undone => {
                tracing::warn!(%error, "a change was undone in favour of another");
                Self::unavailable("another change of the same things came between; nothing was changed, try again")
            }
            FailureClass::UnstorableValue => {
                tracing::warn!(%error, "the input cannot be kept");
                Self::input("", CANNOT_BE_KEPT)
            }
            FailureClass::Unexpected => Self::internal(error),
        }
    }
}

/// Said of a value that only the database recognises as impossible.
const CANNOT_BE_KEPT: &str =
    "the input holds a value that cannot be kept: a NUL character, or a date or number beyond what the database knows";

impl From<anyhow::Error> for Problem {
    fn from(error: anyhow::Error) -> Self {
        ServiceError::from(error).into()
    }
}

impl From<QueryRejection> for Problem {
    fn from(rejection: QueryRejection) -> Self {
        let text = rejection.body_text();
        let place = text.split_once("query string: ").map_or(text.as_str(), |(_, rest)| rest);
        let (name, message) = place.split_once(": ").unwrap_or(("", place));
        Self::input(name, expected(message))
    }
}

impl From<PathRejection> for Problem {
    fn from(rejection: PathRejection) -> Self {
        Self::not_found(rejection.body_text())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_outage_is_503_with_retry_after_and_a_full_disk_is_507() {
        for outage in Outage::ALL {
            let problem = Problem::outage(outage);
            assert_eq!(problem.status, if outage == Outage::DiskFull { 507 } else { 503 });
            let seconds = problem.into_response().headers().get(header::RETRY_AFTER).cloned();
            assert_eq!(seconds, Some(HeaderValue::from(outage.retry_after_seconds())));
        }
        let disk = anyhow::Error::from(std::io::Error::from(std::io::ErrorKind::StorageFull))
            .context("cannot write the export");
        assert_eq!(Problem::from(disk).status, 507);
        assert_eq!(Problem::from(anyhow::anyhow!("something else")).status, 500);
    }
}
