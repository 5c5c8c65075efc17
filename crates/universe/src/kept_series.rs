//! Revenue over the years for the sparklines of a page, and the copies that are shown while the database does not answer.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use domain::orgnr::Orgnr;
use store::PgPool;
pub use store::universe::series::YearRevenue;
use store::universe::series::revenue_series;

use crate::optional::Optional;

/// Companies whose series are kept; beyond them the copies start anew.
const MOST_KEPT: usize = 20_000;

/// Series that were shown lately.
#[derive(Default)]
pub struct KeptSeries(Mutex<HashMap<Orgnr, Vec<YearRevenue>>>);

/// The series of some companies.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Found {
    /// Oldest year first; a company without a filed year is left out.
    pub series: HashMap<Orgnr, Vec<YearRevenue>>,
    /// Whether the database did not answer: these are copies, and those of other companies are missing.
    pub is_partial: bool,
}

impl KeptSeries {
    /// The series of these companies as the database has them, or else the copies.
    pub async fn of(&self, optional: &Optional, db: &PgPool, orgnrs: &[Orgnr]) -> Found {
        let look_up = async { revenue_series(&mut *db.acquire().await?, orgnrs).await };
        match optional.ask(look_up).await {
            Some(series) => {
                let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
                if kept.len() + series.len() > MOST_KEPT {
                    kept.clear();
                }
                kept.extend(series.iter().map(|(orgnr, years)| (*orgnr, years.clone())));
                Found { series, is_partial: false }
            }
            None => {
                let kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
                let copy = |orgnr: &Orgnr| Some((*orgnr, kept.get(orgnr)?.clone()));
                Found { series: orgnrs.iter().filter_map(copy).collect(), is_partial: true }
            }
        }
    }
}
