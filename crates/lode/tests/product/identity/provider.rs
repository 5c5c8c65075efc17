//! An identity provider on this machine that speaks OpenID Connect and holds its clients to it: codes work once, for the client, the address
//! and the verifier that they were made for. What it says of people, and how it signs that, is the test's to spoil.

use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, Mutex};

use axum::extract::{Form, State};
use axum::routing::{get, post};
use axum::{Json, Router};
use base64::Engine;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use http::{HeaderMap, StatusCode};
use jsonwebtoken::jwk::Jwk;
use jsonwebtoken::{Algorithm, EncodingKey, Header, encode};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use super::people::{send, with_accounts};
use crate::support::Server;

// Made for these tests; nothing else knows them.
const KEY: &[u8] = include_bytes!("first-key.der");
const STRANGE_KEY: &[u8] = include_bytes!("second-key.der");

pub const PUBLIC_URL: &str = "https://lode.example";
const CLIENT: &str = "lode-client";
const SECRET: &str = "a secret: with å & colons";

/// How tokens are signed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Signing {
    /// With the key that it shows.
    Own,
    /// With the key that it shows, without naming it.
    Nameless,
    /// With another key, under the name of its own.
    Strange,
    /// Not at all: `alg: none`.
    None,
    /// With HS256, and the public key as the secret, as text.
    PublicKeyAsSecret,
    /// With HS256, and the client's secret.
    ClientSecret,
    /// With the right key, and claims changed afterwards.
    Altered,
}

/// A code that was given out.
struct Code {
    challenge: String,
    redirect_uri: String,
    nonce: String,
    person: Value,
}

struct Inner {
    issuer: String,
    codes: HashMap<String, Code>,
    signing: Signing,
    /// Claims that stand in place of the right ones; null takes one away.
    spoilt: Value,
    /// The same of its discovery document.
    document: Value,
    /// What the user info endpoint tells.
    user_info: Value,
    is_away: bool,
    exchanged: usize,
}

#[derive(Clone)]
pub struct Provider(Arc<Mutex<Inner>>);

impl Provider {
    pub async fn start() -> Self {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let provider = Self(Arc::new(Mutex::new(Inner {
            issuer: format!("http://{}", listener.local_addr().unwrap()),
            codes: HashMap::new(),
            signing: Signing::Own,
            spoilt: json!({}),
            document: json!({}),
            user_info: json!({}),
            is_away: false,
            exchanged: 0,
        })));
        let router = Router::new()
            .route("/.well-known/openid-configuration", get(document))
            .route("/keys", get(keys))
            .route("/token", post(token))
            .route("/me", get(user_info))
            .with_state(provider.clone());
        tokio::spawn(async move { axum::serve(listener, router).await });
        provider
    }

    fn with<T>(&self, look: impl FnOnce(&mut Inner) -> T) -> T {
        look(&mut self.0.lock().unwrap())
    }

    pub fn issuer(&self) -> String {
        self.with(|inner| inner.issuer.clone())
    }

    pub fn sign_as(&self, signing: Signing) {
        self.with(|inner| inner.signing = signing);
    }

    pub fn spoil(&self, claims: Value) {
        self.with(|inner| inner.spoilt = claims);
    }

    pub fn change_document(&self, change: Value) {
        self.with(|inner| inner.document = change);
    }

    pub fn tell_user_info(&self, claims: Value) {
        self.with(|inner| inner.user_info = claims);
    }

    pub fn go_away(&self, is_away: bool) {
        self.with(|inner| inner.is_away = is_away);
    }

    /// How often a code was exchanged, or tried.
    pub fn exchanged(&self) -> usize {
        self.with(|inner| inner.exchanged)
    }

    /// A person signs in at this address of the provider, which leads back with a code and the state.
    pub fn visit(&self, url: &str, person: Value) -> (String, String) {
        let url = url::Url::parse(url).unwrap();
        let asked: BTreeMap<String, String> = url.query_pairs().into_owned().collect();
        assert_eq!(url.path(), "/authorize");
        assert_eq!((asked["response_type"].as_str(), asked["client_id"].as_str()), ("code", CLIENT));
        assert_eq!(asked["code_challenge_method"], "S256");
        assert!(asked["scope"].split(' ').any(|scope| scope == "openid"));
        let code = uuid::Uuid::new_v4().to_string();
        let given = Code {
            challenge: asked["code_challenge"].clone(),
            redirect_uri: asked["redirect_uri"].clone(),
            nonce: asked["nonce"].clone(),
            person,
        };
        assert_eq!(url.origin().ascii_serialization(), self.issuer());
        self.with(|inner| inner.codes.insert(code.clone(), given));
        (code, asked["state"].clone())
    }
}

/// The settings of a server that lets people of these providers in, under these names.
pub async fn with_providers(providers: &[(&str, &Provider)], more: &[(&str, &str)]) -> Server {
    let names: Vec<&str> = providers.iter().map(|(name, _)| *name).collect();
    let mut settings =
        vec![("OIDC_PROVIDERS".to_owned(), names.join(",")), ("LODE_PUBLIC_URL".to_owned(), PUBLIC_URL.to_owned())];
    for (name, provider) in providers {
        let setting = |part: &str| format!("OIDC_{}_{part}", name.to_uppercase());
        settings.extend([
            (setting("ISSUER"), provider.issuer()),
            (setting("CLIENT_ID"), CLIENT.to_owned()),
            (setting("CLIENT_SECRET"), SECRET.to_owned()),
            (setting("ALLOW_PRIVATE"), "true".to_owned()),
        ]);
    }
    let settings: Vec<(&str, &str)> =
        settings.iter().map(|(name, value)| (name.as_str(), value.as_str())).chain(more.iter().copied()).collect();
    with_accounts(&settings).await
}

/// Begins a sign-in; what `begin` answers.
pub async fn begin(server: &Server, name: &str) -> Value {
    let (status, begun) = send(server, "POST", &format!("/auth/v1/providers/{name}/begin"), None, None).await;
    assert_eq!(status, 200, "{begun}");
    begun
}

/// What the page gives to `finish`.
pub fn returned(begun: &Value, (code, state): &(String, String)) -> Value {
    json!({ "secret": begun["secret"], "code": code, "state": state })
}

/// Signs in as this person of the provider.
pub async fn enter(server: &Server, name: &str, provider: &Provider, person: Value) -> (u16, Value) {
    let begun = begin(server, name).await;
    let back = provider.visit(begun["url"].as_str().unwrap(), person);
    finish(server, name, &returned(&begun, &back)).await
}

pub async fn finish(server: &Server, name: &str, body: &Value) -> (u16, Value) {
    send(server, "POST", &format!("/auth/v1/providers/{name}/finish"), None, Some(body)).await
}

fn overlaid(mut value: Value, change: &Value) -> Value {
    let object = value.as_object_mut().unwrap();
    for (name, new) in change.as_object().unwrap() {
        if new.is_null() {
            object.remove(name);
        } else {
            object.insert(name.clone(), new.clone());
        }
    }
    value
}

async fn document(State(provider): State<Provider>) -> Result<Json<Value>, StatusCode> {
    provider.with(|inner| {
        if inner.is_away {
            return Err(StatusCode::BAD_GATEWAY);
        }
        let at = |path: &str| format!("{}{path}", inner.issuer);
        let whole = json!({
            "issuer": inner.issuer, "authorization_endpoint": at("/authorize"), "token_endpoint": at("/token"),
            "jwks_uri": at("/keys"), "userinfo_endpoint": at("/me"), "end_session_endpoint": at("/leave"),
            "response_types_supported": ["code"],
        });
        Ok(Json(overlaid(whole, &inner.document)))
    })
}

async fn keys(State(_): State<Provider>) -> Json<Value> {
    Json(json!({ "keys": [public_key()] }))
}

fn public_key() -> Value {
    let mut key = Jwk::from_encoding_key(&EncodingKey::from_ec_der(KEY), Algorithm::ES256).unwrap();
    key.common.key_id = Some("one".to_owned());
    serde_json::to_value(key).unwrap()
}

async fn token(
    State(provider): State<Provider>,
    headers: HeaderMap,
    Form(form): Form<HashMap<String, String>>,
) -> (StatusCode, Json<Value>) {
    let refused = |error: &str| (StatusCode::BAD_REQUEST, Json(json!({ "error": error })));
    let proof = headers.get("authorization").and_then(|value| value.to_str().ok()?.strip_prefix("Basic "));
    let proof = proof.and_then(|text| String::from_utf8(STANDARD.decode(text).ok()?).ok()).unwrap_or_default();
    let encoded: String = url::form_urlencoded::byte_serialize(SECRET.as_bytes()).collect();
    let is_ours = proof == format!("{CLIENT}:{encoded}");
    provider.with(|inner| {
        inner.exchanged += 1;
        let field = |name: &str| form.get(name).map(String::as_str).unwrap_or_default();
        let Some(code) = inner.codes.remove(field("code")) else { return refused("invalid_grant") };
        let challenge = URL_SAFE_NO_PAD.encode(Sha256::digest(field("code_verifier")));
        if field("grant_type") != "authorization_code" || field("redirect_uri") != code.redirect_uri {
            return refused("invalid_grant");
        }
        if challenge != code.challenge {
            return refused("invalid_grant");
        }
        if !is_ours {
            return refused("invalid_client");
        }
        let now = chrono::Utc::now().timestamp();
        let right = json!({
            "iss": inner.issuer, "aud": CLIENT, "iat": now, "exp": now + 300, "nonce": code.nonce,
        });
        let claims = overlaid(overlaid(right, &code.person), &inner.spoilt);
        let id_token = signed(&claims, inner.signing);
        (StatusCode::OK, Json(json!({ "access_token": "at", "token_type": "Bearer", "id_token": id_token })))
    })
}

fn signed(claims: &Value, signing: Signing) -> String {
    let named = |algorithm| Header { kid: Some("one".to_owned()), ..Header::new(algorithm) };
    let own = EncodingKey::from_ec_der(KEY);
    let part = |value: &Value| URL_SAFE_NO_PAD.encode(value.to_string());
    let by_secret =
        |secret: &str| encode(&named(Algorithm::HS256), claims, &EncodingKey::from_secret(secret.as_bytes()));
    match signing {
        Signing::Own => encode(&named(Algorithm::ES256), claims, &own).unwrap(),
        Signing::Nameless => encode(&Header::new(Algorithm::ES256), claims, &own).unwrap(),
        Signing::Strange => encode(&named(Algorithm::ES256), claims, &EncodingKey::from_ec_der(STRANGE_KEY)).unwrap(),
        Signing::None => format!("{}.{}.", part(&json!({ "alg": "none", "typ": "JWT", "kid": "one" })), part(claims)),
        Signing::PublicKeyAsSecret => by_secret(&public_key().to_string()).unwrap(),
        Signing::ClientSecret => by_secret(SECRET).unwrap(),
        Signing::Altered => {
            let whole = encode(&named(Algorithm::ES256), claims, &own).unwrap();
            let [head, _, signature]: [&str; 3] = whole.split('.').collect::<Vec<_>>().try_into().unwrap();
            format!("{head}.{}.{signature}", part(&overlaid(claims.clone(), &json!({ "sub": "somebody else" }))))
        }
    }
}

async fn user_info(State(provider): State<Provider>, headers: HeaderMap) -> Result<Json<Value>, StatusCode> {
    let is_known = headers.get("authorization").is_some_and(|value| value == "Bearer at");
    if is_known { Ok(Json(provider.with(|inner| inner.user_info.clone()))) } else { Err(StatusCode::UNAUTHORIZED) }
}
