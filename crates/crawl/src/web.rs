//! The real network: checked addresses, capped answers, one request at a time per host.

use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;

use bytes::{Bytes, BytesMut};
use chrono::{DateTime, Utc};
use futures::StreamExt;
use futures::future::BoxFuture;
use reqwest::header::{self, HeaderMap, HeaderName};
use url::{Host, Url};

use crate::address;
use crate::fetch::{Fetch, FetchError, Request, Response, Wanted};
use crate::politeness::{Politeness, SharedTurns};
use crate::resolve::{CheckedResolver, Resolver, SystemResolver};

/// How a server knows us and finds out more.
pub const USER_AGENT: &str = concat!("LodeBot/", env!("CARGO_PKG_VERSION"), " (+company research; obeys robots.txt)");
/// The name that `robots.txt` files address.
pub const ROBOT_NAME: &str = "lodebot";

const CONNECT_TIMEOUT: Duration = Duration::from_secs(10);
/// A server that asks for more patience than this is left alone for this long, and the visit ends.
const LONGEST_PAUSE: Duration = Duration::from_secs(3600);

/// Who may be contacted: public addresses on ports 80 and 443.
#[derive(Clone, Debug, Default)]
pub struct Guard {
    fixture: Option<SocketAddr>,
}

impl Guard {
    /// The one rule with the one exception that a test's own server needs: that exact address and port. There is no setting
    /// for it, and a test of the project keeps this call out of everything but tests.
    #[must_use]
    pub fn reaching_test_server(address: SocketAddr) -> Self {
        Self { fixture: Some(address) }
    }

    /// Judges everything about an address that can be judged before names are looked up.
    ///
    /// # Errors
    /// The refusal.
    pub fn check_url(&self, url: &Url) -> Result<(), FetchError> {
        if !matches!(url.scheme(), "http" | "https") {
            return Err(FetchError::Scheme { scheme: url.scheme().to_owned() });
        }
        if !url.username().is_empty() || url.password().is_some() {
            return Err(FetchError::Credentials);
        }
        let port = url.port_or_known_default().unwrap_or_default();
        if !matches!(port, 80 | 443) && self.fixture.is_none_or(|fixture| fixture.port() != port) {
            return Err(FetchError::Port { port });
        }
        let literal = match url.host() {
            None => return Err(FetchError::NoHost),
            Some(Host::Domain(_)) => return Ok(()),
            Some(Host::Ipv4(address)) => IpAddr::V4(address),
            Some(Host::Ipv6(address)) => IpAddr::V6(address),
        };
        // The test's exception is for one address and port together.
        let is_fixture = self.fixture.is_some_and(|fixture| fixture.port() == port);
        if is_fixture {
            self.check_address(&literal.to_string(), literal)
        } else {
            Self::default().check_address(&literal.to_string(), literal)
        }
    }

    /// Judges one address that a host leads to.
    ///
    /// # Errors
    /// [`FetchError::Address`].
    pub fn check_address(&self, host: &str, address: IpAddr) -> Result<(), FetchError> {
        match address::refusal(address) {
            Some(_) if self.fixture.is_some_and(|fixture| fixture.ip() == address) => Ok(()),
            Some(why) => Err(FetchError::Address { host: host.to_owned(), address, why }),
            None => Ok(()),
        }
    }
}

/// The network of one process; clones share connections and manners.
#[derive(Clone)]
pub struct Web {
    client: reqwest::Client,
    guard: Guard,
    politeness: Arc<Politeness>,
    clock: fn() -> DateTime<Utc>,
}

impl Web {
    /// The public internet, names looked up by the machine.
    ///
    /// # Errors
    /// When the TLS roots of the machine cannot be read.
    pub fn new() -> Result<Self, FetchError> {
        Self::with(Guard::default(), Arc::new(SystemResolver))
    }

    /// As [`Web::new`], with another resolver or a test's exception.
    ///
    /// # Errors
    /// When the TLS roots of the machine cannot be read.
    pub fn with(guard: Guard, resolver: Arc<dyn Resolver>) -> Result<Self, FetchError> {
        // A second installation does nothing: whoever was first chose the same provider.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let client = reqwest::Client::builder()
            .user_agent(USER_AGENT)
            .redirect(reqwest::redirect::Policy::none())
            .no_proxy()
            .gzip(true)
            .referer(false)
            .http1_only()
            .http1_max_headers(100)
            .connect_timeout(CONNECT_TIMEOUT)
            .pool_idle_timeout(Duration::from_secs(20))
            .pool_max_idle_per_host(1)
            .dns_resolver(CheckedResolver { resolver, guard: guard.clone() })
            .build()
            .map_err(|error| FetchError::Connection { host: "this machine".to_owned(), reason: error.to_string() })?;
        Ok(Self { client, guard, politeness: Arc::default(), clock: Utc::now })
    }

    /// As this one, but taking turns with the other processes that share them.
    #[must_use]
    pub fn sharing(self, turns: Arc<dyn SharedTurns>) -> Self {
        Self { politeness: Arc::new(Politeness::shared(turns)), ..self }
    }

    async fn ask(&self, request: &Request) -> Result<Response, FetchError> {
        let accept = match request.wanted {
            Wanted::Page => "text/html,application/xhtml+xml",
            Wanted::Text => "text/plain,application/xml,text/xml,*/*;q=0.1",
        };
        let mut asked = self.client.get(request.url.clone()).header(header::ACCEPT, accept);
        // Swedish first: the companies are Swedish, and their own words are the best evidence.
        asked = asked.header(header::ACCEPT_LANGUAGE, "sv,en;q=0.8");
        for (name, value) in
            [(header::IF_NONE_MATCH, &request.etag), (header::IF_MODIFIED_SINCE, &request.last_modified)]
        {
            if let Some(value) = value {
                asked = asked.header(name, value);
            }
        }
        let answer = asked.send().await.map_err(|error| explain(&request.url, &error, request))?;
        let status = answer.status();
        let headers = answer.headers().clone();
        let now = (self.clock)();
        let mut response = Response {
            url: request.url.clone(),
            status: status.as_u16(),
            content_type: text(&headers, &header::CONTENT_TYPE),
            location: text(&headers, &header::LOCATION),
            etag: text(&headers, &header::ETAG),
            last_modified: text(&headers, &header::LAST_MODIFIED),
            retry_after: text(&headers, &header::RETRY_AFTER).and_then(|value| retry_after(&value, now)),
            robots_tag: text(&headers, &HeaderName::from_static("x-robots-tag")),
            body: Bytes::new(),
            fetched_at: now,
        };
        if !status.is_success() {
            return Ok(response);
        }
        check_content_type(request.wanted, response.content_type.as_deref())?;
        if answer.content_length().is_some_and(|length| length > request.max_bytes as u64) {
            return Err(FetchError::TooLarge { limit: request.max_bytes });
        }
        let mut body = BytesMut::new();
        let mut stream = answer.bytes_stream();
        // The stream is decompressed piece by piece, so a bomb is noticed at the cap and never unpacked.
        while let Some(piece) = stream.next().await {
            let piece = piece.map_err(|error| explain(&request.url, &error, request))?;
            if body.len() + piece.len() > request.max_bytes {
                return Err(FetchError::TooLarge { limit: request.max_bytes });
            }
            body.extend_from_slice(&piece);
        }
        response.body = body.freeze();
        response.fetched_at = (self.clock)();
        Ok(response)
    }
}

impl Fetch for Web {
    fn fetch<'a>(&'a self, request: &'a Request) -> BoxFuture<'a, Result<Response, FetchError>> {
        Box::pin(async move {
            self.guard.check_url(&request.url)?;
            let host = request.url.host_str().ok_or(FetchError::NoHost)?;
            // The request, and a little for what comes before and after it.
            let at_most = request.timeout + Duration::from_secs(5);
            let turn = self.politeness.turn(host, at_most).await;
            let mut turn = turn.map_err(|reason| FetchError::NoTurn { host: host.to_owned(), reason })?;
            let asked = tokio::time::timeout(request.timeout, self.ask(request)).await;
            let answer = asked.unwrap_or(Err(FetchError::TimedOut { after: request.timeout }));
            let asked_pause = answer.as_ref().ok().and_then(|answer| answer.retry_after).unwrap_or_default();
            turn.pause(request.delay.max(asked_pause.min(LONGEST_PAUSE)));
            answer
        })
    }
}

fn check_content_type(wanted: Wanted, sent: Option<&str>) -> Result<(), FetchError> {
    let media = sent.and_then(|sent| sent.split(';').next()).unwrap_or_default().trim().to_ascii_lowercase();
    let is_fine = match wanted {
        // Without a media type it may well be a page; the parser copes with what it is not.
        Wanted::Page => matches!(media.as_str(), "" | "text/html" | "application/xhtml+xml"),
        Wanted::Text => {
            media.is_empty()
                || media.starts_with("text/")
                || media.ends_with("xml")
                || media == "application/octet-stream"
        }
    };
    if is_fine { Ok(()) } else { Err(FetchError::ContentType { found: media }) }
}

fn text(headers: &HeaderMap, name: &HeaderName) -> Option<String> {
    headers.get(name)?.to_str().ok().map(str::to_owned)
}

/// Seconds or an HTTP date (RFC 9110, 10.2.3).
fn retry_after(value: &str, now: DateTime<Utc>) -> Option<Duration> {
    if let Ok(seconds) = value.trim().parse::<u64>() {
        return Some(Duration::from_secs(seconds));
    }
    let date = DateTime::parse_from_rfc2822(value.trim()).ok()?;
    Some((date.with_timezone(&Utc) - now).to_std().unwrap_or_default())
}

/// The refusal or failure that the client's error hides among its causes.
fn explain(url: &Url, error: &reqwest::Error, request: &Request) -> FetchError {
    let mut cause: Option<&(dyn std::error::Error + 'static)> = Some(error);
    let mut last = String::new();
    while let Some(current) = cause {
        if let Some(ours) = current.downcast_ref::<FetchError>() {
            return ours.clone();
        }
        last = current.to_string();
        cause = current.source();
    }
    if error.is_timeout() {
        return FetchError::TimedOut { after: request.timeout.min(CONNECT_TIMEOUT) };
    }
    if error.is_decode() || error.is_body() && !error.is_connect() {
        return FetchError::Unreadable { reason: last };
    }
    FetchError::Connection { host: url.host_str().unwrap_or_default().to_owned(), reason: last }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_in_disguise_are_seen_through() {
        let guard = Guard::default();
        for text in [
            "http://127.0.0.1/",
            "http://2130706433/",
            "http://0x7f.1/",
            "http://017700000001/",
            "http://127.1/",
            "http://[::1]/",
            "http://[::ffff:169.254.169.254]/",
            "http://169.254.169.254/latest/meta-data/",
            "http://[64:ff9b::a9fe:a9fe]/",
            "http://[2002:7f00:1::]/",
            "http://0/",
            "http://10.0.0.5/",
            "http://[fd00:ec2::254]/",
            "http://example.com:8080/",
            "http://example.com:22/",
            "ftp://example.com/",
            "file:///etc/passwd",
            "http://user:secret@example.com/",
            "gopher://example.com/",
            "data:text/html,x",
        ] {
            let url = Url::parse(text).unwrap();
            assert!(guard.check_url(&url).unwrap_err().is_refusal(), "{text} must be refused");
        }
        assert_eq!(guard.check_url(&Url::parse("https://example.com/om-oss").unwrap()), Ok(()));
    }

    #[test]
    fn patience_is_asked_for_in_seconds_or_by_date() {
        let now = DateTime::parse_from_rfc3339("2026-01-02T03:04:05Z").unwrap().with_timezone(&Utc);
        assert_eq!(retry_after("120", now), Some(Duration::from_secs(120)));
        assert_eq!(retry_after("Fri, 02 Jan 2026 03:05:05 GMT", now), Some(Duration::from_secs(60)));
        assert_eq!(retry_after("Thu, 01 Jan 2026 03:05:05 GMT", now), Some(Duration::ZERO));
        assert_eq!(retry_after("soon", now), None);
    }
}
