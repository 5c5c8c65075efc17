//! Why a call gave no answer.

use crate::budget::{NotReserved, OverBudget};
use crate::structure::Violation;

/// Why a call gave no answer that can be used.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum CallError {
    /// The budget would be exceeded; nothing was sent.
    #[error("{0}")]
    OverBudget(#[from] OverBudget),
    /// Who keeps the budget does not answer; nothing was sent.
    #[error("the budget cannot be asked: {0}")]
    BudgetUnavailable(String),
    /// Somebody cancelled; the connection was closed.
    #[error("the call was cancelled")]
    Cancelled,
    /// The model ran out of tokens, also with a raised limit.
    #[error("the answer was cut off at {max_tokens} tokens; ask for less at once or raise the limit of the provider")]
    Truncated {
        /// The limit of the last try.
        max_tokens: u32,
    },
    /// The provider's filter stopped the answer.
    #[error("the provider's content filter stopped the answer")]
    Filtered,
    /// The model declined.
    #[error("the model declined: {0}")]
    Declined(String),
    /// The answer ended without its end being told.
    #[error("the connection ended inside the answer")]
    Cut,
    /// The server was silent too long.
    #[error("the server did not answer within {0} s")]
    TimedOut(u64),
    /// The server cannot be reached.
    #[error("the server cannot be reached: {0}")]
    Unreachable(String),
    /// The server is asked too often and went on saying so.
    #[error("the provider says that it is asked too often, after {tries} tries")]
    TooManyRequests {
        /// How often it was asked.
        tries: u32,
        /// How long it asks to wait, in seconds.
        retry_after: Option<u64>,
    },
    /// The server failed and went on failing.
    #[error("the provider answered {status} after {tries} tries: {detail}")]
    ServerFailed {
        /// HTTP status.
        status: u16,
        /// How often it was asked.
        tries: u32,
        /// What it said, shortened.
        detail: String,
    },
    /// The server refuses the request: key, model or shape.
    #[error("the provider refuses the request ({status}): {detail}")]
    Refused {
        /// HTTP status.
        status: u16,
        /// What it said, shortened.
        detail: String,
    },
    /// What came is not an answer of the protocol.
    #[error("the provider's answer is not understood: {0}")]
    Malformed(String),
    /// The answer is not of the shape that was asked for.
    #[error("the answer is not of the shape that was asked for: {}", .0.first().map_or_else(String::new, ToString::to_string))]
    WrongShape(Vec<Violation>),
}

impl From<NotReserved> for CallError {
    fn from(error: NotReserved) -> Self {
        match error {
            NotReserved::Over(over) => Self::OverBudget(over),
            NotReserved::Unavailable(why) => Self::BudgetUnavailable(why),
        }
    }
}

impl CallError {
    /// Whether the same request may succeed later.
    #[must_use]
    pub fn is_temporary(&self) -> bool {
        matches!(
            self,
            Self::Cut
                | Self::TimedOut(_)
                | Self::Unreachable(_)
                | Self::TooManyRequests { .. }
                | Self::ServerFailed { .. }
                | Self::BudgetUnavailable(_)
        )
    }
}
