//! What people change in a report. Their words never stand among the checked sentences: they are kept apart, as theirs, with what they
//! were put in the place of.

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::lever::{Lever, Recommendation, Section};
use super::report::{PersonSentence, Report, SectionFacts};
use crate::one_line::filled_line;

/// Characters of a person's sentence.
pub const MOST_CHARACTERS: usize = 1_000;
/// Sentences of people that a report holds.
pub const MOST_SENTENCES: usize = 100;

/// Which list of a report a sentence stands in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Part {
    /// How a conversation might begin.
    Suggestion,
    /// What should be asked.
    OpenQuestion,
    /// The checked sentences of a section, and what people wrote about it.
    #[serde(untagged)]
    Section(Section),
}

impl Part {
    /// Every part, in the order in which reports show them.
    pub fn all() -> impl Iterator<Item = Self> {
        Section::ALL.iter().copied().map(Self::Section).chain([Self::Suggestion, Self::OpenQuestion])
    }

    /// The stable name: a section's, `suggestion` or `open_question`.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::Section(section) => section.key(),
            Self::Suggestion => "suggestion",
            Self::OpenQuestion => "open_question",
        }
    }

    /// The part with this name.
    #[must_use]
    pub fn find(key: &str) -> Option<Self> {
        Self::all().find(|part| part.key() == key)
    }
}

/// One change. Positions count from 0 in the report as the changes before have left it.
#[derive(Clone, Debug, PartialEq)]
pub enum Edit {
    /// A person's words in the place of a sentence of a part.
    Replace {
        /// Where it stands.
        part: Part,
        /// Which of the part.
        index: usize,
        /// The words.
        text: String,
    },
    /// A sentence of a part is taken out.
    Remove {
        /// Where it stands.
        part: Part,
        /// Which of the part.
        index: usize,
    },
    /// A person's sentence that replaces none.
    Add {
        /// Where it belongs.
        part: Part,
        /// The words.
        text: String,
    },
    /// Other words for a sentence that a person wrote.
    Rewrite {
        /// Which of the people's sentences.
        index: usize,
        /// The words.
        text: String,
    },
    /// A sentence that a person wrote is taken out; what it replaced stays out.
    Drop {
        /// Which of the people's sentences.
        index: usize,
    },
    /// What a person would do with the company; `None` is the score's recommendation again.
    Recommend(Option<Recommendation>),
    /// Which levers a person sees; `None` is those of the analysis again.
    Levers(Option<Vec<Lever>>),
}

/// What an edit changed, for the history.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Change {
    /// Where: a part, `recommendation` or `levers`.
    pub place: String,
    /// What stood there; null where nothing did.
    pub before: Value,
    /// What stands there now; null where nothing does.
    pub after: Value,
}

/// Why an edit cannot be made.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("edits/{index}/{field}: {message}")]
pub struct EditError {
    /// Which of the edits.
    pub index: usize,
    /// Which field of it.
    pub field: &'static str,
    /// What is wrong and what is expected.
    pub message: String,
}

/// The report with the edits, and what they changed. A report that is edited in vain (same words, same levers) is an error, so that the
/// history holds changes alone.
///
/// # Errors
/// The first edit that cannot be made; nothing is changed then.
pub fn revise(report: &Report, edits: &[Edit]) -> Result<(Report, Vec<Change>), EditError> {
    let mut changed = report.clone();
    let mut changes = Vec::with_capacity(edits.len());
    for (index, edit) in edits.iter().enumerate() {
        let change = apply(&mut changed, edit).map_err(|(field, message)| EditError { index, field, message })?;
        if change.before == change.after {
            let message = "nothing would change".to_owned();
            return Err(EditError { index, field: field_of(edit), message });
        }
        changes.push(change);
    }
    Ok((changed, changes))
}

fn field_of(edit: &Edit) -> &'static str {
    match edit {
        Edit::Replace { .. } | Edit::Add { .. } | Edit::Rewrite { .. } => "text",
        Edit::Remove { .. } | Edit::Drop { .. } => "index",
        Edit::Recommend(_) => "recommendation",
        Edit::Levers(_) => "levers",
    }
}

type Wrong = (&'static str, String);

fn apply(report: &mut Report, edit: &Edit) -> Result<Change, Wrong> {
    match edit {
        Edit::Replace { part, index, text } => {
            let text = sentence(text)?;
            let before = standing(report, *part, *index)?;
            if before == text {
                return Ok(change(part.key(), json!(before), json!(text)));
            }
            has_room(report)?;
            take_out(report, *part, *index);
            let after = json!(text);
            report.by_people.push(PersonSentence { part: *part, text, replaced: Some(before.clone()) });
            Ok(change(part.key(), json!(before), after))
        }
        Edit::Remove { part, index } => {
            let before = standing(report, *part, *index)?;
            take_out(report, *part, *index);
            Ok(change(part.key(), json!(before), Value::Null))
        }
        Edit::Add { part, text } => {
            let text = sentence(text)?;
            has_room(report)?;
            let after = json!(text);
            report.by_people.push(PersonSentence { part: *part, text, replaced: None });
            Ok(change(part.key(), Value::Null, after))
        }
        Edit::Rewrite { index, text } => {
            let text = sentence(text)?;
            let count = report.by_people.len();
            let kept = report.by_people.get_mut(*index).ok_or_else(|| no_such(*index, count))?;
            let before = std::mem::replace(&mut kept.text, text);
            Ok(change(kept.part.key(), json!(before), json!(kept.text)))
        }
        Edit::Drop { index } => {
            if *index >= report.by_people.len() {
                return Err(no_such(*index, report.by_people.len()));
            }
            let dropped = report.by_people.remove(*index);
            Ok(change(dropped.part.key(), json!(dropped.text), Value::Null))
        }
        Edit::Recommend(wanted) => {
            let before = report.recommended();
            // The score's own word is no word of a person.
            report.person_recommendation = wanted.filter(|wanted| Some(*wanted) != report.recommendation);
            Ok(change("recommendation", json!(before), json!(report.recommended())))
        }
        Edit::Levers(wanted) => {
            let before = report.chosen_levers();
            let sorted = wanted.as_ref().map(|wanted| in_order(wanted));
            report.person_levers = sorted.filter(|sorted| *sorted != report.own_levers());
            Ok(change("levers", json!(before), json!(report.chosen_levers())))
        }
    }
}

fn change(place: &str, before: Value, after: Value) -> Change {
    Change { place: place.to_owned(), before, after }
}

fn in_order(levers: &[Lever]) -> Vec<Lever> {
    Lever::ALL.iter().copied().filter(|lever| levers.contains(lever)).collect()
}

fn sentence(text: &str) -> Result<String, Wrong> {
    let text =
        filled_line(text).ok_or_else(|| ("text", "a sentence is expected; to take one out, remove it".to_owned()))?;
    if text.chars().count() > MOST_CHARACTERS {
        return Err(("text", format!("at most {MOST_CHARACTERS} characters are expected")));
    }
    Ok(text)
}

fn has_room(report: &Report) -> Result<(), Wrong> {
    if report.by_people.len() >= MOST_SENTENCES {
        return Err(("text", format!("a report holds at most {MOST_SENTENCES} sentences of people; remove one first")));
    }
    Ok(())
}

fn no_such(index: usize, count: usize) -> Wrong {
    ("index", format!("there is no sentence {index}; there are {count}, counted from 0"))
}

fn facts(report: &Report, section: Section) -> Option<&SectionFacts> {
    report.sections.iter().find(|one| one.section == section)
}

/// The words of a sentence of a part that no person wrote.
fn standing(report: &Report, part: Part, index: usize) -> Result<String, Wrong> {
    let (found, count) = match part {
        Part::Section(section) => {
            let facts = facts(report, section).map(|section| section.facts.as_slice()).unwrap_or_default();
            (facts.get(index).map(|fact| fact.text.clone()), facts.len())
        }
        Part::Suggestion => (report.suggestions.get(index).cloned(), report.suggestions.len()),
        Part::OpenQuestion => (report.open_questions.get(index).cloned(), report.open_questions.len()),
    };
    found.ok_or_else(|| no_such(index, count))
}

/// Takes out a sentence that is known to stand there. A checked one is no longer counted as verified.
fn take_out(report: &mut Report, part: Part, index: usize) {
    match part {
        Part::Section(section) => {
            if let Some(found) = report.sections.iter_mut().find(|one| one.section == section) {
                found.facts.remove(index);
                report.counts.verified = report.counts.verified.saturating_sub(1);
            }
            report.sections.retain(|section| !section.facts.is_empty());
        }
        Part::Suggestion => drop(report.suggestions.remove(index)),
        Part::OpenQuestion => drop(report.open_questions.remove(index)),
    }
}

#[cfg(test)]
pub(super) mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::analysis::report::{Counts, LeverView, REPORT_VERSION, Statement};
    use crate::evidence::Language;

    /// A report with two strengths, a risk, a suggestion, a question and a lever.
    pub fn report() -> Report {
        let fact = |text: &str| Statement { text: text.to_owned(), cites: Vec::new() };
        Report {
            version: REPORT_VERSION,
            language: Language::En,
            dossier_sha256: None,
            sections: vec![
                SectionFacts { section: Section::Strengths, facts: vec![fact("It earns well."), fact("It grows.")] },
                SectionFacts { section: Section::Risks, facts: vec![fact("It has one customer.")] },
            ],
            levers: vec![LeverView {
                lever: Lever::Pricing,
                impact: None,
                effort: None,
                reasons: vec![fact("Prices are low.")],
            }],
            fit: Vec::new(),
            recommendation: Some(Recommendation::Watch),
            model_opinion: None,
            suggestions: vec!["Ask about the next generation.".to_owned()],
            open_questions: vec!["Who owns it?".to_owned()],
            not_found: Vec::new(),
            unverified: Vec::new(),
            counts: Counts { verified: 3, contradicted: 0, not_found: 0 },
            flags: Vec::new(),
            by_people: Vec::new(),
            person_recommendation: None,
            person_levers: None,
        }
    }

    const STRENGTHS: Part = Part::Section(Section::Strengths);

    #[test]
    fn edited_sentence_leaves_the_checked_ones_and_is_a_persons() {
        let edit = Edit::Replace { part: STRENGTHS, index: 1, text: "  It grows\n slowly. ".to_owned() };
        let (changed, changes) = revise(&report(), &[edit]).unwrap();
        assert_eq!(changed.sections[0].facts.len(), 1);
        assert_eq!(changed.counts.verified, 2);
        let written = PersonSentence {
            part: STRENGTHS,
            text: "It grows slowly.".to_owned(),
            replaced: Some("It grows.".to_owned()),
        };
        assert_eq!(changed.by_people, [written]);
        assert_eq!(changes[0], change("strengths", json!("It grows."), json!("It grows slowly.")));
    }

    #[test]
    fn last_sentence_of_a_section_takes_the_section_with_it() {
        let (changed, _) =
            revise(&report(), &[Edit::Remove { part: Part::Section(Section::Risks), index: 0 }]).unwrap();
        assert!(changed.sections.iter().all(|section| section.section != Section::Risks));
    }

    #[test]
    fn recommendation_and_levers_of_a_person_stand_beside_those_of_the_analysis() {
        let edits =
            [Edit::Recommend(Some(Recommendation::Pursue)), Edit::Levers(Some(vec![Lever::Financing, Lever::Pricing]))];
        let (changed, changes) = revise(&report(), &edits).unwrap();
        assert_eq!(
            (changed.recommendation, changed.recommended()),
            (Some(Recommendation::Watch), Some(Recommendation::Pursue))
        );
        assert_eq!(changed.chosen_levers(), [Lever::Pricing, Lever::Financing]);
        assert_eq!((&changes[1].before, &changes[1].after), (&json!(["pricing"]), &json!(["pricing", "financing"])));
        let back = [Edit::Recommend(None), Edit::Levers(Some(vec![Lever::Pricing]))];
        let (again, _) = revise(&changed, &back).unwrap();
        assert_eq!(again, report());
    }

    #[test]
    fn edit_that_changes_nothing_or_names_no_sentence_says_so() {
        let wrong = |edit| revise(&report(), &[edit]).map(|_| ()).unwrap_err();
        let error = wrong(Edit::Remove { part: STRENGTHS, index: 2 });
        assert_eq!(
            (error.field, error.message.as_str()),
            ("index", "there is no sentence 2; there are 2, counted from 0")
        );
        assert_eq!(
            wrong(Edit::Replace { part: STRENGTHS, index: 0, text: "It earns well.".to_owned() }).message,
            "nothing would change"
        );
        assert_eq!(wrong(Edit::Recommend(Some(Recommendation::Watch))).field, "recommendation");
        assert_eq!(wrong(Edit::Add { part: STRENGTHS, text: "\u{200b} ".to_owned() }).field, "text");
        assert_eq!(wrong(Edit::Drop { index: 0 }).field, "index");
    }

    #[test]
    fn every_part_is_found_by_its_key_and_written_as_it() {
        for part in Part::all() {
            assert_eq!(Part::find(part.key()), Some(part));
            assert_eq!(serde_json::to_value(part).unwrap(), json!(part.key()));
            assert_eq!(serde_json::from_value::<Part>(json!(part.key())).unwrap(), part);
        }
    }

    fn edits() -> impl Strategy<Value = Edit> {
        let part = || prop::sample::select(Part::all().collect::<Vec<_>>());
        let text = || "[a-c]{0,2}";
        prop_oneof![
            (part(), 0..3_usize, text()).prop_map(|(part, index, text)| Edit::Replace { part, index, text }),
            (part(), 0..3_usize).prop_map(|(part, index)| Edit::Remove { part, index }),
            (part(), text()).prop_map(|(part, text)| Edit::Add { part, text }),
            (0..3_usize, text()).prop_map(|(index, text)| Edit::Rewrite { index, text }),
            (0..3_usize).prop_map(|index| Edit::Drop { index }),
            prop::option::of(prop::sample::select(Recommendation::ALL)).prop_map(Edit::Recommend),
            prop::option::of(prop::collection::vec(prop::sample::select(Lever::ALL), 0..3)).prop_map(Edit::Levers),
        ]
    }

    proptest! {
        /// Whatever people do: no word of theirs stands among the checked sentences, what the analysis says itself of score and levers is
        /// untouched, and the report reads back as it was written.
        #[test]
        fn no_sequence_of_edits_puts_a_persons_words_among_checked_ones(edits in prop::collection::vec(edits(), 1..20)) {
            let first = report();
            let checked: Vec<Statement> = first.sections.iter().flat_map(|section| section.facts.clone()).collect();
            let mut now = first.clone();
            for edit in &edits {
                match revise(&now, std::slice::from_ref(edit)) {
                    Ok((changed, changes)) => {
                        prop_assert_ne!(&changed, &now);
                        prop_assert!(changes.iter().all(|change| change.before != change.after));
                        now = changed;
                    }
                    Err(error) => prop_assert!(!error.message.is_empty()),
                }
                let standing: Vec<&Statement> = now.sections.iter().flat_map(|section| &section.facts).collect();
                prop_assert!(standing.iter().all(|fact| checked.contains(fact)));
                prop_assert_eq!(now.counts.verified, standing.len());
                prop_assert_eq!((now.recommendation, &now.levers), (first.recommendation, &first.levers));
                let again: Report = serde_json::from_value(serde_json::to_value(&now).unwrap()).unwrap();
                prop_assert_eq!(&again, &now);
            }
        }
    }
}
