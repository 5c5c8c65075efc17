//! The web app, built into the binary: its files, and its start page for every address of its own.

use axum::body::Body;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use http::{HeaderMap, HeaderValue, Method, StatusCode, Uri, header};
use rust_embed::{EmbeddedFile, RustEmbed};

use super::problem::Problem;
use super::state::AppState;
use super::web_packed;
use config::Config;

#[derive(RustEmbed)]
#[folder = "../../frontend/dist"]
#[allow_missing = true]
struct Files;

/// What the pages may load: themselves, and data from this server and the services that the settings name. No script stands
/// in a page; styles do, because the components that place menus and dialogs write them.
fn policy(config: &Config) -> String {
    let mut connect = vec!["'self'".to_owned()];
    let services = [&config.supabase_url, &config.sentry_dsn, &config.scraper.public_url]
        .into_iter()
        .flatten()
        .filter_map(|url| origin(url));
    for place in services.chain(config.connect_origins.iter().cloned()) {
        if !connect.contains(&place) {
            connect.push(place);
        }
    }
    format!(
        "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; \
         font-src 'self' data:; connect-src {}; manifest-src 'self'; worker-src 'self' blob:; object-src 'none'; \
         base-uri 'none'; form-action 'self'; frame-ancestors 'none'",
        connect.join(" ")
    )
}

/// Scheme, host and port of an address.
fn origin(url: &str) -> Option<String> {
    let url = reqwest::Url::parse(url).ok()?;
    let origin = url.origin();
    origin.is_tuple().then(|| origin.ascii_serialization())
}

/// Serves a file of the web app, or its start page where the path is one of its pages.
pub async fn serve(State(state): State<AppState>, method: Method, uri: Uri, headers: HeaderMap) -> Response {
    let path = uri.path().trim_start_matches('/');
    if ["api", "auth/v1"]
        .iter()
        .any(|root| path.strip_prefix(root).is_some_and(|rest| rest.is_empty() || rest.starts_with('/')))
    {
        return Problem::not_found(format!("there is no {}; /api/docs lists every address", uri.path()))
            .into_response();
    }
    if method != Method::GET && method != Method::HEAD {
        return Problem::new(StatusCode::METHOD_NOT_ALLOWED, "pages can only be read").into_response();
    }
    if let Some(file) = (!path.is_empty()).then(|| Files::get(path)).flatten() {
        // Vite puts a hash of the content into the names under assets/.
        let caching = if path.starts_with("assets/") { "public, max-age=31536000, immutable" } else { "no-cache" };
        return answer(path, &file, caching, &headers, &state.config);
    }
    // A file that is missing must not look like a page.
    if path.starts_with("assets/") || path.rsplit('/').next().is_some_and(|name| name.contains('.')) {
        return Problem::not_found(format!("there is no file {}", uri.path())).into_response();
    }
    match Files::get("index.html") {
        Some(page) => answer("index.html", &page, "no-cache", &headers, &state.config),
        None => Problem::not_found("this binary was built without the web app; run make web and build again")
            .into_response(),
    }
}

/// Whether the binary holds the web app.
#[must_use]
pub fn is_built_in() -> bool {
    Files::get("index.html").is_some()
}

fn answer(path: &str, file: &EmbeddedFile, caching: &'static str, request: &HeaderMap, config: &Config) -> Response {
    let tag = format!("\"{}\"", hex::encode(&file.metadata.sha256_hash()[..12]));
    // Compression makes the tag a weak one on its way out and back.
    let is_known = request
        .get(header::IF_NONE_MATCH)
        .and_then(|known| known.to_str().ok())
        .is_some_and(|known| known.split(',').any(|one| one.trim().trim_start_matches("W/") == tag));
    let media_type = file.metadata.mimetype();
    let packed =
        (!is_known && web_packed::is_worth_it(media_type, file.data.len()) && web_packed::is_accepted(request))
            .then(|| web_packed::packed(path, file.metadata.sha256_hash(), &file.data))
            .flatten();
    let is_packed = packed.is_some();
    let mut response = match packed {
        _ if is_known => StatusCode::NOT_MODIFIED.into_response(),
        Some(bytes) => Body::from(bytes).into_response(),
        None => Body::from(file.data.clone().into_owned()).into_response(),
    };
    let headers = response.headers_mut();
    headers.insert(header::VARY, HeaderValue::from_static("accept-encoding"));
    let tag = if is_packed {
        headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static("gzip"));
        format!("W/{tag}")
    } else {
        tag
    };
    // A script that works beside the page, and a picture that is opened by itself, are bound by their own answer's policy.
    headers.extend(HeaderValue::from_str(&policy(config)).map(|value| (header::CONTENT_SECURITY_POLICY, value)));
    let media_type = match media_type {
        "text/html" | "text/css" | "text/javascript" => format!("{media_type}; charset=utf-8"),
        other => other.to_owned(),
    };
    for (name, value) in
        [(header::CONTENT_TYPE, media_type.as_str()), (header::ETAG, &tag), (header::CACHE_CONTROL, caching)]
    {
        if let Ok(value) = HeaderValue::from_str(value) {
            headers.insert(name, value);
        }
    }
    response
}
