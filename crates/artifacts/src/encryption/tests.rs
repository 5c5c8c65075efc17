//! Files that were cut, altered, reordered or renamed at every place, other secrets, and headers that ask for too much.

use futures::{StreamExt, TryStreamExt};

use super::stream::{PART, TAG};
use super::*;

fn keyed(byte: u8) -> Encryption {
    let mut key = [byte; 32];
    key[31] = 0xee;
    Encryption::new(Secret::Key(key)).unwrap()
}

fn worded(words: &str) -> Encryption {
    Encryption::new(Secret::passphrase("test", words).unwrap()).unwrap()
}

/// Bytes without a period that would hide parts that changed places.
fn content(length: usize) -> Vec<u8> {
    (0..length).map(|at| (at ^ (at >> 8) ^ (at >> 15)) as u8).collect()
}

async fn encrypt(with: &Encryption, name: &str, content: &[u8], step: usize) -> Vec<u8> {
    let mut file = Vec::new();
    let mut writer = with.writer(name, &mut file).unwrap();
    for piece in content.chunks(step.max(1)) {
        writer.write_all(piece).await.unwrap();
    }
    writer.finish().await.unwrap();
    file
}

async fn decrypt(with: &Encryption, name: &str, file: &[u8], step: usize) -> anyhow::Result<Vec<u8>> {
    let pieces: Vec<_> = file.chunks(step.max(1)).map(|piece| Ok(Bytes::copy_from_slice(piece))).collect();
    let parts: Vec<Bytes> = with.decrypt(name, futures::stream::iter(pieces).boxed()).try_collect().await?;
    Ok(parts.concat())
}

#[tokio::test]
async fn file_of_any_length_written_and_read_in_any_pieces_comes_back_and_has_the_size_told_before() {
    let key = keyed(1);
    for length in [0, 1, 15, 16, 17, PART - 1, PART, PART + 1, 2 * PART, 2 * PART + 16, 3 * PART + 7] {
        let content = content(length);
        for step in [997, PART, 5 * PART] {
            let file = encrypt(&key, "a/b", &content, step).await;
            assert_eq!(encrypted_size(length as u64), Some(file.len() as u64), "{length}");
            assert_eq!(decrypt(&key, "a/b", &file, step + 13).await.unwrap(), content, "{length} in steps of {step}");
            assert!(length < 16 || !file.windows(16).any(|window| window == &content[..16]), "{length} is readable");
        }
    }
    assert_eq!(encrypted_size(u64::MAX), None);
}

#[tokio::test]
async fn file_cut_after_any_byte_or_with_any_byte_flipped_or_added_is_refused() {
    let key = keyed(1);
    for length in [0, 1, 40] {
        let file = encrypt(&key, "x", &content(length), 100).await;
        for cut in 0..file.len() {
            assert!(decrypt(&key, "x", &file[..cut], 64).await.is_err(), "{length} bytes cut after {cut}");
        }
        for at in 0..file.len() {
            for bit in [1, 0x80] {
                let mut altered = file.clone();
                altered[at] ^= bit;
                assert!(decrypt(&key, "x", &altered, 64).await.is_err(), "byte {at} of {length} flipped");
            }
        }
        for more in [vec![0], vec![0; TAG], file.clone()] {
            assert!(decrypt(&key, "x", &[file.clone(), more].concat(), 64).await.is_err());
        }
    }
}

#[tokio::test]
async fn file_of_several_parts_is_refused_when_a_part_is_cut_off_left_out_repeated_moved_or_emptied() {
    let key = keyed(1);
    let (whole, sealed) = (content(3 * PART), PART + TAG);
    let file = encrypt(&key, "x", &whole, PART).await;
    let header = &file[..HEADER_LENGTH];
    let parts: Vec<&[u8]> = file[HEADER_LENGTH..].chunks(sealed).collect();
    assert_eq!(parts.len(), 3);
    let of = |order: &[usize]| {
        let body: Vec<u8> = order.iter().flat_map(|part| parts[*part].to_vec()).collect();
        [header, &body].concat()
    };
    assert_eq!(decrypt(&key, "x", &of(&[0, 1, 2]), PART).await.unwrap(), whole);
    for order in [
        &[0, 1][..],
        &[0],
        &[],
        &[0, 2],
        &[1, 2],
        &[2],
        &[1, 0, 2],
        &[0, 1, 1, 2],
        &[0, 0, 1, 2],
        &[0, 1, 2, 2],
        &[0, 2, 1],
    ] {
        let error = decrypt(&key, "x", &of(order), PART).await.unwrap_err().to_string();
        assert!(error.contains("cut short or altered"), "{order:?}: {error}");
    }
    for boundary in (1..=3).map(|part| HEADER_LENGTH + part * sealed) {
        for cut in [boundary - TAG, boundary - 1, boundary + 1, boundary + TAG] {
            if cut < file.len() {
                assert!(decrypt(&key, "x", &file[..cut], PART).await.is_err(), "cut after {cut}");
            }
        }
    }
    // What an attacker without the key can write after a cut: nothing that ends the file.
    let emptied = [&of(&[0, 1]), &vec![0; TAG][..]].concat();
    assert!(decrypt(&key, "x", &emptied, PART).await.is_err());
    // A writer that was dropped before its end leaves no whole file.
    let mut left = Vec::new();
    let mut writer = key.writer("x", &mut left).unwrap();
    writer.write_all(&whole).await.unwrap();
    drop(writer);
    assert!(decrypt(&key, "x", &left, PART).await.is_err());
}

#[tokio::test]
async fn another_key_name_or_passphrase_is_refused_and_says_which() {
    let (one, other, words) = (keyed(1), keyed(2), worded("correct horse battery"));
    let (by_key, by_words) = (encrypt(&one, "a", b"text", 9).await, encrypt(&words, "a", b"text", 9).await);
    for (with, name, file, expected) in [
        (&other, "a", &by_key, "another key"),
        (&words, "a", &by_key, "encrypted with a key, and a passphrase is given"),
        (&one, "a", &by_words, "encrypted with a passphrase, and a key is given"),
        (&worded("correct horse batterz"), "a", &by_words, "another key or passphrase"),
        (&one, "b", &by_key, "cut short or altered"),
    ] {
        let error = format!("{:#}", decrypt(with, name, file, 99).await.unwrap_err());
        assert!(error.contains(expected), "{expected}: {error}");
    }
    let again = worded("correct horse battery");
    assert_eq!(decrypt(&again, "a", &by_words, 99).await.unwrap(), b"text", "the salt stands in the file");
    assert_ne!(encrypt(&one, "a", b"text", 9).await, by_key, "each file has a salt of its own");
}

#[tokio::test]
async fn names_are_the_same_for_one_key_and_others_for_another() {
    assert_eq!(keyed(1).keyed_name("x").unwrap(), keyed(1).keyed_name("x").unwrap());
    assert_ne!(keyed(1).keyed_name("x").unwrap(), keyed(2).keyed_name("x").unwrap());
    assert_ne!(keyed(1).keyed_name("x").unwrap(), keyed(1).keyed_name("y").unwrap());
    let (first, mut second) = (worded("correct horse battery"), worded("correct horse battery"));
    let file = encrypt(&first, "a", b"", 1).await;
    assert_ne!(first.keyed_name("x").unwrap(), second.keyed_name("x").unwrap(), "salts differ");
    second.adopt_salt_of(&file).unwrap();
    assert_eq!(first.keyed_name("x").unwrap(), second.keyed_name("x").unwrap());
    // The header of another passphrase, or of weaker settings, is not taken over.
    let mut weaker = file.clone();
    weaker[HEADER_LENGTH - 40..HEADER_LENGTH - 36].copy_from_slice(&8_u32.to_be_bytes());
    for start in [&encrypt(&worded("another horse battery"), "a", b"", 1).await[..], &weaker, b"x", b""] {
        let mut third = worded("correct horse battery");
        third.adopt_salt_of(start).unwrap();
        assert_ne!(third.keyed_name("x").unwrap(), first.keyed_name("x").unwrap());
    }
}

#[test]
fn header_that_asks_for_too_much_memory_or_time_is_refused_before_any_is_taken() {
    let of = |memory_kib, passes| Header {
        derivation: Derivation::Passphrase { salt: [1; 16], memory_kib, passes },
        key_id: [0; KEY_ID_LENGTH],
        salt: [2; 32],
    };
    assert_eq!(Header::parse(&of(65_536, 3).bytes()).unwrap(), of(65_536, 3));
    for (memory_kib, passes) in [(u32::MAX, 3), (7, 3), (65_536, 0), (65_536, u32::MAX)] {
        assert!(Header::parse(&of(memory_kib, passes).bytes()).is_err(), "{memory_kib} KiB, {passes} passes");
    }
    let mut newer = of(65_536, 3).bytes();
    newer[8] = 2;
    assert!(Header::parse(&newer).unwrap_err().to_string().contains("use the release that wrote it"));
}
