//! Notes on companies: their kinds, and whom a text mentions.

use uuid::Uuid;

/// Most characters of a note.
pub const MOST_CHARACTERS: usize = 20_000;

/// What a note is about. Everything but a plain note is a contact with the company.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoteKind {
    /// A thought, a finding.
    Note,
    /// A call with the company.
    Call,
    /// A letter or e-mail to or from the company.
    Email,
    /// A meeting with the company.
    Meeting,
}

impl NoteKind {
    /// Every kind.
    pub const ALL: [Self; 4] = [Self::Note, Self::Call, Self::Email, Self::Meeting];

    /// The name used in the database and the API.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Note => "note",
            Self::Call => "call",
            Self::Email => "email",
            Self::Meeting => "meeting",
        }
    }

    /// Reads [`NoteKind::as_str`] back.
    #[must_use]
    pub fn from_name(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == text)
    }

    /// Whether somebody spoke with the company.
    #[must_use]
    pub fn is_contact(self) -> bool {
        self != Self::Note
    }
}

/// The people that a text mentions, each once, in order: `@[Name](id)` names a person by id.
#[must_use]
pub fn mentions(body: &str) -> Vec<Uuid> {
    let mut found = Vec::new();
    for (at, _) in body.match_indices("@[") {
        let rest = &body[at + 2..];
        let Some((name, rest)) = rest.split_once("](") else { continue };
        let Some((id, _)) = rest.split_once(')') else { continue };
        if name.len() > 400 || name.contains(['[', '\n']) {
            continue;
        }
        if let Ok(id) = Uuid::parse_str(id)
            && !found.contains(&id)
        {
            found.push(id);
        }
    }
    found
}

/// The text as a person reads it, mentions as `@Name`, cut to at most `most` characters at a word.
#[must_use]
pub fn excerpt(body: &str, most: usize) -> String {
    let mut plain = String::with_capacity(body.len());
    let mut rest = body;
    while let Some(at) = rest.find("@[") {
        plain.push_str(&rest[..at]);
        rest = &rest[at + 2..];
        let parts = rest.split_once("](").and_then(|(name, after)| Some((name, after.split_once(')')?)));
        match parts {
            Some((name, (id, after))) if Uuid::parse_str(id).is_ok() => {
                plain.push('@');
                plain.push_str(name);
                rest = after;
            }
            _ => plain.push_str("@["),
        }
    }
    plain.push_str(rest);
    let plain = plain.split_whitespace().collect::<Vec<_>>().join(" ");
    if plain.chars().count() <= most {
        return plain;
    }
    let cut: String = plain.chars().take(most).collect();
    let cut = cut.rsplit_once(' ').map_or(cut.as_str(), |(head, _)| head);
    format!("{cut}…")
}

#[cfg(test)]
mod tests {
    use super::*;

    const ANNA: &str = "11111111-1111-4111-8111-111111111111";

    #[test]
    fn people_are_mentioned_by_id_and_once() {
        let body = format!("@[Anna Ek]({ANNA}) ring dem, @[Anna]({ANNA}); e-post till a@[b.se] och @[Bo](nej)");
        assert_eq!(mentions(&body), [Uuid::parse_str(ANNA).unwrap()]);
        assert_eq!(mentions("inget @[ halvt"), Vec::<Uuid>::new());
    }

    #[test]
    fn an_excerpt_reads_as_text() {
        let body = format!("@[Anna Ek]({ANNA})\nring dem @[ halvt");
        assert_eq!(excerpt(&body, 100), "@Anna Ek ring dem @[ halvt");
        assert_eq!(excerpt("ett två tre", 8), "ett två…");
    }
}
