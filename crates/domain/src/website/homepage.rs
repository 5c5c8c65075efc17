//! Which website may be a company's, and what proves that it is.
//!
//! A name only ever gives candidates. A candidate counts when its pages print the company's organisation number, or its registered street
//! and postcode beside its name; nothing else is taken as proof.

use super::insights::mentions;
use crate::company::Address;

/// Candidates tried for one company.
const MOST: usize = 6;
/// Endings of Swedish companies' domains, the usual first.
const ENDINGS: [&str; 2] = ["se", "com"];

/// Addresses that a company of this name may have: its words run together and joined by hyphens, without legal form. At most
/// six, the likeliest first; none for a name without letters.
#[must_use]
pub fn candidate_homepages(name: &str) -> Vec<String> {
    let words: Vec<String> = core_name(name)
        .split(|letter: char| !letter.is_alphanumeric())
        .map(plain)
        .filter(|word| !word.is_empty())
        .collect();
    let mut stems = vec![words.concat()];
    if words.len() > 1 {
        stems.push(words.join("-"));
        // "Nordfjäll Verkstad" is often just nordfjall.se; a first word that says little on its own is not tried.
        if words[0].len() >= 6 {
            stems.push(words[0].clone());
        }
    }
    let mut found: Vec<String> = Vec::new();
    for stem in stems {
        // A label of a domain name has at most 63 letters, none of them a hyphen at its ends.
        if !(2..=63).contains(&stem.len()) {
            continue;
        }
        for ending in ENDINGS {
            let address = format!("https://{stem}.{ending}/");
            if !found.contains(&address) {
                found.push(address);
            }
        }
    }
    found.truncate(MOST);
    found
}

/// A homepage as a register or a table gives it, with its scheme; `None` for the address of a mailbox, which people write there too.
#[must_use]
pub fn homepage(text: &str) -> Option<String> {
    let authority = text.split(['/', '?', '#']).next().unwrap_or_default();
    (!authority.contains('@')).then(|| with_scheme(text))
}

/// The address with a scheme: registers and people write `www.example.com`, which is `https://www.example.com`. What does not
/// look like a host name stays as it is.
#[must_use]
pub fn with_scheme(address: &str) -> String {
    let address = address.trim();
    if let Some(rest) = address.strip_prefix("//") {
        return format!("https://{rest}");
    }
    let host = address.split(['/', '?', '#']).next().unwrap_or_default();
    let name = host.split(':').next().unwrap_or_default();
    let is_label =
        |label: &str| !label.is_empty() && label.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_'));
    let has_port =
        host.split_once(':').is_none_or(|(_, port)| port.bytes().all(|byte| byte.is_ascii_digit()) && !port.is_empty());
    let is_host = name.contains('.') && name.trim_end_matches('.').split('.').all(is_label) && has_port;
    if is_host { format!("https://{address}") } else { address.to_owned() }
}

/// The words of a page that print the company's registered street and postcode beside its name; `None` when one of the three is
/// missing on the page or in the register.
#[must_use]
pub fn address_proof<'a>(text: &'a str, name: &str, address: &Address) -> Option<&'a str> {
    let street = address.street.as_deref().map(str::trim).filter(|street| street.len() >= 5)?.to_lowercase();
    let postcode: String = address.postcode.as_deref()?.chars().filter(char::is_ascii_digit).collect();
    let name = core_name(name);
    if postcode.len() != 5 || name.is_empty() {
        return None;
    }
    let small = text.to_lowercase();
    let digits: String = small.chars().filter(|letter| !letter.is_whitespace()).collect();
    if !small.contains(&name) || !digits.contains(&postcode) {
        return None;
    }
    text.lines().map(str::trim).find(|line| mentions(&line.to_lowercase(), &street) && line.chars().count() <= 400)
}

/// The name without its legal form and country, in small letters: "Nordfjäll Verkstad AB" is "nordfjäll verkstad".
#[must_use]
pub(super) fn core_name(name: &str) -> String {
    let small = name.to_lowercase();
    let is_form = |word: &str| {
        matches!(
            word,
            "ab" | "aktiebolag"
                | "aktiebolaget"
                | "hb"
                | "kb"
                | "handelsbolag"
                | "kommanditbolag"
                | "(publ)"
                | "publ"
                | "i"
                | "sverige"
                | "sweden"
        )
    };
    small.split_whitespace().filter(|word| !is_form(word.trim_matches(','))).collect::<Vec<_>>().join(" ")
}

/// A word as a domain writes it: å and ä as a, ö as o, accents dropped, anything else left out.
fn plain(word: &str) -> String {
    word.chars()
        .filter_map(|letter| match letter {
            'a'..='z' | '0'..='9' => Some(letter),
            'å' | 'ä' | 'à' | 'á' | 'â' | 'ã' | 'æ' => Some('a'),
            'ö' | 'ø' | 'ò' | 'ó' | 'ô' | 'õ' => Some('o'),
            'é' | 'è' | 'ê' | 'ë' => Some('e'),
            'ü' | 'ú' | 'ù' | 'û' => Some('u'),
            'ï' | 'í' | 'ì' | 'î' => Some('i'),
            'ñ' => Some('n'),
            'ç' => Some('c'),
            _ => None,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mailbox_is_no_homepage() {
        assert_eq!(homepage("www.exempel.se"), Some("https://www.exempel.se".to_owned()));
        assert_eq!(homepage("https://exempel.se/@anna"), Some("https://exempel.se/@anna".to_owned()));
        assert_eq!((homepage("info@exempel.se"), homepage("mailto:info@exempel.se")), (None, None));
    }

    #[test]
    fn a_name_gives_the_addresses_that_such_companies_have() {
        assert_eq!(
            candidate_homepages("Nordfjäll Verkstad AB"),
            [
                "https://nordfjallverkstad.se/",
                "https://nordfjallverkstad.com/",
                "https://nordfjall-verkstad.se/",
                "https://nordfjall-verkstad.com/",
                "https://nordfjall.se/",
                "https://nordfjall.com/",
            ]
        );
        assert_eq!(candidate_homepages("Aktiebolaget Öhman"), ["https://ohman.se/", "https://ohman.com/"]);
        assert!(candidate_homepages("AB").is_empty() && candidate_homepages("株式会社").is_empty());
        assert!(candidate_homepages(&"lång".repeat(30)).is_empty());
    }

    #[test]
    fn an_address_proves_only_with_street_postcode_and_name() {
        let address = Address {
            street: Some("Verkstadsgatan 4".to_owned()),
            postcode: Some("93157".to_owned()),
            city: Some("Skellefteå".to_owned()),
            ..Address::default()
        };
        let page = "Nordfjäll Verkstad\nBesök oss: Verkstadsgatan 4, 931 57 Skellefteå\nTel 0910-123 45";
        let proof = address_proof(page, "Nordfjäll Verkstad AB", &address);
        assert_eq!(proof, Some("Besök oss: Verkstadsgatan 4, 931 57 Skellefteå"));
        assert_eq!(address_proof(page, "Sydfjäll Verkstad AB", &address), None);
        assert_eq!(address_proof(&page.replace("931 57", "931 58"), "Nordfjäll Verkstad AB", &address), None);
        assert_eq!(address_proof(&page.replace("gatan 4", "gatan 5"), "Nordfjäll Verkstad AB", &address), None);
        let without_street = Address { street: None, ..address };
        assert_eq!(address_proof(page, "Nordfjäll Verkstad AB", &without_street), None);
    }
}
