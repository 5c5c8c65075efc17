//! Where a figure comes from: every filing's version of one line of one period, with the tagged fact behind it.

use chrono::NaiveDate;
use domain::line::Line;
use domain::statement::Fact;
use sqlx::PgConnection;
use sqlx::types::Json;
use uuid::Uuid;

/// One filing's version of a figure.
#[derive(Clone, Debug, PartialEq)]
pub struct FigureVersion {
    /// First day of the fiscal period.
    pub period_start: NaiveDate,
    /// Last day of the fiscal period.
    pub period_end: NaiveDate,
    /// Currency of the amount.
    pub currency: String,
    /// The amount in whole units, with the sign that the product keeps.
    pub value: Option<i64>,
    /// The tag it was read from; `None` when it was put together from other lines, or the source has no tags.
    pub fact: Option<Json<Fact>>,
    /// The filing.
    pub filing_id: Uuid,
    /// When it was registered.
    pub filed_at: Option<NaiveDate>,
    /// Since when the public could know it.
    pub known_on: NaiveDate,
    /// How that is known.
    pub known_by: Option<String>,
    /// Kind of source.
    pub kind: String,
    /// Name of the package.
    pub file_name: Option<String>,
    /// Archive entries, as the fact's `document` counts them.
    pub documents: Vec<String>,
    /// Whether the package can be downloaded.
    pub is_stored: bool,
    /// Where the figures come from when there is no package.
    pub provenance: Option<String>,
    /// Quality of the period in this filing.
    pub quality: String,
}

/// Every filing's version of the line in the year of that scope which ends on `period_end`, in no order.
///
/// # Errors
/// When the database does not answer.
pub async fn versions(
    conn: &mut PgConnection,
    orgnr: i64,
    line: Line,
    scope: &str,
    period_end: NaiveDate,
) -> sqlx::Result<Vec<FigureVersion>> {
    sqlx::query_as!(
        FigureVersion,
        r#"SELECT p.period_start, p.period_end, p.currency, (to_jsonb(p) ->> $2)::bigint AS value,
                  p.lines -> (p.line_concepts ->> $2) AS "fact: Json<Fact>", p.filing_id, f.filed_at,
                  f.known_on, f.known_by, f.kind, f.file_name,
                  f.documents, f.is_stored, f.provenance, p.quality
           FROM financial_periods p JOIN filings f ON f.id = p.filing_id
           WHERE p.orgnr = $1 AND p.scope = $3 AND p.period_end = $4
           ORDER BY f.id, p.period_start"#,
        orgnr,
        line.key(),
        scope,
        period_end
    )
    .fetch_all(conn)
    .await
}
