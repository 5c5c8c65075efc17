//! Which of a company's possible websites is its own. A candidate that proves nothing is written down and not used. A site that is
//! proved is read in the same visit, so that it is asked for each page once.

use std::collections::HashMap;
use std::time::Duration;

use chrono::{DateTime, Utc};
use crawl::choose::is_same_site;
use crawl::site::Known;
use crawl::{Fetch, Options, Site, site_while};
use domain::orgnr::Orgnr;
use domain::website::{address_proof, candidate_homepages, homepage_question, is_directory};
use outbound::search::{Search, SearchError};
use serde_json::{Value, json};
use store::companies::StoredCompany;
use store::homepages::Homepage;
use store::web_pages::WebPage;
use url::Url;

/// Pages of one company that are read.
const PAGES: usize = 6;
/// Pages of a candidate that a name led to, as long as they prove nothing: its homepage and the two likeliest to print a number.
const CANDIDATE_PAGES: usize = 3;
/// Sites that a search found which are visited.
const FOUND_SITES: usize = 4;
/// So many numbers of others on a site are a directory's; one alone may be a telephone number that looks like one.
const MANY_NUMBERS: usize = 3;
/// A search provider that wants to be left alone for longer is not waited for: the company ends as not searched, and can be tried again.
const LONGEST_WAIT: Duration = Duration::from_secs(600);

/// Whose website is looked for, and what is known of it.
pub struct Question<'a> {
    /// The company.
    pub company: &'a StoredCompany,
    /// What an earlier look found.
    pub known: Option<&'a Homepage>,
    /// Pages that are kept: they are asked for conditionally.
    pub kept: &'a [WebPage],
    /// Whether the pages of a proved site are of use beyond the proof.
    pub wants_pages: bool,
}

/// What was found out.
pub struct Found {
    /// To be kept.
    pub homepage: Homepage,
    /// The visit that proved it, and read it.
    pub site: Option<Site>,
    /// Why another attempt may find more, and how long to wait for it.
    pub passing: Option<(String, Option<Duration>)>,
    /// Why the search provider, which would have been asked, gave no answer.
    pub not_searched: Option<String>,
}

/// Where a candidate comes from.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Source {
    /// It was proved before.
    Known,
    /// A register names it.
    Register,
    /// The company's name suggests it.
    Name,
    /// A search provider knows it.
    Search,
}

impl Source {
    fn as_str(self) -> &'static str {
        match self {
            Self::Known => "known",
            Self::Register => "register",
            Self::Name => "name",
            Self::Search => "search",
        }
    }
}

/// Visits the candidates, the likeliest first, until one is proved; where none is and nothing is known to be the company's, those that the
/// search provider knows.
pub async fn find(web: &dyn Fetch, search: Option<&Search>, question: &Question<'_>, now: DateTime<Utc>) -> Found {
    let options = Options { max_pages: PAGES, known: copies(question.kept), ..Options::default() };
    let mut look =
        Look { web, question, options, now, tried: Vec::new(), answered: Vec::new(), unproved: None, passing: None };
    for (address, source) in candidates(question.company, question.known) {
        if let Some(found) = look.visit(&address, source).await {
            return found;
        }
    }
    // A website that is known and silent today is no reason to look for another.
    let words = question_of(question.company).filter(|_| look.passing.is_none());
    let mut not_searched = None;
    if let (Some(search), Some(words)) = (search, words) {
        match search.ask(&words).await {
            Ok(hits) => {
                for address in homepages_of(&hits) {
                    if let Some(found) = look.visit(&address, Source::Search).await {
                        return found;
                    }
                }
            }
            Err(error) => {
                look.passing = match &error {
                    SearchError::Resting(wait) if *wait <= LONGEST_WAIT => Some((error.to_string(), Some(*wait))),
                    SearchError::Away(_) => Some((error.to_string(), None)),
                    _ => None,
                };
                not_searched = Some(error.to_string());
            }
        }
    }
    Found { not_searched, ..look.nothing() }
}

/// A look at one company's candidates, under way.
struct Look<'a> {
    web: &'a dyn Fetch,
    question: &'a Question<'a>,
    options: Options,
    now: DateTime<Utc>,
    tried: Vec<Value>,
    /// Sites that were judged.
    answered: Vec<Url>,
    unproved: Option<String>,
    passing: Option<(String, Option<Duration>)>,
}

impl Look<'_> {
    /// Visits a candidate; what was found, when it is proved.
    async fn visit(&mut self, address: &str, source: Source) -> Option<Found> {
        let Some(url) = parse(address) else {
            self.tried.push(json!({ "url": address, "source": source.as_str(), "outcome": "not_an_address" }));
            return None;
        };
        // The name often suggests the very site that the register names, and that was judged a moment ago.
        if self.answered.iter().any(|site| is_same_site(site, &url)) {
            return None;
        }
        let question = self.question;
        let goes_on = |visited: &Site| goes_on(visited, question, source);
        let visited = site_while(self.web, &url, &self.options, &goes_on).await;
        let seen = |outcome: &str, detail: Option<&str>| json!({ "url": address, "source": source.as_str(), "outcome": outcome, "detail": detail });
        if !visited.is_success() {
            let failed = visited.errors.first();
            let refused = visited.refused.first().map(|refused| (refused.code, refused.reason.as_str()));
            let why = failed.map(|failed| (failed.code, failed.reason.as_str())).or(refused);
            self.tried.push(why.map_or_else(|| seen("no_answer", None), |(code, reason)| seen(code, Some(reason))));
            // A name that leads nowhere is the usual case; an address that is known and silent is worth another attempt.
            if matches!(source, Source::Known | Source::Register)
                && let Some(failed) = failed.filter(|failed| failed.is_passing)
            {
                self.passing = Some((format!("{address}: {}", failed.reason), failed.retry_after));
            }
            return None;
        }
        let led_to = visited.homepage.as_deref().and_then(|homepage| Url::parse(homepage).ok());
        self.answered.extend(led_to);
        self.answered.push(url);
        let url = visited.homepage.clone().unwrap_or_else(|| address.to_owned());
        match judge(&visited, question, source) {
            Proof::Proved { how, quote, page } => {
                self.tried.push(seen(&how, None));
                let homepage = Homepage {
                    status: "verified".to_owned(),
                    url: Some(url),
                    proof: Some(how),
                    proof_quote: quote,
                    proof_url: page,
                    ..self.unverified()
                };
                return Some(Found { homepage, site: Some(visited), passing: None, not_searched: None });
            }
            Proof::Anothers(other) => self.tried.push(seen("anothers_number", Some(&other.to_string()))),
            Proof::Nothing => {
                self.tried.push(seen("no_proof", None));
                // What only a search knows and nothing proves is not even shown as a possibility.
                if source != Source::Search {
                    self.unproved.get_or_insert(url);
                }
            }
        }
        None
    }

    fn unverified(&mut self) -> Homepage {
        Homepage {
            orgnr: self.question.company.record.orgnr,
            status: if self.unproved.is_some() { "unverified" } else { "none" }.to_owned(),
            url: self.unproved.take(),
            proof: None,
            proof_quote: None,
            proof_url: None,
            candidates: Value::Array(std::mem::take(&mut self.tried)),
            checked_at: self.now,
        }
    }

    fn nothing(mut self) -> Found {
        Found { homepage: self.unverified(), site: None, passing: self.passing, not_searched: None }
    }
}

/// What a search provider is asked about the company.
fn question_of(company: &StoredCompany) -> Option<String> {
    let city = company.record.address.as_ref().and_then(|address| address.city.as_deref());
    homepage_question(company.record.name.as_deref()?, city)
}

/// The sites that hits are on, each by its homepage: a page deep within a site says nothing of whose site it is. Directories of companies,
/// which print everybody's number, are left out.
fn homepages_of(hits: &[Url]) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    for hit in hits.iter().filter(|hit| !hit.host_str().is_none_or(is_directory)) {
        let Ok(homepage) = hit.join("/") else { continue };
        if !found.contains(&homepage.to_string()) {
            found.push(homepage.to_string());
        }
    }
    found.truncate(FOUND_SITES);
    found
}

/// Pages that are here, as the crawler asks for them.
fn copies(kept: &[WebPage]) -> HashMap<String, Known> {
    let copy = |page: &WebPage| Known {
        etag: page.etag.clone(),
        last_modified: page.last_modified.clone(),
        hash: Some(page.sha256.clone()),
    };
    kept.iter().map(|page| (page.url.clone(), copy(page))).collect()
}

/// Whether another page is of use: for the proof, or for what a proved site tells.
fn goes_on(visited: &Site, question: &Question<'_>, source: Source) -> bool {
    match judge(visited, question, source) {
        Proof::Proved { how, .. } if how != REGISTER => question.wants_pages,
        // A page that is still to come may print a number, the company's or another's.
        Proof::Proved { .. } => true,
        Proof::Anothers(_) | Proof::Nothing => {
            matches!(source, Source::Known | Source::Register)
                || visited.pages.len() + visited.errors.len() < CANDIDATE_PAGES
        }
    }
}

fn candidates(company: &StoredCompany, known: Option<&Homepage>) -> Vec<(String, Source)> {
    let known = known.filter(|homepage| homepage.is_verified()).and_then(|homepage| homepage.url.clone());
    let named = company.record.name.as_deref().map(candidate_homepages).unwrap_or_default();
    let mut found: Vec<(String, Source)> = Vec::new();
    let all = known
        .map(|url| (url, Source::Known))
        .into_iter()
        .chain(company.record.homepage.clone().map(|url| (url, Source::Register)))
        .chain(named.into_iter().map(|url| (url, Source::Name)));
    for (url, source) in all {
        if !found.iter().any(|(other, _)| other == &url) {
            found.push((url, source));
        }
    }
    found
}

/// An address as registers write it: "www.example.se" too.
fn parse(address: &str) -> Option<Url> {
    let address = address.trim();
    let whole = if address.contains("://") { address.to_owned() } else { format!("https://{address}") };
    Url::parse(&whole).ok().filter(|url| url.host_str().is_some_and(|host| host.contains('.')))
}

enum Proof {
    Proved { how: String, quote: Option<String>, page: Option<String> },
    Anothers(Orgnr),
    Nothing,
}

/// What stands where nothing is printed: a register names the site, or an earlier look found it so.
const REGISTER: &str = "register";

fn judge(visited: &Site, question: &Question<'_>, source: Source) -> Proof {
    let company = question.company;
    // Whoever prints several companies' numbers may be a directory, and a search finds those first.
    if source == Source::Search {
        let of_everybody = visited.homepage.as_deref().and_then(|url| Url::parse(url).ok());
        if of_everybody.is_some_and(|url| url.host_str().is_some_and(is_directory)) {
            return Proof::Nothing;
        }
        let others = || visited.orgnrs.iter().filter(|printed| printed.orgnr != company.record.orgnr);
        let labelled = others().find(|printed| printed.is_labelled);
        if let Some(printed) = labelled.or_else(|| others().nth(MANY_NUMBERS - 1)) {
            return Proof::Anothers(printed.orgnr);
        }
    }
    let own = visited.orgnrs.iter().find(|printed| printed.orgnr == company.record.orgnr);
    if let Some(printed) = own {
        let (quote, page) = (Some(printed.quote.clone()), Some(printed.url.clone()));
        return Proof::Proved { how: "orgnr".to_owned(), quote, page };
    }
    if let (Some(name), Some(address)) = (&company.record.name, &company.record.address) {
        let proved = visited
            .pages
            .iter()
            .find_map(|page| Some((address_proof(&page.all_text, name, address)?.to_owned(), page.url.clone())));
        if let Some((quote, page)) = proved {
            return Proof::Proved { how: "address".to_owned(), quote: Some(quote), page: Some(page) };
        }
    }
    // A page that still stands as it was still proves what it proved.
    let standing = question.known.filter(|known| {
        source == Source::Known
            && known.proof_url.as_ref().is_some_and(|page| visited.unchanged.iter().any(|one| one.url == *page))
    });
    if let Some(Homepage { proof: Some(how), proof_quote, proof_url, .. }) = standing {
        return Proof::Proved { how: how.clone(), quote: proof_quote.clone(), page: proof_url.clone() };
    }
    let anothers = visited.orgnrs.iter().find(|printed| printed.is_labelled);
    match (source, anothers) {
        // A register, or an earlier proof, counts unless the page says that it is somebody else's.
        (Source::Register | Source::Known, None) => Proof::Proved { how: REGISTER.to_owned(), quote: None, page: None },
        (_, Some(printed)) => Proof::Anothers(printed.orgnr),
        (Source::Name | Source::Search, None) => Proof::Nothing,
    }
}
