//! A figure and everything behind it, as the API shows it.

use chrono::NaiveDate;
use domain::statement::ContextPeriod;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::financials::shape::RestatementView;
use crate::label::BilingualLabel;

/// A figure and everything behind it.
#[derive(Debug, Serialize, ToSchema)]
pub struct Figure {
    /// Key of the line.
    pub line: String,
    /// What people read.
    pub label: BilingualLabel,
    /// The amount in whole units of `currency`; null where not filed.
    pub value: Option<i64>,
    /// Of a metric of the catalogue: its value in this period, a number (0.12 is 12 %), a code or a boolean; null where it cannot be
    /// formed, and for lines.
    #[schema(value_type = Object, nullable)]
    pub metric: Option<serde_json::Value>,
    /// Currency of the amount.
    pub currency: String,
    /// First day of the period.
    pub period_start: NaiveDate,
    /// Last day of the period.
    pub period_end: NaiveDate,
    /// `company` or `group`.
    pub scope: String,
    /// Every filing's version, first the one that is shown, then from the newest; a filing without the line has no value.
    pub versions: Vec<FigureVersionView>,
    /// What was restated, where a newer filing gives the line otherwise than an older one beyond the rounding of both.
    pub restatement: Option<RestatementView>,
    /// How a derived line is formed.
    pub formula: Option<BilingualLabel>,
    /// The lines that a derived line or a metric is formed from.
    pub inputs: Vec<FigureInput>,
}

/// One filed figure that a derived line or a metric is formed from.
#[derive(Debug, Serialize, ToSchema)]
pub struct FigureInput {
    /// Key of the line.
    pub line: String,
    /// What people read.
    pub label: BilingualLabel,
    /// Last day of its period: the same one, or an earlier one for growth and averages.
    pub period_end: NaiveDate,
    /// Its amount in that period; null for `employees`.
    pub value: Option<i64>,
    /// The average number of employees, for `employees`.
    pub employees: Option<f64>,
    /// The filing that the amount comes from; null where not filed.
    pub filing_id: Option<Uuid>,
}

/// One filing's version of the figure.
#[derive(Debug, Serialize, ToSchema)]
pub struct FigureVersionView {
    /// The filing.
    pub filing_id: Uuid,
    /// When it was registered.
    pub filed_at: Option<NaiveDate>,
    /// Since when the public could know it.
    pub known_on: NaiveDate,
    /// What `known_on` is: registered, archive, document, deadline or imported; null where that was not noted.
    pub known_by: Option<String>,
    /// annual_report, esef_report, register_accounts, table or demo.
    pub kind: String,
    /// Name of the package.
    pub file_name: Option<String>,
    /// Where it can be fetched.
    pub download_url: Option<String>,
    /// Where the figures come from when there is no package.
    pub provenance: Option<String>,
    /// ok, partial or suspect.
    pub quality: String,
    /// The amount that is shown.
    pub value: Option<i64>,
    /// Whether this is the version that is shown.
    pub is_current: bool,
    /// Concept of the taxonomy; null when the line was put together or the source has no tags.
    pub concept: Option<String>,
    /// Id of the context in the document.
    pub context: Option<String>,
    /// The days of that context.
    pub context_period: Option<ContextDays>,
    /// Unit of the tag.
    pub unit: Option<String>,
    /// The text between the tags.
    pub as_filed: Option<String>,
    /// Power of ten applied to the text.
    pub scale: Option<i8>,
    /// Stated precision; null = exact.
    pub decimals: Option<i8>,
    /// `-` when the sign attribute negates the text.
    pub sign: Option<String>,
    /// The tagged number: text × 10^scale, with the document's sign.
    pub filed_value: Option<f64>,
    /// Position of the document in the package, from 1.
    pub document: Option<u16>,
    /// Archive entry of the document.
    pub entry: Option<String>,
    /// What else the filing says of the line: tags of the same period that were not used, then those that belong to no
    /// statement.
    pub others: Vec<OtherTagView>,
}

/// A tag of the line that the figure did not come from.
#[derive(Debug, Serialize, ToSchema)]
pub struct OtherTagView {
    /// less_precise, contradicts, other_concept; or why the figure stands in no statement, as the filing's `unused` has it.
    pub reason: String,
    /// What the reason is about; may be empty.
    pub detail: String,
    /// Concept of the taxonomy.
    pub concept: String,
    /// Id of the context in the document.
    pub context: String,
    /// The days of that context.
    pub context_period: Option<ContextDays>,
    /// The text between the tags; empty where it was not read.
    pub as_filed: String,
    /// The tagged number: text × 10^scale, with the document's sign; null where it was not read.
    pub filed_value: Option<f64>,
    /// Stated precision; null = exact.
    pub decimals: Option<i8>,
    /// Unit of the tag.
    pub unit: Option<String>,
}

/// The days of a context: `end` alone for an instant.
#[derive(Debug, Serialize, ToSchema)]
pub struct ContextDays {
    /// First day; null for an instant.
    pub start: Option<NaiveDate>,
    /// Last day.
    pub end: NaiveDate,
}

impl From<ContextPeriod> for ContextDays {
    fn from(period: ContextPeriod) -> Self {
        match period {
            ContextPeriod::Duration { start, end } => Self { start: Some(start), end },
            ContextPeriod::Instant { instant } => Self { start: None, end: instant },
        }
    }
}
