//! Listings of an S3 bucket (version 1: `Marker` and `NextMarker`), as the archives of annual reports are listed.

use quick_xml::Reader;
use quick_xml::events::Event;

/// One object.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Object {
    /// Name.
    pub key: String,
    /// Size, where it is a number.
    pub bytes: Option<u64>,
    /// Entity tag, without quotes.
    pub etag: String,
}

/// One page of a listing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Page {
    /// In the order of their names.
    pub objects: Vec<Object>,
    /// Where the next page begins; `None` at the end.
    pub next_marker: Option<String>,
}

/// Reads a page.
///
/// # Errors
/// When it is no listing, in words.
pub fn read(text: &str) -> Result<Page, String> {
    let mut reader = Reader::from_str(text);
    let (mut page, mut object, mut value) = (Page::default(), Object::default(), String::new());
    let (mut is_listing, mut is_truncated, mut marker) = (false, false, String::new());
    loop {
        match reader.read_event().map_err(|error| format!("the listing is no XML: {error}"))? {
            Event::Start(element) => {
                value.clear();
                if element.local_name().as_ref() == b"Contents" {
                    object = Object::default();
                }
            }
            Event::Text(text) => value.push_str(&text.decode().unwrap_or_default()),
            Event::GeneralRef(entity) => match entity.resolve_char_ref() {
                Ok(Some(letter)) => value.push(letter),
                _ => match entity.decode().as_deref() {
                    Ok("amp") => value.push('&'),
                    Ok("quot") => value.push('"'),
                    Ok("lt") => value.push('<'),
                    Ok("gt") => value.push('>'),
                    Ok("apos") => value.push('\''),
                    _ => return Err("the listing has an entity that XML does not know".to_owned()),
                },
            },
            Event::End(element) => match element.local_name().as_ref() {
                // Its end, not its beginning: half a listing must not pass for a whole one.
                b"ListBucketResult" => is_listing = true,
                b"Key" => object.key = value.trim().to_owned(),
                b"Size" => object.bytes = value.trim().parse().ok(),
                b"ETag" => object.etag = value.trim().trim_matches('"').to_owned(),
                b"Contents" => page.objects.push(std::mem::take(&mut object)),
                b"IsTruncated" => is_truncated = value.trim() == "true",
                b"NextMarker" => marker = value.trim().to_owned(),
                _ => {}
            },
            Event::Eof => break,
            _ => {}
        }
    }
    if !is_listing {
        return Err("the answer is no whole listing of a bucket".to_owned());
    }
    if is_truncated {
        // Without a marker of its own, the listing goes on after its last name.
        let last = page.objects.last().map(|object| object.key.clone());
        page.next_marker = Some(marker).filter(|marker| !marker.is_empty()).or(last);
        if page.next_marker.is_none() {
            return Err("the listing says that there is more, but not where".to_owned());
        }
    }
    Ok(page)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_of_the_real_listing() {
        let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data/se_hvd_bulk_index");
        let Ok(first) = std::fs::read_to_string(folder.join("arsredovisningar_page_1.xml")) else {
            println!("skipped: the recorded listing is not here");
            return;
        };
        let page = read(&first).unwrap();
        assert_eq!(page.objects.len(), 1000);
        assert_eq!(
            page.objects[0],
            Object {
                key: "arsredovisningar/2020/01_1.zip".to_owned(),
                bytes: Some(31_566_336),
                etag: "ab954aceec8537c7b3460d3a30f58f94-7".to_owned()
            }
        );
        assert_eq!(page.next_marker.as_deref(), Some("arsredovisningar/2025/26_2.zip[minio_list:v2,return:]"));
        let second = read(&std::fs::read_to_string(folder.join("arsredovisningar_page_2.xml")).unwrap()).unwrap();
        assert_eq!((second.objects.len(), second.next_marker), (83, None));
    }

    #[test]
    fn what_is_no_listing_says_so() {
        assert!(read("<html><body>503</body></html>").is_err());
        assert!(read("<ListBucketResult><Contents><Key>a</Key></Contents>").is_err(), "cut off");
        assert!(read("<ListBucketResult><IsTruncated>true</IsTruncated></ListBucketResult>").is_err());
    }
}
