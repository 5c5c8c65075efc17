//! An uploaded workbook as the text that `POST /api/lists/match` reads.

use axum::Json;
use axum::body::Bytes;
use domain::access::Permission;
use serde::Serialize;
use sources::workbook::read_table;
use utoipa::ToSchema;

use super::match_report::MOST_LINES;
use crate::principal::Principal;
use crate::problem::{Problem, Result};

/// Bytes of a text that can be matched at once, with room for what JSON adds.
const MOST_TEXT: usize = 1_500_000;

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
    let most_rows = u32::try_from(MOST_LINES).unwrap_or(u32::MAX);
    let read = tokio::task::spawn_blocking(move || read_table(&body, most_rows)).await.map_err(Problem::internal)?;
    let table = read.map_err(|error| Problem::source("", &error))?;
    if table.text.len() > MOST_TEXT {
        let message = format!(
            "the sheet “{}” holds {} kB of text, at most {} kB are read. Keep the columns with number and name alone",
            table.sheet,
            table.text.len() / 1000,
            MOST_TEXT / 1000
        );
        return Err(Problem::input("", message));
    }
    Ok(Json(WorkbookText { sheet: table.sheet, text: table.text }))
}
