//! The audit log: read, filter, export, verify.

use axum::Json;
use axum::body::{Body, Bytes};
use axum::extract::State;
use axum::response::Response;
use chrono::{DateTime, Utc};
use futures::stream;
use http::{HeaderValue, header};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use uuid::Uuid;

use crate::body::values::Whole;
use crate::input::{QueryParams, moment, orgnr};
use crate::principal::Principal;
use crate::problem::Result;
use crate::state::AppState;
use services::audit_log::{self, Entry, Filter};
use services::exports::guarded;

/// Rows that an export reads at once.
const PIECE: i64 = 1000;

/// Every route of this file.
pub fn router() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(list_events))
        .routes(routes!(list_actions))
        .routes(routes!(export_events))
        .routes(routes!(verify_chain))
}

/// Which events; every part that is given must hold.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct AuditQuery {
    /// Id of the person.
    actor: Option<Uuid>,
    /// An action (`list.create`) or all of a noun (`list`).
    action: Option<String>,
    /// What it was done to, as `list:<id>`.
    subject: Option<String>,
    /// Organisation number.
    orgnr: Option<String>,
    /// Not before this instant (RFC 3339).
    from: Option<DateTime<Utc>>,
    /// Before this instant.
    until: Option<DateTime<Utc>>,
    /// Events older than the one with this id: `next` of the page before.
    before: Option<i64>,
    /// How many at most, 1 to 500; 50 when not given.
    #[param(inline)]
    limit: Option<Whole<1, 500>>,
}

impl AuditQuery {
    fn filter(self) -> Result<(Filter, Option<i64>, i64)> {
        let limit = self.limit.map_or(50, |limit| limit.0);
        let company = self.orgnr.as_deref().map(|text| orgnr(text, "orgnr")).transpose()?;
        let filter = Filter {
            actor: self.actor,
            action: self.action.filter(|action| !action.is_empty()),
            subject: self.subject.filter(|subject| !subject.is_empty()),
            orgnr: company.map(|orgnr| orgnr.number().cast_signed()),
            from: moment(self.from, "from")?,
            until: moment(self.until, "until")?,
        };
        Ok((filter, self.before, limit))
    }
}

/// Something that somebody did.
#[derive(Debug, Serialize, ToSchema)]
struct AuditEvent {
    id: i64,
    at: DateTime<Utc>,
    /// Id of the person; null for the program itself and for unknown callers.
    actor: Option<Uuid>,
    actor_email: Option<String>,
    /// Noun and verb, e.g. `list.create`.
    action: String,
    /// `kind:id` of what it was done to.
    subject: Option<String>,
    orgnr: Option<String>,
    #[schema(value_type = Object)]
    detail: Value,
    /// Network address of the caller.
    address: Option<String>,
    request_id: Option<String>,
    /// Place in the chain of hashes; null for some seconds, until the event is sealed.
    position: Option<i64>,
    /// SHA-256 in hex.
    hash: Option<String>,
}

impl From<Entry> for AuditEvent {
    fn from(entry: Entry) -> Self {
        Self {
            id: entry.id,
            at: entry.at,
            actor: entry.actor,
            actor_email: entry.actor_email,
            action: entry.action,
            subject: entry.subject,
            orgnr: entry.orgnr.map(|number| number.to_string()),
            detail: entry.detail,
            address: entry.address,
            request_id: entry.request_id,
            position: entry.position,
            hash: entry.hash.map(hex::encode),
        }
    }
}

/// Events, newest first.
#[derive(Debug, Serialize, ToSchema)]
struct AuditPage {
    items: Vec<AuditEvent>,
    /// `before` of the next page; null on the last one.
    next: Option<i64>,
}

/// The audit log, newest first.
#[utoipa::path(get, path = "/api/admin/audit", tag = "admin", params(AuditQuery), responses((status = 200, body = AuditPage)))]
async fn list_events(
    State(state): State<AppState>,
    QueryParams(query): QueryParams<AuditQuery>,
) -> Result<Json<AuditPage>> {
    let (filter, before, limit) = query.filter()?;
    let mut entries = audit_log::page(&state.db, &filter, before, limit + 1).await?;
    let has_more = entries.len() as i64 > limit;
    entries.truncate(usize::try_from(limit).unwrap_or_default());
    let next = entries.last().filter(|_| has_more).map(|entry| entry.id);
    Ok(Json(AuditPage { items: entries.into_iter().map(AuditEvent::from).collect(), next }))
}

/// The actions that occur in the log.
#[derive(Debug, Serialize, ToSchema)]
struct AuditActions {
    items: Vec<String>,
}

/// The actions that occur in the log, for choosing one.
#[utoipa::path(get, path = "/api/admin/audit/actions", tag = "admin", responses((status = 200, body = AuditActions)))]
async fn list_actions(State(state): State<AppState>) -> Result<Json<AuditActions>> {
    Ok(Json(AuditActions { items: audit_log::actions(&state.db).await? }))
}

/// The filtered log as CSV, newest first, with the hashes of the chain.
#[utoipa::path(get, path = "/api/admin/audit/export", tag = "admin", params(AuditQuery),
    responses((status = 200, description = "Comma-separated values, UTF-8", body = String, content_type = "text/csv")))]
async fn export_events(
    person: Principal,
    State(state): State<AppState>,
    QueryParams(query): QueryParams<AuditQuery>,
) -> Result<Response> {
    let (filter, before, _) = query.filter()?;
    audit_log::note_export(&state.db, &person, &filter).await?;
    // None: the heading has yet to be sent. Then each step reads the rows below the last one's.
    let pieces = stream::try_unfold(Some((before, true)), move |step| {
        let (state, filter) = (state.clone(), filter.clone());
        async move {
            let Some((below, is_first)) = step else { return Ok(None) };
            let read = audit_log::page(&state.db, &filter, below, PIECE).await;
            let entries = read.map_err(std::io::Error::other)?;
            let next = entries.last().filter(|_| entries.len() as i64 == PIECE).map(|last| (Some(last.id), false));
            let text = to_csv(entries, is_first).map_err(std::io::Error::other)?;
            Ok::<_, std::io::Error>(Some((Bytes::from(text), next)))
        }
    });
    let mut response = Response::new(Body::from_stream(pieces));
    for (name, value) in [
        (header::CONTENT_TYPE, "text/csv; charset=utf-8"),
        (header::CONTENT_DISPOSITION, "attachment; filename=\"lode-audit.csv\""),
        (header::CACHE_CONTROL, "no-store"),
    ] {
        response.headers_mut().insert(name, HeaderValue::from_static(value));
    }
    Ok(response)
}

fn to_csv(entries: Vec<Entry>, has_heading: bool) -> anyhow::Result<Vec<u8>> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    if has_heading {
        writer.write_record([
            "position",
            "at",
            "actor",
            "actor_email",
            "action",
            "subject",
            "orgnr",
            "detail",
            "address",
            "request_id",
            "hash",
        ])?;
    }
    for entry in entries {
        let text = |text: Option<String>| guarded(&text.unwrap_or_default()).into_owned();
        writer.write_record([
            entry.position.map(|position| position.to_string()).unwrap_or_default(),
            entry.at.to_rfc3339(),
            entry.actor.map(|actor| actor.to_string()).unwrap_or_default(),
            text(entry.actor_email),
            guarded(&entry.action).into_owned(),
            text(entry.subject),
            entry.orgnr.map(|number| number.to_string()).unwrap_or_default(),
            entry.detail.to_string(),
            text(entry.address),
            text(entry.request_id),
            entry.hash.map(hex::encode).unwrap_or_default(),
        ])?;
    }
    Ok(writer.into_inner()?)
}

/// One thing that does not fit.
#[derive(Debug, Serialize, ToSchema)]
struct AuditFault {
    position: i64,
    /// Number of the event, where there is one.
    id: Option<i64>,
    what: String,
}

/// What the check of the chain found.
#[derive(Debug, Serialize, ToSchema)]
struct AuditVerification {
    /// Whether nothing was changed, removed or put in.
    ok: bool,
    /// Events that were checked.
    checked: i64,
    /// Position of the last one.
    head_position: i64,
    /// Its hash: note it outside to notice later that the whole chain was made anew.
    head_hash: String,
    faults: Vec<AuditFault>,
}

/// Seals what is not sealed yet, then checks the whole chain.
#[utoipa::path(post, path = "/api/admin/audit/verify", tag = "admin", responses((status = 200, body = AuditVerification)))]
async fn verify_chain(State(state): State<AppState>) -> Result<Json<AuditVerification>> {
    let found = audit_log::verify(&state.db).await?;
    Ok(Json(AuditVerification {
        ok: found.faults.is_empty(),
        checked: found.checked,
        head_position: found.head.0,
        head_hash: found.head.1,
        faults: found
            .faults
            .into_iter()
            .map(|fault| AuditFault { position: fault.position, id: fault.id, what: fault.what })
            .collect(),
    }))
}
