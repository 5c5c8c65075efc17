//! A page as its readers see it: title, language, the text that matters, and where it links to.

use std::collections::HashSet;

use dom_query::{Document, NodeRef, Selection};
use dom_smoothie::{Config, Readability, TextMode};
use sha2::{Digest, Sha256};
use url::Url;

/// Elements of one page that are read; a page of more is a machine's work, not a person's.
const MAX_ELEMENTS: usize = 20_000;
/// Different formatting tags (`<b class=x>`) of one page.
const MAX_FORMATS: usize = 60;
/// Deepest nesting; browsers stop at 512 too.
const MAX_DEPTH: usize = 512;
/// Characters of text kept of one page.
pub const MAX_TEXT: usize = 200_000;
/// A page with at least this share of its text in links has menus that do not call themselves so.
const MENU_SHARE: f64 = 0.3;
/// An article is taken for the whole when it holds at least this share of the text outside links.
const ARTICLE_SHARE: f64 = 0.5;

/// What surrounds the text of every page of a site.
const FURNITURE: &str = "script, style, noscript, template, svg, iframe, object, nav, footer, form, dialog, select, [hidden], [aria-hidden=true], \
     [role=navigation], [role=dialog], [id*=cookie], [class*=cookie], [id*=consent], [class*=consent]";
/// What is never text.
const NOT_TEXT: &str = "script, style, noscript, template, svg, iframe, object";

/// Why a page gives no text.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PageError {
    /// More elements, or nested deeper, than a person's page.
    #[error("the page has {found} {what}, more than {limit}")]
    TooComplex {
        /// What there is too much of.
        what: &'static str,
        /// How many.
        found: usize,
        /// The limit.
        limit: usize,
    },
    /// The selector is not one.
    #[error("{selector:?} is no CSS selector")]
    BadSelector {
        /// As given.
        selector: String,
    },
    /// The selector matches nothing: the page has changed, or is another one than was thought.
    #[error("{selector:?} matches nothing on the page")]
    NothingSelected {
        /// As given.
        selector: String,
    },
    /// There is no text at all, for example because a program in the page would write it.
    #[error("the page has no text without running its programs")]
    NoText,
}

impl PageError {
    /// What kind it is, in one word that stays the same, as [`FetchError::code`](crate::fetch::FetchError::code).
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::TooComplex { .. } => "too_complex",
            Self::BadSelector { .. } | Self::NothingSelected { .. } => "nothing_selected",
            Self::NoText => "no_text",
        }
    }
}

/// A link with the words it stands on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// Absolute address without fragment.
    pub url: Url,
    /// The words of the link.
    pub words: String,
}

/// A page that has been read.
#[derive(Clone, Debug)]
pub struct ReadPage {
    /// Title without surrounding space; `None` when there is none.
    pub title: Option<String>,
    /// ISO 639-1 code of the text's language; `None` when it cannot be told.
    pub language: Option<&'static str>,
    /// The text that matters, paragraphs apart.
    pub text: String,
    /// All the text, header and footer too: that is where contact facts stand.
    pub all_text: String,
    /// SHA-256 of `text`, in hexadecimal.
    pub hash: String,
    /// Links to pages, each address once, in the page's order.
    pub links: Vec<Link>,
    /// Targets of `mailto:`, `tel:` and outside links, as written.
    pub references: Vec<String>,
    /// What its code tells of how it is made: the generator it names, addresses of its scripts and styles; at most 60.
    pub markers: Vec<String>,
    /// Whether the page asks not to be indexed or kept.
    pub is_closed_to_robots: bool,
}

/// Reads a page; with a selector, its text is what the selector matches.
///
/// # Errors
/// [`PageError`].
pub fn read(html: &str, url: &Url, selector: Option<&str>) -> Result<ReadPage, PageError> {
    check_size(html)?;
    let document = Document::from(html);
    check_shape(&document)?;
    let title = title(&document);
    let (links, references) = links(&document, url);
    let markers = markers(&document);
    let is_closed_to_robots = document
        .select("meta[name]")
        .iter()
        .filter(|meta| {
            meta.attr("name")
                .is_some_and(|name| name.eq_ignore_ascii_case("robots") || name.eq_ignore_ascii_case("lodebot"))
        })
        .any(|meta| closes(&meta.attr_or("content", "")));
    let declared = document.select("html").attr("lang").map(|lang| lang.to_string());
    let selected = selector.map(|selector| select(&document, selector)).transpose()?;

    document.select(NOT_TEXT).remove();
    let all_text = tidy(&document.body().map(|body| body.formatted_text().to_string()).unwrap_or_default());
    let text = match selected {
        Some(text) => text,
        None => main_text(&document),
    };
    if text.is_empty() && all_text.is_empty() {
        return Err(PageError::NoText);
    }
    // A page whose only text is in its furniture still says something: better that than nothing.
    let text = if text.is_empty() { all_text.clone() } else { text };
    let language = language(&text, declared.as_deref());
    let hash = hex::encode(Sha256::digest(text.as_bytes()));
    Ok(ReadPage { title, language, text, all_text, hash, links, references, markers, is_closed_to_robots })
}

/// Whether a robots directive (`meta` or `X-Robots-Tag`) forbids keeping the page.
#[must_use]
pub fn closes(directive: &str) -> bool {
    directive.to_ascii_lowercase().split([',', ':', ' ']).any(|word| matches!(word, "noindex" | "none" | "noarchive"))
}

/// The tree that the HTML standard prescribes can take time quadratic in the number of open elements, and memory in that of
/// elements times open formatting tags; so both are bounded on the text, before a tree is built.
fn check_size(html: &str) -> Result<(), PageError> {
    const FORMATS: [&str; 12] = ["b", "big", "code", "em", "font", "i", "s", "small", "strike", "strong", "tt", "u"];
    let (mut elements, mut formats) = (0, HashSet::new());
    for (at, _) in html.match_indices('<') {
        let tag = &html[at + 1..];
        if !tag.starts_with(|c: char| c.is_ascii_alphabetic()) {
            continue;
        }
        elements += 1;
        let name_ends = tag.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(tag.len());
        if FORMATS.iter().any(|format| tag[..name_ends].eq_ignore_ascii_case(format)) {
            formats.insert(tag.split('>').next().unwrap_or_default());
        }
        for (what, found, limit) in
            [("elements", elements, MAX_ELEMENTS), ("kinds of formatting", formats.len(), MAX_FORMATS)]
        {
            if found > limit {
                return Err(PageError::TooComplex { what, found, limit });
            }
        }
    }
    Ok(())
}

/// Parsers and readers walk pages recursively, so a page nested without end is turned away before they see it.
fn check_shape(document: &Document) -> Result<(), PageError> {
    let (mut elements, mut deepest) = (0, 0);
    let mut open = vec![(document.root(), 0)];
    while let Some((node, depth)) = open.pop() {
        elements += 1;
        deepest = deepest.max(depth);
        if deepest > MAX_DEPTH {
            return Err(PageError::TooComplex { what: "levels", found: deepest, limit: MAX_DEPTH });
        }
        if elements > MAX_ELEMENTS * MAX_FORMATS {
            return Err(PageError::TooComplex { what: "nodes", found: elements, limit: MAX_ELEMENTS * MAX_FORMATS });
        }
        open.extend(node.children_it(false).map(|child: NodeRef<'_>| (child, depth + 1)));
    }
    Ok(())
}

/// The generator and the addresses of scripts and styles, each cut to 200 characters and named once.
fn markers(document: &Document) -> Vec<String> {
    const MOST: usize = 60;
    let generators = document.select("meta[name=generator]");
    let scripts = document.select("script[src]");
    let styles = document.select("link[rel=stylesheet][href]");
    let named = generators.iter().filter_map(|meta| meta.attr("content"));
    let addresses = scripts.iter().filter_map(|script| script.attr("src"));
    let all = named.chain(addresses).chain(styles.iter().filter_map(|style| style.attr("href")));
    let mut found: Vec<String> = Vec::new();
    for text in all {
        let text: String = text.trim().chars().take(200).collect();
        if !text.is_empty() && !found.contains(&text) {
            found.push(text);
        }
        if found.len() == MOST {
            break;
        }
    }
    found
}

fn title(document: &Document) -> Option<String> {
    let candidates = [
        document.select_single("head > title").text().to_string(),
        document.select_single("meta[property='og:title']").attr_or("content", "").to_string(),
        document.select_single("h1").text().to_string(),
    ];
    candidates
        .iter()
        .map(|title| title.split_whitespace().collect::<Vec<_>>().join(" "))
        .find(|title| !title.is_empty())
}

fn select(document: &Document, selector: &str) -> Result<String, PageError> {
    let found: Selection<'_> = match dom_query::Matcher::new(selector) {
        Ok(matcher) => document.select_matcher(&matcher),
        Err(_) => return Err(PageError::BadSelector { selector: selector.to_owned() }),
    };
    let text = tidy(&found.iter().map(|one| one.formatted_text().to_string()).collect::<Vec<_>>().join("\n\n"));
    // An empty match is as useless as none, and must not pass for a page without text.
    if text.is_empty() { Err(PageError::NothingSelected { selector: selector.to_owned() }) } else { Ok(text) }
}

/// Everything but the furniture, because a company's pages are mostly made of short sections, of which an article finder
/// would keep a single one. Only where menus are left over is the article looked for.
fn main_text(document: &Document) -> String {
    document.select(FURNITURE).remove();
    let body = tidy(&document.body().map(|body| body.formatted_text().to_string()).unwrap_or_default());
    let linked: usize = document.select("a").iter().map(|link| link.text().trim().len()).sum();
    if (linked as f64) < MENU_SHARE * body.len() as f64 {
        return body;
    }
    let config = Config {
        max_elements_to_parse: MAX_ELEMENTS,
        text_mode: TextMode::Formatted,
        disable_json_ld: true,
        ..Config::default()
    };
    let article = Readability::new(document.html(), None, Some(config)).and_then(|mut page| page.parse());
    match article.map(|article| tidy(&article.text_content)) {
        Ok(article) if article.len() as f64 >= ARTICLE_SHARE * body.len().saturating_sub(linked) as f64 => article,
        _ => body,
    }
}

fn links(document: &Document, page: &Url) -> (Vec<Link>, Vec<String>) {
    let base = document.base_uri().and_then(|base| page.join(&base).ok()).unwrap_or_else(|| page.clone());
    let (mut links, mut references, mut seen) = (Vec::new(), Vec::new(), HashSet::new());
    for anchor in document.select("a[href]").iter() {
        let target = anchor.attr_or("href", "").trim().to_owned();
        if target.starts_with("mailto:") || target.starts_with("tel:") {
            references.push(target);
            continue;
        }
        let Ok(mut url) = base.join(&target) else { continue };
        if !matches!(url.scheme(), "http" | "https") {
            continue;
        }
        url.set_fragment(None);
        if url.host() != page.host() {
            references.push(url.to_string());
        }
        if seen.insert(url.clone()) {
            let words = anchor.text().split_whitespace().collect::<Vec<_>>().join(" ");
            let words = if words.is_empty() { anchor.attr_or("aria-label", "").to_string() } else { words };
            links.push(Link { url, words });
        }
    }
    (links, references)
}

/// No runs of spaces or of empty lines, no invisible characters, and not without end.
fn tidy(text: &str) -> String {
    let mut tidied = String::with_capacity(text.len().min(MAX_TEXT));
    let mut empty_lines = 0;
    for line in text.lines() {
        let line = line
            .split_whitespace()
            .map(|word| word.replace(['\u{ad}', '\u{200b}', '\u{feff}', '\0'], ""))
            .filter(|word| !word.is_empty())
            .collect::<Vec<_>>()
            .join(" ");
        if line.is_empty() {
            empty_lines += 1;
            continue;
        }
        if !tidied.is_empty() {
            tidied.push_str(if empty_lines > 0 { "\n\n" } else { "\n" });
        }
        empty_lines = 0;
        tidied.push_str(&line);
        if tidied.len() > MAX_TEXT {
            let end = (0..=MAX_TEXT).rev().find(|at| tidied.is_char_boundary(*at)).unwrap_or(0);
            tidied.truncate(end);
            break;
        }
    }
    tidied
}

/// Short texts say little about their language, so there the page's own word counts more.
fn language(text: &str, declared: Option<&str>) -> Option<&'static str> {
    use whatlang::{Detector, Lang};
    const KNOWN: [(Lang, &str); 14] = [
        (Lang::Swe, "sv"),
        (Lang::Eng, "en"),
        (Lang::Nob, "no"),
        (Lang::Dan, "da"),
        (Lang::Fin, "fi"),
        (Lang::Deu, "de"),
        (Lang::Fra, "fr"),
        (Lang::Spa, "es"),
        (Lang::Ita, "it"),
        (Lang::Nld, "nl"),
        (Lang::Pol, "pl"),
        (Lang::Por, "pt"),
        (Lang::Est, "et"),
        (Lang::Rus, "ru"),
    ];
    let declared = declared.and_then(|lang| {
        let code = lang.trim().split(['-', '_']).next()?.to_ascii_lowercase();
        let code = if matches!(code.as_str(), "nb" | "nn") { "no" } else { code.as_str() };
        KNOWN.iter().find(|(_, known)| *known == code).map(|(_, known)| *known)
    });
    let detected = Detector::with_allowlist(KNOWN.map(|(lang, _)| lang).to_vec()).detect(text);
    let detected = detected.filter(|info| info.is_reliable() && text.len() >= 80);
    detected.and_then(|info| KNOWN.iter().find(|(lang, _)| *lang == info.lang()).map(|(_, code)| *code)).or(declared)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn url() -> Url {
        Url::parse("https://example.se/om/").unwrap()
    }

    const PAGE: &str = r#"<!doctype html><html lang="en"><head><title> Om  oss | Bryggan </title><base href="/bas/"></head><body>
        <nav><a href="/om-oss">Om oss</a> <a href="kontakt#karta">Kontakt</a> <a href="https://www.linkedin.com/company/bryggan">in</a></nav>
        <script>var x = "aldrig text";</script>
        <h1>Vi bygger bryggor</h1><p>Bryggan är ett familjeföretag som sedan 1974 har byggt bryggor och kajer för kommuner i hela landet.</p>
        <section><h2>Tjänster</h2><ul><li>Nybyggnad</li><li>Renovering</li></ul></section>
        <div class="cookie-banner">Vi använder kakor.</div>
        <footer>Org.nr 556677-8899 <a href="mailto:info@bryggan.se">Mejla</a> <a href="tel:+46812345678">Ring</a></footer></body></html>"#;

    #[test]
    fn text_title_language_and_links() {
        let page = read(PAGE, &url(), None).unwrap();
        assert_eq!(page.title.as_deref(), Some("Om oss | Bryggan"));
        assert_eq!(page.language, Some("sv"), "the text is Swedish, whatever the attribute says");
        assert!(page.text.contains("familjeföretag") && page.text.contains("Renovering"), "{}", page.text);
        for furniture in ["kakor", "aldrig", "Org.nr", "Kontakt"] {
            assert!(!page.text.contains(furniture), "{furniture} in {}", page.text);
        }
        assert!(page.all_text.contains("556677-8899"));
        assert_eq!(
            page.references,
            ["https://www.linkedin.com/company/bryggan", "mailto:info@bryggan.se", "tel:+46812345678"]
        );
        let links: Vec<_> = page.links.iter().map(|link| link.url.as_str()).collect();
        assert_eq!(links[..2], ["https://example.se/om-oss", "https://example.se/bas/kontakt"]);
    }

    #[test]
    fn menus_that_do_not_call_themselves_so_are_left_out() {
        let menu = "<div class=m>".to_owned()
            + &"<div><a href=/x>En lång menyrad till en undersida</a></div>".repeat(30)
            + "</div>";
        let story = "<p>Firman startades av två bröder, som 1952 köpte en såg i Gnosjö, och har sedan dess levererat virke till möbelfabriker i hela Norden.</p>".repeat(4);
        let page = read(
            &format!("<html><body>{menu}<div class=content><h2>Historia</h2>{story}</div></body></html>"),
            &url(),
            None,
        )
        .unwrap();
        assert!(page.text.contains("möbelfabriker") && !page.text.contains("menyrad"), "{}", page.text);
    }

    #[test]
    fn a_selector_that_matches_nothing_is_an_error() {
        let missing = read(PAGE, &url(), Some("main .about")).unwrap_err();
        assert_eq!(missing, PageError::NothingSelected { selector: "main .about".to_owned() });
        assert!(matches!(read(PAGE, &url(), Some("p[[")), Err(PageError::BadSelector { .. })));
        assert_eq!(read(PAGE, &url(), Some("section li")).unwrap().text, "Nybyggnad\n\nRenovering");
    }

    #[test]
    fn hostile_pages_end_in_an_error() {
        for levels in [600, 3_000, 200_000] {
            let deep = "<div>".repeat(levels);
            assert!(matches!(read(&deep, &url(), None), Err(PageError::TooComplex { .. })), "{levels}");
        }
        let formats: String =
            (0..500).map(|n| format!("<b class=x{n}>")).collect::<String>() + &"<p>x</p>".repeat(10_000);
        assert!(matches!(read(&formats, &url(), None), Err(PageError::TooComplex { .. })));
        let wide: String = (0..9_000).map(|n| format!("<p><b>{n}</b>")).collect();
        assert!(read(&wide, &url(), None).is_ok());
        assert!(matches!(read(&"<p>x".repeat(300_000), &url(), None), Err(PageError::TooComplex { .. })));
        assert_eq!(read("", &url(), None).unwrap_err(), PageError::NoText);
        assert_eq!(read("<div id=root></div><script>render()</script>", &url(), None).unwrap_err(), PageError::NoText);
        assert!(read("<table><a><table><a><svg><b><p>\0\u{fffd}x</table>", &url(), None).is_ok());
    }

    #[test]
    fn pages_that_close_themselves() {
        assert!(read("<meta name=Robots content='NOINDEX, follow'><p>text", &url(), None).unwrap().is_closed_to_robots);
        assert!(!read("<meta name=robots content='index,follow'><p>text", &url(), None).unwrap().is_closed_to_robots);
    }
}
