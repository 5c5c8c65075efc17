//! One visit to one company's website.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::time::Duration;

use chrono::{DateTime, Utc};
use url::Url;

use crate::charset;
use crate::choose::{self, Candidate, choose, is_same_site};
use crate::contacts::{self, Contacts, PrintedOrgnr};
use crate::fetch::{Fetch, FetchError, Request, Response, Wanted};
use crate::follow::{Chain, Hop, hop};
use crate::page::{self, PageError, ReadPage};
use crate::robots::Rules;
use crate::sitemap;

/// Sitemap files read in one visit.
const MAX_SITEMAPS: usize = 3;
/// A visit ends at the first answer of this kind, or when this many pages in a row failed: the site is not well.
const FAILURES_IN_A_ROW: usize = 3;

/// What a copy that is already here was like.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Known {
    /// `ETag` it came with.
    pub etag: Option<String>,
    /// `Last-Modified` it came with.
    pub last_modified: Option<String>,
    /// Hash of its text.
    pub hash: Option<String>,
}

/// How to visit.
#[derive(Clone, Debug)]
pub struct Options {
    /// Most pages, the homepage counted.
    pub max_pages: usize,
    /// Shortest pause between requests to the host.
    pub delay: Duration,
    /// Largest page, after decompression.
    pub max_bytes: usize,
    /// Longest wait for one answer.
    pub timeout: Duration,
    /// Longest wait for the whole visit; what is read by then is kept.
    pub patience: Duration,
    /// CSS selector of the text, for a site whose shape is known; one that matches nothing is an error of that page.
    pub selector: Option<String>,
    /// Pages that are already here, by address: they are asked for conditionally. The homepage only where as many pages are known as
    /// may be read: one that comes without its body names no further ones.
    pub known: HashMap<String, Known>,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            max_pages: 6,
            delay: Duration::from_secs(1),
            max_bytes: 2 << 20,
            timeout: Duration::from_secs(20),
            patience: Duration::from_secs(180),
            selector: None,
            known: HashMap::new(),
        }
    }
}

/// A page that was read.
#[derive(Clone, Debug)]
pub struct Page {
    /// Address that answered, after redirects.
    pub url: String,
    /// Title.
    pub title: Option<String>,
    /// ISO 639-1 code.
    pub language: Option<&'static str>,
    /// The text that matters.
    pub text: String,
    /// All text, header and footer too; quotes of contact facts stand in it.
    pub all_text: String,
    /// SHA-256 of `text`, in hexadecimal.
    pub hash: String,
    /// What its code tells of how it is made: see [`ReadPage::markers`].
    pub markers: Vec<String>,
    /// When the answer was complete.
    pub fetched_at: DateTime<Utc>,
    /// HTTP status.
    pub status: u16,
    /// `ETag`, for the next visit.
    pub etag: Option<String>,
    /// `Last-Modified`, for the next visit.
    pub last_modified: Option<String>,
    /// Whether the text is another one than the copy that was known; true when none was.
    pub is_changed: bool,
}

/// A page that is still as it was.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unchanged {
    /// Its address.
    pub url: String,
    /// When the server said so.
    pub checked_at: DateTime<Utc>,
}

/// An address that was not visited, or not read, because a rule forbids it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refused {
    /// The address.
    pub url: String,
    /// Which rule, in one word: as [`FetchError::code`], or `no_index`.
    pub code: &'static str,
    /// The rule.
    pub reason: String,
}

/// An address that gave nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failed {
    /// The address.
    pub url: String,
    /// What kind of failure, in one word: as [`FetchError::code`] or [`PageError::code`].
    pub code: &'static str,
    /// What happened.
    pub reason: String,
    /// Whether another visit may succeed.
    pub is_passing: bool,
    /// How long the server asked to be left alone.
    pub retry_after: Option<Duration>,
}

/// What a visit brought home.
#[derive(Clone, Debug)]
pub struct Site {
    /// The homepage after redirects; `None` when it could not be reached.
    pub homepage: Option<String>,
    /// Pages that were read.
    pub pages: Vec<Page>,
    /// Pages that the server says are as they were.
    pub unchanged: Vec<Unchanged>,
    /// How to reach the company.
    pub contacts: Contacts,
    /// Organisation numbers printed on the pages.
    pub orgnrs: Vec<PrintedOrgnr>,
    /// Addresses that rules kept us from.
    pub refused: Vec<Refused>,
    /// Addresses that gave nothing.
    pub errors: Vec<Failed>,
}

impl Site {
    /// Whether the visit has something to show.
    #[must_use]
    pub fn is_success(&self) -> bool {
        !self.pages.is_empty() || !self.unchanged.is_empty()
    }
}

/// Visits the site. What goes wrong is in the result, beside what went well.
pub async fn site(fetcher: &dyn Fetch, homepage: &Url, options: &Options) -> Site {
    site_while(fetcher, homepage, options, &|_| true).await
}

/// As [`site`], but the visit ends once `goes_on`, which is asked before each page after the first, says so of what was found until
/// then. For whoever knows only from the first pages whether the others are of use.
pub async fn site_while(
    fetcher: &dyn Fetch,
    homepage: &Url,
    options: &Options,
    goes_on: &(dyn Fn(&Site) -> bool + Send + Sync),
) -> Site {
    let mut visit = Visit {
        fetcher,
        options,
        goes_on,
        is_conditional: false,
        rules: BTreeMap::new(),
        read: HashSet::new(),
        site: Site {
            homepage: None,
            pages: Vec::new(),
            unchanged: Vec::new(),
            contacts: Contacts::default(),
            orgnrs: Vec::new(),
            refused: Vec::new(),
            errors: Vec::new(),
        },
    };
    let finished = tokio::time::timeout(options.patience, visit.run(homepage)).await;
    if finished.is_err() {
        visit.fail(homepage.as_str(), &FetchError::TimedOut { after: options.patience });
    }
    visit.site
}

struct Visit<'a> {
    fetcher: &'a dyn Fetch,
    options: &'a Options,
    goes_on: &'a (dyn Fn(&Site) -> bool + Send + Sync),
    /// Whether pages that are known are asked for conditionally at the moment.
    is_conditional: bool,
    /// Rules by host, because a redirect can lead to another one.
    rules: BTreeMap<String, Rules>,
    read: HashSet<String>,
    site: Site,
}

impl Visit<'_> {
    async fn run(&mut self, homepage: &Url) {
        let known = self.options.known.keys().filter_map(|url| Url::parse(url).ok());
        self.is_conditional = known.filter(|url| is_same_site(homepage, url)).count() >= self.options.max_pages;
        let Some((homepage, links)) = self.visit_homepage(homepage).await else { return };
        self.is_conditional = true;
        if self.options.max_pages < 2 || !(self.goes_on)(&self.site) {
            return;
        }
        let mut candidates: Vec<Candidate> =
            links.into_iter().map(|link| Candidate { url: link.url, words: link.words }).collect();
        candidates.extend(self.listed(&homepage).await.into_iter().map(|url| Candidate { url, words: String::new() }));
        let known = self.options.known.keys().filter_map(|url| Url::parse(url).ok());
        candidates.extend(known.map(|url| Candidate { url, words: String::new() }));
        let mut failures = 0;
        // A page that robots.txt closes takes no place among the few: the next best one is visited instead.
        let mut places = self.options.max_pages.saturating_sub(1);
        for url in choose(&homepage, &candidates, usize::MAX).into_iter().skip(1) {
            if places == 0 || failures >= FAILURES_IN_A_ROW || !(self.goes_on)(&self.site) {
                break;
            }
            match self.visit(&url).await {
                Visited::Read(_) => (places, failures) = (places - 1, 0),
                Visited::Refused => {}
                Visited::Failed => (places, failures) = (places - 1, failures + 1),
                Visited::Asked => break,
            }
        }
    }

    async fn visit_homepage(&mut self, homepage: &Url) -> Option<(Url, Vec<page::Link>)> {
        match self.visit(homepage).await {
            Visited::Read(read) => {
                self.site.homepage = Some(read.0.to_string());
                Some(*read)
            }
            _ => None,
        }
    }

    /// Addresses from the sitemaps that `robots.txt` names, or from the usual place.
    async fn listed(&mut self, homepage: &Url) -> Vec<Url> {
        let named = self.rules.get(&host(homepage)).map(|rules| rules.sitemaps.clone()).unwrap_or_default();
        let mut open = if named.is_empty() { homepage.join("/sitemap.xml").into_iter().collect() } else { named };
        let (mut pages, mut read) = (Vec::new(), 0);
        open.reverse();
        while let Some(url) = open.pop() {
            if read == MAX_SITEMAPS {
                break;
            }
            if !is_same_site(homepage, &url) {
                continue;
            }
            read += 1;
            // A site without a sitemap is no failure.
            let Ok(response) = self.ask(&url, Wanted::Text).await else { continue };
            let found = sitemap::read(&charset::decode(&response.body, response.content_type.as_deref()));
            pages.extend(found.pages);
            open.extend(found.sitemaps.into_iter().rev());
        }
        pages
    }

    async fn visit(&mut self, url: &Url) -> Visited {
        let response = match self.ask(url, Wanted::Page).await {
            Ok(response) => response,
            Err(error) if error.is_refusal() => {
                self.refuse(url.as_str(), error.code(), error.to_string());
                return Visited::Refused;
            }
            Err(error) => {
                self.fail(url.as_str(), &error);
                let is_asked = matches!(error, FetchError::Status { status: 429 | 503, .. });
                return if is_asked { Visited::Asked } else { Visited::Failed };
            }
        };
        if !self.read.insert(choose::key(&response.url)) {
            // Another address of a page that was read already.
            return Visited::Refused;
        }
        if response.status == 304 {
            let unchanged = Unchanged { url: response.url.to_string(), checked_at: response.fetched_at };
            self.site.unchanged.push(unchanged);
            return Visited::Read(Box::new((response.url, Vec::new())));
        }
        if response.robots_tag.as_deref().is_some_and(page::closes) {
            self.refuse(response.url.as_str(), "no_index", "the page asks not to be kept (X-Robots-Tag)".to_owned());
            return Visited::Refused;
        }
        let html = charset::decode(&response.body, response.content_type.as_deref());
        let (address, selector) = (response.url.clone(), self.options.selector.clone());
        // Parsing a hostile page can take a while; others need this thread.
        let read = tokio::task::spawn_blocking(move || page::read(&html, &address, selector.as_deref())).await;
        match read {
            Ok(Ok(read)) if read.is_closed_to_robots => {
                self.refuse(response.url.as_str(), "no_index", "the page asks not to be kept (meta robots)".to_owned());
                Visited::Refused
            }
            Ok(Ok(read)) => self.keep(response, read),
            Ok(Err(error)) => {
                self.fail_page(response.url.as_str(), &error);
                Visited::Failed
            }
            Err(_) => {
                self.fail(
                    response.url.as_str(),
                    &FetchError::Unreadable { reason: "the page could not be parsed".to_owned() },
                );
                Visited::Failed
            }
        }
    }

    fn keep(&mut self, response: Response, read: ReadPage) -> Visited {
        contacts::read(&read, &response.url, &mut self.site.contacts, &mut self.site.orgnrs);
        let known = self.options.known.get(response.url.as_str()).and_then(|known| known.hash.as_deref());
        self.site.pages.push(Page {
            url: response.url.to_string(),
            title: read.title,
            language: read.language,
            is_changed: known != Some(read.hash.as_str()),
            text: read.text,
            all_text: read.all_text,
            hash: read.hash,
            markers: read.markers,
            fetched_at: response.fetched_at,
            status: response.status,
            etag: response.etag,
            last_modified: response.last_modified,
        });
        Visited::Read(Box::new((response.url, read.links)))
    }

    /// Asks for an address by the rules of its host, and of every host that redirects lead to.
    async fn ask(&mut self, url: &Url, wanted: Wanted) -> Result<Response, FetchError> {
        let mut chain = Chain::default();
        let mut url = url.clone();
        loop {
            chain.enter(&url)?;
            let rules = self.rules_of(&url).await?;
            rules.check(&url)?;
            let mut request = Request::new(url.clone(), wanted);
            request.delay = rules.delay(self.options.delay);
            request.max_bytes = self.options.max_bytes;
            request.timeout = self.options.timeout;
            if let Some(known) = self.options.known.get(url.as_str()).filter(|_| self.is_conditional) {
                request.etag.clone_from(&known.etag);
                request.last_modified.clone_from(&known.last_modified);
            }
            match hop(&url, self.fetcher.fetch(&request).await?)? {
                Hop::Arrived(response) => return Ok(response),
                Hop::On(next) => url = next,
            }
        }
    }

    async fn rules_of(&mut self, url: &Url) -> Result<Rules, FetchError> {
        let host = host(url);
        if let Some(rules) = self.rules.get(&host) {
            return Ok(rules.clone());
        }
        let rules = Rules::fetch(self.fetcher, url, self.options.delay).await?;
        self.rules.insert(host, rules.clone());
        Ok(rules)
    }

    fn refuse(&mut self, url: &str, code: &'static str, reason: String) {
        let refused = Refused { url: url.to_owned(), code, reason };
        if !self.site.refused.contains(&refused) {
            self.site.refused.push(refused);
        }
    }

    fn fail(&mut self, url: &str, error: &FetchError) {
        self.site.errors.push(Failed {
            url: url.to_owned(),
            code: error.code(),
            reason: error.to_string(),
            is_passing: error.is_passing(),
            retry_after: error.retry_after(),
        });
    }

    fn fail_page(&mut self, url: &str, error: &PageError) {
        let failed = Failed {
            url: url.to_owned(),
            code: error.code(),
            reason: error.to_string(),
            is_passing: false,
            retry_after: None,
        };
        self.site.errors.push(failed);
    }
}

/// Scheme, host and port: what `robots.txt` speaks for.
fn host(url: &Url) -> String {
    format!(
        "{}://{}:{}",
        url.scheme(),
        url.host_str().unwrap_or_default(),
        url.port_or_known_default().unwrap_or_default()
    )
}

enum Visited {
    /// Read, or known to be unchanged; with the address and its links.
    Read(Box<(Url, Vec<page::Link>)>),
    /// A rule said no.
    Refused,
    /// It gave nothing.
    Failed,
    /// The host asked to be left alone.
    Asked,
}
