//! One request and its answer, and everything that can go wrong between.

use std::net::IpAddr;
use std::time::Duration;

use bytes::Bytes;
use chrono::{DateTime, Utc};
use futures::future::BoxFuture;
use url::Url;

/// What the answer may be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wanted {
    /// A page: HTML or XHTML.
    Page,
    /// Plain text or XML: `robots.txt`, sitemaps.
    Text,
}

/// One GET of one address.
#[derive(Clone, Debug)]
pub struct Request {
    /// Where.
    pub url: Url,
    /// What kind of answer is of use; anything else is not read.
    pub wanted: Wanted,
    /// Pause before the next request to the same host.
    pub delay: Duration,
    /// Largest body, after decompression.
    pub max_bytes: usize,
    /// Longest time from the first byte sent to the last byte read.
    pub timeout: Duration,
    /// Entity tag of the copy that is already here.
    pub etag: Option<String>,
    /// `Last-Modified` of the copy that is already here.
    pub last_modified: Option<String>,
}

impl Request {
    /// A request with the crate's usual caps: 2 MB, 20 s, and 1 s between requests.
    #[must_use]
    pub fn new(url: Url, wanted: Wanted) -> Self {
        Self {
            url,
            wanted,
            delay: Duration::from_secs(1),
            max_bytes: 2 << 20,
            timeout: Duration::from_secs(20),
            etag: None,
            last_modified: None,
        }
    }
}

/// The answer of one hop; a redirect is an answer like any other.
#[derive(Clone, Debug)]
pub struct Response {
    /// The address that answered.
    pub url: Url,
    /// HTTP status.
    pub status: u16,
    /// `Content-Type` as sent.
    pub content_type: Option<String>,
    /// `Location` as sent.
    pub location: Option<String>,
    /// `ETag` as sent.
    pub etag: Option<String>,
    /// `Last-Modified` as sent.
    pub last_modified: Option<String>,
    /// `Retry-After`, seconds or date, as a duration from now.
    pub retry_after: Option<Duration>,
    /// `X-Robots-Tag` as sent.
    pub robots_tag: Option<String>,
    /// The body, decompressed; empty unless the status is a success.
    pub body: Bytes,
    /// When the answer was complete.
    pub fetched_at: DateTime<Utc>,
}

/// The network, real or made for a test.
pub trait Fetch: Send + Sync {
    /// Asks once and follows nothing.
    ///
    /// # Errors
    /// [`FetchError`], when no usable answer came.
    fn fetch<'a>(&'a self, request: &'a Request) -> BoxFuture<'a, Result<Response, FetchError>>;
}

/// Why there is no answer.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum FetchError {
    /// Neither http nor https.
    #[error("only http and https addresses are fetched, not {scheme}:")]
    Scheme {
        /// The scheme that was given.
        scheme: String,
    },
    /// Another port than 80 and 443.
    #[error("port {port} is not a website's port")]
    Port {
        /// The port that was given.
        port: u16,
    },
    /// An address with a user name or password.
    #[error("an address with a user name or password is not fetched")]
    Credentials,
    /// An address without a host.
    #[error("the address names no host")]
    NoHost,
    /// The host leads to an address that is not public.
    #[error("{host} leads to {address}, which is not public ({why})")]
    Address {
        /// Host as written.
        host: String,
        /// The address that was refused.
        address: IpAddr,
        /// What kind of address it is.
        why: &'static str,
    },
    /// The name has no address.
    #[error("{host} has no address: {reason}")]
    NotResolved {
        /// Host as written.
        host: String,
        /// The resolver's words.
        reason: String,
    },
    /// No connection, or it broke.
    #[error("no connection to {host}: {reason}")]
    Connection {
        /// Host as written.
        host: String,
        /// The network's words.
        reason: String,
    },
    /// Whose turn it is to ask the host cannot be found out, so it is not asked.
    #[error("{host} is not asked, for it cannot be found out whose turn it is: {reason}")]
    NoTurn {
        /// Host as written.
        host: String,
        /// What stands in the way.
        reason: String,
    },
    /// The answer took too long.
    #[error("not answered within {} s", .after.as_secs_f32())]
    TimedOut {
        /// The limit.
        after: Duration,
    },
    /// The answer is too large.
    #[error("the answer is larger than {limit} bytes (after decompression)")]
    TooLarge {
        /// The limit.
        limit: usize,
    },
    /// The answer is of a kind that is of no use.
    #[error("the answer is {found}, which is not read")]
    ContentType {
        /// The media type that was sent.
        found: String,
    },
    /// The body cannot be decompressed or breaks the protocol.
    #[error("the answer cannot be read: {reason}")]
    Unreadable {
        /// What is wrong.
        reason: String,
    },
    /// More redirects than allowed.
    #[error("more than {limit} redirects")]
    TooManyRedirects {
        /// The limit.
        limit: usize,
    },
    /// The redirects go round in a circle.
    #[error("the redirects go round in a circle at {url}")]
    RedirectLoop {
        /// Address seen twice.
        url: String,
    },
    /// A redirect whose target is missing or no address.
    #[error("a redirect to {location:?}, which is no address")]
    BadRedirect {
        /// `Location` as sent.
        location: String,
    },
    /// The site's `robots.txt` says no.
    #[error("robots.txt of {host} does not allow {path}")]
    Robots {
        /// Host as written.
        host: String,
        /// Path that is closed.
        path: String,
    },
    /// An answer that says no.
    #[error("answered with status {status}")]
    Status {
        /// HTTP status.
        status: u16,
        /// When to come back.
        retry_after: Option<Duration>,
    },
}

impl FetchError {
    /// What kind it is, in one word that stays the same: for programs, and for words in the reader's language.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::Scheme { .. } => "scheme",
            Self::Port { .. } => "port",
            Self::Credentials => "credentials",
            Self::NoHost => "no_host",
            Self::Address { .. } => "private_address",
            Self::NotResolved { .. } => "not_resolved",
            Self::Connection { .. } => "connection",
            Self::NoTurn { .. } => "no_turn",
            Self::TimedOut { .. } => "timed_out",
            Self::TooLarge { .. } => "too_large",
            Self::ContentType { .. } => "content_type",
            Self::Unreadable { .. } => "unreadable",
            Self::TooManyRedirects { .. } => "too_many_redirects",
            Self::RedirectLoop { .. } => "redirect_loop",
            Self::BadRedirect { .. } => "bad_redirect",
            Self::Robots { .. } => "robots",
            Self::Status { .. } => "status",
        }
    }

    /// Whether our own rules said no: asking again changes nothing.
    #[must_use]
    pub fn is_refusal(&self) -> bool {
        matches!(
            self,
            Self::Scheme { .. }
                | Self::Port { .. }
                | Self::Credentials
                | Self::NoHost
                | Self::Address { .. }
                | Self::Robots { .. }
        )
    }

    /// Whether another try later may succeed.
    #[must_use]
    pub fn is_passing(&self) -> bool {
        match self {
            Self::NotResolved { .. } | Self::Connection { .. } | Self::NoTurn { .. } | Self::TimedOut { .. } => true,
            Self::Status { status, .. } => *status == 429 || *status == 408 || *status >= 500,
            _ => false,
        }
    }

    /// How long the server asked to be left alone.
    #[must_use]
    pub fn retry_after(&self) -> Option<Duration> {
        match self {
            Self::Status { retry_after, .. } => *retry_after,
            _ => None,
        }
    }
}
