//! Health, status, database, screening, search, lists and views with clean-up, prospects, runs, and lists of errors.

use serde_json::{Value, json};

use super::checks::{Checks, expect};

/// Checks the API, and takes back what it wrote.
pub(in super::super) async fn api(checks: &mut Checks) {
    let health = checks.get("/health").await.and_then(|body| expect(body["status"] == "ok", "status is not ok"));
    checks.note("GET /health", health);
    let ready = checks.get("/ready").await.and_then(|body| expect(body["ready"] == true, "not ready"));
    checks.note("GET /ready", ready);
    let status = checks.get("/api/status").await.and_then(|body| {
        expect(body["db_source"] == "postgres", "db_source is not postgres")?;
        expect(body["db_ok"] == true, "the database does not answer")?;
        let tables = body["tables_ok"].as_object().ok_or("no tables_ok")?;
        expect(!tables.is_empty() && tables.values().all(|ok| ok == true), "a table is missing")
    });
    checks.note("GET /api/status", status);
    for path in ["/api/status/capabilities", "/api/status/config", "/api/sources/coverage", "/api/openapi.json"] {
        let found = checks.get(path).await.map(drop);
        checks.note(&format!("GET {path}"), found);
    }
    let info = checks.get("/api/db/info").await.and_then(|body| {
        expect(body["database_source"] == "postgres", "database_source is not postgres")?;
        expect(body["migration_level"].is_i64(), "no migration level")
    });
    checks.note("GET /api/db/info", info);
    let filters = checks.get("/api/universe/filters").await.and_then(|body| {
        expect(body["fields"].as_array().is_some_and(|fields| fields.len() > 30), "fewer fields than the catalogue has")
    });
    checks.note("GET /api/universe/filters", filters);
    let query = json!({"filters": [{"field": "revenue_latest", "op": ">=", "value": 1, "type": "number"}],
                       "logic": "and", "sort": {"by": "revenue_latest", "dir": "desc"}, "limit": 5, "offset": 0});
    let screened = checks.post("/api/universe/query", &query, 200).await.and_then(|body| {
        let rows = body["rows"].as_array().ok_or("no rows")?;
        let total = body["total"].as_u64().ok_or("no total")?;
        expect(rows.len() as u64 == total.min(5), "the page and the total do not agree")
    });
    checks.note("POST /api/universe/query", screened);
    let wrong = json!({"filters": [{"field": "no_such_field", "op": "=", "value": 1}]});
    let refused = checks
        .post("/api/universe/query", &wrong, 422)
        .await
        .and_then(|body| expect(body.to_string().contains("no_such_field"), "the answer does not name the field"));
    checks.note("an unknown filter field is refused by name", refused);
    let searched = checks.get("/api/companies/search?q=ab&limit=3").await;
    checks.note("GET /api/companies/search", searched.and_then(|body| expect(body["items"].is_array(), "no items")));
    let batch = checks.post("/api/companies/batch", &json!({"orgnrs": []}), 200).await;
    checks.note("POST /api/companies/batch", batch.and_then(|body| expect(body["count"] == 0, "count is not 0")));
    let imports = checks.get("/api/imports?limit=1").await;
    checks.note("GET /api/imports", imports.and_then(|body| expect(body["items"].is_array(), "no items")));
    for (path, key) in [("/api/prospects?scope=team", "items"), ("/api/analysis/runs?limit=1", "runs")] {
        let found = checks.get(path).await.and_then(|body| expect(body[key].is_array(), &format!("no {key}")));
        checks.note(&format!("GET {path}"), found);
    }
    writes(checks).await;
}

/// A view and a list that names it, made, read back and deleted again: the round trip that other programs make.
async fn writes(checks: &mut Checks) {
    let name = format!("smoke {}", uuid::Uuid::now_v7());
    let filters = json!({"include": {"id": "root", "type": "and", "rules": [{"field": "revenue_latest", "operator": ">=", "value": 1}]}});
    let body = json!({"name": name, "scope": "private", "filtersJson": filters, "columnsJson": [], "sortJson": {}});
    let view = match checks.post("/api/views", &body, 201).await {
        Ok(view) => view,
        // A token that may only read cannot be asked to write; that is said, not passed.
        Err(reason) => return checks.note("POST /api/views", Err(reason)),
    };
    checks.note("POST /api/views", expect(view["id"].is_string(), "no id"));
    let view_id = view["id"].as_str().unwrap_or_default().to_owned();
    match checks.post("/api/lists", &json!({"name": name, "scope": "private"}), 201).await {
        Ok(list) => {
            checks.note("POST /api/lists", expect(list["id"].is_string(), "no id"));
            let path = format!("/api/lists/{}", list["id"].as_str().unwrap_or_default());
            let change = json!({"name": name, "scope": "private", "sourceViewId": view_id, "version": list["version"]});
            let kept = checks.put(&path, &change).await.and_then(|body| {
                expect(
                    body["source_view_id"].as_str() == Some(view_id.as_str()),
                    "source_view_id is not what was sent as sourceViewId",
                )
            });
            checks.note("PUT /api/lists/{id} with sourceViewId", kept);
            let listed = checks.get("/api/lists?scope=private").await.and_then(|body| {
                let items = body["items"].as_array().ok_or("no items")?;
                expect(items.iter().any(|item| item["id"] == list["id"]), "the new list is not in it")
            });
            checks.note("GET /api/lists?scope=private", listed);
            let deleted = checks.delete(&path).await;
            checks.note("DELETE /api/lists/{id}", deleted);
        }
        Err(reason) => checks.note("POST /api/lists", Err(reason)),
    }
    let deleted = checks.delete(&format!("/api/views/{view_id}")).await;
    checks.note("DELETE /api/views/{id}", deleted);
    let views = checks.get("/api/views?scope=private").await;
    let gone =
        views.and_then(|body: Value| expect(!body.to_string().contains(&view_id), "the deleted view is still there"));
    checks.note("what was written is gone", gone);
}
