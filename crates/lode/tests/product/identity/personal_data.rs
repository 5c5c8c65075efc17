//! What is kept of a person: all of it is exported, and after an erasure no table tells who they were.

use std::collections::BTreeSet;

use domain::access::Role;
use serde_json::{Value, json};
use store::personal_data::PLACES;

use super::people::{PASSWORD, access, join, send, sign_in, with_accounts};
use crate::support::Server;

const NAME: &str = "Zacharias Zetterqvist";
const EMAIL: &str = "zacharias@raderas.example";

/// Every column of type `uuid` or `uuid[]` whose name says that it means a person, or that refers to one.
async fn columns_of_people(server: &Server) -> BTreeSet<String> {
    let found: Vec<String> = sqlx::query_scalar(
        "SELECT CASE n.nspname WHEN 'public' THEN '' ELSE n.nspname || '.' END || c.relname || '.' || a.attname
         FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid JOIN pg_namespace n ON n.oid = c.relnamespace
         WHERE c.relkind = 'r' AND n.nspname NOT IN ('pg_catalog', 'information_schema') AND a.attnum > 0 AND NOT a.attisdropped
           AND a.atttypid IN ('uuid'::regtype, 'uuid[]'::regtype)
           AND (a.attname ~ '(_by|^actor|actor_id|owner_id|author_id|user_id|person_id|mentions)$'
                OR EXISTS (SELECT FROM pg_constraint f WHERE f.contype = 'f' AND f.conrelid = c.oid
                           AND f.confrelid = 'users'::regclass AND a.attnum = ANY (f.conkey)))",
    )
    .fetch_all(server.db.pool())
    .await
    .unwrap();
    found.into_iter().collect()
}

/// Tables in which a row holds the text, in any column.
async fn tables_with(server: &Server, text: &str) -> Vec<String> {
    let tables: Vec<String> = sqlx::query_scalar(
        "SELECT quote_ident(schemaname) || '.' || quote_ident(tablename) FROM pg_tables
         WHERE schemaname NOT IN ('pg_catalog', 'information_schema')",
    )
    .fetch_all(server.db.pool())
    .await
    .unwrap();
    assert!(tables.len() > 50, "{tables:?}");
    let mut found = Vec::new();
    for table in tables {
        let sql = format!("SELECT count(*) FROM {table} t WHERE to_jsonb(t)::text ILIKE '%' || $1 || '%'");
        let count: i64 =
            sqlx::query_scalar(sqlx::AssertSqlSafe(sql)).bind(text).fetch_one(server.db.pool()).await.unwrap();
        if count > 0 {
            found.push(table);
        }
    }
    found
}

#[tokio::test]
async fn every_column_that_names_a_person_is_decided() {
    let server = with_accounts(&[]).await;
    let decided: BTreeSet<String> = PLACES.iter().map(|place| format!("{}.{}", place.table, place.column)).collect();
    let found = columns_of_people(&server).await;
    let missing: Vec<_> = found.difference(&decided).collect();
    assert!(missing.is_empty(), "decide in store::personal_data what is exported and erased of: {missing:?}");
    let gone: Vec<_> = decided.difference(&found).collect();
    assert!(gone.is_empty(), "these are no columns of people any more: {gone:?}");
    // What is never told stands in no export: every hidden column exists, and so does every column that is a secret's.
    for place in PLACES {
        let secrets: Vec<String> = sqlx::query_scalar(
            "SELECT a.attname::text FROM pg_attribute a WHERE a.attrelid = to_regclass($1) AND a.attnum > 0 AND NOT a.attisdropped
               AND (a.atttypid = 'bytea'::regtype OR a.attname ~ '(password|secret)' AND a.attname !~ '_at$')",
        )
        .bind(place.table)
        .fetch_all(server.db.pool())
        .await
        .unwrap();
        for secret in secrets {
            // The chain of the audit log is no secret.
            assert!(
                place.table == "audit_log" || place.hidden.contains(&secret.as_str()),
                "{}.{secret} would be exported",
                place.table
            );
        }
    }
}

/// A person with an account who has done what people do, and their session.
async fn busy_person(server: &Server, admin: &Value) -> Value {
    let company = 5_560_125_790_i64;
    sqlx::query("INSERT INTO companies (orgnr, name) VALUES ($1, 'Bolaget AB') ON CONFLICT DO NOTHING")
        .bind(company)
        .execute(server.db.pool())
        .await
        .unwrap();
    let session = join(server, EMAIL, Role::Analyst).await;
    let change = json!({ "data": { "display_name": NAME } });
    assert_eq!(send(server, "PUT", "/auth/v1/user", Some(access(&session)), Some(&change)).await.0, 200);
    let ok = async |method: &str, path: &str, body: Value| {
        let (status, answer) = send(server, method, path, Some(access(&session)), Some(&body)).await;
        assert!((200..300).contains(&status), "{method} {path}: {status} {answer}");
        answer
    };
    ok("POST", "/api/lists", json!({ "name": "Hemlig lista", "scope": "private" })).await;
    ok("POST", "/api/lists", json!({ "name": "Gemensam lista", "scope": "team" })).await;
    ok("POST", "/api/views", json!({ "name": "Hemlig vy", "scope": "private" })).await;
    ok("POST", "/api/tokens", json!({ "name": "Kalkylark", "scopes": ["read"], "expires_in_days": 30 })).await;
    let notes = format!("/api/companies/{company}/notes");
    ok("POST", &notes, json!({ "body": "Hemlig anteckning", "scope": "private" })).await;
    ok("POST", &notes, json!({ "body": "Gemensam anteckning", "scope": "team" })).await;
    // The administrator mentions them, and is noticed by them.
    let (_, me) = send(server, "GET", "/api/me", Some(access(&session)), None).await;
    let mention = json!({ "body": format!("Se här, @[{NAME}]({})", me["id"].as_str().unwrap()) });
    let (status, answer) = send(server, "POST", &notes, Some(access(admin)), Some(&mention)).await;
    assert_eq!(status, 201, "{answer}");
    sign_in(server, EMAIL, "wrong password").await;
    sign_in(server, EMAIL, PASSWORD).await;
    session
}

#[tokio::test]
async fn an_export_tells_what_is_kept_and_no_secret() {
    let server = with_accounts(&[]).await;
    let admin = join(&server, "admin@example.se", Role::Admin).await;
    let session = busy_person(&server, &admin).await;
    let (status, all) = send(&server, "GET", "/api/me/export", Some(access(&session)), None).await;
    assert_eq!((status, &all["person"]["email"], &all["person"]["display_name"]), (200, &json!(EMAIL), &json!(NAME)));
    let rows = |place: &str| all["records"][place]["rows"].as_array().cloned().unwrap_or_default();
    for (place, text) in [
        ("lists.owner_id", "Hemlig lista"),
        ("lists.owner_id", "Gemensam lista"),
        ("views.owner_id", "Hemlig vy"),
        ("notes.author_id", "Hemlig anteckning"),
        ("api_tokens.user_id", "Kalkylark"),
        ("sessions.user_id", "127.0.0.1"),
        ("audit_log.actor", "session.begin"),
    ] {
        assert!(Value::from(rows(place)).to_string().contains(text), "{place}: {text}");
    }
    let text = all.to_string();
    assert!(!text.contains("argon2") && !text.contains("password_hash") && !text.contains("cookie_hash"), "{text}");
    assert!(!text.contains("admin@example.se"), "nobody else's address");
}

#[tokio::test]
async fn after_an_erasure_no_table_tells_who_it_was_and_shared_work_stays() {
    let server = with_accounts(&[]).await;
    let admin = join(&server, "admin@example.se", Role::Admin).await;
    let session = busy_person(&server, &admin).await;
    let (_, me) = send(&server, "GET", "/api/me", Some(access(&session)), None).await;
    assert!(!tables_with(&server, "zacharias").await.is_empty());
    assert_eq!(send(&server, "POST", "/api/me/erasure", Some(access(&session)), None).await.0, 204);
    let (_, people) = send(&server, "GET", "/api/admin/users", Some(access(&admin)), None).await;
    let listed = people["items"].as_array().unwrap().iter().find(|one| one["id"] == me["id"]).unwrap().clone();
    assert!(listed["erasure_asked_at"].is_string(), "{listed}");

    let path = format!("/api/admin/users/{}/personal_data", me["id"].as_str().unwrap());
    assert_eq!(send(&server, "DELETE", &path, Some(access(&session)), None).await.0, 403, "an administrator does it");
    assert_eq!(send(&server, "DELETE", &path, Some(access(&admin)), None).await.0, 204);
    for text in ["zacharias", "zetterqvist", "raderas.example", "Hemlig"] {
        assert_eq!(tables_with(&server, text).await, Vec::<String>::new(), "{text}");
    }
    for shared in ["Gemensam lista", "Gemensam anteckning"] {
        assert!(!tables_with(&server, shared).await.is_empty(), "{shared}");
    }
    assert_eq!(send(&server, "GET", "/api/me", Some(access(&session)), None).await.0, 401, "at once");
    assert_eq!(sign_in(&server, EMAIL, PASSWORD).await.0, 400);
    let (_, audit) = send(&server, "POST", "/api/admin/audit/verify", Some(access(&admin)), None).await;
    assert_eq!(audit["ok"], true, "the log is whole: {audit}");
    let again = send(&server, "DELETE", &path, Some(access(&admin)), None).await.0;
    assert_eq!(again, 204, "nothing is left to erase");
    // The address is free for a new person.
    join(&server, EMAIL, Role::Viewer).await;
}

#[tokio::test]
async fn nobody_erases_themselves_the_last_administrator_or_a_stranger() {
    let server = with_accounts(&[]).await;
    let admin = join(&server, "admin@example.se", Role::Admin).await;
    let (_, me) = send(&server, "GET", "/api/me", Some(access(&admin)), None).await;
    let erase = async |id: &str| {
        let path = format!("/api/admin/users/{id}/personal_data");
        send(&server, "DELETE", &path, Some(access(&admin)), None).await.0
    };
    assert_eq!(erase(me["id"].as_str().unwrap()).await, 409);
    assert_eq!(erase(&store::users::LOCAL_OWNER.to_string()).await, 409);
    assert_eq!(erase(&uuid::Uuid::new_v4().to_string()).await, 404);
}
