//! What the API answers when a use case was not done.

use http::StatusCode;
use services::error::{Outage, ServiceError};
use universe::engines::ScreenError;
use universe::sets::SetError;

use super::problem::Problem;
use super::universe::filter_error::filter_problem;

impl From<SetError> for Problem {
    fn from(error: SetError) -> Self {
        match error {
            SetError::Database(error) => ServiceError::from(error).into(),
            error => Self::input("", error.to_string()),
        }
    }
}

impl From<ScreenError> for Problem {
    fn from(error: ScreenError) -> Self {
        match error {
            ScreenError::Loading => Self::unavailable(error.to_string()),
            ScreenError::Set(error) => error.into(),
            ScreenError::Database(error) => ServiceError::from(error).into(),
            ScreenError::CutOff(error) => Self::internal(error),
        }
    }
}

impl From<ServiceError> for Problem {
    fn from(error: ServiceError) -> Self {
        match error {
            ServiceError::Missing(what) => Self::not_found(what),
            ServiceError::Input { pointer, message } => Self::input(pointer, message),
            ServiceError::Forbidden(why) => Self::new(StatusCode::FORBIDDEN, why),
            ServiceError::Conflict(why) => Self::new(StatusCode::CONFLICT, why),
            ServiceError::TooMany(why) => Self::new(StatusCode::TOO_MANY_REQUESTS, why),
            ServiceError::Filter(error) => filter_problem(&error, None),
            ServiceError::Set(error) => error.into(),
            ServiceError::Screen(error) => error.into(),
            ServiceError::Unavailable(what) => Self::unavailable(what),
            ServiceError::Queue(error) => ServiceError::Internal(error.into()).into(),
            ServiceError::Database(error) => error.into(),
            ServiceError::Internal(error) => match Outage::in_chain(error.as_ref()) {
                Some(outage) => {
                    tracing::error!(error = format!("{error:#}"), ?outage, "this cannot be done right now");
                    Self::outage(outage)
                }
                None => Self::internal(format!("{error:#}")),
            },
        }
    }
}
