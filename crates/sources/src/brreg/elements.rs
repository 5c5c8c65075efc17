//! The entities or statements of an answer of the Norwegian registers, one by one, in every shape that the registers document: one
//! object, a list, objects line by line, the answer to a search (`_embedded`), its pages, and the bulk file of over a million entities.

use std::io::{BufReader, Read};

use serde_json::Value;

use super::{LONGEST_ANSWER, at};
use crate::error::SourceError;
use crate::json_size::{self, JsonFault, Sizes};

/// The longest single object of a list, in bytes; only an answer to a search is longer.
const LONGEST_OBJECT: usize = LONGEST_ANSWER as usize;
/// Values and keys of one object; a page of a search has some hundred per company.
const MOST_VALUES: usize = 1_000_000;

/// The objects of an answer.
#[derive(Debug)]
pub struct Elements<R: Read> {
    input: BufReader<R>,
    peeked: Option<u8>,
    line: u64,
    /// Whether the outermost value is a list.
    in_list: bool,
    has_begun: bool,
    is_over: bool,
    /// The objects inside the last one that was read, in reverse.
    waiting: Vec<Value>,
    /// What is to be told of the answer as a whole.
    told: Vec<String>,
}

impl<R: Read> Elements<R> {
    /// Starts reading.
    pub fn new(input: R) -> Self {
        Self {
            input: BufReader::with_capacity(1 << 16, input),
            peeked: None,
            line: 1,
            in_list: false,
            has_begun: false,
            is_over: false,
            waiting: Vec::new(),
            told: Vec::new(),
        }
    }

    /// What was noticed about the answer as a whole since the last call.
    pub fn take_told(&mut self) -> Vec<String> {
        std::mem::take(&mut self.told)
    }

    fn byte(&mut self) -> Result<Option<u8>, SourceError> {
        if let Some(byte) = self.peeked.take() {
            return Ok(Some(byte));
        }
        let mut byte = [0];
        loop {
            return match self.input.read(&mut byte) {
                Ok(0) => Ok(None),
                Ok(_) => {
                    self.line += u64::from(byte[0] == b'\n');
                    Ok(Some(byte[0]))
                }
                Err(error) if error.kind() == std::io::ErrorKind::Interrupted => continue,
                Err(error) => Err(SourceError::from(error).at_line(self.line)),
            };
        }
    }

    /// The next byte that is no white space.
    fn sign(&mut self) -> Result<Option<u8>, SourceError> {
        loop {
            match self.byte()? {
                Some(byte) if byte.is_ascii_whitespace() => {}
                other => return Ok(other),
            }
        }
    }

    fn begin(&mut self) -> Result<(), SourceError> {
        self.has_begun = true;
        let mut first = self.sign()?;
        if first == Some(0xEF) {
            // A byte order mark.
            self.byte()?;
            self.byte()?;
            first = self.sign()?;
        }
        match first {
            Some(b'[') => self.in_list = true,
            Some(b'{') => self.peeked = first,
            None => return Err(SourceError::input("the file is empty").remedy("Check that the download was complete")),
            Some(_) => {
                return Err(SourceError::input("the answer is not JSON of an object or a list")
                    .at_line(self.line)
                    .remedy("Give the register's answer as it came"));
            }
        }
        Ok(())
    }

    /// The bytes of the next object; `None` at the end.
    fn object(&mut self) -> Result<Option<(Vec<u8>, u64)>, SourceError> {
        let wrong = |line: u64, what: &str| {
            SourceError::input(format!("the answer is not JSON: {what}"))
                .at_line(line)
                .remedy("The download may have been cut short; fetch the answer again")
        };
        let mut sign = self.sign()?;
        if sign == Some(b',') && self.in_list {
            sign = self.sign()?;
        }
        match sign {
            None if self.in_list => return Err(wrong(self.line, "the list does not end")),
            None => return Ok(None),
            Some(b']') if self.in_list => return Ok(None),
            Some(b'{') => {}
            Some(_) => return Err(wrong(self.line, "an object was expected")),
        }
        let (line, mut bytes) = (self.line, vec![b'{']);
        let (mut depth, mut in_string, mut is_escaped) = (1_u32, false, false);
        while depth > 0 {
            let Some(byte) = self.byte()? else { return Err(wrong(self.line, "an object does not end")) };
            if bytes.len() == LONGEST_OBJECT {
                return Err(SourceError::input("an object of the answer is longer than 64 MB").at_line(line));
            }
            bytes.push(byte);
            match byte {
                _ if is_escaped => is_escaped = false,
                b'\\' if in_string => is_escaped = true,
                b'"' => in_string = !in_string,
                b'{' | b'[' if !in_string => depth += 1,
                b'}' | b']' if !in_string => depth -= 1,
                _ => {}
            }
        }
        Ok(Some((bytes, line)))
    }

    fn next_value(&mut self) -> Result<Option<Value>, SourceError> {
        loop {
            if let Some(value) = self.waiting.pop() {
                return Ok(Some(value));
            }
            if !self.has_begun {
                self.begin()?;
            }
            let Some((bytes, line)) = self.object()? else { return Ok(None) };
            // A value of one byte takes thirty-two in memory.
            let sizes = Sizes { values: MOST_VALUES, text_bytes: usize::MAX };
            if let Err(JsonFault::TooManyValues { most }) = json_size::check(&bytes, &sizes) {
                return Err(SourceError::input(format!("an object of the answer holds more than {most} values"))
                    .at_line(line)
                    .remedy("Ask for smaller pages"));
            }
            let value: Value = serde_json::from_slice(&bytes).map_err(|error| {
                let words = error.to_string();
                let reason = words.split(" at line ").next().unwrap_or(&words).to_owned();
                SourceError::input(format!("the answer is not JSON: {reason}"))
                    .at_line(line + error.line() as u64 - 1)
                    .at_column(error.column() as u64)
            })?;
            super::refuse_error(&value)?;
            match at(&value, "_embedded") {
                // A search without a hit is answered with a page of nothing.
                None if at(&value, "page.totalElements").and_then(Value::as_u64) == Some(0) => {}
                None => return Ok(Some(value)),
                Some(Value::Object(lists)) => {
                    for (name, list) in lists {
                        self.embedded(name, list)?;
                    }
                    self.tell_pages(&value);
                }
                Some(_) => return Err(SourceError::input("“_embedded” of the answer holds no lists").at_line(line)),
            }
        }
    }

    fn embedded(&mut self, name: &str, list: &Value) -> Result<(), SourceError> {
        if name == "oppdaterteEnheter" || name == "oppdaterteUnderenheter" {
            return Err(SourceError::input(
                "this is the register's list of updates, which holds numbers and no entities",
            )
            .in_field(name)
            .remedy("Fetch the entities themselves (/enheter or /enheter/lastned) and give their answers"));
        }
        match list {
            Value::Array(list) => self.waiting.extend(list.iter().rev().cloned()),
            Value::Object(_) => self.waiting.push(list.clone()),
            _ => {}
        }
        Ok(())
    }

    /// A page of a search is not all that the search found.
    fn tell_pages(&mut self, value: &Value) {
        let number = |path: &str| at(value, path).and_then(Value::as_u64);
        if let (Some(pages), Some(page)) = (number("page.totalPages"), number("page.number"))
            && pages > 1
        {
            let all =
                number("page.totalElements").map_or_else(String::new, |count| format!(" of {count} found in all"));
            let held = self.waiting.len();
            self.told.push(format!(
                "this is page {} of {pages} of a search: {held}{all}; give the other pages, too",
                page + 1
            ));
        }
    }
}

impl<R: Read> Iterator for Elements<R> {
    type Item = Result<Value, SourceError>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.is_over {
            return None;
        }
        let next = self.next_value();
        self.is_over = !matches!(next, Ok(Some(_)));
        next.transpose()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn numbers(text: &str) -> Result<Vec<i64>, SourceError> {
        Elements::new(text.as_bytes()).map(|value| value.map(|value| value["n"].as_i64().unwrap_or(-1))).collect()
    }

    #[test]
    fn every_documented_shape_gives_its_objects() {
        for text in [
            r#"[{"n":1},{"n":2}]"#,
            "\u{FEFF} [ {\"n\":1} ,\n {\"n\":2} ]",
            "{\"n\":1}\n{\"n\":2}\n",
            r#"{"_embedded":{"enheter":[{"n":1},{"n":2}]},"page":{"size":20,"totalElements":2,"totalPages":1,"number":0}}"#,
            r#"[{"_embedded":{"enheter":[{"n":1}]}},{"_embedded":{"enheter":[{"n":2}]}}]"#,
        ] {
            assert_eq!(numbers(text).unwrap(), [1, 2], "{text}");
        }
        assert_eq!(numbers(r#"{"n":7,"x":"}]\"{"}"#).unwrap(), [7]);
        assert_eq!(numbers("[]").unwrap(), [] as [i64; 0]);
        assert!(
            numbers(r#"{"_links":{},"page":{"size":20,"totalElements":0,"totalPages":0,"number":0}}"#)
                .unwrap()
                .is_empty()
        );
        let none = r#"{"_links":{},"_embedded":{"enheter":[]},"page":{"totalElements":0,"totalPages":0,"number":0}}"#;
        assert!(numbers(none).unwrap().is_empty());
        let mut paged = Elements::new(
            &br#"{"_embedded":{"enheter":[{"n":1}]},"page":{"size":1,"totalElements":93,"totalPages":93,"number":2}}"#
                [..],
        );
        assert!(paged.next().unwrap().is_ok());
        assert_eq!(
            paged.take_told(),
            ["this is page 3 of 93 of a search: 1 of 93 found in all; give the other pages, too"]
        );
    }

    #[test]
    fn what_is_cut_short_or_something_else_is_named() {
        for (text, words) in [
            ("", "empty"),
            ("7", "object or a list"),
            ("[{\"n\":1},", "does not end"),
            ("{\"n\":1", "does not end"),
            ("[1,2]", "an object was expected"),
            (r#"{"_embedded":{"oppdaterteEnheter":[{"organisasjonsnummer":"923609016"}]}}"#, "list of updates"),
            (r#"{"tidspunkt":"2026","status":400,"feilmelding":"Feil"}"#, "error 400: Feil"),
            (r#"{"status":500,"error":"Internal"}"#, "error 500: Internal"),
        ] {
            assert!(numbers(text).unwrap_err().to_string().contains(words), "{text}");
        }
    }

    proptest! {
        #[test]
        fn any_bytes_end(bytes in proptest::collection::vec(prop_oneof![Just(b'{'), Just(b'}'), Just(b'['), Just(b']'), Just(b'"'), Just(b','), any::<u8>()], 0..200)) {
            prop_assert!(Elements::new(&bytes[..]).count() <= bytes.len() + 1);
        }

        #[test]
        fn objects_come_back_from_every_shape(list in proptest::collection::vec("\\PC{0,8}", 0..6), shape in 0..3usize) {
            let objects: Vec<Value> = list.iter().map(|text| serde_json::json!({ "t": text, "l": [{}, [text]] })).collect();
            let text = match shape {
                0 => serde_json::to_string(&objects).unwrap(),
                1 => objects.iter().map(|object| format!("{object}\n")).collect(),
                _ => serde_json::to_string_pretty(&serde_json::json!({ "_embedded": { "enheter": objects } })).unwrap(),
            };
            prop_assume!(!text.is_empty());
            let found: Vec<Value> = Elements::new(text.as_bytes()).collect::<Result<_, _>>().unwrap();
            prop_assert_eq!(found, objects);
        }
    }
}
