//! Lists that follow the data.

use serde_json::json;

use super::{add_screened, make_list, screen, send};
use crate::support::start;
use crate::universe::data;

#[tokio::test]
async fn a_dynamic_list_holds_what_its_filter_finds_now() {
    let server = start(&[]).await;
    let orgnrs = add_screened(&server, 6).await;
    let body = json!({ "name": "Stora", "kind": "dynamic", "scope": "team", "text": "revenue >= 4m" });
    let (status, made) = send(&server, "POST", "/api/lists/from_query", None, Some(body)).await;
    assert_eq!((status, &made["kind"], &made["item_count"]), (201, &json!("dynamic"), &json!(2)), "{made}");
    assert_eq!(made["filter_text"], "revenue >= 4m");
    let list = format!("/api/lists/{}", made["id"].as_str().unwrap());
    let chosen = make_list(&server, None, json!({ "name": "Valda", "orgnrs": [orgnrs[1], orgnrs[5]] })).await;

    assert_eq!(screen(&server, None, "in list \"stora\" and not in list \"Valda\"").await.0, [orgnrs[4].clone()]);
    let (_, members) = send(&server, "GET", &format!("{list}/items"), None, None).await;
    assert_eq!(members["orgnrs"], json!([orgnrs[4], orgnrs[5]]));
    let (_, held) = send(&server, "GET", &format!("/api/companies/{}/lists", orgnrs[5]), None, None).await;
    let kinds: Vec<_> = held["items"].as_array().unwrap().iter().map(|list| list["kind"].clone()).collect();
    assert_eq!(kinds, ["dynamic", "static"]);
    let (status, told) =
        send(&server, "POST", &format!("{list}/items"), None, Some(json!({ "orgnrs": [orgnrs[0]] }))).await;
    assert_eq!(status, 409, "{told}");

    // The data moves, the list follows, its count too.
    let mut company = data::plain(1);
    data::set(&mut company, "revenue", domain::facts::FactValue::Integer(9_000_000));
    data::fill(server.db.pool(), &company).await;
    let mut count = json!(2);
    for _ in 0..100 {
        count = send(&server, "GET", "/api/lists?scope=team", None, None).await.1["items"][0]["item_count"].clone();
        if count == 3 {
            break;
        }
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    }
    assert_eq!(count, 3);

    // One list of another; a list of itself is refused when it is asked.
    let body =
        json!({ "name": "Utan valda", "kind": "dynamic", "text": "in list \"Stora\" and not in list \"Valda\"" });
    let (_, nested) = send(&server, "POST", "/api/lists/from_query", None, Some(body)).await;
    assert_eq!(nested["item_count"], 2, "{nested}");
    let own = json!({ "filter": { "field": "list", "op": "in_list", "value": "Utan valda" } });
    let path = format!("/api/lists/{}", nested["id"].as_str().unwrap());
    let (status, circular) = send(&server, "PUT", &path, None, Some(own)).await;
    assert_eq!((status, &circular["item_count"]), (200, &json!(null)), "{circular}");
    let question = json!({ "text": "in list \"Utan valda\"" });
    let (status, told) = send(&server, "POST", "/api/universe/query", None, Some(question)).await;
    assert_eq!(status, 422);
    assert!(told["detail"].as_str().unwrap().contains("names the list itself"), "{told}");

    // Frozen, it keeps what it held.
    let (status, frozen) = send(&server, "PUT", &list, None, Some(json!({ "kind": "static" }))).await;
    assert_eq!((status, &frozen["kind"], &frozen["item_count"]), (200, &json!("static"), &json!(3)), "{frozen}");
    let (status, _) = send(&server, "PUT", &chosen, None, Some(json!({ "kind": "dynamic" }))).await;
    assert_eq!(status, 422);
}
