//! Completion for the text box: what could stand at the caret.

use std::ops::Range;

use super::fold::fold;
use super::operator::Operator;
use super::parse::{Expectation, read};
use super::print::{code_text, quote};
use super::suggest::normal;
use super::target::{BESIDE, Target};
use super::vocabulary::{Code, Vocabulary};
use crate::catalogue::FieldKind;
use crate::label::Label;

/// What kind of word a candidate is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum CandidateKind {
    /// A field.
    Field,
    /// An operator.
    Operator,
    /// A value.
    Value,
    /// and, or, not, brackets.
    Keyword,
}

impl CandidateKind {
    /// The name in the API.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Field => "field",
            Self::Operator => "operator",
            Self::Value => "value",
            Self::Keyword => "keyword",
        }
    }
}

/// Something that could stand at the caret.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Candidate {
    /// What to write.
    pub insert: String,
    /// What it is.
    pub kind: CandidateKind,
    /// What people read beside it, Swedish and English; empty where there is nothing to add.
    pub label: (String, String),
    /// A second line.
    pub detail: Option<Label>,
}

/// What the asking person can name beside the catalogue.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SetNames {
    /// Lists.
    pub lists: Vec<String>,
    /// Labels.
    pub labels: Vec<String>,
    /// Stages of the pipeline.
    pub stages: Vec<Code>,
}

/// The candidates and which bytes of the text they replace.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Completion {
    /// Bytes to replace.
    pub replaces: Range<usize>,
    /// Best first.
    pub candidates: Vec<Candidate>,
}

/// What could stand at the caret (a byte offset; moved back to a character boundary), at most `limit` candidates.
#[must_use]
pub fn complete(text: &str, cursor: usize, limit: usize, vocabulary: &Vocabulary, names: &SetNames) -> Completion {
    let mut cursor = cursor.min(text.len());
    while !text.is_char_boundary(cursor) {
        cursor -= 1;
    }
    let replaces = word_around(text, cursor);
    let typed = text[replaces.start..cursor].trim_start_matches(['"', '“']);
    let (_, mut expected) = read(&text[..replaces.start], vocabulary);
    expected.dedup();
    let mut ranked: Vec<(u8, Candidate)> = Vec::new();
    for expectation in expected {
        for (candidate, words) in candidates(expectation, vocabulary, names) {
            // The key counts before labels and aliases.
            let ranks = words.iter().enumerate();
            let rank = ranks.filter_map(|(at, name)| Some(rank(typed, name)? * 2 + u8::from(at > 0))).min();
            if let Some(rank) = rank
                && !ranked.iter().any(|(_, known)| known.insert == candidate.insert)
            {
                ranked.push((rank, candidate));
            }
        }
    }
    ranked.sort_by_key(|(rank, _)| *rank);
    Completion { replaces, candidates: ranked.into_iter().take(limit).map(|(_, candidate)| candidate).collect() }
}

/// The word or open quotation that the caret is in.
fn word_around(text: &str, cursor: usize) -> Range<usize> {
    let mut open = None;
    let mut characters = text[..cursor].char_indices();
    while let Some((index, character)) = characters.next() {
        match character {
            '\\' if open.is_some() => {
                characters.next();
            }
            '"' | '“' | '”' => open = if open.is_some() { None } else { Some(index) },
            _ => {}
        }
    }
    if let Some(start) = open {
        let rest = &text[cursor..];
        let end = rest
            .find(['"', '”'])
            .map_or(cursor, |end| cursor + end + rest[end..].chars().next().map_or(0, char::len_utf8));
        // A closing quote far away belongs to another value.
        let end = if text[cursor..end].contains([',', '(', ')']) { cursor } else { end };
        return start..end;
    }
    let in_word = |c: char| c.is_alphanumeric() || c == '_' || c == '-';
    let start = text[..cursor].trim_end_matches(in_word).len();
    let end = text.len() - text[cursor..].trim_start_matches(in_word).len();
    start..end
}

/// How well the typed start fits a name: 0 it begins so, 1 a word in it does, 2 it stands inside; `None` not at all.
fn rank(typed: &str, name: &str) -> Option<u8> {
    let (typed, name) = (fold(typed), fold(name));
    if name.starts_with(&typed) || normal(&name).starts_with(&normal(&typed)) {
        return Some(0);
    }
    if name.split(|c: char| !c.is_alphanumeric()).any(|word| word.starts_with(&typed)) {
        return Some(1);
    }
    (typed.chars().count() >= 2 && name.contains(&typed)).then_some(2)
}

fn keyword(word: &str, sv: &str, en: &str) -> (Candidate, Vec<String>) {
    let label = (sv.to_owned(), en.to_owned());
    (Candidate { insert: word.to_owned(), kind: CandidateKind::Keyword, label, detail: None }, vec![word.to_owned()])
}

fn candidates(expectation: Expectation, vocabulary: &Vocabulary, names: &SetNames) -> Vec<(Candidate, Vec<String>)> {
    match expectation {
        Expectation::Condition => {
            let fields = Target::all().filter(|target| !matches!(target, Target::List | Target::Label)).map(field);
            let words = [
                keyword("not", "inte", "not"),
                keyword("(", "grupp", "group"),
                keyword("in list", "finns på listan", "is on the list"),
                keyword("in label", "har etiketten", "carries the label"),
            ];
            fields.chain(words).collect()
        }
        Expectation::Connective => vec![keyword("and", "och", "and"), keyword("or", "eller", "or")],
        Expectation::BetweenAnd => vec![keyword("and", "och", "and")],
        Expectation::Words(words) => words.iter().map(|word| keyword(word, "", "")).collect(),
        Expectation::Operator(target) => {
            Operator::of(target).iter().map(|operator| operator_candidate(*operator)).collect()
        }
        Expectation::Value(target, _) => values(target, vocabulary, names),
    }
}

fn field(target: Target) -> (Candidate, Vec<String>) {
    let label = target.label();
    let detail = match target {
        Target::Field(id) => Some(id.field().formula),
        other => BESIDE.iter().find(|(_, target, ..)| *target == other).map(|row| row.3),
    };
    let mut names = vec![target.key().to_owned(), label.sv.to_owned(), label.en.to_owned()];
    if let Target::Field(id) = target {
        names.extend(id.field().aliases.iter().map(|alias| (*alias).to_owned()));
    }
    let label = (label.sv.to_owned(), label.en.to_owned());
    (Candidate { insert: target.key().to_owned(), kind: CandidateKind::Field, label, detail }, names)
}

fn operator_candidate(operator: Operator) -> (Candidate, Vec<String>) {
    let Label { sv, en } = operator.label();
    let names = vec![operator.text().to_owned(), sv.to_owned(), en.to_owned()];
    let label = (sv.to_owned(), en.to_owned());
    (Candidate { insert: operator.text().to_owned(), kind: CandidateKind::Operator, label, detail: None }, names)
}

fn values(target: Target, vocabulary: &Vocabulary, names: &SetNames) -> Vec<(Candidate, Vec<String>)> {
    let value = |insert: &str, sv: &str, en: &str| {
        let names = vec![insert.to_owned(), sv.to_owned(), en.to_owned()];
        let label = (sv.to_owned(), en.to_owned());
        (Candidate { insert: code_text(insert), kind: CandidateKind::Value, label, detail: None }, names)
    };
    let quoted = |name: &str| {
        let candidate =
            Candidate { insert: quote(name), kind: CandidateKind::Value, label: Default::default(), detail: None };
        (candidate, vec![name.to_owned()])
    };
    let yes_or_no = || vec![value("yes", "ja", "yes"), value("no", "nej", "no")];
    match target {
        Target::Field(id) => match id.field().kind {
            FieldKind::Boolean => yes_or_no(),
            FieldKind::Category | FieldKind::Categories => {
                vocabulary.codes(id).iter().map(|code| value(&code.code, &code.sv, &code.en)).collect()
            }
            _ => Vec::new(),
        },
        Target::List => names.lists.iter().map(|name| quoted(name)).collect(),
        Target::Label => names.labels.iter().map(|name| quoted(name)).collect(),
        Target::Prospect => {
            let stages = names.stages.iter().map(|stage| value(&stage.code, &stage.sv, &stage.en));
            yes_or_no().into_iter().chain(stages).collect()
        }
        Target::Excluded => yes_or_no(),
        Target::Orgnr | Target::Search => Vec::new(),
    }
}
