//! What a day begins with: what is due, what changed, what was filed, what runs or failed.

use axum::Json;
use axum::extract::State;
use chrono::{DateTime, NaiveDate, Utc};
use domain::access::Permission;
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use uuid::Uuid;

use super::monitors::ScreenDifferenceDto;
use super::principal::Principal;
use super::problem::Result;
use super::prospects::dto::ProspectDto;
use super::state::AppState;
use services::home;
use services::prospects::Card;

/// How far back changes and filings are told of.
const DAYS_BACK: i64 = 30;
/// How far ahead an action is due.
const DAYS_AHEAD: i64 = 7;

/// Every route of this file.
pub fn router() -> OpenApiRouter<AppState> {
    OpenApiRouter::new().routes(routes!(home))
}

/// A filing of a company that one cares about.
#[derive(Debug, Serialize, ToSchema)]
struct RecentFilingDto {
    id: Uuid,
    orgnr: String,
    name: Option<String>,
    /// Last day of the newest year in it.
    report_end: Option<NaiveDate>,
    filed_at: Option<NaiveDate>,
    imported_at: DateTime<Utc>,
    /// Stage of the company's prospect; null when it is on a list only.
    stage: Option<String>,
    revenue: Option<i64>,
    ebitda_margin: Option<f64>,
    currency: Option<String>,
}

/// What a day begins with.
#[derive(Debug, Serialize, ToSchema)]
struct HomeDto {
    /// Next actions that are due within seven days or overdue: one's own and nobody's, soonest first.
    due: Vec<ProspectDto>,
    due_count: i64,
    /// One's own prospects that nobody touched for longer than their stage allows.
    stale: Vec<ProspectDto>,
    stale_count: i64,
    /// What entered and left the screens that one watches, newest first, a few companies each.
    changes: Vec<ScreenDifferenceDto>,
    /// How many screens one watches.
    watched_count: usize,
    /// Filings of the last thirty days of companies in the pipeline or on lists, newest first.
    filings: Vec<RecentFilingDto>,
    /// Prospects that one can see, those that are being worked.
    open_prospects: i64,
}

/// What a day begins with.
#[utoipa::path(get, path = "/api/home", tag = "home", responses((status = 200, body = HomeDto)))]
async fn home(person: Principal, State(state): State<AppState>) -> Result<Json<HomeDto>> {
    person.require(Permission::ReadWork)?;
    let found = home::home(&state.db, &person, DAYS_BACK, DAYS_AHEAD, Utc::now()).await?;
    let show = |cards: Vec<Card>| cards.into_iter().map(|card| ProspectDto::new(card, &person)).collect();
    Ok(Json(HomeDto {
        due_count: found.due_count,
        due: show(found.due),
        stale_count: found.stale.first().map_or(0, |card| card.total),
        stale: show(found.stale),
        changes: found.changes.into_iter().map(|change| ScreenDifferenceDto::new(change, 5)).collect::<Result<_>>()?,
        watched_count: found.watched_count,
        filings: found
            .filings
            .into_iter()
            .map(|filing| RecentFilingDto {
                id: filing.id,
                orgnr: filing.orgnr.to_string(),
                name: filing.company_name,
                report_end: filing.report_end,
                filed_at: filing.filed_at,
                imported_at: filing.imported_at,
                stage: filing.stage,
                revenue: filing.revenue,
                ebitda_margin: filing.ebitda_margin,
                currency: filing.currency,
            })
            .collect(),
        open_prospects: found.open_prospects,
    }))
}
