//! What a JSON text would become in memory, judged before it is parsed: a value of one byte takes thirty-two.

use memchr::memchr2;

/// What is wrong with a JSON text before it is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum JsonFault {
    /// More values than are allowed.
    TooManyValues {
        /// The limit.
        most: usize,
    },
    /// A longer text than is allowed.
    TextTooLong {
        /// Byte offset of its opening quote.
        at: usize,
        /// The limit, in bytes as written.
        most: usize,
    },
    /// A NUL character in a string, as it is or as `\u0000`, which no text of the database can hold.
    Nul {
        /// Byte offset of the NUL.
        at: usize,
    },
}

/// How large a JSON text may be.
#[derive(Clone, Copy, Debug)]
pub struct Sizes {
    /// Values and keys.
    pub values: usize,
    /// Bytes of one text, as written.
    pub text_bytes: usize,
}

/// Counts the values and keys of a JSON text and looks for NUL characters, in one pass and without memory. What is no JSON passes; its
/// parser says where it is wrong.
///
/// # Errors
/// At the first fault.
pub fn check(text: &[u8], most: &Sizes) -> Result<(), JsonFault> {
    let (mut at, mut values) = (0, 1_usize);
    while let Some(byte) = text.get(at) {
        match byte {
            b'"' => {
                let end = string_end(text, at + 1)?;
                if end - at > most.text_bytes {
                    return Err(JsonFault::TextTooLong { at, most: most.text_bytes });
                }
                at = end;
            }
            // Each of these begins, or parts, one more value than there would be without it.
            b',' | b':' | b'[' | b'{' => {
                values += 1;
                if values > most.values {
                    return Err(JsonFault::TooManyValues { most: most.values });
                }
            }
            0 => return Err(JsonFault::Nul { at }),
            _ => {}
        }
        at += 1;
    }
    Ok(())
}

/// Position of the quote that ends a string.
fn string_end(text: &[u8], from: usize) -> Result<usize, JsonFault> {
    let mut at = from;
    loop {
        let rest = text.get(at..).unwrap_or_default();
        let found = memchr2(b'"', b'\\', rest);
        let plain = rest.get(..found.unwrap_or(rest.len())).unwrap_or_default();
        if let Some(nul) = memchr::memchr(0, plain) {
            return Err(JsonFault::Nul { at: at + nul });
        }
        let Some(found) = found else { return Ok(text.len()) };
        if rest.get(found) == Some(&b'"') {
            return Ok(at + found);
        }
        if rest.get(found + 1..found + 6) == Some(b"u0000") {
            return Err(JsonFault::Nul { at: at + found });
        }
        at += found + 2;
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::Value;

    use super::*;

    fn values_of(values: usize) -> Sizes {
        Sizes { values, text_bytes: 100 }
    }

    fn values(value: &Value) -> usize {
        1 + match value {
            Value::Array(items) => items.iter().map(values).sum(),
            Value::Object(entries) => entries.values().map(values).sum::<usize>() + entries.len(),
            _ => 0,
        }
    }

    fn any_value() -> impl Strategy<Value = Value> {
        let text = "[a-z\",:{}\\[\\]\\\\u0]{0,9}";
        let leaf = prop_oneof![Just(Value::Null), any::<i32>().prop_map(Value::from), text.prop_map(Value::from)];
        leaf.prop_recursive(4, 40, 5, move |inner| {
            prop_oneof![
                prop::collection::vec(inner.clone(), 0..5).prop_map(Value::from),
                prop::collection::btree_map(text, inner, 0..5).prop_map(|map| Value::Object(map.into_iter().collect())),
            ]
        })
    }

    proptest! {
        #[test]
        fn never_fewer_values_are_counted_than_there_are(value in any_value()) {
            let text = serde_json::to_vec(&value).unwrap();
            let count = values(&value);
            prop_assert_eq!(check(&text, &values_of(2 * count + 1)), Ok(()));
            if count > 1 {
                prop_assert_eq!(check(&text, &values_of(count - 1)), Err(JsonFault::TooManyValues { most: count - 1 }));
            }
        }

        #[test]
        fn a_nul_in_a_string_is_found_wherever_it_stands(before in "[a-z\"\\\\]{0,9}", after in "[a-z\"\\\\]{0,9}") {
            let text = serde_json::to_vec(&serde_json::json!({ "key": [1, format!("{before}\0{after}")] })).unwrap();
            let found = check(&text, &values_of(100));
            prop_assert!(matches!(found, Err(JsonFault::Nul { .. })), "{:?}", found);
        }

        #[test]
        fn no_bytes_make_it_panic(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
            let _ = check(&bytes, &values_of(10));
        }
    }

    #[test]
    fn an_escaped_backslash_before_u0000_is_no_nul() {
        assert_eq!(check(br#"{"a": "\\u0000"}"#, &values_of(10)), Ok(()));
        assert_eq!(check(br#"{"a": "\u0000"}"#, &values_of(10)), Err(JsonFault::Nul { at: 7 }));
        assert_eq!(check(b"{\"a\": \"x\0\"}", &values_of(10)), Err(JsonFault::Nul { at: 8 }));
    }

    #[test]
    fn a_text_that_is_too_long_is_found_by_its_place() {
        let text = format!("{{\"a\": \"{}\"}}", "x".repeat(101));
        assert_eq!(check(text.as_bytes(), &values_of(10)), Err(JsonFault::TextTooLong { at: 6, most: 100 }));
        let text = format!("{{\"a\": \"{}\"}}", "x".repeat(90));
        assert_eq!(check(text.as_bytes(), &values_of(10)), Ok(()));
    }
}
