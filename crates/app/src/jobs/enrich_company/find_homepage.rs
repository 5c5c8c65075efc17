//! Which of a company's possible websites is its own. A candidate that proves nothing is written down and not used.

use std::time::Duration;

use chrono::{DateTime, Utc};
use crawl::{Fetch, Options, Site, site};
use domain::orgnr::Orgnr;
use domain::website::{address_proof, candidate_homepages};
use serde_json::{Value, json};
use store::companies::StoredCompany;
use store::homepages::Homepage;
use url::Url;

/// Pages of a candidate that a name led to: its homepage and the two likeliest to print a number.
const CANDIDATE_PAGES: usize = 3;

/// What was found out.
pub struct Found {
    /// To be kept.
    pub homepage: Homepage,
    /// The visit that proved it.
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
pub async fn find(web: &dyn Fetch, company: &StoredCompany, known: Option<&Homepage>, now: DateTime<Utc>) -> Found {
    let orgnr = company.record.orgnr;
    let mut tried: Vec<Value> = Vec::new();
    let (mut unproved, mut passing) = (None, None);
    for (address, source) in candidates(company, known) {
        let Some(url) = parse(&address) else {
            tried.push(json!({ "url": address, "source": source.as_str(), "outcome": "not_an_address" }));
            continue;
        };
        let pages = if source == Source::Name { CANDIDATE_PAGES } else { Options::default().max_pages };
        let visited = site(web, &url, &Options { max_pages: pages, ..Options::default() }).await;
        let seen = |outcome: &str| json!({ "url": address, "source": source.as_str(), "outcome": outcome });
        if !visited.is_success() {
            let failed = visited.errors.first();
            let reason = failed.map(|failed| failed.reason.clone());
            let refused = visited.refused.first().map(|refused| refused.reason.clone());
            tried.push(seen(&reason.clone().or(refused).unwrap_or_else(|| "no answer".to_owned())));
            // A name that leads nowhere is the usual case; an address that is known and silent is worth another attempt.
            if source != Source::Name
                && let Some(failed) = failed.filter(|failed| failed.is_passing)
            {
                passing = Some((format!("{address}: {}", failed.reason), failed.retry_after));
            }
            continue;
        }
        let url = visited.homepage.clone().unwrap_or_else(|| address.clone());
        match judge(&visited, company, source) {
            Proof::Proved { how, quote, page } => {
                tried.push(seen(how));
                let homepage = Homepage {
                    orgnr,
                    status: "verified".to_owned(),
                    url: Some(url),
                    proof: Some(how.to_owned()),
                    proof_quote: quote,
                    proof_url: page,
                    candidates: Value::Array(tried),
                    checked_at: now,
                };
                return Found { homepage, site: Some(visited), passing: None };
            }
            Proof::Anothers(other) => tried.push(seen(&format!("it prints another company's number, {other}"))),
            Proof::Nothing => {
                tried.push(seen("nothing on it proves whose it is"));
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
    Proved { how: &'static str, quote: Option<String>, page: Option<String> },
    Anothers(Orgnr),
    Nothing,
}

fn judge(visited: &Site, company: &StoredCompany, source: Source) -> Proof {
    let own = visited.orgnrs.iter().find(|printed| printed.orgnr == company.record.orgnr);
    if let Some(printed) = own {
        return Proof::Proved { how: "orgnr", quote: Some(printed.quote.clone()), page: Some(printed.url.clone()) };
    }
    if let (Some(name), Some(address)) = (&company.record.name, &company.record.address) {
        let proved = visited
            .pages
            .iter()
            .find_map(|page| Some((address_proof(&page.all_text, name, address)?.to_owned(), page.url.clone())));
        if let Some((quote, page)) = proved {
            return Proof::Proved { how: "address", quote: Some(quote), page: Some(page) };
        }
    }
    let anothers = visited.orgnrs.iter().find(|printed| printed.is_labelled);
    match (source, anothers) {
        // A register, or an earlier proof, counts unless the page says that it is somebody else's.
        (Source::Register | Source::Known, None) => Proof::Proved { how: "register", quote: None, page: None },
        (_, Some(printed)) => Proof::Anothers(printed.orgnr),
        (Source::Name, None) => Proof::Nothing,
    }
}
