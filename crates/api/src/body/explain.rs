//! What serde says of a body, in the words of the API: the place as a JSON pointer, what is expected, and what could be meant.

use domain::filter::error::pointer_token;
use domain::filter::suggest::nearest;
use serde_path_to_error::{Error, Path, Segment};

use crate::problem::{InputError, Problem};

/// What is wrong with bytes that are no JSON.
pub fn syntax(error: &serde_json::Error) -> String {
    if error.to_string().contains("recursion limit") {
        format!("groups go at most {} levels deep", domain::filter::limits::MAX_DEPTH)
    } else {
        format!("the body is not JSON: {error}")
    }
}

/// 422 with the place.
pub fn problem(error: &Error<serde_json::Error>) -> Problem {
    let said = error.inner().to_string();
    let mut pointer = pointer(error.path());
    if let Some((key, known)) = unknown_key(&said) {
        let end = format!("/{}", pointer_token(&key));
        if !pointer.ends_with(&end) {
            pointer.push_str(&end);
        }
        let shown: String = key.chars().take(60).collect();
        return Problem::inputs(vec![InputError {
            pointer,
            message: format!("there is no key “{shown}” here"),
            suggestions: nearest(&key, known.iter().map(|known| (*known, [*known]))),
            ..InputError::default()
        }]);
    }
    if let Some(key) = said.strip_prefix("missing field `").and_then(|rest| rest.strip_suffix('`')) {
        return Problem::input(format!("{pointer}/{}", pointer_token(key)), format!("the object needs {key}"));
    }
    Problem::input(pointer, expected(&said))
}

/// The key that is not known, and those that are.
fn unknown_key(said: &str) -> Option<(String, Vec<&str>)> {
    let rest = said.strip_prefix("unknown field `")?;
    // The key may hold anything, what is known stands behind it.
    let (key, known) = rest.rsplit_once("`, expected ").or_else(|| rest.rsplit_once("`, there are no fields"))?;
    Some((key.to_owned(), known.split('`').skip(1).step_by(2).collect()))
}

fn pointer(path: &Path) -> String {
    path.iter().fold(String::new(), |mut pointer, segment| {
        match segment {
            Segment::Seq { index } => pointer.push_str(&format!("/{index}")),
            Segment::Map { key } => pointer.push_str(&format!("/{}", pointer_token(key))),
            Segment::Enum { .. } | Segment::Unknown => {}
        }
        pointer
    })
}

/// `invalid type: string "x", expected u32` with what is expected in words.
pub fn expected(said: &str) -> String {
    let Some((found, wanted)) = said.rsplit_once(", expected ") else { return said.to_owned() };
    let Some(found) = found.strip_prefix("invalid type: ").or_else(|| found.strip_prefix("invalid value: ")) else {
        return said.to_owned();
    };
    let found = match found {
        "map" => "an object",
        "sequence" => "a list",
        other => other,
    };
    let found: String = found.chars().take(80).collect();
    format!("here should stand {}, not {found}", in_words(wanted))
}

fn in_words(wanted: &str) -> &str {
    match wanted {
        "a string" | "a borrowed string" | "str" => "a text",
        "a boolean" => "true or false",
        "a sequence" => "a list",
        "a map" => "an object",
        "i8" | "i16" | "i32" | "i64" | "u8" | "u16" | "u32" | "u64" | "usize" => "a whole number",
        "f32" | "f64" => "a number",
        other if other.starts_with("struct") => "an object",
        other => other,
    }
}
