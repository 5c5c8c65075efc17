//! Another person's export does not exist, and the audit log tells what was taken out.

use jsonwebtoken::{EncodingKey, Header, encode};
use serde_json::{Value, json};
use uuid::Uuid;

use super::start_worker;
use crate::support::{Server, start as start_server};
use crate::universe::data;

const SECRET: &str = "a-secret-of-at-least-thirty-two-bytes";

fn token(person: u128, role: &str) -> String {
    let claims = json!({ "sub": Uuid::from_u128(person), "aud": "authenticated", "exp": 4_102_444_800_u64,
        "email": format!("person{person}@example.se"), "app_metadata": { "role": role } });
    encode(&Header::default(), &claims, &EncodingKey::from_secret(SECRET.as_bytes())).unwrap()
}

async fn send(server: &Server, method: &str, path: &str, token: &str, body: Option<&Value>) -> (u16, Value) {
    let (status, mut value) = server.send_as(Some(token), method, path, body).await;
    if let Some(object) = value.as_object_mut() {
        object.remove("request_id");
    }
    (status, value)
}

#[tokio::test(flavor = "multi_thread")]
async fn an_export_is_its_owners_alone_and_the_audit_log_names_no_private_list() {
    let server = start_server(&[("REQUIRE_AUTH", "true"), ("SUPABASE_JWT_SECRET", SECRET)]).await;
    let companies = data::plain(4);
    data::fill(server.db.pool(), &companies).await;
    let (anna, bo, viewer) = (token(1, "analyst"), token(2, "admin"), token(3, "viewer"));
    server.until_ready().await;
    let orgnr = companies[0].orgnr.to_string();
    let list = json!({ "name": "Hemlig", "scope": "private", "orgnrs": [orgnr] });
    let (_, list) = send(&server, "POST", "/api/lists", &anna, Some(&list)).await;
    let body = json!({ "text": "in list Hemlig and revenue > 0", "columns": ["revenue"] });
    let (status, made) = send(&server, "POST", "/api/exports", &anna, Some(&body)).await;
    assert_eq!(status, 202, "{made}");
    let worker = start_worker(&server);
    let path = format!("/api/exports/{}", made["id"].as_str().unwrap());
    for _ in 0..1_200 {
        if send(&server, "GET", &path, &anna, None).await.1["status"] == "ready" {
            break;
        }
        tokio::time::sleep(std::time::Duration::from_millis(25)).await;
    }
    drop(worker);
    assert_eq!(send(&server, "GET", &format!("{path}/download"), &anna, None).await.0, 200);

    // Not even an administrator finds it, and nothing is said of it that is not said of what never was.
    let never = format!("/api/exports/{}", Uuid::from_u128(7));
    for (method, rest) in [("GET", ""), ("GET", "/download"), ("POST", "/cancel"), ("POST", "/retry"), ("DELETE", "")] {
        let (status, hidden) = send(&server, method, &format!("{path}{rest}"), &bo, None).await;
        let (other, missing) = send(&server, method, &format!("{never}{rest}"), &bo, None).await;
        let id = |path: &str| path.rsplit('/').next().unwrap().to_owned();
        assert_eq!((status, other), (404, 404), "{method} {rest}");
        assert_eq!(hidden.to_string().replace(&id(&path), "ID"), missing.to_string().replace(&id(&never), "ID"));
        assert_eq!(send(&server, method, &format!("{path}{rest}"), &viewer, None).await.0, 403);
    }
    assert_eq!(send(&server, "GET", "/api/exports", &bo, None).await.1["items"], json!([]));
    // Naming her list is as if it never was.
    for body in [body.clone(), json!({ "what": "list", "list_id": list["id"] })] {
        assert_eq!(send(&server, "POST", "/api/exports", &bo, Some(&body)).await.0, 422);
    }

    send(&server, "POST", "/api/universe/export", &anna, Some(&body)).await;
    send(&server, "POST", "/api/universe/export", &anna, Some(&json!({ "text": "revenue >= 1m" }))).await;
    for action in ["export.start", "universe.export"] {
        let (_, told) = send(&server, "GET", &format!("/api/admin/audit?action={action}"), &bo, None).await;
        let filter = told["items"].as_array().unwrap().last().unwrap()["detail"]["filter"].as_str().unwrap();
        assert!(filter.contains(list["id"].as_str().unwrap()) && filter.contains("revenue > 0"), "{told}");
        assert!(!told.to_string().contains("Hemlig"), "{told}");
    }
    let (_, told) = send(&server, "GET", "/api/admin/audit?action=universe.export", &bo, None).await;
    assert_eq!(told["items"][0]["detail"]["filter"], "revenue >= 1m");
}
