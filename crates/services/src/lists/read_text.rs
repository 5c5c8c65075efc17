//! What stands on the lines of a pasted text or an uploaded table: an organisation number, or a name.

use domain::formula_guard::unguarded;
use domain::one_line::one_line;
use domain::orgnr::{Orgnr, OrgnrError};

/// What one line means, before anything is looked up.
#[derive(Clone, Debug, PartialEq)]
pub enum Meaning {
    /// An organisation number.
    Number {
        /// The number.
        orgnr: Orgnr,
        /// Whether its check digit is right.
        is_checked: bool,
    },
    /// A personal identity number: a sole trader, whom Lode does not keep.
    SoleTrader,
    /// Words that should be a company's name.
    Name(String),
    /// The heading of a table.
    Heading,
    /// Neither a number nor letters.
    Unreadable,
}

/// One line that is not empty.
#[derive(Clone, Debug, PartialEq)]
pub struct Line {
    /// Counted from 1.
    pub number: usize,
    /// As given, with a personal number made unreadable.
    pub text: String,
    /// What it means.
    pub meaning: Meaning,
}

/// Words that stand over the columns of tables of companies.
const HEADINGS: [&str; 14] = [
    "orgnr",
    "org.nr",
    "org nr",
    "org.nr.",
    "organisationsnummer",
    "organisationsnr",
    "organization number",
    "organisation number",
    "name",
    "namn",
    "företag",
    "företagsnamn",
    "bolag",
    "company",
];

/// Reads every line: the first cell that is a number counts, else the first with letters. Cells are parted by tabs,
/// semicolons or, where a number stands among them, commas.
#[must_use]
pub fn read_text(text: &str) -> Vec<Line> {
    let mut lines = Vec::new();
    for (index, line) in text.trim_start_matches('\u{feff}').lines().enumerate() {
        let line = line.trim();
        if line.is_empty() {
            continue;
        }
        let meaning = if lines.is_empty() && is_heading(line) { Meaning::Heading } else { meaning(line) };
        let text = if meaning == Meaning::SoleTrader { hide_digits(line) } else { clip(line) };
        lines.push(Line { number: index + 1, text, meaning });
    }
    lines
}

fn cells(line: &str) -> Vec<&str> {
    line.split(['\t', ';']).map(bare).filter(|cell| !cell.is_empty()).collect()
}

fn bare(cell: &str) -> &str {
    cell.trim().trim_matches(['"', '\'', '“', '”']).trim()
}

fn is_heading(line: &str) -> bool {
    cells(line)
        .iter()
        .flat_map(|cell| cell.split(','))
        .any(|cell| HEADINGS.contains(&bare(cell).to_lowercase().as_str()))
}

fn meaning(line: &str) -> Meaning {
    let cells = cells(line);
    let parts = cells.iter().flat_map(|cell| cell.split(',')).map(bare);
    let mut is_person = false;
    for part in cells.iter().copied().chain(parts) {
        if part.chars().filter(char::is_ascii_digit).count() < 9 {
            continue;
        }
        // Letters in front, as in “Org.nr 556012-5790”, are no part of the number; those of a VAT number are.
        let digits = part.trim_start_matches(|c: char| !c.is_ascii_digit());
        match Orgnr::parse_lenient(part).or_else(|error| Orgnr::parse_lenient(digits).map_err(|_| error)) {
            Ok((orgnr, is_checked)) => return Meaning::Number { orgnr, is_checked },
            Err(OrgnrError::Personal) => is_person = true,
            Err(_) if matches!(Orgnr::parse_lenient(digits), Err(OrgnrError::Personal)) => is_person = true,
            Err(_) => {}
        }
    }
    if is_person {
        return Meaning::SoleTrader;
    }
    match cells.iter().find(|cell| cell.chars().any(char::is_alphabetic)) {
        Some(name) => Meaning::Name(clip(&one_line(unguarded(name)))),
        None => Meaning::Unreadable,
    }
}

/// Personal numbers are shown to nobody, not even to whoever pasted them: the answer may be kept.
fn hide_digits(line: &str) -> String {
    clip(line).chars().map(|c| if c.is_ascii_digit() { '•' } else { c }).collect()
}

fn clip(text: &str) -> String {
    text.chars().take(200).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn only(line: &str) -> Meaning {
        read_text(line).remove(0).meaning
    }

    #[test]
    fn finds_the_number_wherever_it_stands() {
        for line in [
            "556012-5790",
            "5560125790",
            "165560125790",
            "\"556012-5790\"",
            "Bolaget AB;556012-5790;Stockholm",
            "Bolaget AB\t556012-5790",
            "556012-5790, Bolaget AB",
            "Org.nr 556012-5790",
            "SE556012579001",
            "SE 556012-5790 01",
            "556012\u{2013}5790",
            "556012\u{2011}5790",
            "Momsnr SE556012579001",
            "'556012-5790",
            "5560125790.0",
        ] {
            let Meaning::Number { orgnr, is_checked } = only(line) else { panic!("{line}: {:?}", only(line)) };
            assert!(is_checked && orgnr.to_string() == "5560125790", "{line}");
        }
        assert!(matches!(only("556012-5791"), Meaning::Number { is_checked: false, .. }));
    }

    #[test]
    fn keeps_names_whole_and_reads_headings_once() {
        assert_eq!(only("Karlsson, Lind & Co AB"), Meaning::Name("Karlsson, Lind & Co AB".to_owned()));
        assert_eq!(only("Åkeri 2000 i Mora AB\tMora"), Meaning::Name("Åkeri 2000 i Mora AB".to_owned()));
        let lines = read_text("\u{feff}Orgnr;Namn\n\n556012-5790;Bolaget\nNamn");
        assert_eq!(lines[0].meaning, Meaning::Heading);
        assert_eq!((lines[1].number, &lines[2].meaning), (3, &Meaning::Name("Namn".to_owned())));
        assert_eq!(only("---"), Meaning::Unreadable);
    }

    #[test]
    fn hides_personal_numbers() {
        for line in ["811228-9874", "19811228-9874", "Svenssons Måleri;811228-9874"] {
            let read = read_text(line).remove(0);
            assert_eq!(read.meaning, Meaning::SoleTrader, "{line}");
            assert!(!read.text.contains(|c: char| c.is_ascii_digit()), "{}", read.text);
        }
    }

    proptest::proptest! {
        #[test]
        fn reads_any_text(text in "\\PC*") {
            let _ = read_text(&text);
        }
    }
}
