//! What is asked of a screen, checked and typed: the same for both engines.

use domain::facet::ValueCount;
use domain::facts::FactValue;
use domain::filter::{FieldId, Filter};
use domain::orgnr::Orgnr;
use screen::{Place, Scale, Sort};

use crate::sets::Asker;

/// Where a page begins.
#[derive(Clone, Debug)]
pub enum Start {
    /// After so many companies.
    Offset(u64),
    /// After this place in the order.
    After(Place),
}

/// Values of a category to count.
#[derive(Clone, Copy, Debug)]
pub struct FacetQuestion {
    /// The field.
    pub field: FieldId,
    /// The level of an industry code, 1 to 5.
    pub level: Option<u8>,
}

/// Numbers to count in bins.
#[derive(Clone, Debug)]
pub struct HistogramQuestion {
    /// The field.
    pub field: FieldId,
    /// How many bins, unless `edges` say.
    pub bins: u16,
    /// How the bins are spread, unless `edges` say.
    pub scale: Scale,
    /// The asker's own edges, ascending, in the unit of the field.
    pub edges: Option<Vec<f64>>,
}

/// A page of a screen with its counts.
#[derive(Clone, Debug)]
pub struct Question {
    /// Whose screen it is.
    pub asker: Asker,
    /// Which companies.
    pub filter: Filter,
    /// In which order.
    pub sorts: Vec<Sort>,
    /// The most rows of the page.
    pub limit: u32,
    /// Where the page begins.
    pub start: Start,
    /// What a row holds, in this order.
    pub fields: Vec<FieldId>,
    /// What is counted by value; conditions on the counted field are left out.
    pub facets: Vec<FacetQuestion>,
    /// What is counted in bins; conditions on the counted field are left out.
    pub histograms: Vec<HistogramQuestion>,
}

/// The engine that answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Engine {
    /// The screening index in memory.
    Index,
    /// SQL, while the index loads.
    Postgres,
}

impl Engine {
    /// Its name in answers.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Index => "index",
            Self::Postgres => "postgres",
        }
    }
}

/// Companies per bin of a field.
#[derive(Clone, Debug, PartialEq)]
pub struct HistogramCounts {
    /// One more than there are bins, in the unit of the field; empty when no company has a value.
    pub edges: Vec<f64>,
    /// Companies per bin.
    pub counts: Vec<u64>,
    /// Companies below the first edge.
    pub below: u64,
    /// Companies above the last edge.
    pub above: u64,
    /// Companies without a value.
    pub nulls: u64,
    /// The least value; `None` when it was not looked for.
    pub min: Option<f64>,
    /// The greatest value; `None` when it was not looked for.
    pub max: Option<f64>,
}

/// The answer to a [`Question`].
#[derive(Clone, Debug)]
pub struct Answer {
    /// The companies of the page, with the values of the asked fields.
    pub rows: Vec<(Orgnr, Vec<FactValue>)>,
    /// Companies that match, exactly.
    pub total: u64,
    /// Companies before the page.
    pub offset: u64,
    /// Where the next page starts; `None` when there is none.
    pub next: Option<Place>,
    /// Per asked facet, in [`domain::facet::sort_counts`] order.
    pub facets: Vec<Vec<ValueCount>>,
    /// Per asked histogram.
    pub histograms: Vec<HistogramCounts>,
    /// Version of the data.
    pub version: String,
    /// Who answered.
    pub engine: Engine,
    /// Companies that the organisation's exclusions hide.
    pub hidden: u64,
    /// Whether the exclusions are those known last, because the database does not answer.
    pub are_exclusions_old: bool,
}
