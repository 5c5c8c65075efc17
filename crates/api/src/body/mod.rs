//! Reading a request's body into the type that the description is made from, with the place of whatever is wrong.
//!
//! One reader for every JSON body: what it refuses is refused everywhere, and every refusal names its place as a JSON pointer. An
//! empty body is an object without keys.

mod explain;
mod strict;
pub mod values;

use axum::extract::{FromRequest, Request};
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

pub use self::explain::expected;
use self::strict::Strict;
use crate::input::{JsonBytes, LONGEST_TEXT};
use crate::problem::Problem;

/// A JSON body; the longest text in it has `LONGEST` bytes.
pub struct JsonBody<T, const LONGEST: usize = LONGEST_TEXT>(pub T);

impl<T: DeserializeOwned, S: Send + Sync, const LONGEST: usize> FromRequest<S> for JsonBody<T, LONGEST> {
    type Rejection = Problem;

    async fn from_request(request: Request, state: &S) -> Result<Self, Problem> {
        let JsonBytes(bytes) = JsonBytes::<LONGEST>::from_request(request, state).await?;
        read(&bytes).map(Self)
    }
}

/// Reads the bytes of a body.
///
/// # Errors
/// 422 that names the place.
pub fn read<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, Problem> {
    let value = if bytes.iter().all(u8::is_ascii_whitespace) {
        Value::Object(Map::new())
    } else {
        serde_json::from_slice(bytes).map_err(|error| Problem::input("", explain::syntax(&error)))?
    };
    read_value(value)
}

/// Reads a body that is JSON already.
///
/// # Errors
/// 422 that names the place.
pub fn read_value<T: DeserializeOwned>(value: Value) -> Result<T, Problem> {
    serde_path_to_error::deserialize(Strict(value)).map_err(|error| explain::problem(&error))
}

/// Refuses a list that is longer than its place allows.
///
/// # Errors
/// 422 that names the place.
pub fn at_most<T>(items: &[T], most: usize, key: &str) -> Result<(), Problem> {
    if items.len() <= most {
        return Ok(());
    }
    Err(Problem::input(format!("/{key}"), format!("{key} holds at most {most} items")))
}

#[cfg(test)]
mod tests {
    use serde::Deserialize;
    use serde_json::json;

    use super::values::{OneOrMany, Whole};
    use super::*;

    #[derive(Debug, Deserialize)]
    #[serde(deny_unknown_fields)]
    #[allow(dead_code, reason = "what is read is not looked at")]
    struct Inner {
        name: String,
        count: Option<i32>,
    }

    #[derive(Debug, Deserialize)]
    #[serde(deny_unknown_fields)]
    #[allow(dead_code, reason = "what is read is not looked at")]
    struct Outer {
        limit: Option<Whole<1, 500>>,
        items: Option<Vec<Inner>>,
        sort: Option<OneOrMany<Inner>>,
        id: Option<uuid::Uuid>,
        flag: Option<bool>,
        #[serde(default)]
        kept: Value,
    }

    #[test]
    fn whatever_is_wrong_is_named_with_its_place_and_what_is_expected() {
        for (body, pointer, words) in [
            (json!([]), "", "an object"),
            (json!("x"), "", "an object"),
            (json!({ "limits": 5 }), "/limits", "there is no key “limits”"),
            (json!({ "a/b~c": 5 }), "/a~1b~0c", "there is no key"),
            (json!({ "limit": 0 }), "/limit", "a whole number from 1 to 500"),
            (json!({ "limit": 1.5 }), "/limit", "a whole number from 1 to 500"),
            (json!({ "limit": 1e300 }), "/limit", "a whole number from 1 to 500"),
            (json!({ "limit": "5" }), "/limit", "a whole number from 1 to 500"),
            (json!({ "items": {} }), "/items", "a list"),
            (json!({ "items": [{ "name": "a" }, ["b", 1]] }), "/items/1", "an object"),
            (json!({ "items": [{ "count": 1 }] }), "/items/0/name", "needs name"),
            (json!({ "items": [{ "name": "a", "nam": 1 }] }), "/items/0/nam", "there is no key “nam”"),
            (json!({ "items": [{ "name": 5 }] }), "/items/0/name", "a text"),
            (json!({ "items": [{ "name": "a", "count": 1e12 }] }), "/items/0/count", "a whole number"),
            (json!({ "sort": { "name": 1 } }), "/sort/name", "a text"),
            (json!({ "sort": [{ "name": "a" }, { "name": 1 }] }), "/sort/1/name", "a text"),
            (json!({ "sort": 5 }), "/sort", "an object or a list"),
            (json!({ "id": "x" }), "/id", "UUID"),
            (json!({ "flag": "yes" }), "/flag", "true or false"),
        ] {
            let problem = read::<Outer>(body.to_string().as_bytes()).map(|_| body.clone()).unwrap_err();
            let error = &problem.errors.as_ref().unwrap()[0];
            assert_eq!((problem.status, error.pointer.as_str()), (422, pointer), "{body}: {}", error.message);
            assert!(error.message.contains(words), "{body}: {}", error.message);
            assert!(!error.message.contains("line 1"), "{body}: {}", error.message);
        }
        let misspelt = read::<Outer>(br#"{"limt": 5}"#).unwrap_err();
        assert_eq!(misspelt.errors.unwrap()[0].suggestions, ["limit"]);
    }

    #[test]
    fn whole_numbers_may_be_written_with_a_fraction_of_nothing_and_documents_stay_as_they_came() {
        let read: Outer =
            read(br#"{"limit": 5.0, "items": [{"name": "a", "count": 7.0}], "kept": {"x": [1.0, 2]}}"#).unwrap();
        assert_eq!(read.limit.map(|limit| limit.0), Some(5));
        assert_eq!(read.items.unwrap()[0].count, Some(7));
        assert_eq!(read.kept.to_string(), r#"{"x":[1.0,2]}"#);
    }

    #[test]
    fn an_empty_body_and_null_leave_everything_out() {
        for body in ["", " \n", "{}", r#"{"limit": null, "items": null, "sort": null}"#] {
            let read: Outer = read(body.as_bytes()).unwrap();
            assert!(read.limit.is_none() && read.items.is_none() && read.sort.is_none(), "{body}");
        }
    }

    proptest::proptest! {
        #[test]
        fn no_bytes_make_the_reader_panic(bytes in proptest::collection::vec(proptest::prelude::any::<u8>(), 0..200)) {
            let _ = read::<Outer>(&bytes);
        }
    }
}
