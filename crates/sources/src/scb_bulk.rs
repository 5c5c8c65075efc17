//! SCB's bulk file of legal persons (`scb_bulkfil_JE_….txt`): ISO-8859-1, TAB between fields, no quotes, 34 named
//! columns and an empty one. It is the only open source of industry codes for every company.

use std::borrow::Cow;
use std::io::Read;

use domain::company::{Address, CompanyRecord, CompanySource};
use domain::orgnr::{Orgnr, OrgnrError};

use crate::delimited::{Layout, Row, Rows};
use crate::error::{Extent, SourceError};
use crate::register_values::{date, filled_line, postcode, sni};
use crate::row::{Content, SourceRow};

/// Positions of the columns that are read.
#[derive(Clone, Copy, Debug)]
struct Columns {
    care_of: usize,
    trade_name: usize,
    activity: usize,
    street: usize,
    population: usize,
    legal_form: usize,
    name: usize,
    sni: [usize; 5],
    number: usize,
    postcode: usize,
    city: usize,
    registered: usize,
    advertising: usize,
    count: usize,
}

/// The companies of the file, one by one.
#[derive(Debug)]
pub struct Companies<R> {
    rows: Rows<R>,
    row: Row,
    columns: Columns,
    encoding: Encoding,
    ended: bool,
}

/// How bytes above 127 are read; decided at the first of them.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Encoding {
    Undecided,
    Latin1,
    Utf8,
}

/// Starts reading: checks the header and finds the columns by name.
///
/// # Errors
/// When the header is not the one of this file, with the likely reason.
pub fn read<R: Read>(input: R) -> Result<Companies<R>, SourceError> {
    let mut rows = Rows::new(input, Layout { longest_row: 1 << 16, ..Layout::plain(b'\t') });
    let mut row = Row::default();
    rows.header(&mut row).map_err(SourceError::of_input)?;
    let columns = find_columns(&row)?;
    Ok(Companies { rows, row, columns, encoding: Encoding::Undecided, ended: false })
}

fn find_columns(header: &Row) -> Result<Columns, SourceError> {
    let names: Vec<String> = header.fields().map(|field| String::from_utf8_lossy(field).trim().to_owned()).collect();
    let wrong =
        |reason: String, remedy: &str| SourceError::input(reason).at_line(1).sample(&names.join(" ")).remedy(remedy);
    if names.len() == 1 && names[0].contains("PeOrgNr") {
        return Err(wrong("the fields are not separated by TAB".to_owned(), "Give the register's own file unchanged"));
    }
    if names.iter().any(|name| name.contains("organisationsidentitet")) {
        return Err(wrong("this is Bolagsverket's file, not SCB's".to_owned(), "Use `lode import register` for it"));
    }
    let find = |wanted: &str| {
        names.iter().position(|name| name == wanted).ok_or_else(|| {
            wrong(format!("the header has no column {wanted}"), "Check that this is scb_bulkfil_JE_….txt")
        })
    };
    let number = find("PeOrgNr")?;
    Ok(Columns {
        number,
        care_of: find("COAdress")?,
        trade_name: find("Foretagsnamn")?,
        activity: find("FtgStat")?,
        street: find("Gatuadress")?,
        population: find("JEStat")?,
        legal_form: find("JurForm")?,
        name: find("Namn")?,
        sni: [find("Ng1")?, find("Ng2")?, find("Ng3")?, find("Ng4")?, find("Ng5")?],
        postcode: find("PostNr")?,
        city: find("PostOrt")?,
        registered: find("RegDatKtid")?,
        advertising: find("Reklamsparrtyp")?,
        count: names.iter().rposition(|name| !name.is_empty()).map_or(0, |last| last + 1),
    })
}

impl<R: Read> Iterator for Companies<R> {
    type Item = Result<SourceRow<CompanyRecord>, SourceError>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.ended {
            return None;
        }
        match self.rows.next_row(&mut self.row) {
            Ok(true) => Some(self.company()),
            Ok(false) => {
                self.ended = true;
                None
            }
            Err(error) => {
                self.ended = error.extent() == Extent::Input;
                Some(Err(error))
            }
        }
    }
}

impl<R> Companies<R> {
    fn company(&mut self) -> Result<SourceRow<CompanyRecord>, SourceError> {
        let (row, columns) = (&self.row, self.columns);
        let at = |error: SourceError| error.at_row(row.number).at_line(row.line);
        let done = |content, warnings| SourceRow { row: row.number, line: row.line, content, warnings };
        // A trailing TAB gives one empty field more than there are names.
        if row.len() < columns.count || row.len() > columns.count + 1 {
            let reason = format!("the row has {} fields instead of {}", row.len(), columns.count + 1);
            return Err(at(SourceError::item(reason).remedy("A TAB or line break stands inside a field of this row")));
        }
        let number = String::from_utf8_lossy(row.field(columns.number));
        // 16 = legal person; 19 and 20 = a person, whose number is not kept. Form 10 = natural persons.
        if row.field(columns.legal_form) == b"10" {
            return Ok(done(Content::SoleTrader, Vec::new()));
        }
        let mut warnings = Vec::new();
        let orgnr = match Orgnr::parse_lenient(&number) {
            Ok((orgnr, true)) => orgnr,
            Ok((orgnr, false)) => {
                warnings.push("the organisation number's check digit is wrong".to_owned());
                orgnr
            }
            Err(OrgnrError::Personal) => return Ok(done(Content::SoleTrader, Vec::new())),
            Err(error) => return Err(at(SourceError::item(error.to_string()).in_field("PeOrgNr"))),
        };
        if self.encoding == Encoding::Undecided && !row.bytes().is_ascii() {
            // Latin-1 text hardly ever happens to be well-formed UTF-8, so that means somebody converted the file.
            self.encoding = if std::str::from_utf8(row.bytes()).is_ok() { Encoding::Utf8 } else { Encoding::Latin1 };
            if self.encoding == Encoding::Utf8 {
                warnings.push("the file is UTF-8 instead of ISO-8859-1 and is read as UTF-8".to_owned());
            }
        }
        let encoding = self.encoding;
        let text = |index: usize| filled_line(&decode(row.field(index), encoding));
        let mut record = CompanyRecord::empty(orgnr, CompanySource::Scb);
        record.name = text(columns.name).or_else(|| text(columns.trade_name));
        record.legal_form = text(columns.legal_form).filter(|code| code.len() == 2);
        record.sni = Some(columns.sni.iter().filter_map(|index| sni(&decode(row.field(*index), encoding))).collect());
        record.is_operating = is_operating(row.field(columns.activity), row.field(columns.population));
        record.registered_on = text(columns.registered).and_then(|text| date(&text));
        record.advertising_block = match row.field(columns.advertising) {
            b"1" | b"JA" | b"J" => Some(true),
            b"0" | b"NEJ" | b"N" => Some(false),
            _ => None,
        };
        let address = Address {
            street: text(columns.street),
            care_of: text(columns.care_of),
            postcode: text(columns.postcode).and_then(|text| postcode(&text)),
            city: text(columns.city),
            country: None,
        };
        record.address = (address != Address::default()).then_some(address);
        Ok(done(Content::Record(record), warnings))
    }
}

fn decode(bytes: &[u8], encoding: Encoding) -> Cow<'_, str> {
    match encoding {
        Encoding::Utf8 => String::from_utf8_lossy(bytes),
        _ => encoding_rs::WINDOWS_1252.decode_without_bom_handling(bytes).0,
    }
}

/// FtgStat: 0 never active, 1 active, 9 no longer. JEStat 9: left the population.
fn is_operating(company: &[u8], population: &[u8]) -> Option<bool> {
    match (company, population) {
        (b"0" | b"9", _) | (_, b"9") => Some(false),
        (b"1", _) => Some(true),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const HEADER: &str = "ForAndrTyp\tCOAdress\tForetagsnamn\tFtgStat\tGatuadress\tJEStat\tJurForm\tNamn\tNg1\tNg2\tNg3\t\
Ng4\tNg5\tPeOrgNr\tPostNr\tPostOrt\tRegDatKtid\tReklamsparrtyp\tmCOAdress\tmForetagsnamn\tmFtgStat\tmGatuadress\tmJEStat\t\
mJurForm\tmNamn\tmNg1\tmNg2\tmNg3\tmNg4\tmNg5\tmPostNr\tmPostOrt\tmRegDatKtid\tmReklamsparrtyp\t\r\n";

    /// A row of the file with the trailing TAB, in ISO-8859-1.
    fn line(number: &str, form: &str, activity: &str, sni: [&str; 5]) -> Vec<u8> {
        let [ng1, ng2, ng3, ng4, ng5] = sni;
        let text = format!(
            "\t\t\t{activity}\tÅgatan 1\t1\t{form}\tBYGG I HÖÖR AB\t{ng1}\t{ng2}\t{ng3}\t{ng4}\t{ng5}\t{number}\t24330\tHÖÖR\t\
20161115\t\t{}\r\n",
            "\t".repeat(16)
        );
        encoding_rs::WINDOWS_1252.encode(&text).0.into_owned()
    }

    fn rows(lines: &[Vec<u8>]) -> Vec<Result<SourceRow<CompanyRecord>, SourceError>> {
        let bytes = [HEADER.as_bytes().to_vec(), lines.concat()].concat();
        read(&bytes[..]).unwrap().collect()
    }

    fn company(bytes: Vec<u8>) -> CompanyRecord {
        rows(&[bytes]).remove(0).unwrap().record().cloned().unwrap()
    }

    #[test]
    fn the_header_has_34_names_and_an_empty_one() {
        assert_eq!(HEADER.trim_end_matches(['\r', '\n']).split('\t').count(), 35);
    }

    #[test]
    fn a_row_is_latin_1_with_a_16_before_the_number() {
        let company = company(line("165590852777", "49", "1", ["01110", "62010", "00000", "", "     "]));
        assert_eq!(company.orgnr.to_string(), "5590852777");
        assert_eq!(company.name.as_deref(), Some("BYGG I HÖÖR AB"));
        let codes: Vec<_> = company.sni.iter().flatten().map(|sni| sni.code.as_str()).collect();
        assert_eq!(codes, ["01110", "62010"], "leading zeros stay, 00000 and blanks go");
        assert_eq!((company.is_operating, company.status), (Some(true), None));
        assert_eq!(company.legal_form.as_deref(), Some("49"));
        assert_eq!(company.registered_on, chrono::NaiveDate::from_ymd_opt(2016, 11, 15));
        assert_eq!(company.address.and_then(|address| address.street).as_deref(), Some("Ågatan 1"));
    }

    #[test]
    fn activity_marks_say_whether_it_is_at_work() {
        for (mark, expected) in [("0", Some(false)), ("1", Some(true)), ("9", Some(false)), ("", None)] {
            assert_eq!(company(line("165590852777", "49", mark, [""; 5])).is_operating, expected);
        }
        assert_eq!(super::is_operating(b"1", b"9"), Some(false));
    }

    #[test]
    fn persons_are_left_out_by_prefix_and_by_form() {
        for (number, form) in [("198112289874", "10"), ("200001019874", "49"), ("165590852777", "10")] {
            assert_eq!(rows(&[line(number, form, "1", [""; 5])])[0].as_ref().unwrap().content, Content::SoleTrader);
        }
    }

    #[test]
    fn a_row_with_a_tab_inside_is_one_located_error() {
        let good = line("165590852777", "49", "1", [""; 5]);
        let rows = rows(&[good.clone(), [b"\tx\t".to_vec(), good.clone()].concat(), good]);
        assert_eq!(rows.iter().map(Result::is_ok).collect::<Vec<_>>(), [true, false, true]);
        assert_eq!(rows[1].as_ref().unwrap_err().place().line, Some(3));
    }

    #[test]
    fn a_file_converted_to_utf_8_is_noticed_and_read_right() {
        let good = line("165590852777", "49", "1", [""; 5]);
        let text = encoding_rs::WINDOWS_1252.decode(&good).0.into_owned().into_bytes();
        let row = rows(&[text]).remove(0).unwrap();
        assert_eq!(row.record().and_then(|company| company.name.as_deref()), Some("BYGG I HÖÖR AB"));
        assert_eq!(row.warnings.len(), 1);
    }

    #[test]
    fn a_wrong_file_or_delimiter_is_named() {
        for (text, words) in [
            (HEADER.replace('\t', ";"), "TAB"),
            ("organisationsidentitet;x\n".to_owned(), "Bolagsverket"),
            (HEADER.replace("JurForm", "Form"), "JurForm"),
        ] {
            let error = read(text.as_bytes()).unwrap_err();
            assert!(error.to_string().contains(words), "{error}");
        }
    }

    proptest! {
        #[test]
        fn any_bytes_are_read_to_the_end(bytes in proptest::collection::vec(prop_oneof![Just(b'\t'), Just(b'\n'), any::<u8>()], 0..300)) {
            prop_assert!(rows(std::slice::from_ref(&bytes)).len() <= bytes.len() + 1);
        }
    }
}
