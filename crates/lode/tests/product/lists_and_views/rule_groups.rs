//! Views that other programs keep in the form of a query builder.

use serde_json::json;

use super::send;
use crate::support::start;

#[tokio::test]
async fn a_view_of_include_and_exclude_groups_is_kept_as_the_tree_it_means() {
    let server = start(&[]).await;
    let groups = json!({
        "include": {"id": "root", "type": "and", "rules": [
            {"id": "1", "field": "revenue_latest", "operator": ">=", "value": 50_000_000},
            {"id": "2", "type": "or", "rules": [{"field": "employees_latest", "operator": "<", "value": 250}]},
        ]},
        "exclude": {"id": "none", "type": "or", "rules": [{"field": "is_demo", "operator": "=", "value": true}]},
    });
    let body = json!({ "name": "Groups", "scope": "team", "filtersJson": groups, "columnsJson": [], "sortJson": {} });
    let (status, view) = send(&server, "POST", "/api/views", None, Some(body)).await;
    assert_eq!(status, 201, "{view}");
    let body = json!({ "text": "revenue >= 50m and employees < 250 and not is_demo = true" });
    let (_, parsed) = send(&server, "POST", "/api/universe/parse", None, Some(body)).await;
    assert_eq!(view["filter"], parsed["filter"], "{parsed}");
    // What is kept can be asked.
    let query = json!({ "filter": view["filter"], "limit": 1 });
    let (status, answer) = send(&server, "POST", "/api/universe/query", None, Some(query)).await;
    assert_eq!(status, 200, "{answer}");
}

#[tokio::test]
async fn a_rule_on_an_unknown_field_returns_422_with_its_pointer() {
    let server = start(&[]).await;
    let groups = json!({ "include": {"type": "and", "rules": [{"field": "revnue", "operator": ">=", "value": 1}]} });
    let body = json!({ "name": "Wrong", "filtersJson": groups });
    let (status, problem) = send(&server, "POST", "/api/views", None, Some(body)).await;
    assert_eq!(status, 422, "{problem}");
    assert_eq!(problem["errors"][0]["pointer"], "/filtersJson/include/rules/0/field", "{problem}");
}
