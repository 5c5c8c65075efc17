//! From a model's answer to a report: every sentence through the evidence checker, every address by code.

use std::collections::HashSet;

use super::Analysis;
use super::dossier::CompanyDossier;
use super::draft::{Draft, DraftCite, DraftReason};
use super::lever::Section;
use super::report::{
    Citation, Counts, FitView, LeverView, REPORT_VERSION, Report, SectionFacts, Statement, Unverified,
    recommendation_of,
};
use super::template::Template;
use crate::evidence::{self, Cite, Claim, Dossier, Language, Verdict, hidden_or_mixed};

/// Sentences of one answer that are looked at.
const MOST_SENTENCES: usize = 200;
/// Characters of a sentence that are kept.
const MOST_CHARACTERS: usize = 1_000;

/// One sentence of an answer with what it cites.
struct Sentence {
    part: &'static str,
    text: String,
    cites: Vec<DraftCite>,
}

impl Sentence {
    fn of(part: &'static str, reason: &DraftReason) -> Self {
        Self { part, text: reason.text.clone(), cites: reason.cites.clone() }
    }
}

/// What became of a sentence.
struct Judged {
    verdict: Verdict,
    statement: Statement,
    reasons: Vec<String>,
}

/// The report of a model's answer. `analysis` is what the rules say of the company, whose score alone decides the recommendation.
#[must_use]
pub fn assemble(
    draft: &Draft,
    made: &CompanyDossier,
    dossier_sha256: &str,
    language: Language,
    template: &Template,
    analysis: &Analysis,
) -> Report {
    let dossier = &made.dossier;
    let mut report = Report {
        version: REPORT_VERSION,
        language,
        dossier_sha256: Some(dossier_sha256.to_owned()),
        sections: Vec::new(),
        levers: Vec::new(),
        fit: Vec::new(),
        recommendation: recommendation_of(analysis.score.points, analysis.score.coverage),
        model_opinion: None,
        suggestions: Vec::new(),
        open_questions: Vec::new(),
        not_found: Vec::new(),
        unverified: Vec::new(),
        counts: Counts::default(),
        flags: made.flags.clone(),
        by_people: Vec::new(),
        person_recommendation: None,
        person_levers: None,
    };
    for section in Section::ALL {
        let mut facts = Vec::new();
        for draft in draft.statements.iter().filter(|draft| draft.section == *section).take(MOST_SENTENCES) {
            // How to begin a conversation is a suggestion where it states nothing that could be checked.
            if *section == Section::OutreachAngle && draft.cites.is_empty() && states_nothing(&draft.text) {
                report.suggestions.push(shortened(&draft.text));
                continue;
            }
            let sentence = Sentence { part: section.key(), text: draft.text.clone(), cites: draft.cites.clone() };
            facts.extend(stands(dossier, language, sentence, &mut report));
        }
        if !facts.is_empty() {
            report.sections.push(SectionFacts { section: *section, facts });
        }
    }
    let mut seen = HashSet::new();
    for draft in draft.levers.iter().take(MOST_SENTENCES) {
        let reasons: Vec<_> =
            stands(dossier, language, Sentence::of("lever", &draft.reason), &mut report).into_iter().collect();
        if !reasons.is_empty() && seen.insert(draft.lever) {
            let (impact, effort) = (Some(draft.impact), Some(draft.effort));
            report.levers.push(LeverView { lever: draft.lever, impact, effort, reasons });
        }
    }
    for dimension in &template.dimensions {
        let Some(draft) = draft.fit.iter().find(|draft| draft.dimension == dimension.key) else { continue };
        let reasons: Vec<_> =
            stands(dossier, language, Sentence::of("fit", &draft.reason), &mut report).into_iter().collect();
        if !reasons.is_empty() {
            report.fit.push(FitView { dimension: dimension.key.clone(), level: draft.level.min(4), reasons });
        }
    }
    for question in draft.open_questions.iter().take(MOST_SENTENCES) {
        if states_nothing(question) {
            report.open_questions.push(shortened(question));
        } else {
            let sentence = Sentence { part: "open_question", text: question.clone(), cites: Vec::new() };
            stands(dossier, language, sentence, &mut report);
        }
    }
    report.model_opinion = draft.recommendation.filter(|_| report.counts.verified > 0);
    let found: HashSet<Section> = report.sections.iter().map(|section| section.section).collect();
    let asked = template.questions.as_ref().map(|questions| questions.sections.clone()).unwrap_or_default();
    report.not_found = asked
        .into_iter()
        .filter(|section| !found.contains(section))
        .filter(|section| *section != Section::OutreachAngle || report.suggestions.is_empty())
        .collect();
    report
}

/// The sentence, where it stands; otherwise it is put apart.
fn stands(dossier: &Dossier, language: Language, sentence: Sentence, report: &mut Report) -> Option<Statement> {
    let judged = judge(dossier, language, &sentence);
    report.counts.add(judged.verdict);
    if judged.verdict == Verdict::Verified {
        return Some(judged.statement);
    }
    report.unverified.push(Unverified {
        part: sentence.part.to_owned(),
        text: without_addresses(&shortened(&sentence.text)),
        verdict: judged.verdict,
        cited: sentence.cites.iter().take(20).map(|cite| shortened(&cite.id)).collect(),
        reasons: judged.reasons,
    });
    None
}

fn judge(dossier: &Dossier, language: Language, sentence: &Sentence) -> Judged {
    let cites: Vec<Cite> = sentence
        .cites
        .iter()
        .map(|cite| {
            // Models write an empty quote where there is none to write.
            let quote = cite.quote.clone().filter(|quote| !quote.trim().is_empty());
            Cite { id: cite.id.trim().to_owned(), quote }
        })
        .collect();
    let claim = Claim { id: "c".to_owned(), language: Some(language), text: sentence.text.clone(), cites };
    let answer = evidence::check(dossier, std::slice::from_ref(&claim)).into_iter().next();
    let (mut verdict, checks) =
        answer.map_or((Verdict::NotFound, Vec::new()), |answer| (answer.verdict, answer.checks));
    let cites: Vec<Citation> = claim.cites.iter().filter_map(|cite| citation(dossier, cite)).collect();
    let mut reasons: Vec<String> = checks
        .iter()
        .filter(|check| !check.ok)
        .map(|check| {
            if check.written.is_empty() {
                check.reason.clone()
            } else {
                format!("“{}” {}", check.written, check.reason)
            }
        })
        .map(|reason| without_addresses(&shortened(&reason)))
        .collect();
    // Addresses are written by code alone, those of the dossier too.
    if verdict == Verdict::Verified && (cites.is_empty() || has_address(&sentence.text)) {
        verdict = Verdict::NotFound;
        reasons.push("it holds an address, or cites nothing".to_owned());
    }
    Judged { verdict, statement: Statement { text: shortened(&sentence.text), cites }, reasons }
}

/// A citation with everything that only code may write.
pub(super) fn citation(dossier: &Dossier, cite: &Cite) -> Option<Citation> {
    if let Some(fact) = dossier.facts.iter().find(|fact| fact.id == cite.id) {
        return Some(Citation::Figure {
            id: Some(fact.id.clone()),
            field: fact.field.clone(),
            period_start: fact.period_start,
            period_end: fact.period_end,
            scope: fact.scope,
            value: fact.value,
            unit: evidence::unit_name(fact.unit).to_owned(),
            filing: fact.filing.clone(),
        });
    }
    let of = |passage: &evidence::Passage, id: &str, text: &str| Citation::Passage {
        id: Some(id.to_owned()),
        quote: cite.quote.clone().unwrap_or_else(|| text.to_owned()),
        url: passage.url.clone(),
        sha256: passage.sha256.clone(),
        fetched_at: passage.fetched_at,
    };
    dossier.passages.iter().find_map(|passage| {
        let sentence = passage.sentences.iter().find(|sentence| sentence.id == cite.id);
        let whole = (passage.id == cite.id).then(|| passage.sentences.first()).flatten();
        sentence.or(whole).map(|sentence| of(passage, &cite.id, &sentence.text))
    })
}

fn shortened(text: &str) -> String {
    text.trim().chars().take(MOST_CHARACTERS).collect()
}

/// Ends of names of hosts that are written without `www`.
const HOST_ENDS: [&str; 18] = [
    "se", "com", "net", "org", "nu", "eu", "io", "no", "dk", "fi", "info", "biz", "app", "dev", "ai", "ru", "cn",
    "shop",
];

/// Whether a run of characters is an address of the web or of mail: `nordvik.se/om`, but not `t.ex` or `12.5`.
fn is_address(run: &str) -> bool {
    let run = run.to_lowercase();
    if run.contains("://") || run.contains("www.") || (run.contains('@') && run.contains('.')) {
        return true;
    }
    let host = run.trim_matches(|c: char| !c.is_alphanumeric()).split(['/', ':', '?', '#']).next().unwrap_or_default();
    host.rsplit_once('.')
        .is_some_and(|(name, end)| name.chars().filter(|c| c.is_alphabetic()).count() >= 2 && HOST_ENDS.contains(&end))
}

/// The text cut into runs that can be addresses, and what stands between them.
fn runs(text: &str) -> impl Iterator<Item = &str> {
    let is_part = |c: char| c.is_alphanumeric() || ".-_/:@%?=&#~+".contains(c);
    let mut rest = text;
    std::iter::from_fn(move || {
        let first = rest.chars().next()?;
        let kind = is_part(first);
        let end = rest.find(|c: char| is_part(c) != kind).unwrap_or(rest.len());
        let (run, after) = rest.split_at(end);
        rest = after;
        Some(run)
    })
}

fn has_address(text: &str) -> bool {
    runs(text).any(is_address)
}

fn without_addresses(text: &str) -> String {
    runs(text).map(|run| if is_address(run) { "[…]" } else { run }).collect()
}

/// Words that claim something to be the most of its kind.
const SUPERLATIVES: [&str; 22] = [
    "störst",
    "största",
    "bäst",
    "bästa",
    "ledande",
    "främst",
    "främsta",
    "högst",
    "högsta",
    "snabbast",
    "snabbaste",
    "enda",
    "unik",
    "largest",
    "biggest",
    "best",
    "leading",
    "foremost",
    "highest",
    "fastest",
    "only",
    "unique",
];

/// Whether a sentence states nothing that could be checked: no digit, no address, no name inside it, no superlative.
fn states_nothing(text: &str) -> bool {
    if text.chars().any(|c| c.is_numeric()) || has_address(text) || hidden_or_mixed(text).is_some() {
        return false;
    }
    let mut begins = true;
    for word in text.split_whitespace() {
        let bare = word.trim_matches(|c: char| !c.is_alphanumeric());
        let is_name = !begins && bare.chars().next().is_some_and(char::is_uppercase) && bare != "I";
        if is_name || SUPERLATIVES.contains(&bare.to_lowercase().as_str()) {
            return false;
        }
        begins = word.ends_with(['.', '?', '!', ':']);
    }
    true
}
