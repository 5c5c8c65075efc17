//! Opens the file of a register or a table: plain text as it is, unpacked from gzip, the text entry inside a zip, or the table of an
//! Excel workbook, each as a stream.

use std::io::{Read, Seek, SeekFrom};

use encoding_rs_io::DecodeReaderBytesBuilder;
use flate2::read::MultiGzDecoder;
use zip::ZipArchive;

use crate::budget::Budget;
use crate::error::SourceError;
use crate::table::{self, Input};
use crate::workbook::{self, MOST_INFLATED};
use crate::zip_size;

/// Rows of a workbook that are taken, for all of it is in memory at once; larger tables come as text.
const MOST_WORKBOOK_ROWS: u32 = 200_000;

/// Entries of an archive with a register's text.
const MOST_ENTRIES: u64 = 20_000;

/// The file of a register or a table: plain, compressed, zipped, or a workbook.
#[derive(Debug)]
pub struct RegisterFile<R>(Kind<R>);

#[derive(Debug)]
enum Kind<R> {
    Plain(R),
    Gzip(R),
    Zipped { archive: Box<ZipArchive<R>>, index: usize, name: String },
    Workbook(workbook::Sheet),
}

impl<R: Read + Seek> RegisterFile<R> {
    /// Looks at the first bytes; of a zip, the largest text entry (`.txt`, `.csv`, `.tsv`, `.json`) is the one to read, of a workbook the
    /// first visible sheet with headings that are known, else the first that holds anything.
    ///
    /// # Errors
    /// When the zip or workbook is damaged, encrypted or holds no table, or when the file is some other format.
    pub fn open(mut input: R) -> Result<Self, SourceError> {
        input.seek(SeekFrom::Start(0))?;
        let mut magic = [0; 4];
        let size = read_up_to(&mut input, &mut magic)?;
        input.seek(SeekFrom::Start(0))?;
        match &magic[..size] {
            b"PK\x03\x04" | b"PK\x05\x06" => Self::zipped(input),
            b"%PDF" => Err(SourceError::input("the file is a PDF").remedy("Give the register's text file or its zip")),
            [0x1F, 0x8B, ..] => Ok(Self(Kind::Gzip(input))),
            _ => Ok(Self(Kind::Plain(input))),
        }
    }

    fn zipped(mut input: R) -> Result<Self, SourceError> {
        zip_size::refuse_many_entries(&mut input, MOST_ENTRIES)?;
        let damaged = |error: zip::result::ZipError| {
            SourceError::input(format!("the zip cannot be read: {error}"))
                .remedy("The download may have been cut short; fetch the file again")
        };
        let mut archive = Box::new(ZipArchive::new(input).map_err(damaged)?);
        if archive.index_for_name(workbook::MARK).is_some() {
            return Self::workbook(archive.into_inner());
        }
        let mut best: Option<(u64, usize, String)> = None;
        for index in 0..archive.len() {
            let entry = archive.by_index_raw(index).map_err(damaged)?;
            let name = String::from_utf8_lossy(entry.name_raw()).into_owned();
            let lower = name.to_ascii_lowercase();
            // Programs of macOS leave copies of a file's properties beside it.
            let is_sidecar = lower.split('/').any(|part| part == "__macosx" || part.starts_with("._"));
            let is_text =
                !is_sidecar && [".txt", ".csv", ".tsv", ".json", ".jsonl"].iter().any(|ending| lower.ends_with(ending));
            if is_text && best.as_ref().is_none_or(|(size, ..)| entry.size() > *size) {
                best = Some((entry.size(), index, name));
            }
        }
        match best {
            Some((_, index, name)) => Ok(Self(Kind::Zipped { archive, index, name })),
            None => Err(SourceError::input("the zip holds no .txt or .csv file")
                .remedy("Annual-report archives go to `lode import filings`")),
        }
    }

    fn workbook(mut input: R) -> Result<Self, SourceError> {
        input.seek(SeekFrom::Start(0))?;
        let mut bytes = Vec::new();
        // What is cut off here is said to be too large, or damaged.
        input.take(MOST_INFLATED).read_to_end(&mut bytes)?;
        let budget = Budget::of_file(MOST_WORKBOOK_ROWS);
        Ok(Self(Kind::Workbook(table::sheet_of_workbook(&bytes, &budget)?)))
    }

    /// Name of the entry inside the zip, or of the workbook's sheet; `None` for a plain file.
    pub fn entry_name(&self) -> Option<&str> {
        match &self.0 {
            Kind::Plain(_) | Kind::Gzip(_) => None,
            Kind::Zipped { name, .. } => Some(name),
            Kind::Workbook(sheet) => Some(&sheet.name),
        }
    }

    /// The table as rows of text or of typed cells. A workbook can be taken once.
    ///
    /// # Errors
    /// As [`Self::text`].
    pub fn table(&mut self) -> Result<Input<Box<dyn Read + '_>>, SourceError> {
        match &mut self.0 {
            Kind::Workbook(sheet) => Ok(Input::Sheet(std::mem::take(sheet))),
            _ => self.text().map(Input::Text),
        }
    }

    /// The text as a stream from its beginning. UTF-16 with a byte order mark, which Excel writes as “Unicode text”, comes as
    /// UTF-8; what is no UTF-16 in it becomes U+FFFD.
    ///
    /// # Errors
    /// When the file is a workbook, the entry is encrypted or uses a compression that is not supported, or the file cannot be rewound.
    pub fn text(&mut self) -> Result<Box<dyn Read + '_>, SourceError> {
        match &mut self.0 {
            Kind::Plain(input) => {
                input.seek(SeekFrom::Start(0))?;
                Ok(without_utf16(input))
            }
            Kind::Gzip(input) => {
                input.seek(SeekFrom::Start(0))?;
                Ok(without_utf16(MultiGzDecoder::new(input)))
            }
            Kind::Workbook(_) => Err(SourceError::input("the file is an Excel workbook")
                .remedy("Give the register's own file; tables go to `lode import companies` or `accounts`")),
            Kind::Zipped { archive, index, name } => match archive.by_index(*index) {
                Ok(entry) => Ok(without_utf16(entry)),
                Err(error) => Err(SourceError::input(format!("the entry cannot be unpacked: {error}"))
                    .in_entry(name.clone())
                    .remedy("Unpack the zip by hand and give the text file")),
            },
        }
    }
}

/// Text without a mark of UTF-16 passes as it is.
fn without_utf16<'a>(text: impl Read + 'a) -> Box<dyn Read + 'a> {
    Box::new(DecodeReaderBytesBuilder::new().utf8_passthru(true).build(text))
}

fn read_up_to(input: &mut impl Read, buffer: &mut [u8]) -> std::io::Result<usize> {
    let mut size = 0;
    while size < buffer.len() {
        match input.read(&mut buffer[size..]) {
            Ok(0) => break,
            Ok(more) => size += more,
            Err(error) if error.kind() == std::io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    Ok(size)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::{Cursor, Write};

    fn zip_of(entries: &[(&str, &str)]) -> Vec<u8> {
        let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
        for (name, text) in entries {
            writer.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
            writer.write_all(text.as_bytes()).unwrap();
        }
        writer.finish().unwrap().into_inner()
    }

    fn text_of(bytes: Vec<u8>) -> Result<String, SourceError> {
        let mut file = RegisterFile::open(Cursor::new(bytes))?;
        let mut text = String::new();
        file.text()?.read_to_string(&mut text)?;
        Ok(text)
    }

    #[test]
    fn the_text_comes_plain_or_out_of_a_zip() {
        assert_eq!(text_of(b"a;b".to_vec()).unwrap(), "a;b");
        assert_eq!(text_of(zip_of(&[("readme.md", "x"), ("bulk.txt", "a;b")])).unwrap(), "a;b");
        assert_eq!(text_of(Vec::new()).unwrap(), "");
    }

    #[test]
    fn the_text_comes_out_of_gzip() {
        let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        encoder.write_all("orgnr;name".as_bytes()).unwrap();
        let bytes = encoder.finish().unwrap();
        assert_eq!(text_of(bytes.clone()).unwrap(), "orgnr;name");
        assert!(text_of(bytes[..bytes.len() - 4].to_vec()).is_err());
    }

    #[test]
    fn utf16_with_a_mark_comes_as_utf8_from_a_plain_file_gzip_and_zip() {
        let text = "orgnr\tnamn\n5590179924\tÅkeri 🚚 AB\n";
        let little: Vec<u8> = [0xFEFF].into_iter().chain(text.encode_utf16()).flat_map(u16::to_le_bytes).collect();
        let big: Vec<u8> = [0xFEFF].into_iter().chain(text.encode_utf16()).flat_map(u16::to_be_bytes).collect();
        for bytes in [little, big] {
            let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
            gzip.write_all(&bytes).unwrap();
            let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
            zip.start_file("bokslut.txt", zip::write::SimpleFileOptions::default()).unwrap();
            zip.write_all(&bytes).unwrap();
            for file in [bytes, gzip.finish().unwrap(), zip.finish().unwrap().into_inner()] {
                assert_eq!(text_of(file).unwrap(), text);
            }
        }
    }

    #[test]
    fn the_table_comes_out_of_a_workbook_with_its_sheet() {
        let mut workbook = rust_xlsxwriter::Workbook::new();
        let sheet = workbook.add_worksheet().set_name("Bokslut").unwrap();
        sheet.write_row(0, 0, ["orgnr", "revenue"]).unwrap();
        sheet.write_string(1, 0, "559017-9924").unwrap();
        sheet.write_number(1, 1, 1.234).unwrap();
        let bytes = workbook.save_to_buffer().unwrap();
        let file = RegisterFile::open(Cursor::new(bytes.clone())).unwrap();
        assert_eq!(file.entry_name(), Some("Bokslut"));
        let mut file = RegisterFile::open(Cursor::new(bytes.clone())).unwrap();
        let Input::Sheet(sheet) = file.table().unwrap() else { panic!("a workbook gives typed cells") };
        assert_eq!(sheet.rows[1].1[1], crate::cell::Cell::Number("1.234".parse().unwrap()));
        assert!(text_of(bytes).unwrap_err().to_string().contains("Excel workbook"));
    }

    #[test]
    fn other_files_say_what_they_are() {
        for (bytes, words) in [
            (b"%PDF-1.7".to_vec(), "PDF"),
            (b"PK\x03\x04broken".to_vec(), "zip cannot be read"),
            (zip_of(&[("a.xhtml", "x")]), "no .txt"),
            (zip_of(&[("xl/workbook.xml", "x")]), "workbook cannot be read"),
        ] {
            let error = text_of(bytes).unwrap_err().to_string();
            assert!(error.contains(words), "{error}");
        }
        let mut cut = zip_of(&[("bulk.txt", "a;b")]);
        cut.truncate(cut.len() - 8);
        assert!(text_of(cut).is_err());
    }
}
