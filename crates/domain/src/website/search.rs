//! What a search provider is asked about a company, and which of the sites that it knows are nobody's own.

/// Longest question: providers cut or refuse longer ones.
const LONGEST: usize = 300;

/// Sites that print facts of every company, or pages of everybody: what stands there proves nothing of whose they are.
const DIRECTORIES: [&str; 42] = [
    "118100.se",
    "allabolag.se",
    "birthday.se",
    "bizzdo.se",
    "bolagsfakta.se",
    "bolagskraft.se",
    "bolagsplatsen.se",
    "bolagsverket.se",
    "brreg.no",
    "cylex.se",
    "dnb.com",
    "eniro.se",
    "facebook.com",
    "foretagsfakta.se",
    "foretagslistan.se",
    "glassdoor.com",
    "gulasidorna.se",
    "hitta.se",
    "indeed.com",
    "industritorget.se",
    "infobel.com",
    "instagram.com",
    "kompass.com",
    "krafman.se",
    "largestcompanies.se",
    "linkedin.com",
    "merinfo.se",
    "mrkoll.se",
    "nordicnet.se",
    "northdata.com",
    "opencorporates.com",
    "proff.no",
    "proff.se",
    "ratsit.se",
    "reco.se",
    "syna.se",
    "tiktok.com",
    "trustpilot.com",
    "vainu.io",
    "wikipedia.org",
    "x.com",
    "youtube.com",
];

/// The words that lead to a company's website: its registered name and its post town. Not its number, which leads to directories.
/// `None` for a name without letters.
#[must_use]
pub fn homepage_question(name: &str, city: Option<&str>) -> Option<String> {
    let words = [name, city.unwrap_or_default()].join(" ");
    // Characters that search engines read as operators are no part of a question.
    let words: String =
        words.chars().map(|c| if matches!(c, '"' | ':' | '!' | '*' | '|' | '(' | ')') { ' ' } else { c }).collect();
    let words: Vec<&str> =
        words.split_whitespace().map(|word| word.trim_start_matches('-')).filter(|word| !word.is_empty()).collect();
    let question: String = words.join(" ").chars().take(LONGEST).collect();
    name.chars().any(char::is_alphabetic).then_some(question)
}

/// Whether the site of this host is a directory of companies, or a place where everybody has pages.
#[must_use]
pub fn is_directory(host: &str) -> bool {
    let host = host.trim_end_matches('.').to_ascii_lowercase();
    DIRECTORIES.iter().any(|site| host.strip_suffix(site).is_some_and(|rest| rest.is_empty() || rest.ends_with('.')))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_question_is_name_and_town_without_operators() {
        assert_eq!(
            homepage_question("Nordfjäll Verkstad AB", Some("Skellefteå")).unwrap(),
            "Nordfjäll Verkstad AB Skellefteå"
        );
        assert_eq!(homepage_question("site:evil \"x\" -y (publ) AB", None).unwrap(), "site evil x y publ AB");
        assert_eq!(homepage_question("1234", Some("Umeå")), None);
        assert_eq!(homepage_question(&"å".repeat(900), None).unwrap().chars().count(), LONGEST);
    }

    #[test]
    fn directories_are_known_with_every_host_below_them_and_nothing_else() {
        for host in ["allabolag.se", "www.allabolag.se", "SE.linkedin.com", "sv.wikipedia.org."] {
            assert!(is_directory(host), "{host}");
        }
        for host in ["nordfjall.se", "inteallabolag.se", "allabolag.se.exempel.com", ""] {
            assert!(!is_directory(host), "{host}");
        }
    }
}
