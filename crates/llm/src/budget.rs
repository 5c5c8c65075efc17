//! Money is reserved before a call and settled after it, so that calls at the same time cannot exceed a limit together.

use std::collections::HashMap;
use std::pin::Pin;
use std::sync::{Mutex, PoisonError};

use crate::provider::Micros;

/// Nothing was sent, because the limit would be exceeded.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the budget of {limited} has {left} left and the call may cost {wanted} (in millionths)")]
pub struct OverBudget {
    /// What is limited: the run, or the month.
    pub limited: String,
    /// What is left of it.
    pub left: Micros,
    /// What the call may cost at most.
    pub wanted: Micros,
}

/// Why nothing was set aside.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotReserved {
    /// The limit would be exceeded.
    #[error(transparent)]
    Over(#[from] OverBudget),
    /// Who keeps the budget does not answer; without an answer nothing is sent.
    #[error("the budget cannot be asked: {0}")]
    Unavailable(String),
}

/// Money that is set aside for one call.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reservation {
    /// Identity for the keeper of the budget.
    pub id: String,
    /// What it is for.
    pub purpose: String,
    /// How much.
    pub amount: Micros,
}

/// A future that a trait object can give.
pub type Later<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

/// Keeps budgets. An implementation outside of this crate keeps them in a database, for all workers.
pub trait Budget: Send + Sync {
    /// Sets money aside, or says that there is not enough.
    fn reserve<'a>(&'a self, purpose: &'a str, amount: Micros) -> Later<'a, Result<Reservation, NotReserved>>;
    /// Puts the cost that was in the place of what was set aside.
    fn settle<'a>(&'a self, reservation: Reservation, cost: Micros) -> Later<'a, ()>;
}

/// Budgets in this process: a limit for each purpose and one for all.
#[derive(Debug, Default)]
pub struct LocalBudget {
    limit: Option<Micros>,
    limit_each: Option<Micros>,
    taken: Mutex<HashMap<String, Micros>>,
}

impl LocalBudget {
    /// `limit` for all calls together, `limit_each` for the calls of one purpose; `None` is no limit.
    #[must_use]
    pub fn new(limit: Option<Micros>, limit_each: Option<Micros>) -> Self {
        Self { limit, limit_each, taken: Mutex::default() }
    }

    /// What is spent and set aside.
    #[must_use]
    pub fn taken(&self) -> Micros {
        self.taken.lock().unwrap_or_else(PoisonError::into_inner).values().sum()
    }
}

impl Budget for LocalBudget {
    fn reserve<'a>(&'a self, purpose: &'a str, amount: Micros) -> Later<'a, Result<Reservation, NotReserved>> {
        Box::pin(async move {
            let mut taken = self.taken.lock().unwrap_or_else(PoisonError::into_inner);
            let all: Micros = taken.values().sum();
            let own = taken.get(purpose).copied().unwrap_or(0);
            for (limit, used, limited) in [(self.limit_each, own, purpose), (self.limit, all, "all calls")] {
                if let Some(limit) = limit
                    && used.saturating_add(amount) > limit
                {
                    return Err(OverBudget {
                        limited: limited.to_owned(),
                        left: (limit - used).max(0),
                        wanted: amount,
                    }
                    .into());
                }
            }
            *taken.entry(purpose.to_owned()).or_default() += amount;
            Ok(Reservation { id: String::new(), purpose: purpose.to_owned(), amount })
        })
    }

    fn settle<'a>(&'a self, reservation: Reservation, cost: Micros) -> Later<'a, ()> {
        Box::pin(async move {
            let mut taken = self.taken.lock().unwrap_or_else(PoisonError::into_inner);
            if let Some(own) = taken.get_mut(&reservation.purpose) {
                *own += cost - reservation.amount;
            }
        })
    }
}
