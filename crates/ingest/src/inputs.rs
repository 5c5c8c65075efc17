//! The files of an import: found, ordered, and identified so that a killed import is known again.

use std::cmp::Ordering;
use std::collections::HashSet;
use std::fs::File;
use std::io::{Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};
use std::time::UNIX_EPOCH;

use anyhow::{Context, bail};
use sha2::{Digest, Sha256};

use super::ImportKind;

const EDGE_BYTES: u64 = 1 << 16;

/// One file to read.
#[derive(Clone, Debug)]
pub struct Input {
    /// Where it is.
    pub path: PathBuf,
    /// What messages call it: the name alone, unless two inputs share it.
    pub name: String,
    /// Its size.
    pub bytes: u64,
    /// Hash of its size, time of change, first and last 64 kB: enough to tell whether it is the same file, without
    /// reading gigabytes twice.
    fingerprint: String,
}

/// Finds every file that the paths name, in the order given; a folder is searched through in the order of its files'
/// names, numbers in them compared as numbers. A file that is named twice is read where it is named first.
///
/// # Errors
/// When a path does not exist, a folder holds nothing to import, or a file cannot be read.
pub fn find(kind: ImportKind, paths: &[PathBuf]) -> anyhow::Result<Vec<Input>> {
    let mut files = Vec::new();
    for path in paths {
        let about = std::fs::metadata(path).with_context(|| format!("cannot read {}", path.display()))?;
        if about.is_dir() {
            let mut found = Vec::new();
            search(kind, path, &mut found)?;
            if found.is_empty() {
                bail!("{} holds no file ending in {}", path.display(), kind.endings().join(", "));
            }
            found.sort_by(|one, other| natural_order(&one.to_string_lossy(), &other.to_string_lossy()));
            files.extend(found);
        } else {
            files.push(path.clone());
        }
    }
    let mut seen = HashSet::new();
    files.retain(|file| seen.insert(file.clone()));
    let mut inputs = files.iter().map(|path| identify(path)).collect::<anyhow::Result<Vec<_>>>()?;
    let names: Vec<String> = inputs.iter().map(|input| input.name.clone()).collect();
    for input in &mut inputs {
        if names.iter().filter(|name| **name == input.name).count() > 1 {
            input.name = input.path.display().to_string();
        }
    }
    Ok(inputs)
}

/// Compares names as people order them: `2025_9.zip` before `2025_10.zip`.
fn natural_order(one: &str, other: &str) -> Ordering {
    let (mut one_rest, mut other_rest) = (one, other);
    loop {
        let (one_number, other_number) = (digits(one_rest), digits(other_rest));
        if !one_number.is_empty() && !other_number.is_empty() {
            let value = |text: &str| text.trim_start_matches('0').to_owned();
            let (one_value, other_value) = (value(one_number), value(other_number));
            let by_value = one_value.len().cmp(&other_value.len()).then_with(|| one_value.cmp(&other_value));
            if by_value != Ordering::Equal {
                return by_value;
            }
            (one_rest, other_rest) = (&one_rest[one_number.len()..], &other_rest[other_number.len()..]);
            continue;
        }
        let (mut one_letters, mut other_letters) = (one_rest.chars(), other_rest.chars());
        match (one_letters.next(), other_letters.next()) {
            // `7` and `07` are one number; the text decides then.
            (None, None) => return one.cmp(other),
            (one_letter, other_letter) if one_letter != other_letter => return one_letter.cmp(&other_letter),
            _ => (one_rest, other_rest) = (one_letters.as_str(), other_letters.as_str()),
        }
    }
}

/// The ASCII digits that a text begins with.
fn digits(text: &str) -> &str {
    let end = text.bytes().take_while(u8::is_ascii_digit).count();
    text.get(..end).unwrap_or_default()
}

fn search(kind: ImportKind, folder: &Path, files: &mut Vec<PathBuf>) -> anyhow::Result<()> {
    let entries = std::fs::read_dir(folder).with_context(|| format!("cannot read the folder {}", folder.display()))?;
    for entry in entries {
        let entry = entry.with_context(|| format!("cannot read the folder {}", folder.display()))?;
        let path = entry.path();
        let is_hidden = entry.file_name().as_encoded_bytes().starts_with(b".");
        // Links are not followed in folders, so that a circle of them does no harm.
        let file_type = entry.file_type().with_context(|| format!("cannot read {}", path.display()))?;
        if file_type.is_dir() && !is_hidden {
            search(kind, &path, files)?;
        } else if file_type.is_file() && !is_hidden && kind.wants(&path) {
            files.push(path);
        }
    }
    Ok(())
}

fn identify(path: &Path) -> anyhow::Result<Input> {
    let cannot = || format!("cannot read {}", path.display());
    let mut file = File::open(path).with_context(cannot)?;
    let about = file.metadata().with_context(cannot)?;
    let bytes = about.len();
    let changed =
        about.modified().ok().and_then(|time| time.duration_since(UNIX_EPOCH).ok()).map_or(0, |age| age.as_nanos());
    let mut hash = Sha256::new();
    hash.update(bytes.to_be_bytes());
    hash.update(changed.to_be_bytes());
    let mut edge = Vec::new();
    (&mut file).take(EDGE_BYTES).read_to_end(&mut edge).with_context(cannot)?;
    if bytes > EDGE_BYTES {
        file.seek(SeekFrom::Start(bytes.saturating_sub(EDGE_BYTES))).with_context(cannot)?;
        file.take(EDGE_BYTES).read_to_end(&mut edge).with_context(cannot)?;
    }
    hash.update(&edge);
    let name = path.file_name().map_or_else(|| path.display().to_string(), |name| name.to_string_lossy().into_owned());
    Ok(Input { path: path.to_owned(), name, bytes, fingerprint: hex::encode(hash.finalize()) })
}

/// The identity of an import: the kind, what changes the reading (a mapping file's content), and the files.
#[must_use]
pub fn key(kind: ImportKind, mapping: Option<&str>, inputs: &[Input]) -> String {
    let mut hash = Sha256::new();
    for part in [kind.name(), mapping.unwrap_or_default()]
        .into_iter()
        .chain(inputs.iter().flat_map(|i| [i.name.as_str(), i.fingerprint.as_str()]))
    {
        hash.update((part.len() as u64).to_be_bytes());
        hash.update(part);
    }
    hex::encode(hash.finalize())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_of_a_folder_are_ordered_by_the_numbers_in_their_names() {
        let mut names = ["2025_10_1.zip", "2025_9_2.zip", "2025_9_10.zip", "a.zip", "2025_09_2.zip", "2024_52.zip"];
        names.sort_by(|one, other| natural_order(one, other));
        assert_eq!(names, ["2024_52.zip", "2025_09_2.zip", "2025_9_2.zip", "2025_9_10.zip", "2025_10_1.zip", "a.zip"]);
    }
}
