//! Tables with a column for each year (“Omsättning 2022”, “Omsättning 2023”): read as a row per company and year.

use std::collections::BTreeSet;

use super::date;
use super::fields::{Field, fold, is_code, ranked, recognise};
use super::mapping::{Entry, Mapping};
use super::source::Line;
use super::{header, unit};
use crate::cell::Cell;
use crate::error::SourceError;

/// How the columns of such a table become the columns of rows that hold one year each.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Years {
    /// The headings of the rows: what names no year, the amounts without their years, and the year.
    pub headings: Vec<String>,
    /// Whether the headings give days or months and not years alone.
    pub has_days: bool,
    /// Amounts whose heading names no year while others do: nobody can tell which year is meant.
    pub without_year: Vec<String>,
    /// Columns of the table.
    width: usize,
    /// Where the columns stand that hold for every year.
    plain: Vec<usize>,
    /// The years in ascending order.
    years: Vec<Year>,
}

/// One year: as the rows name it, and where its columns stand.
#[derive(Clone, Debug, PartialEq)]
struct Year {
    text: String,
    positions: Vec<Option<usize>>,
}

impl Years {
    /// The years that the headings name; `None` for a table that says the year in a column, or not at all.
    ///
    /// # Errors
    /// When two columns hold the same line of the same year.
    pub fn find(headings: &[String], line: u64, mapping: &Mapping) -> Result<Option<Self>, SourceError> {
        let is_mapped = |heading: &str| mapping.entries.iter().any(|entry| entry.is_called(heading));
        let is_time = |field: Field| matches!(field, Field::PeriodStart | Field::PeriodEnd | Field::Year);
        let says_time = |heading: &String| match mapping.entries.iter().find(|entry| entry.is_called(heading)) {
            Some(entry) => is_time(entry.field),
            None => mapping.entries.is_empty() && recognise(heading).is_some_and(is_time),
        };
        if headings.iter().any(says_time) {
            return Ok(None);
        }
        // A heading that is a name as it stands, such as “SNI 2007”, or that the mapping names, is one.
        let dated: Vec<Option<(String, Moment)>> = headings
            .iter()
            .map(|heading| if ranked(heading).is_some() || is_mapped(heading) { None } else { without_year(heading) })
            .collect();
        let moments: BTreeSet<&Moment> =
            dated.iter().flatten().filter(|(name, _)| is_figure(name)).map(|(_, moment)| moment).collect();
        let has_days = moments.iter().any(|moment| matches!(moment, Moment::Day(_)));
        if moments.is_empty() || (has_days && moments.iter().any(|moment| matches!(moment, Moment::Year(_)))) {
            return Ok(None);
        }
        let mut found = Self {
            headings: Vec::new(),
            has_days,
            without_year: Vec::new(),
            width: headings.len(),
            plain: Vec::new(),
            years: moments.iter().map(|moment| Year { text: moment.text(), positions: Vec::new() }).collect(),
        };
        let mut names: Vec<&str> = Vec::new();
        for (position, (heading, dated)) in headings.iter().zip(&dated).enumerate() {
            let of_year = dated
                .as_ref()
                .and_then(|(name, moment)| Some((name, moments.iter().position(|known| *known == moment)?)));
            let Some((name, year)) = of_year else {
                if is_figure(heading) {
                    found.without_year.push(heading.clone());
                } else {
                    found.plain.push(position);
                    found.headings.push(heading.clone());
                }
                continue;
            };
            let at = names.iter().position(|known| fold(known) == fold(name)).unwrap_or_else(|| {
                names.push(name);
                found.years.iter_mut().for_each(|year| year.positions.push(None));
                names.len() - 1
            });
            let place = found.years.get_mut(year).and_then(|year| year.positions.get_mut(at));
            if place.is_some_and(|place| place.replace(position).is_some()) {
                let error = SourceError::input("two columns hold the same line of the same year").at_line(line);
                return Err(error.sample(heading).remedy("Delete one of the columns"));
            }
        }
        found.headings.extend(names.into_iter().map(str::to_owned));
        found.headings.push(found.field().key().to_owned());
        Ok(Some(found))
    }

    /// What the last column of the rows holds.
    fn field(&self) -> Field {
        if self.has_days { Field::PeriodEnd } else { Field::Year }
    }

    /// Adds the year to a mapping that names columns.
    pub fn add_to(&self, mapping: &mut Mapping) {
        if !mapping.entries.is_empty() && mapping.entries.iter().all(|entry| entry.field != self.field()) {
            let name = self.field().key().to_owned();
            mapping.entries.push(Entry {
                field: self.field(),
                heading: name.clone(),
                value: name,
                unit: None,
                line: 0,
            });
        }
    }

    /// What is told of the table.
    pub fn told(&self) -> Vec<String> {
        let years: Vec<&str> = self.years.iter().map(|year| year.text.as_str()).collect();
        let calendar = if self.has_days { "" } else { "; each is taken for the calendar year" };
        let mut told =
            vec![format!("the headings name years, and a row is read for each ({}){calendar}", years.join(", "))];
        told.extend(
            self.without_year.iter().map(|heading| {
                format!("the column “{heading}” is not used: it names no year, and the other amounts do")
            }),
        );
        told
    }

    /// The rows of a line: one for each year that has a value. A line without any value stays one row, so that it is told.
    ///
    /// # Errors
    /// When a line of text has more or fewer cells than the table has headings.
    pub fn rows(&self, mut line: Line, is_sheet: bool) -> Result<Vec<Line>, SourceError> {
        while line.cells.len() > self.width && line.cells.last().is_some_and(Cell::is_empty) {
            line.cells.pop();
        }
        let is_note = line.cells.iter().filter(|cell| !cell.is_empty()).count() < 2;
        if line.cells.len() != self.width && !is_sheet && !is_note {
            return Err(super::wrong_width(&line, self.width));
        }
        line.cells.resize(self.width, Cell::Empty);
        let row = |year: &Year, text: Cell| {
            let cell = |position: usize| line.cells.get(position).cloned().unwrap_or(Cell::Empty);
            let plain = self.plain.iter().map(|position| cell(*position));
            let amounts = year.positions.iter().map(|position| position.map_or(Cell::Empty, cell));
            Line { number: line.number, line: line.line, cells: plain.chain(amounts).chain([text]).collect() }
        };
        let has_value = |year: &&Year| {
            year.positions.iter().flatten().any(|at| line.cells.get(*at).is_some_and(|cell| !cell.is_empty()))
        };
        let first = self.years.first();
        if is_note || self.is_unit_row(&line) {
            return Ok(first.map(|year| row(year, Cell::Empty)).into_iter().collect());
        }
        let rows: Vec<Line> =
            self.years.iter().filter(has_value).map(|year| row(year, Cell::of_text(&year.text))).collect();
        if rows.is_empty() {
            return Ok(first.map(|year| row(year, Cell::of_text(&year.text))).into_iter().collect());
        }
        Ok(rows)
    }

    fn is_unit_row(&self, line: &Line) -> bool {
        // Columns of employees hold no unit of money, but count as well: their cells would else be taken for figures.
        let is_of_year = |at: usize| self.years.iter().any(|year| year.positions.contains(&Some(at)));
        let is_money = |at: usize| {
            is_of_year(at) && line.cells.get(at).and_then(Cell::text).is_some_and(|text| unit::read(&text).is_some())
        };
        header::unit_row(line, is_money).is_some()
    }
}

/// When a column's period ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Moment {
    Year(i32),
    Day(chrono::NaiveDate),
}

impl Moment {
    fn text(self) -> String {
        match self {
            Self::Year(year) => year.to_string(),
            Self::Day(day) => day.to_string(),
        }
    }

    /// `2023`, `2023-12`, `2023-12-31`, `20231231`.
    fn read(text: &str) -> Option<Self> {
        let is_now = |year: i32| (1990..=2100).contains(&year);
        if let Some(year) = date::year_alone(text) {
            return is_now(year).then_some(Self::Year(year));
        }
        let day = date::read(text).ok()?.last()?;
        is_now(chrono::Datelike::year(&day)).then_some(Self::Day(day))
    }
}

/// A heading without the one year in it, and that year; `None` where it has none, or several.
fn without_year(heading: &str) -> Option<(String, Moment)> {
    let is_part = |c: char| c.is_ascii_digit() || matches!(c, '-' | '/' | '.');
    let (mut found, mut from) = (None, 0);
    while let Some(start) = heading.get(from..)?.find(|c: char| c.is_ascii_digit()).map(|at| at + from) {
        let rest = heading.get(start..)?;
        let run = rest.get(..rest.find(|c| !is_part(c)).unwrap_or(rest.len()))?.trim_end_matches(['-', '/', '.']);
        from = start + run.len();
        if let Some(moment) = Moment::read(run)
            && found.replace((start, from, moment)).is_some()
        {
            return None;
        }
    }
    let (start, end, moment) = found?;
    let before = heading.get(..start)?.trim_end();
    let before = ["FY", "fy", "år", "År", "året"].iter().find_map(|word| before.strip_suffix(word)).unwrap_or(before);
    let words = format!(
        "{} {}",
        before.trim_end_matches(['(', '[', ' ']),
        heading.get(end..)?.trim_start_matches([')', ']', ' '])
    );
    let name = words.trim_matches(|c: char| c.is_whitespace() || matches!(c, ',' | ';' | ':' | '_' | '-' | '/' | '.'));
    (!name.is_empty()).then(|| (name.to_owned(), moment))
}

/// Whether a heading names a figure of a year.
fn is_figure(heading: &str) -> bool {
    let name = unit::split(heading).map_or(heading, |(name, _)| name);
    let field = recognise(heading).or_else(|| recognise(name));
    field.is_some_and(|field| matches!(field, Field::Amount(_) | Field::Employees)) || is_code(heading)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_year_is_taken_out_of_a_heading() {
        let cases = [
            ("Omsättning 2023", "Omsättning", "2023"),
            ("2023 Omsättning", "Omsättning", "2023"),
            ("Omsättning (tkr) 2023", "Omsättning (tkr)", "2023"),
            ("Omsättning 2023 (tkr)", "Omsättning (tkr)", "2023"),
            ("Omsättning (2023)", "Omsättning", "2023"),
            ("Omsättning (2023), tkr", "Omsättning , tkr", "2023"),
            ("Revenue FY2023", "Revenue", "2023"),
            ("revenue_2023", "revenue", "2023"),
            ("EBIT 2023-12", "EBIT", "2023-12-31"),
            ("EBIT 2023-06-30", "EBIT", "2023-06-30"),
            ("Omsättning (1000 kr) 2023", "Omsättning (1000 kr)", "2023"),
        ];
        for (heading, name, text) in cases {
            let found = without_year(heading).map(|(name, moment)| (name, moment.text()));
            assert_eq!(found, Some((name.to_owned(), text.to_owned())), "{heading}");
        }
        for heading in ["", "2023", "Omsättning", "Förändring 2022-2023", "2022 mot 2023", "Omsättning 12"] {
            assert_eq!(without_year(heading), None, "{heading}");
        }
    }

    use std::collections::BTreeMap;

    use domain::line::Line as Figure;
    use proptest::prelude::*;

    use super::super::accounts;
    use crate::row::Content;

    /// Company, last day, revenue and employees of every row, what is told, and the reasons of refusals.
    type Read = (Vec<(u64, String, Option<i64>, Option<String>)>, Vec<String>, Vec<String>);

    fn read(text: &str, mapping: Option<&str>) -> Read {
        let (mut found, mut told, mut refused) = (Vec::new(), Vec::new(), Vec::new());
        for row in accounts(text.as_bytes(), mapping).unwrap() {
            match row {
                Ok(row) => {
                    told.extend(row.warnings);
                    let Content::Record(row) = row.content else { continue };
                    let statement = &row.filing.statements[0];
                    found.push((
                        row.filing.orgnr.number(),
                        statement.period.end().to_string(),
                        statement.get(Figure::Revenue),
                        statement.employees.map(|people| people.normalize().to_string()),
                    ));
                }
                Err(error) => refused.push(error.to_string()),
            }
        }
        (found, told, refused)
    }

    #[test]
    fn a_column_per_year_is_read_as_a_row_per_year() {
        let text = "Orgnr;Namn;SNI 2007;Omsättning 2022 (tkr);Omsättning 2023 (tkr);Anställda 2023;Eget kapital\n\
            556000-0001;Annan AB;62010;;;;\n\
            559085-2777;Exempel AB;62010;1 250;1 300;12;7\n\
            Summa;;;1 250;1 300;12;7\n";
        let (found, told, refused) = read(text, None);
        let row = |end: &str, revenue, people: Option<&str>| {
            (5_590_852_777, end.to_owned(), Some(revenue), people.map(str::to_owned))
        };
        assert_eq!(found, [row("2022-12-31", 1_250_000, None), row("2023-12-31", 1_300_000, Some("12"))]);
        assert!(told.iter().any(|told| told.contains("(2022, 2023)") && told.contains("calendar year")), "{told:?}");
        assert!(told.iter().any(|told| told.contains("“Eget kapital” is not used")), "{told:?}");
        assert_eq!(told.iter().filter(|told| told.contains("total of other rows")).count(), 1, "{told:?}");
        assert!(refused.len() == 1 && refused[0].contains("holds no amount"), "{refused:?}");
    }

    #[test]
    fn days_in_headings_end_the_periods_and_units_may_stand_below() {
        let text = "Orgnr;Oms 2022-06;Oms 2023-06\n;tkr;tkr\n559085-2777;1 250;1 300\n";
        let (found, _, refused) = read(text, None);
        let ends: Vec<_> = found.iter().map(|row| (row.1.as_str(), row.2)).collect();
        assert_eq!(ends, [("2022-06-30", Some(1_250_000)), ("2023-06-30", Some(1_300_000))]);
        assert!(refused.is_empty(), "{refused:?}");
        // The mapping that the preview gives says the same, and so does one that names a year's column itself.
        let mapping = "orgnr = Orgnr\nrevenue = Oms [tkr]\nperiod_end = period_end\n";
        assert_eq!(read(text, Some(mapping)).0, found);
        let text = "Orgnr;Bokslut;Oms 2022;Oms 2023\n559085-2777;2023-12-31;1250;1300\n";
        let found = read(text, Some("orgnr = Orgnr\nrevenue = Oms 2023\nperiod_end = Bokslut\n")).0;
        assert_eq!((found.len(), found[0].2), (1, Some(1300)));
    }

    #[test]
    fn two_columns_of_one_year_and_rows_of_another_width_are_refused() {
        let error = accounts("orgnr;Omsättning 2023;Omsättning (2023)\n".as_bytes(), None).unwrap_err().to_string();
        assert!(error.contains("same line of the same year") && error.contains("line 1"), "{error}");
        let (found, _, refused) = read("orgnr;Oms 2022;Oms 2023\n5590852777;1\n5590852777;1;2\n", None);
        assert_eq!((found.len(), refused.len()), (2, 1), "{refused:?}");
        assert!(refused[0].contains("2 fields, the header 3") && refused[0].contains("line 2"), "{refused:?}");
    }

    proptest! {
        /// The naive reference: the same figures, a row per company and year.
        #[test]
        fn a_table_with_years_side_by_side_says_what_its_rows_would(
            figures in proptest::collection::btree_map(0u64..6, proptest::collection::btree_map(2019i32..2024, 1i64..1_000_000, 1..4), 1..6),
        ) {
            let numbers: Vec<u64> = (0..6).map(|n: u64| {
                let first = 556_100_000 + n;
                first * 10 + u64::from(domain::orgnr::check_digit(first))
            }).collect();
            let years: BTreeSet<i32> = figures.values().flat_map(BTreeMap::keys).copied().collect();
            let mut wide = String::from("orgnr");
            let mut long = String::from("orgnr;year;revenue\n");
            years.iter().for_each(|year| wide.push_str(&format!(";Omsättning {year}")));
            for (company, of_years) in &figures {
                let number = numbers[usize::try_from(*company).unwrap()];
                wide.push_str(&format!("\n{number}"));
                for year in &years {
                    let amount = of_years.get(year);
                    wide.push_str(&amount.map_or_else(|| ";".to_owned(), |amount| format!(";{amount}")));
                    if let Some(amount) = amount {
                        long.push_str(&format!("{number};{year};{amount}\n"));
                    }
                }
            }
            prop_assert_eq!(read(&wide, None).0, read(&long, None).0);
        }
    }
}
