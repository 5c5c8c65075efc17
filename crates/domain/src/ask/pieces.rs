//! The phrases of a sentence, each with all that it could mean.

use super::lexicon::{Lexicon, Meaning};
use super::scan::{Kind, Token, scan};
use crate::filter::number::Decimal;
use crate::filter::{FieldId, Filter};

/// A phrase.
#[derive(Clone, Debug)]
pub(super) struct Piece {
    pub start: usize,
    pub end: usize,
    /// Empty where the words are unknown.
    pub meanings: Vec<Meaning>,
    /// Its value, and whether a sign in it could be one of thousands or of decimals.
    pub number: Option<(Decimal, bool)>,
    pub quoted: Option<String>,
    /// The field that its last words name by themselves, e.g. of “strong growth”.
    pub last_field: Option<FieldId>,
    /// A comma or the like.
    pub is_break: bool,
    /// An opening (`true`) or closing bracket.
    pub bracket: Option<bool>,
}

impl Piece {
    pub fn is(&self, meaning: &Meaning) -> bool {
        self.meanings.contains(meaning)
    }

    pub fn find<T>(&self, pick: impl Fn(&Meaning) -> Option<T>) -> Option<T> {
        self.meanings.iter().find_map(pick)
    }

    pub fn field(&self) -> Option<FieldId> {
        self.find(|meaning| if let Meaning::Field(field) = meaning { Some(*field) } else { None })
    }

    pub fn filter(&self) -> Option<&Filter> {
        self.meanings.iter().find_map(|meaning| match meaning {
            Meaning::Filter(filter) | Meaning::Capital(filter) | Meaning::Acronym(filter) => Some(filter),
            _ => None,
        })
    }

    pub fn is_filler(&self) -> bool {
        self.is(&Meaning::Filler)
    }
}

/// Ends of Swedish compounds that say no more than “company”; the longer before those that they end with.
const ENDINGS: [&str; 22] = [
    "verksamheten",
    "verksamhet",
    "företagen",
    "företaget",
    "företag",
    "foretag",
    "bolagen",
    "bolaget",
    "bolag",
    "branschen",
    "bransch",
    "sektorn",
    "sektor",
    "industrin",
    "industri",
    "firmorna",
    "firmor",
    "firma",
    "koncerner",
    "aktörer",
    "regionen",
    "tjänster",
];

/// The phrases of a sentence, the longest that are known.
pub(super) fn pieces(text: &str) -> Vec<Piece> {
    let lexicon = Lexicon::get();
    let tokens = scan(text);
    let mut pieces = Vec::new();
    let mut at = 0;
    while let Some(token) = tokens.get(at) {
        let (length, mut meanings) = lexicon
            .longest(&tokens[at..])
            .map_or_else(|| (1, compound(lexicon, token)), |(length, meanings)| (length, meanings.to_vec()));
        if let Kind::Word { capital, capitals, .. } = &token.kind {
            meanings.retain(|meaning| match meaning {
                Meaning::Capital(_) => *capital,
                Meaning::Acronym(_) => *capitals,
                _ => true,
            });
            // A place or an acronym that is written as one is nothing else.
            if meanings.iter().any(|meaning| matches!(meaning, Meaning::Capital(_) | Meaning::Acronym(_)))
                && (at > 0 || *capitals)
            {
                meanings.retain(|meaning| *meaning != Meaning::Filler);
            }
        }
        let last = at + length - 1;
        let number = match &token.kind {
            Kind::Number { value, grouped } if length == 1 => Some((*value, *grouped)),
            _ => meanings
                .iter()
                .find_map(|meaning| if let Meaning::Number(value) = meaning { Some((*value, false)) } else { None }),
        };
        pieces.push(Piece {
            start: token.start,
            end: tokens[last].end,
            last_field: last_field(lexicon, &tokens[at..=last]),
            meanings,
            number,
            quoted: if let Kind::Quoted(words) = &token.kind { Some(words.clone()) } else { None },
            is_break: matches!(token.kind, Kind::Sign(",")),
            bracket: match token.kind {
                Kind::Sign("(") => Some(true),
                Kind::Sign(")") => Some(false),
                _ => None,
            },
        });
        at += length;
    }
    pieces
}

/// An industry or place with an ending such as “-bolag”: byggbolag, transportföretag, stockholmsföretag.
fn compound(lexicon: &Lexicon, token: &Token) -> Vec<Meaning> {
    let Kind::Word { exact, .. } = &token.kind else { return Vec::new() };
    let stems = ENDINGS.iter().filter_map(|ending| exact.strip_suffix(ending)).filter(|stem| stem.chars().count() > 1);
    for stem in stems {
        for word in [stem, stem.trim_end_matches('s')] {
            let filters = |meaning: &&Meaning| matches!(meaning, Meaning::Filter(_));
            let found: Vec<Meaning> = lexicon.word(word).unwrap_or_default().iter().filter(filters).cloned().collect();
            if !found.is_empty() {
                return found;
            }
        }
    }
    Vec::new()
}

fn last_field(lexicon: &Lexicon, tokens: &[Token]) -> Option<FieldId> {
    (1..tokens.len()).find_map(|from| {
        let (length, meanings) = lexicon.longest(&tokens[from..])?;
        let field =
            meanings.iter().find_map(|meaning| if let Meaning::Field(field) = meaning { Some(*field) } else { None });
        field.filter(|_| length == tokens.len() - from)
    })
}
