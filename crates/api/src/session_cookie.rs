//! The cookie that holds a web app's session, so that no script can read it.
//!
//! It is `HttpOnly` and `SameSite=Strict`, and over TLS `Secure` with the prefix `__Host-`, which no other host of a domain can set. Browsers
//! send a cookie to every port of a host, so its name says the port. It counts only in requests of this server's own pages
//! ([`super::site::refuse_foreign`] takes it out of others).

use http::{HeaderMap, HeaderName, HeaderValue, Method, header};

use super::site;
use config::Config;
use identity::Credential;

/// Asks that a session is held in a cookie: `x-lode-session: cookie`. No page of another origin can send it unasked.
const ASKED: HeaderName = HeaderName::from_static("x-lode-session");
const NAME: &str = "lode_session";
const SECURE_PREFIX: &str = "__Host-";

/// What the request proves itself with: a token in its header, else the cookie.
#[must_use]
pub fn credential(headers: &HeaderMap, path: &str) -> Option<Credential> {
    if let Some(token) = super::principal::bearer(headers) {
        let token = token.to_owned();
        let is_scrapers = path.starts_with("/scraper/");
        return Some(if is_scrapers { Credential::ScraperBearer(token) } else { Credential::Bearer(token) });
    }
    secret(headers).map(|secret| Credential::Cookie(secret.to_owned()))
}

/// Whether the caller wants its session held in a cookie, or has one there already: tokens of that one are never handed out.
#[must_use]
pub fn is_asked_for(headers: &HeaderMap) -> bool {
    headers.get(ASKED).is_some_and(|value| value == "cookie")
        || (super::principal::bearer(headers).is_none() && secret(headers).is_some())
}

/// The secret of the session's cookie; the one that came over TLS leads.
fn secret(headers: &HeaderMap) -> Option<&str> {
    let plain = name(headers);
    let secure = format!("{SECURE_PREFIX}{plain}");
    let find = |name: &str| {
        let pairs = headers.get_all(header::COOKIE).into_iter().filter_map(|value| value.to_str().ok());
        let mut pairs = pairs.flat_map(|value| value.split(';')).filter_map(|pair| pair.trim().split_once('='));
        pairs.find(|(given, _)| *given == name).map(|(_, value)| value)
    };
    find(&secure).or_else(|| find(&plain)).filter(|secret| !secret.is_empty())
}

/// Takes the session's cookie out of a request that no page of ours sent.
pub fn withhold_from_foreign(config: &Config, method: &Method, headers: &mut HeaderMap) {
    if headers.contains_key(header::COOKIE) && !site::is_own_page(config, method, headers) {
        headers.remove(header::COOKIE);
    }
}

/// The header that gives the browser the cookie, for so many seconds.
#[must_use]
pub fn set(config: &Config, headers: &HeaderMap, secret: &str, seconds: u64) -> Option<HeaderValue> {
    let name = name(headers);
    let text = if is_over_tls(config, headers) {
        format!("{SECURE_PREFIX}{name}={secret}; Path=/; Max-Age={seconds}; HttpOnly; SameSite=Strict; Secure")
    } else {
        format!("{name}={secret}; Path=/; Max-Age={seconds}; HttpOnly; SameSite=Strict")
    };
    HeaderValue::from_str(&text).ok()
}

/// The headers that make the browser forget it, however it was set.
#[must_use]
pub fn clear(headers: &HeaderMap) -> Vec<HeaderValue> {
    let name = name(headers);
    let texts = [
        format!("{name}=; Path=/; Max-Age=0; HttpOnly; SameSite=Strict"),
        format!("{SECURE_PREFIX}{name}=; Path=/; Max-Age=0; HttpOnly; SameSite=Strict; Secure"),
    ];
    texts.iter().filter_map(|text| HeaderValue::from_str(text).ok()).collect()
}

/// The cookie's name: with the port that the request was sent to, because cookies of a host are sent to all of them.
fn name(headers: &HeaderMap) -> String {
    let port = site::host_named(headers).and_then(|host| host.port_u16());
    port.map_or_else(|| NAME.to_owned(), |port| format!("{NAME}_{port}"))
}

/// Whether the browser speaks TLS, by what its page's address says; a proxy may have ended it before us.
fn is_over_tls(config: &Config, headers: &HeaderMap) -> bool {
    let is_secure = |url: &str| url.starts_with("https://");
    match headers.get(header::ORIGIN).and_then(|origin| origin.to_str().ok()) {
        Some(origin) => is_secure(origin),
        None => config.public_url.as_deref().is_some_and(is_secure),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(given: &[(&'static str, &str)]) -> HeaderMap {
        given.iter().map(|(name, value)| (HeaderName::from_static(name), value.parse().unwrap())).collect()
    }

    fn config() -> Config {
        Config::from_values(|name| (name == "HOME").then(|| "/home/somebody".to_owned())).unwrap()
    }

    #[test]
    fn over_tls_the_cookie_is_secure_and_bound_to_its_host() {
        let sent = |origin: &str| {
            let headers = headers(&[("host", "lode.example:8443"), ("origin", origin)]);
            set(&config(), &headers, "s3cret", 60).unwrap().to_str().unwrap().to_owned()
        };
        let secure = sent("https://lode.example:8443");
        assert_eq!(secure, "__Host-lode_session_8443=s3cret; Path=/; Max-Age=60; HttpOnly; SameSite=Strict; Secure");
        let plain = sent("http://lode.example:8443");
        assert_eq!(plain, "lode_session_8443=s3cret; Path=/; Max-Age=60; HttpOnly; SameSite=Strict");
    }

    #[test]
    fn a_token_in_the_header_leads_and_other_cookies_are_none_of_ours() {
        let given = headers(&[("host", "lode.example"), ("cookie", "a=b; lode_session=one; __Host-lode_session=two")]);
        assert_eq!(credential(&given, "/api/me"), Some(Credential::Cookie("two".to_owned())));
        let given = headers(&[("host", "lode.example:81"), ("cookie", "lode_session=one; lode_session_82=x")]);
        assert_eq!(credential(&given, "/api/me"), None);
        let given = headers(&[("authorization", "Bearer t"), ("cookie", "lode_session=one")]);
        assert_eq!(credential(&given, "/api/me"), Some(Credential::Bearer("t".to_owned())));
        assert_eq!(credential(&given, "/scraper/api/sources"), Some(Credential::ScraperBearer("t".to_owned())));
    }
}
