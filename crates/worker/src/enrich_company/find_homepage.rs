//! Which of a company's possible websites is its own. A candidate that proves nothing is written down and not used. A site that is
//! proved is read in the same visit, so that it is asked for each page once.

use std::collections::HashMap;
use std::time::Duration;

use chrono::{DateTime, Utc};
use crawl::choose::is_same_site;
use crawl::site::Known;
use crawl::{Fetch, Options, Site, site_while};
use domain::orgnr::Orgnr;
use domain::website::{address_proof, candidate_homepages};
use serde_json::{Value, json};
use store::companies::StoredCompany;
use store::homepages::Homepage;
use store::web_pages::WebPage;
use url::Url;

/// Pages of one company that are read.
const PAGES: usize = 6;
/// Pages of a candidate that a name led to, as long as they prove nothing: its homepage and the two likeliest to print a number.
const CANDIDATE_PAGES: usize = 3;

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
}

impl Source {
    fn as_str(self) -> &'static str {
        match self {
            Self::Known => "known",
            Self::Register => "register",
            Self::Name => "name",
        }
    }
}

/// Visits the candidates, the likeliest first, until one is proved.
pub async fn find(web: &dyn Fetch, question: &Question<'_>, now: DateTime<Utc>) -> Found {
    let (company, orgnr) = (question.company, question.company.record.orgnr);
    let options = Options { max_pages: PAGES, known: copies(question.kept), ..Options::default() };
    let mut tried: Vec<Value> = Vec::new();
    let mut answered: Vec<Url> = Vec::new();
    let (mut unproved, mut passing) = (None, None);
    for (address, source) in candidates(company, question.known) {
        let Some(url) = parse(&address) else {
            tried.push(json!({ "url": address, "source": source.as_str(), "outcome": "not_an_address" }));
            continue;
        };
        // The name often suggests the very site that the register names, and that was judged a moment ago.
        if answered.iter().any(|site| is_same_site(site, &url)) {
            continue;
        }
        let goes_on = |visited: &Site| goes_on(visited, question, source);
        let visited = site_while(web, &url, &options, &goes_on).await;
        let seen = |outcome: &str, detail: Option<&str>| json!({ "url": address, "source": source.as_str(), "outcome": outcome, "detail": detail });
        if !visited.is_success() {
            let failed = visited.errors.first();
            let refused = visited.refused.first().map(|refused| (refused.code, refused.reason.as_str()));
            let why = failed.map(|failed| (failed.code, failed.reason.as_str())).or(refused);
            tried.push(why.map_or_else(|| seen("no_answer", None), |(code, reason)| seen(code, Some(reason))));
            // A name that leads nowhere is the usual case; an address that is known and silent is worth another attempt.
            if source != Source::Name
                && let Some(failed) = failed.filter(|failed| failed.is_passing)
            {
                passing = Some((format!("{address}: {}", failed.reason), failed.retry_after));
            }
            continue;
        }
        let led_to = visited.homepage.as_deref().and_then(|homepage| Url::parse(homepage).ok());
        answered.extend(led_to);
        answered.push(url);
        let url = visited.homepage.clone().unwrap_or_else(|| address.clone());
        match judge(&visited, question, source) {
            Proof::Proved { how, quote, page } => {
                tried.push(seen(&how, None));
                let homepage = Homepage {
                    orgnr,
                    status: "verified".to_owned(),
                    url: Some(url),
                    proof: Some(how),
                    proof_quote: quote,
                    proof_url: page,
                    candidates: Value::Array(tried),
                    checked_at: now,
                };
                return Found { homepage, site: Some(visited), passing: None };
            }
            Proof::Anothers(other) => tried.push(seen("anothers_number", Some(&other.to_string()))),
            Proof::Nothing => {
                tried.push(seen("no_proof", None));
                unproved.get_or_insert(url);
            }
        }
    }
    let homepage = Homepage {
        orgnr,
        status: if unproved.is_some() { "unverified" } else { "none" }.to_owned(),
        url: unproved,
        proof: None,
        proof_quote: None,
        proof_url: None,
        candidates: Value::Array(tried),
        checked_at: now,
    };
    Found { homepage, site: None, passing }
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
            source != Source::Name || visited.pages.len() + visited.errors.len() < CANDIDATE_PAGES
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
        (Source::Name, None) => Proof::Nothing,
    }
}
