//! Finds the columns of a table: by the mapping, by the codes of commercial sites, or by what the headings say. What is
//! not read is named with its reason.

use domain::catalogue::FIELDS;
use domain::currency::Currency;

use super::fields::{Field, Rank, THIRD_PARTY, fold, is_code, meant_by_several, ranked, resembled};
use super::mapping::{Mapping, Unit};
use super::unit::{self, Scale};
use crate::error::SourceError;

/// A column that is read.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Column {
    pub field: Field,
    pub position: usize,
    /// The unit of its amounts; `None` until it is known whether a note around the table names one.
    pub unit: Option<Unit>,
    /// The currency that its heading names.
    pub currency: Option<Currency>,
}

/// A column that is not read.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Left {
    pub position: usize,
    pub reason: String,
    /// Whether its heading names something that Lode knows, so that the report has to say that it is left out.
    pub is_known: bool,
}

/// Which columns hold what.
#[derive(Clone, Debug)]
pub(super) struct Columns {
    /// In the order of the table.
    pub found: Vec<Column>,
    /// The others.
    pub left: Vec<Left>,
    /// The headings, for messages.
    pub headings: Vec<String>,
    /// Whether the codes of commercial sites are used, whose rows must pass the identities.
    pub third_party: bool,
}

impl Columns {
    /// The columns, and why the table cannot be read with them.
    pub fn find(headings: &[String], line: u64, mapping: &Mapping) -> (Self, Vec<SourceError>) {
        let mut columns =
            Self { found: Vec::new(), left: Vec::new(), headings: headings.to_vec(), third_party: mapping.third_party };
        let mut problems = if mapping.entries.is_empty() {
            columns.third_party |= headings.iter().filter(|heading| is_code(heading)).count() >= 4;
            columns.by_heading(line)
        } else {
            columns.by_mapping(mapping)
        };
        if columns.position(Field::Orgnr).is_none() {
            problems.push(columns.no_number(line));
        }
        columns.found.sort_by_key(|column| column.position);
        columns.left.sort_by_key(|left| left.position);
        (columns, problems)
    }

    fn no_number(&self, line: u64) -> SourceError {
        let remedy = if self.headings.len() == 1 {
            "The first row seems to have one column. Name the delimiter in the mapping, e.g. “@delimiter = ;”, or delete the \
             rows above the headings"
        } else {
            "Name it “orgnr”, give a mapping with “orgnr = Heading”, or delete the rows above the headings if there are any"
        };
        let error = SourceError::input("no column holds the organisation number").at_line(line);
        error.sample(&self.headings.join(" | ")).remedy(remedy)
    }

    /// The column of a field.
    pub fn column(&self, field: Field) -> Option<&Column> {
        self.found.iter().find(|column| column.field == field)
    }

    /// Position of a field's column.
    pub fn position(&self, field: Field) -> Option<usize> {
        self.column(field).map(|column| column.position)
    }

    /// Reads a column that was left out as a field without a unit.
    pub fn take(&mut self, position: usize, field: Field) {
        self.left.retain(|left| left.position != position);
        self.found.push(Column { field, position, unit: None, currency: None });
        self.found.sort_by_key(|column| column.position);
    }

    /// Whether the column at a position holds an amount.
    pub fn is_amount(&self, position: usize) -> bool {
        self.found.iter().any(|column| column.position == position && matches!(column.field, Field::Amount(_)))
    }

    /// Whether any column holds an amount.
    pub fn have_amounts(&self) -> bool {
        self.found.iter().any(|column| matches!(column.field, Field::Amount(_)))
    }

    /// Gives columns the units of the row below the headings, where the headings name none.
    pub fn take_unit_row(&mut self, units: &[Option<Scale>]) {
        for column in &mut self.found {
            if let (Field::Amount(_), Some(Some(scale))) = (column.field, units.get(column.position)) {
                column.unit = column.unit.or(Some(scale.unit));
                column.currency = column.currency.or(scale.currency);
            }
        }
    }

    /// Settles the units: of heading or mapping's entry, else the mapping's `@unit`, else of a note around the table, else whole
    /// units (thousands for the codes of commercial sites).
    pub fn settle_units(&mut self, mapping: &Mapping, note: Option<Scale>) {
        let usual = if self.third_party { Unit::Thousand } else { Unit::One };
        for column in &mut self.found {
            let settled = column.unit.or(mapping.unit).or(note.map(|scale| scale.unit)).unwrap_or(usual);
            column.unit = Some(settled);
            column.currency = column.currency.or(note.and_then(|scale| scale.currency));
        }
    }

    fn by_mapping(&mut self, mapping: &Mapping) -> Vec<SourceError> {
        let mut problems = Vec::new();
        for entry in &mapping.entries {
            let exact = self.headings.iter().position(|heading| *heading == entry.value || *heading == entry.heading);
            let folded = || self.headings.iter().position(|heading| entry.is_called(heading));
            // `#3` names the third column, for headings that are empty or come twice.
            let numbered = || {
                let number: usize = entry.heading.strip_prefix('#')?.parse().ok()?;
                (1..=self.headings.len()).contains(&number).then(|| number - 1)
            };
            let Some(position) = exact.or_else(folded).or_else(numbered) else {
                let error = SourceError::input(format!("the table has no column “{}”", entry.heading))
                    .in_file("mapping")
                    .at_line(entry.line)
                    .in_field(entry.field.key())
                    .sample(&self.headings.join(" | "));
                problems.push(error.remedy(
                    "Correct the heading in the mapping, check delimiter and encoding of the table, or delete the rows above \
                     its headings",
                ));
                continue;
            };
            let scale = self.headings.get(position).and_then(|heading| unit::split(heading)).map(|(_, scale)| scale);
            let scale = scale.filter(|_| matches!(entry.field, Field::Amount(_)));
            self.found.push(Column {
                field: entry.field,
                position,
                unit: entry.unit.or(scale.map(|scale| scale.unit)),
                currency: scale.and_then(|scale| scale.currency),
            });
        }
        for (position, heading) in self.headings.iter().enumerate() {
            if self.found.iter().all(|column| column.position != position) {
                let name = unit::split(heading).map_or(heading.as_str(), |(name, _)| name);
                let is_known =
                    ranked(heading).or_else(|| ranked(name)).is_some_and(|(field, _)| self.column(field).is_none());
                self.left.push(Left { position, reason: "the mapping does not name it".to_owned(), is_known });
            }
        }
        problems
    }

    fn by_heading(&mut self, line: u64) -> Vec<SourceError> {
        let mut problems = Vec::new();
        let mut ranks: Vec<Rank> = Vec::new();
        for (position, heading) in self.headings.clone().iter().enumerate() {
            let (column, rank) = match self.read(position, heading) {
                Ok(found) => found,
                Err(left) => {
                    self.left.push(left);
                    continue;
                }
            };
            let Some(other) = self.found.iter().position(|found| found.field == column.field) else {
                self.found.push(column);
                ranks.push(rank);
                continue;
            };
            let reason = |position: usize| {
                let heading = self.headings.get(position).map_or("", String::as_str);
                format!("{} is read from “{heading}”", column.field.key())
            };
            match rank.cmp(&ranks[other]) {
                std::cmp::Ordering::Less => {
                    let reason = reason(self.found[other].position);
                    self.left.push(Left { position, reason, is_known: true });
                }
                std::cmp::Ordering::Greater => {
                    let left = Left { position: self.found[other].position, reason: reason(position), is_known: true };
                    self.left.push(left);
                    self.found[other] = column;
                    ranks[other] = rank;
                }
                std::cmp::Ordering::Equal => {
                    let error = SourceError::input(format!("two columns hold {}", column.field.key()));
                    problems
                        .push(error.at_line(line).sample(heading).remedy("Give a mapping that says which one to read"));
                    let reason = reason(self.found[other].position);
                    self.left.push(Left { position, reason, is_known: true });
                }
            }
        }
        problems
    }

    /// What a heading says by itself.
    fn read(&self, position: usize, heading: &str) -> Result<(Column, Rank), Left> {
        let code = |name: &str| THIRD_PARTY.iter().find(|(code, _)| self.third_party && *code == fold(name));
        let (name, scale) = match (ranked(heading).is_some() || code(heading).is_some(), unit::split(heading)) {
            // A heading that is a name as it stands has no unit; “Period to” ends in no thousands.
            (false, Some((name, scale))) => (name, Some(scale)),
            _ => (heading, None),
        };
        let found = match code(name) {
            Some((_, line)) => Some((Field::Amount(*line), Rank::Own)),
            None => ranked(name),
        };
        let Some((field, rank)) = found else { return Err(unknown(position, heading, name)) };
        let is_amount = matches!(field, Field::Amount(_));
        if !is_amount && scale.is_some_and(|scale| scale.unit != Unit::One) {
            let reason = format!("{} has no unit, and the heading gives one", field.key());
            return Err(Left { position, reason, is_known: true });
        }
        let scale = scale.filter(|_| is_amount);
        let column = Column {
            field,
            position,
            unit: scale.map(|scale| scale.unit),
            currency: scale.and_then(|scale| scale.currency),
        };
        Ok((column, rank))
    }
}

/// Why a heading without a field of its own is left out.
fn unknown(position: usize, heading: &str, name: &str) -> Left {
    let folded = fold(name);
    let computed = FIELDS.iter().find(|field| {
        [field.key, field.label.sv, field.label.en].iter().any(|own| fold(own) == folded) && !folded.is_empty()
    });
    let (reason, is_known) = match (computed, resembled(heading)) {
        (Some(field), _) => (format!("Lode computes {} itself from the lines", field.key), true),
        (None, Some(field)) => (format!("it says more than {}; map it if it is that", field.key()), true),
        (None, None) if meant_by_several(name).is_some() => {
            (format!("it may be {}: map it to the one", meant_by_several(name).unwrap_or_default()), true)
        }
        (None, None) if heading.trim().is_empty() => ("it has no heading".to_owned(), false),
        (None, None) => ("no field is called so".to_owned(), false),
    };
    Left { position, reason, is_known }
}
