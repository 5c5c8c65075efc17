//! Finds the columns of a table: by the mapping, by the codes of commercial sites, or by what the headings say.

use super::fields::{Field, THIRD_PARTY, fold, recognise};
use super::mapping::{Mapping, Unit};
use crate::error::SourceError;

/// Which columns hold what.
#[derive(Clone, Debug)]
pub(super) struct Columns {
    /// Field, position and unit, in the order of the table.
    pub found: Vec<(Field, usize, Unit)>,
    /// The headings, for messages.
    pub headings: Vec<String>,
    /// How many columns.
    pub count: usize,
    /// Whether the codes of commercial sites are used, whose rows must pass the identities.
    pub third_party: bool,
}

impl Columns {
    pub fn find(headings: &[String], mapping: &Mapping) -> Result<Self, SourceError> {
        let mut columns = Self {
            found: Vec::new(),
            headings: headings.to_vec(),
            count: headings.len(),
            third_party: mapping.third_party,
        };
        if !mapping.entries.is_empty() {
            columns.by_mapping(mapping)?;
        } else {
            let is_code = |heading: &String| {
                THIRD_PARTY.iter().any(|(code, _)| *code == fold(heading) && fold(heading).len() <= 3)
            };
            columns.third_party |= headings.iter().filter(|heading| is_code(heading)).count() >= 4;
            columns.by_heading(mapping)?;
        }
        if columns.position(Field::Orgnr).is_none() {
            let mut error = SourceError::input("no column holds the organisation number")
                .at_line(1)
                .sample(&headings.join(" | "))
                .remedy("Name it “orgnr” or give a mapping with “orgnr = Heading”");
            if headings.len() == 1 {
                error = error.remedy(
                    "The table seems to have one column: name the delimiter in the mapping, e.g. “@delimiter = ;”",
                );
            }
            return Err(error);
        }
        Ok(columns)
    }

    /// Position of a field's column.
    pub fn position(&self, field: Field) -> Option<usize> {
        self.found.iter().find(|(found, ..)| *found == field).map(|(_, position, _)| *position)
    }

    /// Whether any column holds an amount.
    pub fn have_amounts(&self) -> bool {
        self.found.iter().any(|(field, ..)| matches!(field, Field::Amount(_)))
    }

    fn by_mapping(&mut self, mapping: &Mapping) -> Result<(), SourceError> {
        for entry in &mapping.entries {
            let exact = self.headings.iter().position(|heading| *heading == entry.heading);
            let folded = || self.headings.iter().position(|heading| fold(heading) == fold(&entry.heading));
            let Some(position) = exact.or_else(folded) else {
                return Err(SourceError::input(format!("the table has no column “{}”", entry.heading))
                    .in_file("mapping")
                    .at_line(entry.line)
                    .in_field(entry.field.key())
                    .sample(&self.headings.join(" | "))
                    .remedy("Correct the heading in the mapping, or check delimiter and encoding of the table"));
            };
            self.found.push((entry.field, position, entry.unit.or(mapping.unit).unwrap_or_default()));
        }
        Ok(())
    }

    fn by_heading(&mut self, mapping: &Mapping) -> Result<(), SourceError> {
        for (position, heading) in self.headings.iter().enumerate() {
            // "Omsättning (tkr)": the unit stands in the heading.
            let (name, own_unit) = match heading.rsplit_once(['(', '[']) {
                Some((name, rest)) => match Unit::from_word(rest.trim_end_matches([')', ']'])) {
                    Some(unit) => (name, Some(unit)),
                    None => (heading.as_str(), None),
                },
                None => (heading.as_str(), None),
            };
            let code = THIRD_PARTY.iter().find(|(code, _)| self.third_party && *code == fold(name));
            let field = match code {
                Some((_, line)) => Some(Field::Amount(*line)),
                None => recognise(name),
            };
            let Some(field) = field else { continue };
            if self.position(field).is_some() {
                return Err(SourceError::input(format!("two columns hold {}", field.key()))
                    .at_line(1)
                    .sample(heading)
                    .remedy("Give a mapping that says which one to read"));
            }
            // Commercial sites give thousands.
            let usual = if self.third_party { Unit::Thousand } else { Unit::One };
            self.found.push((field, position, own_unit.or(mapping.unit).unwrap_or(usual)));
        }
        Ok(())
    }
}
