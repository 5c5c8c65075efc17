//! Contact facts that a page prints: e-mail, telephone, LinkedIn, and organisation numbers, each with where it stands.

use std::sync::LazyLock;

use domain::orgnr::{Country, Orgnr};
use regex::Regex;
use url::Url;

use crate::page::ReadPage;

/// Characters around a fact that are kept as its evidence.
const QUOTE_EACH_SIDE: usize = 60;
/// How far before a bare number the word that explains it may stand.
const LABEL_DISTANCE: usize = 40;

/// A fact and the words it was read from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found<T> {
    /// The fact.
    pub value: T,
    /// Page it stands on.
    pub url: String,
    /// The page's own words around it, or the link's target.
    pub quote: String,
}

/// What a site says about how to reach the company.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Contacts {
    /// Addresses in lower case.
    pub emails: Vec<Found<String>>,
    /// Numbers as `+46…`.
    pub phones: Vec<Found<String>>,
    /// `https://www.linkedin.com/company/…`.
    pub linkedin: Vec<Found<String>>,
}

/// An organisation number printed on a page. Its check digit is right, so it is no telephone number by accident.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PrintedOrgnr {
    /// The number.
    pub orgnr: Orgnr,
    /// Whether the page says what the number is ("org.nr", "VAT").
    pub is_labelled: bool,
    /// Page it stands on.
    pub url: String,
    /// The page's own words around it.
    pub quote: String,
}

// The patterns are constant; a test compiles them all.
#[allow(clippy::expect_used, reason = "constant patterns, compiled by the tests below")]
fn pattern(text: &str) -> Regex {
    Regex::new(text).expect("a constant pattern")
}

static EMAIL: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"(?i)\b[a-z0-9][a-z0-9._%+-]{0,63}@(?:[a-z0-9](?:[a-z0-9-]{0,62})\.){1,5}[a-z]{2,24}\b"));
static PHONE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?:\+|00)46[\s\d()/\u{2010}-\u{2013}-]{6,18}\d|\b0\d{1,3}[\s/\u{2010}-\u{2013}-]{1,3}\d[\d\s\u{2010}-\u{2013}-]{3,12}\d",
    )
});
static ORGNR: LazyLock<Regex> = LazyLock::new(|| {
    pattern(r"(?i)\bSE\s?(\d{6})-?(\d{4})\s?01\b|\b(?:16)?(\d{6})\s?([-\u{2010}-\u{2013}]?)\s?(\d{4})\b")
});
static PHONE_WORD: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"(?i)\b(tel|tfn|telefon|phone|växel|mobil|ring|call|kundtjänst)\b"));
static ORGNR_WORD: LazyLock<Regex> = LazyLock::new(|| {
    pattern(r"(?i)\b(org|orgnr|organisationsnummer|organisationsnr|vat|moms|momsreg|corporate|company reg)")
});
static LINKEDIN: LazyLock<Regex> = LazyLock::new(|| {
    pattern(r"(?i)^https?://(?:[a-z]{2,3}\.)?linkedin\.com/(company|showcase|school)/([^/?#\s]{2,120})")
});

/// Reads the contact facts of one page.
pub fn read(page: &ReadPage, url: &Url, contacts: &mut Contacts, orgnrs: &mut Vec<PrintedOrgnr>) {
    let (text, at) = (page.all_text.as_str(), url.as_str());
    for reference in &page.references {
        if let Some(address) = reference.strip_prefix("mailto:") {
            let address = address.split('?').next().unwrap_or_default();
            if let Some(found) = EMAIL.find(address) {
                add(&mut contacts.emails, found.as_str().to_lowercase(), at, reference);
            }
        } else if let Some(number) = reference.strip_prefix("tel:") {
            if let Some(phone) = phone(number) {
                add(&mut contacts.phones, phone, at, reference);
            }
        } else if let Some(company) = LINKEDIN.captures(reference) {
            let link = format!("https://www.linkedin.com/{}/{}", company[1].to_lowercase(), company[2].to_lowercase());
            add(&mut contacts.linkedin, link, at, reference);
        }
    }
    for found in EMAIL.find_iter(text) {
        if is_address(found.as_str()) {
            add(&mut contacts.emails, found.as_str().to_lowercase(), at, &quote(text, found.range()));
        }
    }
    for found in PHONE.find_iter(text) {
        let is_explained = found.as_str().starts_with(['+']) || PHONE_WORD.is_match(before(text, found.start()));
        if let Some(phone) = phone(found.as_str()).filter(|_| is_explained) {
            add(&mut contacts.phones, phone, at, &quote(text, found.range()));
        }
    }
    for found in ORGNR.captures_iter(text) {
        let Some(whole) = found.get(0) else { continue };
        let part = |index| found.get(index).map_or("", |part| part.as_str());
        let is_vat = found.get(1).is_some();
        let digits = if is_vat { format!("{}{}", part(1), part(2)) } else { format!("{}{}", part(3), part(5)) };
        // The check digit alone lets one number in ten through; a hyphen in its place or a word before it must agree.
        let is_labelled = is_vat || ORGNR_WORD.is_match(before(text, whole.start()));
        let Ok(orgnr) = digits.parse::<Orgnr>() else { continue };
        if orgnr.country() != Country::Sweden || !is_labelled && part(4).is_empty() {
            continue;
        }
        match orgnrs.iter_mut().find(|known| known.orgnr == orgnr) {
            Some(known) if known.is_labelled || !is_labelled => {}
            known => {
                let printed =
                    PrintedOrgnr { orgnr, is_labelled, url: at.to_owned(), quote: quote(text, whole.range()) };
                match known {
                    Some(known) => *known = printed,
                    None => orgnrs.push(printed),
                }
            }
        }
    }
}

fn add(list: &mut Vec<Found<String>>, value: String, url: &str, quote: &str) {
    if !list.iter().any(|known| known.value == value) {
        list.push(Found { value, url: url.to_owned(), quote: quote.to_owned() });
    }
}

/// File names and service addresses look like e-mail addresses and are none.
fn is_address(text: &str) -> bool {
    let lower = text.to_lowercase();
    let endings = [
        ".png",
        ".jpg",
        ".jpeg",
        ".gif",
        ".svg",
        ".webp",
        ".css",
        ".js",
        "example.com",
        "example.se",
        "sentry.io",
        "wixpress.com",
    ];
    !endings.iter().any(|ending| lower.ends_with(ending))
}

/// A Swedish number in international form; `None` when it has too few or too many digits to be one.
fn phone(text: &str) -> Option<String> {
    let text = text.replace("(0)", "");
    let digits: String = text.chars().filter(char::is_ascii_digit).collect();
    let national = if text.trim_start().starts_with('+') {
        digits.strip_prefix("46")?
    } else if let Some(rest) = digits.strip_prefix("0046") {
        rest
    } else {
        digits.strip_prefix('0')?
    };
    let national = national.trim_start_matches('0');
    (7..=10).contains(&national.len()).then(|| format!("+46{national}"))
}

fn before(text: &str, at: usize) -> &str {
    let from = (0..=at.saturating_sub(LABEL_DISTANCE)).rev().find(|from| text.is_char_boundary(*from)).unwrap_or(0);
    // A word on another line explains something else.
    text.get(from..at).unwrap_or_default().rsplit('\n').next().unwrap_or_default()
}

/// The words around the fact, exactly as they stand in the text: whoever checks the evidence finds the quote again.
fn quote(text: &str, range: std::ops::Range<usize>) -> String {
    let from = text.floor_char_boundary(range.start.saturating_sub(QUOTE_EACH_SIDE));
    let to = text.ceil_char_boundary((range.end + QUOTE_EACH_SIDE).min(text.len()));
    let line_from = text.get(from..range.start).and_then(|part| part.rfind('\n')).map_or(from, |at| from + at + 1);
    let line_to = text.get(range.end..to).and_then(|part| part.find('\n')).map_or(to, |at| range.end + at);
    text.get(line_from..line_to).unwrap_or_default().trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read_text(html: &str) -> (Contacts, Vec<PrintedOrgnr>) {
        let url = Url::parse("https://example.se/kontakt").unwrap();
        let page = crate::page::read(html, &url, None).unwrap();
        let (mut contacts, mut orgnrs) = (Contacts::default(), Vec::new());
        read(&page, &url, &mut contacts, &mut orgnrs);
        (contacts, orgnrs)
    }

    #[test]
    fn each_kind_is_found_once_with_its_evidence() {
        let (contacts, orgnrs) = read_text(
            "<p>Tel: 08-123 456 78, växel +46 (0)8 123 456 78</p><p>E-post: Info@Bryggan.se</p><img alt='logo@2x.png'>\
             <a href='mailto:info@bryggan.se?subject=Hej'>mejl</a><a href='https://se.linkedin.com/company/Bryggan/about'>in</a>\
             <footer>Bryggan AB, org.nr: 556016-0680, Momsreg.nr SE556016068001</footer>",
        );
        assert_eq!(contacts.emails.iter().map(|e| e.value.as_str()).collect::<Vec<_>>(), ["info@bryggan.se"]);
        assert_eq!(contacts.phones.iter().map(|p| p.value.as_str()).collect::<Vec<_>>(), ["+46812345678"]);
        assert_eq!(contacts.linkedin[0].value, "https://www.linkedin.com/company/bryggan");
        assert_eq!(orgnrs.len(), 1);
        assert!(orgnrs[0].is_labelled && orgnrs[0].quote.contains("org.nr: 556016-0680"), "{orgnrs:?}");
    }

    #[test]
    fn numbers_that_are_something_else_stay_out() {
        // A wrong check digit, a telephone number, a bare number without a word, a person's number.
        let (contacts, orgnrs) = read_text(
            "<p>Org.nr 556016-0681</p><p>Order 5560160680 skickad</p><p>Född 720101-1234</p><p>Pris 0123-456 789 kr</p>",
        );
        assert_eq!(orgnrs, []);
        assert_eq!(contacts, Contacts::default());
    }
}
