//! Finds where a table begins: its delimiter and the row of its headings, below whatever titles stand above.

use std::io::{Cursor, Read};

use domain::line::Line;

use super::fields::{Field, is_code, recognise};
use super::mapping::Mapping;
use super::source::Line as TableLine;
use super::text::Decoder;
use super::unit;
use crate::cell::Cell;
use crate::delimited::{Layout, Row, Rows};

/// Rows that are looked through for the headings.
const MOST_ABOVE: usize = 60;
const DELIMITERS: [u8; 4] = [b';', b'\t', b',', b'|'];

/// How well a row does as the row of headings: whether it has one for organisation numbers, and how many are known; `None`
/// where it can be none.
fn score(cells: &[Cell], mapping: &Mapping) -> Option<(bool, usize)> {
    let texts: Vec<String> = cells.iter().filter_map(Cell::text).collect();
    let field = |text: &String| {
        if mapping.entries.is_empty() {
            let name = unit::split(text).map_or(text.as_str(), |(name, _)| name);
            recognise(text).or_else(|| recognise(name)).or_else(|| is_code(text).then_some(Field::Amount(Line::Equity)))
        } else {
            mapping.entries.iter().find(|entry| entry.is_called(text)).map(|entry| entry.field)
        }
    };
    let fields: Vec<Field> = texts.iter().filter_map(field).collect();
    let has_number = fields.contains(&Field::Orgnr);
    (has_number || fields.len() >= 2).then_some((has_number, fields.len()))
}

/// The delimiter and how many rows stand above the headings; `None` where no row has headings that are known.
pub(super) fn find(sample: &[u8], is_whole: bool, mapping: &Mapping) -> Option<(u8, usize)> {
    let delimiters: Vec<u8> = match (mapping.delimiter, separator_line(sample)) {
        (Some(delimiter), _) | (None, Some(delimiter)) => vec![delimiter],
        (None, None) => DELIMITERS.to_vec(),
    };
    // The last line of a sample may be cut.
    let end = if is_whole { sample.len() } else { memchr::memrchr(b'\n', sample).map_or(sample.len(), |at| at + 1) };
    let mut best: Option<((bool, usize), usize, u8)> = None;
    for delimiter in delimiters {
        let layout = Layout { longest_row: 1 << 20, ..Layout::quoted(delimiter) };
        let mut rows = Rows::new(Cursor::new(&sample[..end]), layout);
        let (mut row, mut decoder) = (Row::default(), Decoder::new(mapping.encoding));
        for above in 0..MOST_ABOVE {
            let Ok(true) = rows.next_row(&mut row) else { break };
            decoder.look_at(&row);
            let cells: Vec<Cell> = row
                .fields()
                .map(|field| decoder.text(field).map_or(Cell::Empty, |text| Cell::of_text(&text)))
                .collect();
            if let Some(score) = score(&cells, mapping)
                && best.is_none_or(|(most, ..)| score > most)
            {
                best = Some((score, above, delimiter));
            }
        }
    }
    best.map(|(_, above, delimiter)| (delimiter, above))
}

/// The delimiter that a first line `sep=;` names, a hint for Excel.
pub(super) fn separator_line(sample: &[u8]) -> Option<u8> {
    let start = sample.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(sample);
    let line = start.split(|byte| matches!(byte, b'\n' | b'\r')).next()?;
    let line = line.strip_prefix(b"\"").and_then(|line| line.strip_suffix(b"\"")).unwrap_or(line);
    match line {
        [b's' | b'S', b'e' | b'E', b'p' | b'P', b'=', delimiter] => Some(*delimiter),
        _ => None,
    }
}

/// Whether a row of a sheet within reach is its header; how many rows are above it.
pub(super) fn find_in_rows(rows: &[(u32, Vec<Cell>)], mapping: &Mapping) -> Option<usize> {
    let scores =
        rows.iter().take(MOST_ABOVE).enumerate().filter_map(|(at, (_, cells))| Some((score(cells, mapping)?, at)));
    scores.max_by_key(|(score, at)| (*score, usize::MAX - at)).map(|(_, at)| at)
}

/// The unit that notes around the table name (“Belopp i tkr”): `Err` where they name different ones.
pub(super) fn unit_of_notes(notes: &[String]) -> Result<Option<(unit::Scale, String)>, String> {
    let mut found: Option<(unit::Scale, String)> = None;
    for note in notes {
        let is_short = note.chars().count() <= 120;
        let scale = unit::read(note).or_else(|| unit::split(note).map(|(_, scale)| scale));
        let Some(scale) = scale.filter(|scale| is_short && (scale.unit.exponent() > 0 || scale.currency.is_some()))
        else {
            continue;
        };
        match &found {
            Some((before, words)) if *before != scale => return Err(format!("“{words}” and “{note}”")),
            _ => found = Some((scale, note.clone())),
        }
    }
    Ok(found)
}

/// The units that a row directly below the headings gives (`tkr` under each amount, `st` under the employees); `None` when it is
/// another row: amounts of a row of the table are never units alone.
pub(super) fn unit_row(line: &TableLine, is_amount: impl Fn(usize) -> bool) -> Option<Vec<Option<unit::Scale>>> {
    let mut units = Vec::with_capacity(line.cells.len());
    for (position, cell) in line.cells.iter().enumerate() {
        let Cell::Text(text) = cell else {
            if cell.is_empty() {
                units.push(None);
                continue;
            }
            return None;
        };
        let scale = unit::read(text.trim_matches(['(', ')', '[', ']']));
        if scale.is_none() && (is_amount(position) || text.contains(|c: char| c.is_ascii_digit())) {
            return None;
        }
        units.push(scale);
    }
    units.iter().enumerate().any(|(position, unit)| unit.is_some() && is_amount(position)).then_some(units)
}

/// Reads the sample of an input.
pub(super) fn sample(input: &mut impl Read, bytes: usize) -> std::io::Result<Vec<u8>> {
    let mut sample = Vec::new();
    input.by_ref().take(bytes as u64).read_to_end(&mut sample)?;
    Ok(sample)
}
