//! A company's statements, as the API shows them.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use domain::line::Line;
use serde::Serialize;
use services::companies::Restated;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::label::BilingualLabel;

/// A company's statements.
#[derive(Debug, Serialize, ToSchema)]
pub struct FinancialsResponse {
    /// Newest period first.
    pub financials: Vec<FinancialPeriod>,
    /// Number of periods.
    pub count: usize,
    /// The lines of a statement, in the order of a printed report.
    pub lines: Vec<LineView>,
}

/// A line of a statement.
#[derive(Debug, Serialize, ToSchema)]
pub struct LineView {
    /// Key of the amount in each period.
    pub key: String,
    /// What people read.
    pub label: BilingualLabel,
    /// income, balance or other.
    pub statement: StatementPart,
    /// −1 for costs, which are kept negative, else 1.
    pub sign: i8,
    /// Indentation: 0 for totals and results, 1 for their addends, 2 for "of which".
    pub level: u8,
}

/// The part of a report.
#[derive(Clone, Copy, Debug, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum StatementPart {
    /// Flows of the period.
    Income,
    /// Stocks at its end.
    Balance,
    /// Cash flow, headcount and facts beside the two.
    Other,
}

/// One fiscal period of one scope. Amounts are whole units of `currency`, null where not filed; costs are negative.
#[derive(Debug, Serialize, ToSchema)]
pub struct FinancialPeriod {
    /// First day.
    pub period_start: NaiveDate,
    /// Last day.
    pub period_end: NaiveDate,
    /// Length in months.
    pub months: u32,
    /// `company` or `group`.
    pub scope: &'static str,
    /// Currency of the amounts.
    pub currency: String,
    /// Rounding of the filing: 0 for whole units, 3 for thousands, 6 for millions.
    pub rounding: u8,
    /// k2, k3, ifrs, norwegian_gaap or unknown.
    pub framework: &'static str,
    /// ok, partial or suspect.
    pub quality: &'static str,
    /// Why the period is suspect: accounting identities that it breaks, `scale` (read in the wrong unit, as other years, employees or
    /// share capital show), `signs` (costs that are income).
    pub broken_identities: Vec<String>,
    /// Average number of employees.
    pub employees: Option<f64>,
    /// Operating result before depreciation; null where depreciation is not filed.
    pub ebitda: Option<i64>,
    /// Equity plus the owners' part of untaxed reserves.
    pub adjusted_equity: Option<i64>,
    /// The filing the figures come from.
    pub filing_id: Uuid,
    /// When that filing was registered.
    pub filed_at: Option<NaiveDate>,
    /// Since when the public could know that filing.
    pub known_on: NaiveDate,
    /// What `known_on` is: registered, archive, document, deadline or imported; null where that was not noted.
    pub known_by: Option<&'static str>,
    /// Day of import of that filing.
    pub imported_on: NaiveDate,
    /// The filing of each figure that comes from another one than `filing_id`, by key of its line (and `employees`).
    pub other_filings: BTreeMap<&'static str, Uuid>,
    /// How many filings give this period.
    pub versions: i64,
    /// Whether an earlier filing gave other figures for this period, beyond the rounding of both.
    pub is_restated: bool,
    /// The figures that were restated.
    pub restatements: Vec<RestatementView>,
    /// The filing whose figures replace these; null for the current truth.
    pub superseded_by: Option<Uuid>,
    /// Metrics of the period by key of the catalogue: numbers, codes or booleans, null where they cannot be formed. A
    /// suspect period has none.
    #[schema(value_type = Object)]
    pub metrics: BTreeMap<&'static str, serde_json::Value>,
    /// The core lines, by the keys of `lines`.
    #[serde(flatten)]
    #[schema(inline)]
    pub amounts: Amounts,
}

/// A figure that a newer filing gives otherwise than an older one.
#[derive(Debug, Serialize, ToSchema)]
pub struct RestatementView {
    /// Key of the line.
    pub line: &'static str,
    /// What the older filing has.
    pub old_value: i64,
    /// The older filing.
    pub old_filing_id: Uuid,
    /// What is shown.
    pub new_value: i64,
    /// The filing that is shown.
    pub new_filing_id: Uuid,
}

impl From<&Restated> for RestatementView {
    fn from(restated: &Restated) -> Self {
        Self {
            line: restated.line.key(),
            old_value: restated.old,
            old_filing_id: restated.old_filing,
            new_value: restated.new,
            new_filing_id: restated.new_filing,
        }
    }
}

/// The core lines of one period.
#[derive(Debug, Serialize)]
pub struct Amounts(pub(super) BTreeMap<&'static str, Option<i64>>);

impl utoipa::PartialSchema for Amounts {
    fn schema() -> utoipa::openapi::RefOr<utoipa::openapi::schema::Schema> {
        use utoipa::openapi::schema::{KnownFormat, ObjectBuilder, SchemaFormat, SchemaType, Type};
        let mut object = ObjectBuilder::new();
        for line in Line::ALL {
            let amount = ObjectBuilder::new()
                .schema_type(SchemaType::from_iter([Type::Integer, Type::Null]))
                .format(Some(SchemaFormat::KnownFormat(KnownFormat::Int64)))
                .description(Some(line.label().en));
            object = object.property(line.key(), amount).required(line.key());
        }
        object.into()
    }
}

impl ToSchema for Amounts {}
