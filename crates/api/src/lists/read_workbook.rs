//! An uploaded workbook as the text that `POST /api/lists/match` reads.

use axum::Json;
use axum::body::Bytes;
use domain::access::Permission;
use serde::Serialize;
use sources::budget::Budget;
use sources::workbook::read_table;
use utoipa::ToSchema;

use crate::principal::Principal;
use crate::problem::{Problem, Result};
use services::lists::match_text::MOST_LINES;
use universe::blocking;

/// The table of a workbook.
#[derive(Debug, Serialize, ToSchema)]
pub struct WorkbookText {
    /// Name of the sheet that was read: the first visible one that holds anything.
    sheet: String,
    /// A line per row of the sheet, cells parted by semicolons.
    text: String,
}

/// Reads the table of an Excel workbook (.xlsx, at most 2 MB and 20 000 rows), and writes nothing.
#[utoipa::path(post, path = "/api/lists/match/workbook", tag = "lists",
    request_body(content = Vec<u8>, content_type = "application/octet-stream"),
    responses((status = 200, body = WorkbookText), (status = 413, body = Problem), (status = 422, body = Problem)))]
pub async fn workbook_text(person: Principal, body: Bytes) -> Result<Json<WorkbookText>> {
    person.require(Permission::ReadWork)?;
    let budget = Budget::of_request(u32::try_from(MOST_LINES).unwrap_or(u32::MAX));
    let read = blocking::run(move |cancelled| read_table(&body, &budget.until(cancelled)));
    let table = read.await.map_err(Problem::internal)?.map_err(|error| Problem::source("", &error))?;
    Ok(Json(WorkbookText { sheet: table.sheet, text: table.text }))
}
