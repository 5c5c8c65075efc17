//! What of a filed document is shown and what is not, from attacks by name and from random markup.

use proptest::prelude::*;

use super::{MARK_ID, Wanted, of_document, of_package};

fn page(body: &str) -> String {
    let document = format!(
        "<html xmlns:ix=\"http://www.xbrl.org/2013/inlineXBRL\"><head><title>t</title></head><body>{body}</body></html>"
    );
    let page = of_document(document.as_bytes(), Some(Wanted { concept: "se-gen-base:Nettoomsattning", context: "p0" }))
        .unwrap();
    let start = page.html.find("<body>").unwrap() + "<body><div>".len();
    page.html[start..page.html.len() - "</div></body></html>".len()].to_owned()
}

#[test]
fn what_runs_loads_or_sends_is_left_out_and_the_words_stay() {
    for (filed, shown) in [
        ("<p onclick=\"x()\">a</p>", "<p>a</p>"),
        ("<script>alert(1)</script>b", "b"),
        ("<svg><script>alert(1)</script></svg>c", "c"),
        ("<x:script>alert(1)</x:script>c", "c"),
        ("<SCRIPT>alert(1)</SCRIPT>c", "c"),
        ("<a href=\"javascript:x()\">d</a>", "<a>d</a>"),
        ("<a href=\"https://example.com\">d</a>", "<a>d</a>"),
        ("<a href=\"#not2\">d</a>", "<a href=\"#not2\">d</a>"),
        ("<img src=\"https://example.com/x.png\"/>", "<img>"),
        ("<img src=\"data:image/svg+xml;base64,AA\"/>", "<img>"),
        ("<img src=\"data:image/png;base64,AA==\"/>", "<img src=\"data:image/png;base64,AA==\">"),
        ("<form action=\"https://example.com\"><input name=\"x\"/>e</form>", "e"),
        ("<iframe src=\"x\">f</iframe>g", "g"),
        ("<td/>", "<td></td>"),
        ("a<br/>b", "a<br>b"),
        (
            "<p style=\"background:url(https://example.com/x)\">h</p>",
            "<p style=\"background:left-out-(https://example.com/x)\">h</p>",
        ),
        ("<p style='font-family:\"A\"'>h</p>", "<p style=\"font-family:&quot;A&quot;\">h</p>"),
        ("1 &lt; 2 &amp; 3", "1 &lt; 2 &amp; 3"),
        ("<![CDATA[<script>x</script>&]]>", "&lt;script&gt;x&lt;/script&gt;&amp;"),
        ("<p id=\"lode-figure\">i</p>", "<p>i</p>"),
        ("<ix:header><ix:hidden>secret</ix:hidden></ix:header>j", "j"),
    ] {
        assert_eq!(page(filed), shown, "{filed}");
    }
}

#[test]
fn the_figure_that_is_asked_for_is_marked_and_no_other() {
    let number = |name: &str, context: &str, text: &str| {
        format!("<ix:nonFraction name=\"{name}\" contextRef=\"{context}\">{text}</ix:nonFraction>")
    };
    let filed = [
        number("se-gen-base:Nettoomsattning", "p1", "1"),
        number("x:Nettoomsattning", "p0", "2"),
        number("se-gen-base:Rorelseresultat", "p0", "3"),
        number("se-gen-base:Nettoomsattning", "p0", "4"),
    ]
    .join(" ");
    assert_eq!(page(&filed), format!("1 <mark id=\"{MARK_ID}\">2</mark> 3 <mark>4</mark>"));
}

#[test]
fn a_style_sheet_stays_and_cannot_end_itself() {
    let filed = "<html><head><style>td{color:red}</style><style><![CDATA[p{x:1}</style><script>alert(1)</script>]]></style></head><body>a</body></html>";
    let html = of_document(filed.as_bytes(), None).unwrap().html;
    assert!(html.contains("td{color:red}") && html.contains("p{x:1}"));
    assert!(!html.to_lowercase().contains("<script"), "{html}");
    assert_eq!(html.matches("</style>").count(), 2);
}

#[test]
fn a_page_of_a_fixture_shows_its_figures() {
    let package = include_bytes!("../../../../fixtures/k2_2024-09-12.zip");
    let parsed = crate::package::parse("k2_2024-09-12.zip", package).unwrap();
    let statement = parsed.filing.statements.first().unwrap();
    let fact = statement.facts.iter().find(|fact| fact.concept.ends_with(":Nettoomsattning")).unwrap();
    let wanted = Wanted { concept: &fact.concept, context: &fact.context };
    let page =
        of_package("k2_2024-09-12.zip", package, &parsed.filing.documents, usize::from(fact.document), Some(wanted))
            .unwrap();
    assert!(page.marks >= 1);
    let marked = page.html.split("<mark id=\"lode-figure\">").nth(1).unwrap();
    assert!(marked.starts_with(&fact.as_filed), "{}", &marked[..40]);
}

proptest! {
    #[test]
    fn no_bytes_make_a_page_that_runs_or_loads(parts in proptest::collection::vec(prop_oneof![
        Just("<p>".to_owned()), Just("</p>".to_owned()), Just("<style>".to_owned()), Just("</style>".to_owned()),
        Just("<script>".to_owned()), Just("</script>".to_owned()), Just("<img src=\"x\" onerror=\"y\"/>".to_owned()),
        Just("<ix:nonFraction name=\"a:Nettoomsattning\" contextRef=\"p0\">".to_owned()), Just("</ix:nonFraction>".to_owned()),
        Just("<![CDATA[</style><script>]]>".to_owned()), Just("<a href=\" javascript:x\">".to_owned()), Just("</a>".to_owned()),
        "[a-z<>&;\"' /=:#]{0,12}",
    ], 0..24)) {
        let document = format!("<html>{}</html>", parts.concat());
        if let Ok(page) = of_document(document.as_bytes(), Some(Wanted { concept: "x:Nettoomsattning", context: "p0" })) {
            let lowered = page.html.to_lowercase();
            let tags: Vec<&str> = lowered.split('<').skip(1).filter_map(|rest| rest.split('>').next()).collect();
            for tag in tags {
                let name = tag.trim_start_matches('/').split(' ').next().unwrap();
                prop_assert!(!["script", "iframe", "object", "embed", "link", "form", "svg", "base"].contains(&name), "{}", tag);
                prop_assert!(!tag.contains("onerror"), "{}", tag);
                prop_assert!(!tag.contains("href=\" java") && !tag.contains("href=\"java"), "{}", tag);
            }
        }
    }
}
