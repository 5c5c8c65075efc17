//! Which few pages of a site tell the most about the company.

use url::Url;

/// What a page is about, by the words of its address and of the links to it. The order is the order of choice.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Topic {
    /// Who the company is.
    About,
    /// How to reach it; its number stands there.
    Contact,
    /// What it makes.
    Products,
    /// What it does for others.
    Services,
    /// For whom.
    Customers,
}

const TOPICS: [(Topic, &[&str]); 5] = [
    (
        Topic::About,
        &[
            "om-oss",
            "om-foretaget",
            "om-bolaget",
            "omoss",
            "om",
            "foretaget",
            "about",
            "about-us",
            "aboutus",
            "company",
            "who-we-are",
            "vilka-vi-ar",
            "historia",
            "our-story",
            "var-historia",
        ],
    ),
    (
        Topic::Contact,
        &["kontakt", "kontakta-oss", "kontaktaoss", "contact", "contact-us", "contactus", "hitta-hit", "kontakter"],
    ),
    (
        Topic::Products,
        &[
            "produkter",
            "produkt",
            "vara-produkter",
            "sortiment",
            "products",
            "product",
            "our-products",
            "solutions",
            "losningar",
            "platform",
        ],
    ),
    (
        Topic::Services,
        &[
            "tjanster",
            "vara-tjanster",
            "tjanst",
            "services",
            "service",
            "our-services",
            "vad-vi-gor",
            "what-we-do",
            "erbjudande",
            "expertis",
            "kompetens",
        ],
    ),
    (
        Topic::Customers,
        &[
            "kunder",
            "vara-kunder",
            "referenser",
            "referens",
            "kundcase",
            "case",
            "cases",
            "projekt",
            "customers",
            "our-customers",
            "clients",
            "references",
            "case-studies",
            "customer-stories",
            "branscher",
            "industries",
        ],
    ),
];

/// Words of pages that say nothing about the company's business.
const DULL: [&str; 30] = [
    "privacy",
    "integritet",
    "integritetspolicy",
    "cookies",
    "cookie",
    "cookiepolicy",
    "gdpr",
    "villkor",
    "terms",
    "login",
    "logga-in",
    "logout",
    "cart",
    "varukorg",
    "kassa",
    "checkout",
    "search",
    "sok",
    "tag",
    "tags",
    "category",
    "author",
    "feed",
    "wp-json",
    "wp-admin",
    "wp-login",
    "sitemap",
    "print",
    "konto",
    "account",
];

/// Endings of what is no page.
const FILES: [&str; 24] = [
    "pdf", "jpg", "jpeg", "png", "gif", "svg", "webp", "ico", "css", "js", "json", "xml", "zip", "gz", "doc", "docx",
    "xls", "xlsx", "ppt", "pptx", "mp3", "mp4", "woff", "woff2",
];

/// A page that could be visited.
#[derive(Clone, Debug)]
pub struct Candidate {
    /// Its address.
    pub url: Url,
    /// The words of a link to it, where there is one.
    pub words: String,
}

/// The homepage first, then the best page of each topic, then the next best, at most `limit` in all. The same site gives the
/// same choice whatever order its pages are found in.
#[must_use]
pub fn choose(homepage: &Url, candidates: &[Candidate], limit: usize) -> Vec<Url> {
    let language = language_prefix(homepage);
    let mut rated: Vec<(Topic, i32, &Url)> = Vec::new();
    for candidate in candidates {
        if !is_same_site(homepage, &candidate.url) || key(&candidate.url) == key(homepage) {
            continue;
        }
        let Some((topic, score)) = rate(candidate, language.as_deref()) else { continue };
        match rated.iter_mut().find(|(_, _, url)| key(url) == key(&candidate.url)) {
            Some(known) if (known.1, std::cmp::Reverse(known.2)) >= (score, std::cmp::Reverse(&candidate.url)) => {}
            Some(known) => *known = (topic, score, &candidate.url),
            None => rated.push((topic, score, &candidate.url)),
        }
    }
    rated.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.2.cmp(b.2)));
    // Rank within the topic first: one page of every topic before a second one of any.
    let mut ranked: Vec<(usize, Topic, &Url)> = Vec::with_capacity(rated.len());
    for (topic, _, url) in &rated {
        let rank = ranked.iter().filter(|(_, other, _)| other == topic).count();
        ranked.push((rank, *topic, url));
    }
    ranked.sort_by_key(|(rank, topic, _)| (*rank, *topic));
    std::iter::once(homepage.clone()).chain(ranked.into_iter().map(|(_, _, url)| url.clone())).take(limit).collect()
}

/// Whether both addresses belong to one website; `www.` makes no difference.
#[must_use]
pub fn is_same_site(a: &Url, b: &Url) -> bool {
    let host = |url: &Url| url.host_str().map(|host| host.trim_start_matches("www.").to_ascii_lowercase());
    host(a).is_some() && host(a) == host(b) && a.port() == b.port()
}

/// What two addresses of one page have in common: host and path, without `www.`, a slash at the end, or a query.
#[must_use]
pub fn key(url: &Url) -> String {
    let host = url.host_str().unwrap_or_default().trim_start_matches("www.").to_ascii_lowercase();
    format!("{host}{}", url.path().trim_end_matches('/').to_ascii_lowercase())
}

fn rate(candidate: &Candidate, language: Option<&str>) -> Option<(Topic, i32)> {
    let parts = parts(&candidate.url);
    let last = parts.last().map_or("", String::as_str);
    let ending = last.rsplit_once('.').map_or("", |(_, ending)| ending);
    if FILES.contains(&ending) || parts.iter().any(|part| DULL.contains(&stem(part))) {
        return None;
    }
    let words = fold(&candidate.words);
    let mut best: Option<(Topic, i32)> = None;
    for (topic, known) in TOPICS {
        let mut score = 0;
        for (position, word) in known.iter().enumerate() {
            let favour = 10 - (position as i32).min(9);
            if stem(last) == *word {
                score = score.max(100 + favour);
            } else if stem(last).split(['-', '_']).any(|part| part == *word) {
                score = score.max(60 + favour);
            } else if parts.iter().any(|part| stem(part) == *word) {
                score = score.max(40 + favour);
            }
            if words == *word {
                score = score.max(90 + favour);
            }
        }
        if score > 0 && best.is_none_or(|(_, known)| score > known) {
            best = Some((topic, score));
        }
    }
    let (topic, score) = best?;
    let depth = parts.len() as i32 - 1;
    let is_other_language = language_prefix(&candidate.url).as_deref() != language;
    let score = score
        - 10 * depth.clamp(0, 5)
        - 25 * i32::from(is_other_language)
        - 15 * i32::from(candidate.url.query().is_some());
    Some((topic, score))
}

/// The parts of the path: lower case, without accents.
fn parts(url: &Url) -> Vec<String> {
    url.path_segments()
        .into_iter()
        .flatten()
        .filter(|part| !part.is_empty())
        .map(|part| fold(&percent_decode(part)))
        .collect()
}

/// The name without the ending of a page file.
fn stem(part: &str) -> &str {
    [".html", ".htm", ".php", ".aspx", ".asp", ".jsp"]
        .iter()
        .find_map(|ending| part.strip_suffix(ending))
        .unwrap_or(part)
}

fn fold(text: &str) -> String {
    let text = text.trim().to_lowercase();
    text.chars()
        .map(|c| match c {
            'å' | 'ä' | 'á' | 'à' | 'â' => 'a',
            'ö' | 'ø' | 'ó' | 'ò' => 'o',
            'é' | 'è' | 'ê' => 'e',
            'ü' => 'u',
            ' ' | '_' => '-',
            c => c,
        })
        .collect()
}

fn percent_decode(part: &str) -> String {
    let bytes = part.as_bytes();
    let mut decoded = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while let Some(byte) = bytes.get(at) {
        let pair = (*byte == b'%').then(|| part.get(at + 1..at + 3)).flatten();
        match pair.and_then(|pair| u8::from_str_radix(pair, 16).ok()) {
            Some(value) => {
                decoded.push(value);
                at += 3;
            }
            None => {
                decoded.push(*byte);
                at += 1;
            }
        }
    }
    String::from_utf8_lossy(&decoded).into_owned()
}

/// `/en/…` and the like.
fn language_prefix(url: &Url) -> Option<String> {
    let first = url.path_segments()?.next()?.to_ascii_lowercase();
    let code = first.split('-').next().unwrap_or_default();
    matches!(
        code,
        "sv" | "se" | "en" | "gb" | "no" | "nb" | "da" | "dk" | "fi" | "de" | "fr" | "es" | "it" | "nl" | "pl" | "us"
    )
    .then(|| code.to_owned())
    .filter(|_| first.len() == 2 || (first.len() == 5 && first.contains('-')))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn candidates(list: &[(&str, &str)]) -> Vec<Candidate> {
        list.iter()
            .map(|(path, words)| Candidate {
                url: Url::parse("https://www.x.se").unwrap().join(path).unwrap(),
                words: (*words).to_owned(),
            })
            .collect()
    }

    fn chosen(list: &[(&str, &str)], limit: usize) -> Vec<String> {
        let home = Url::parse("https://x.se/").unwrap();
        choose(&home, &candidates(list), limit).iter().map(|url| url.path().to_owned()).collect()
    }

    #[test]
    fn one_page_of_every_topic_comes_first() {
        let site = [
            ("/nyheter/2024/om-oss-i-pressen", "Nyhet"),
            ("/om-oss/", "Om oss"),
            ("/om-oss/historia", "Historia"),
            ("/produkter", "Produkter"),
            ("/produkter/pump-9000", "Pump 9000"),
            ("/tj%C3%A4nster", "Tjänster"),
            ("/referenser.html", ""),
            ("/kontakt", "Kontakta oss"),
            ("/integritetspolicy", "Om personuppgifter"),
            ("/broschyr-produkter.pdf", "Produkter"),
            ("https://annan.se/om-oss", "Om oss"),
            ("/en/about", "About us"),
        ];
        assert_eq!(chosen(&site, 6), ["/", "/om-oss/", "/kontakt", "/produkter", "/tj%C3%A4nster", "/referenser.html"]);
        assert_eq!(chosen(&site, 1), ["/"]);
        let mut shuffled = site;
        shuffled.reverse();
        assert_eq!(chosen(&shuffled, 8), chosen(&site, 8), "the choice does not depend on the order");
    }

    #[test]
    fn the_words_of_a_link_count_where_the_address_is_mute() {
        assert_eq!(chosen(&[("/p?id=7", "Om oss"), ("/p/8", "Blogg")], 5), ["/", "/p"]);
    }
}
