//! Asking for an export: from a body to what a job is to write.

use axum::Json;
use axum::extract::State;
use domain::access::Permission;
use domain::filter::json::to_json;
use domain::filter::{Condition, Filter};
use http::{HeaderMap, StatusCode};
use serde_json::{Value, json};

use super::dto::{ExportDto, NewExportRequest, ProspectsChoice};
use super::own::one;
use crate::body::JsonBody;
use crate::principal::Principal;
use crate::problem::{Problem, Result};
use crate::prospects::dto::ProspectsQuery;
use crate::prospects::list::question;
use crate::site;
use crate::state::AppState;
use crate::universe::dto::FileParts;
use crate::universe::export::{columns, format, language};
use crate::universe::selection;
use services::exports::order::{Choice, Companies, Settings};
use services::exports::record::describe;
use services::exports::request::{Request, start};
use services::exports::sheet::KeptSort;
use services::lists::show;
use universe::engines::open;
use universe::sets::{Asker, resolve};

/// Asks for a file; a job writes it. `GET /api/exports/{id}` tells how far it is.
#[utoipa::path(post, path = "/api/exports", tag = "exports", request_body = NewExportRequest,
    responses((status = 202, body = ExportDto), (status = 409, description = "Too many are not finished", body = Problem,
            content_type = "application/problem+json"),
        (status = 422, body = Problem, content_type = "application/problem+json")))]
pub async fn start_export(
    person: Principal,
    State(state): State<AppState>,
    headers: HeaderMap,
    JsonBody(body): JsonBody<NewExportRequest>,
) -> Result<(StatusCode, Json<ExportDto>)> {
    let what = body.what.as_deref().unwrap_or("screen");
    let own = [("list_id", "list", body.list_id.is_some()), ("prospects", "prospects", body.prospects.is_some())];
    for (key, of, is_given) in own {
        if what != of && is_given {
            return Err(Problem::input(format!("/{key}"), format!("{key} goes with what = {of}")));
        }
    }
    if let Some(key) = body.selection().chooses().filter(|_| what != "screen") {
        return Err(Problem::input(format!("/{key}"), format!("{key} goes with what = screen")));
    }
    person.ensure_user(&state.db).await?;
    let base = site::address(&state.config, &headers);
    let request = match what {
        "screen" => of_screen(&state, &person, &body, base).await?,
        "list" => of_list(&state, &person, &body, base).await?,
        "prospects" => of_prospects(&person, &body)?,
        _ => return Err(Problem::input("/what", "what is screen, list or prospects")),
    };
    let id = start(&state.db, &person, &request).await?;
    Ok((StatusCode::ACCEPTED, Json(one(&state, &person, id).await?)))
}

async fn of_screen(
    state: &AppState,
    person: &Principal,
    body: &NewExportRequest,
    base: Option<String>,
) -> Result<Request> {
    let selected = selection::read(body.selection())?;
    let asker = selected.asked_by(person);
    let rows = count(state, asker, selected.whole.clone()).await?;
    let told = describe(&state.db, person, &selected.whole).await?;
    let audited = json!({ "filter": told.audited });
    let include_excluded = selected.include_excluded;
    let title = told.title;
    companies(body.file(), Wanted { what: "screen", filter: &told.kept, include_excluded, base, title, rows, audited })
}

async fn of_list(
    state: &AppState,
    person: &Principal,
    body: &NewExportRequest,
    base: Option<String>,
) -> Result<Request> {
    let id = body.list_id.ok_or_else(|| Problem::input("/list_id", "say which list"))?;
    let list = show::list(&state.db, person, id).await?;
    let list = list.ok_or_else(|| Problem::input("/list_id", format!("there is no list {id} that you can see")))?;
    // Through the screen, which knows the members of dynamic lists too. Whoever names a list means all of it.
    let filter = Filter::Condition(Condition::InSet { set: format!("list:{id}") });
    let include_excluded = body.include_excluded.unwrap_or(true);
    let asker = Asker { user: person.user, include_excluded };
    let rows = count(state, asker, filter.clone()).await?;
    let (title, audited) = (list.name, json!({ "list_id": id }));
    companies(body.file(), Wanted { what: "list", filter: &filter, include_excluded, base, title, rows, audited })
}

/// How many companies there are; from the index where it is ready, so that asking stays quick.
async fn count(state: &AppState, asker: Asker, filter: Filter) -> Result<Option<u64>> {
    if !state.index.is_ready() {
        // The filter's lists are looked up all the same: one that is not there is told of now, not by a dead job.
        resolve(&state.index.sets, asker, filter).await?;
        return Ok(None);
    }
    let screen = open(&state.index, asker, filter).await.map_err(Problem::from)?;
    Ok(Some(screen.run("count", |screen| screen.state.select(&screen.filter, &screen.sets).count()).await?))
}

/// The companies of a file, and what is said of it.
struct Wanted<'a> {
    what: &'static str,
    /// Lists and labels by id.
    filter: &'a Filter,
    include_excluded: bool,
    /// The address under which people reach Lode.
    base: Option<String>,
    title: String,
    rows: Option<u64>,
    audited: Value,
}

fn companies(file: FileParts<'_>, wanted: Wanted<'_>) -> Result<Request> {
    let Wanted { what, filter, include_excluded, base, title, rows: rows_expected, mut audited } = wanted;
    let (format, columns) = (format(file)?, columns(file)?);
    let sort = selection::sort(file.sort)?.into_iter().map(KeptSort::from).collect();
    audited["what"] = what.into();
    audited["companies"] = rows_expected.into();
    audited["columns"] = columns.fields.len().into();
    audited["format"] = format.as_str().into();
    audited["include_excluded"] = include_excluded.into();
    let fields = columns.fields.iter().map(|field| field.field().key.to_owned()).collect();
    let choice = Companies { filter: to_json(filter), include_excluded, sort, fields, as_keys: columns.as_keys, base };
    let settings = Settings { choice: Choice::Companies(choice), language: columns.language };
    Ok(Request { what, format, settings, title, rows_expected, audited })
}

fn of_prospects(person: &Principal, body: &NewExportRequest) -> Result<Request> {
    // As for the file that is streamed.
    person.require(Permission::Export)?;
    let choice = body.prospects.clone().unwrap_or_default();
    let told = serde_json::to_value(&choice).map_err(Problem::internal)?;
    let ProspectsChoice { scope, stage, owner, due, stale, q, orgnr, removed } = choice;
    let query = ProspectsQuery { scope, stage, owner, due, stale, q, orgnr, removed, ..ProspectsQuery::default() };
    let format = format(body.file())?;
    if !format.is_for_people() {
        return Err(Problem::input("/format", "prospects are exported as csv or xlsx"));
    }
    let title = query.q.clone().unwrap_or_default();
    Ok(Request {
        what: "prospects",
        format,
        settings: Settings { choice: Choice::Prospects(question(person, &query)?), language: language(body.file())? },
        title,
        rows_expected: None,
        audited: json!({ "what": "prospects", "prospects": told, "format": format.as_str() }),
    })
}
