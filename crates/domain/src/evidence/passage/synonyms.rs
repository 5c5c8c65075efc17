//! Words that say the same of a company, so that a paraphrase is not taken for another statement.

use super::alike;

/// Beginnings of words of one meaning, in both languages.
const GROUPS: [&[&str]; 17] = [
    &["grunda", "starta", "etablera", "bilda", "found", "establish", "started"],
    &["köpt", "förvärv", "acquir", "bought", "purchas"],
    &["såld", "avyttra", "sold", "divest"],
    &["ligger", "finns", "belägen", "belägna", "located", "based", "situated"],
    &["tillverka", "producera", "manufactur", "produc", "makes", "builds"],
    &["anställd", "medarbetare", "personer", "personal", "employee", "people", "staff"],
    &["kund", "customer", "client"],
    &["aktie", "share", "stock"],
    &["försäljning", "omsättning", "intäkt", "sales", "revenue", "turnover"],
    &["export", "utomlands", "utlandet", "abroad"],
    &["leverera", "deliver", "suppl"],
    &["avtal", "kontrakt", "agreement", "contract"],
    &["lokal", "premises", "fabrik", "factory", "plant"],
    &["använd", "utilis", "used"],
    &["arbeta", "jobba", "sysselsätt", "employ", "work"],
    &["installation", "anläggning", "plants"],
    &["andel", "ägarandel", "stake"],
];

/// Whether two words have one stem or one meaning.
pub(super) fn same_meaning(a: &str, b: &str) -> bool {
    let begins = |word: &str, group: &[&str]| group.iter().any(|start| word.starts_with(start));
    alike(a, b) || GROUPS.iter().any(|group| begins(a, group) && begins(b, group))
}
