//! What the API answers when a use case was not done.

use http::StatusCode;
use services::error::ServiceError;

use super::problem::Problem;
use super::universe::body::filter_problem;

impl From<ServiceError> for Problem {
    fn from(error: ServiceError) -> Self {
        match error {
            ServiceError::Missing(what) => Self::not_found(what),
            ServiceError::Input { pointer, message } => Self::input(pointer, message),
            ServiceError::Forbidden(why) => Self::new(StatusCode::FORBIDDEN, why),
            ServiceError::Conflict(why) => Self::new(StatusCode::CONFLICT, why),
            ServiceError::Filter(error) => filter_problem(&error, None),
            ServiceError::Set(error) => error.into(),
            ServiceError::Screen(error) => error.into(),
            ServiceError::Queue(error) => anyhow::Error::from(error).into(),
            ServiceError::Database(error) => error.into(),
            ServiceError::Internal(error) => error.into(),
        }
    }
}
