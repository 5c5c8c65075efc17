//! Tables as Parquet files, which DuckDB, ClickHouse, Spark and pandas read as they are.
//!
//! Rows are gathered into groups of a million cells at most, each written column by column, so that memory is bounded whatever the
//! size of the file.

use std::io::{self, Write};
use std::sync::Arc;

use chrono::NaiveDate;
use domain::facts::FactValue;
use parquet::basic::{Compression, Encoding};
use parquet::column::writer::ColumnWriter;
use parquet::data_type::ByteArray;
use parquet::file::metadata::KeyValue;
use parquet::file::properties::WriterProperties;
use parquet::file::writer::SerializedFileWriter;
use parquet::schema::parser::parse_message_type;

/// Cells and rows of a group at most.
const CELLS_OF_A_GROUP: usize = 1_000_000;
const ROWS_OF_A_GROUP: usize = 100_000;

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ColumnType {
    /// `INT64`.
    Integer,
    /// `DOUBLE`.
    Real,
    /// `BOOLEAN`.
    Boolean,
    /// `DATE`.
    Date,
    /// `STRING`.
    Text,
    /// `LIST` of `STRING`; none is an empty list.
    Texts,
}

/// A column: its name (letters, digits and underscores), and what it holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Column {
    /// Its name.
    pub name: String,
    /// What it holds.
    pub holds: ColumnType,
    /// Whether every row has a value.
    pub is_required: bool,
}

impl Column {
    /// A column in which a value may be missing.
    #[must_use]
    pub fn optional(name: impl Into<String>, holds: ColumnType) -> Self {
        Self { name: name.into(), holds, is_required: false }
    }

    /// A column in which none is.
    #[must_use]
    pub fn required(name: impl Into<String>, holds: ColumnType) -> Self {
        Self { name: name.into(), holds, is_required: true }
    }

    fn declared(&self) -> String {
        let (name, repetition) = (&self.name, if self.is_required { "REQUIRED" } else { "OPTIONAL" });
        match self.holds {
            ColumnType::Integer => format!("{repetition} INT64 {name};"),
            ColumnType::Real => format!("{repetition} DOUBLE {name};"),
            ColumnType::Boolean => format!("{repetition} BOOLEAN {name};"),
            ColumnType::Date => format!("{repetition} INT32 {name} (DATE);"),
            ColumnType::Text => format!("{repetition} BYTE_ARRAY {name} (STRING);"),
            ColumnType::Texts => format!(
                "{repetition} group {name} (LIST) {{ REPEATED group list {{ REQUIRED BYTE_ARRAY element (STRING); }} }}"
            ),
        }
    }
}

/// The values of a column that wait to be written. Levels are Dremel's: how deep a value is defined, and whether it goes on a list.
struct Waiting {
    column: Column,
    values: Values,
    definition: Vec<i16>,
    repetition: Vec<i16>,
}

enum Values {
    Integer(Vec<i64>),
    Real(Vec<f64>),
    Boolean(Vec<bool>),
    Date(Vec<i32>),
    Text(Vec<ByteArray>),
}

impl Waiting {
    fn new(column: Column) -> Self {
        let values = match column.holds {
            ColumnType::Integer => Values::Integer(Vec::new()),
            ColumnType::Real => Values::Real(Vec::new()),
            ColumnType::Boolean => Values::Boolean(Vec::new()),
            ColumnType::Date => Values::Date(Vec::new()),
            ColumnType::Text | ColumnType::Texts => Values::Text(Vec::new()),
        };
        Self { column, values, definition: Vec::new(), repetition: Vec::new() }
    }

    /// Takes a value; one of another type counts as a fault of the caller.
    fn push(&mut self, value: &FactValue) -> io::Result<()> {
        let is_optional = i16::from(!self.column.is_required);
        let mut defined = is_optional;
        match (&mut self.values, value) {
            (_, FactValue::Null) if !self.column.is_required => defined = 0,
            (Values::Integer(values), FactValue::Integer(number)) => values.push(*number),
            (Values::Real(values), FactValue::Real(number)) => values.push(*number),
            (Values::Boolean(values), FactValue::Boolean(yes)) => values.push(*yes),
            (Values::Date(values), FactValue::Date(day)) => values.push(days_since_1970(*day)),
            (Values::Text(values), FactValue::Text(text)) => values.push(ByteArray::from(text.as_bytes().to_vec())),
            (Values::Text(values), FactValue::Texts(texts)) if self.column.holds == ColumnType::Texts => {
                for (place, text) in texts.iter().enumerate() {
                    values.push(ByteArray::from(text.as_bytes().to_vec()));
                    self.definition.push(is_optional + 1);
                    self.repetition.push(i16::from(place > 0));
                }
                if !texts.is_empty() {
                    return Ok(());
                }
            }
            (_, value) => {
                let name = &self.column.name;
                return Err(io::Error::other(format!("the column “{name}” cannot hold {value:?}")));
            }
        }
        self.definition.push(defined);
        if self.column.holds == ColumnType::Texts {
            self.repetition.push(0);
        }
        Ok(())
    }

    /// Writes what waits.
    fn write(&mut self, to: &mut ColumnWriter<'_>) -> parquet::errors::Result<()> {
        let is_list = self.column.holds == ColumnType::Texts;
        let definition = (is_list || !self.column.is_required).then_some(self.definition.as_slice());
        let repetition = is_list.then_some(self.repetition.as_slice());
        match (&mut self.values, to) {
            (Values::Integer(values), ColumnWriter::Int64ColumnWriter(to)) => {
                to.write_batch(values, definition, repetition)?;
                values.clear();
            }
            (Values::Real(values), ColumnWriter::DoubleColumnWriter(to)) => {
                to.write_batch(values, definition, repetition)?;
                values.clear();
            }
            (Values::Boolean(values), ColumnWriter::BoolColumnWriter(to)) => {
                to.write_batch(values, definition, repetition)?;
                values.clear();
            }
            (Values::Date(values), ColumnWriter::Int32ColumnWriter(to)) => {
                to.write_batch(values, definition, repetition)?;
                values.clear();
            }
            (Values::Text(values), ColumnWriter::ByteArrayColumnWriter(to)) => {
                to.write_batch(values, definition, repetition)?;
                values.clear();
            }
            _ => {
                let message = format!("the column “{}” is declared as something else", self.column.name);
                return Err(parquet::errors::ParquetError::General(message));
            }
        }
        self.definition.clear();
        self.repetition.clear();
        Ok(())
    }
}

/// Days since 1 January 1970, as Parquet counts them.
fn days_since_1970(day: NaiveDate) -> i32 {
    i32::try_from(day.signed_duration_since(NaiveDate::default()).num_days()).unwrap_or(i32::MAX)
}

/// A file that is being written.
pub struct ParquetFile<W: Write + Send> {
    file: SerializedFileWriter<W>,
    columns: Vec<Waiting>,
    rows: usize,
    cells_of_a_group: usize,
}

impl<W: Write + Send> ParquetFile<W> {
    /// Begins a file; `told` is what it says about itself, as its key-value metadata.
    ///
    /// # Errors
    /// A column has a name that is not allowed, or nothing can be written.
    pub fn begin(to: W, columns: Vec<Column>, told: &[(String, String)]) -> io::Result<Self> {
        let declared: Vec<String> = columns.iter().map(Column::declared).collect();
        let schema = parse_message_type(&format!("message lode {{ {} }}", declared.join(" "))).map_err(failed)?;
        let told = told.iter().map(|(key, value)| KeyValue::new(key.clone(), value.clone())).collect();
        let properties = WriterProperties::builder()
            .set_compression(Compression::SNAPPY)
            .set_encoding(Encoding::PLAIN)
            .set_key_value_metadata(Some(told))
            .set_created_by("Lode".to_owned())
            .build();
        let file = SerializedFileWriter::new(to, Arc::new(schema), Arc::new(properties)).map_err(failed)?;
        Ok(Self {
            file,
            columns: columns.into_iter().map(Waiting::new).collect(),
            rows: 0,
            cells_of_a_group: CELLS_OF_A_GROUP,
        })
    }

    /// With groups of so many cells at most, for whoever writes many files at once.
    #[must_use]
    pub fn with_groups_of(mut self, cells: usize) -> Self {
        self.cells_of_a_group = cells;
        self
    }

    /// Adds a row: a value for each column.
    ///
    /// # Errors
    /// A value does not fit its column, one is missing or too many, or nothing can be written.
    pub fn push<'a>(&mut self, row: impl IntoIterator<Item = &'a FactValue>) -> io::Result<()> {
        let mut row = row.into_iter();
        for column in &mut self.columns {
            let value = row.next().ok_or_else(|| io::Error::other("a row has too few values"))?;
            column.push(value)?;
        }
        if row.next().is_some() {
            return Err(io::Error::other("a row has too many values"));
        }
        self.rows += 1;
        if self.rows >= ROWS_OF_A_GROUP || self.rows * self.columns.len() >= self.cells_of_a_group {
            self.write_group().map_err(failed)?;
        }
        Ok(())
    }

    fn write_group(&mut self) -> parquet::errors::Result<()> {
        let mut group = self.file.next_row_group()?;
        for column in &mut self.columns {
            let Some(mut to) = group.next_column()? else { break };
            column.write(to.untyped())?;
            to.close()?;
        }
        group.close()?;
        self.rows = 0;
        Ok(())
    }

    /// Writes what waits and the end of the file.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn finish(mut self) -> io::Result<W> {
        if self.rows > 0 {
            self.write_group().map_err(failed)?;
        }
        let mut to = self.file.into_inner().map_err(failed)?;
        to.flush()?;
        Ok(to)
    }
}

/// The error of whoever takes the bytes keeps its kind: one that went away is told apart from a fault.
fn failed(error: parquet::errors::ParquetError) -> io::Error {
    match error {
        parquet::errors::ParquetError::External(source) => match source.downcast::<io::Error>() {
            Ok(error) => *error,
            Err(source) => io::Error::other(source),
        },
        other => io::Error::other(other),
    }
}

#[cfg(test)]
mod tests {
    use parquet::file::reader::{FileReader, SerializedFileReader};
    use parquet::record::Field;
    use proptest::prelude::*;

    use super::*;

    const KINDS: [ColumnType; 6] = [
        ColumnType::Integer,
        ColumnType::Real,
        ColumnType::Boolean,
        ColumnType::Date,
        ColumnType::Text,
        ColumnType::Texts,
    ];

    fn value_of(kind: ColumnType) -> BoxedStrategy<FactValue> {
        match kind {
            ColumnType::Integer => any::<i64>().prop_map(FactValue::Integer).boxed(),
            ColumnType::Real => any::<i32>().prop_map(|number| FactValue::Real(f64::from(number) / 8.0)).boxed(),
            ColumnType::Boolean => any::<bool>().prop_map(FactValue::Boolean).boxed(),
            ColumnType::Date => (-20_000..60_000_i32)
                .prop_map(|days| NaiveDate::from_epoch_days(days).map_or(FactValue::Null, FactValue::Date))
                .boxed(),
            ColumnType::Text => "[a-zåäö =]{0,9}".prop_map(|text| FactValue::Text(text.into())).boxed(),
            ColumnType::Texts => proptest::collection::vec("[0-9]{0,5}", 0..4)
                .prop_map(|texts| FactValue::Texts(texts.into_iter().map(Into::into).collect()))
                .boxed(),
        }
    }

    fn row() -> impl Strategy<Value = Vec<FactValue>> {
        let optional = |kind| prop_oneof![1 => Just(FactValue::Null), 3 => value_of(kind)].boxed();
        KINDS.map(optional).into_iter().chain(KINDS.map(value_of)).collect::<Vec<_>>()
    }

    fn columns() -> Vec<Column> {
        let optional = KINDS.map(|kind| Column::optional(format!("may_{kind:?}").to_lowercase(), kind));
        let required = KINDS.map(|kind| Column::required(format!("is_{kind:?}").to_lowercase(), kind));
        optional.into_iter().chain(required).collect()
    }

    /// A cell as the crate's own reader gives it.
    fn read(field: &Field) -> FactValue {
        match field {
            Field::Null => FactValue::Null,
            Field::Long(number) => FactValue::Integer(*number),
            Field::Double(number) => FactValue::Real(*number),
            Field::Bool(yes) => FactValue::Boolean(*yes),
            Field::Date(days) => NaiveDate::from_epoch_days(*days).map_or(FactValue::Null, FactValue::Date),
            Field::Str(text) => FactValue::Text(text.as_str().into()),
            Field::ListInternal(list) => FactValue::Texts(
                list.elements()
                    .iter()
                    .map(|one| match one {
                        Field::Str(text) => text.as_str().into(),
                        other => panic!("{other:?} in a list"),
                    })
                    .collect(),
            ),
            other => panic!("{other:?}"),
        }
    }

    proptest! {
        #[test]
        fn what_was_written_is_read_again(rows in proptest::collection::vec(row(), 0..60)) {
            let told = [("Källa".to_owned(), "Lode".to_owned())];
            let mut file = ParquetFile::begin(Vec::new(), columns(), &told).unwrap();
            for row in &rows {
                file.push(row).unwrap();
            }
            let bytes = bytes::Bytes::from(file.finish().unwrap());
            let reader = SerializedFileReader::new(bytes).unwrap();
            let kept = reader.metadata().file_metadata().key_value_metadata().unwrap();
            prop_assert_eq!((kept[0].key.as_str(), kept[0].value.as_deref()), ("Källa", Some("Lode")));
            let read: Vec<Vec<FactValue>> = reader
                .get_row_iter(None)
                .unwrap()
                .map(|row| row.unwrap().get_column_iter().map(|(_, field)| read(field)).collect())
                .collect();
            prop_assert_eq!(read, rows);
        }
    }

    #[test]
    fn many_rows_are_written_in_groups_and_a_wrong_value_is_refused() {
        let column = || vec![Column::required("orgnr", ColumnType::Integer)];
        let mut file = ParquetFile::begin(Vec::new(), column(), &[]).unwrap();
        for number in 0..250_000 {
            file.push([&FactValue::Integer(number)]).unwrap();
        }
        let reader = SerializedFileReader::new(bytes::Bytes::from(file.finish().unwrap())).unwrap();
        let groups: Vec<i64> = reader.metadata().row_groups().iter().map(|group| group.num_rows()).collect();
        assert_eq!(groups, [100_000, 100_000, 50_000]);
        let mut file = ParquetFile::begin(Vec::new(), column(), &[]).unwrap();
        for wrong in [vec![FactValue::Null], vec![FactValue::Boolean(true)], Vec::new()] {
            assert!(file.push(&wrong).is_err(), "{wrong:?}");
        }
        assert!(ParquetFile::begin(Vec::new(), vec![Column::optional("a b", ColumnType::Text)], &[]).is_err());
    }
}
