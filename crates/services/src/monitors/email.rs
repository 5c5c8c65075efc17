//! What an email about watched screens says: plain text, in Swedish and English, since an email knows no setting.

use serde_json::{Value, json};
use store::monitors::FoundChange;

/// Companies that an email names per direction.
const MOST_NAMED: usize = 10;

/// Subject and text of an email about these changes.
pub fn of_changes(changes: &[FoundChange], public_url: Option<&str>) -> Value {
    let subject = match changes {
        [one] => format!("Lode: {} (+{} −{})", one_line(&one.view_name), one.entered_count, one.left_count),
        many => format!("Lode: {} bevakade vyer ändrades / {} watched screens changed", many.len(), many.len()),
    };
    let mut text = String::new();
    for change in changes {
        text.push_str(&format!(
            "{}\n  {} nya / entered, {} bort / left, {} nu / now\n",
            one_line(&change.view_name),
            change.entered_count,
            change.left_count,
            change.total
        ));
        names(&mut text, '+', &change.entered, change.entered_count);
        names(&mut text, '−', &change.went, change.left_count);
        if let Some(url) = public_url {
            text.push_str(&format!("  {url}/?change={}\n", change.id));
        }
        text.push('\n');
    }
    text.push_str(
        "Du får brevet för att du bevakar vyn i Lode. / You get this email because you watch the screen in Lode.\n",
    );
    json!({ "subject": subject, "text": text })
}

fn names(text: &mut String, sign: char, companies: &Value, count: i64) {
    let companies = companies.as_array().map(Vec::as_slice).unwrap_or_default();
    for company in companies.iter().take(MOST_NAMED) {
        let field = |key: &str| company[key].as_str().map(one_line).unwrap_or_default();
        text.push_str(&format!("  {sign} {} {}\n", field("orgnr"), field("name")));
    }
    let left = count - i64::try_from(companies.len().min(MOST_NAMED)).unwrap_or(0);
    if left > 0 {
        text.push_str(&format!("  {sign} … {left}\n"));
    }
}

/// A name that cannot break out of its line or of a header.
fn one_line(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect()
}
