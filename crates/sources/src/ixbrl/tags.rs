//! Every tagged number of one document as the reader reads it, before anything is chosen or laid on lines: what is compared,
//! fact by fact, with other readers of Inline XBRL (`scripts/compare-with-arelle`).

use domain::filing::UnusedReason;
use rust_decimal::Decimal;
use serde::Serialize;

use super::document::Stated;
use super::number::digits;
use super::reader;
use crate::package::PackageError;

/// One tagged number.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct TaggedNumber {
    /// Namespace of the concept.
    pub namespace: String,
    /// Local name of the concept.
    pub concept: String,
    /// Id of the context.
    pub context: String,
    /// Id of the unit.
    pub unit: String,
    /// The `decimals` attribute where it is a number.
    pub decimals: Option<i8>,
    /// The value after transformation, scale and sign; `None` where the text is no number by its transformation.
    pub value: Option<Decimal>,
    /// Why it is no number of this report, where it is none by the rules of Inline XBRL.
    pub left_out: Option<UnusedReason>,
}

/// The tagged numbers of a document in UTF-8, in the order of the document; those of other targets and tuples last.
///
/// # Errors
/// When the document is not well-formed or breaks the rules of contexts.
pub fn numbers(name: &str, bytes: &[u8]) -> Result<Vec<TaggedNumber>, PackageError> {
    let document = reader::read(name, bytes, |_| true)?;
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    let facts = document.facts.iter().map(|fact| TaggedNumber {
        namespace: document.namespaces[fact.namespace].uri.to_owned(),
        concept: text(fact.local),
        context: text(fact.context),
        unit: text(fact.unit),
        decimals: if let Stated::Decimals(decimals) = fact.stated { Some(decimals) } else { None },
        value: digits(document.text_of(fact), fact.format)
            .and_then(|digits| digits.value(fact.scale, fact.negative))
            .map(|value| value.normalize()),
        left_out: None,
    });
    let left_out = document.left_out.iter().map(|left| TaggedNumber {
        namespace: document.namespaces[left.namespace].uri.to_owned(),
        concept: text(left.local),
        context: text(left.context),
        unit: String::new(),
        decimals: None,
        value: None,
        left_out: Some(left.reason),
    });
    Ok(facts.chain(left_out).collect())
}
