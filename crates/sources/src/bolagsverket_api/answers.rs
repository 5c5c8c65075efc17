//! Many answers in one file, one after another: how answers that were fetched are imported.

use std::cell::Cell;
use std::io::{self, BufReader, Read};
use std::rc::Rc;

use domain::company::CompanyRecord;
use serde_json::value::RawValue;

use super::organisation::{self, OrganisationAnswer, Outcome};
use crate::error::SourceError;
use crate::row::{Content, SourceRow};

/// Bytes of one answer; a company with every name and address it ever had takes some tens of kilobytes.
const LONGEST_ANSWER: usize = 4 << 20;

/// Reads the companies of a file of `/organisationer` answers: JSON values one after another (as in JSON Lines), lists of answers,
/// and organisations taken out of their answers. Every organisation is a row. An answer that holds none is an error of its
/// row; one that is no JSON ends the file.
pub fn read<R: Read>(input: R) -> impl Iterator<Item = Result<SourceRow<CompanyRecord>, SourceError>> {
    let since_last = Rc::new(Cell::new(0));
    let capped = Capped { inner: BufReader::new(input), since_last: Rc::clone(&since_last) };
    let values = serde_json::Deserializer::from_reader(capped).into_iter::<Box<RawValue>>();
    let (mut row, mut is_over) = (0, false);
    // A list of answers is its answers.
    let values = values.flat_map(|value| match value {
        Ok(value) if value.get().starts_with('[') => match serde_json::from_str::<Vec<Box<RawValue>>>(value.get()) {
            Ok(list) => list.into_iter().map(Ok).collect(),
            Err(error) => vec![Err(error)],
        },
        other => vec![other],
    });
    let answers = values.map_while(move |value| {
        if is_over {
            return None;
        }
        since_last.set(0);
        Some(match value {
            Ok(value) => read_one(value.get().as_bytes()),
            Err(error) => {
                is_over = true;
                vec![Err(SourceError::input(format!("the file is not a row of JSON answers: {error}"))
                    .remedy("Give the answers of /organisationer, one after another"))]
            }
        })
    });
    answers.flatten().map(move |found| {
        row += 1;
        found.map(|found| SourceRow { row, line: row, ..found }).map_err(|error| error.at_row(row))
    })
}

/// Ends an answer that is too long, of which all would be held in memory.
struct Capped<R> {
    inner: R,
    /// Bytes read since the last answer was whole.
    since_last: Rc<Cell<usize>>,
}

impl<R: Read> Read for Capped<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let size = self.inner.read(buffer)?;
        self.since_last.set(self.since_last.get() + size);
        if self.since_last.get() > LONGEST_ANSWER {
            let message = format!("one answer is longer than {} MB", LONGEST_ANSWER >> 20);
            return Err(io::Error::new(io::ErrorKind::InvalidData, message));
        }
        Ok(size)
    }
}

/// The organisations of one answer. A number under which the registers keep several names (namnskyddslöpnummer) gives several,
/// of which the first is the company itself.
fn read_one(answer: &[u8]) -> Vec<Result<SourceRow<CompanyRecord>, SourceError>> {
    let refused = |reason: &str, remedy: &str| Err(SourceError::item(reason).remedy(remedy));
    let answers = match organisation::parse(answer) {
        Ok(answers) if answers.is_empty() => return vec![refused("no authority knows the number", "Check the number")],
        Ok(answers) => answers,
        Err(error) => return vec![Err(error.of_item())],
    };
    let row = |answer: OrganisationAnswer| {
        let content = match answer.outcome {
            Outcome::Company(record) => Content::Record(*record),
            Outcome::SoleTrader => Content::SoleTrader,
            Outcome::NotFound => return refused("no authority knows the number", "Check the number"),
            Outcome::Unavailable => {
                return refused("the register's sources did not answer", "Fetch the answer again later");
            }
        };
        Ok(SourceRow { row: 0, line: 0, content, warnings: answer.warnings })
    };
    answers.into_iter().map(row).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const FOUND: &str = r#"{"organisationer":[{"organisationsidentitet":{"identitetsbeteckning":"5560160680","typ":{"kod":"ORGNR","klartext":"Organisationsnummer"}},"organisationsnamn":{"organisationsnamnLista":[{"namn":"Exempel AB","organisationsnamntyp":{"kod":"FORETAGSNAMN"}}]},"organisationsform":{"kod":"AB"}}]}"#;

    #[test]
    fn answers_one_after_another() {
        let file = format!("{FOUND}\n{{\"organisationer\":[]}}\n{FOUND}");
        let list: Vec<_> = read(std::io::Cursor::new(format!("[{FOUND},\n{FOUND}]"))).map(Result::unwrap).collect();
        assert_eq!((list.len(), list[1].row), (2, 2));
        let rows: Vec<_> = read(file.as_bytes()).collect();
        assert_eq!(rows.len(), 3);
        let first = rows[0].as_ref().unwrap().record().unwrap();
        assert_eq!((first.orgnr.number(), first.name.as_deref()), (5_560_160_680, Some("Exempel AB")));
        assert!(rows[1].as_ref().unwrap_err().reason().contains("no authority"));
        assert_eq!(rows[1].as_ref().unwrap_err().place().row, Some(2));
    }

    #[test]
    fn every_organisation_is_a_row_in_whatever_shape_it_comes() {
        let other = FOUND.replace("5560160680", "5590852777");
        let bare = |answer: &str| {
            let answer: serde_json::Value = serde_json::from_str(answer).unwrap();
            answer["organisationer"][0].to_string()
        };
        let (one, two) = (bare(FOUND), bare(&other));
        for file in [
            format!("{{\"organisationer\":[{one},{two}]}}"),
            format!("{one}\n{two}"),
            format!("[{one},{two}]"),
            format!("[{FOUND},{two}]"),
            format!("{}{two}", one.replace("\"5560160680\"", "5560160680")),
        ] {
            let rows: Vec<_> = read(file.as_bytes()).map(Result::unwrap).collect();
            let numbers: Vec<_> = rows.iter().map(|row| (row.row, row.record().unwrap().orgnr.number())).collect();
            assert_eq!(numbers, [(1, 5_560_160_680), (2, 5_590_852_777)], "{file}");
        }
    }

    #[test]
    fn an_answer_without_end_is_not_collected() {
        let endless = std::io::repeat(b'a').take(1 << 40);
        let rows: Vec<_> = read(std::io::Cursor::new(b"\"".to_vec()).chain(endless)).collect();
        assert_eq!(rows.len(), 1);
        assert!(rows[0].as_ref().unwrap_err().reason().contains("longer than 4 MB"), "{rows:?}");
        let many = format!("{FOUND}\n").repeat((2 * LONGEST_ANSWER) / FOUND.len());
        assert!(read(many.as_bytes()).all(|row| row.is_ok()), "the limit is of one answer, not of the file");
    }

    #[test]
    fn what_is_no_json_ends_the_file_with_an_error() {
        let file = format!("{FOUND} nonsense {FOUND}");
        let rows: Vec<_> = read(file.as_bytes()).collect();
        assert_eq!(rows.len(), 2);
        assert!(rows[1].is_err());
        assert_eq!(read(&b""[..]).count(), 0);
    }
}
