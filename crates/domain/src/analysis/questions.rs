//! What a template asks a model, and the templates that are shipped.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::lever::Section;
use super::template::{Template, TemplateError};
use crate::label::Label;

/// Characters of instructions at most.
const MOST_INSTRUCTIONS: usize = 8_000;
/// Tokens of an answer that a template may ask for.
const OUTPUT_TOKENS: std::ops::RangeInclusive<u32> = 200..=16_000;
/// Variables that are always there.
pub const VARIABLES: [&str; 3] = ["company", "orgnr", "language"];

/// What a model is asked.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Questions {
    /// What sentences are asked for, at least one.
    pub sections: Vec<Section>,
    /// Whether levers are asked for.
    #[serde(default)]
    pub levers: bool,
    /// Whether the fit of each dimension is asked for.
    #[serde(default)]
    pub fit: bool,
    /// Whether open questions are asked for.
    #[serde(default)]
    pub open_questions: bool,
    /// What is asked in the team's own words; `{company}`, `{orgnr}`, `{language}` and the template's own variables are filled in.
    #[serde(default)]
    pub instructions: String,
    /// Variables of the template: name → text.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub variables: BTreeMap<String, String>,
    /// Tokens of the answer at most.
    pub max_output_tokens: u32,
}

impl Questions {
    /// Checks what somebody wrote.
    ///
    /// # Errors
    /// The first thing that is wrong, with its place below `/questions`.
    pub fn check(&self) -> Result<(), TemplateError> {
        let wrong =
            |place: &str, message: String| Err(TemplateError { pointer: format!("/questions/{place}"), message });
        if self.sections.is_empty() {
            return wrong("sections", "at least one section is expected".to_owned());
        }
        if let Some(index) = (1..self.sections.len()).find(|at| self.sections[..*at].contains(&self.sections[*at])) {
            return wrong(&format!("sections/{index}"), "stands twice".to_owned());
        }
        if self.instructions.chars().count() > MOST_INSTRUCTIONS {
            return wrong("instructions", format!("at most {MOST_INSTRUCTIONS} characters are expected"));
        }
        if !OUTPUT_TOKENS.contains(&self.max_output_tokens) {
            return wrong("max_output_tokens", "a number from 200 to 16000 is expected".to_owned());
        }
        if let Err(name) = self.filled(&BTreeMap::new()) {
            let known: Vec<&str> = VARIABLES.into_iter().chain(self.variables.keys().map(String::as_str)).collect();
            return wrong("instructions", format!("there is no variable {{{name}}}; there are {}", known.join(", ")));
        }
        Ok(())
    }

    /// The instructions with their variables filled in; the name of one that is not known otherwise.
    ///
    /// # Errors
    /// The unknown name.
    pub fn filled(&self, values: &BTreeMap<&str, String>) -> Result<String, String> {
        let mut out = String::with_capacity(self.instructions.len());
        let mut rest = self.instructions.as_str();
        while let Some(begin) = rest.find('{') {
            out.push_str(&rest[..begin]);
            let after = &rest[begin + 1..];
            let name_end = after.find(|c: char| !(c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_'));
            match name_end {
                // Only `{name}` is a variable; other braces are text.
                Some(end) if end > 0 && after[end..].starts_with('}') => {
                    let name = &after[..end];
                    match (values.get(name), self.variables.get(name)) {
                        (Some(value), _) | (None, Some(value)) => out.push_str(value),
                        (None, None) if VARIABLES.contains(&name) => {}
                        (None, None) => return Err(name.to_owned()),
                    }
                    rest = &after[end + 1..];
                }
                _ => {
                    out.push('{');
                    rest = after;
                }
            }
        }
        out.push_str(rest);
        Ok(out)
    }
}

/// A template that comes with the program.
pub struct Shipped {
    /// Stable name.
    pub key: &'static str,
    /// Raised whenever the template changes.
    pub version: i32,
    /// What people read.
    pub name: Label,
    /// What it is for.
    pub description: Label,
    questions: fn() -> Questions,
}

impl Shipped {
    /// The template.
    #[must_use]
    pub fn template(&self) -> Template {
        Template { questions: Some((self.questions)()), ..Template::acquisition() }
    }
}

/// The templates that come with the program.
pub static SHIPPED: [Shipped; 3] = [
    Shipped {
        key: "triage",
        version: 1,
        name: Label { sv: "Snabb gallring", en: "Quick triage" },
        description: Label {
            sv: "Vad bolaget gör, vad som talar för och emot, och om det är värt en närmare titt.",
            en: "What the company does, what speaks for and against it, and whether it is worth a closer look.",
        },
        questions: || {
            Questions {
            sections: vec![Section::BusinessModel, Section::Strengths, Section::Risks],
            levers: false,
            fit: true,
            open_questions: false,
            instructions: "Help a buyer of companies to decide in one minute whether {company} deserves a closer look. Write at most six \
                           sentences, the most telling ones."
                .to_owned(),
            variables: BTreeMap::new(),
            max_output_tokens: 1_200,
        }
        },
    },
    Shipped {
        key: "full",
        version: 1,
        name: Label { sv: "Full analys", en: "Full analysis" },
        description: Label {
            sv: "Affärsmodell, produkter, kunder, position, styrkor, svagheter, risker, hävstänger och öppna frågor.",
            en: "Business model, products, customers, position, strengths, weaknesses, risks, levers and open questions.",
        },
        questions: || {
            Questions {
            sections: Section::ALL.to_vec(),
            levers: true,
            fit: true,
            open_questions: true,
            instructions: "Analyse {company} for somebody who considers to buy it and to own it for many years. Look at how it earns its money, \
                           how that has developed, and what an owner could change."
                .to_owned(),
            variables: BTreeMap::new(),
            max_output_tokens: 4_000,
        }
        },
    },
    Shipped {
        key: "outreach",
        version: 1,
        name: Label { sv: "Ingång till samtal", en: "Outreach angle" },
        description: Label {
            sv: "Hur ett första samtal med ägaren kan börja, byggt på det som bolaget självt säger.",
            en: "How a first conversation with the owner could begin, built on what the company itself says.",
        },
        questions: || {
            Questions {
            sections: vec![Section::BusinessModel, Section::Products, Section::Customers, Section::OutreachAngle],
            levers: false,
            fit: false,
            open_questions: true,
            instructions: "Prepare a first telephone call with the owner of {company}. Find what they are proud of and what is particular to \
                           them. The outreach angle is two to four sentences that could be said aloud."
                .to_owned(),
            variables: BTreeMap::new(),
            max_output_tokens: 1_500,
        }
        },
    },
];

/// The shipped template with this key.
#[must_use]
pub fn shipped(key: &str) -> Option<&'static Shipped> {
    SHIPPED.iter().find(|template| template.key == key)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shipped_templates_pass_their_own_check_and_have_distinct_keys() {
        for template in &SHIPPED {
            template.template().check().unwrap();
            assert!(std::ptr::eq(shipped(template.key).unwrap(), template));
        }
        assert!(shipped("no_such").is_none());
    }

    #[test]
    fn unknown_variable_is_named_and_other_braces_stay() {
        let mut questions = SHIPPED[0].template().questions.unwrap();
        questions.instructions = "About {company} {x y} {} {focus} {".to_owned();
        assert_eq!(
            questions.check().unwrap_err().message,
            "there is no variable {focus}; there are company, orgnr, language"
        );
        questions.variables.insert("focus".to_owned(), "steel".to_owned());
        questions.check().unwrap();
        let values = BTreeMap::from([("company", "Nordvik AB".to_owned())]);
        assert_eq!(questions.filled(&values).unwrap(), "About Nordvik AB {x y} {} steel {");
    }
}
