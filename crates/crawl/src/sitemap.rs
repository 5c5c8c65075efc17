//! Sitemaps (sitemaps.org): the addresses a site wants found, and the further sitemaps an index names.

use quick_xml::Reader;
use quick_xml::events::Event;
use url::Url;

/// Addresses read from one file; the protocol allows 50 000, and the choice needs far fewer.
const MAX_ADDRESSES: usize = 5_000;

/// What a sitemap file lists.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sitemap {
    /// Pages.
    pub pages: Vec<Url>,
    /// Further sitemap files.
    pub sitemaps: Vec<Url>,
}

/// Reads a sitemap, a sitemap index, or a plain list of addresses. What cannot be read is left out: a broken sitemap costs
/// its pages, not the visit.
#[must_use]
pub fn read(text: &str) -> Sitemap {
    let mut sitemap = Sitemap::default();
    if !text.trim_start_matches('\u{feff}').trim_start().starts_with('<') {
        sitemap.pages = text.lines().filter_map(|line| address(line.trim())).take(MAX_ADDRESSES).collect();
        return sitemap;
    }
    let mut reader = Reader::from_str(text);
    reader.config_mut().check_end_names = false;
    let (mut is_in_index, mut is_in_location, mut location) = (false, false, String::new());
    while sitemap.pages.len() + sitemap.sitemaps.len() < MAX_ADDRESSES {
        match reader.read_event() {
            Ok(Event::Start(element)) => match element.local_name().as_ref() {
                b"sitemap" => is_in_index = true,
                b"url" => is_in_index = false,
                b"loc" => (is_in_location, location) = (true, String::new()),
                _ => is_in_location = false,
            },
            Ok(Event::Text(text)) if is_in_location => location.push_str(&text.decode().unwrap_or_default()),
            Ok(Event::CData(text)) if is_in_location => location.push_str(&text.decode().unwrap_or_default()),
            Ok(Event::GeneralRef(entity)) if is_in_location => match entity.decode().as_deref() {
                Ok("amp") => location.push('&'),
                // An address needs no other entity, and none is ever expanded.
                _ => is_in_location = false,
            },
            Ok(Event::End(element)) if element.local_name().as_ref() == b"loc" && is_in_location => {
                is_in_location = false;
                if let Some(url) = address(location.trim()) {
                    if is_in_index { sitemap.sitemaps.push(url) } else { sitemap.pages.push(url) }
                }
            }
            Ok(Event::Eof) | Err(_) => break,
            Ok(_) => {}
        }
    }
    sitemap
}

fn address(text: &str) -> Option<Url> {
    Url::parse(text).ok().filter(|url| matches!(url.scheme(), "http" | "https"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_and_further_sitemaps() {
        let index = read(
            "<?xml version='1.0'?><sitemapindex xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'><sitemap><loc>https://x.se/a.xml</loc></sitemap></sitemapindex>",
        );
        assert_eq!(index.sitemaps.len(), 1);
        let pages = read(
            "<urlset><url><loc> https://x.se/p?a=1&amp;b=2 </loc><image:image><image:loc>https://x.se/i.png</image:loc></image:image></url><url><loc><![CDATA[https://x.se/om]]></loc></url><url><loc>ftp://x.se/</loc></url>",
        );
        let paths: Vec<_> = pages.pages.iter().map(Url::as_str).collect();
        assert!(paths.contains(&"https://x.se/p?a=1&b=2") && paths.contains(&"https://x.se/om"), "{paths:?}");
        assert_eq!(read("https://x.se/a\nhttps://x.se/b\nnonsense").pages.len(), 2);
    }

    #[test]
    fn broken_and_hostile_files_do_no_harm() {
        assert_eq!(read("<urlset><url><loc>https://x.se/a"), Sitemap::default());
        let bomb = "<!DOCTYPE x [<!ENTITY a 'aaaa'>]><urlset><url><loc>https://x.se/&a;</loc></url></urlset>";
        assert_eq!(read(bomb), Sitemap::default(), "no entity is expanded");
        assert_eq!(read("\u{0}\u{1}<<<>>>"), Sitemap::default());
    }
}
