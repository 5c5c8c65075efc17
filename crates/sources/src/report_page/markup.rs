//! Which elements and attributes of a filed document are shown, and how texts and styles are written.

/// What is kept of an element.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Keep {
    /// The element, under this name.
    Element(&'static str),
    /// What is in it, without its tags.
    Content,
    /// What is in it, as a style sheet.
    Style,
    /// Nothing.
    Nothing,
}

/// Elements that are shown.
const SHOWN: &[&str] = &[
    "a",
    "abbr",
    "address",
    "article",
    "aside",
    "b",
    "big",
    "blockquote",
    "br",
    "caption",
    "center",
    "cite",
    "code",
    "col",
    "colgroup",
    "dd",
    "del",
    "dfn",
    "div",
    "dl",
    "dt",
    "em",
    "figcaption",
    "figure",
    "font",
    "footer",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hr",
    "i",
    "img",
    "ins",
    "kbd",
    "li",
    "main",
    "nav",
    "ol",
    "p",
    "pre",
    "q",
    "s",
    "samp",
    "section",
    "small",
    "span",
    "strike",
    "strong",
    "sub",
    "sup",
    "table",
    "tbody",
    "td",
    "tfoot",
    "th",
    "thead",
    "tr",
    "tt",
    "u",
    "ul",
    "var",
    "wbr",
];

/// Elements that can have no content.
const VOID: &[&str] = &["br", "col", "hr", "img", "wbr"];

/// Elements of which nothing is shown, what is in them included.
const LEFT_OUT: &[&str] = &[
    "applet",
    "audio",
    "base",
    "button",
    "canvas",
    "dialog",
    "embed",
    "frame",
    "frameset",
    "iframe",
    "input",
    "link",
    "math",
    "meta",
    "noembed",
    "noframes",
    "noscript",
    "object",
    "option",
    "param",
    "plaintext",
    "script",
    "select",
    "slot",
    "source",
    "svg",
    "template",
    "textarea",
    "title",
    "track",
    "video",
    "xmp",
];

/// Attributes that are kept on any element; what they hold is words, numbers or names.
const ATTRIBUTES: &[&str] = &[
    "align",
    "alt",
    "bgcolor",
    "border",
    "cellpadding",
    "cellspacing",
    "class",
    "color",
    "colspan",
    "dir",
    "face",
    "headers",
    "height",
    "id",
    "lang",
    "name",
    "noshade",
    "nowrap",
    "rowspan",
    "scope",
    "size",
    "span",
    "start",
    "title",
    "type",
    "valign",
    "value",
    "width",
];

/// Pictures that stand in the document itself. Vector graphics are documents of their own, which may hold anything.
const PICTURES: &[&str] = &[
    "data:image/png;base64,",
    "data:image/jpeg;base64,",
    "data:image/jpg;base64,",
    "data:image/gif;base64,",
    "data:image/webp;base64,",
];

fn lower(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).to_ascii_lowercase()
}

/// What is kept of the element with this name.
pub(super) fn fate_of(prefix: &[u8], local: &[u8]) -> Keep {
    let name = lower(local);
    // A prefix says nothing of what a browser makes of the name: what is dangerous goes under any.
    if LEFT_OUT.contains(&name.as_str()) {
        return Keep::Nothing;
    }
    if !prefix.is_empty() && !lower(prefix).ends_with("html") {
        // The header of Inline XBRL holds facts that are not part of the page.
        return if matches!(name.as_str(), "header" | "hidden" | "resources" | "references") {
            Keep::Nothing
        } else {
            Keep::Content
        };
    }
    match name.as_str() {
        "style" => Keep::Style,
        // The page has a head of its own, for whose styles this one is read.
        "html" | "head" => Keep::Content,
        "body" => Keep::Element("div"),
        _ => SHOWN.iter().find(|shown| **shown == name).map_or(Keep::Content, |shown| Keep::Element(shown)),
    }
}

/// Whether the element can have no content.
pub(super) fn is_void(name: &str) -> bool {
    VOID.contains(&name)
}

/// Writes an attribute, when it is one that is kept.
pub(super) fn keep_attribute(body: &mut String, element: &str, attribute: &[u8], value: &[u8]) {
    let name = lower(attribute);
    let value = String::from_utf8_lossy(value);
    let trimmed = value.trim();
    match name.as_str() {
        "style" => {
            let mut style = String::new();
            push_style(&mut style, value.as_bytes());
            write(body, "style", &style);
        }
        // A link out of the report leads nowhere: who shows it must not be told to.
        "href" if element == "a" && trimmed.starts_with('#') => write(body, "href", trimmed),
        "src" if element == "img" && PICTURES.iter().any(|known| trimmed.starts_with(known)) => {
            write(body, "src", trimmed)
        }
        "id" | "name" if trimmed == super::MARK_ID => {}
        known if ATTRIBUTES.contains(&known) => write(body, known, &value),
        _ => {}
    }
}

/// Writes an attribute; its references stay as they are.
fn write(body: &mut String, name: &str, value: &str) {
    body.push(' ');
    body.push_str(name);
    body.push_str("=\"");
    for character in value.chars() {
        match character {
            '"' => body.push_str("&quot;"),
            '<' => body.push_str("&lt;"),
            '>' => body.push_str("&gt;"),
            other => body.push(other),
        }
    }
    body.push('"');
}

/// Writes text: with its references where it has any, as it is where it comes from a CDATA section.
pub(super) fn push_text(body: &mut String, text: &[u8], has_references: bool) {
    for character in String::from_utf8_lossy(text).chars() {
        match character {
            '<' => body.push_str("&lt;"),
            '>' => body.push_str("&gt;"),
            '&' if !has_references => body.push_str("&amp;"),
            other => body.push(other),
        }
    }
}

/// Writes a style sheet, or the declarations of one element, without what could end it or load something.
pub(super) fn push_style(styles: &mut String, text: &[u8]) {
    let text = String::from_utf8_lossy(text).replace("&gt;", ">").replace("&quot;", "\"").replace("&amp;", "&");
    // A comment of HTML around a style sheet is no part of it; any other “<” could only end the sheet.
    let text = text.replace("<!--", "").replace("-->", "").replace('<', " ");
    let lowered = text.to_ascii_lowercase();
    let mut at = 0;
    while let Some(found) = next_of(&lowered, at) {
        let (start, what) = found;
        styles.push_str(&text[at..start]);
        let rest = &lowered[start + what.len()..];
        let is_own = what == "url(" && rest.trim_start().trim_start_matches(['"', '\'']).starts_with("data:");
        // A word that means nothing in a style sheet: the declaration is passed over by the browser.
        styles.push_str(if is_own { &text[start..start + what.len()] } else { "left-out-" });
        if !is_own && what.ends_with('(') {
            styles.push('(');
        }
        at = start + what.len();
    }
    styles.push_str(&text[at..]);
}

/// The next thing in a style sheet that loads or runs something.
fn next_of(lowered: &str, from: usize) -> Option<(usize, &'static str)> {
    const LOADS: &[&str] = &["url(", "@import", "expression(", "image-set(", "src(", "-moz-binding", "behavior"];
    let rest = lowered.get(from..)?;
    LOADS
        .iter()
        .filter_map(|what| rest.find(what).map(|at| (from + at, *what)))
        .min_by_key(|(at, what)| (*at, what.len()))
}
