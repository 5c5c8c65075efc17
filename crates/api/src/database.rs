//! `/api/db/info`: the database behind the API.

use axum::Json;
use axum::extract::State;
use serde::Serialize;
use utoipa::ToSchema;

use super::problem::{self, Problem};
use super::state::AppState;
use services::installation;

/// Answer of `/api/db/info`.
#[derive(Debug, Serialize, ToSchema)]
pub struct DatabaseView {
    /// Always `postgres`.
    pub database_source: &'static str,
    /// Version of the server.
    pub server_version: String,
    /// Name of the database.
    pub name: String,
    /// Newest migration that was applied.
    pub migration_level: Option<i64>,
    /// Size on disk.
    pub size_bytes: i64,
    /// Every table.
    pub tables: Vec<TableView>,
}

/// One table.
#[derive(Debug, Serialize, ToSchema)]
pub struct TableView {
    /// Name.
    pub name: String,
    /// Rows, as the server estimates them; null before its first count.
    pub rows: Option<i64>,
    /// Size on disk with indexes.
    pub bytes: i64,
    /// Rows that are gone but not cleaned up yet.
    pub dead_rows: i64,
}

/// Version, size, migration level and tables of the database.
#[utoipa::path(get, path = "/api/db/info", tag = "status",
    responses((status = 200, body = DatabaseView), (status = 503, body = Problem)))]
pub async fn info(State(state): State<AppState>) -> problem::Result<Json<DatabaseView>> {
    let (database, migration_level, tables) = installation::database(&state.db).await?;
    Ok(Json(DatabaseView {
        database_source: "postgres",
        server_version: database.server_version,
        name: database.name,
        migration_level,
        size_bytes: database.size_bytes,
        tables: tables
            .into_iter()
            .map(|table| TableView {
                name: table.name,
                rows: (table.rows_estimate >= 0).then_some(table.rows_estimate),
                bytes: table.bytes,
                dead_rows: table.dead_rows,
            })
            .collect(),
    }))
}
